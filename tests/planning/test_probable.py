"""By when with which certainty, and on what it hangs."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from fractions import Fraction

import pytest

from orderlib.errors import InvalidValueError
from orderlib.planning import probable
from orderlib.planning.network import ProbableNetwork, ProbableTask
from orderlib.planning.probable import MilestoneOutlook, Outlook, simulate_network
from orderlib.planning.sampling import run_plain
from orderlib.values.estimate import Estimate
from orderlib.values.instant import instant

HOUR = timedelta(hours=1)
NETWORK = ProbableNetwork(
    [
        ProbableTask("make", Estimate(HOUR * 10, HOUR * 20, HOUR * 60), milestone="made"),
        ProbableTask("paper", Estimate(HOUR * 10, HOUR * 15, HOUR * 30)),
        ProbableTask("ship", Estimate.fixed(HOUR * 4), ["make", "paper"]),
    ]
)


def outlook(**more):
    """A thousand runs, in plain Python."""
    return simulate_network(NETWORK, 1000, 3, **({"fast": False} | more))


def test_an_outlook_tells_dates_with_their_certainty():
    """Half, eight and nine and a half of ten; as a time and as a moment."""
    found = outlook()
    p50, p80, p95 = (found.within(percent) for percent in (50, 80, 95))
    assert HOUR * 14 < p50 < p80 < p95 < HOUR * 64
    start = instant("2026-03-02T08:00:00Z")
    assert found.at(80, start) == start + p80
    assert found.within(80, "made") < p80
    assert found.chance_within(p80) >= Fraction(80, 100)
    assert found.chance_within(HOUR) == 0


def test_it_tells_on_what_the_end_hung():
    """Shipping always; making more often than paper; one of them in every run."""
    index = outlook().criticality
    assert index["ship"] == 1
    assert index["make"] > index["paper"] > 0
    assert index["make"] + index["paper"] >= 1


def test_the_same_seed_is_the_same_outlook_however_the_work_is_shared():
    """One chunk or many, one thread or three; another seed is another."""
    whole = outlook(chunk=1000)
    with ThreadPoolExecutor(3) as threads:
        assert outlook(chunk=77, executor=threads) == outlook(chunk=1) == outlook() == whole
    assert simulate_network(NETWORK, 1000, 4, fast=False) != whole


def test_the_work_can_go_to_another_process():
    """What an executor has to send there and back survives the way."""
    sent = pickle.loads(pickle.dumps((run_plain, NETWORK)))
    assert pickle.loads(pickle.dumps(sent[0](sent[1], 3, 0, 20))) == run_plain(NETWORK, 3, 0, 20)
    assert pickle.loads(pickle.dumps(outlook())) == outlook()


@pytest.mark.external
def test_with_numpy_it_is_the_same_outlook():
    """The quick way and the plain way agree to the minute; where numpy is there it is taken."""
    pytest.importorskip("numpy")
    assert simulate_network(NETWORK, 1000, 3) == outlook(fast=True) == outlook()


def test_without_numpy_the_plain_way_is_taken(monkeypatch):
    """Unless the quick one is asked for by name."""
    monkeypatch.setattr(probable, "find_spec", lambda name: None)
    assert simulate_network(NETWORK, 1000, 3) == outlook()
    with pytest.raises(InvalidValueError) as caught:
        outlook(fast=True)
    assert caught.value.code == "probable.no-numpy"


@pytest.mark.parametrize("threads", [0, 2])
def test_it_tells_how_far_it_is_and_can_be_stopped(threads):
    """What was finished by then is told, and is what fewer runs would have given."""
    told: list[tuple[int, int]] = []
    with ThreadPoolExecutor(2) as pool:
        found = outlook(
            chunk=100,
            executor=pool if threads else None,
            progress=lambda done, runs: told.append((done, runs)),
            cancelled=lambda: len(told) == 3,
        )
    assert told == [(100, 1000), (200, 1000), (300, 1000)]
    assert found.milestones == simulate_network(NETWORK, 300, 3, fast=False).milestones
    assert [each.code for each in found.findings] == ["probable.cancelled"]
    assert outlook().findings == ()


def test_what_was_stopped_at_once_tells_nothing():
    """And says so, instead of a date."""
    nothing = outlook(cancelled=lambda: True)
    assert nothing.criticality == {}
    for ask in (lambda: nothing.within(80), lambda: nothing.chance_within(HOUR)):
        with pytest.raises(InvalidValueError) as caught:
            ask()
        assert caught.value.code == "probable.no-runs"


def test_an_empty_network_is_done_at_once():
    """Nothing to do takes no time."""
    assert simulate_network(ProbableNetwork([]), 5, fast=False).within(95) == timedelta(0)


@pytest.mark.parametrize(
    ("asked", "code", "address"),
    [
        (lambda: simulate_network(NETWORK, 0), "number.whole", "/runs"),
        (lambda: simulate_network(NETWORK, 10, -1), "number.whole", "/seed"),
        (lambda: simulate_network(NETWORK, 10, chunk=0), "number.whole", "/chunk"),
        (lambda: outlook().within(0), "number.whole", "/percent"),
        (lambda: outlook().within(80, "sold"), "probable.unknown-milestone", "/milestone"),
        (lambda: MilestoneOutlook("a", ["1"]), "value.type", "/ends/0"),
        (
            lambda: Outlook(runs=1, asked=1, seed=1, period=1, milestones=[], critical=[]),
            "value.type",
            "/period",
        ),
        (
            lambda: Outlook(runs=1, asked=1, seed=1, period=HOUR, milestones=[1], critical=[]),
            "value.type",
            "/milestones/0",
        ),
    ],
)
def test_what_cannot_be_asked_is_refused(asked, code, address):
    """With its code and its place."""
    with pytest.raises(InvalidValueError) as caught:
        asked()
    assert [(each.code, each.address) for each in caught.value.findings] == [(code, address)]
