"""One run of the samples for all tests of the command line, and documents of our own making."""

from __future__ import annotations

import pytest
from build import line, order

from orderlib.cli.documents import Document, read_all
from orderlib.cli.run import Run, run_documents
from orderlib.wire import ubl
from orderlib.wire.codec.standard import dumps


@pytest.fixture(scope="session")
def samples_run() -> Run:
    """What the samples come to with the seed that the command line takes by itself."""
    return run_documents(read_all())


@pytest.fixture
def paper() -> Document:
    """An order from which nothing is missing."""
    return Document("a.json", order(line(quantity=3), issued_on="2026-03-02"))


@pytest.fixture
def folder(tmp_path):
    """Two orders, one as UBL and one as JSON."""
    made = tmp_path / "orders"
    made.mkdir()
    (made / "a.xml").write_bytes(ubl.write_order(order(id="A-1", issued_on="2026-03-02")))
    (made / "b.json").write_bytes(dumps(order(line("10"), id="B-1", issued_on="2026-03-02"), object))
    return made
