"""What was asked and quoted elsewhere is decided, answered and billed here, or lapses."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from build import CLERK, SELLER, Story, at
from changing import CASE, counts, other, two_lines
from settling import eur

from orderlib.case.message import AdoptOrder, PassTime
from orderlib.change.brought import ChangesBrought
from orderlib.change.message import (
    AnswerChange,
    AnswerCharge,
    ChangeLapsed,
    ChargeLapsed,
    DecideChange,
)
from orderlib.change.record import ChangeRequest, Charge
from orderlib.order.revision import difference
from orderlib.settlement.billing import charges_draft
from orderlib.settlement.brought import BroughtInvoice
from orderlib.settlement.record import Share
from orderlib.values.instant import instant


def request(**more: Any) -> ChangeRequest:
    """The customer wants eight pumps instead of ten, asked for elsewhere in February."""
    known = two_lines()
    facts: dict[str, Any] = {
        "id": "C-1",
        "cause": "customer",
        "side": "customer",
        "wanted": difference(known, other(known, q10=8)),
        "by": CLERK,
        "requested_at": instant("2026-02-20T09:00:00Z"),
        "due_at": instant(at(9)),
        "sequence": 3,
        **more,
    }
    return ChangeRequest(**facts)


def charge(**more: Any) -> Charge:
    """Fifty euros for it, quoted until the 9th of March."""
    facts: dict[str, Any] = {
        "id": "K-1",
        "about": "C-1",
        "amount": eur(50),
        "line_ids": ["10"],
        "due_at": instant(at(9)),
        **more,
    }
    return Charge(**facts)


def command(changes: Any = (), charges: Any = (), **more: Any) -> AdoptOrder:
    """An order in execution that brings them along."""
    balances = [counts(produced=4)]
    return AdoptOrder(
        two_lines(), "in_execution", balances, changes=changes, charges=charges, case_id=CASE, by=CLERK, **more
    )


def adopted(*changes: ChangeRequest, charges: Any = (), **more: Any) -> Story:
    """The case after it."""
    story = Story()
    story.tell(command(changes, charges, **more))
    return story


def quantity(story: Story) -> Any:
    """How many pumps the order wants now."""
    return story.case.order.lines["10"].quantity.value


def test_a_change_that_was_asked_for_is_decided():
    """It stands as asked for elsewhere, with the number of the customer's message, and is accepted as any other."""
    story = adopted(request())
    assert story.one(ChangesBrought).requests == (request(),)
    assert (story.case.change.sequence, story.case.next_due) == (3, instant(at(9)))
    story.tell(DecideChange(CASE, "C-1", accept=True, charge=eur(0), by=SELLER))
    assert quantity(story) == 8


def test_a_proposal_is_answered():
    """The customer's word applies what we proposed elsewhere."""
    story = adopted(request(side="supplier", state="proposed"))
    story.tell(AnswerChange(CASE, "C-1", agrees=True, by=CLERK))
    assert (quantity(story), story.case.change.quiet) == (8, True)


def test_a_charge_is_accepted_and_can_be_billed():
    """With the answer the change is carried out."""
    story = adopted(request(state="charged"), charges=[charge()])
    story.tell(AnswerCharge(CASE, "K-1", accepts=True, by=CLERK))
    assert quantity(story) == 8
    assert [each.charge_id for each in charges_draft(story.case, story.case.order).shares] == ["K-1"]


def test_silence_declines():
    """Change and charge lapse when their time is over."""
    story = adopted(request(state="charged"), charges=[charge()])
    told = story.tell(PassTime(CASE, by=CLERK, at=at(10)))
    assert {ChangeLapsed, ChargeLapsed} <= {type(each) for each in told}
    assert (quantity(story), story.case.change.quiet) == (10, True)


def test_an_accepted_charge_is_billed_once():
    """By us, unless an invoice that comes along bills it."""
    agreed = charge(state="accepted", about="C-0")
    story = adopted(charges=[agreed])
    assert [each.amount for each in charges_draft(story.case, story.case.order).shares] == [eur(50)]
    bill = BroughtInvoice(
        id="I-9", issued_on="2026-02-25", kind="383", shares=[Share(-1, eur(50), two_lines().lines["10"].tax, "K-1")]
    )
    billed = adopted(charges=[agreed], invoices=[bill])
    assert charges_draft(billed.case, billed.case.order).empty
    assert billed.case.settlement.invoices["I-9"].gross == eur("59.50")


@pytest.mark.parametrize(
    ("changes", "charges", "codes"),
    [
        ([request(state="applied")], [], {"adopt.ended"}),
        ([request(state="thought of")], [], {"adopt.ended"}),
        ([request(), request()], [], {"adopt.twice"}),
        ([request(state="charged")], [], {"adopt.charge-missing"}),
        ([request()], [charge()], {"adopt.charge-alone"}),
        ([], [charge(state="declined"), charge(state="declined")], {"adopt.ended", "adopt.twice"}),
        ([], [charge(state="accepted", line_ids=["77"])], {"adopt.unknown-line"}),
        ([], [charge(state="accepted", amount=eur(0))], {"adopt.charge-amount"}),
        ([request(wanted=attrs.evolve(request().wanted, revision=2))], [], {"order.stale-difference"}),
    ],
)
def test_what_cannot_be_is_named(changes, charges, codes):
    """Over already, twice, without its charge or change, for a line that is not there, of another revision."""
    assert set(Story().refused(command(changes, charges))) == codes


def test_everything_is_said_at_once():
    """The finding says where it was found."""
    found = Story().refused(command([request(state="applied")], [charge(amount=eur(-1)), charge(line_ids=["77"])]))
    assert set(found) == {
        "adopt.ended",
        "adopt.charge-alone",
        "adopt.charge-amount",
        "adopt.unknown-line",
        "adopt.twice",
    }
