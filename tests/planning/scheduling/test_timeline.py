from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderlib.planning.scheduling.timeline import NoTimeLeft, Timeline

WORKED = st.sets(st.integers(0, 40), min_size=1).map(sorted)


def timeline(periods):
    """One span for each period."""
    return Timeline([(each, each + 1) for each in periods])


@given(WORKED, st.integers(0, 45), st.integers(0, 8))
def test_every_answer_is_that_of_counting_periods(periods, at, duration):
    """Next, finish, latest start and earliest end are what one finds by counting on one's fingers."""
    line = timeline(periods)
    assert line.worked(at) == sum(each < at for each in periods)
    later = [each for each in periods if each >= at]
    if not later:
        with pytest.raises(NoTimeLeft):
            line.from_(at)
    else:
        assert line.from_(at) == later[0]
        if duration and len(later) >= duration:
            assert line.finish(later[0], duration) == later[duration - 1] + 1
    sooner = [each for each in periods if each < at]
    if duration and len(sooner) >= duration:
        assert line.latest(at, duration) == sooner[-duration]
        assert line.until(at - 1) == sooner[-1]
    if duration and len(periods) >= duration:
        ends = {line.finish(each, duration): each for each in periods[: len(periods) - duration + 1]}
        if max(ends) >= at:
            assert line.ending(at, duration) == min(start for end, start in ends.items() if end >= at)


def test_what_takes_no_time_needs_no_working_time():
    """A milestone lies wherever it is put."""
    line = timeline([3])
    assert (line.finish(9, 0), line.latest(9, 0), line.ending(9, 0)) == (9, 9, 9)
    with pytest.raises(NoTimeLeft):
        line.finish(3, 2)
    with pytest.raises(NoTimeLeft):
        line.latest(3, 1)
