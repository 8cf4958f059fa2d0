"""Whatever an order is made of, what comes back is an order or a documented error."""

from __future__ import annotations

import attrs
import pytest

from orderlib.agreement.record import AgreedItem, Agreement, ItemQuantity
from orderlib.errors import OrderlibError
from orderlib.order.line import Item, OrderLine, ScheduleLine
from orderlib.order.payment import DueRule, Instalment, PaymentTerms
from orderlib.order.record import Attachment, Order
from orderlib.order.revision import Difference, LineChange, PlacedLine
from orderlib.order.terms import AllowanceCharge, DeliveryTerms, Pricing, TaxCategory
from orderlib.values.money import Money
from orderlib.values.party import Actor, Address, Contact, ExternalReference, Party
from orderlib.values.quantity import Quantity

NASTY = [
    None,
    True,
    -1,
    10**40,
    1.5,
    float("nan"),
    "",
    "\x00",
    "x" * 20_000,
    b"x",
    [None],
    ["x"],
    {"a": 1},
    {},
    object(),
]

LINE = {"id": "1", "item": Item("P"), "quantity": Quantity(1)}
ORDER = {"id": "1", "buyer": Party("C"), "seller": Party("S"), "currency": "EUR", "lines": ()}
VALID = [
    (Party, {"id": "C"}),
    (Actor, {"id": "C"}),
    (Address, {}),
    (Contact, {}),
    (ExternalReference, {"system": "s", "id": "i"}),
    (Item, {"id": "P"}),
    (ScheduleLine, {"id": "1", "quantity": Quantity(1)}),
    (OrderLine, LINE),
    (Attachment, {"id": "D"}),
    (Order, ORDER),
    (TaxCategory, {"code": "S", "rate": "19"}),
    (AllowanceCharge, {"amount": Money(1, "EUR")}),
    (DeliveryTerms, {}),
    (Pricing, {}),
    (DueRule, {}),
    (Instalment, {}),
    (PaymentTerms, {}),
    (PlacedLine, {"position": 0, "line": OrderLine(**LINE)}),
    (LineChange, {"old": OrderLine(**LINE), "new": OrderLine(**LINE)}),
    (Difference, {"revision": 1}),
    (AgreedItem, {"item": Item("P")}),
    (Agreement, {"id": "A", "buyer": Party("C"), "seller": Party("S"), "currency": "EUR", "items": ()}),
    (ItemQuantity, {"item_id": "P", "quantity": 1}),
]


def refusal(kind, fields):
    """What comes of making the value: nothing, or an error whose findings are fit to be read."""
    try:
        kind(**fields)
    except OrderlibError as error:
        short = all(len(each.message()) < 400 for each in error.findings)
        return "documented" if error.findings and short else str(error)
    return None


CASES = [(kind, valid, each.name) for kind, valid in VALID for each in attrs.fields(kind)]


@pytest.mark.parametrize(("kind", "valid", "field"), CASES, ids=lambda part: getattr(part, "__name__", None))
def test_a_field_takes_what_it_can_mean_or_refuses_it(kind, valid, field):
    """Every field of every noun, with everything nasty: no error from inside."""
    kind(**valid)
    for value in NASTY:
        assert refusal(kind, valid | {field: value}) in (None, "documented")
