"""Every declared transition of every lifecycle is taken by generated lives: law 2 needs no dead letters.

A seeded walk mixes what people usually do, what they rarely do, and the passing of time (`wild`). Its events are then
folded again, and every move that a fold looks up in a compiled table is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import reduce
from importlib import util
from pathlib import Path
from random import Random
from typing import Any

from shared_walks import Walk, book_walk, purchase_walk
from wild import agreement_walk, walk

from orderlib.case.evolution import evolve
from orderlib.case.record import OrderCase
from orderlib.case.streams import evolve_stream
from orderlib.chart.table import Table
from orderlib.cli.charts import lifecycles
from orderlib.desk.memory import InMemoryRepository
from orderlib.enquiry.message import RequirementRevised
from orderlib.intake.message import (
    OrderConfirmationLapsed,
    OrderConfirmedBack,
    OrderConfirmedByCustomer,
    OrderDisputedByCustomer,
)
from orderlib.review.message import AssessmentSubmitted
from orderlib.values.identifier import CaseId
from orderlib.values.key import Key
from orderlib.values.message import Event

SPEC = util.spec_from_file_location("histories", Path(__file__).with_name("test_inspection.py"))
assert SPEC is not None
assert SPEC.loader is not None
histories: Any = util.module_from_spec(SPEC)
SPEC.loader.exec_module(histories)

Taken = Counter[tuple[str, str, str]]
#: so many walks at least, so that the laws of replay are tried, and so many at most
LEAST, MOST = 200, 3_000


class Row(dict[str, str]):
    """The moves that leave a state; it notes each one that is looked up."""

    def __init__(self, chart: str, state: str, row: Mapping[str, str], taken: Taken) -> None:
        super().__init__(row)
        self.where, self.taken = (chart, state), taken

    def __getitem__(self, move: str) -> str:
        self._note(move)
        return super().__getitem__(move)

    def get(self, move: str, default: Any = None) -> Any:
        """As a dict's, noted."""
        self._note(move)
        return super().get(move, default)

    def _note(self, move: str) -> None:
        if move in self:
            self.taken[(*self.where, move)] += 1


@contextmanager
def watched(tables: Mapping[str, Table]) -> Iterator[Taken]:
    """Counts the moves that are looked up meanwhile; folds look up those that they take, and no others."""
    taken: Taken = Counter()
    plain = {name: dict(table.moves) for name, table in tables.items()}
    try:
        for name, table in tables.items():
            rows: Any = table.moves
            rows.update({state: Row(name, state, row, taken) for state, row in plain[name].items()})
        yield taken
    finally:
        for name, table in tables.items():
            rows = table.moves
            rows.update(plain[name])


def _assessed(case: OrderCase, event: Any) -> tuple[str, str, str]:
    before = {each.discipline: each for each in case.review.rounds[-1].assessments}
    return "assessment", before[event.assessment.discipline].state, "submit"


def _confirmation(move: str) -> Callable[[OrderCase, Any], tuple[str, str, str]]:
    return lambda case, _event: ("confirmation", case.intake.confirmation.state, move)


#: events that carry what they lead to, so that nothing is looked up when they are folded
CARRIERS: Mapping[type[Event], Callable[[Any, Any], tuple[str, str, str]]] = {
    AssessmentSubmitted: _assessed,
    RequirementRevised: lambda case, event: (
        "requirement",
        case.enquiry.requirements[event.requirement.id].state,
        "revise",
    ),
    OrderConfirmedBack: _confirmation("write_back"),
    OrderConfirmedByCustomer: _confirmation("confirm"),
    OrderDisputedByCustomer: _confirmation("dispute"),
    OrderConfirmationLapsed: _confirmation("lapse"),
}


def folded(repository: InMemoryRepository, case_id: str, taken: Taken) -> OrderCase:
    """The case as its events tell it, counting what they carry."""
    case = OrderCase(id=CaseId(case_id))
    for recorded in repository.history(Key("case", case_id)):
        carried = CARRIERS.get(type(recorded.event))
        if carried is not None:
            taken[carried(case, recorded.event)] += 1
        case = evolve(case, recorded.event)
    return case


def _declared(tables: Mapping[str, Table]) -> list[tuple[str, str, str]]:
    return [
        (name, state, move) for name, table in tables.items() for state in table.states for move in table.moves[state]
    ]


def _case(seed: int, tables: Mapping[str, Table]) -> Taken:
    """What one case took; its events give the very case that the desk has kept."""
    done = walk(seed)
    with watched(tables) as taken:
        assert folded(done.repository, done.case_id, taken) == done.desk.load(done.case_id)
    return taken


def _shared(done: Walk, tables: Mapping[str, Table]) -> Taken:
    """What one stream that orders share took, in the same way."""
    repository, key = done
    with watched(tables) as taken:
        state = evolve_stream(key, None, [recorded.event for recorded in repository.history(key)])
    assert state == repository.load(key)
    return taken


def _inspection(seed: int, tables: Mapping[str, Table]) -> Taken:
    """What the lots and faults of one register took, in the same way."""
    dice = Random(seed)
    steps = [(dice.randrange(1000), dice.randrange(1000)) for _ in range(40)]
    case, events, _ = histories.run(histories.commands(steps))
    with watched(tables) as taken:
        register = reduce(lambda kept, event: histories.FOLDS[type(event)](kept, event), events, None)
    assert register == case.quality
    return taken


def _told(tables: Mapping[str, Table], total: Taken) -> Iterator[str]:
    """A line for each lifecycle: how often each of its transitions was taken."""
    for name, table in tables.items():
        counts = [f"{state}.{move} {total[name, state, move]}" for state in table.states for move in table.moves[state]]
        yield f"{name}: {', '.join(counts)}"


def test_every_declared_transition_is_taken(cases_run):
    """Walks through every lifecycle go on until no declared transition is left that none has taken."""
    tables = lifecycles()
    declared = set(_declared(tables))
    total: Taken = Counter()
    walks = 0
    while walks < MOST and (walks < LEAST or declared - set(total)):
        walks += 1
        total += _case(walks, tables)
        total += _inspection(walks, tables)
        total += _shared(book_walk(walks), tables)
        total += _shared(purchase_walk(walks), tables)
        if walks % 10 == 0:
            total += _shared(agreement_walk(walks // 10), tables)
    cases_run.append(
        f"{len(declared)} transitions of {len(tables)} lifecycles, taken {total.total()} times in {walks} walks"
    )
    cases_run += _told(tables, total)
    assert not declared - set(total)
    assert not set(total) - declared


def test_the_watch_is_taken_off():
    """A table is as it was once nobody counts any more."""
    tables = lifecycles()
    with watched(tables) as taken:
        assert tables["task"].target("planned", "start") == "started"
    assert taken == {("task", "planned", "start"): 1}
    assert type(tables["task"].moves["planned"]) is dict
