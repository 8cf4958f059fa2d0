"""The command line of the library: the only floor that opens files.

>>> from orderlib.cli import lifecycles
>>> "order" in lifecycles()
True
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderlib._door import lazy

# door: every name
if TYPE_CHECKING:
    from orderlib.cli.charts import lifecycles as lifecycles
    from orderlib.cli.documents import Document as Document
    from orderlib.cli.documents import Message as Message
    from orderlib.cli.documents import read_all as read_all
    from orderlib.cli.log import read_log as read_log
    from orderlib.cli.log import write_log as write_log
    from orderlib.cli.mail import Letter as Letter
    from orderlib.cli.mail import Letterbox as Letterbox
    from orderlib.cli.mail import addressee as addressee
    from orderlib.cli.mail import letter_of as letter_of
    from orderlib.cli.mail import unknown_order as unknown_order
    from orderlib.cli.output import report_text as report_text
    from orderlib.cli.output import write_out as write_out
    from orderlib.cli.report import Refusal as Refusal
    from orderlib.cli.report import Source as Source
    from orderlib.cli.report import Story as Story
    from orderlib.cli.report import plans_of as plans_of
    from orderlib.cli.report import report_of as report_of
    from orderlib.cli.report import said as said
    from orderlib.cli.run import Run as Run
    from orderlib.cli.run import run_documents as run_documents
    from orderlib.cli.table import printable as printable
    from orderlib.cli.table import said_lines as said_lines
    from orderlib.cli.table import table_of as table_of

__all__ = [
    "Document",
    "Letter",
    "Letterbox",
    "Message",
    "Refusal",
    "Run",
    "Source",
    "Story",
    "addressee",
    "letter_of",
    "lifecycles",
    "plans_of",
    "printable",
    "read_all",
    "read_log",
    "report_of",
    "report_text",
    "run_documents",
    "said",
    "said_lines",
    "table_of",
    "unknown_order",
    "write_log",
    "write_out",
]

_WHERE = {
    "Document": "orderlib.cli.documents",
    "Letter": "orderlib.cli.mail",
    "Letterbox": "orderlib.cli.mail",
    "Message": "orderlib.cli.documents",
    "Refusal": "orderlib.cli.report",
    "Run": "orderlib.cli.run",
    "Source": "orderlib.cli.report",
    "Story": "orderlib.cli.report",
    "addressee": "orderlib.cli.mail",
    "letter_of": "orderlib.cli.mail",
    "lifecycles": "orderlib.cli.charts",
    "plans_of": "orderlib.cli.report",
    "printable": "orderlib.cli.table",
    "read_all": "orderlib.cli.documents",
    "read_log": "orderlib.cli.log",
    "report_of": "orderlib.cli.report",
    "report_text": "orderlib.cli.output",
    "run_documents": "orderlib.cli.run",
    "said": "orderlib.cli.report",
    "said_lines": "orderlib.cli.table",
    "table_of": "orderlib.cli.table",
    "unknown_order": "orderlib.cli.mail",
    "write_log": "orderlib.cli.log",
    "write_out": "orderlib.cli.output",
}
# end of door
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(__name__, _WHERE)
