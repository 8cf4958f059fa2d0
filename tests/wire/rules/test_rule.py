from __future__ import annotations

from decimal import Decimal

import pytest

from orderlib.errors import FindingCode, Severity
from orderlib.wire.limits import Limits
from orderlib.wire.rules.rule import Clause, Evidence, Rule, RuleSet, Scope, UnreadableNumberError, check
from orderlib.wire.xmltree import NAMESPACES, Element, parse_xml

BROKEN = FindingCode("test.rule-broken", Severity.ERROR, "broken: {what}", "违反：{what}")
DOUBTFUL = FindingCode("test.rule-doubtful", Severity.WARNING, "doubtful", "存疑")


def tree(inside: str) -> Element:
    """An order with UBL's prefixes declared."""
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    return parse_xml(f"<Order {declared}>{inside}</Order>".encode())


def always(element: Element, _: Scope) -> Evidence:
    """Broken everywhere."""
    return {"what": element.name}


def never(_: Element, __: Scope) -> None:
    """Kept everywhere."""
    return


DOCUMENT = tree(
    "<cbc:Amount>1</cbc:Amount>"
    "<cac:Price><cbc:Amount>2</cbc:Amount><cac:Allowance><cbc:BaseAmount>3</cbc:BaseAmount></cac:Allowance></cac:Price>"
    "<cac:Amount/>"
)


@pytest.mark.parametrize(
    ("context", "found"),
    [
        ("cbc:Amount", ["/Order/Amount", "/Order/Price/Amount"]),
        ("Amount", ["/Order/Amount", "/Order/Price/Amount", "/Order/Amount"]),
        ("cac:Price/cbc:Amount", ["/Order/Price/Amount"]),
        ("cac:Price/cbc:*", ["/Order/Price/Amount"]),
        ("cbc:*Amount", ["/Order/Amount", "/Order/Price/Amount", "/Order/Price/Allowance/BaseAmount"]),
        ("/*", ["/Order"]),
        ("/Order", ["/Order"]),
        ("/Invoice", []),
        ("/*/cbc:Amount", ["/Order/Amount"]),
        ("/cbc:Amount", []),
        ("Order/Price/Allowance/BaseAmount", ["/Order/Price/Allowance/BaseAmount"]),
        ("x/Order", []),
        ("/*/cbc:Amount | cac:Price", ["/Order/Amount", "/Order/Price"]),
        ("cbc:* | cbc:Amount", ["/Order/Amount", "/Order/Price/Amount", "/Order/Price/Allowance/BaseAmount"]),
    ],
)
def test_a_rule_applies_where_its_context_says(context: str, found: list[str]) -> None:
    """Each node once, in document order."""
    findings = check(DOCUMENT, [Rule(BROKEN, context, always)])
    assert [finding.address for finding in findings] == found


def test_a_finding_carries_code_evidence_and_both_languages() -> None:
    """As its code declares them."""
    (finding,) = check(DOCUMENT, [Rule(BROKEN, "cac:Price", always)])
    assert (finding.code, finding.message(), finding.message("zh")) == (BROKEN.code, "broken: Price", "违反：Price")


def test_a_rule_that_holds_says_nothing() -> None:
    """None is assent; even empty evidence is a breach."""
    assert check(DOCUMENT, [Rule(BROKEN, "/*", never)]) == ()
    assert len(check(DOCUMENT, [Rule(BROKEN, "/*", lambda *_: {})])) == 1


def test_a_part_of_a_document_can_be_checked() -> None:
    """Its contexts reach up to what surrounds it, its addresses come from the root."""
    price = DOCUMENT.children[1]
    findings = check(price, [Rule(BROKEN, "/*/cac:Price | cbc:Amount", always)])
    assert [finding.address for finding in findings] == ["/Order/Price", "/Order/Price/Amount"]


