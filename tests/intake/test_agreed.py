"""Orders under a framework agreement, and agreed prices."""

from __future__ import annotations

import attrs
from build import BUYER, CLERK, SUPPLIER, Story, line, order

from orderlib.agreement.record import AgreedItem, Agreement, AgreementAccount
from orderlib.intake.agreed import agreed_price, line_of, order_under, repriceable, repriced
from orderlib.intake.message import OrderPassedToReview, OrderRepriced, ReceiveOrder, ResolveDeviation, ScreenOrder
from orderlib.intake.process import RULES
from orderlib.intake.record import Resolution
from orderlib.order.compare import Deviation, compare_orders
from orderlib.order.field import Aspect
from orderlib.order.line import Item
from orderlib.order.payment import PaymentTerms
from orderlib.order.record import OrderType
from orderlib.order.terms import DeliveryTerms
from orderlib.values.key import Key
from orderlib.values.quantity import Quantity
from orderlib.values.rate import UnitPrice

KEY = Key("agreement", "A-1")


def account(*items, state="in_force", **more) -> AgreementAccount:
    """An agreement over pumps at 180 EUR, unless other items are given."""
    agreed = items or (AgreedItem(Item("P-7"), UnitPrice("180", "EUR"), total=10),)
    return AgreementAccount(agreement=Agreement("A-1", BUYER, SUPPLIER, "EUR", agreed, **more), state=state)


def call_off(*lines, **more):
    """An order under the agreement."""
    return order(*lines, type=OrderType.CALL_OFF, agreement_id="A-1", **more)


def screened(given, agreement) -> Story:
    """The story of a call-off up to its screening."""
    story = Story()
    story.tell(ReceiveOrder(given, case_id="case-1", by=CLERK))
    (rule,) = (rule for rule in RULES if rule.command is ScreenOrder)
    command = ScreenOrder("case-1", by=CLERK)
    assert rule.needs(story.case, command).keys == (KEY,)
    story.tell(command, streams={KEY: agreement})
    return story


def test_a_call_off_at_agreed_prices_passes():
    """Nothing deviates, and a price for two is the same price."""
    assert screened(call_off(line(price="180")), account()).case.state == "in_review"
    pair = attrs.evolve(line(), price=UnitPrice("360", "EUR", per=2))
    assert len(screened(call_off(pair), account()).case.intake.deviations) == 0


def test_a_price_without_a_unit_is_for_the_unit_of_the_agreement():
    """A dozen at the price of one is a deviation; at twelve times as much it is none, nor is a piece of a dozen."""
    dozen = attrs.evolve(line(price="180"), quantity=Quantity(1, "DZN"))
    by_piece = account(AgreedItem(Item("P-7"), UnitPrice("180", "EUR")))
    story = screened(call_off(dozen), by_piece)
    (deviation,) = story.case.intake.deviations
    assert (deviation.deviation.expected, deviation.deviation.found) == ("2160 EUR / 1 DZN", "180 EUR")
    twelve = attrs.evolve(dozen, price=UnitPrice("2160", "EUR"))
    by_dozen = account(AgreedItem(Item("P-7"), UnitPrice("2160", "EUR"), unit="DZN"))
    assert not screened(
        call_off(twelve), account(AgreedItem(Item("P-7"), UnitPrice("180", "EUR")))
    ).case.intake.deviations
    assert not screened(call_off(line(price="180")), by_dozen).case.intake.deviations


def test_a_missing_price_is_the_agreed_one():
    """The call-off takes its price from the agreement."""
    story = screened(call_off(line(price=None)), account())
    assert story.one(OrderRepriced).lines == ("10",)
    assert story.one(OrderPassedToReview)
    assert story.case.order.lines["10"].price == UnitPrice("180", "EUR")


