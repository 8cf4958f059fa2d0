"""Scheduling problems of every kind, small enough to be looked at."""

from __future__ import annotations

from hypothesis import strategies as st

from orderlib.planning.scheduling import (
    Activity,
    CapacityStep,
    Link,
    Mode,
    Relation,
    ResourceNeed,
    ScheduleObjective,
    SchedulingProblem,
    SchedulingResource,
    WorkingTime,
)


@st.composite
def working_times(draw, name):
    """Spans of work with pauses between them, the last one long."""
    at, spans = draw(st.integers(0, 3)), []
    for _ in range(draw(st.integers(0, 4))):
        end = at + draw(st.integers(1, 6))
        spans.append((at, end))
        at = end + draw(st.integers(1, 5))
    return WorkingTime(name, [*spans, (at, at + 2000)])


@st.composite
def resources(draw, name, calendars):
    """A resource whose capacity varies for a while and is at its largest for ever after."""
    steps, at = [], 0
    for _ in range(draw(st.integers(0, 3))):
        steps.append(CapacityStep(at, draw(st.integers(0, 3))))
        at += draw(st.integers(1, 6))
    calendar = draw(st.sampled_from(["", "", *calendars]))
    return SchedulingResource(name, [*steps, CapacityStep(at, 3)], calendar_id=calendar, rate=draw(st.integers(0, 2)))


@st.composite
def problems(draw, *, calendars=True, modes=3, most=9):
    """Activities with links of all kinds to earlier ones, modes, needs, release and due dates."""
    times = [draw(working_times(name)) for name in ("day", "night")] if calendars else []
    names = [each.id for each in times]
    pool = [draw(resources(name, names)) for name in ("m", "n")]
    needs = st.lists(
        st.builds(ResourceNeed, st.sampled_from(["m", "n"]), st.integers(0, 3)),
        max_size=2,
        unique_by=lambda need: need.resource_id,
    )
    activities = []
    for number in range(draw(st.integers(0, most))):
        links = st.builds(
            Link, st.integers(0, max(number - 1, 0)).map(str), st.sampled_from(Relation), st.integers(-3, 3)
        )
        options = st.builds(Mode, st.integers(0, 5), needs, st.just(""), st.integers(0, 4))
        chosen = draw(st.lists(options, min_size=1, max_size=modes))
        activities.append(
            Activity(
                str(number),
                [Mode(each.duration, each.needs, f"{at or ''}", each.cost) for at, each in enumerate(chosen)],
                draw(st.lists(links, max_size=2)) if number else (),
                release=draw(st.integers(0, 4)),
                due=draw(st.none() | st.integers(0, 20)),
                weight=draw(st.integers(0, 5)),
                calendar_id=draw(st.sampled_from(["", "", *names])),
            )
        )
    objective = draw(st.sampled_from(ScheduleObjective))
    return SchedulingProblem(activities, pool, times, objective=objective)
