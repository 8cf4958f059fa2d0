"""The command line: run, replay, check, lifecycle."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final, cast

from orderlib.case.policies import PolicySet
from orderlib.case.record import OrderCase
from orderlib.chart.table import Table
from orderlib.cli.documents import Document, read_all
from orderlib.cli.charts import lifecycles
from orderlib.cli.log import read_log
from orderlib.cli.report import Refusal, report_of
from orderlib.cli.run import run_documents, write_out
from orderlib.cli.table import table_of
from orderlib.errors import Finding, Language, OrderlibError

__all__ = ["main"]

ALL_WELL: Final = 0
SOME_REFUSED: Final = 1
UNUSABLE: Final = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0 (all well), 1 (some input was refused) or 2 (unusable arguments)."""
    parser = _parser()
    try:
        given = parser.parse_args(arguments)
    except SystemExit as stop:
        return ALL_WELL if stop.code in (0, None) else UNUSABLE
    try:
        status: int = given.handle(given)
    except _UnusableError as error:
        print(f"orderlib: {error}", file=sys.stderr)
        return UNUSABLE
    except BrokenPipeError:
        # whoever read our output has seen enough
        return ALL_WELL
    return status


class _UnusableError(Exception):
    """Arguments that cannot be used."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m orderlib", description="Orders from enquiry to closure, every decision explained."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    run = commands.add_parser("run", help="drive orders to their ends; without PATH, the samples")
    run.add_argument("paths", nargs="*", metavar="PATH", help="a UBL Order, an order in JSON, or a folder of them")
    run.add_argument("--out", type=Path, metavar="DIR", help="write report.json and events.jsonl there")
    run.add_argument("--seed", type=int, default=1, metavar="N", help="the story's seed (1)")
    run.add_argument("--policies", metavar="MODULE:NAME", help="a PolicySet, or a function that makes one")
    run.add_argument("--lang", choices=("en", "zh"), default="en", help="language of messages (en)")
    run.set_defaults(handle=_run)
    replay = commands.add_parser("replay", help="rebuild the report from an event log")
    replay.add_argument("log", type=Path, metavar="EVENTS", help="an events.jsonl")
    replay.add_argument("--lang", choices=("en", "zh"), default="en")
    replay.set_defaults(handle=_replay)
    check = commands.add_parser("check", help="read documents and print what is found, and nothing else")
    check.add_argument("paths", nargs="+", metavar="PATH")
    check.add_argument("--lang", choices=("en", "zh"), default="en")
    check.set_defaults(handle=_check)
    life = commands.add_parser("lifecycle", help="print a lifecycle")
    life.add_argument("name", nargs="?", default="order", metavar="NAME", help="which one (order)")
    life.add_argument("--format", choices=("mermaid", "md"), default="md")
    life.add_argument("--lang", choices=("en", "zh"), default="en")
    life.set_defaults(handle=_lifecycle)
    return parser


def _run(given: argparse.Namespace) -> int:
    policies = _policies(given.policies) if given.policies else None
    documents = list(read_all(given.paths))
    count = len(documents)
    done = 0

    def progress(name: str, about: Any) -> None:
        nonlocal done
        done += 1
        if isinstance(about, OrderCase):
            print(f"[{done}/{count}] {name}: {about.state} after {about.version} events", file=sys.stderr)
        else:
            print(f"[{done}/{count}] {name}: refused", file=sys.stderr)

    finished = run_documents(documents, policies=policies, seed=given.seed, progress=progress)
    report = finished.report(given.lang)
    if given.out is not None:
        try:
            write_out(finished, given.out, given.lang)
        except OSError as error:
            raise _UnusableError(f"{given.out}: {error.strerror}") from error
    print(table_of(report, given.lang))
    return SOME_REFUSED if report["refused"] else ALL_WELL


def _policies(named: str) -> PolicySet:
    module, _, name = named.partition(":")
    if not module or not name:
        raise _UnusableError(f"--policies wants MODULE:NAME, not {named}")
    sys.path.insert(0, str(Path.cwd()))
    try:
        found = getattr(import_module(module), name)
        made = found() if callable(found) else found
    except Exception as error:  # whatever a foreign module does wrong is said with its name
        raise _UnusableError(f"--policies {named}: {type(error).__name__}: {error}") from error
    if not isinstance(made, PolicySet):
        raise _UnusableError(f"--policies {named} is not a PolicySet")
    return made


def _replay(given: argparse.Namespace) -> int:
    try:
        data = given.log.read_bytes()
    except OSError as error:
        raise _UnusableError(f"{given.log}: {error.strerror}") from error
    try:
        stories, refused = read_log(data)
        report = report_of(stories, refused, given.lang)
    except OrderlibError as error:
        _print(str(given.log), error.findings, given.lang)
        return SOME_REFUSED
    print(json.dumps(report, ensure_ascii=False, indent=2))
    return SOME_REFUSED if report["refused"] else ALL_WELL


def _check(given: argparse.Namespace) -> int:
    status = ALL_WELL
    for document in read_all(given.paths):
        if isinstance(document, Refusal):
            status = SOME_REFUSED
            _print(document.source, document.findings, given.lang)
        elif isinstance(document, Document):
            _print(document.name, document.findings, given.lang)
    return status


def _print(name: str, findings: Sequence[Finding], lang: str) -> None:
    if not findings:
        print(f"{name}: 0")
    for finding in findings:
        message = finding.message(cast("Language", lang))
        print(f"{name}: {finding.severity} [{finding.code}] {finding.address} {message}")


def _lifecycle(given: argparse.Namespace) -> int:
    known = lifecycles()
    table: Table | None = known.get(given.name)
    if table is None:
        raise _UnusableError(f"there is no lifecycle {given.name}; known: {', '.join(known)}")
    print(table.to_mermaid(given.lang) if given.format == "mermaid" else table.to_markdown(given.lang))
    return ALL_WELL
