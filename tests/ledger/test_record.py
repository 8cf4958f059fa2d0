"""Counts of a line, and everything that is derived from them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from orderlib.errors import InvalidValueError
from orderlib.ledger.record import Account, Ledger, LineLedger, LineQuantity, Status, roll_up
from orderlib.values.lines import Lines


def line(id="10", ordered=10, **accounts):
    """The counts of a line of ten."""
    return LineLedger(id=id, ordered=Decimal(ordered), **{name: Decimal(each) for name, each in accounts.items()})


def figures(**accounts):
    """Delivered, in transit, outstanding, to despatch, over-delivered."""
    known = line(**accounts)
    return (known.delivered, known.in_transit, known.outstanding, known.to_despatch, known.over_delivered)


class TestQuantities:
    @pytest.mark.parametrize(
        ("accounts", "expected"),
        [
            ({}, (0, 0, 10, 10, 0)),
            ({"produced": 10}, (0, 0, 10, 10, 0)),
            ({"despatched": 4}, (0, 4, 10, 6, 0)),
            ({"despatched": 4, "received": 3}, (3, 1, 7, 6, 0)),
            ({"despatched": 4, "received": 3, "lost": 1}, (3, 0, 7, 7, 0)),
            ({"despatched": 4, "received": 2, "refused": 2}, (2, 0, 8, 8, 0)),
            ({"despatched": 10, "received": 10}, (10, 0, 0, 0, 0)),
            ({"despatched": 10, "received": 10, "replaced": 3}, (7, 0, 3, 3, 0)),
            ({"despatched": 13, "received": 10, "replaced": 3}, (7, 3, 3, 0, 0)),
            ({"despatched": 10, "received": 10, "returned": 3}, (10, 0, 0, 0, 0)),
            ({"despatched": 12, "received": 12}, (12, 0, 0, 0, 2)),
            ({"despatched": 12}, (0, 12, 10, 0, 0)),
            ({"cancelled": 4}, (0, 0, 6, 6, 0)),
            ({"cancelled": 10}, (0, 0, 0, 0, 0)),
            ({"short_closed": 4, "despatched": 6, "received": 6}, (6, 0, 0, 0, 0)),
            ({"cancelled": 2, "short_closed": 3, "despatched": 5}, (0, 5, 5, 0, 0)),
            ({"received": 4}, (4, 0, 6, 6, 0)),
            ({"received": 12}, (12, 0, 0, 0, 2)),
            ({"ordered": 0, "received": 3}, (3, 0, 0, 0, 3)),
        ],
    )
    def test_what_is_where(self, accounts, expected):
        """Every figure from the counts alone, and none below zero."""
        assert figures(**accounts) == tuple(Decimal(each) for each in expected)

    def test_demand_is_what_is_still_wanted_in_all(self):
        """Less what was given up by the customer, and by us."""
        assert line(cancelled=2, short_closed=3).demand == 5

    def test_settled_means_nothing_left_and_nothing_on_its_way(self):
        """Neither alone is enough."""
        assert line(despatched=10, received=10).settled
        assert not line(despatched=12, received=10).settled
        assert not line(despatched=4, received=4).settled
        assert line(cancelled=10).settled


class TestStatus:
    @pytest.mark.parametrize(
        ("accounts", "status"),
        [
            ({}, "none"),
            ({"received": 4}, "partial"),
            ({"received": 10}, "full"),
            ({"received": 11}, "over"),
            ({"cancelled": 10}, "full"),
            ({"received": 4, "replaced": 4}, "none"),
            ({"received": 4, "cancelled": 6}, "full"),
        ],
    )
    def test_of_delivery(self, accounts, status):
        """Against what is wanted, not what once was."""
        assert line(**accounts).delivery is Status(status)

    @pytest.mark.parametrize(
        ("accounts", "status"),
        [
            ({}, "none"),
            ({"received": 10, "accepted": 4}, "partial"),
            ({"received": 10, "accepted": 10}, "full"),
            ({"received": 10, "accepted": 8, "returned": 2}, "full"),
            ({"received": 4, "accepted": 4}, "partial"),
            ({"received": 12, "accepted": 10}, "partial"),
            ({"received": 12, "accepted": 12}, "full"),
            ({"received": 10, "accepted": 11}, "over"),
            ({"cancelled": 10}, "full"),
        ],
    )
    def test_of_acceptance(self, accounts, status):
        """Against all that is delivered or still to come, less what went back for credit."""
        assert line(**accounts).acceptance is Status(status)

    @pytest.mark.parametrize(
        ("accounts", "status"),
        [
            ({}, "full"),
            ({"received": 10}, "none"),
            ({"received": 10, "invoiced": 4}, "partial"),
            ({"received": 10, "invoiced": 10}, "full"),
            ({"received": 10, "invoiced": 10, "credited": 2}, "partial"),
            ({"received": 10, "invoiced": 10, "credited": 2, "returned": 2}, "full"),
            ({"invoiced": 4}, "over"),
        ],
    )
    def test_of_billing(self, accounts, status):
        """Net of credits, against what the customer has."""
        assert line(**accounts).billing is Status(status)


class TestRollUp:
    @pytest.mark.parametrize(
        ("lines", "status"),
        [
            ((), "full"),
            (("none", "none"), "none"),
            (("over", "over"), "over"),
            (("full", "over"), "over"),
            (("full", "none"), "partial"),
            (("partial", "over"), "partial"),
            (("none", "over"), "partial"),
        ],
    )
    def test_of_lines(self, lines, status):
        """All alike gives that; full and over gives over; everything else is partial."""
        assert roll_up(Status(each) for each in lines) is Status(status)

    def test_of_the_whole_order(self):
        """Each status by itself: half delivered, wholly billed ahead."""
        ledger = Ledger(Lines([line(received=10, invoiced=10, accepted=10), line("20", invoiced=4)]))
        assert (ledger.delivery, ledger.acceptance, ledger.billing) == ("partial", "partial", "over")
        empty = Ledger()
        assert (empty.delivery, empty.acceptance, empty.billing) == ("full", "full", "full")


def test_every_account_is_a_field_of_its_name():
    """Posting sets the field that the account names; a new line has counted nothing."""
    assert {getattr(line(), account) for account in Account} == {0}


def test_counts_are_numbers_of_a_line():
    """Whole numbers and texts are taken; what is no number says which account it was for."""
    known = LineLedger(id="10", ordered=10, received="2.5")
    assert (type(known.ordered), known.received) == (Decimal, Decimal("2.5"))
    for account in ("ordered", *Account):
        with pytest.raises(InvalidValueError) as caught:
            LineLedger(**{"id": "10", "ordered": 1, account: "NaN"})
        assert caught.value.findings[0].address == f"/{account}"
    with pytest.raises(InvalidValueError):
        LineLedger(id="", ordered=1)


@pytest.mark.parametrize("quantity", ["NaN", "Infinity", "much", True, "1e400"])
def test_a_quantity_is_a_number(quantity):
    """Nothing else is counted."""
    with pytest.raises(InvalidValueError):
        LineQuantity("10", quantity)
    assert LineQuantity("10", "2.5").quantity == Decimal("2.5")
