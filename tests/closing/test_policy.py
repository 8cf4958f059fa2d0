"""Every slot of closing by itself: two outcomes, each with its reasons."""

from __future__ import annotations

from build import order

from orderlib.case.policies import PolicySet
from orderlib.closing.policy import ByKindOfOrder, CloseGate, Completeness, EverySignal, Learning, NothingOpen
from orderlib.closing.record import Signal
from orderlib.errors import Finding
from orderlib.order.record import OrderType

ALL = frozenset({"order", "review", "plan", "invoice"})


def test_a_dossier_is_complete_or_misses_kinds():
    """What is missing is named, sorted, and would make it complete."""
    policy = ByKindOfOrder()
    assert policy(order(), ALL, ALL).outcome is Completeness.COMPLETE
    decision = policy(order(), frozenset({"order"}), ALL)
    assert (decision.outcome, decision.missing) == (Completeness.INCOMPLETE, ("invoice", "plan", "review"))
    assert [each.code for each in decision.reasons] == ["dossier.missing"] * 3
    assert len(decision.otherwise) == 3


def test_a_kind_of_order_may_need_less_or_more():
    """A sample needs no review; an application may ask for customs papers."""
    sample = order(type=OrderType.SAMPLE)
    assert ByKindOfOrder()(sample, frozenset({"order"}), ALL).missing == ("invoice",)
    strict = ByKindOfOrder(more={"220": frozenset({"customs"})})
    assert strict(order(), ALL, ALL).missing == ("customs",)


def test_the_gate_is_shut_while_anything_is_open():
    """Unless it is tolerated."""
    obstacle = Finding("close.task", address="/planning/tasks/t-1")
    assert NothingOpen()(order(), ()).outcome is CloseGate.OPEN
    shut = NothingOpen()(order(), (obstacle,))
    assert (shut.outcome, shut.reasons) == (CloseGate.SHUT, (obstacle,))
    tolerant = NothingOpen(tolerated=frozenset({"close.task"}))(order(), (obstacle,))
    assert (tolerant.outcome, tolerant.reasons[0].address) == (CloseGate.OPEN, "/planning/tasks/t-1")


def test_signals_become_lessons():
    """All of them, unless they are ignored or too few."""
    signal = Signal(cause="lesson.defect", findings=(Finding("lesson.defect", address="/a"),))
    assert EverySignal()(order(), ()).outcome is Learning.NOTHING
    decision = EverySignal()(order(), (signal,))
    assert (decision.outcome, decision.proposed, signal.evidence) == (Learning.LESSONS, (signal,), ("/a",))
    assert EverySignal(ignored=frozenset({"lesson.defect"}))(order(), (signal,)).proposed == ()
    assert EverySignal(least=2)(order(), (signal,)).proposed == ()


def test_the_set_of_policies_knows_every_slot_of_closing():
    """Bound and signed."""
    policies = PolicySet()
    assert str(policies.dossier(order(), ALL, ALL).policy) == "ByKindOfOrder unversioned"
    assert (policies.close_gate.name, policies.lesson.name) == ("NothingOpen", "EverySignal")
