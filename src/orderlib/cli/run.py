"""Driving orders to their ends: the desk with its default policies, and a small seeded world around it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, Final

import attrs

from orderlib.agreement.message import DraftAgreement, SignAgreement
from orderlib.agreement.record import Agreement
from orderlib.case.policies import PolicySet
from orderlib.case.record import OrderCase
from orderlib.case.repository import Recorded
from orderlib.cli.documents import Document
from orderlib.cli.mail import Letter, Letterbox, addressee, letter_of, unknown_order
from orderlib.cli.report import Refusal, Source, Story, report_of
from orderlib.desk.desk import OrderDesk
from orderlib.desk.memory import InMemoryRepository
from orderlib.errors import Finding, FindingCode, InvalidValueError, Language, OrderlibError, Severity
from orderlib.intake.message import ReceiveOrder
from orderlib.order.record import Attachment, Order
from orderlib.simulation.clock import WorldClock
from orderlib.simulation.everyone import EVERYONE
from orderlib.simulation.facts import SeededFacts
from orderlib.simulation.world import World
from orderlib.values.fact import Facts
from orderlib.values.instant import instant
from orderlib.values.key import Key
from orderlib.values.party import Actor
from orderlib.values.port import SequentialIds

__all__ = ["Run", "run_documents"]

_CLERK: Final = Actor("intake-clerk", department="customer-service")
_CONTRACTS: Final = Actor("contracts", department="sales")
#: after it deadlines, warranties and retentions would leave the calendar
_LAST_YEAR: Final = 9000
_DEFAULT_DAY: Final = date(2026, 3, 2)

DAY_RANGE: Final = FindingCode(
    "document.day-out-of-range",
    Severity.ERROR,
    "no life of an order can be told from {day} on, beyond the year {last}",
    "无法讲述自 {day} 起（超过 {last} 年）的订单历程",
)

Progress = Callable[[str, OrderCase | Refusal], object]


@attrs.frozen
class Run:
    """What a run came to: the stories of all orders, what was refused, and the whole feed."""

    stories: tuple[Story, ...]
    refused: tuple[Refusal, ...]
    feed: tuple[Recorded, ...]

    def report(self, lang: Language = "en") -> dict[str, Any]:
        """The report as plain JSON values."""
        return report_of(self.stories, self.refused, lang)


def _nobody(_name: str, _about: OrderCase | Refusal) -> None:
    """Nobody is told how far it has come."""


def run_documents(
    documents: Iterable[Document | Refusal],
    *,
    policies: PolicySet | None = None,
    seed: int = 1,
    progress: Progress = _nobody,
) -> Run:
    """Take every order to its end, one after the other; later messages reach the order that they speak of.

    Framework agreements are signed first, and what facts say holds from the beginning. `progress` is called with the
    name of each document and the case or refusal that came of it.
    """
    return _Office(tuple(documents), policies, seed, progress).run()


class _Office:
    """One run: a repository, the documents sorted into trays, and what became of them so far."""

    def __init__(
        self, taken: tuple[Document | Refusal, ...], policies: PolicySet | None, seed: int, progress: Progress
    ) -> None:
        self.repository = InMemoryRepository()
        self.policies, self.seed, self.progress = policies, seed, progress
        sorted_out = [_in_range(each) for each in taken]
        self.refused: list[Refusal] = [each for each in sorted_out if isinstance(each, Refusal)]
        self.documents = [each for each in sorted_out if isinstance(each, Document)]
        self.orders = [each for each in self.documents if isinstance(each.message, Order)]
        self.stories: list[tuple[str, Source]] = []
        self.facts = SeededFacts(seed, _merged(each.message for each in self.documents))
        self._worlds = 0

    def run(self) -> Run:
        for refusal in self.refused:
            self.progress(refusal.source, refusal)
        for document in self.documents:
            if isinstance(document.message, Agreement):
                self._sign(document, document.message)
        letters = self._letters()
        for position, document in enumerate(self.orders):
            self._order(document, [letter for to, letter in letters if to == position])
        stories = tuple(Story(case_id, source, self._events(case_id)) for case_id, source in self.stories)
        return Run(stories, tuple(self.refused), tuple(recorded for _, recorded in self.repository.feed()))

    def _letters(self) -> list[tuple[int, Letter]]:
        """Every letter with the place of the order that it speaks of."""
        found: list[tuple[int, Letter]] = []
        for letter in filter(None, map(letter_of, self.documents)):
            to = addressee(letter, self.orders)
            if to is None:
                self._refuse(unknown_order(letter))
            else:
                found.append((to, letter))
        return found

    def _refuse(self, refusal: Refusal) -> None:
        self.refused.append(refusal)
        self.progress(refusal.source, refusal)

    def _desk(self, begins_on: date | None) -> tuple[OrderDesk, WorldClock]:
        """A desk of its own for each document, which opens in the morning of the document's own day."""
        self._worlds += 1
        day = begins_on if begins_on is not None else _DEFAULT_DAY
        clock = WorldClock(instant(f"{day.isoformat()}T08:00:00Z"))
        ids = SequentialIds(f"{self._worlds:04}-")
        desk = OrderDesk(self.repository, policies=self.policies, facts=self.facts, clock=clock, ids=ids)
        return desk, clock

    def _sign(self, document: Document, agreement: Agreement) -> None:
        desk, _ = self._desk(agreement.valid.start_on)
        try:
            desk.handle(DraftAgreement(agreement, by=_CONTRACTS))
            desk.handle(SignAgreement(agreement.id, by=_CONTRACTS))
        except OrderlibError as error:
            self._refuse(Refusal(document.name, error.findings))

    def _order(self, document: Document, letters: Sequence[Letter]) -> None:
        order = document.message
        assert isinstance(order, Order)  # noqa: S101 - the tray holds nothing else
        desk, clock = self._desk(order.issued_on)
        try:
            paper = None if document.channel.spoken else _paper(document)
            command = ReceiveOrder(order, by=_CLERK, channel=document.channel, document=paper, stated=document.stated)
            case_id = desk.handle(command).case.id
        except OrderlibError as error:
            self._refuse(Refusal(document.name, error.findings))
            return
        world = World(desk, clock, EVERYONE, seed=self.seed)
        box = Letterbox(letters)
        found = [*document.findings, *(each for letter in letters for each in letter.document.findings)]
        found += _drive(world, case_id, box)
        self.stories.append((case_id, Source(document.name, tuple(dict.fromkeys(found)))))
        self.progress(document.name, desk.load(case_id))
        for refusal in box.refused:
            self._refuse(refusal)

    def _events(self, case_id: str) -> tuple[Any, ...]:
        return tuple(recorded.event for recorded in self.repository.history(Key("case", case_id)))


