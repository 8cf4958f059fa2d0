"""Rules of UBL and of Peppol BIS Ordering over the untyped tree.

`rules_for` chooses the rule set by the document's root, customization and profile; `check` runs it.
`RULE_SETS` holds the sets of Peppol's transactions by their number, for documents that do not say their own.
"""

from __future__ import annotations

from orderlib.wire.rules.choice import RULE_SETS, rules_for
from orderlib.wire.rules.rule import Rule, RuleSet, Scope, check

__all__ = ["RULE_SETS", "Rule", "RuleSet", "Scope", "check", "rules_for"]
