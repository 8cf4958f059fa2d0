"""Payment terms of other people's systems come out as theirs, day by day and cent by cent."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal

import pytest

from orderlib.errors import InvalidValueError
from orderlib.order.payment import DueRule, Instalment, PaymentTerms, due_dates
from orderlib.values.money import Money

pytestmark = pytest.mark.conformance

SHARES = {"percent_of_total": "total", "percent_of_remainder": "remainder"}
FIELDS = {"set_day": "day_of_month", "set_month": "month", "set_weekday": "weekday"}
RULES = {
    r"(\d+) days from invoice": lambda days: DueRule(days=int(days)),
    r"end of next month": lambda: DueRule(months=1, end_of_month=True),
    r"day (\d+) of next month": lambda day: DueRule(months=1, day_of_month=int(day)),
    r"same day next month": lambda: DueRule(months=1),
}


def instalment(part, currency):
    """One line of a foreign term, in our words."""
    due = DueRule(**{FIELDS.get(name, name): value for name, value in part.get("plus", {}).items()})
    kind = part["type"]
    if kind == "fixed":
        return Instalment(amount=Money(part["amount"], currency), due=due)
    if kind == "remainder":
        return Instalment(due=due)
    divisor = part.get("divisor")
    share = f"{Decimal(part['ratio']) * 100:f}" if "ratio" in part else None
    return Instalment(share, due, of=SHARES[kind], divisor=None if divisor is None else int(divisor))


def right(case, currency="EUR"):
    """Whether a case comes out as expected: days and amounts, or a refusal."""
    given = case.get("lines") or [{"type": "percent_of_total", **case}]
    try:
        parts = [instalment(part, currency) for part in given]
    except InvalidValueError:
        return bool(case.get("expect_error"))
    if case.get("expect_error"):
        return False
    dues = due_dates(PaymentTerms(instalments=parts), Money(case["amount"], currency), date.fromisoformat(case["date"]))
    return [(each.on, each.amount) for each in dues] == [
        (date.fromisoformat(on), Money(amount, currency)) for on, amount in case["expect"]
    ]


def rule_of(words):
    """The rule that stands behind the words, if we know them."""
    for text, rule in RULES.items():
        if found := re.fullmatch(text, words):
            return rule(*found.groups())
    return None


def test_terms_fall_due_as_expected(data, cases_run):
    """Shares of the whole and of what is left, fixed amounts, the remainder; ratio against divisor."""
    files = sorted((data / "50_vectors").glob("payment_terms*.json"))
    if not files:
        pytest.skip("no payment terms among the real documents")
    cases = [case for path in files for case in json.loads(path.read_text(encoding="utf-8"))["cases"]]
    wrong = [case["name"] for case in cases if not right(case)]
    cases_run.append(f"payment terms: {len(cases)} run, {len(cases) - len(wrong)} right")
    assert wrong == []


def test_rules_in_words_lead_to_the_same_day(data, cases_run):
    """The words of an invoice become a rule; the year is left open there, so any will do."""
    files = sorted((data / "50_vectors").glob("payment_terms*.json"))
    if not files:
        pytest.skip("no payment terms among the real documents")
    cases = [case for path in files for case in json.loads(path.read_text(encoding="utf-8"))["text_examples"]["cases"]]
    wrong = []
    for case in cases:
        rule = rule_of(case["rule"])
        for year in (2023, 2025, 2026):
            on, due = (date.fromisoformat(f"{year}-{case[name]}") for name in ("invoice_date", "due"))
            if rule is None or rule(on) != due:
                wrong.append(case)
    cases_run.append(f"payment terms in words: {len(cases)} run, {len(cases) - len(wrong)} right")
    assert wrong == []
