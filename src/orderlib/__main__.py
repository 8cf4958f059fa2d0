"""`python -m orderlib`: run, replay, check, lifecycle."""

from __future__ import annotations

import sys

from orderlib.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
