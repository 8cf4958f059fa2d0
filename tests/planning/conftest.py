"""An accepted order of two lines."""

from __future__ import annotations

import pytest
from plans import accepted


@pytest.fixture
def story():
    """An accepted order of two lines."""
    return accepted()
