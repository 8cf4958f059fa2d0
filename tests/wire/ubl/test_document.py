from __future__ import annotations

import pytest

from orderlib.errors import Finding, InvalidValueError, Severity
from orderlib.wire.rules import RULE_SETS
from orderlib.wire.rules.ubl import ARITHMETIC_RULES
from orderlib.wire.ubl.document import SUM_CODES, LineResponse, OrderDocument, refusals


def test_only_errors_that_are_no_sums_refuse():
    """Warnings are told, and so are sums of any weight."""
    errors = Finding("ubl.element-missing"), Finding("PEPPOL-T01-R008"), Finding("x", Severity.WARNING)
    assert refusals(errors) == errors[:1]
    document = OrderDocument(findings=errors)
    assert document.refusals == errors[:1]
    assert not document.adds_up


def test_the_codes_of_sums_are_codes_of_rules():
    """Each is one that a rule set or the comparison of totals gives."""
    known = {code for rules in RULE_SETS.values() for code in rules.codes}
    known |= {rule.code.code for rule in ARITHMETIC_RULES}
    assert {code for code in SUM_CODES if not code.startswith("totals.")} <= known
    assert {rule.code.code for rule in ARITHMETIC_RULES} - SUM_CODES == {
        "ubl.currency-mixed",
        "ubl.line-id-repeated",
        "ubl.total-leaves-tax-out",
    }


def test_an_action_is_a_code_of_its_list():
    """Given as a code or as a member."""
    assert LineResponse("1", "1", "3").action == "3"
    with pytest.raises(InvalidValueError, match=r"code\.unknown"):
        LineResponse("1", "1", "9")
