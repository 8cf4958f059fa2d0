"""The ledger follows the order's lines and counts what is posted."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

import attrs
import pytest
from build import CLERK, at, line, order

from orderlib.errors import Finding
from orderlib.ledger.message import BalancesBrought, FactUnallocated, QuantitiesPosted
from orderlib.ledger.process import FOLDS, follow, opened, post
from orderlib.ledger.record import Account, Ledger, LineLedger, LineQuantity, Unallocated
from orderlib.values.identifier import LineId
from orderlib.values.instant import instant
from orderlib.values.lines import Lines
from orderlib.values.message import Stamp
from orderlib.values.quantity import Quantity

STAMP = Stamp("c1", CLERK, instant(at()), instant(at()))
ORDER = order(line("10", quantity=10), line("20", quantity=5), line("30", quantity=1))


@attrs.frozen
class Made(QuantitiesPosted):
    """Goods were made."""

    account: ClassVar[Account] = Account.PRODUCED


def quantities(*pairs):
    """Quantities by line."""
    return tuple(LineQuantity(line_id, quantity) for line_id, quantity in pairs)


def ordered(known, **by_line):
    """The order with other quantities."""
    new = [attrs.evolve(known.lines[each[1:]], quantity=Quantity(value)) for each, value in by_line.items()]
    return attrs.evolve(known, lines=known.lines.replace(new))


def of(ledger):
    """What is ordered and made of each line."""
    return [(each.id, each.ordered, each.produced) for each in ledger.lines]


@pytest.fixture
def ledger():
    """The ledger of the order, with some goods made."""
    known = opened(ORDER)
    return Ledger(post(known.lines, Account.PRODUCED, quantities(("10", 4), ("30", 1))))


def test_it_opens_empty():
    """One line of counts for each line of the order, in its order."""
    assert of(opened(ORDER)) == [("10", 10, 0), ("20", 5, 0), ("30", 1, 0)]


class TestPosting:
    @pytest.mark.parametrize("account", list(Account))
    def test_adds_to_the_account_and_to_no_other(self, account):
        """The line is another, the lines beside it are the same objects."""
        before = opened(ORDER).lines
        after = post(before, account, quantities(("10", "2.5")))
        assert getattr(after["10"], account) == Decimal("2.5")
        assert attrs.evolve(after["10"], **{account.value: Decimal(0)}) == before["10"]
        assert after["20"] is before["20"]

    def test_adds_up_what_is_said_twice(self):
        """Two quantities of one line in one report."""
        lines = post(opened(ORDER).lines, Account.DESPATCHED, quantities(("10", 2), ("20", 1), ("10", 3)))
        assert (lines["10"].despatched, lines["20"].despatched) == (5, 1)

    def test_is_exact(self):
        """A small quantity beside a giant is not lost."""
        giant = post(opened(ORDER).lines, Account.PRODUCED, quantities(("10", "123456789012345678")))
        both = post(giant, Account.PRODUCED, quantities(("10", "0.000000001")))
        assert str(both["10"].produced) == "123456789012345678.000000001"

    def test_folds_its_events(self, ledger):
        """An event that counts is posted to the account of its class; what is unallocated stays beside it."""
        entry = Unallocated(Account.PRODUCED, LineId("99"), Decimal(1), Finding("x"))
        noted = FOLDS[FactUnallocated](ledger, FactUnallocated(STAMP, entry))
        after = FOLDS[QuantitiesPosted](noted, Made(STAMP, quantities(("20", 2))))
        assert of(after) == [("10", 10, 4), ("20", 5, 2), ("30", 1, 1)]
        assert after.unallocated == (entry,)

    def test_takes_over_balances(self, ledger):
        """Of an order that ran elsewhere, line by line."""
        brought = LineLedger(id=LineId("20"), ordered=Decimal(5), received=Decimal(3))
        after = FOLDS[BalancesBrought](ledger, BalancesBrought(STAMP, [brought]))
        assert after.lines["20"] == brought
        assert after.lines["10"] == ledger.lines["10"]


class TestFollowing:
    def test_the_first_order(self, ledger):
        """A new ledger; facts that came before it stay unallocated."""
        entry = Unallocated(Account.PRODUCED, LineId("10"), Decimal(1), Finding("x"))
        assert of(follow(None, None, ORDER)) == of(opened(ORDER))
        early = follow(Ledger(unallocated=(entry,)), None, ORDER)
        assert (of(early), early.unallocated) == (of(opened(ORDER)), (entry,))

    def test_quantities_in_place(self, ledger):
        """Counts stay; lines that did not change are the same objects."""
        new = ordered(ORDER, q10=7)
        assert new.lines.shares_with(ORDER.lines)
        after = follow(ledger, ORDER, new)
        assert of(after) == [("10", 7, 4), ("20", 5, 0), ("30", 1, 1)]
        assert after.lines["20"] is ledger.lines["20"]

    def test_another_price_changes_nothing(self, ledger):
        """The line is another, its counts are the same object."""
        new = attrs.evolve(ORDER, lines=ORDER.lines.replace([attrs.evolve(ORDER.lines["10"], price=None)]))
        assert follow(ledger, ORDER, new).lines["10"] is ledger.lines["10"]

    def test_lines_that_come(self, ledger):
        """They begin with nothing, in their place."""
        new = attrs.evolve(ORDER, lines=Lines([line("05", quantity=2), *ORDER.lines, line("40", quantity=3)]))
        after = follow(ledger, ORDER, new)
        assert of(after) == [("05", 2, 0), ("10", 10, 4), ("20", 5, 0), ("30", 1, 1), ("40", 3, 0)]

    def test_lines_that_go(self, ledger):
        """One without counts is forgotten; one with counts stays at the end, with nothing ordered."""
        new = attrs.evolve(ORDER, lines=Lines([ORDER.lines["30"]]))
        after = follow(ledger, ORDER, new)
        assert of(after) == [("30", 1, 1), ("10", 0, 4)]

    def test_a_line_that_comes_back_finds_its_counts(self, ledger):
        """Nothing that has happened is counted twice, or lost."""
        without = attrs.evolve(ORDER, lines=ORDER.lines.without(["10"]))
        gone = follow(ledger, ORDER, without)
        back = follow(gone, without, ORDER)
        assert of(back) == of(ledger)

    def test_lines_that_change_places(self, ledger):
        """Counts go with the id, not with the place."""
        turned = attrs.evolve(ORDER, lines=Lines(reversed(tuple(ORDER.lines))))
        assert of(follow(ledger, ORDER, turned)) == [("30", 1, 1), ("20", 5, 0), ("10", 10, 4)]

    def test_a_line_that_grew_from_the_same_index(self, ledger):
        """One that was added at the end, then changed in place."""
        grown = attrs.evolve(ORDER, lines=ORDER.lines.add([line("40", quantity=3)]))
        first = follow(ledger, ORDER, grown)
        after = follow(first, grown, ordered(grown, q40=4))
        assert of(after)[-1] == ("40", 4, 0)
