"""Every scheduling instance of the literature that is there gets a valid schedule, and how far it is from the best."""

from __future__ import annotations

import importlib.util
import sys
from collections import defaultdict

import pytest

from orderlib.planning.scheduling import JustifiedSampling, check_schedule

pytestmark = pytest.mark.conformance


@pytest.fixture(name="found", scope="module")
def every_instance(data, root):
    """The instances by their set, read by the readers of the benchmarks."""
    folder = data / "30_scheduling"
    if not folder.is_dir():
        pytest.skip("no scheduling instances here")
    spec = importlib.util.spec_from_file_location("schedule_instances", root / "benchmarks" / "schedule_instances.py")
    readers = importlib.util.module_from_spec(spec)
    sys.modules["schedule_instances"] = readers
    spec.loader.exec_module(readers)
    sets = defaultdict(list)
    for each in readers.instances(folder):
        sets[each.set].append(each)
    if not sets:
        pytest.skip("no scheduling instances here")
    return sets


def test_every_instance_gets_a_valid_schedule(found, cases_run):
    """Nothing for the checker to say; no value below what is known to be the best; the gaps are printed."""
    for name, group in sorted(found.items()):
        gaps = []
        for each in group:
            schedule = JustifiedSampling(10)(each.problem)
            assert check_schedule(each.problem, schedule) == (), each.name
            if each.best is not None:
                assert schedule.lower_bound <= each.best, each.name
                gaps.append(100 * (schedule.value - each.best) / max(each.best, 1))
            else:
                gaps.append(100 * (schedule.value - schedule.lower_bound) / max(schedule.lower_bound, 1))
        against = "the best known" if group[0].best is not None else "the lower bound"
        gap = f"{sum(gaps) / len(gaps):.2f} % over {against} in 10 iterations"
        cases_run.append(f"scheduling, {name}: {len(group)} instances, {gap}")
