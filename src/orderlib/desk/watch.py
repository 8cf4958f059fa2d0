"""What happens to a purchase, told to the orders that it serves: late steel moves their plans and raises an alarm."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from orderlib.case.record import OrderCase
from orderlib.case.repository import Recorded
from orderlib.desk.desk import OrderDesk
from orderlib.desk.outcome import Outcome
from orderlib.errors import Finding, OrderlibError
from orderlib.fulfilment.message import OpenIncident
from orderlib.fulfilment.record import ExceptionKind
from orderlib.fulfilment.view import working
from orderlib.planning.message import ReplanOrder, ReportProgress
from orderlib.planning.record import Task
from orderlib.supply.commitment import PurchaseCommitment
from orderlib.supply.message import PurchaseDelayed, PurchaseOverdue
from orderlib.values.identifier import DocumentId, text
from orderlib.values.instant import Instant, day_start
from orderlib.values.key import Key
from orderlib.values.message import Command
from orderlib.values.party import SYSTEM
from orderlib.values.typed import tuple_of

__all__ = ["SupplyWatch"]

_LATE: Final = (PurchaseDelayed, PurchaseOverdue)


class SupplyWatch:
    """A reader of the feed that acts: for each purchase that is late, the orders that it serves hear of it.

    A purchase names its demands as `number of the order/line` or as `id of the case/line` (`serves`). Each such
    case that is in work gets an incident of the kind jeopardy; where its plan has one of the `tasks` that wait for
    material, not yet done, that task is estimated to end when the purchase is expected, and the plan is made anew.
    Promises stay: moving one is for people, and wants a reason. What a case does not take is kept in `refused`,
    with its findings.

    Commands bear ids made of the event's, so that a reader that is given an event twice acts once.
    """

    def __init__(self, desk: OrderDesk, *, tasks: Iterable[str] = ("supply",)) -> None:
        self.desk: Final = desk
        self.tasks: Final = tuple(text(each) for each in tuple_of(str, tasks, "/tasks"))
        self.refused: list[tuple[Command, tuple[Finding, ...]]] = []

    def apply(self, recorded: Recorded, /) -> tuple[Outcome, ...]:
        """Act on one event; nothing comes of those that delay no purchase."""
        if not isinstance(recorded.event, _LATE):
            return ()
        purchase: Any = self.desk.repository.load(recorded.key)
        if not isinstance(purchase, PurchaseCommitment):
            return ()
        done: list[Outcome] = []
        for place, (demand, warning) in enumerate(zip(purchase.serves, purchase.jeopardies, strict=False)):
            for key, line_id in self._served(demand):
                for command in self._answers(key, line_id, purchase, warning, f"{recorded.id}/{place}", recorded):
                    try:
                        done.append(self.desk.handle(command))
                    except OrderlibError as error:
                        self.refused.append((command, error.findings))
        return tuple(done)

    def _served(self, demand: str) -> Iterator[tuple[Key[Any], str]]:
        """The cases that a demand speaks of, and the line."""
        number, _, line_id = demand.rpartition("/")
        for key in self.desk.repository.find("order-number", number):
            yield key, line_id
        own = Key[Any]("case", number)
        try:
            self.desk.repository.load(own)
        except OrderlibError:
            return
        yield own, line_id

    def _answers(
        self, key: Key[Any], line_id: str, purchase: PurchaseCommitment, warning: Finding, name: str, told: Recorded
    ) -> Iterator[Command]:
        case: OrderCase = self.desk.repository.load(key)
        known = case.order is not None and line_id in case.order.lines
        at, why = told.event.recorded_at, warning.message()
        if case.state in working:
            yield OpenIncident(
                case.id,
                DocumentId(f"{purchase.id}-{purchase.expected_on.isoformat()}"),
                ExceptionKind.JEOPARDY,
                line_id=line_id if known else None,
                by=SYSTEM,
                id=f"{name}/incident",
                reason=why,
            )
        waiting = tuple(self._waiting(case))
        ends_at = _expected(purchase)
        for task in waiting:
            if task.ends_at < ends_at:
                yield ReportProgress(
                    case.id,
                    task.id,
                    task.progress,
                    ends_at=ends_at,
                    by=SYSTEM,
                    id=f"{name}/{task.id}",
                    occurred_at=at,
                    reason=why,
                )
        if any(task.ends_at < ends_at for task in waiting):
            yield ReplanOrder(case.id, by=SYSTEM, id=f"{name}/replan", reason=why)

    def _waiting(self, case: OrderCase) -> Iterator[Task]:
        tasks = case.planning.tasks if case.planning is not None else ()
        return (task for task in tasks if task.id in self.tasks and task.state in ("planned", "started"))


def _expected(purchase: PurchaseCommitment) -> Instant:
    return day_start(purchase.expected_on, purchase.zone)
