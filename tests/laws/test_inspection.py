"""Laws of inspection lots over generated histories: what is counted, what is refused, what is blocked."""

from __future__ import annotations

from functools import reduce
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from orderlib.errors import RefusedError
from orderlib.inspection.characteristic import Characteristic
from orderlib.inspection.control import ControlPlan, SamplingRule
from orderlib.inspection.correction import (
    AgreeCorrectiveAction,
    CheckEffectiveness,
    DecideDisposition,
    RaiseNonconformity,
    ReportActionImplemented,
    ReportDispositionCarriedOut,
    VerifyDisposition,
)
from orderlib.inspection.gate import blocks, released_quantity
from orderlib.inspection.message import (
    PlanInspection,
    ReportInspection,
)
from orderlib.inspection.policy import DEFAULTS
from orderlib.inspection.process import FOLDS, RULES
from orderlib.inspection.record import Disposition
from orderlib.inspection.table import CORRECTIVE_ACTION, INSPECTION_LOT, NONCONFORMITY
from orderlib.values.dispatch import View
from orderlib.values.party import Actor
from orderlib.values.quantity import Quantity

HANDLERS = {rule.command: rule.handle for rule in RULES}
POLICIES = SimpleNamespace(**{slot: default() for slot, default in DEFAULTS.items()})
BOSS = Actor("bo", "quality", roles=("management",))
PLANS = [
    ControlPlan(stage, stage, [Characteristic("clean")], SamplingRule("2.5", "S-2"))
    for stage in ("incoming", "in-process", "final")
]
IDS = ["L-1", "L-2", "L-1-NC1", "L-1-NC2", "L-2-NC1", "N", "CA"]
DUE = "2026-05-01T00:00:00Z"
STEPS = st.lists(st.tuples(st.integers(0, 999), st.integers(0, 999)), min_size=20, max_size=60)


def arguments(kind, id, detail, case):
    """What a command is given besides the thing that it concerns; the detail picks."""
    control = PLANS[detail % 3]
    dispositions = [None, *Disposition]
    free = f"N{detail % 5}"
    lot = case.quality.lots.get(id) if case.quality is not None else None
    left = lot.current.remaining if lot is not None else 3
    if kind is PlanInspection:
        return (f"L-{detail % 4}", "P", Quantity(1 + detail % 300), control.stage, PLANS)
    if kind is RaiseNonconformity:
        return (free, "P", Quantity(1 + detail % 50), control.stage, "x")
    rest = {
        ReportInspection: (1 + detail % (left + 1), detail % 5 // 3),
        DecideDisposition: (dispositions[detail % 7],),
        ReportDispositionCarriedOut: ("photo",),
        VerifyDisposition: (detail % 4 > 0,),
        AgreeCorrectiveAction: (f"CA-{detail % 3}", "x", "y", DUE),
        ReportActionImplemented: ("done",),
        CheckEffectiveness: (detail % 3 > 0,),
    }
    return (id, *rest.get(kind, ()))


def commands(steps):
    """Commands that are mostly possible: what is offered, and now and then anything."""
    case, given_so_far = SimpleNamespace(quality=None), []
    for which, detail in steps:
        if which >= 950:
            rule, about = RULES[which % len(RULES)], IDS[detail % len(IDS)]
        else:
            offered = [(rule, each) for rule in RULES if rule.about for each in rule.about(case)]
            offered += [(rule, "") for rule in RULES if not rule.about and detail % 5 == 0]
            rule, about = offered[which % len(offered)] if offered else (RULES[0], "")
        more = {"due_at": DUE} if rule.command is CheckEffectiveness else {}
        if rule.command is RaiseNonconformity and case.quality is not None and detail % 2:
            more = {"lot_id": next(iter(case.quality.lots.ids()), None)}
        given_so_far.append((rule.command, arguments(rule.command, about or "X", detail, case), more))
        tell(case, len(given_so_far), *given_so_far[-1])
    return given_so_far


def tell(case, number, kind, arguments, more):
    """Give one command; its events, or nothing where it is refused."""
    command = kind("case-1", *arguments, by=BOSS, id=f"c{number}", at="2026-03-02T08:00:00Z", reason="x", **more)
    before = case.quality
    try:
        told = list(HANDLERS[kind](View(case), command, POLICIES))
    except RefusedError:
        assert case.quality is before
        return None
    told = [event for event in told if type(event) in FOLDS]
    for event in told:
        case.quality = FOLDS[type(event)](case.quality, event)
    return told


def run(commands):
    """Give all commands; the case, its events, and how many were refused."""
    case = SimpleNamespace(quality=None)
    told = [tell(case, number, *each) for number, each in enumerate(commands)]
    return case, [event for events in told for event in events or ()], told.count(None)


@given(STEPS.map(commands))
def test_whatever_is_told_the_register_keeps_its_laws(told):
    """States are those of the charts, counts stay within the samples, and what is open blocks."""
    case, events, _ = run(told)
    assert reduce(lambda register, event: FOLDS[type(event)](register, event), events, None) == case.quality
    if case.quality is None:
        return
    for lot in case.quality.lots:
        assert lot.state in INSPECTION_LOT.states
        assert [each.number for each in lot.examinations] == list(range(1, len(lot.examinations) + 1))
        for examination in lot.examinations:
            assert 0 <= examination.inspected <= examination.plan.sample_size <= lot.examinations[0].plan.lot_size
            assert examination.inspected == sum(told.inspected for told in examination.reports)
            assert examination.found == sum(told.found for told in examination.reports)
        judged = lot.state not in ("planned", "in_inspection", "cancelled")
        assert (lot.current.verdict is not None) is judged
        assert lot.faults == tuple(each.id for each in case.quality.nonconformities if each.lot_id == lot.id)
    assert all(each.state in NONCONFORMITY.states for each in case.quality.nonconformities)
    assert all(each.state in CORRECTIVE_ACTION.states for each in case.quality.actions)


@given(STEPS.map(commands))
def test_nothing_is_released_that_is_blocked(told):
    """A lot of the final stage either blocks despatch, or is released, or is gone."""
    case, _, _ = run(told)
    if case.quality is None:
        return
    sources = {each.source for each in blocks(case.quality, "despatch")}
    final = [lot for lot in case.quality.lots if lot.stage == "final"]
    for lot in final:
        ways = (f"inspection:{lot.id}" in sources, lot.released, lot.state in ("disposed", "cancelled"))
        assert sum(ways) == 1
    most = sum(lot.quantity.value for lot in final if lot.released)
    assert 0 <= released_quantity(case.quality, "P", "C62") <= most


@given(STEPS.map(commands))
def test_every_live_nonconformity_can_be_ended(told):
    """By deciding, carrying out and verifying, whatever came before."""
    case, _, refused = run(told)
    if case.quality is None:
        return
    ways = {"open": 3, "decided": 2, "carried_out": 1}
    steps = []
    for fault in case.quality.live:
        whole = [
            (DecideDisposition, (fault.id, "scrap"), {}),
            (ReportDispositionCarriedOut, (fault.id, "photo"), {}),
            (VerifyDisposition, (fault.id, True), {}),
        ]
        steps += whole[3 - ways[fault.state] :]
    case, _, refused_then = run([*told, *steps])
    assert case.quality.live == ()
    assert refused_then == refused
