from __future__ import annotations

from collections.abc import Callable

import pytest
from statemachine import Event, HistoryState, State, StateChart, registry
from statemachine.states import States

from orderlib.chart.chart import Chart
from orderlib.chart.declared import read_chart
from orderlib.errors import ChartError


def refused(body: dict[str, object], *, bases: tuple[type, ...] = (Chart,)) -> ChartError:
    """The error with which a class of this body is refused."""
    with pytest.raises(ChartError) as caught:
        type(Chart)("Refused", bases, {"__module__": __name__} | body)
    return caught.value


def parts() -> dict[str, object]:
    """A body that would be accepted: two states and a move."""
    a, b = State("a", initial=True), State("b", final=True)
    return {"a": a, "b": b, "go": a.to(b)}


def found(body: dict[str, object]) -> set[str]:
    """The codes with which it is refused."""
    return {finding.code for finding in refused(body).findings}


def test_the_plain_body_is_accepted():
    """What the cases below add to is in order by itself."""
    table = read_chart("DoorLifecycle", (Chart,), parts())
    assert (table.name, table.moves) == ("door", {"a": {"go": "b"}, "b": {}})


def with_parallel(body):
    """One state with the flag of a region."""
    body["a"]._parallel = True


def with_compound(body):
    """A state with a state inside."""

    class inner(State.Compound):  # noqa: N801 - becomes a state
        one = State(initial=True)

    body["c"] = inner
    body["into"] = body["a"].to(inner)


def with_parallel_class(body):
    """A region with two lives at once."""

    class both(State.Parallel):  # noqa: N801 - becomes a state
        class left(State.Compound):  # noqa: N801 - see above
            one = State(initial=True)

    body["c"] = both
    body["into"] = body["a"].to(both)


def with_nested_history(body):
    """A memory inside a state."""

    class inner(State.Compound):  # noqa: N801 - becomes a state
        one = State(initial=True)
        back = HistoryState()

    body["c"] = inner
    body["into"] = body["a"].to(inner)


def add(**more: Callable[[dict[str, object]], object]):
    """A change to a body: new members, each made from the members that are there."""

    def change(body):
        body |= {name: make(body) for name, make in more.items()}

    return change


async def approved(subject):
    """A guard that cannot be waited for."""
    return False


class Watcher:
    """Would be told of every move."""


CASES = {
    "parallel": (with_parallel, "chart.parallel"),
    "parallel region": (with_parallel_class, "chart.parallel"),
    "compound": (with_compound, "chart.nested"),
    "history": (add(c=lambda _: HistoryState()), "chart.history"),
    "history inside": (with_nested_history, "chart.history"),
    "eventless": (lambda body: body["a"].to(body["b"]), "chart.eventless"),
    "wildcard event": (lambda body: body["a"].to(body["b"], event="*"), "chart.wildcard"),
    "wildcard id": (add(end=lambda body: Event(body["a"].to(body["b"]), id="*")), "chart.wildcard"),
    "dotted id": (add(end=lambda body: Event(body["a"].to(body["b"]), id="end.now")), "chart.wildcard"),
    "wildcard beside a name": (add(end=lambda body: body["a"].to(body["b"], event="end.*")), "chart.wildcard"),
    "any source": (add(end=lambda body: body["b"].from_.any()), "chart.wildcard"),
    "second name": (add(end=lambda body: body["a"].to(body["b"], event="finish")), "chart.inline-event"),
    "other id": (add(end=lambda body: Event(body["a"].to(body["b"]), id="finish")), "chart.inline-event"),
    "error_x is error.x": (add(error_end=lambda body: body["a"].to(body["b"])), "chart.dotted-event"),
    "done_state_x": (add(done_state_end=lambda body: body["a"].to(body["b"])), "chart.dotted-event"),
    "delayed": (add(end=lambda body: Event(body["a"].to(body["b"]), delay=5)), "chart.event-option"),
    "internal event": (add(end=lambda body: Event(body["a"].to(body["b"]), internal=True)), "chart.event-option"),
    "guard": (add(end=lambda body: body["a"].to(body["b"], cond="allowed")), "chart.guard"),
    "negative guard": (add(end=lambda body: body["a"].to(body["b"], unless="held")), "chart.guard"),
    "async guard": (add(end=lambda body: body["a"].to(body["b"], cond=approved)), "chart.guard"),
    "validator": (add(end=lambda body: body["a"].to(body["b"], validators="check")), "chart.guard"),
    "action": (add(end=lambda body: body["a"].to(body["b"], on="tell")), "chart.callback"),
    "before": (add(end=lambda body: body["a"].to(body["b"], before="tell")), "chart.callback"),
    "enter": (add(c=lambda _: State("c", enter="tell")), "chart.callback"),
    "method by convention": (add(on_enter_b=lambda _: lambda self: None), "chart.callback"),
    "async method": (add(before_go=lambda _: approved), "chart.callback"),
    "property": (add(allowed=lambda _: property(lambda self: True)), "chart.callback"),
    "listeners": (add(listeners=lambda _: [Watcher()]), "chart.foreign-attribute"),
    "collection": (add(more=lambda _: States({"c": State()})), "chart.foreign-attribute"),
    "flag": (add(allow_event_without_transition=lambda _: True), "chart.flag"),
    "one state twice": (add(c=lambda body: body["a"]), "chart.state-twice"),
    "stored value": (add(c=lambda _: State("c", value=3)), "chart.state-value"),
    "no target": (add(end=lambda body: body["a"].to(None)), "chart.targets"),
    "foreign target": (add(end=lambda body: body["a"].to(State("elsewhere"))), "chart.foreign-state"),
    "foreign source": (add(end=lambda body: State("elsewhere").to(body["a"])), "chart.foreign-state"),
    "left although final": (add(end=lambda body: body["b"].to(body["a"])), "chart.final-with-moves"),
    "external self move": (add(stay=lambda body: body["a"].to.itself()), "chart.self-move"),
    "two ways at once": (
        add(c=lambda _: State("c", final=True), end=lambda body: body["a"].to(body["b"]) | body["a"].to(body["b"])),
        "chart.ambiguous",
    ),
    "machine's own name": (add(send=lambda body: body["a"].to(body["b"])), "chart.reserved-name"),
    "instance's own name": (add(model=lambda _: State("model")), "chart.reserved-name"),
    "two starts": (add(c=lambda _: State("c", initial=True)), "chart.initial"),
    "title of nothing": (add(zh=lambda _: {"gone": "不存在"}), "chart.unknown-title"),
    "unreachable": (add(c=lambda _: State("c", final=True)), "chart.unreachable"),
    "dead end": (add(c=lambda _: State("c")), "chart.no-way-out"),
    "end that is no state": (add(ends=lambda _: frozenset({"c"})), "chart.unknown-end"),
    "unusual state": (add(theEnd=lambda _: State("c")), "chart.unusual-name"),
    "unusual event": (add(goOn=lambda body: body["a"].to(body["b"])), "chart.unusual-name"),
}


