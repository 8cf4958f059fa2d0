"""A case that knows nothing but inspection, and takes its commands."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import attrs
import pytest

from orderlib.errors import RefusedError
from orderlib.inspection.characteristic import Characteristic
from orderlib.inspection.control import ControlPlan, SamplingRule
from orderlib.inspection.policy import DEFAULTS
from orderlib.inspection.process import FOLDS, RULES, lapse
from orderlib.inspection.record import QualityRegister
from orderlib.values.dispatch import View
from orderlib.values.instant import instant
from orderlib.values.message import Stamp
from orderlib.values.party import SYSTEM, Actor
from orderlib.values.quantity import Quantity

QM = Actor("lin", "quality")
BORE = Characteristic("bore", "bore", lower="4.9", upper="5.1", unit="MMT")
CLEAN = Characteristic("clean", "no burr", grade="critical")
BY_RULE = {rule.command: rule for rule in RULES}


def plan(stage="final", *, aql="1.0", id="CP-1", **more):
    """Bore and burr, sampled at AQL 1.0 unless told otherwise; without a limit every unit is looked at."""
    sampling = None if aql is None else SamplingRule(aql)
    return ControlPlan(id, stage, [BORE, CLEAN], sampling, **more)


@attrs.define
class Bench:
    """The register, the policies, and all that has happened."""

    quality: QualityRegister | None = None
    policies: Any = attrs.field(factory=lambda: SimpleNamespace(**{slot: make() for slot, make in DEFAULTS.items()}))
    events: list[Any] = attrs.field(factory=list)
    now: str = "2026-03-02T08:00:00Z"

    def fold(self, events):
        """Take events in; what they were."""
        taken = tuple(events)
        for event in taken:
            if type(event) in FOLDS:
                self.quality = FOLDS[type(event)](self.quality, event)
        self.events += taken
        return taken

    def tell(self, kind, *arguments, by=QM, id=None, **more):
        """Give a command; the names of what happened."""
        command = kind("case-1", *arguments, by=by, id=id or f"c{len(self.events)}", at=self.now, **more)
        events = BY_RULE[kind].handle(View(self), command, self.policies)
        return [type(event).__name__ for event in self.fold(events)]

    def refused(self, kind, *arguments, **more):
        """Give a command that is refused: codes and places; nothing has changed."""
        before = self.quality
        with pytest.raises(RefusedError) as caught:
            self.tell(kind, *arguments, **more)
        assert self.quality is before
        assert all("?" not in each.message("en") + each.message("zh") for each in caught.value.findings)
        return [(each.code, each.address) for each in caught.value.findings]

    def pass_time(self, now):
        """Let lapse what is due."""
        at = instant(now)
        events = lapse(self, at, Stamp("t", SYSTEM, at, at), self.policies)
        return [type(event).__name__ for event in self.fold(events)]

    def about(self):
        """What each command could concern now."""
        return {rule.command.__name__: tuple(rule.about(self)) for rule in RULES if rule.about is not None}

    def lot(self, id="L-1"):
        """One lot."""
        return self.quality.lots[id]

    def fault(self, id="L-1-NC1"):
        """One nonconformity."""
        return self.quality.nonconformities[id]


@pytest.fixture
def bench():
    """A case without any lot."""
    return Bench()


@pytest.fixture
def lot(bench):
    """A thousand pumps for the final inspection: 80 are looked at, two may be bad."""
    from orderlib.inspection.message import PlanInspection

    def planned(lot_id="L-1", quantity=1000, **more):
        plans = more.pop("plans", (plan(more.get("stage", "final")),))
        stage = more.pop("stage", "final")
        bench.tell(PlanInspection, lot_id, "P-7", Quantity(quantity), stage, plans, **more)
        return bench

    return planned
