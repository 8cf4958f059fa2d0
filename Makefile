# Every command that a developer needs. `make` lists them; each is one line that can be typed by hand as well.
# PYTHON is the interpreter of an environment in which `pip install -e ".[dev]"` was run.
PYTHON ?= .venv/bin/python
# pyright asks the first python on the path what is installed
export PATH := $(dir $(abspath $(PYTHON))):$(PATH)

.PHONY: help setup test conformance coverage random lint format types surface floors doors charts hygiene docs pages site serve bench smoke wheel check ci

help:         ## list the commands
	@grep -hE '^[a-z]+: .*##' Makefile | sed -E 's/:[^#]*##/\t/' | expand -t 14

setup:        ## make .venv with everything that development needs
	python3.11 -m venv .venv && .venv/bin/pip install -e ".[dev]"

test:         ## all tests, in random order
	$(PYTHON) -m pytest

conformance:  ## tests on real documents (ORDERLIB_DATA, else ../shared/data)
	$(PYTHON) -m pytest -m conformance

coverage:     ## all tests, with branch coverage of at least 95 %
	$(PYTHON) -m pytest --cov --cov-report=term

random:       ## all tests in a new order with another hash seed (SEED=2 make random)
	PYTHONHASHSEED=$${SEED:-1} $(PYTHON) -m pytest --randomly-seed=$${SEED:-1}

lint:         ## what the linter says
	$(PYTHON) -m ruff check .

format:       ## write all code in the one format
	$(PYTHON) -m ruff format .

types:        ## mypy --strict and pyright strict
	$(PYTHON) -m mypy --strict && $(PYTHON) -m pyright

surface:      ## every public name has a complete type
	$(PYTHON) -m pyright --ignoreexternal --verifytypes orderlib

floors:       ## imports point down (import contract)
	$(PYTHON) -c "from importlinter.cli import lint_imports_command; lint_imports_command()"

doors:        ## write the tables of lazy packages anew, after a public name was added
	$(PYTHON) tools/doors.py

charts:       ## compile the declared lifecycles into tables anew, after one was changed
	$(PYTHON) tools/compile_charts.py

hygiene:      ## what must not stand in the project; rooms that have grown too large
	$(PYTHON) tools/check_hygiene.py

docs:         ## run every code block of README.md and docs/
	$(PYTHON) tools/check_docs.py

pages:        ## the same, and write what was printed where a page shows output
	$(PYTHON) tools/check_docs.py --write

site:         ## build the documentation into site/
	$(PYTHON) -m mkdocs build --strict

serve:        ## show the documentation while writing it
	$(PYTHON) -m mkdocs serve

bench:        ## all benchmarks against their bars (needs the bench extra)
	$(PYTHON) benchmarks/run.py

smoke:        ## show that the benchmarks run; judges no bar
	$(PYTHON) benchmarks/run.py --smoke

wheel:        ## build, install and test the wheel
	$(PYTHON) tools/check_wheel.py

check: lint types floors hygiene test docs  ## what to run before a commit

ci:           ## everything, in new environments, as the gate does
	.ci/run
