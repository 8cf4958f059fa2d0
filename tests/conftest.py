"""What all tests share: generated inputs that are the same on every run, and the folder of real documents."""

from __future__ import annotations

import contextlib
import importlib
import os
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import orderlib

ROOT = Path(__file__).parents[1]

# No clock and no chance in the tests: no deadline, no health check by the watch, the same examples every time.
settings.register_profile(
    "default",
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=50,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("thorough", settings.get_profile("default"), max_examples=1000)
settings.load_profile(os.environ.get("ORDERLIB_HYPOTHESIS_PROFILE", "default"))


def pytest_collection_finish() -> None:
    """Load every module before the first test runs.

    Hypothesis takes examples from the constants of all modules loaded so far, so that a module which one test loads
    late would give the tests after it other examples in another order.
    """
    for info in pkgutil.walk_packages(orderlib.__path__, "orderlib.", onerror=lambda _: None):
        if not info.name.endswith("__main__"):
            with contextlib.suppress(Exception):  # an extra that is missing; what is broken fails its own tests
                importlib.import_module(info.name)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real documents: `ORDERLIB_DATA`, else `../shared/data` beside the checkout."""
    folder = Path(os.environ.get("ORDERLIB_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip("no real documents here: set ORDERLIB_DATA to their folder")
    return folder


_COUNTS: list[str] = []


@pytest.fixture
def cases_run() -> Iterator[list[str]]:
    """Lines that a conformance test wants to have read: how many cases it ran, how many verdicts were right."""
    lines: list[str] = []
    yield lines
    _COUNTS.extend(lines)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the conformance tests counted, whatever became of them."""
    if _COUNTS:
        terminalreporter.section("cases run")
        for line in sorted(_COUNTS):
            terminalreporter.write_line(line)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Where every extra is installed, a test that needs one has no reason to be skipped."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and item.get_closest_marker("external") and os.environ.get("ORDERLIB_ALL_EXTRAS"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped although every extra is installed: {report.longrepr}"
