"""A seeded world around the real desk: people and a plant that see what is allowed and what is due, and act.

Nothing here knows how a story goes. In each step the world asks `allowed` what the case would take, lets the first
person who has something to do give a public command, and where nobody has, waits for the next thing that is due.
One seed gives one story, byte for byte.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from random import Random
from typing import Final

import attrs

from orderlib.case.deciding import Allowed
from orderlib.case.message import PassTime
from orderlib.case.record import OrderCase
from orderlib.case.table import ORDER
from orderlib.desk.desk import OrderDesk
from orderlib.desk.outcome import Outcome
from orderlib.errors import FindingCode, RefusedError, Severity
from orderlib.simulation.clock import WorldClock
from orderlib.values.instant import Instant
from orderlib.values.message import Command
from orderlib.values.party import SYSTEM, Actor

__all__ = ["Habit", "Moment", "Temper", "World"]

STUCK: Final = FindingCode(
    "simulation.stuck",
    Severity.ERROR,
    "in state {state} nobody has anything to do and nothing is due",
    "状态 {state} 下无人可操作，也没有到期事项",
)
TOO_LONG: Final = FindingCode(
    "simulation.too-long",
    Severity.ERROR,
    "after {steps} steps the order is still {state}",
    "经过 {steps} 步订单仍为 {state}",
)


@attrs.frozen(kw_only=True)
class Temper:
    """How the world behaves: chances between 0 and 1.

    `defect` that the customer finds one at acceptance, `partial` that goods leave in two despatches, `lost` that a
    piece is lost on the way, `late_payer` that an invoice is paid after it is due, `refuses_offer` that the customer
    declines a counter-offer, a change or a charge, `refuses_change` that the company does not grant a change or
    cancellation, `answers_return` that a returned order comes back put right, `shrugs` that nobody learns from what
    stands out.
    """

    defect: float = 0.15
    partial: float = 0.3
    lost: float = 0.03
    late_payer: float = 0.2
    refuses_offer: float = 0.1
    refuses_change: float = 0.1
    answers_return: float = 0.7
    shrugs: float = 0.2


@attrs.frozen
class Moment:
    """What somebody sees when it is their turn: the case, what they are offered, the dice, the clock, the temper.

    `dice` fall anew whenever they are asked; what is to stay as it fell once (when a parcel arrives) is `fate`.
    `diary` takes the moments at which somebody wants to look again.
    """

    case: OrderCase
    offer: Allowed
    dice: Random
    clock: WorldClock
    temper: Temper
    seed: int = 1
    diary: list[Instant] = attrs.field(factory=list[Instant], repr=False)

    def actor(self, department: str = "") -> Actor:
        """Who acts: a person of the department that may; each kind of command has a person of its own."""
        where = department or (self.offer.who[0] if self.offer.who else "customer-service")
        return Actor(f"{where}/{self.offer.command}", department=where)

    def fate(self, *about: str) -> Random:
        """Dice that always fall the same for one thing of one case."""
        return Random("/".join((str(self.seed), self.case.id, *about)))  # noqa: S311 - a story, not a secret

    def ripe(self, at: Instant) -> bool:
        """Whether a moment has come; if not, somebody looks again when it has."""
        if at <= self.clock():
            return True
        self.diary.append(at)
        return False


Habit = Callable[[Moment], "Command | None"]


class World:
    """People and plant around one desk.

    `habits` say, by the name of a command, how somebody would give it now; earlier ones come first. A habit that
    answers None has nothing to do.
    """

    def __init__(
        self,
        desk: OrderDesk,
        clock: WorldClock,
        habits: Mapping[str, Habit],
        *,
        seed: int = 1,
        temper: Temper | None = None,
    ) -> None:
        self.desk: Final = desk
        self.clock: Final = clock
        self.habits: Final = dict(habits)
        self.seed: Final = seed
        self.temper: Final = temper if temper is not None else Temper()
        #: a moment beyond which nobody waits without looking up, since something comes from outside then
        self.alarm: Instant | None = None
        self._diary: Final[list[Instant]] = []
        self._rank: Final = {name: rank for rank, name in enumerate(self.habits)}

    def drive(self, case_id: str, *, steps: int = 2_000) -> Iterator[Outcome]:
        """Let the world act on one case until it has ended; each outcome as it comes.

        Raises `RefusedError` (`simulation.stuck`, `simulation.too-long`) where it does not end: a wait that nobody
        owns is a fault of policies or habits.
        """
        dice = Random(f"{self.seed}/{case_id}")  # noqa: S311 - a story, not a secret
        for _ in range(steps):
            case = self.desk.load(case_id)
            if case.state in ORDER.ends:
                return
            outcome = self._act(case, dice) or self._wait(case)
            if outcome is None:
                raise RefusedError(STUCK("/state", state=case.state))
            yield outcome
        raise RefusedError(TOO_LONG("/state", steps=steps, state=self.desk.load(case_id).state))

    def _act(self, case: OrderCase, dice: Random) -> Outcome | None:
        self._diary.clear()
        for offer in self._offers(case):
            moment = Moment(case, offer, dice, self.clock, self.temper, self.seed, self._diary)
            command = self.habits[offer.command](moment)
            if command is None:
                continue
            try:
                outcome = self.desk.handle(command)
            except RefusedError:
                continue  # a person who is told no lets the next one have a turn
            if outcome.events:
                return outcome
        return None

    def _offers(self, case: OrderCase) -> Iterable[Allowed]:
        offers = [offer for offer in self.desk.allowed(case) if offer.command in self._rank]
        return sorted(offers, key=lambda offer: self._rank[offer.command])

    def _wait(self, case: OrderCase) -> Outcome | None:
        coming = [moment for moment in (case.next_due, self.alarm, *self._diary) if moment is not None]
        if not coming:
            return None
        self.clock.wait_until(min(coming))
        if self.alarm is not None and self.alarm <= self.clock():
            self.alarm = None
        return self.desk.handle(PassTime(case.id, by=SYSTEM))
