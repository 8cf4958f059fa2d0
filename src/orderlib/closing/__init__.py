"""Closing: the dossier is complete, lessons are drawn, nothing is open; then the order is closed.

The close gate looks at every stage at once and names all that is missing. What the library made itself is in the
dossier with a fingerprint of its content; other papers are filed with theirs. Signals in the course of the order (a
promise that moved, a defect, reminders) have to be answered by a lesson, or dismissed with a reason. A warranty that
still runs and what invoices retain stand in the after-sales ledger; a closed order can be reopened.

    >>> from orderlib.closing import ByKindOfOrder, EverySignal
    >>> from orderlib.order import Item, Order, OrderLine
    >>> from orderlib.values import Party, Quantity
    >>> order = Order("4711", Party("C1"), Party("S1"), "EUR", [OrderLine("1", Item("P-7"), Quantity(1))])
    >>> ByKindOfOrder()(order, frozenset({"order"}), frozenset({"order", "invoice"})).missing
    ('invoice',)
    >>> str(EverySignal()(order, ()).outcome)
    'nothing'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderlib._door import lazy

# door: chosen names
if TYPE_CHECKING:
    from orderlib.closing.dossier import manifest as manifest
    from orderlib.closing.gate import obstacles as obstacles
    from orderlib.closing.message import CloseOrder as CloseOrder
    from orderlib.closing.message import DismissLesson as DismissLesson
    from orderlib.closing.message import DocumentFiled as DocumentFiled
    from orderlib.closing.message import FileDocument as FileDocument
    from orderlib.closing.message import LessonDismissed as LessonDismissed
    from orderlib.closing.message import LessonRecorded as LessonRecorded
    from orderlib.closing.message import OrderClosed as OrderClosed
    from orderlib.closing.message import OrderReopened as OrderReopened
    from orderlib.closing.message import RecordLesson as RecordLesson
    from orderlib.closing.message import ReopenOrder as ReopenOrder
    from orderlib.closing.message import WarrantyEnded as WarrantyEnded
    from orderlib.closing.policy import ByKindOfOrder as ByKindOfOrder
    from orderlib.closing.policy import CloseGate as CloseGate
    from orderlib.closing.policy import CloseGatePolicy as CloseGatePolicy
    from orderlib.closing.policy import Completeness as Completeness
    from orderlib.closing.policy import DossierDecision as DossierDecision
    from orderlib.closing.policy import DossierPolicy as DossierPolicy
    from orderlib.closing.policy import EverySignal as EverySignal
    from orderlib.closing.policy import Learning as Learning
    from orderlib.closing.policy import LessonDecision as LessonDecision
    from orderlib.closing.policy import LessonPolicy as LessonPolicy
    from orderlib.closing.policy import NothingOpen as NothingOpen
    from orderlib.closing.process import lapse as lapse
    from orderlib.closing.record import AfterSale as AfterSale
    from orderlib.closing.record import AfterSaleKind as AfterSaleKind
    from orderlib.closing.record import Closing as Closing
    from orderlib.closing.record import Lesson as Lesson
    from orderlib.closing.record import Paper as Paper
    from orderlib.closing.record import PaperKind as PaperKind
    from orderlib.closing.record import Signal as Signal
    from orderlib.closing.signal import signals as signals

__all__ = [
    "AfterSale",
    "AfterSaleKind",
    "ByKindOfOrder",
    "CloseGate",
    "CloseGatePolicy",
    "CloseOrder",
    "Closing",
    "Completeness",
    "DismissLesson",
    "DocumentFiled",
    "DossierDecision",
    "DossierPolicy",
    "EverySignal",
    "FileDocument",
    "Learning",
    "Lesson",
    "LessonDecision",
    "LessonDismissed",
    "LessonPolicy",
    "LessonRecorded",
    "NothingOpen",
    "OrderClosed",
    "OrderReopened",
    "Paper",
    "PaperKind",
    "RecordLesson",
    "ReopenOrder",
    "Signal",
    "WarrantyEnded",
    "lapse",
    "manifest",
    "obstacles",
    "signals",
]

_WHERE = {
    "AfterSale": "orderlib.closing.record",
    "AfterSaleKind": "orderlib.closing.record",
    "ByKindOfOrder": "orderlib.closing.policy",
    "CloseGate": "orderlib.closing.policy",
    "CloseGatePolicy": "orderlib.closing.policy",
    "CloseOrder": "orderlib.closing.message",
    "Closing": "orderlib.closing.record",
    "Completeness": "orderlib.closing.policy",
    "DismissLesson": "orderlib.closing.message",
    "DocumentFiled": "orderlib.closing.message",
    "DossierDecision": "orderlib.closing.policy",
    "DossierPolicy": "orderlib.closing.policy",
    "EverySignal": "orderlib.closing.policy",
    "FileDocument": "orderlib.closing.message",
    "Learning": "orderlib.closing.policy",
    "Lesson": "orderlib.closing.record",
    "LessonDecision": "orderlib.closing.policy",
    "LessonDismissed": "orderlib.closing.message",
    "LessonPolicy": "orderlib.closing.policy",
    "LessonRecorded": "orderlib.closing.message",
    "NothingOpen": "orderlib.closing.policy",
    "OrderClosed": "orderlib.closing.message",
    "OrderReopened": "orderlib.closing.message",
    "Paper": "orderlib.closing.record",
    "PaperKind": "orderlib.closing.record",
    "RecordLesson": "orderlib.closing.message",
    "ReopenOrder": "orderlib.closing.message",
    "Signal": "orderlib.closing.record",
    "WarrantyEnded": "orderlib.closing.message",
    "lapse": "orderlib.closing.process",
    "manifest": "orderlib.closing.dossier",
    "obstacles": "orderlib.closing.gate",
    "signals": "orderlib.closing.signal",
}
# end of door
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(__name__, _WHERE)
