"""The command line: run, replay, check, lifecycle."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Final, NoReturn, TextIO

from orderlib.case.policies import PolicySet
from orderlib.case.record import OrderCase
from orderlib.case.table import ORDER
from orderlib.cli.charts import lifecycles
from orderlib.cli.documents import Document, read_all
from orderlib.cli.log import LOG_BROKEN, read_log
from orderlib.cli.output import report_text, write_out
from orderlib.cli.report import Refusal, report_of, said
from orderlib.cli.run import run_documents
from orderlib.cli.table import printable, said_lines, table_of
from orderlib.errors import Finding, Language, OrderlibError
from orderlib.order.record import Order

__all__ = ["main"]

ALL_WELL: Final = 0
SOME_REFUSED: Final = 1
UNUSABLE: Final = 2
#: what a shell expects of a program that Ctrl-C has stopped
STOPPED: Final = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    The exit status is 0 (all well), 1 (some input was refused, or an order did not come to an end), 2 (unusable
    arguments), or 130 where it was stopped by Ctrl-C; a run that was stopped has written nothing.
    """
    for stream in (sys.stdout, sys.stderr):
        _utf8(stream)
    try:
        given = _parser().parse_args(arguments)
        status: int = given.handle(given)
        sys.stdout.flush()
    except SystemExit as stop:  # argparse has printed help, or what is wrong
        return ALL_WELL if stop.code in (0, None) else UNUSABLE
    except _UnusableError as error:
        _tell(f"orderlib: {error}")
        return UNUSABLE
    except KeyboardInterrupt:
        _tell("orderlib: stopped")
        return STOPPED
    except BrokenPipeError:
        # whoever read our output has seen enough; what is still in the buffer goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ALL_WELL
    return status


def _utf8(stream: TextIO) -> None:
    """The same bytes whatever the terminal's locale."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


class _UnusableError(Exception):
    """Arguments that cannot be used."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m orderlib", description="Orders from enquiry to closure, every decision explained."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    run = commands.add_parser("run", help="drive orders to their ends; without PATH, the samples")
    run.add_argument("paths", nargs="*", metavar="PATH", help="a UBL Order, an orderlib JSON document, or a folder")
    run.add_argument("--out", type=Path, metavar="DIR", help="write report.json, events.jsonl and plan.svg there")
    run.add_argument("--seed", type=int, default=1, metavar="N", help="the story's seed (1)")
    run.add_argument("--policies", metavar="MODULE:NAME", help="a PolicySet, or a function that makes one")
    run.set_defaults(handle=_run)
    replay = commands.add_parser("replay", help="rebuild the report from an event log, and print it")
    replay.add_argument("log", type=Path, metavar="EVENTS", help="an events.jsonl")
    replay.set_defaults(handle=_replay)
    check = commands.add_parser("check", help="read documents and print what is found in them, and nothing else")
    check.add_argument("paths", nargs="+", metavar="PATH", help="as for run")
    check.set_defaults(handle=_check)
    life = commands.add_parser("lifecycle", help="print a lifecycle")
    life.add_argument("name", nargs="?", default="order", metavar="NAME", help="which one (order)")
    life.add_argument("--format", choices=("mermaid", "md"), default="md", help="a diagram or a table (md)")
    life.set_defaults(handle=_lifecycle)
    for each in (run, replay, check, life):
        each.add_argument("--lang", choices=("en", "zh"), default="en", help="language of everything printed (en)")
    return parser


def _tell(text: str) -> None:
    print(printable(text), file=sys.stderr, flush=True)


def _run(given: argparse.Namespace) -> int:
    policies = _policies(given.policies) if given.policies else None
    if given.out is not None:
        _writable(given.out)
    documents = list(read_all(given.paths))
    orders = sum(isinstance(each, Document) and isinstance(each.message, Order) for each in documents)
    done = 0

    def progress(name: str, about: OrderCase | Refusal) -> None:
        nonlocal done
        if isinstance(about, Refusal):
            _tell(f"{name}: refused")
            return
        done += 1
        _tell(f"[{done}/{orders}] {name}: {about.state} after {about.version} events")

    finished = run_documents(documents, policies=policies, seed=given.seed, progress=progress)
    if given.out is not None:
        try:
            write_out(finished, given.out, given.lang)
        except OSError as error:
            _unusable(f"--out {given.out}", error)
    report = finished.report(given.lang)
    print(table_of(report, given.lang))
    ended = all(order["state"] in ORDER.ends for order in report["orders"])
    return ALL_WELL if ended and not report["refused"] else SOME_REFUSED


def _writable(folder: Path) -> None:
    """Say so before the work begins where its outcome could not be written."""
    try:
        there = next(each for each in (folder, *folder.parents) if each.exists())
        usable = there.is_dir()
    except (OSError, ValueError) as error:
        _unusable(f"--out {folder}", error)
    if not usable:
        raise _UnusableError(f"--out {folder}: {'not a folder' if there == folder else f'{there} is not a folder'}")
    if not os.access(there, os.W_OK | os.X_OK):
        raise _UnusableError(f"--out {folder}: {there} must not be written to")


def _unusable(what: str, error: BaseException) -> NoReturn:
    reason = getattr(error, "strerror", None) or f"{type(error).__name__}: {error}"
    raise _UnusableError(f"{what}: {reason}") from error


def _policies(named: str) -> PolicySet:
    """The policies of a module that lies in the working directory, or is installed."""
    module, _, name = named.partition(":")
    if not module or not name:
        raise _UnusableError(f"--policies wants MODULE:NAME, not {named}")
    here = str(Path.cwd())
    if here not in sys.path:
        sys.path.insert(0, here)
    try:
        found = getattr(import_module(module), name)
        made = found() if callable(found) else found
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a foreign module does wrong is said with its name
        _unusable(f"--policies {named}", error)
    if not isinstance(made, PolicySet):
        raise _UnusableError(f"--policies {named} is no PolicySet, but {type(made).__name__}")
    return made


def _replay(given: argparse.Namespace) -> int:
    try:
        data = given.log.read_bytes()
    except OSError as error:
        _unusable(str(given.log), error)
    try:
        stories, refused = read_log(data)
        report = report_of(stories, refused, given.lang)
    except OrderlibError as error:
        _print(given.log.name, error.findings, given.lang)
        return SOME_REFUSED
    except Exception as error:  # noqa: BLE001 - events that somebody has tampered with need not fit together
        _print(given.log.name, (LOG_BROKEN(error=type(error).__name__),), given.lang)
        return SOME_REFUSED
    sys.stdout.write(report_text(report))
    ended = all(order["state"] in ORDER.ends for order in report["orders"])
    return ALL_WELL if ended and not report["refused"] else SOME_REFUSED


def _check(given: argparse.Namespace) -> int:
    status = ALL_WELL
    for document in read_all(given.paths):
        if isinstance(document, Refusal):
            status = SOME_REFUSED
            _print(document.source, document.findings, given.lang)
        else:
            _print(document.name, document.findings, given.lang)
    return status


def _print(name: str, findings: Iterable[Finding], lang: Language) -> None:
    for line in said_lines(name, [said(finding, lang) for finding in findings]):
        print(line)


def _lifecycle(given: argparse.Namespace) -> int:
    known = lifecycles()
    table = known.get(given.name)
    if table is None:
        raise _UnusableError(f"there is no lifecycle {given.name}; known: {', '.join(known)}")
    text = table.to_mermaid(given.lang) if given.format == "mermaid" else table.to_markdown(given.lang)
    print(text.rstrip("\n"))
    return ALL_WELL
