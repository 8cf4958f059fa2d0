"""Enquiry: what the customer needs, what we offer, and what both sides agree on.

Requirements say what, how much, when and where. Analysis looks for gaps, ambiguity and what cannot be done, and asks
the customer; a question has an owner and a due date. Alternatives are offered side by side, each with its content, its
price and its end; the customer confirms exactly one, which becomes the baseline that the order is held against, and
the others stand no more. What nobody answers lapses.

    >>> from orderlib.desk import OrderDesk
    >>> from orderlib.enquiry import AnalyseEnquiry, AnswerQuestion, OpenEnquiry, Requirement
    >>> from orderlib.values import Actor, Address, DayPeriod, Party, Quantity
    >>> customer = Party("C1", "Waterworks", address=Address(city="Rivertown", country="DE"))
    >>> wanted = Requirement("R1", "Pump, 40 l/s, stainless", None, DayPeriod(None, "2126-05-29"))
    >>> sam, desk = Actor("sam", "sales"), OrderDesk()
    >>> case = desk.handle(OpenEnquiry(customer, [wanted], by=sam)).state
    >>> case = desk.handle(AnalyseEnquiry(case.id, by=sam)).state
    >>> [question.wording for question in case.enquiry.open_questions]
    ['how much is wanted?']
    >>> full = Requirement("R1", wanted.specification, Quantity(3), wanted.wanted)
    >>> case = desk.handle(AnswerQuestion(case.id, "Q1", "three", full, by=sam)).state
    >>> case = desk.handle(AnalyseEnquiry(case.id, by=sam)).state
    >>> case.enquiry.requirements["R1"].state
    'clear'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderlib._door import lazy

# door: chosen names
if TYPE_CHECKING:
    from orderlib.enquiry.analysis import AnalysisDecision as AnalysisDecision
    from orderlib.enquiry.analysis import CompleteAndUnambiguous as CompleteAndUnambiguous
    from orderlib.enquiry.clock import ClockDecision as ClockDecision
    from orderlib.enquiry.clock import Urgency as Urgency
    from orderlib.enquiry.lifecycle import ProposalLifecycle as ProposalLifecycle
    from orderlib.enquiry.lifecycle import QuestionLifecycle as QuestionLifecycle
    from orderlib.enquiry.lifecycle import RequirementLifecycle as RequirementLifecycle
    from orderlib.enquiry.message import AddRequirement as AddRequirement
    from orderlib.enquiry.message import AnalyseEnquiry as AnalyseEnquiry
    from orderlib.enquiry.message import AnswerQuestion as AnswerQuestion
    from orderlib.enquiry.message import AskQuestion as AskQuestion
    from orderlib.enquiry.message import ConfirmProposal as ConfirmProposal
    from orderlib.enquiry.message import DeclineEnquiry as DeclineEnquiry
    from orderlib.enquiry.message import DeclineProposal as DeclineProposal
    from orderlib.enquiry.message import DraftProposal as DraftProposal
    from orderlib.enquiry.message import EnquiryAnalysed as EnquiryAnalysed
    from orderlib.enquiry.message import EnquiryClockSet as EnquiryClockSet
    from orderlib.enquiry.message import EnquiryDeclined as EnquiryDeclined
    from orderlib.enquiry.message import EnquiryExpired as EnquiryExpired
    from orderlib.enquiry.message import EnquiryOpened as EnquiryOpened
    from orderlib.enquiry.message import EnquiryResponseOverdue as EnquiryResponseOverdue
    from orderlib.enquiry.message import OpenEnquiry as OpenEnquiry
    from orderlib.enquiry.message import ProposalConfirmed as ProposalConfirmed
    from orderlib.enquiry.message import ProposalDeclined as ProposalDeclined
    from orderlib.enquiry.message import ProposalDrafted as ProposalDrafted
    from orderlib.enquiry.message import ProposalExpired as ProposalExpired
    from orderlib.enquiry.message import ProposalRevised as ProposalRevised
    from orderlib.enquiry.message import ProposalSubmitted as ProposalSubmitted
    from orderlib.enquiry.message import ProposalSuperseded as ProposalSuperseded
    from orderlib.enquiry.message import ProposalWithdrawn as ProposalWithdrawn
    from orderlib.enquiry.message import ProposeOffer as ProposeOffer
    from orderlib.enquiry.message import QuestionAnswered as QuestionAnswered
    from orderlib.enquiry.message import QuestionAsked as QuestionAsked
    from orderlib.enquiry.message import QuestionLapsed as QuestionLapsed
    from orderlib.enquiry.message import QuestionWithdrawn as QuestionWithdrawn
    from orderlib.enquiry.message import RequirementAdded as RequirementAdded
    from orderlib.enquiry.message import RequirementRevised as RequirementRevised
    from orderlib.enquiry.message import RequirementWithdrawn as RequirementWithdrawn
    from orderlib.enquiry.message import ReviseProposal as ReviseProposal
    from orderlib.enquiry.message import ReviseRequirement as ReviseRequirement
    from orderlib.enquiry.message import WithdrawProposal as WithdrawProposal
    from orderlib.enquiry.message import WithdrawRequirement as WithdrawRequirement
    from orderlib.enquiry.policy import AnalysisPolicy as AnalysisPolicy
    from orderlib.enquiry.policy import EnquiryClockPolicy as EnquiryClockPolicy
    from orderlib.enquiry.policy import SoonestFirst as SoonestFirst
    from orderlib.enquiry.policy import UntilWanted as UntilWanted
    from orderlib.enquiry.policy import ValidityDecision as ValidityDecision
    from orderlib.enquiry.policy import ValidityPolicy as ValidityPolicy
    from orderlib.enquiry.record import AnalysisOutcome as AnalysisOutcome
    from orderlib.enquiry.record import Baseline as Baseline
    from orderlib.enquiry.record import Enquiry as Enquiry
    from orderlib.enquiry.record import Issue as Issue
    from orderlib.enquiry.record import Proposal as Proposal
    from orderlib.enquiry.record import Question as Question
    from orderlib.enquiry.record import Requirement as Requirement
    from orderlib.enquiry.record import Validity as Validity

__all__ = [
    "AddRequirement",
    "AnalyseEnquiry",
    "AnalysisDecision",
    "AnalysisOutcome",
    "AnalysisPolicy",
    "AnswerQuestion",
    "AskQuestion",
    "Baseline",
    "ClockDecision",
    "CompleteAndUnambiguous",
    "ConfirmProposal",
    "DeclineEnquiry",
    "DeclineProposal",
    "DraftProposal",
    "Enquiry",
    "EnquiryAnalysed",
    "EnquiryClockPolicy",
    "EnquiryClockSet",
    "EnquiryDeclined",
    "EnquiryExpired",
    "EnquiryOpened",
    "EnquiryResponseOverdue",
    "Issue",
    "OpenEnquiry",
    "Proposal",
    "ProposalConfirmed",
    "ProposalDeclined",
    "ProposalDrafted",
    "ProposalExpired",
    "ProposalLifecycle",
    "ProposalRevised",
    "ProposalSubmitted",
    "ProposalSuperseded",
    "ProposalWithdrawn",
    "ProposeOffer",
    "Question",
    "QuestionAnswered",
    "QuestionAsked",
    "QuestionLapsed",
    "QuestionLifecycle",
    "QuestionWithdrawn",
    "Requirement",
    "RequirementAdded",
    "RequirementLifecycle",
    "RequirementRevised",
    "RequirementWithdrawn",
    "ReviseProposal",
    "ReviseRequirement",
    "SoonestFirst",
    "UntilWanted",
    "Urgency",
    "Validity",
    "ValidityDecision",
    "ValidityPolicy",
    "WithdrawProposal",
    "WithdrawRequirement",
]

_WHERE = {
    "AddRequirement": "orderlib.enquiry.message",
    "AnalyseEnquiry": "orderlib.enquiry.message",
    "AnalysisDecision": "orderlib.enquiry.analysis",
    "AnalysisOutcome": "orderlib.enquiry.record",
    "AnalysisPolicy": "orderlib.enquiry.policy",
    "AnswerQuestion": "orderlib.enquiry.message",
    "AskQuestion": "orderlib.enquiry.message",
    "Baseline": "orderlib.enquiry.record",
    "ClockDecision": "orderlib.enquiry.clock",
    "CompleteAndUnambiguous": "orderlib.enquiry.analysis",
    "ConfirmProposal": "orderlib.enquiry.message",
    "DeclineEnquiry": "orderlib.enquiry.message",
    "DeclineProposal": "orderlib.enquiry.message",
    "DraftProposal": "orderlib.enquiry.message",
    "Enquiry": "orderlib.enquiry.record",
    "EnquiryAnalysed": "orderlib.enquiry.message",
    "EnquiryClockPolicy": "orderlib.enquiry.policy",
    "EnquiryClockSet": "orderlib.enquiry.message",
    "EnquiryDeclined": "orderlib.enquiry.message",
    "EnquiryExpired": "orderlib.enquiry.message",
    "EnquiryOpened": "orderlib.enquiry.message",
    "EnquiryResponseOverdue": "orderlib.enquiry.message",
    "Issue": "orderlib.enquiry.record",
    "OpenEnquiry": "orderlib.enquiry.message",
    "Proposal": "orderlib.enquiry.record",
    "ProposalConfirmed": "orderlib.enquiry.message",
    "ProposalDeclined": "orderlib.enquiry.message",
    "ProposalDrafted": "orderlib.enquiry.message",
    "ProposalExpired": "orderlib.enquiry.message",
    "ProposalLifecycle": "orderlib.enquiry.lifecycle",
    "ProposalRevised": "orderlib.enquiry.message",
    "ProposalSubmitted": "orderlib.enquiry.message",
    "ProposalSuperseded": "orderlib.enquiry.message",
    "ProposalWithdrawn": "orderlib.enquiry.message",
    "ProposeOffer": "orderlib.enquiry.message",
    "Question": "orderlib.enquiry.record",
    "QuestionAnswered": "orderlib.enquiry.message",
    "QuestionAsked": "orderlib.enquiry.message",
    "QuestionLapsed": "orderlib.enquiry.message",
    "QuestionLifecycle": "orderlib.enquiry.lifecycle",
    "QuestionWithdrawn": "orderlib.enquiry.message",
    "Requirement": "orderlib.enquiry.record",
    "RequirementAdded": "orderlib.enquiry.message",
    "RequirementLifecycle": "orderlib.enquiry.lifecycle",
    "RequirementRevised": "orderlib.enquiry.message",
    "RequirementWithdrawn": "orderlib.enquiry.message",
    "ReviseProposal": "orderlib.enquiry.message",
    "ReviseRequirement": "orderlib.enquiry.message",
    "SoonestFirst": "orderlib.enquiry.policy",
    "UntilWanted": "orderlib.enquiry.policy",
    "Urgency": "orderlib.enquiry.clock",
    "Validity": "orderlib.enquiry.record",
    "ValidityDecision": "orderlib.enquiry.policy",
    "ValidityPolicy": "orderlib.enquiry.policy",
    "WithdrawProposal": "orderlib.enquiry.message",
    "WithdrawRequirement": "orderlib.enquiry.message",
}
# end of door
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(__name__, _WHERE)