def test_numbers_are_exact_and_bounded() -> None:
    """A number with too many digits or of another form silences the rule that needs it."""
    scope = Scope(tree(""), Limits(max_digits=5))
    for text in ("1", "-1.5", "+.5", "5.", " 12345 ", "-1234.5"):
        assert scope.number(tree(f"<cbc:A>{text}</cbc:A>").children[0]) == Decimal(text.strip())
    for text in ("", "x", "1e3", "NaN", "INF", "1,5", "123456", "1 2", "١", "--1", "-", ".", "0" * 1000):
        assert not scope.readable(text)
        with pytest.raises(UnreadableNumberError):
            scope.number(tree(f"<cbc:A>{text}</cbc:A>").children[0])


def test_a_rule_that_cannot_read_its_number_is_silent() -> None:
    """Another rule names the number."""

    def needs_a_number(element: Element, scope: Scope) -> Evidence:
        return {"what": scope.number(element)}

    findings = check(tree("<cbc:A>x</cbc:A><cbc:A>7.10</cbc:A>"), [Rule(BROKEN, "cbc:A", needs_a_number)])
    assert [dict(finding.evidence) for finding in findings] == [{"what": "7.10"}]


def test_numbers_are_found_along_steps() -> None:
    """None or nought where there is none."""
    order, scope = tree("<cbc:A>2</cbc:A>"), Scope(DOCUMENT, Limits())
    assert (scope.number_at(order, "cbc:A"), scope.number_at(order, "cbc:B")) == (2, None)
    assert (scope.amount(order, "cbc:A"), scope.amount(order, "cbc:B")) == (2, 0)
    assert scope.sum(order.all("cbc:A") * 3) == 6


def test_a_fact_of_the_document_is_worked_out_once() -> None:
    """However many rules ask for it."""
    asked: list[str] = []

    def fact(scope: Scope) -> int:
        asked.append(scope.root.name)
        return len(asked)

    rule = Rule(BROKEN, "cbc:*", lambda _, scope: {"what": scope.fact(fact)})
    findings = check(DOCUMENT, [rule])
    assert len(findings) == 3
    assert {dict(finding.evidence)["what"] for finding in findings} == {"1"}


def test_arithmetic_of_rules_does_not_depend_on_the_callers_precision() -> None:
    """Sums of long numbers are exact."""
    order = tree("<cbc:A>1234567890123456789012345678901234567.89</cbc:A><cbc:A>0.01</cbc:A>")
    rule = Rule(BROKEN, "/*", lambda root, scope: {"what": scope.sum(root.children)})
    assert check(order, [rule])[0].message() == "broken: 1234567890123456789012345678901234567.90"


def test_findings_are_listed_up_to_the_limit_errors_first() -> None:
    """What is left out is counted."""
    order = tree("<cbc:A/>" * 3 + "<cbc:B/>" * 2)
    rules = [Rule(DOUBTFUL, "cbc:A", always), Rule(BROKEN, "cbc:B", always)]
    codes = [finding.code for finding in check(order, rules, Limits(max_faults=3))]
    assert codes == [DOUBTFUL.code, BROKEN.code, BROKEN.code, "ubl.more-findings"]
    assert "2 more" in check(order, rules, Limits(max_faults=3))[-1].message()
    assert [finding.code for finding in check(order, rules, Limits(max_faults=5))][-1] == BROKEN.code


def test_evidence_is_cut_short() -> None:
    """A text of a stranger does not fill the report."""
    rule = Rule(BROKEN, "/*", lambda *_: {"what": "x" * 1000})
    assert len(check(DOCUMENT, [rule])[0].message()) < 250


def test_a_clause_becomes_a_rule_by_its_code() -> None:
    """The severity may be changed with it."""
    clause = Clause("/*", never, "en", "zh")
    assert clause.named("test.one").code == FindingCode("test.one", Severity.ERROR, "en", "zh")
    assert clause.named("test.two", Severity.INFO).code.severity is Severity.INFO


def test_a_rule_set_knows_its_codes() -> None:
    """So that one can ask whether a rule is kept."""
    rules = RuleSet("some", (Rule(BROKEN, "cbc:A", always), Rule(DOUBTFUL, "cbc:*", always)))
    assert rules.codes == {BROKEN.code, DOUBTFUL.code}
    assert len(rules.applying_to(tree("<cbc:A/>").children[0])) == 2