@pytest.mark.parametrize(("change", "code"), CASES.values(), ids=CASES)
def test_what_a_table_cannot_mean_is_refused(change, code):
    """Each construct that would be lost in compiling has a code, and leaves no class behind."""
    before = dict(registry._REGISTRY)
    body = parts()
    change(body)
    assert code in found(body)
    assert before == registry._REGISTRY


def test_several_targets_are_refused():
    """A move leads to one state: a list of targets belongs to parallel machines."""
    body = parts()
    transitions = body["a"].to(body["b"])
    transitions[0]._targets.append(body["a"])
    assert found(body | {"end": transitions}) == {"chart.targets"}


def test_a_bare_transition_is_a_move():
    """One transition out of a list reads like the list."""
    body = parts()
    body["go"] = body["go"][0]
    assert read_chart("Door", (Chart,), body).moves["a"] == {"go": "b"}


def test_an_event_without_transitions_moves_nothing():
    """A name that is only declared is not a move of any state."""
    assert read_chart("Door", (Chart,), parts() | {"knock": Event(name="knock")}).all_events == ("go",)


def test_all_findings_come_at_once():
    """Whoever declares a lifecycle learns of every fault in one go, with its place."""
    a, b = State("a"), State("b", enter="tell")
    error = refused({"a": a, "b": b, "go": a.to(b, cond="allowed"), "stay": b.to.itself()})
    assert [(finding.code, finding.address) for finding in error.findings] == [
        ("chart.callback", "/b"),
        ("chart.guard", "/go"),
        ("chart.self-move", "/stay"),
        ("chart.initial", ""),
    ]
    assert "tell" in error.findings[0].message()
    assert "allowed" in error.findings[1].message("zh")


def test_states_are_not_confused_by_their_labels():
    """Two states of one label are equal in the machine's eyes until it names them; here they stay two."""
    a, b, c = State("x", initial=True), State("x"), State("x", final=True)
    assert a == b
    table = read_chart("Twins", (Chart,), {"a": a, "b": b, "c": c, "go": a.to(b), "end": b.to(c)})
    assert table.moves == {"a": {"go": "b"}, "b": {"end": "c"}, "c": {}}


def test_a_lifecycle_is_not_derived_from_another(chart):
    """Inherited states are shared objects: a move added below would appear above."""
    assert "chart.bases" in {finding.code for finding in refused({}, bases=(chart,)).findings}

    class Mixin:
        """Could bring callbacks along."""

        def on_transition(self):
            """Would be called at every move."""

    assert found_with(Mixin) == {"chart.bases"}


def found_with(mixin: type) -> set[str]:
    """The codes for a sound body with one more base."""
    return {finding.code for finding in refused(parts(), bases=(Chart, mixin)).findings}


def test_a_body_without_states_is_no_lifecycle():
    """There is no abstract lifecycle in between."""
    assert found({}) == {"chart.initial"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("OrderLifecycle", "order"),
        ("WorkOrderLife", "work_order"),
        ("RMAChart", "rma"),
        ("Life", "life"),
        ("Ledger2", "ledger2"),
    ],
)
def test_a_lifecycle_is_named_after_its_class(name, expected):
    """In snake_case, without the word that says it is a lifecycle."""
    assert read_chart(name, (Chart,), parts()).name == expected


def test_an_end_needs_no_other_end():
    """To the machine only final states are ends; a life whose one way leads to an end that is left again is sound."""
    a, b, c = State("a", initial=True), State("b"), State("c", final=True)
    moves = {"go": a.to(b), "back": b.to(b, internal=True), "stop": a.to(c)}
    made = type(Chart)(
        "Kept", (Chart,), {"a": a, "b": b, "c": c, **moves, "ends": frozenset({"b"}), "__module__": __name__}
    )
    assert made.compiled.ends == {"b", "c"}


def test_labels_are_titles():
    """A label that only repeats the name is not stored."""
    body = parts()
    body["a"].name = "the beginning"
    assert read_chart("Door", (Chart,), body | {"zh": {"a": "开始"}}).en == {"a": "the beginning"}
    assert issubclass(Chart, StateChart)
