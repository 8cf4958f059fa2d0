"""What could it cost us? Credit, trade restrictions, and risks that the order shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Final

import attrs

from orderlib.errors import Finding, FindingCode, InvalidValueError, Severity
from orderlib.order.record import Order
from orderlib.review.advice import Recommendation, RiskDraft
from orderlib.review.amount import percent_of, rates_of
from orderlib.review.condition import CUSTOMER, ConditionDraft
from orderlib.review.policy import AssessmentDecision, Circumstances
from orderlib.review.record import Opinion
from orderlib.risk.record import Rating, RiskCause
from orderlib.values.decimals import decimal
from orderlib.values.dispatch import Gate
from orderlib.values.instant import later
from orderlib.values.parameter import between, span, whole_between
from orderlib.values.party import country_code
from orderlib.values.typed import pairs_of, tuple_of

__all__ = ["NoRestrictedTrade", "RiskWithinAppetite", "WithinCreditLimit"]

NO_ACCOUNT: Final = FindingCode(
    "assess.no-account", Severity.WARNING, "{buyer} has no account with a credit limit", "{buyer} 没有授信账户"
)
NO_RATE: Final = FindingCode(
    "assess.credit-no-rate",
    Severity.WARNING,
    "no rate leads from {source} to {target}",
    "缺少从 {source} 到 {target} 的汇率",
)
BLOCKED: Final = FindingCode(
    "assess.credit-blocked", Severity.ERROR, "the account of {buyer} is blocked", "{buyer} 的账户已冻结"
)
DUNNED: Final = FindingCode(
    "assess.credit-dunned", Severity.WARNING, "{buyer} is at dunning level {level}", "{buyer} 处于催款级别 {level}"
)
CREDIT: Final = FindingCode(
    "assess.credit",
    Severity.INFO,
    "after this order {available} of {limit} is left",
    "本订单后，额度 {limit} 剩余 {available}",
)
RESTRICTED: Final = FindingCode(
    "assess.party-restricted", Severity.ERROR, "{party} is on a restriction list", "{party} 在限制名单上"
)
EMBARGO: Final = FindingCode(
    "assess.country-embargoed", Severity.ERROR, "nothing may be sent to {country}", "禁止向 {country} 出口"
)
LICENCE: Final = FindingCode(
    "assess.licence-needed",
    Severity.WARNING,
    "{item} needs a licence for {country}",
    "{item} 出口到 {country} 需要许可证",
)
COUNTRY_UNKNOWN: Final = FindingCode(
    "assess.country-unknown", Severity.WARNING, "the country of {party} is not known", "{party} 的国家未知"
)
PLACE_UNKNOWN: Final = FindingCode(
    "assess.place-unknown",
    Severity.WARNING,
    "a place of delivery names a country by no code",
    "某交货地点的国家不是有效代码",
)
TRADE_FREE: Final = FindingCode(
    "assess.trade-free", Severity.INFO, "no restriction applies to {countries}", "{countries} 不受限制"
)
EXPECTED_LOSS: Final = FindingCode(
    "assess.expected-loss",
    Severity.INFO,
    "{share} % of the value is at risk; {limit} % is bearable",
    "金额的 {share} % 面临风险，可承受 {limit} %",
)
RISK_SEEN: Final = FindingCode(
    "assess.risk",
    Severity.INFO,
    "{title}: likelihood {likelihood}, consequence {consequence}",
    "{title}：可能性 {likelihood}，后果 {consequence}",
)


@attrs.frozen(kw_only=True)
class WithinCreditLimit:
    """Credit: what the customer owes, with this order, stays within the limit.

    A blocked account rejects. Beyond the limit, or from dunning level `dunned` on, what exceeds it is to be paid
    before production. Without an account or a limit a person has to look.
    """

    dunned: int = attrs.field(default=2, validator=whole_between(0, 99))

    def __call__(self, order: Order, circumstances: Circumstances, /) -> AssessmentDecision:
        """By the credit that is left after the order."""
        credit, buyer = circumstances.credit, order.buyer.id
        if credit is None or credit.limit is None:
            return AssessmentDecision(Opinion.REVIEW, (NO_ACCOUNT("/buyer", buyer=buyer),))
        if credit.blocked:
            return AssessmentDecision(Opinion.REJECT, (BLOCKED("/buyer", buyer=buyer),))
        try:
            after = credit.after(order.total, rates_of(order, circumstances.facts))
        except InvalidValueError:
            unknown = NO_RATE("/currency", source=order.currency, target=credit.currency)
            return AssessmentDecision(Opinion.REVIEW, (unknown,))
        left = after.available
        said = CREDIT("/total", available=left, limit=credit.limit)
        if left is not None and left.minor < 0:
            text = f"{-left} are paid before production"
            return self._prepaid(text, (said,))
        if credit.dunning_level >= self.dunned:
            late = DUNNED("/buyer", buyer=buyer, level=credit.dunning_level)
            return self._prepaid(f"{order.total} are paid before production", (late, said))
        return AssessmentDecision(Opinion.ACCEPT, (said,))

    def _prepaid(self, text: str, reasons: tuple[Finding, ...]) -> AssessmentDecision:
        return AssessmentDecision(
            Opinion.CONDITIONS,
            reasons,
            reasons[-1:],
            conditions=(ConditionDraft(wording=text, owner=CUSTOMER, gate=Gate.PRODUCE, within=timedelta(days=30)),),
            risks=(RiskDraft("The customer does not pay", RiskCause.CUSTOMER, Rating(3, 4), "finance"),),
        )


def _parties(given: Iterable[str]) -> frozenset[str]:
    return frozenset(tuple_of(str, given, "/parties"))


def _countries(given: Iterable[str]) -> frozenset[str]:
    return frozenset(country_code(each, address="/countries") for each in tuple_of(str, given, "/countries"))


def _licences(given: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    pairs = pairs_of(given, "/licences")
    return frozenset((article, country_code(country, address="/licences")) for article, country in pairs)


@attrs.frozen(kw_only=True)
class NoRestrictedTrade:
    """Trade: nobody on a list, no country under embargo, no article without the licence that its country asks for.

    `parties` are party ids, `countries` ISO 3166-1 codes; `licences` pairs of an article (its id or its
    classification) and a country, of which the fact `licence/<article>/<country>` says `yes` where one is held. The
    lists are the application's: empty ones restrict nothing, but a party whose country is not known needs a person.
    """

    parties: frozenset[str] = attrs.field(default=frozenset(), converter=_parties)
    countries: frozenset[str] = attrs.field(default=frozenset(), converter=_countries)
    licences: frozenset[tuple[str, str]] = attrs.field(default=frozenset(), converter=_licences)

    def __call__(self, order: Order, circumstances: Circumstances, /) -> AssessmentDecision:
        """Every restriction that applies."""
        parties = [
            ("/seller", order.seller),
            ("/buyer", order.buyer),
            ("/delivery/recipient", order.delivery.recipient),
        ]
        listed = [
            RESTRICTED(address, party=party.id)
            for address, party in parties
            if party is not None and party.id in self.parties
        ]
        unknown, sought = self._countries(order)
        listed += [EMBARGO("/delivery", country=country) for country in sought if country in self.countries]
        if listed:
            return AssessmentDecision(Opinion.REJECT, tuple(listed))
        needed = tuple(self._licences(order, sought, circumstances))
        free = TRADE_FREE("/delivery", countries=", ".join(sought) or "-")
        if unknown:
            return AssessmentDecision(Opinion.REVIEW, (*unknown, *(finding for finding, _ in needed)), (free,))
        if needed:
            drafts = tuple(dict.fromkeys(draft for _, draft in needed))
            return AssessmentDecision(Opinion.CONDITIONS, tuple(f for f, _ in needed), (free,), conditions=drafts)
        return AssessmentDecision(Opinion.ACCEPT, (free,))

    def _countries(self, order: Order) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
        """Findings on parties without a country, and every country that the order has to do with."""
        parties = [("/buyer", order.buyer)]
        if order.delivery.recipient is not None:
            parties.append(("/delivery/recipient", order.delivery.recipient))
        unknown = tuple(COUNTRY_UNKNOWN(address, party=party.id) for address, party in parties if not party.country)
        places = [order.delivery.address, *(line.delivery_place for line in order.lines)]
        codes = [place.country_code for place in places if place is not None and place.country]
        if not all(codes):
            unknown = (*unknown, PLACE_UNKNOWN("/delivery/address/country"))
        found = [*(party.country for _, party in parties), *codes]
        return unknown, tuple(dict.fromkeys(country for country in found if country))

    def _licences(
        self, order: Order, countries: tuple[str, ...], seen: Circumstances
    ) -> Iterator[tuple[Finding, ConditionDraft]]:
        for line in order.lines if self.licences else ():
            for article in (line.item.id, line.item.classification):
                for country in countries:
                    held = seen.facts.other.get(f"licence/{article}/{country}") == "yes"
                    if (article, country) in self.licences and not held:
                        finding = LICENCE(f"/lines/{line.id}/item", item=article, country=country)
                        text = f"The licence for {article} to {country} is granted"
                        yield finding, ConditionDraft(wording=text, owner="legal", gate=Gate.DESPATCH)


@attrs.frozen(kw_only=True)
class RiskWithinAppetite:
    """Risk: what the register holds and what the order itself shows, as a share of its value.

    A risk puts (likelihood/5) × (consequence/5) of the value at stake; the gravest counts. Up to `appetite` percent
    is borne; up to `most` the risk is to be treated before release; above it the order is rejected. The order shows
    a risk where the customer is not known to us, and where goods are wanted within `short` of the moment.
    """

    appetite: Decimal = attrs.field(default=Decimal(10), converter=decimal, validator=between(0, 100))
    most: Decimal = attrs.field(default=Decimal(60), converter=decimal, validator=between(0, 100))
    short: timedelta = attrs.field(default=timedelta(days=5), validator=span())

    def __call__(self, order: Order, circumstances: Circumstances, /) -> AssessmentDecision:
        """By the gravest risk."""
        shown = tuple(self._shown(order, circumstances))
        graded = [(draft.title, draft.rating, draft.owner) for draft in shown]
        graded += [(risk.title, risk.rating, risk.owner) for risk in circumstances.risks]
        graded.sort(key=lambda each: (-each[1].score, each[0]))
        gravest = graded[0][1].score if graded else 0
        share = Fraction(gravest, 25)
        seen = tuple(
            RISK_SEEN("/risks", title=title, likelihood=rating.likelihood, consequence=rating.consequence)
            for title, rating, _ in graded
        )
        said = EXPECTED_LOSS("/total", share=percent_of(share), limit=self.appetite)
        if share * 100 <= Fraction(self.appetite):
            return AssessmentDecision(Opinion.ACCEPT, (said, *seen), risks=shown)
        title, _, owner = graded[0]
        if share * 100 > Fraction(self.most):
            over = EXPECTED_LOSS("/total", share=percent_of(share), limit=self.most, severity=Severity.ERROR)
            return AssessmentDecision(Opinion.REJECT, (over, *seen), (said,), risks=shown)
        treat = ConditionDraft(wording=f"The risk is treated: {title}", owner=owner or "sales", gate=Gate.RELEASE)
        plan = Recommendation(f"Treat the risk: {title}", owner or "sales", "a treatment is chosen and under way")
        return AssessmentDecision(
            Opinion.CONDITIONS, (said, *seen), (said,), conditions=(treat,), risks=shown, recommendations=(plan,)
        )

    def _shown(self, order: Order, seen: Circumstances) -> Iterator[RiskDraft]:
        if seen.credit is None:
            yield RiskDraft("The customer is new to us", RiskCause.CUSTOMER, Rating(1, 2), "sales")
        wanted = order.requested_on
        if wanted is not None and wanted <= later(seen.at, self.short).date():
            yield RiskDraft("The goods are wanted at short notice", RiskCause.SUPPLY, Rating(3, 3), "planning")
