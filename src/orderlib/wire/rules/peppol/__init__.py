"""Peppol BIS Ordering 3: predicates of our own for the rules that its transactions publish.

Codes are the standard's (`PEPPOL-T01-R008`), verdicts those of its published rules of May 2025. Where a
published rule also fires because something else is missing that is reported by its own name, ours is silent.
"""

from __future__ import annotations

__all__: list[str] = []
