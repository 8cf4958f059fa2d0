"""Files become messages, or refusals that say why not."""

from __future__ import annotations

import json
import os

import pytest
from build import BUYER, CLERK, SUPPLIER, order

from orderlib.agreement.record import Agreement
from orderlib.cli.documents import Document, read_all, samples
from orderlib.cli.report import Refusal
from orderlib.intake.message import ReceiveOrder
from orderlib.intake.record import Channel
from orderlib.order.record import Order
from orderlib.values.fact import Facts
from orderlib.values.money import Money
from orderlib.wire import ubl
from orderlib.wire.codec.standard import dumps
from orderlib.wire.limits import Limits


def read(tmp_path, name: str, content: bytes, limits: Limits | None = None) -> Document | Refusal:
    """The one document that a file with that content is."""
    (tmp_path / name).write_bytes(content)
    (found,) = read_all([str(tmp_path / name)], limits or Limits())
    return found


def code(found: Document | Refusal) -> str:
    """The first code of a refusal."""
    assert isinstance(found, Refusal)
    return found.findings[0].code


def test_an_order_may_come_framed_or_bare(tmp_path):
    """What `dumps` writes is read back, with its type around it or without."""
    for content in (dumps(order(), object), dumps(order())):
        assert read(tmp_path, "o.json", content).message == order()


def test_a_ubl_order_brings_what_it_states(tmp_path):
    """Totals that a document states come with the order, and a finger print of the bytes."""
    found = read(tmp_path, "o.xml", ubl.write_order(order(issued_on="2026-03-02")))
    assert isinstance(found.message, Order)
    assert str(found.stated.payable) == str(order().totals.payable)
    assert len(found.digest) == 64


def test_agreements_facts_and_calls_are_read(tmp_path):
    """Beside orders there are framework agreements, facts, and orders that came by telephone."""
    agreement = Agreement("A", BUYER, SUPPLIER, "EUR", ())
    assert read(tmp_path, "a.json", dumps(agreement, object)).message == agreement
    assert isinstance(read(tmp_path, "f.json", dumps(Facts(), object)).message, Facts)
    call = read(tmp_path, "c.json", dumps(ReceiveOrder(order(), by=CLERK, channel="TE"), object))
    assert call.channel is Channel.PHONE
    assert call.message == order()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "xml"),
        (b"{", "json"),
        (b'{"type": "order", "v": 1}', "json"),
        (b'{"id": "1"}', "json"),
        (b'[1, "v"]', "json"),
        (dumps(Money("1", "EUR"), object), "document.other-kind"),
        (b"<", "xml"),
        (b"<!DOCTYPE x><x/>", "xml"),
        (b"<Invoice/>", "ubl.other-document"),
        (b"\xff\xfe\x00", ""),
    ],
)
def test_hostile_documents_are_refused_with_findings(tmp_path, content, expected):
    """Whatever a file holds, it is a document or a refusal with a code, never an exception."""
    found = read(tmp_path, "x.xml", content)
    assert isinstance(found, Refusal)
    assert found.source == "x.xml"
    assert code(found).startswith(expected)
    assert all(finding.message("zh") for finding in found.findings)


def test_what_can_be_neither_kind_is_judged_by_its_name(tmp_path):
    """An empty or garbled .xml file is no XML; what can be seen to be JSON is read as such under any name."""
    for content in (b"", b"  ", b"\x80garbage"):
        assert code(read(tmp_path, "o.XML", content)) == "xml.malformed"
        assert code(read(tmp_path, "o.json", content)).startswith("json.")
    assert read(tmp_path, "really-json.xml", dumps(order())).message == order()


def test_a_change_and_a_cancellation_are_read(tmp_path):
    """The shipped samples have one of each."""
    kinds = {type(found.message).__name__ for found in read_all() if isinstance(found, Document)}
    assert kinds == {"Order", "Agreement", "Facts", "OrderChange", "OrderCancellation"}


def test_a_folder_is_read_in_the_order_of_its_names(folder):
    """Documents of a folder are named from it, below it too; what is no document is left alone."""
    (folder / "deep").mkdir()
    (folder / "deep" / "C.XML").write_bytes((folder / "a.xml").read_bytes())
    (folder / "readme.txt").write_text("not a document")
    assert [found.name for found in read_all([str(folder)])] == ["a.xml", "b.json", "deep/C.XML"]


def test_a_name_that_comes_twice_is_told_in_full(folder, tmp_path):
    """Two files of one name are told apart."""
    (tmp_path / "a.xml").write_bytes((folder / "a.xml").read_bytes())
    first, second = read_all([str(folder / "a.xml"), str(tmp_path / "a.xml")])
    assert first.name == "a.xml"
    assert second.name == (tmp_path / "a.xml").as_posix()


def test_what_is_no_file_is_refused(tmp_path):
    """Nothing there, an empty folder, something that only looks like a file, a name that no system takes."""
    (tmp_path / "empty").mkdir()
    assert code(next(read_all([str(tmp_path / "none.xml")]))) == "document.no-file"
    assert code(next(read_all([str(tmp_path / "empty")]))) == "document.empty-folder"
    assert code(next(read_all([os.devnull]))) == "document.unreadable"
    assert code(next(read_all(["a\0b"]))) == "document.no-file"


def test_a_file_that_is_too_big_is_not_read(tmp_path):
    """The limit on bytes holds before anything is parsed."""
    assert code(read(tmp_path, "o.json", dumps(order()), Limits(max_bytes=100))) == "document.too-big"


def test_a_file_that_cannot_be_opened_is_refused(tmp_path, monkeypatch):
    """Without the right to read there is a finding with the system's reason."""
    (tmp_path / "o.json").write_bytes(dumps(order()))

    def forbidden(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", forbidden)
    found = next(read_all([str(tmp_path / "o.json")]))
    assert code(found) == "document.unreadable"
    assert "Permission denied" in found.findings[0].message()


def test_a_name_that_is_no_text_is_told_as_well_as_it_goes(tmp_path):
    """A file whose name is no UTF-8 can be named in a report."""
    path = os.fsencode(tmp_path) + b"/o\xff.json"
    try:
        with open(path, "wb") as file:  # noqa: PTH123 - a Path cannot be made of bytes
            file.write(dumps(order()))
    except OSError:
        pytest.skip("this file system takes no such names")
    (found,) = read_all([str(tmp_path)])
    assert found.name == "o\N{REPLACEMENT CHARACTER}.json"


def test_the_samples_ship_with_the_package_and_add_up():
    """Every sample is read without a finding, and each says what it says in the library's own words."""
    names = [name for name, _ in samples()]
    assert len(names) == len(set(names)) >= 10
    assert names == sorted(names)
    for found in read_all():
        assert isinstance(found, Document), found
        assert not found.findings, found.findings


def test_samples_in_json_are_written_for_people():
    """JSON samples are indented, and hold no key that says nothing."""
    for name, content in samples():
        if name.endswith(".json"):
            assert content.startswith(b'{\n  "type"')
            assert None not in json.loads(content)["value" if b'"value"' in content[:60] else "order"].values()
