"""Writing what a run came to: whole files or none."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from tempfile import mkstemp
from typing import Any

from orderlib.cli.log import write_log
from orderlib.cli.report import plans_of
from orderlib.cli.run import Run
from orderlib.errors import Language
from orderlib.planning.gantt import plan_gantt

__all__ = ["report_text", "write_out"]


def report_text(report: Mapping[str, Any]) -> str:
    """The report as it is written: JSON, indented by two, one line feed at the end."""
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def write_out(run: Run, folder: Path, lang: Language = "en") -> None:
    """Write `report.json`, `events.jsonl` and `plan.svg` into a folder, which is made where it is missing.

    All are written beside their places first and moved there when they are complete. Raises `OSError`.
    """
    sources = [(story.case_id, story.source) for story in run.stories]
    log = b"".join(write_log(sources, run.refused, run.feed))
    report = report_text(run.report(lang)).encode()
    plan = plan_gantt(plans_of(run.stories), lang=lang).encode()
    folder.mkdir(parents=True, exist_ok=True)
    _place(folder, {"events.jsonl": log, "plan.svg": plan, "report.json": report})


def _place(folder: Path, contents: Mapping[str, bytes]) -> None:
    drafts: dict[str, str] = {}
    try:
        for name, content in contents.items():
            handle, drafts[name] = mkstemp(prefix=f".{name}.", dir=folder)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(drafts[name]).chmod(0o644)
        for name in contents:
            Path(drafts[name]).replace(folder / name)
            del drafts[name]
    finally:
        for draft in drafts.values():
            Path(draft).unlink(missing_ok=True)