def test_a_lower_price_is_a_deviation_from_the_agreement():
    """It waits for a person, who may put the agreed price in its place."""
    story = screened(call_off(line(price="150")), account())
    (deviation,) = story.case.intake.deviations
    assert (deviation.source, deviation.open) == ("agreement/A-1", True)
    resolve = ResolveDeviation("case-1", deviation.id, Resolution.REPRICED, by=CLERK, reason="as agreed")
    story.tell(resolve, streams={KEY: account()})
    assert story.case.order.lines["10"].price == UnitPrice("180", "EUR")
    assert story.case.state == "in_review"


def test_what_the_agreement_does_not_cover_goes_back():
    """Too much, an item that was not agreed, an agreement that is not in force: all are told."""
    story = screened(call_off(line(quantity=11, price="180"), line("20", "X")), account(state="suspended"))
    assert {each.code for each in story.case.intake.findings} == {
        "agreement.quantity-left",
        "agreement.item-unknown",
        "agreement.not-in-force",
    }
    assert story.case.state == "returned"


def test_terms_of_the_agreement_hold_for_the_call_off():
    """What the agreement says of delivery and payment is compared, what it leaves open is not."""
    terms = {"payment": PaymentTerms(net_days=60), "delivery": DeliveryTerms(incoterm="FCA", place="R")}
    given = call_off(line(price="180"), delivery=DeliveryTerms(address=BUYER.address))
    agreed = order_under(given, account(**terms))
    assert agreed.delivery == DeliveryTerms(incoterm="FCA", place="R", address=BUYER.address)
    found = {each.address for each in compare_orders(given, agreed)}
    assert found == {"/payment/net_days", "/delivery/incoterm", "/delivery/place"}


def test_an_agreement_in_another_currency_or_unit_sets_no_price():
    """The call-off check says so; here nothing is compared that cannot be."""
    dollars = AgreementAccount(agreement=Agreement("A-1", BUYER, SUPPLIER, "USD", []))
    assert order_under(call_off(), dollars) == call_off()
    by_weight = account(AgreedItem(Item("P-7"), UnitPrice("9", "EUR", unit="KGM"), unit="KGM"))
    assert order_under(call_off(), by_weight) == call_off()


def test_the_agreed_price_is_found_by_line_or_by_item():
    """A line with the same id and item first, then any line with the item."""
    agreed = order(line("10", price="1"), line("20", price="2"), line("30", "V-1", price="3"))
    assert agreed_price(line("20"), agreed) == UnitPrice("2", "EUR")
    assert agreed_price(line("30"), agreed) == UnitPrice("1", "EUR")
    assert agreed_price(line("10", "Z"), agreed) is None
    assert agreed_price(line(), None) is None


def test_only_the_price_of_a_line_can_be_repriced():
    """Not a quantity, not an allowance, not what is about the order as a whole."""
    agreed = order(line(price="1"))
    price = Deviation("/lines/10/price", "1", "2", Aspect.PRICE)
    assert repriceable(price, order(), agreed)
    assert not repriceable(price, order(), None)
    assert not repriceable(attrs.evolve(price, aspect=Aspect.TERMS), order(), agreed)
    assert not repriceable(attrs.evolve(price, address="/lines/99/price"), order(), agreed)
    assert not repriceable(attrs.evolve(price, address="/lines/10/tax"), order(), agreed)
    assert not repriceable(price, order(), order(line(price=None)))


def test_ids_with_slashes_are_addressed_as_json_pointers():
    """`~1` stands for a slash, `~0` for a tilde (RFC 6901)."""
    odd = order(line("a/b~c", price="5"))
    deviation = Deviation("/lines/a~1b~0c/price", "1", "5", Aspect.PRICE)
    assert line_of(deviation) == "a/b~c"
    assert line_of(attrs.evolve(deviation, address="/payment")) is None
    new, ids = repriced(odd, order(line("a/b~c", price="1")), [deviation])
    assert (ids, new.lines["a/b~c"].price) == (("a/b~c",), UnitPrice("1", "EUR"))
