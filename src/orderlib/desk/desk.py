"""The order desk: load, decide, save, tell; the same steps awaited or not.

One generator says what has to be fetched and kept, and in which order; `OrderDesk` drives it with plain
calls, `AsyncOrderDesk` awaits each of them. Nothing else differs.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from orderlib.case.message import PassTime
from orderlib.case.policies import PolicySet
from orderlib.case.record import OrderCase
from orderlib.case.repository import AsyncRepository, Repository
from orderlib.desk.memory import InMemoryRepository
from orderlib.desk.outcome import Outcome, Preview
from orderlib.desk.steps import DeskSteps, FactSource, repository_of, stream_of
from orderlib.errors import UnknownKeyError
from orderlib.values.instant import Instant, instant
from orderlib.values.key import Key
from orderlib.values.message import Command
from orderlib.values.party import SYSTEM
from orderlib.values.typed import instance_of

if TYPE_CHECKING:
    from orderlib.values.port import Clock, IdSource

__all__ = ["AsyncOrderDesk", "OrderDesk"]


def _tick(key: Key[Any], moment: Instant) -> PassTime:
    return PassTime(key.id, stream=key.kind, by=SYSTEM, at=moment)


class OrderDesk(DeskSteps):
    """The desk for plain programs.

    Without arguments it keeps everything in memory, decides by the default policies, and reads the
    system's clock; an application hands in its own repository, policies, facts, clock and ids.
    `attempts` is how often a command is decided anew when somebody else was faster. Raises `InvalidValueError`
    (`value.type`, `number.whole`, `desk.repository`) for parts that are none.
    """

    def __init__(
        self,
        repository: Repository | None = None,
        *,
        policies: PolicySet | None = None,
        facts: FactSource | None = None,
        clock: Clock | None = None,
        ids: IdSource | None = None,
        attempts: int = 8,
    ) -> None:
        super().__init__(policies=policies, facts=facts, clock=clock, ids=ids, attempts=attempts)
        self.repository: Any = InMemoryRepository() if repository is None else repository_of(repository)

    def handle(self, command: Command) -> Outcome:
        """Decide, keep and tell.

        Raises `RefusedError`, `InvalidValueError`, `PolicyError`, `CommandReusedError`, `UnknownKeyError`
        and, when all attempts lost the race, `ConcurrencyError`; whatever is raised, nothing was kept.
        """
        outcome: Outcome = self._drive(self._handle(command))
        return outcome

    def preview(self, command: Command) -> Preview:
        """Decide, and keep nothing."""
        shown: Preview = self._drive(self._preview(command))
        return shown

    def load(self, case_id: str) -> OrderCase:
        """The case as it stands; raises `UnknownKeyError`, `InvalidValueError` (`value.type`)."""
        case: OrderCase = self.repository.load(Key("case", instance_of(str, case_id, "/case_id")))
        return case

    def pass_time(self, now: Instant | None = None) -> tuple[Outcome, ...]:
        """Let everything lapse that is due by now, in every stream; gives what came of it.

        Raises as `handle` does, once every stream has had its turn: one whose policy fails keeps no other waiting.
        """
        moment = instant(self._clock() if now is None else now, address="/now")
        outcomes: list[Outcome] = []
        failed: Exception | None = None
        for key in tuple(self.repository.due(moment)):
            try:
                outcomes.append(self.handle(_tick(key, moment)))
            except Exception as error:  # noqa: BLE001 - it is raised when all have had their turn
                failed = failed or error
        if failed is not None:
            raise failed
        return tuple(outcomes)

    def _drive(self, steps: Generator[tuple[str, Any], Any, Any]) -> Any:
        answer: Any = None
        error: BaseException | None = None
        while True:
            try:
                request, about = steps.send(answer) if error is None else steps.throw(error)
            except StopIteration as done:
                return done.value
            answer, error = None, None
            try:
                answer = self._answer(request, about)
            except Exception as raised:  # noqa: BLE001 - the steps decide what a failure means
                error = raised

    def _answer(self, request: str, about: Any) -> Any:
        repository = self.repository
        if request == "load":
            try:
                return repository.load(about)
            except UnknownKeyError as unknown:
                return stream_of(about, unknown)
        if request == "find":
            return repository.find(*about)
        if request == "committed":
            return repository.committed(about)
        return repository.save(about)


class AsyncOrderDesk(DeskSteps):
    """The desk for asynchronous programs: the same steps, each awaited on an `AsyncRepository`."""

    def __init__(
        self,
        repository: AsyncRepository,
        *,
        policies: PolicySet | None = None,
        facts: FactSource | None = None,
        clock: Clock | None = None,
        ids: IdSource | None = None,
        attempts: int = 8,
    ) -> None:
        super().__init__(policies=policies, facts=facts, clock=clock, ids=ids, attempts=attempts)
        self.repository: Any = repository_of(repository)

    async def handle(self, command: Command) -> Outcome:
        """As `OrderDesk.handle`."""
        outcome: Outcome = await self._drive(self._handle(command))
        return outcome

    async def preview(self, command: Command) -> Preview:
        """As `OrderDesk.preview`."""
        shown: Preview = await self._drive(self._preview(command))
        return shown

    async def load(self, case_id: str) -> OrderCase:
        """As `OrderDesk.load`."""
        case: OrderCase = await self.repository.load(Key("case", instance_of(str, case_id, "/case_id")))
        return case

    async def pass_time(self, now: Instant | None = None) -> tuple[Outcome, ...]:
        """As `OrderDesk.pass_time`."""
        moment = instant(self._clock() if now is None else now, address="/now")
        outcomes: list[Outcome] = []
        failed: Exception | None = None
        for key in tuple(await self.repository.due(moment)):
            try:
                outcomes.append(await self.handle(_tick(key, moment)))
            except Exception as error:  # noqa: BLE001 - as in the plain desk
                failed = failed or error
        if failed is not None:
            raise failed
        return tuple(outcomes)

    async def _drive(self, steps: Generator[tuple[str, Any], Any, Any]) -> Any:
        answer: Any = None
        error: BaseException | None = None
        while True:
            try:
                request, about = steps.send(answer) if error is None else steps.throw(error)
            except StopIteration as done:
                return done.value
            answer, error = None, None
            try:
                answer = await self._answer(request, about)
            except Exception as raised:  # noqa: BLE001 - the steps decide what a failure means
                error = raised

    async def _answer(self, request: str, about: Any) -> Any:
        repository = self.repository
        if request == "load":
            try:
                return await repository.load(about)
            except UnknownKeyError as unknown:
                return stream_of(about, unknown)
        if request == "find":
            return await repository.find(*about)
        if request == "committed":
            return await repository.committed(about)
        return await repository.save(about)
