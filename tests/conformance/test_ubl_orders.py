"""Every UBL document about an order in the folder is read, or refused with findings that name the rule."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from orderlib.errors import DocumentError, Severity
from orderlib.wire.ubl import (
    open_order,
    read_order,
    read_order_cancellation,
    read_order_change,
    read_order_response,
    write_order,
)
from orderlib.wire.xmltree import Element, parse_xml

pytestmark = pytest.mark.conformance

NAMESPACE = "urn:oasis:names:specification:ubl:schema:xsd:{}-2"
READERS = {
    "OrderCancellation": read_order_cancellation,
    "OrderChange": read_order_change,
    "OrderResponse": read_order_response,
    "OrderResponseSimple": read_order_response,
}
CENT = Decimal("0.01")


def documents(data: Path, *names: str) -> list[tuple[str, bytes]]:
    """Every file in the two folders whose root is one of these, with its path."""
    found = [
        (str(path.relative_to(data)), content)
        for folder in ("01_ubl_oasis", "02_peppol_ordering")
        for path in sorted((data / folder).rglob("*.xml"))
        for content in [path.read_bytes()]
        for root in [parse_xml(content)]
        if root.name in names and root.namespace == NAMESPACE.format(root.name)
    ]
    if not found:
        pytest.skip("no such documents among the real ones")
    return found


def number(element: Element, path: str) -> Decimal | None:
    """The number along the steps, None if it is not stated."""
    said = element.value_of(path)
    return None if said is None else Decimal(said)


def extra(element: Element) -> Decimal:
    """Charges less allowances directly on an element."""
    return sum(
        (
            Decimal(each.value_of("cbc:Amount") or 0) * (1 if each.value_of("cbc:ChargeIndicator") == "true" else -1)
            for each in element.all("cac:AllowanceCharge")
        ),
        Decimal(0),
    )


def calculated(root: Element) -> dict[str, Decimal]:
    """What the document's quantities, prices, allowances and rates make, worked out here and nowhere else."""
    groups: dict[str, Decimal] = {}
    lines = Decimal(0)
    for line in root.all("cac:OrderLine/cac:LineItem"):
        base = number(line, "cac:Price/cbc:BaseQuantity") or Decimal(1)
        product = (number(line, "cbc:Quantity") or 0) * (number(line, "cac:Price/cbc:PriceAmount") or 0) / base
        net = (product + extra(line)).quantize(CENT, ROUND_HALF_UP)
        lines += net
        rate = line.value_of("cac:Item/cac:ClassifiedTaxCategory/cbc:Percent") or "0"
        groups[rate] = groups.get(rate, Decimal(0)) + net
        stated = number(line, "cbc:LineExtensionAmount")
        groups.setdefault("wrong", Decimal(0))
        if stated is not None and stated != net:
            groups["wrong"] += 1
    wrong = groups.pop("wrong")
    only = next(iter(groups)) if len(groups) == 1 else "0"
    for each in root.all("cac:AllowanceCharge"):
        rate = each.value_of("cac:TaxCategory/cbc:Percent") or only
        sign = 1 if each.value_of("cbc:ChargeIndicator") == "true" else -1
        groups[rate] = groups.get(rate, Decimal(0)) + sign * Decimal(each.value_of("cbc:Amount") or 0)
    tax = sum(((part * Decimal(rate) / 100).quantize(CENT, ROUND_HALF_UP) for rate, part in groups.items()), Decimal(0))
    exclusive = lines + extra(root)
    total = "cac:AnticipatedMonetaryTotal/cbc:"
    prepaid, rounding = (number(root, f"{total}{name}") or 0 for name in ("PrepaidAmount", "PayableRoundingAmount"))
    payable = exclusive + tax - prepaid + rounding
    return {"lines": lines, "exclusive": exclusive, "tax": tax, "payable": payable, "wrong": wrong}


def stated(root: Element) -> dict[str, Decimal]:
    """What the document says."""
    total = "cac:AnticipatedMonetaryTotal/cbc:"
    found = {
        "lines": number(root, f"{total}LineExtensionAmount"),
        "exclusive": number(root, f"{total}TaxExclusiveAmount"),
        "tax": number(root, "cac:TaxTotal/cbc:TaxAmount"),
        "payable": number(root, f"{total}PayableAmount"),
        "wrong": Decimal(0),
    }
    return {name: amount for name, amount in found.items() if amount is not None}


def test_every_order_is_read_or_refused_with_the_rule(data: Path, cases_run: list[str]) -> None:
    """Totals equal those stated wherever the document adds up; where it does not, that is a finding."""
    read = refused = adding = equal = told = 0
    for name, content in documents(data, "Order"):
        document, root = open_order(content), parse_xml(content)
        if document.order is None:
            refused += 1
            assert any(each.severity is Severity.ERROR and each.code for each in document.findings), name
            with pytest.raises(DocumentError):
                read_order(content)
            continue
        read += 1
        assert read_order(content) == document.order
        own, said = calculated(root), stated(root)
        totals = document.order.totals
        ours = {
            "lines": totals.line_extension.amount,
            "exclusive": totals.tax_exclusive.amount,
            "tax": totals.tax.amount,
            "payable": totals.payable.amount,
        }
        assert ours == {name: own[name] for name in ours}, name
        adds_up = all(own[each] == amount for each, amount in said.items())
        adding += adds_up
        equal += adds_up and all(ours.get(each, amount) == amount for each, amount in said.items())
        told += not adds_up and not document.adds_up
        assert document.adds_up is adds_up, name
    cases_run.append(f"UBL orders: {read + refused} run, {read} read, {refused} refused with a rule")
    cases_run.append(
        f"UBL orders: {adding} add up, {equal} of them with the totals stated; {told} do not, which is told"
    )
    assert read
    assert adding == equal
    assert adding + told == read


def test_every_order_that_was_read_can_be_written_and_read_again(data: Path, cases_run: list[str]) -> None:
    """What was sent as text is the same after a round; only account numbers without a place move."""
    same = run = 0
    for _, content in documents(data, "Order"):
        document = open_order(content)
        if document.order is None:
            continue
        run += 1
        again = open_order(
            write_order(
                document.order, customization=document.customization, profile=document.profile, files=document.files
            )
        )
        assert again.order is not None
        assert again.unmapped == ()
        assert again.order.totals == document.order.totals
        assert again.order.lines == document.order.lines
        same += again.order == document.order
    cases_run.append(f"UBL orders written and read again: {run} run, {same} the same in every field")
    assert run


def test_every_other_message_about_orders_is_read(data: Path, cases_run: list[str]) -> None:
    """Responses, changes and cancellations, of plain UBL and of Peppol."""
    counts = dict.fromkeys(READERS, 0)
    refused: list[str] = []
    for name, content in documents(data, *READERS):
        kind = parse_xml(content).name
        try:
            message = READERS[kind](content)
        except DocumentError as error:
            refused.append(f"{name}: {error}")
            continue
        assert message.id
        counts[kind] += 1
    cases_run.extend(f"UBL {kind}: {count} read" for kind, count in counts.items())
    assert not refused, "\n".join(refused)
    assert all(counts.values())
