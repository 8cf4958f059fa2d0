"""Intake: an order comes in, is screened, and goes back, out, or on to review.

It is received by a channel, and recognised where the customer's order number is known already. Screening says
everything at once: what is missing, wrong or forbidden, each finding with its address in the order. What went back
may be resubmitted, and lapses otherwise; a line keeps its identity by keeping its id. An order that passes is held
field by field against the confirmed proposal or the framework agreement: every difference is accepted, repriced or
returned before anybody reviews the order (ISO 9001:2015, 8.2.3). One that was only spoken is confirmed back.

    >>> from orderlib.desk import OrderDesk
    >>> from orderlib.intake import Channel, ReceiveOrder, ScreenOrder
    >>> from orderlib.order import Item, Order, OrderLine
    >>> from orderlib.values import Actor, Address, Party, Quantity
    >>> line = OrderLine("10", Item("P-7", "Pump"), Quantity(3))
    >>> buyer = Party("C1", "Waterworks", address=Address(city="Rivertown", country="DE"))
    >>> order = Order("4711", buyer, Party("S1", "Pumps Ltd"), "EUR", [line])
    >>> clerk, desk = Actor("mei", "customer-service"), OrderDesk()
    >>> case = desk.handle(ReceiveOrder(order, channel=Channel.EMAIL, by=clerk)).state
    >>> outcome = desk.handle(ScreenOrder(case.id, by=clerk))
    >>> outcome.state.state
    'returned'
    >>> for finding in outcome.decisions[0].decision.reasons:
    ...     print(finding)
    [intake.date-missing] at /lines/0/requested_period: nothing says when line 10 is wanted
    [intake.price-missing] at /lines/0/price: line 10 has no price, and none was agreed
    [intake.tax-missing] at /lines/0/tax: line 10 has no tax category
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderlib._door import lazy

# door: chosen names
if TYPE_CHECKING:
    from orderlib.intake.deviation import DeviationDecision as DeviationDecision
    from orderlib.intake.deviation import NotToOurLoss as NotToOurLoss
    from orderlib.intake.lifecycle import ConfirmationLifecycle as ConfirmationLifecycle
    from orderlib.intake.message import AcknowledgeOrder as AcknowledgeOrder
    from orderlib.intake.message import AnswerConfirmation as AnswerConfirmation
    from orderlib.intake.message import ConfirmBack as ConfirmBack
    from orderlib.intake.message import DeviationResolved as DeviationResolved
    from orderlib.intake.message import OrderAcknowledged as OrderAcknowledged
    from orderlib.intake.message import OrderConfirmationLapsed as OrderConfirmationLapsed
    from orderlib.intake.message import OrderConfirmedBack as OrderConfirmedBack
    from orderlib.intake.message import OrderConfirmedByCustomer as OrderConfirmedByCustomer
    from orderlib.intake.message import OrderDisputedByCustomer as OrderDisputedByCustomer
    from orderlib.intake.message import OrderPassedToReview as OrderPassedToReview
    from orderlib.intake.message import OrderReceived as OrderReceived
    from orderlib.intake.message import OrderRejectedAtScreening as OrderRejectedAtScreening
    from orderlib.intake.message import OrderRepriced as OrderRepriced
    from orderlib.intake.message import OrderResubmitted as OrderResubmitted
    from orderlib.intake.message import OrderReturned as OrderReturned
    from orderlib.intake.message import OrderScreened as OrderScreened
    from orderlib.intake.message import ReceiveOrder as ReceiveOrder
    from orderlib.intake.message import ResolveDeviation as ResolveDeviation
    from orderlib.intake.message import ResponseOverdue as ResponseOverdue
    from orderlib.intake.message import ResubmitOrder as ResubmitOrder
    from orderlib.intake.message import ReturnLapsed as ReturnLapsed
    from orderlib.intake.message import ReturnOrder as ReturnOrder
    from orderlib.intake.message import ScreenOrder as ScreenOrder
    from orderlib.intake.policy import DeviationPolicy as DeviationPolicy
    from orderlib.intake.policy import OrderClockPolicy as OrderClockPolicy
    from orderlib.intake.policy import RushFirst as RushFirst
    from orderlib.intake.policy import ScreeningPolicy as ScreeningPolicy
    from orderlib.intake.record import Channel as Channel
    from orderlib.intake.record import Confirmation as Confirmation
    from orderlib.intake.record import Intake as Intake
    from orderlib.intake.record import OrderDeviation as OrderDeviation
    from orderlib.intake.record import Receipt as Receipt
    from orderlib.intake.record import Resolution as Resolution
    from orderlib.intake.record import ScreeningOutcome as ScreeningOutcome
    from orderlib.intake.rules import PartyBlacklist as PartyBlacklist
    from orderlib.intake.rules import PermittedTerms as PermittedTerms
    from orderlib.intake.rules import TradeRestriction as TradeRestriction
    from orderlib.intake.rules import accurate as accurate
    from orderlib.intake.rules import complete as complete
    from orderlib.intake.rules import referenced as referenced
    from orderlib.intake.screening import EveryFinding as EveryFinding
    from orderlib.intake.submission import ScreeningRule as ScreeningRule
    from orderlib.intake.submission import Submission as Submission

__all__ = [
    "AcknowledgeOrder",
    "AnswerConfirmation",
    "Channel",
    "ConfirmBack",
    "Confirmation",
    "ConfirmationLifecycle",
    "DeviationDecision",
    "DeviationPolicy",
    "DeviationResolved",
    "EveryFinding",
    "Intake",
    "NotToOurLoss",
    "OrderAcknowledged",
    "OrderClockPolicy",
    "OrderConfirmationLapsed",
    "OrderConfirmedBack",
    "OrderConfirmedByCustomer",
    "OrderDeviation",
    "OrderDisputedByCustomer",
    "OrderPassedToReview",
    "OrderReceived",
    "OrderRejectedAtScreening",
    "OrderRepriced",
    "OrderResubmitted",
    "OrderReturned",
    "OrderScreened",
    "PartyBlacklist",
    "PermittedTerms",
    "Receipt",
    "ReceiveOrder",
    "Resolution",
    "ResolveDeviation",
    "ResponseOverdue",
    "ResubmitOrder",
    "ReturnLapsed",
    "ReturnOrder",
    "RushFirst",
    "ScreenOrder",
    "ScreeningOutcome",
    "ScreeningPolicy",
    "ScreeningRule",
    "Submission",
    "TradeRestriction",
    "accurate",
    "complete",
    "referenced",
]

_WHERE = {
    "AcknowledgeOrder": "orderlib.intake.message",
    "AnswerConfirmation": "orderlib.intake.message",
    "Channel": "orderlib.intake.record",
    "ConfirmBack": "orderlib.intake.message",
    "Confirmation": "orderlib.intake.record",
    "ConfirmationLifecycle": "orderlib.intake.lifecycle",
    "DeviationDecision": "orderlib.intake.deviation",
    "DeviationPolicy": "orderlib.intake.policy",
    "DeviationResolved": "orderlib.intake.message",
    "EveryFinding": "orderlib.intake.screening",
    "Intake": "orderlib.intake.record",
    "NotToOurLoss": "orderlib.intake.deviation",
    "OrderAcknowledged": "orderlib.intake.message",
    "OrderClockPolicy": "orderlib.intake.policy",
    "OrderConfirmationLapsed": "orderlib.intake.message",
    "OrderConfirmedBack": "orderlib.intake.message",
    "OrderConfirmedByCustomer": "orderlib.intake.message",
    "OrderDeviation": "orderlib.intake.record",
    "OrderDisputedByCustomer": "orderlib.intake.message",
    "OrderPassedToReview": "orderlib.intake.message",
    "OrderReceived": "orderlib.intake.message",
    "OrderRejectedAtScreening": "orderlib.intake.message",
    "OrderRepriced": "orderlib.intake.message",
    "OrderResubmitted": "orderlib.intake.message",
    "OrderReturned": "orderlib.intake.message",
    "OrderScreened": "orderlib.intake.message",
    "PartyBlacklist": "orderlib.intake.rules",
    "PermittedTerms": "orderlib.intake.rules",
    "Receipt": "orderlib.intake.record",
    "ReceiveOrder": "orderlib.intake.message",
    "Resolution": "orderlib.intake.record",
    "ResolveDeviation": "orderlib.intake.message",
    "ResponseOverdue": "orderlib.intake.message",
    "ResubmitOrder": "orderlib.intake.message",
    "ReturnLapsed": "orderlib.intake.message",
    "ReturnOrder": "orderlib.intake.message",
    "RushFirst": "orderlib.intake.policy",
    "ScreenOrder": "orderlib.intake.message",
    "ScreeningOutcome": "orderlib.intake.record",
    "ScreeningPolicy": "orderlib.intake.policy",
    "ScreeningRule": "orderlib.intake.submission",
    "Submission": "orderlib.intake.submission",
    "TradeRestriction": "orderlib.intake.rules",
    "accurate": "orderlib.intake.rules",
    "complete": "orderlib.intake.rules",
    "referenced": "orderlib.intake.rules",
}
# end of door
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(__name__, _WHERE)
