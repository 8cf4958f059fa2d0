from __future__ import annotations

import pytest

from orderlib.errors import InvalidValueError
from orderlib.wire.limits import Limits


def test_every_limit_can_be_set() -> None:
    """A limit is a value of the user's choice."""
    assert Limits(max_bytes=10, max_digits=3) == Limits(max_digits=3, max_bytes=10)


@pytest.mark.parametrize("value", [0, -1, 1.5, "8", True, None])
def test_a_limit_is_a_whole_number_from_one_up(value: object) -> None:
    """Anything else is refused with the name of the limit."""
    with pytest.raises(InvalidValueError) as caught:
        Limits(max_depth=value)  # type: ignore[arg-type]
    assert caught.value.code == "wire.limit-not-positive"
    assert caught.value.findings[0].address == "/max_depth"
