"""What is offered, and that the register is the fold of what happened."""

from __future__ import annotations

from functools import reduce

from orderlib.inspection.correction import (
    AgreeCorrectiveAction,
    DecideDisposition,
    ReportDispositionCarriedOut,
    VerifyDisposition,
)
from orderlib.inspection.message import ReportInspection, StartInspection
from orderlib.inspection.process import FOLDS, RULES
from orderlib.inspection.record import QualityRegister
from orderlib.values.message import Event


def test_what_is_offered(bench, lot):
    """Each command names what it could concern now."""
    assert set(bench.about().values()) == {()}
    lot("L-1")
    lot("L-2")
    bench.tell(StartInspection, "L-2")
    assert bench.about()["StartInspection"] == ("L-1",)
    assert bench.about()["ReportInspection"] == bench.about()["CancelInspection"] == ("L-1", "L-2")
    bench.tell(ReportInspection, "L-1", 80, 0)
    bench.tell(ReportInspection, "L-2", 80, 9)
    about = bench.about()
    assert (about["RecallLot"], about["ReinspectLot"]) == (("L-1",), ("L-2",))
    assert about["DecideDisposition"] == about["AgreeCorrectiveAction"] == ("L-2-NC1",)
    bench.tell(AgreeCorrectiveAction, "L-2-NC1", "CA-1", "x", "y", "2026-03-09T08:00:00Z")
    assert bench.about()["ReportActionImplemented"] == ("CA-1",)


def test_the_register_is_the_fold_of_its_events(bench, lot):
    """Folding them again gives the same."""
    lot()
    bench.tell(ReportInspection, "L-1", 40, 1)
    bench.tell(ReportInspection, "L-1", 40, 2)
    bench.tell(DecideDisposition, "L-1-NC1", "rework")
    bench.tell(ReportDispositionCarriedOut, "L-1-NC1", "photo")
    bench.tell(VerifyDisposition, "L-1-NC1")
    told = [event for event in bench.events if type(event) in FOLDS]
    assert reduce(lambda register, event: FOLDS[type(event)](register, event), told, None) == bench.quality


def test_every_command_and_event_of_the_room_has_its_place():
    """A rule for each command, a fold for each event."""
    import orderlib.inspection as room

    public = [each for each in (getattr(room, name) for name in room.__all__) if getattr(each, "kind", "") == "case"]
    commands = {
        each for each in public if isinstance(each, type) and hasattr(each, "stamp") and hasattr(each, "target")
    }
    assert commands == {rule.command for rule in RULES}
    events = {each for each in public if isinstance(each, type) and issubclass(each, Event)}
    assert events == set(FOLDS)


def test_an_empty_register(bench):
    """Nothing is open, nothing awaited, nothing lapses."""
    register = QualityRegister()
    assert (register.open_lots, register.live, register.next_due, register.of_lot("L-1")) == ((), (), None, ())
    assert bench.pass_time("2030-01-01T00:00:00Z") == []
