from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderlib.planning.scheduling.profile import CapacityProfile
from orderlib.planning.scheduling.timeline import NoTimeLeft

BOOKED = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 6), st.integers(0, 3)), max_size=8)


@given(BOOKED, st.integers(0, 25), st.integers(1, 6), st.integers(1, 5))
def test_breakpoints_say_what_a_list_of_periods_says(booked, start, length, amount):
    """The last lack before the end, the first lack from the start, and lacks for ever."""
    profile, periods = CapacityProfile([(2, 9), (12, 4)]), [0, 0, *[9] * 10, *[4] * 30]
    for at, takes, much in booked:
        profile.take(at, at + takes, much)
        for period in range(at, at + takes):
            periods[period] -= much
    lacking = [period for period in range(start, start + length) if periods[period] < amount]
    assert profile.blocked_back(start, start + length, amount) == (lacking[0] if lacking else -1)
    if not lacking:
        assert profile.blocked(start, start + length, amount) == -1
    elif all(each < amount for each in periods[lacking[-1] :]):
        with pytest.raises(NoTimeLeft):
            profile.blocked(start, start + length, amount)
    else:
        until = profile.blocked(start, start + length, amount)
        assert until > lacking[-1]
        assert all(each < amount for each in periods[lacking[-1] : until])
