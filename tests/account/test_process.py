"""Accounts decide their commands, and carry the sums of what all cases expose."""

from __future__ import annotations

from datetime import date

import pytest

from orderlib.account.message import (
    AccountUnblocked,
    BlockAccount,
    DunningLevelSet,
    ExposureSet,
    OpenAccount,
    SetCreditLimit,
    UnblockAccount,
)
from orderlib.account.process import decide, evolve, expose, lapse
from orderlib.errors import InvalidValueError, RefusedError
from orderlib.values.instant import instant
from orderlib.values.key import Key
from orderlib.values.message import Command, Stamp
from orderlib.values.money import Money
from orderlib.values.party import Actor
from orderlib.values.rate import ExchangeRate

MEI = Actor("mei", "finance")
NOW = instant("2026-03-02T09:00:00Z")
STAMP = Stamp("c1", MEI, NOW, NOW)
RATE = ExchangeRate("USD", "EUR", "0.9", date(2026, 3, 2))


def eur(amount):
    """So many euros."""
    return Money(amount, "EUR")


def act(account, kind, *what, **more):
    """Give a command to the account, fold what it decides."""
    for event in decide(account, kind("C1", *what, by=MEI, id="c1", at=NOW, **more)):
        account = evolve(account, event)
    return account


def exposed(account, case_id, **parts):
    """The account after a case has said what it exposes."""
    for event in expose(account, case_id, STAMP, **parts):
        account = evolve(account, event)
    return account


def refusal(kind, act, *arguments, **more):
    """Codes of the refusal."""
    with pytest.raises(kind) as caught:
        act(*arguments, **more)
    return [each.code for each in caught.value.findings]


@pytest.fixture
def account():
    """An account with a limit of 100 euros."""
    return act(None, OpenAccount, "EUR", eur(100))


def test_an_account_is_opened_with_or_without_a_limit(account):
    """It stands at nothing."""
    assert account.position().available == eur(100)
    assert act(None, OpenAccount, "EUR").position().available is None
    assert (account.id, account.version) == ("C1", 1)


def test_opening_is_checked(account):
    """Once only, in a currency that can be priced, with a limit in it."""
    assert refusal(RefusedError, act, account, OpenAccount, "EUR") == ["account.exists"]
    assert refusal(InvalidValueError, act, None, OpenAccount, "XAU") == ["currency.no-minor-unit"]
    assert refusal(InvalidValueError, act, None, OpenAccount, "EUR", Money(1, "USD")) == ["account.currency"]
    assert refusal(InvalidValueError, act, None, OpenAccount, "EUR", eur(-1)) == ["account.negative-limit"]


def test_the_limit_is_set_and_taken_away(account):
    """In the account's currency, not below zero."""
    assert act(account, SetCreditLimit, eur(5)).limit == eur(5)
    assert act(account, SetCreditLimit, None).limit is None
    assert refusal(InvalidValueError, act, account, SetCreditLimit, eur(-5)) == ["account.negative-limit"]
    assert refusal(RefusedError, act, None, SetCreditLimit, None) == ["account.unknown"]


def test_an_account_is_blocked_and_unblocked_for_a_reason(account):
    """The reason stands as long as the block."""
    blocked = act(account, BlockAccount, reason="insolvency")
    assert (blocked.position().blocked, blocked.blocked_because) == (True, "insolvency")
    free = act(blocked, UnblockAccount)
    assert (free.position().blocked, free.blocked_because) == (False, "")
    assert refusal(RefusedError, act, account, BlockAccount) == ["account.reason-missing"]
    assert refusal(RefusedError, act, account, UnblockAccount) == ["account.not-blocked"]
    both = ["account.reason-missing", "account.blocked-already"]
    assert refusal(RefusedError, act, blocked, BlockAccount) == both


