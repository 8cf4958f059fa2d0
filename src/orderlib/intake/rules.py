"""The rules of screening: complete, accurate, allowed. Each gives all of its findings, with addresses in the order.

Lines are addressed by position (`/lines/0/price`), as they stand in the document.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from typing import Final
from unicodedata import normalize

import attrs

from orderlib.errors import Finding, FindingCode, InvalidValueError, Severity
from orderlib.intake.submission import Submission
from orderlib.order.line import OrderLine
from orderlib.order.record import Order, OrderType
from orderlib.order.totals import compare_totals
from orderlib.values.decimals import EXACT
from orderlib.values.instant import naive_utc
from orderlib.values.party import Address, Party, country_code
from orderlib.values.typed import texts_of

__all__ = ["PartyBlacklist", "PermittedTerms", "TradeRestriction", "accurate", "complete", "referenced"]


def _code(name: str, en: str, zh: str, severity: Severity = Severity.ERROR) -> FindingCode:
    return FindingCode(f"intake.{name}", severity, en, zh)


NO_LINES: Final = _code("no-lines", "the order has no lines", "订单没有任何行")
BUYER_NAME: Final = _code("buyer-unnamed", "the buyer has no name", "买方没有名称", Severity.WARNING)
PLACE: Final = _code("place-missing", "nothing says where to deliver line {line}", "行 {line} 没有交货地点")
DATE: Final = _code("date-missing", "nothing says when line {line} is wanted", "行 {line} 没有要求交货日期")
PRICE: Final = _code(
    "price-missing", "line {line} has no price, and none was agreed", "行 {line} 没有价格，也没有约定价格"
)
QUANTITY: Final = _code("quantity-zero", "line {line} orders nothing", "行 {line} 的数量为零")
SCHEDULE: Final = _code(
    "schedule-sum",
    "the schedule of line {line} makes {found}, the line is for {expected}",
    "行 {line} 的交货计划合计 {found}，而订购数量为 {expected}",
)
INCOTERM: Final = _code(
    "incoterm-place", "{incoterm} names no place", "贸易术语 {incoterm} 没有指定地点", Severity.WARNING
)
TAX: Final = _code("tax-missing", "line {line} has no tax category", "行 {line} 没有税类", Severity.WARNING)
PAST: Final = _code(
    "date-past", "{day} was over when the order came in on {received}", "{day} 早于订单接收日 {received}"
)
ISSUED_LATER: Final = _code(
    "issued-later", "issued on {issued}, but received on {received}", "签发日 {issued} 晚于接收日 {received}"
)
EXPIRED: Final = _code("validity-expired", "the order was valid until {end}", "订单有效期至 {end}，已过期")
NOT_YET: Final = _code(
    "validity-later", "the order is valid from {start} on", "订单自 {start} 起生效", Severity.WARNING
)
DUPLICATE: Final = _code(
    "duplicate", "order {order} of {buyer} is known as case {case}", "{buyer} 的订单 {order} 已登记为 {case}"
)
AGREEMENT_MISSING: Final = _code("agreement-missing", "a call-off names no agreement", "分批调用订单没有指明框架协议")
AGREEMENT_UNKNOWN: Final = _code(
    "agreement-unknown", "there is no framework agreement {agreement}", "不存在框架协议 {agreement}"
)
PROPOSAL_UNKNOWN: Final = _code(
    "proposal-unknown", "proposal {proposal} does not stand any more, or never did", "报价 {proposal} 不存在或已失效"
)
PROPOSAL_UNNAMED: Final = _code(
    "proposal-unnamed",
    "the order names no proposal; which of {proposals} it is about, nobody can tell",
    "订单未指明报价，无法判断其针对 {proposals} 中的哪一份",
    Severity.WARNING,
)
ORDER_TYPE: Final = _code("order-type", "orders of type {type} are not taken", "不接受类型为 {type} 的订单")
CURRENCY: Final = _code("currency-refused", "orders in {currency} are not taken", "不接受币种 {currency}")
BLACKLISTED: Final = _code("party-blacklisted", "{party} is on the blacklist: {why}", "{party} 在黑名单中：{why}")
COUNTRY: Final = _code("country-restricted", "nothing goes to {country}: {why}", "禁止向 {country} 供货：{why}")
COUNTRY_UNKNOWN: Final = _code(
    "country-unknown",
    "trade with some countries is restricted, and nothing says to which this goes",
    "部分国家受贸易限制，而目的国不明",
    Severity.WARNING,
)
ITEM_RESTRICTED: Final = _code(
    "item-restricted", "items of class {item_class} are restricted: {why}", "类别 {item_class} 的物料受限：{why}"
)


def complete(order: Order, submission: Submission, /) -> Iterator[Finding]:
    """Buyer, place, dates, prices, quantities and schedules are there."""
    if not order.lines:
        yield NO_LINES("/lines")
    if not (order.buyer.name or order.buyer.legal_name):
        yield BUYER_NAME("/buyer/name")
    delivery = order.delivery
    if delivery.incoterm and not delivery.place:
        yield INCOTERM("/delivery/place", incoterm=delivery.incoterm)
    place = bool(delivery.address or delivery.place or (delivery.recipient or order.buyer).address)
    period = delivery.requested_period
    dated = period is not None and (period.end_on or period.start_on) is not None
    for position, line in enumerate(order.lines):
        where = f"/lines/{position}"
        if not place and line.delivery_place is None:
            yield PLACE(f"{where}/delivery_place", line=line.id)
        if not dated and not _dated(line):
            yield DATE(f"{where}/requested_period", line=line.id)
        if line.price is None and not _priced_elsewhere(line, submission):
            yield PRICE(f"{where}/price", line=line.id)
        if line.tax is None:
            yield TAX(f"{where}/tax", line=line.id)
        yield from _quantities(line, where)


def _dated(line: OrderLine) -> bool:
    period = line.requested_period
    return line.requested_on is not None or (period is not None and period.start_on is not None)


def _priced_elsewhere(line: OrderLine, submission: Submission) -> bool:
    """Whether what was agreed has the price that the line lacks."""
    from orderlib.intake.agreed import agreed_price  # noqa: PLC0415 - most lines have a price

    return agreed_price(line, submission.agreed) is not None


def _quantities(line: OrderLine, where: str) -> Iterator[Finding]:
    ordered = line.quantity
    if not ordered.value:
        yield QUANTITY(f"{where}/quantity", line=line.id)
    if line.schedule:
        planned = EXACT.create_decimal(0)
        for part in line.schedule:
            planned = EXACT.add(planned, part.quantity.value)
        if planned != ordered.value:
            yield SCHEDULE(f"{where}/schedule", line=line.id, found=f"{planned:f}", expected=f"{ordered.value:f}")


def accurate(order: Order, submission: Submission, /) -> Iterator[Finding]:
    """Totals are as stated, days lie ahead, the order still holds and is not known already."""
    receipt = submission.receipt
    received = submission.screened_on
    if receipt is not None:
        received = naive_utc(receipt.received_at).date()
        yield from receipt.noted
        if receipt.stated is not None:
            with suppress(InvalidValueError):  # sums that money cannot hold are told by `plausible`
                yield from compare_totals(order, receipt.stated)
    for case_id in submission.duplicates:
        yield DUPLICATE("/id", order=order.id, buyer=order.buyer.id, case=case_id)
    # zones differ by up to a day
    if order.issued_on is not None and (order.issued_on - received).days > 1:
        yield ISSUED_LATER("/issued_on", issued=order.issued_on, received=received)
    yield from _validity(order, submission)
    period = order.delivery.requested_period
    if period is not None and period.end_on is not None and period.end_on < received:
        yield PAST("/delivery/requested_period", day=period.end_on, received=received)
    for position, line in enumerate(order.lines):
        yield from _past(line, received, f"/lines/{position}")


def _validity(order: Order, submission: Submission) -> Iterator[Finding]:
    validity = order.validity
    if validity is not None and submission.screened_on not in validity:
        ended = validity.end_on is not None and validity.end_on < submission.screened_on
        yield EXPIRED("/validity", end=validity.end_on) if ended else NOT_YET("/validity", start=validity.start_on)


def _past(line: OrderLine, received: date, where: str) -> Iterator[Finding]:
    period = line.requested_period
    if period is not None and period.end_on is not None and period.end_on < received:
        yield PAST(f"{where}/requested_period", day=period.end_on, received=received)
    for number, part in enumerate(line.schedule):
        if part.requested_on is not None and part.requested_on < received:
            yield PAST(f"{where}/schedule/{number}/requested_on", day=part.requested_on, received=received)


def referenced(order: Order, submission: Submission, /) -> Iterator[Finding]:
    """What the order refers to is known: its framework agreement, its proposal."""
    if order.agreement_id is None:
        if order.type is OrderType.CALL_OFF:
            yield AGREEMENT_MISSING("/agreement_id")
    elif submission.agreement is None:
        # other orders may name a contract that is kept elsewhere
        weight = Severity.ERROR if order.type is OrderType.CALL_OFF else Severity.WARNING
        yield AGREEMENT_UNKNOWN("/agreement_id", severity=weight, agreement=order.agreement_id)
    else:
        from orderlib.agreement.call_off import PRICE, check_call_off  # noqa: PLC0415 - few orders are call-offs

        found = check_call_off(submission.agreement, order, submission.screened_on, submission.case_id)
        # another price than agreed is a deviation, to be resolved
        yield from (each for each in found if each.code != PRICE.code)
    if submission.unnamed:
        yield PROPOSAL_UNNAMED("/proposal_id", proposals=", ".join(submission.unnamed))
    if order.proposal_id is not None and order.proposal_id not in submission.proposals:
        # without an enquiry the proposal may have been made elsewhere
        weight = Severity.ERROR if submission.enquired else Severity.WARNING
        yield PROPOSAL_UNKNOWN("/proposal_id", severity=weight, proposal=order.proposal_id)


@attrs.frozen
class PermittedTerms:
    """The type of order and the currency are among those that are taken; an empty set takes all."""

    order_types: frozenset[OrderType] = frozenset()
    currencies: frozenset[str] = frozenset()

    def __call__(self, order: Order, _submission: Submission, /) -> Iterator[Finding]:
        """A finding for each that is not."""
        if self.order_types and order.type not in self.order_types:
            yield ORDER_TYPE("/type", type=order.type)
        if self.currencies and order.currency not in self.currencies:
            yield CURRENCY("/currency", currency=order.currency)


def _folded(name: str) -> str:
    # letters of full width and the like are the same letters (UAX #15, form KC)
    return " ".join(normalize("NFKC", name).casefold().split())


def restricted_countries(given: Mapping[str, str]) -> dict[str, str]:
    """Reasons by country; a converter. Raises `InvalidValueError` (`value.type`, `country.malformed`)."""
    return {country_code(name, address="/countries"): why for name, why in texts_of(given, "/countries").items()}


@attrs.frozen
class PartyBlacklist:
    """No business with these: ids, tax numbers, registered references or names, each with the reason.

    Buyer and recipient are looked at; names are compared without regard to case, width and spacing.
    """

    parties: Mapping[str, str] = attrs.field(converter=texts_of)

    def __call__(self, order: Order, _submission: Submission, /) -> Iterator[Finding]:
        """A finding for each party that is on the list."""
        if not self.parties:
            return
        listed = {_folded(name): why for name, why in self.parties.items()}
        for address, party in (("/buyer", order.buyer), ("/delivery/recipient", order.delivery.recipient)):
            if party is not None:
                hit = next((name for name in _names(party) if _folded(name) in listed), None)
                if hit is not None:
                    yield BLACKLISTED(address, party=hit, why=listed[_folded(hit)])


def _names(party: Party) -> tuple[str, ...]:
    names = (party.id, party.tax_id, party.name, party.legal_name, *(each.id for each in party.references))
    return tuple(name for name in names if name)


@attrs.frozen
class TradeRestriction:
    """Nothing goes to these countries (ISO 3166-1 alpha-2), and no items of these classes are sold, each with the
    reason. A class covers the classes that begin with its code. Where countries are restricted, a destination that
    nobody names is a question.
    """

    countries: Mapping[str, str] = attrs.field(converter=restricted_countries)
    item_classes: Mapping[str, str] = attrs.field(converter=texts_of)

    def __call__(self, order: Order, _submission: Submission, /) -> Iterator[Finding]:
        """A finding for each place, party and item that is restricted."""
        if self.countries:
            yield from self._destinations(order)
        if self.item_classes:
            for position, line in enumerate(order.lines):
                item_class = line.item.classification
                hit = next((code for code in self.item_classes if item_class and item_class.startswith(code)), None)
                if hit is not None:
                    why = self.item_classes[hit]
                    yield ITEM_RESTRICTED(f"/lines/{position}/item/classification", item_class=item_class, why=why)

    def _destinations(self, order: Order) -> Iterator[Finding]:
        recipient = order.delivery.recipient
        places: list[tuple[str, Address | None]] = [
            ("/buyer/address", order.buyer.address),
            ("/delivery/address", order.delivery.address),
            ("/delivery/recipient/address", recipient.address if recipient else None),
        ]
        places += [(f"/lines/{number}/delivery_place", line.delivery_place) for number, line in enumerate(order.lines)]
        known = [(address, place.country_code) for address, place in places if place is not None and place.country]
        if not known:
            yield COUNTRY_UNKNOWN("/delivery/address/country")
        # what is no code may be any country
        yield from (COUNTRY_UNKNOWN(f"{address}/country") for address, country in known if not country)
        for address, country in known:
            if country in self.countries:
                yield COUNTRY(f"{address}/country", country=country, why=self.countries[country])
