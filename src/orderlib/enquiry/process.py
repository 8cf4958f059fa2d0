"""The rules of an enquiry; what is decided stands in `requirement` and `proposal`, what follows in `fold`, what
lapses in `turn`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from orderlib.enquiry import proposal, requirement
from orderlib.enquiry.fold import FOLDS
from orderlib.enquiry.message import (
    AddRequirement,
    AnalyseEnquiry,
    AnswerQuestion,
    AskQuestion,
    ConfirmProposal,
    DeclineEnquiry,
    DeclineProposal,
    DraftProposal,
    OpenEnquiry,
    ProposeOffer,
    ReviseProposal,
    ReviseRequirement,
    WithdrawProposal,
    WithdrawRequirement,
)
from orderlib.enquiry.slice import EnquiryCase
from orderlib.enquiry.table import PROPOSAL, REQUIREMENT
from orderlib.enquiry.turn import lapse
from orderlib.values.dispatch import Rule

__all__ = ["FOLDS", "RULES", "lapse"]

_OPEN: Final = frozenset({"enquired", "proposed"})


def _subject(case: EnquiryCase) -> Iterator[str]:
    """The enquiry itself, as long as nothing is confirmed."""
    if case.enquiry is not None and case.enquiry.baseline is None:
        yield "enquiry"


def _requirements(move: str) -> Any:
    def about(case: EnquiryCase) -> Iterator[str]:
        enquiry = case.enquiry
        if enquiry is not None and enquiry.baseline is None:
            yield from (each.id for each in enquiry.requirements if move in REQUIREMENT.moves[each.state])

    return about


def _proposals(move: str) -> Any:
    def about(case: EnquiryCase) -> Iterator[str]:
        enquiry = case.enquiry
        if enquiry is not None and enquiry.baseline is None:
            yield from (each.id for each in enquiry.proposals if move in PROPOSAL.moves[each.state])

    return about


def _to_analyse(case: EnquiryCase) -> Iterator[str]:
    enquiry = case.enquiry
    if enquiry is not None and enquiry.baseline is None:
        yield from (each.id for each in enquiry.requirements if each.state == "stated")


def _to_answer(case: EnquiryCase) -> Iterator[str]:
    enquiry = case.enquiry
    if enquiry is not None and enquiry.baseline is None:
        yield from (each.id for each in enquiry.open_questions)


def _to_offer(case: EnquiryCase) -> Iterator[str]:
    """The requirements that an offer could answer, once all of them are clear."""
    enquiry = case.enquiry
    if enquiry is not None and enquiry.baseline is None and all(each.state == "clear" for each in enquiry.active):
        yield from (each.id for each in enquiry.active)


RULES: Final[tuple[Rule[Any], ...]] = (
    Rule(command=OpenEnquiry, handle=requirement.open_enquiry, moves=("enquire",), stage="enquiry"),
    Rule(command=AddRequirement, handle=requirement.add, states=_OPEN, stage="enquiry", about=_subject),
    Rule(
        command=ReviseRequirement,
        handle=requirement.revise,
        states=_OPEN,
        stage="enquiry",
        about=_requirements("revise"),
    ),
    Rule(
        command=WithdrawRequirement,
        handle=requirement.withdraw,
        states=_OPEN,
        stage="enquiry",
        about=_requirements("withdraw"),
    ),
    Rule(command=AskQuestion, handle=requirement.ask, states=_OPEN, stage="enquiry", about=_subject),
    Rule(command=AnswerQuestion, handle=requirement.answer, states=_OPEN, stage="enquiry", about=_to_answer),
    # an enquiry of which nothing is feasible is declined
    Rule(command=AnalyseEnquiry, handle=requirement.analyse, states=_OPEN, stage="enquiry", about=_to_analyse),
    Rule(command=DraftProposal, handle=proposal.draft, states=_OPEN, stage="enquiry", about=_to_offer),
    Rule(command=ProposeOffer, handle=proposal.propose, moves=("propose",), stage="enquiry", about=_to_offer),
    Rule(command=ReviseProposal, handle=proposal.revise, states=_OPEN, stage="enquiry", about=_proposals("revise")),
    Rule(
        command=WithdrawProposal,
        handle=proposal.withdraw,
        states=_OPEN,
        stage="enquiry",
        about=_proposals("withdraw"),
    ),
    Rule(command=ConfirmProposal, handle=proposal.confirm, states=_OPEN, stage="enquiry", about=_proposals("accept")),
    Rule(command=DeclineProposal, handle=proposal.decline, states=_OPEN, stage="enquiry", about=_proposals("decline")),
    Rule(command=DeclineEnquiry, handle=proposal.decline_enquiry, states=_OPEN, stage="enquiry", about=_subject),
)