def test_a_refusal_names_what_is_possible(account):
    """Blocked or not."""
    with pytest.raises(RefusedError) as caught:
        act(account, UnblockAccount)
    assert caught.value.allowed == ("SetCreditLimit", "BlockAccount")
    with pytest.raises(RefusedError) as caught:
        act(act(account, BlockAccount, reason="x"), OpenAccount, "EUR")
    assert caught.value.allowed == ("SetCreditLimit", "UnblockAccount")


def test_commands_and_events_address_the_account(account):
    """The stream is the customer's."""
    assert UnblockAccount("C1", by=MEI).target == Key("account", "C1")
    assert AccountUnblocked(STAMP, "C1").stream_id == "C1"
    assert AccountUnblocked.kind == UnblockAccount.kind == "account"
    assert refusal(RefusedError, decide, account, Command(by=MEI)) == ["account.unknown-command"]


def test_nothing_of_an_account_lapses(account):
    """Not even with time."""
    assert lapse(account, NOW, STAMP) == ()


def test_the_dunning_level_is_kept(account):
    """For policies to see."""
    assert evolve(account, DunningLevelSet(STAMP, "C1", 2)).position().dunning_level == 2


def test_the_level_is_the_highest_of_all_cases_and_falls_with_them(account):
    """One case that pays does not clear the other."""
    for case_id, level, highest in (("a", 2, 2), ("b", 3, 3), ("b", 0, 2), ("a", 1, 1), ("c", 0, 1), ("a", 0, 0)):
        account = evolve(account, DunningLevelSet(STAMP, "C1", level, case_id))
        assert account.dunning_level == highest
    assert account.dunned == ()


def test_exposures_replace_each_other_and_sum_up(account):
    """Each case says what stands now."""
    account = exposed(account, "case-1", order=eur(50))
    account = exposed(account, "case-2", order=eur(5), receivable=eur(1))
    account = exposed(account, "case-1", order=eur(20), delivered=eur(30))
    position = account.position()
    assert (position.order, position.delivered, position.receivable) == (eur(25), eur(30), eur(1))
    assert position.available == eur(44)
    assert account.position(without="case-1").available == eur(94)
    assert account.position(without="case-9") == position


def test_exposures_in_another_currency_need_a_rate(account):
    """Kept in the account's currency."""
    assert exposed(account, "case-1", order=Money(10, "USD"), rates=[RATE]).order == eur(9)
    assert refusal(InvalidValueError, expose, account, "case-1", STAMP, order=Money(10, "USD")) == [
        "account.rate-missing"
    ]
    foreign = ExposureSet(STAMP, "C1", "case-1", *[Money(1, "USD")] * 3)
    assert refusal(InvalidValueError, evolve, account, foreign) == ["account.currency"]


def test_what_changes_nothing_is_no_event(account):
    """Neither nothing for a case that had nothing, nor the same again."""
    assert expose(account, "case-1", STAMP) == ()
    account = exposed(account, "case-1", order=eur(5))
    assert expose(account, "case-1", STAMP, order=eur(5)) == ()


def test_settled_cases_are_swept_out_in_bulk(account):
    """A customer of many years does not carry every order; the sums stay right."""
    account = exposed(account, "open", order=eur(7))
    for number in range(200):
        account = exposed(account, f"case-{number}", order=eur(1))
        account = exposed(account, f"case-{number}")
    assert account.position().exposure == eur(7)
    assert len(account.exposures) < 130
    assert account.settled == sum(not each.total for each in account.exposures)
    again = exposed(account, "case-0", order=eur(2))
    assert again.position().exposure == eur(9)


def test_a_history_that_cannot_be_is_refused(account):
    """Opened twice, nothing opened, another kind of event."""
    opened = decide(None, OpenAccount("C1", "EUR", by=MEI, id="c1", at=NOW))[0]
    for state, event in [(account, opened), (None, AccountUnblocked(STAMP, "C1")), (account, STAMP)]:
        assert refusal(InvalidValueError, evolve, state, event) == ["account.impossible-event"]
