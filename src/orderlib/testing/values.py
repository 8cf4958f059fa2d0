"""Hypothesis strategies for values: ids, text, instants, money, quantities, parties, orders."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Final, TypeVar

from hypothesis import strategies as st

from orderlib.order.line import Item, OrderLine, ScheduleLine
from orderlib.order.record import Order, OrderType
from orderlib.order.terms import AllowanceCharge, DeliveryTerms, Pricing, TaxCategory
from orderlib.values.currency import PRICED
from orderlib.values.identifier import Identifier, PartyId
from orderlib.values.instant import Instant, instant
from orderlib.values.money import Money
from orderlib.values.party import Actor, Address, Contact, ExternalReference, Party
from orderlib.values.period import DayPeriod
from orderlib.values.quantity import Quantity
from orderlib.values.rate import UnitPrice
from orderlib.values.rounding import RoundingScope

__all__ = [
    "actors",
    "addresses",
    "amounts",
    "currencies",
    "days",
    "identifiers",
    "instants",
    "items",
    "money",
    "order_lines",
    "orders",
    "parties",
    "quantities",
    "tax_categories",
    "texts",
    "unit_prices",
]

IdT = TypeVar("IdT", bound=Identifier)

FIRST_DAY: Final = date(2024, 1, 1)
LAST_DAY: Final = date(2030, 12, 31)
_DEPARTMENTS: Final = ("customer-service", "sales", "planning", "production", "logistics", "quality", "finance")
_COMMON: Final = ("EUR", "CNY", "USD", "JPY", "CHF", "KWD")
_UNITS: Final = ("C62", "H87", "KGM", "MTR", "HUR")


def identifiers(kind: type[IdT] = Identifier) -> st.SearchStrategy[IdT]:  # type: ignore[assignment]
    """Ids of a type: mostly short and plain, now and then in other scripts or with blanks inside."""
    plain = st.from_regex(r"[A-Z]{1,3}-?[0-9]{1,4}", fullmatch=True)
    foreign = st.sampled_from(["订单-1", "Ö-7", "a b", "заказ/9", "x.y_z~1", "注文"])
    return st.one_of(plain, foreign).map(kind)


def texts(max_size: int = 30) -> st.SearchStrategy[str]:
    """Text for people, in any script, as free text may hold it."""
    letters = st.characters(categories=("L", "N", "P", "S"), include_characters=" ")
    return st.text(letters, max_size=max_size)


def days() -> st.SearchStrategy[date]:
    """Days from 2024 to 2030."""
    return st.dates(FIRST_DAY, LAST_DAY)


def instants() -> st.SearchStrategy[Instant]:
    """Instants from 2024 to 2030, in UTC, to the second."""
    first, last = datetime(2024, 1, 1, tzinfo=UTC), datetime(2030, 12, 31, tzinfo=UTC)
    seconds = int((last - first).total_seconds())
    return st.integers(0, seconds).map(lambda passed: instant(first + timedelta(seconds=passed)))


def currencies() -> st.SearchStrategy[str]:
    """Codes of currencies that have a minor unit (or none below one): the common ones first."""
    return st.one_of(st.sampled_from(_COMMON), st.sampled_from(sorted(PRICED)))


def money(currency: str | None = None, *, least: int = -(10**9), most: int = 10**9) -> st.SearchStrategy[Money]:
    """Amounts between two numbers of minor units, in one currency or any."""
    chosen = currencies() if currency is None else st.just(currency)
    return st.builds(Money.of_minor, st.integers(least, most), chosen)


def amounts(least: str = "0.01", most: str = "100000", places: int = 2) -> st.SearchStrategy[Decimal]:
    """Decimal numbers with at most so many places."""
    return st.decimals(Decimal(least), Decimal(most), places=places, allow_nan=False, allow_infinity=False).map(
        lambda number: number.normalize() + 0
    )


def quantities(unit: str | None = None, *, whole: bool = False) -> st.SearchStrategy[Quantity]:
    """Positive quantities; `whole` ones count pieces."""
    units = st.sampled_from(_UNITS) if unit is None else st.just(unit)
    counted = st.integers(1, 1000)
    measured = st.integers(1, 100_000).map(lambda thousandths: Decimal(thousandths) / 1000)
    return st.builds(Quantity, counted if whole else st.one_of(counted, measured), units)


def unit_prices(currency: str) -> st.SearchStrategy[UnitPrice]:
    """Prices per one or per a hundred units."""
    cents = st.integers(1, 10_000_000).map(lambda hundredths: Decimal(hundredths) / 100)
    return st.builds(UnitPrice, cents, st.just(currency), st.sampled_from([Decimal(1), Decimal(100)]))


def addresses() -> st.SearchStrategy[Address]:
    """Addresses in a few countries."""
    return st.builds(
        Address,
        street=texts(),
        city=texts(),
        postal_zone=st.from_regex(r"[0-9]{5}", fullmatch=True),
        country=st.sampled_from(["DE", "CN", "FR", "SE", "US", ""]),
    )


def parties(*, named: bool = False) -> st.SearchStrategy[Party]:
    """Parties with and without an address, a contact and further references; `named` ones have a name."""
    references = st.lists(st.builds(ExternalReference, st.sampled_from(["GLN", "DUNS"]), identifiers()), max_size=2)
    return st.builds(
        Party,
        identifiers(PartyId),
        texts().filter(str.strip) if named else texts(),
        legal_name=texts(),
        address=st.none() | addresses(),
        contact=st.none() | st.builds(Contact, name=texts()),
        references=references,
    )


def actors(department: str | None = None) -> st.SearchStrategy[Actor]:
    """People of one department or any."""
    where = st.sampled_from(_DEPARTMENTS) if department is None else st.just(department)
    return st.builds(Actor, st.sampled_from(["mei", "lin", "otto", "ada"]), where)


def tax_categories() -> st.SearchStrategy[TaxCategory]:
    """The usual categories with rates that fit them."""
    taxed = st.builds(TaxCategory, st.just("S"), st.sampled_from(["19", "7", "13", "20", "8.1"]))
    return st.one_of(taxed, st.just(TaxCategory("Z", "0")), st.just(TaxCategory("O")))


def items() -> st.SearchStrategy[Item]:
    """Articles, some with a description and properties."""
    properties = st.lists(st.tuples(st.sampled_from(["colour", "length", "grade"]), texts(8)), max_size=2)
    return st.builds(
        Item,
        st.sampled_from(["MAST-30", "PUMP-7", "CABLE-4", "VALVE-2"]),
        texts(),
        description=texts(),
        properties=properties,
    )


@st.composite
def order_lines(draw: st.DrawFn, line_id: str, currency: str) -> OrderLine:
    """One line: article, quantity, price, tax, perhaps two schedule lines, perhaps an allowance."""
    quantity = draw(quantities(draw(st.sampled_from(["C62", "KGM"])), whole=True))
    schedule: list[ScheduleLine] = []
    if draw(st.booleans()):
        wanted = draw(days())
        if quantity.value > 1 and draw(st.booleans()):
            first = draw(st.integers(1, int(quantity.value) - 1))
            parts = (Quantity(first, quantity.unit), Quantity(quantity.value - first, quantity.unit))
            schedule = [ScheduleLine(str(n), part, requested_on=wanted) for n, part in enumerate(parts, 1)]
        else:
            schedule = [ScheduleLine("1", quantity, requested_on=wanted)]
    allowances = []
    if draw(st.integers(0, 4)) == 0:
        allowances = [AllowanceCharge(draw(money(currency, least=0, most=50)), draw(st.booleans()), "agreed")]
    return OrderLine(
        line_id,
        draw(items()),
        quantity,
        draw(unit_prices(currency)),
        schedule=schedule,
        tax=draw(st.none() | tax_categories()),
        allowance_charges=allowances,
        note=draw(texts()),
    )


@st.composite
def orders(
    draw: st.DrawFn, *, currency: str | None = None, least_lines: int = 1, most_lines: int = 6, plausible: bool = False
) -> Order:
    """Orders of a few lines; `plausible` ones pass the default screening: parties, place, days and prices are there."""
    money_of = draw(currencies()) if currency is None else currency
    count = draw(st.integers(least_lines, most_lines))
    lines = [draw(order_lines(str(number), money_of)) for number in range(1, count + 1)]
    issued = draw(days())
    wanted = issued + timedelta(days=draw(st.integers(30, 200)))
    address = draw(addresses()) if plausible or draw(st.booleans()) else None
    delivery = DeliveryTerms(
        address=address,
        requested_period=DayPeriod(None, wanted) if plausible or draw(st.booleans()) else None,
        complete_only=draw(st.booleans()),
        over_tolerance=draw(st.sampled_from(["0", "5", "10"])),
    )
    buyer = draw(parties(named=plausible))
    seller = draw(parties(named=plausible).filter(lambda party: not plausible or party.id != buyer.id))
    return Order(
        draw(identifiers()),
        buyer,
        seller,
        money_of,
        [_wanted(line, wanted) for line in lines] if plausible else lines,
        issued_on=issued,
        type=OrderType.ORDER if plausible else draw(st.sampled_from(OrderType)),
        delivery=delivery,
        pricing=Pricing(scope=draw(st.sampled_from(RoundingScope))),
        note=draw(texts()),
    )


def _wanted(line: OrderLine, on: date) -> OrderLine:
    """The line wanted in one part on a day."""
    return OrderLine(
        line.id,
        line.item,
        line.quantity,
        line.price,
        schedule=[ScheduleLine("1", line.quantity, requested_on=on)],
        tax=TaxCategory("S", "19"),
        allowance_charges=line.allowance_charges,
    )
