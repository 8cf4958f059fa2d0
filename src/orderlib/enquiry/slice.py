"""The slice of a case and of a policy set that an enquiry looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from orderlib.enquiry.record import Enquiry
from orderlib.errors import FindingCode, RefusedError, Severity

if TYPE_CHECKING:
    from orderlib.enquiry.policy import AnalysisPolicy, EnquiryClockPolicy, ValidityPolicy

__all__ = ["EnquiryCase", "EnquiryPolicies", "enquiry_of", "open_enquiry_of"]

NO_ENQUIRY: Final = FindingCode("enquiry.none", Severity.ERROR, "the case has no enquiry", "该案例没有询价")
CONFIRMED: Final = FindingCode(
    "enquiry.confirmed",
    Severity.ERROR,
    "the customer has confirmed proposal {proposal}; what is wanted beyond it comes with the order",
    "客户已确认报价 {proposal}；其余要求须随订单提出",
)


class EnquiryCase(Protocol):
    """The part of a case that an enquiry looks at."""

    @property
    def state(self) -> str:
        """Where the order stands in its commercial life."""
        ...

    @property
    def enquiry(self) -> Enquiry | None:
        """The enquiry, once there is one."""
        ...


class EnquiryPolicies(Protocol):
    """The policies that an enquiry asks."""

    @property
    def analysis(self) -> AnalysisPolicy:
        """Whether requirements are ready to be offered for."""
        ...

    @property
    def proposal_validity(self) -> ValidityPolicy:
        """How long an offer stands."""
        ...

    @property
    def enquiry_clock(self) -> EnquiryClockPolicy:
        """How soon to answer, how long to wait."""
        ...


def enquiry_of(case: EnquiryCase) -> Enquiry:
    """The enquiry of a case; raises `RefusedError` (`enquiry.none`): one that was adopted may have none."""
    if case.enquiry is None:
        raise RefusedError(NO_ENQUIRY("/enquiry"))
    return case.enquiry


def open_enquiry_of(case: EnquiryCase) -> Enquiry:
    """The enquiry, as long as nothing is confirmed; raises `RefusedError` (`enquiry.none`, `enquiry.confirmed`)."""
    enquiry = enquiry_of(case)
    if enquiry.baseline is not None:
        raise RefusedError(CONFIRMED("/enquiry/baseline", proposal=enquiry.baseline.proposal_id))
    return enquiry
