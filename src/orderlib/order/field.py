"""What two versions of an order differ in, field by field, and what each field is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Final, TypeAlias

import attrs

from orderlib.errors import Language
from orderlib.order.line import OrderLine, ScheduleLine
from orderlib.order.record import Order
from orderlib.values.lines import Lines

__all__ = ["Aspect", "FieldChange", "header_changes", "line_changes"]


class Aspect(StrEnum):
    """What a change is about."""

    QUANTITY = "quantity"
    PRICE = "price"
    DATE = "date"
    PLACE = "place"
    SPECIFICATION = "specification"
    PARTY = "party"
    TERMS = "terms"
    OTHER = "other"


Label: TypeAlias = tuple[Aspect, str, str]

LINE_FIELDS: Final[Mapping[str, Label]] = {
    "item": (Aspect.SPECIFICATION, "item", "物料"),
    "quantity": (Aspect.QUANTITY, "quantity", "数量"),
    "price": (Aspect.PRICE, "price", "单价"),
    "schedule": (Aspect.DATE, "schedule", "交货计划"),
    "allowance_charges": (Aspect.PRICE, "allowances and charges", "折让与附加费"),
    "tax": (Aspect.PRICE, "tax", "税"),
    "delivery_place": (Aspect.PLACE, "place of delivery", "交货地点"),
    "requested_period": (Aspect.DATE, "requested period", "要求交货期"),
    "partial_delivery": (Aspect.TERMS, "partial delivery", "分批交货"),
    "accounting_cost": (Aspect.OTHER, "accounting cost", "成本科目"),
    "note": (Aspect.OTHER, "note", "备注"),
    "references": (Aspect.OTHER, "references", "参考号"),
}
SCHEDULE_FIELDS: Final[Mapping[str, Label]] = {
    "quantity": (Aspect.QUANTITY, "scheduled quantity", "计划数量"),
    "requested_on": (Aspect.DATE, "requested day", "要求日期"),
    "promised_on": (Aspect.DATE, "promised day", "承诺日期"),
}
ORDER_FIELDS: Final[Mapping[str, Label]] = {
    "id": (Aspect.OTHER, "order number", "订单号"),
    "buyer": (Aspect.PARTY, "buyer", "买方"),
    "seller": (Aspect.PARTY, "seller", "卖方"),
    "currency": (Aspect.PRICE, "currency", "币种"),
    "issued_on": (Aspect.OTHER, "day of issue", "签发日期"),
    "type": (Aspect.TERMS, "type of order", "订单类型"),
    "delivery": (Aspect.TERMS, "delivery", "交货"),
    "payment": (Aspect.TERMS, "terms of payment", "付款条件"),
    "pricing": (Aspect.PRICE, "rounding", "舍入规则"),
    "allowance_charges": (Aspect.PRICE, "allowances and charges", "折让与附加费"),
    "prepaid": (Aspect.PRICE, "prepaid amount", "预付金额"),
    "rounding": (Aspect.PRICE, "rounding amount", "舍入金额"),
    "exchange_rate": (Aspect.PRICE, "exchange rate", "汇率"),
    "validity": (Aspect.TERMS, "validity", "有效期"),
    "agreement_id": (Aspect.TERMS, "framework agreement", "框架协议"),
    "proposal_id": (Aspect.TERMS, "proposal", "报价"),
    "customer_reference": (Aspect.OTHER, "customer's reference", "客户参考号"),
    "accounting_cost": (Aspect.OTHER, "accounting cost", "成本科目"),
    "note": (Aspect.OTHER, "note", "备注"),
    "attachments": (Aspect.SPECIFICATION, "attachments", "附件"),
    "references": (Aspect.OTHER, "references", "参考号"),
}
DELIVERY_FIELDS: Final[Mapping[str, Label]] = {
    "incoterm": (Aspect.TERMS, "Incoterms rule", "贸易术语"),
    "place": (Aspect.PLACE, "named place", "指定地点"),
    "address": (Aspect.PLACE, "address of delivery", "交货地址"),
    "recipient": (Aspect.PLACE, "recipient", "收货方"),
    "requested_period": (Aspect.DATE, "requested period", "要求交货期"),
    "complete_only": (Aspect.TERMS, "complete delivery only", "仅限整单交货"),
    "over_tolerance": (Aspect.TERMS, "tolerance above", "超交允差"),
    "under_tolerance": (Aspect.TERMS, "tolerance below", "欠交允差"),
    "special_terms": (Aspect.TERMS, "special terms", "特殊条款"),
}
PAYMENT_FIELDS: Final[Mapping[str, Label]] = {
    "net_days": (Aspect.TERMS, "days to pay", "付款天数"),
    "instalments": (Aspect.TERMS, "instalments", "分期付款"),
    "advance": (Aspect.TERMS, "advance in percent", "预付比例"),
    "retention": (Aspect.TERMS, "retention in percent", "质保金比例"),
    "discount": (Aspect.TERMS, "cash discount in percent", "现金折扣比例"),
    "discount_days": (Aspect.TERMS, "days for the cash discount", "现金折扣天数"),
    "note": (Aspect.TERMS, "note on payment", "付款备注"),
}
#: terms of an order that are told field by field
PARTED: Final[Mapping[str, Mapping[str, Label]]] = {"delivery": DELIVERY_FIELDS, "payment": PAYMENT_FIELDS}
LINE_ITSELF: Final[Label] = (Aspect.SPECIFICATION, "line", "订单行")


@attrs.frozen
class FieldChange:
    """One field that differs: its address, what it was and what it is, and what that is about.

    The address is a JSON Pointer in which lines and schedule lines stand by id, not by place:
    `/lines/10/schedule/1/requested_on`. `label` is what people call the field.
    """

    address: str
    old: object
    new: object
    aspect: Aspect
    label: tuple[str, str] = attrs.field(default=("", ""), repr=False)

    def describe(self, lang: Language = "en") -> str:
        """One line of text: field, old value, new value."""
        return f"{self.label[lang == 'zh']}: {written(self.old)} → {written(self.new)}"


def pointer(*parts: str) -> str:
    """A JSON Pointer (RFC 6901) to these steps."""
    return "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in parts)


def line_changes(old: OrderLine, new: OrderLine, fields: Iterable[str] = LINE_FIELDS) -> Iterator[FieldChange]:
    """The fields in which two versions of a line differ."""
    where = pointer("lines", old.id)
    for name in fields:
        mine, theirs = getattr(old, name), getattr(new, name)
        if mine is theirs or mine == theirs:
            continue
        if name == "schedule":
            yield from _schedule_changes(mine, theirs, f"{where}/schedule")
        else:
            yield _change(f"{where}/{name}", mine, theirs, LINE_FIELDS[name])


def _schedule_changes(old: Lines[ScheduleLine], new: Lines[ScheduleLine], where: str) -> Iterator[FieldChange]:
    if list(old.ids()) != list(new.ids()) and sorted(old.ids()) == sorted(new.ids()):
        yield _change(where, tuple(old.ids()), tuple(new.ids()), LINE_FIELDS["schedule"])
    for mine, theirs in old.changed(new):
        part = mine or theirs
        if mine and theirs:
            for name, label in SCHEDULE_FIELDS.items():
                if getattr(mine, name) != getattr(theirs, name):
                    yield _change(where + pointer(mine.id, name), getattr(mine, name), getattr(theirs, name), label)
        elif part:
            yield _change(where + pointer(part.id), mine, theirs, LINE_FIELDS["schedule"])


def header_changes(old: Order, new: Order, fields: Iterable[str] = ORDER_FIELDS) -> Iterator[FieldChange]:
    """The fields in which two versions of an order differ, lines and revision apart."""
    for name in fields:
        mine, theirs = getattr(old, name), getattr(new, name)
        if mine is theirs or mine == theirs:
            continue
        parts = PARTED.get(name)
        if parts is None:
            yield _change(f"/{name}", mine, theirs, ORDER_FIELDS[name])
            continue
        for part, label in parts.items():
            if getattr(mine, part) != getattr(theirs, part):
                yield _change(f"/{name}/{part}", getattr(mine, part), getattr(theirs, part), label)


def _change(address: str, old: object, new: object, label: Label) -> FieldChange:
    return FieldChange(address, old, new, label[0], label[1:])


def written(value: Any) -> str:
    """A value as people read it: `-` for nothing, parts separated by commas, what is empty left out."""
    if value is None or value in ("", ()):
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    kind: Any = value.__class__
    if kind is tuple or kind is Lines:
        return ", ".join(written(each) for each in value) or "-"
    if attrs.has(kind) and "__str__" not in vars(kind):
        parts = (written(getattr(value, field.name)) for field in attrs.fields(kind))
        return ", ".join(part for part in parts if part not in ("-", "no")) or "-"
    return str(value)