def _in_range(document: Document | Refusal) -> Document | Refusal:
    """The document, or its refusal where its day lies so far ahead that deadlines would leave the calendar."""
    if isinstance(document, Refusal):
        return document
    message = document.message
    day = message.valid.start_on if isinstance(message, Agreement) else document.issued_on
    if day is None or day.year <= _LAST_YEAR:
        return document
    return Refusal(document.name, (DAY_RANGE("/issued_on", day=day, last=_LAST_YEAR),))


def _merged(messages: Iterable[object]) -> Facts:
    """All facts that lie among the documents; of two that speak of one article, the later one counts."""
    found = [each for each in messages if isinstance(each, Facts)]
    return Facts(
        stock={item: known for each in found for item, known in each.stock.items()},
        unit_cost={item: known for each in found for item, known in each.unit_cost.items()},
        market_price={item: known for each in found for item, known in each.market_price.items()},
        lead_time={item: known for each in found for item, known in each.lead_time.items()},
        load={name: known for each in found for name, known in each.load.items()},
        rates=tuple(rate for each in found for rate in each.rates),
        other={name: known for each in found for name, known in each.other.items()},
    )


def _paper(document: Document) -> Attachment:
    """The document by its name; by its fingerprint where the name could be no id."""
    try:
        return Attachment(document.name, "order", document.digest)
    except InvalidValueError:
        return Attachment(document.digest, "order", document.digest)


def _drive(world: World, case_id: str, box: Letterbox) -> tuple[Finding, ...]:
    """Let the world act to the end; letters arrive on the day on which they were written.

    Gives what kept the world from bringing it to an end: a policy that fails, or a wait that nobody ends.
    """
    found: tuple[Finding, ...] = ()

    def post() -> None:
        now = world.clock()
        box.deliver(world.desk, case_id, now)
        world.alarm = due if (due := box.next_at) is not None and due > now else None

    try:
        post()
        for _ in world.drive(case_id):
            post()
    except OrderlibError as error:
        found = error.findings
    box.deliver(world.desk, case_id, world.clock(), last=True)
    return found
