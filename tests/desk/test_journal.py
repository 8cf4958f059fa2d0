"""A journal gives each event a place that is never given again, and lets go of what is dropped."""

from __future__ import annotations

from orderlib.case.repository import Recorded
from orderlib.desk._journal import Journal
from orderlib.values.key import Key


def entry(version):
    """Something that was recorded; the journal does not look into it."""
    return Recorded(Key("case", "c"), version, None)


def written(size):
    """A journal with so many entries."""
    journal = Journal()
    assert [journal.add(entry(number)) for number in range(1, size + 1)] == list(range(1, size + 1))
    return journal


def test_entries_stand_at_places_that_count_from_one():
    """And are found again by them, in the order asked for."""
    journal = written(5)
    assert [each.version for each in journal.at([4, 2])] == [4, 2]
    assert [(place, each.version) for place, each in journal.after(3)] == [(4, 4), (5, 5)]
    assert list(journal.after(5)) == []
    assert len(journal) == 5


def test_what_is_dropped_leaves_a_gap_and_its_place_stays_empty():
    """Whether the rows were closed up meanwhile or not, nobody sees it."""
    journal = written(10)
    journal.drop([2, 3])
    assert [place for place, _ in journal.after(0)] == [1, 4, 5, 6, 7, 8, 9, 10]
    journal.drop([4, 5, 6, 7])  # more gaps than entries: closed up
    assert [place for place, _ in journal.after(0)] == [1, 8, 9, 10]
    assert [each.version for each in journal.at([1, 2, 9])] == [1, 9]
    assert journal.at([99]) == []
    assert journal.add(entry(11)) == 11
    assert len(journal) == 5


def test_a_reader_sees_what_is_added_and_passes_over_what_is_dropped_meanwhile():
    """Even where the rows are closed up under its eyes, nothing comes twice and nothing is passed over."""
    journal = written(6)
    reader = journal.after(0)
    assert next(reader)[0] == 1
    journal.drop([3, 4, 5, 6])
    journal.add(entry(7))
    assert [place for place, _ in reader] == [2, 7]


def test_a_journal_of_which_everything_is_dropped_is_empty():
    """And goes on counting where it was."""
    journal = written(3)
    journal.drop([1, 2, 3])
    assert (len(journal), list(journal.after(0)), journal.add(entry(1))) == (0, [], 4)
