"""P10: what it costs to begin: importing the library, each time in a new interpreter."""

from __future__ import annotations

import subprocess
import sys
from statistics import median

from measure import PAIRS, Row, at_most

GROUND = "import attrs, pendulum"


def spent_on(statement: str) -> float:
    """Seconds that a new interpreter's thread spends on a statement."""
    script = f"import time\nstart = time.thread_time()\n{statement}\nprint(time.thread_time() - start)"
    return float(subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout)


def against_ground(statement: str, *, smoke: bool) -> float:
    """How many times as long a statement takes as importing the libraries that all values stand on."""
    spent_on(statement), spent_on(GROUND)  # compiled files are written once, and not measured
    return median(spent_on(statement) / spent_on(GROUND) for _ in range(1 if smoke else 2 * PAIRS + 1))


def run(*, smoke: bool = False) -> list[Row]:
    """Ratios to `import attrs, pendulum`."""
    return [
        at_most("P10 import orderlib / import attrs, pendulum", 1.6, against_ground("import orderlib", smoke=smoke))
    ]
