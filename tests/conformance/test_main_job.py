"""Real orders through the main job: read or refused with findings, and closed where they add up."""

from __future__ import annotations

import importlib.util
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from orderlib.case.policies import PolicySet
from orderlib.case.table import ORDER
from orderlib.cli.documents import Document, read_all
from orderlib.cli.report import Refusal
from orderlib.cli.run import run_documents
from orderlib.errors import DocumentError, Severity
from orderlib.wire import ubl
from orderlib.wire.rules.rule import MORE_FINDINGS
from orderlib.wire.ubl.document import SUM_CODES
from orderlib.wire.xmltree import parse_xml

pytestmark = pytest.mark.conformance

FOLDERS = ("01_ubl_oasis", "02_peppol_ordering")


def orders_in(data: Path, folder: str) -> Iterator[Path]:
    """Every file of the folder whose root is a UBL Order."""
    for path in sorted((data / folder).rglob("*.xml")):
        try:
            root = parse_xml(path.read_bytes())
        except DocumentError:
            continue
        if root.name == "Order" and root.namespace.startswith("urn:oasis:names:specification:ubl"):
            yield path


def accept_all() -> PolicySet:
    """The module that says yes to everything, as the how-to shows it."""
    spec = importlib.util.spec_from_file_location("accept_all", Path(__file__).parents[1] / "cli" / "accept_all.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    policies: PolicySet = module.policies()
    return policies


def told_of(path: Path, policies: PolicySet | None = None) -> dict[str, Any]:
    """What becomes of one document by itself."""
    (taken,) = read_all([str(path)])
    return run_documents([taken], policies=policies).report()


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_order_is_read_or_refused_with_findings(data, folder, cases_run):
    """A refusal names at least one rule; what is read has the totals that it states, or a finding that says so."""
    read = refused = adds_up = 0
    for path in orders_in(data, folder):
        document = ubl.open_order(path.read_bytes())
        report = told_of(path)
        if document.order is None:
            refused += 1
            (refusal,) = report["refused"]
            errors = [each for each in refusal["findings"] if each["severity"] == Severity.ERROR]
            assert errors, path
            assert all(each["code"] and each["message"] for each in errors), path
            continue
        read += 1
        (told,) = report["orders"]
        off = {each["code"] for each in told["findings"]} & SUM_CODES
        stated = document.stated.payable
        if not off and stated is not None and MORE_FINDINGS.code not in {each["code"] for each in told["findings"]}:
            adds_up += 1
            assert told["totals"]["payable"] == f"{stated.amount:f}", path
            assert document.adds_up, path
        else:
            assert not document.adds_up or stated is None, path
    assert read
    cases_run.append(f"{folder}: {read} orders read, {refused} refused with findings; totals as stated in {adds_up}")


@pytest.mark.parametrize("folder", FOLDERS)
def test_with_default_policies_every_end_has_its_rule(data, folder, cases_run):
    """Each order ends; one that is not closed has a decision with an error or a warning as its reason."""
    ends: Counter[str] = Counter()
    for path in orders_in(data, folder):
        for told in told_of(path)["orders"]:
            ends[told["state"]] += 1
            assert told["state"] in ORDER.ends, path
            if told["state"] != "closed":
                reasons = [reason for each in told["decisions"] for reason in each["reasons"]]
                assert any(each["severity"] != Severity.INFO and each["message"] for each in reasons), path
    cases_run.append(f"{folder}, default policies: " + ", ".join(f"{count} {state}" for state, count in ends.items()))


@pytest.mark.parametrize("folder", FOLDERS)
def test_with_policies_that_accept_everything_what_adds_up_is_closed(data, folder, cases_run):
    """Nothing but a customer's word keeps an order that adds up from being closed."""
    closed = 0
    policies = accept_all()
    for path in orders_in(data, folder):
        if ubl.open_order(path.read_bytes()).adds_up:
            (told,) = told_of(path, policies)["orders"]
            assert told["state"] == "closed", (path, told["findings"])
            closed += 1
    assert closed
    cases_run.append(f"{folder}, policies that accept all: {closed} orders that add up, all closed")


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_whole_folder_runs(data, folder, cases_run):
    """Every document is an order with an end, a letter to one, or refused with findings; replay gives it again."""
    taken = list(read_all([str(data / folder)]))
    run = run_documents(taken)
    report = run.report()
    assert all(told["state"] in ORDER.ends for told in report["orders"])
    assert all(each["findings"] for each in report["refused"])
    letters = len(taken) - len(report["orders"]) - len(report["refused"])
    refused = [each for each in taken if isinstance(each, Refusal)]
    documents = [each for each in taken if isinstance(each, Document)]
    assert len(report["orders"]) <= len(documents)
    cases_run.append(
        f"{folder}, as a whole: {len(taken)} documents, {len(report['orders'])} orders, {letters} letters delivered,"
        f" {len(report['refused'])} refused, {len(refused)} of them unread"
    )
