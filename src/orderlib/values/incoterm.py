"""Incoterms: who carries cost and risk how far.

A rule names a place. Source: Incoterms 2010 and 2020 of the International Chamber of Commerce; the codes
also stand in UN/ECE Recommendation 5. Cost and risk do not pass at the same point: under CPT, CIP, CFR and
CIF the seller pays the main carriage, though the risk has already passed before it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Literal

import attrs

from orderlib.errors import FindingCode, InvalidValueError, Severity
from orderlib.values.decimals import excerpt

__all__ = [
    "INCOTERMS",
    "CarriageMode",
    "Incoterm",
    "IncotermEdition",
    "IncotermRule",
    "NamedPlace",
    "Payer",
    "RiskPoint",
    "incoterm",
]

IncotermEdition = Literal[2010, 2020]

UNKNOWN = FindingCode(
    "incoterm.unknown",
    Severity.ERROR,
    "Incoterms {edition} have no rule {code}",
    "Incoterms {edition} 中没有术语 {code}",
)


class Incoterm(StrEnum):
    """The three letters of a rule, of both editions."""

    EXW = "EXW"
    FCA = "FCA"
    CPT = "CPT"
    CIP = "CIP"
    DAT = "DAT"
    DPU = "DPU"
    DAP = "DAP"
    DDP = "DDP"
    FAS = "FAS"
    FOB = "FOB"
    CFR = "CFR"
    CIF = "CIF"


class CarriageMode(StrEnum):
    """For which carriage a rule is meant."""

    ANY = "any"
    WATERWAY = "waterway"


class Payer(StrEnum):
    """Who pays."""

    SELLER = "seller"
    BUYER = "buyer"


class NamedPlace(StrEnum):
    """What the place behind the code is."""

    DELIVERY = "place of delivery"
    DESTINATION = "place of destination"
    TERMINAL = "terminal at port or place of destination"
    SHIPMENT_PORT = "port of shipment"
    DESTINATION_PORT = "port of destination"


class RiskPoint(StrEnum):
    """At which point the risk of loss passes from seller to buyer."""

    AT_DISPOSAL = "at the buyer's disposal at the named place, not loaded"
    WITH_CARRIER = "handed over to the first carrier"
    ALONGSIDE_SHIP = "alongside the ship at the port of shipment"
    ON_BOARD = "on board at the port of shipment"
    READY_TO_UNLOAD = "ready for unloading at the place of destination"
    UNLOADED = "unloaded at the place of destination"


_ARRIVED: Final = frozenset({RiskPoint.READY_TO_UNLOAD, RiskPoint.UNLOADED})


@attrs.frozen
class IncotermRule:
    """What one rule of one edition says about place, carriage and risk.

    `insured_by` is who must insure the main carriage for the buyer's risk, None where nobody must;
    `import_cleared_by` and `export_cleared_by` tell who clears the goods through customs.
    """

    code: Incoterm
    edition: IncotermEdition
    name: str
    mode: CarriageMode
    place: NamedPlace
    main_carriage_paid_by: Payer
    risk_passes: RiskPoint
    insured_by: Payer | None = None
    export_cleared_by: Payer = Payer.SELLER
    import_cleared_by: Payer = Payer.BUYER

    @property
    def risk_passes_before_main_carriage(self) -> bool:
        """Whether goods lost on the main carriage are the buyer's loss."""
        return self.risk_passes not in _ARRIVED

    def __str__(self) -> str:
        return f"{self.code} {self.edition}"


def _rules(edition: IncotermEdition) -> tuple[IncotermRule, ...]:
    any_mode, water = CarriageMode.ANY, CarriageMode.WATERWAY
    seller, buyer = Payer.SELLER, Payer.BUYER
    at, to = NamedPlace.DELIVERY, NamedPlace.DESTINATION
    from_port, to_port = NamedPlace.SHIPMENT_PORT, NamedPlace.DESTINATION_PORT
    carrier, board = RiskPoint.WITH_CARRIER, RiskPoint.ON_BOARD
    ready, unloaded = RiskPoint.READY_TO_UNLOAD, RiskPoint.UNLOADED
    disposal, alongside = RiskPoint.AT_DISPOSAL, RiskPoint.ALONGSIDE_SHIP
    rule = IncotermRule
    code = Incoterm
    unloading = (
        rule(code.DAT, edition, "Delivered at Terminal", any_mode, NamedPlace.TERMINAL, seller, unloaded)
        if edition == 2010
        else rule(code.DPU, edition, "Delivered at Place Unloaded", any_mode, to, seller, unloaded)
    )
    return (
        rule(code.EXW, edition, "Ex Works", any_mode, at, buyer, disposal, export_cleared_by=buyer),
        rule(code.FCA, edition, "Free Carrier", any_mode, at, buyer, carrier),
        rule(code.CPT, edition, "Carriage Paid To", any_mode, to, seller, carrier),
        rule(code.CIP, edition, "Carriage and Insurance Paid To", any_mode, to, seller, carrier, seller),
        rule(code.DAP, edition, "Delivered at Place", any_mode, to, seller, ready),
        unloading,
        rule(code.DDP, edition, "Delivered Duty Paid", any_mode, to, seller, ready, import_cleared_by=seller),
        rule(code.FAS, edition, "Free Alongside Ship", water, from_port, buyer, alongside),
        rule(code.FOB, edition, "Free On Board", water, from_port, buyer, board),
        rule(code.CFR, edition, "Cost and Freight", water, to_port, seller, board),
        rule(code.CIF, edition, "Cost Insurance and Freight", water, to_port, seller, board, seller),
    )


INCOTERMS: Final[Mapping[tuple[str, int], IncotermRule]] = MappingProxyType(
    {(each.code.value, each.edition): each for edition in (2010, 2020) for each in _rules(edition)}
)
"""The rules by code and edition: `INCOTERMS["FCA", 2020]`."""


def incoterm(code: str, edition: int = 2020, /, *, address: str = "") -> IncotermRule:
    """The rule of that code in that edition; `InvalidValueError` (`incoterm.unknown`) at `address` otherwise."""
    try:
        found = INCOTERMS.get((code, edition))
    except TypeError:  # unhashable, so no code
        found = None
    if found is None:
        text = excerpt(code) if type(code) is str else type(code).__name__[:40]
        raise InvalidValueError(UNKNOWN(address, code=text, edition=edition if edition in (2010, 2020) else "?"))
    return found
