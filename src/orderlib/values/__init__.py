"""What is true outside orders: amounts, quantities, units, identifiers, parties, moments, calendars, judgements.

Every value is immutable, compares by content, and refuses at its door what it cannot mean: bad input is an
`InvalidValueError` with a stable code, never a surprise from inside. Nothing here reads a clock, a file or chance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderlib._door import lazy

# door: every name
if TYPE_CHECKING:
    from orderlib.values.allocation import apportion as apportion
    from orderlib.values.allocation import split_evenly as split_evenly
    from orderlib.values.calendar import CombinationRule as CombinationRule
    from orderlib.values.calendar import CombinedCalendar as CombinedCalendar
    from orderlib.values.calendar import WorkingCalendar as WorkingCalendar
    from orderlib.values.calendar import intersection as intersection
    from orderlib.values.calendar import union as union
    from orderlib.values.chance import mixed as mixed
    from orderlib.values.chance import run_key as run_key
    from orderlib.values.chance import slot_key as slot_key
    from orderlib.values.chance import triangular as triangular
    from orderlib.values.codelist import member as member
    from orderlib.values.codelist import whole as whole
    from orderlib.values.combine import AllOf as AllOf
    from orderlib.values.combine import AtLeast as AtLeast
    from orderlib.values.combine import FirstMatch as FirstMatch
    from orderlib.values.combine import Part as Part
    from orderlib.values.combine import VetoedBy as VetoedBy
    from orderlib.values.combine import WeightOf as WeightOf
    from orderlib.values.combine import WorstOf as WorstOf
    from orderlib.values.compare import Change as Change
    from orderlib.values.compare import differences as differences
    from orderlib.values.currency import Currency as Currency
    from orderlib.values.currency import check_currency as check_currency
    from orderlib.values.currency import priced_currency as priced_currency
    from orderlib.values.currency import withdrawn_currencies as withdrawn_currencies
    from orderlib.values.decimals import Number as Number
    from orderlib.values.decimals import canonical as canonical
    from orderlib.values.decimals import decimal as decimal
    from orderlib.values.decimals import excerpt as excerpt
    from orderlib.values.decimals import from_ratio as from_ratio
    from orderlib.values.decimals import plain_parts as plain_parts
    from orderlib.values.decimals import ratio as ratio
    from orderlib.values.decision import Decided as Decided
    from orderlib.values.decision import Decision as Decision
    from orderlib.values.decision import Override as Override
    from orderlib.values.decision import PolicyRef as PolicyRef
    from orderlib.values.decision import Verdict as Verdict
    from orderlib.values.decision import policy_ref as policy_ref
    from orderlib.values.decisiontable import DecisionTable as DecisionTable
    from orderlib.values.decisiontable import HitPolicy as HitPolicy
    from orderlib.values.decisiontable import Input as Input
    from orderlib.values.decisiontable import TableRule as TableRule
    from orderlib.values.dispatch import Gate as Gate
    from orderlib.values.dispatch import Needs as Needs
    from orderlib.values.dispatch import Rule as Rule
    from orderlib.values.dispatch import View as View
    from orderlib.values.estimate import Delay as Delay
    from orderlib.values.estimate import Estimate as Estimate
    from orderlib.values.estimate import Rework as Rework
    from orderlib.values.fact import Facts as Facts
    from orderlib.values.holiday import HolidayRule as HolidayRule
    from orderlib.values.holiday import Holidays as Holidays
    from orderlib.values.holiday import easter as easter
    from orderlib.values.holiday import fixed_holidays as fixed_holidays
    from orderlib.values.holiday_source import holidays_of as holidays_of
    from orderlib.values.identifier import ActorId as ActorId
    from orderlib.values.identifier import AgreementId as AgreementId
    from orderlib.values.identifier import CaseId as CaseId
    from orderlib.values.identifier import CommandId as CommandId
    from orderlib.values.identifier import DocumentId as DocumentId
    from orderlib.values.identifier import Identifier as Identifier
    from orderlib.values.identifier import ItemId as ItemId
    from orderlib.values.identifier import LineId as LineId
    from orderlib.values.identifier import OrderId as OrderId
    from orderlib.values.identifier import PartyId as PartyId
    from orderlib.values.identifier import text as text
    from orderlib.values.incoterm import CarriageMode as CarriageMode
    from orderlib.values.incoterm import Incoterm as Incoterm
    from orderlib.values.incoterm import IncotermEdition as IncotermEdition
    from orderlib.values.incoterm import IncotermRule as IncotermRule
    from orderlib.values.incoterm import NamedPlace as NamedPlace
    from orderlib.values.incoterm import Payer as Payer
    from orderlib.values.incoterm import RiskPoint as RiskPoint
    from orderlib.values.instant import Instant as Instant
    from orderlib.values.instant import Zone as Zone
    from orderlib.values.instant import ZonedInstant as ZonedInstant
    from orderlib.values.instant import day as day
    from orderlib.values.instant import day_start as day_start
    from orderlib.values.instant import format_instant as format_instant
    from orderlib.values.instant import later as later
    from orderlib.values.instant import local_day as local_day
    from orderlib.values.instant import time_between as time_between
    from orderlib.values.instant import wall_instant as wall_instant
    from orderlib.values.instant import zone as zone
    from orderlib.values.key import Key as Key
    from orderlib.values.lines import Identified as Identified
    from orderlib.values.lines import Lines as Lines
    from orderlib.values.message import CaseCommand as CaseCommand
    from orderlib.values.message import Command as Command
    from orderlib.values.message import Event as Event
    from orderlib.values.message import Fact as Fact
    from orderlib.values.message import Stamp as Stamp
    from orderlib.values.money import Money as Money
    from orderlib.values.money import sum_money as sum_money
    from orderlib.values.objective import Objectives as Objectives
    from orderlib.values.parameter import between as between
    from orderlib.values.parameter import of_type as of_type
    from orderlib.values.parameter import span as span
    from orderlib.values.parameter import whole_between as whole_between
    from orderlib.values.party import Actor as Actor
    from orderlib.values.party import Address as Address
    from orderlib.values.party import Contact as Contact
    from orderlib.values.party import ExternalReference as ExternalReference
    from orderlib.values.party import Party as Party
    from orderlib.values.party import country_code as country_code
    from orderlib.values.period import DayPeriod as DayPeriod
    from orderlib.values.period import Interval as Interval
    from orderlib.values.port import Clock as Clock
    from orderlib.values.port import FixedClock as FixedClock
    from orderlib.values.port import IdSource as IdSource
    from orderlib.values.port import SequentialIds as SequentialIds
    from orderlib.values.port import SteppingClock as SteppingClock
    from orderlib.values.quantity import Conversion as Conversion
    from orderlib.values.quantity import Quantity as Quantity
    from orderlib.values.quantity import UnitDigits as UnitDigits
    from orderlib.values.quantity import conversion_factor as conversion_factor
    from orderlib.values.quantity import sum_quantities as sum_quantities
    from orderlib.values.rate import ExchangeRate as ExchangeRate
    from orderlib.values.rate import Percentage as Percentage
    from orderlib.values.rate import UnitPrice as UnitPrice
    from orderlib.values.rate import percent as percent
    from orderlib.values.rounding import Rounding as Rounding
    from orderlib.values.rounding import RoundingRule as RoundingRule
    from orderlib.values.rounding import RoundingScope as RoundingScope
    from orderlib.values.rounding import ToStep as ToStep
    from orderlib.values.rounding import rounded as rounded
    from orderlib.values.shift import Hours as Hours
    from orderlib.values.shift import MakeUpDay as MakeUpDay
    from orderlib.values.shift import Shift as Shift
    from orderlib.values.shift import Weekday as Weekday
    from orderlib.values.twin import adder as adder
    from orderlib.values.twin import changer as changer
    from orderlib.values.twin import copier as copier
    from orderlib.values.twin import maker as maker
    from orderlib.values.twin import quick as quick
    from orderlib.values.twin import sealer as sealer
    from orderlib.values.typed import check_declared as check_declared
    from orderlib.values.typed import couples_of as couples_of
    from orderlib.values.typed import declared_check as declared_check
    from orderlib.values.typed import instance_of as instance_of
    from orderlib.values.typed import pairs_of as pairs_of
    from orderlib.values.typed import texts_of as texts_of
    from orderlib.values.typed import tuple_of as tuple_of
    from orderlib.values.typed import type_check as type_check
    from orderlib.values.typed import values_of as values_of
    from orderlib.values.unarytest import UnaryTest as UnaryTest
    from orderlib.values.unarytest import probes as probes
    from orderlib.values.unarytest import unary_test as unary_test
    from orderlib.values.unit import Dimension as Dimension
    from orderlib.values.unit import Unit as Unit
    from orderlib.values.unit import UnitRounding as UnitRounding
    from orderlib.values.unit import UnitStatus as UnitStatus
    from orderlib.values.unit import convertible_units as convertible_units
    from orderlib.values.unit import unit_codes as unit_codes
    from orderlib.values.worktime import Calendar as Calendar

__all__ = [
    "Actor",
    "ActorId",
    "Address",
    "AgreementId",
    "AllOf",
    "AtLeast",
    "Calendar",
    "CarriageMode",
    "CaseCommand",
    "CaseId",
    "Change",
    "Clock",
    "CombinationRule",
    "CombinedCalendar",
    "Command",
    "CommandId",
    "Contact",
    "Conversion",
    "Currency",
    "DayPeriod",
    "Decided",
    "Decision",
    "DecisionTable",
    "Delay",
    "Dimension",
    "DocumentId",
    "Estimate",
    "Event",
    "ExchangeRate",
    "ExternalReference",
    "Fact",
    "Facts",
    "FirstMatch",
    "FixedClock",
    "Gate",
    "HitPolicy",
    "HolidayRule",
    "Holidays",
    "Hours",
    "IdSource",
    "Identified",
    "Identifier",
    "Incoterm",
    "IncotermEdition",
    "IncotermRule",
    "Input",
    "Instant",
    "Interval",
    "ItemId",
    "Key",
    "LineId",
    "Lines",
    "MakeUpDay",
    "Money",
    "NamedPlace",
    "Needs",
    "Number",
    "Objectives",
    "OrderId",
    "Override",
    "Part",
    "Party",
    "PartyId",
    "Payer",
    "Percentage",
    "PolicyRef",
    "Quantity",
    "Rework",
    "RiskPoint",
    "Rounding",
    "RoundingRule",
    "RoundingScope",
    "Rule",
    "SequentialIds",
    "Shift",
    "Stamp",
    "SteppingClock",
    "TableRule",
    "ToStep",
    "UnaryTest",
    "Unit",
    "UnitDigits",
    "UnitPrice",
    "UnitRounding",
    "UnitStatus",
    "Verdict",
    "VetoedBy",
    "View",
    "Weekday",
    "WeightOf",
    "WorkingCalendar",
    "WorstOf",
    "Zone",
    "ZonedInstant",
    "adder",
    "apportion",
    "between",
    "canonical",
    "changer",
    "check_currency",
    "check_declared",
    "conversion_factor",
    "convertible_units",
    "copier",
    "country_code",
    "couples_of",
    "day",
    "day_start",
    "decimal",
    "declared_check",
    "differences",
    "easter",
    "excerpt",
    "fixed_holidays",
    "format_instant",
    "from_ratio",
    "holidays_of",
    "instance_of",
    "intersection",
    "later",
    "local_day",
    "maker",
    "member",
    "mixed",
    "of_type",
    "pairs_of",
    "percent",
    "plain_parts",
    "policy_ref",
    "priced_currency",
    "probes",
    "quick",
    "ratio",
    "rounded",
    "run_key",
    "sealer",
    "slot_key",
    "span",
    "split_evenly",
    "sum_money",
    "sum_quantities",
    "text",
    "texts_of",
    "time_between",
    "triangular",
    "tuple_of",
    "type_check",
    "unary_test",
    "union",
    "unit_codes",
    "values_of",
    "wall_instant",
    "whole",
    "whole_between",
    "withdrawn_currencies",
    "zone",
]

_WHERE = {
    "Actor": "orderlib.values.party",
    "ActorId": "orderlib.values.identifier",
    "Address": "orderlib.values.party",
    "AgreementId": "orderlib.values.identifier",
    "AllOf": "orderlib.values.combine",
    "AtLeast": "orderlib.values.combine",
    "Calendar": "orderlib.values.worktime",
    "CarriageMode": "orderlib.values.incoterm",
    "CaseCommand": "orderlib.values.message",
    "CaseId": "orderlib.values.identifier",
    "Change": "orderlib.values.compare",
    "Clock": "orderlib.values.port",
    "CombinationRule": "orderlib.values.calendar",
    "CombinedCalendar": "orderlib.values.calendar",
    "Command": "orderlib.values.message",
    "CommandId": "orderlib.values.identifier",
    "Contact": "orderlib.values.party",
    "Conversion": "orderlib.values.quantity",
    "Currency": "orderlib.values.currency",
    "DayPeriod": "orderlib.values.period",
    "Decided": "orderlib.values.decision",
    "Decision": "orderlib.values.decision",
    "DecisionTable": "orderlib.values.decisiontable",
    "Delay": "orderlib.values.estimate",
    "Dimension": "orderlib.values.unit",
    "DocumentId": "orderlib.values.identifier",
    "Estimate": "orderlib.values.estimate",
    "Event": "orderlib.values.message",
    "ExchangeRate": "orderlib.values.rate",
    "ExternalReference": "orderlib.values.party",
    "Fact": "orderlib.values.message",
    "Facts": "orderlib.values.fact",
    "FirstMatch": "orderlib.values.combine",
    "FixedClock": "orderlib.values.port",
    "Gate": "orderlib.values.dispatch",
    "HitPolicy": "orderlib.values.decisiontable",
    "HolidayRule": "orderlib.values.holiday",
    "Holidays": "orderlib.values.holiday",
    "Hours": "orderlib.values.shift",
    "IdSource": "orderlib.values.port",
    "Identified": "orderlib.values.lines",
    "Identifier": "orderlib.values.identifier",
    "Incoterm": "orderlib.values.incoterm",
    "IncotermEdition": "orderlib.values.incoterm",
    "IncotermRule": "orderlib.values.incoterm",
    "Input": "orderlib.values.decisiontable",
    "Instant": "orderlib.values.instant",
    "Interval": "orderlib.values.period",
    "ItemId": "orderlib.values.identifier",
    "Key": "orderlib.values.key",
    "LineId": "orderlib.values.identifier",
    "Lines": "orderlib.values.lines",
    "MakeUpDay": "orderlib.values.shift",
    "Money": "orderlib.values.money",
    "NamedPlace": "orderlib.values.incoterm",
    "Needs": "orderlib.values.dispatch",
    "Number": "orderlib.values.decimals",
    "Objectives": "orderlib.values.objective",
    "OrderId": "orderlib.values.identifier",
    "Override": "orderlib.values.decision",
    "Part": "orderlib.values.combine",
    "Party": "orderlib.values.party",
    "PartyId": "orderlib.values.identifier",
    "Payer": "orderlib.values.incoterm",
    "Percentage": "orderlib.values.rate",
    "PolicyRef": "orderlib.values.decision",
    "Quantity": "orderlib.values.quantity",
    "Rework": "orderlib.values.estimate",
    "RiskPoint": "orderlib.values.incoterm",
    "Rounding": "orderlib.values.rounding",
    "RoundingRule": "orderlib.values.rounding",
    "RoundingScope": "orderlib.values.rounding",
    "Rule": "orderlib.values.dispatch",
    "SequentialIds": "orderlib.values.port",
    "Shift": "orderlib.values.shift",
    "Stamp": "orderlib.values.message",
    "SteppingClock": "orderlib.values.port",
    "TableRule": "orderlib.values.decisiontable",
    "ToStep": "orderlib.values.rounding",
    "UnaryTest": "orderlib.values.unarytest",
    "Unit": "orderlib.values.unit",
    "UnitDigits": "orderlib.values.quantity",
    "UnitPrice": "orderlib.values.rate",
    "UnitRounding": "orderlib.values.unit",
    "UnitStatus": "orderlib.values.unit",
    "Verdict": "orderlib.values.decision",
    "VetoedBy": "orderlib.values.combine",
    "View": "orderlib.values.dispatch",
    "Weekday": "orderlib.values.shift",
    "WeightOf": "orderlib.values.combine",
    "WorkingCalendar": "orderlib.values.calendar",
    "WorstOf": "orderlib.values.combine",
    "Zone": "orderlib.values.instant",
    "ZonedInstant": "orderlib.values.instant",
    "adder": "orderlib.values.twin",
    "apportion": "orderlib.values.allocation",
    "between": "orderlib.values.parameter",
    "canonical": "orderlib.values.decimals",
    "changer": "orderlib.values.twin",
    "check_currency": "orderlib.values.currency",
    "check_declared": "orderlib.values.typed",
    "conversion_factor": "orderlib.values.quantity",
    "convertible_units": "orderlib.values.unit",
    "copier": "orderlib.values.twin",
    "country_code": "orderlib.values.party",
    "couples_of": "orderlib.values.typed",
    "day": "orderlib.values.instant",
    "day_start": "orderlib.values.instant",
    "decimal": "orderlib.values.decimals",
    "declared_check": "orderlib.values.typed",
    "differences": "orderlib.values.compare",
    "easter": "orderlib.values.holiday",
    "excerpt": "orderlib.values.decimals",
    "fixed_holidays": "orderlib.values.holiday",
    "format_instant": "orderlib.values.instant",
    "from_ratio": "orderlib.values.decimals",
    "holidays_of": "orderlib.values.holiday_source",
    "instance_of": "orderlib.values.typed",
    "intersection": "orderlib.values.calendar",
    "later": "orderlib.values.instant",
    "local_day": "orderlib.values.instant",
    "maker": "orderlib.values.twin",
    "member": "orderlib.values.codelist",
    "mixed": "orderlib.values.chance",
    "of_type": "orderlib.values.parameter",
    "pairs_of": "orderlib.values.typed",
    "percent": "orderlib.values.rate",
    "plain_parts": "orderlib.values.decimals",
    "policy_ref": "orderlib.values.decision",
    "priced_currency": "orderlib.values.currency",
    "probes": "orderlib.values.unarytest",
    "quick": "orderlib.values.twin",
    "ratio": "orderlib.values.decimals",
    "rounded": "orderlib.values.rounding",
    "run_key": "orderlib.values.chance",
    "sealer": "orderlib.values.twin",
    "slot_key": "orderlib.values.chance",
    "span": "orderlib.values.parameter",
    "split_evenly": "orderlib.values.allocation",
    "sum_money": "orderlib.values.money",
    "sum_quantities": "orderlib.values.quantity",
    "text": "orderlib.values.identifier",
    "texts_of": "orderlib.values.typed",
    "time_between": "orderlib.values.instant",
    "triangular": "orderlib.values.chance",
    "tuple_of": "orderlib.values.typed",
    "type_check": "orderlib.values.typed",
    "unary_test": "orderlib.values.unarytest",
    "union": "orderlib.values.calendar",
    "unit_codes": "orderlib.values.unit",
    "values_of": "orderlib.values.typed",
    "wall_instant": "orderlib.values.instant",
    "whole": "orderlib.values.codelist",
    "whole_between": "orderlib.values.parameter",
    "withdrawn_currencies": "orderlib.values.currency",
    "zone": "orderlib.values.instant",
}
# end of door
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(__name__, _WHERE)
