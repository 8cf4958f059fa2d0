"""What the documentation takes from the code: reference pages, lifecycles, and the pages that lie beside docs/.

* One reference page for each package of the library, with all that its public modules offer.
* One page with every compiled lifecycle, as a diagram and as a table; `<!-- lifecycle: order -->` on any page
  shows one of them.
* One page with every command, one with every finding code; `<!-- written: policies -->` on any page shows one of
  the tables of `written.py`.
* The changelog and the page for contributors, which lie at the top of the checkout.
* The order of the pages: the four kinds first, each in the order of its folder, `index.md` at its head.
"""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src"
for place in (SOURCE, ROOT / "tools"):
    if str(place) not in sys.path:
        sys.path.insert(0, str(place))

from doctest_blocks import fenced  # noqa: E402 - the lines above make it importable
from written import WRITTEN, codes_page, commands_page  # noqa: E402 - the lines above make it importable

from orderlib.chart.table import Table  # noqa: E402

KINDS = {"tutorial": "Tutorial", "how-to": "How to", "explanation": "Explanation", "reference": "Reference"}
BESIDE = {"changelog.md": "CHANGELOG.md", "contributing.md": "CONTRIBUTING.md", "security.md": "SECURITY.md"}
MARK = re.compile(r"^<!-- lifecycle: (?P<name>[\w-]+) -->$", re.MULTILINE)
TABLE = re.compile(r"^<!-- written: (?P<name>[\w-]+) -->$", re.MULTILINE)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that the code writes, and put all pages in order."""
    for name, text in written_pages():
        files.append(File.generated(config, name, content=text))
    config.nav = ordered([file.src_uri for file in files.documentation_pages()])
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001 - mkdocs calls by name
    """Draw the lifecycles and write the tables that a page asks for."""
    drawn_in = MARK.sub(lambda mark: drawn(lifecycles()[mark["name"]]), markdown)
    return TABLE.sub(lambda mark: WRITTEN[mark["name"]](), drawn_in)


def written_pages() -> Iterator[tuple[str, str]]:
    """Pages that nobody writes by hand: their names and their text."""
    for name, source in BESIDE.items():
        if (ROOT / source).exists():
            yield name, (ROOT / source).read_text(encoding="utf-8").replace("](docs/", "](")
    yield "reference/codes.md", codes_page()
    yield "reference/commands.md", commands_page()
    yield "reference/lifecycles.md", lifecycle_page()
    yield "reference/orderlib.md", front_page()
    for package in sorted(path.parent for path in SOURCE.glob("orderlib/*/__init__.py")):
        yield f"reference/{package.name}.md", reference_page(package)


def front_page() -> str:
    """The front door: its story, its names, and the errors."""
    door = importlib.import_module("orderlib")
    names = (f"- [`{name}`][{vars(door)['_WHERE'][name]}.{name}]" for name in door.__all__)
    head = f"# orderlib\n\n{door.__doc__}\n## The front door"
    return "\n\n".join((head, "\n".join(names), f"## Errors\n\n{shown('orderlib.errors')}"))


def reference_page(package: Path) -> str:
    """All public modules of a package, the packages inside it included."""
    door = package.relative_to(SOURCE).parts
    story = fenced(importlib.import_module(".".join(door)).__doc__ or "")
    modules = [
        ".".join(path.relative_to(SOURCE).with_suffix("").parts)
        for path in sorted(package.rglob("*.py"))
        if (path.parent / "__init__.py").exists()
        and not any(part.startswith("_") for part in path.relative_to(SOURCE).parts)
    ]
    return "\n\n".join((f"# orderlib.{package.name}", story, *(shown(module) for module in modules)))


def shown(module: str) -> str:
    """The instruction to show a module."""
    return f"::: {module}\n"


def lifecycles() -> dict[str, Table]:
    """Every compiled lifecycle, by its name."""
    found: dict[str, Table] = {}
    for path in sorted(SOURCE.glob("orderlib/*/lifecycle.py")):
        room = importlib.import_module(f"orderlib.{path.parent.name}.table")
        found |= {table.name: table for table in vars(room).values() if isinstance(table, Table)}
    return found


def lifecycle_page() -> str:
    """All lifecycles on one page."""
    head = "# Lifecycles\n\nDrawn from the tables that run. Each is declared once, in the `lifecycle.py` of its room."
    return "\n\n".join((head, *(f"## {table.title(name)}\n\n{drawn(table)}" for name, table in lifecycles().items())))


def drawn(table: Table) -> str:
    """A lifecycle as a diagram and as a table."""
    return f"```mermaid\n{table.to_mermaid().strip()}\n```\n\n{table.to_markdown().strip()}\n"


def ordered(pages: list[str]) -> list[Any]:
    """The navigation: the front page, the four kinds, then what stands beside them."""
    nav: list[Any] = ["index.md"] if "index.md" in pages else []
    for folder, title in KINDS.items():
        inside = sorted(
            (page for page in pages if page.startswith(f"{folder}/")), key=lambda p: (not p.endswith("/index.md"), p)
        )
        if inside:
            nav.append({title: inside})
    return nav + sorted(page for page in pages if "/" not in page and page != "index.md")
