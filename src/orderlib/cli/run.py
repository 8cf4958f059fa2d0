"""Driving orders to their ends: the desk with its default policies, and a small seeded world around it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

import attrs

from orderlib.case.policies import PolicySet
from orderlib.case.repository import Recorded
from orderlib.cli.documents import Document
from orderlib.cli.log import write_log
from orderlib.cli.report import Refusal, Source, Story, report_of
from orderlib.desk.desk import OrderDesk
from orderlib.desk.memory import InMemoryRepository
from orderlib.errors import Finding, Language, OrderlibError
from orderlib.intake.message import ReceiveOrder
from orderlib.order.record import Attachment
from orderlib.order.record import Order
from orderlib.simulation.clock import WorldClock
from orderlib.simulation.facts import SeededFacts
from orderlib.simulation.habits import WORKING_HABITS
from orderlib.simulation.world import World
from orderlib.values.instant import Instant, instant
from orderlib.values.key import Key
from orderlib.values.message import Command
from orderlib.values.party import Actor
from orderlib.values.port import SequentialIds

__all__ = ["Run", "run_documents", "write_out"]

_CLERK: Final = Actor("intake-clerk", department="customer-service")
_DEFAULT_DAY: Final = date(2026, 3, 2)

Progress = Callable[[str, Any], object]


@attrs.frozen
class Run:
    """What a run came to: the stories of all orders, what was refused, and the whole feed."""

    stories: tuple[Story, ...]
    refused: tuple[Refusal, ...]
    feed: tuple[Recorded, ...]

    def report(self, lang: Language = "en") -> dict[str, Any]:
        """The report as plain JSON values."""
        return report_of(self.stories, self.refused, lang)


def _nobody(_name: str, _about: Any) -> None:
    """Nobody is told how far it has come."""


def run_documents(
    documents: Iterable[Document | Refusal],
    *,
    policies: PolicySet | None = None,
    seed: int = 1,
    progress: Progress = _nobody,
) -> Run:
    """Take every order to its end, one after the other; later messages reach the order that they speak of.

    `progress` is called with the name of each document and the case or refusal that came of it.
    """
    repository = InMemoryRepository()
    taken = list(documents)
    refused = [each for each in taken if isinstance(each, Refusal)]
    orders = [each for each in taken if isinstance(each, Document) and isinstance(each.message, Order)]
    later = [each for each in taken if isinstance(each, Document) and not isinstance(each.message, Order)]
    for refusal in refused:
        progress(refusal.source, refusal)
    sources: list[tuple[str, Source]] = []
    for number, document in enumerate(orders, 1):
        world = _world(repository, document.message, policies, seed, number)
        try:
            case_id = _receive(world.desk, document)
        except OrderlibError as error:
            refused.append(Refusal(document.name, error.findings))
            progress(document.name, refused[-1])
            continue
        mail = [each for each in later if each.message.order_id == document.message.id]
        found = [*document.findings, *_drive(world, case_id, mail)]
        sources.append((case_id, Source(document.name, tuple(found))))
        progress(document.name, world.desk.load(case_id))
    known = {document.message.id for document in orders}
    refused += [_unknown(each) for each in later if each.message.order_id not in known]
    stories = tuple(Story(case_id, source, _events(repository, case_id)) for case_id, source in sources)
    return Run(stories, tuple(refused), tuple(recorded for _, recorded in repository.feed()))


def _world(
    repository: InMemoryRepository, order: Order, policies: PolicySet | None, seed: int, number: int
) -> World:
    """A world of its own for each order, which begins on the order's own day."""
    issued = order.issued_on if order.issued_on is not None else _DEFAULT_DAY
    clock = WorldClock(instant(f"{issued.isoformat()}T08:00:00Z"))
    desk = OrderDesk(
        repository, policies=policies, facts=SeededFacts(seed), clock=clock, ids=SequentialIds(f"{number:04}-")
    )
    return World(desk, clock, WORKING_HABITS, seed=seed)


def _receive(desk: OrderDesk, document: Document) -> str:
    paper = Attachment(document.name, "order", document.digest)
    outcome = desk.handle(ReceiveOrder(document.message, by=_CLERK, document=paper, stated=document.stated))
    return outcome.case.id


def _drive(world: World, case_id: str, mail: list[Document]) -> Iterator[Finding]:
    """Let the world act to the end; messages arrive on the day on which they were written.

    What the world could not bring to an end, and what a message was refused for, comes back as findings.
    """
    waiting = sorted(mail, key=lambda document: (document.message.issued_on or date.min, document.name))
    try:
        for _ in world.drive(case_id):
            while waiting and (waiting[0].message.issued_on or date.min) <= world.clock().date():
                yield from _deliver(world.desk, case_id, waiting.pop(0))
    except OrderlibError as error:
        yield from error.findings
    for document in waiting:
        yield from _deliver(world.desk, case_id, document)


def _deliver(desk: OrderDesk, case_id: str, document: Document) -> Iterator[Finding]:
    try:
        for command in commands_of(document.message, desk.load(case_id), by=_CLERK):
            desk.handle(command)
    except OrderlibError as error:
        yield from (finding.under(f"/{document.name}") for finding in error.findings)


def _unknown(document: Document) -> Refusal:
    order = document.message.order_id
    return Refusal(document.name, (ORDER_UNKNOWN("/OrderReference/ID", order=order),))


def _events(repository: InMemoryRepository, case_id: str) -> tuple[Any, ...]:
    return tuple(recorded.event for recorded in repository.history(Key("case", case_id)))


def write_out(run: Run, folder: Path, lang: Language = "en") -> None:
    """Write `report.json` and `events.jsonl` into a folder, which is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    report = json.dumps(run.report(lang), ensure_ascii=False, indent=2)
    (folder / "report.json").write_text(report + "\n", encoding="utf-8")
    sources = ((story.case_id, story.source) for story in run.stories)
    (folder / "events.jsonl").write_bytes(b"".join(write_log(sources, run.refused, run.feed)))
