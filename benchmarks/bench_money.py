"""P6: money against py-moneyed and raw Decimal; R3: what a hostile amount costs before it is refused.

One round of `add` is one addition, called. The Decimal loops do the same work as ours in the way everybody writes
it, over amounts that carry a currency: `sum` looks at it and adds, `allocate` cuts each share off at the cent and
hands out the cents that are left over.

    python benchmarks/bench_money.py
"""

from __future__ import annotations

import operator
import sys
import time
import tracemalloc
from decimal import ROUND_DOWN, Decimal
from functools import partial
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "src")]

from measure import Row, at_least, at_most, ratio  # noqa: E402 - its folder is put on the path above

from orderlib.errors import InvalidValueError  # noqa: E402 - the checkout is put on the path above
from orderlib.values.money import Money, sum_money  # noqa: E402 - as above

CENT = Decimal("0.01")
AMOUNTS = [Decimal(1250 + 77 * place).scaleb(-2) for place in range(50)]
WEIGHTS = [3, 7, 11, 2, 5, 13, 4]
LEFT, RIGHT = Decimal("1234.56"), Decimal("78.90")


class Plain:
    """An amount that carries its currency, and nothing else."""

    __slots__ = ("amount", "currency")

    def __init__(self, amount: Decimal, currency: str) -> None:
        self.amount, self.currency = amount, currency


PLAIN = [Plain(amount, "EUR") for amount in AMOUNTS]


def decimal_sum(amounts: list[Plain], currency: str) -> Plain:
    """The sum as a plain loop."""
    total = Decimal(0)
    for each in amounts:
        if each.currency != currency:
            raise ValueError(each.currency)
        total += each.amount
    return Plain(total, currency)


def decimal_allocate(amount: Plain, weights: list[int]) -> list[Plain]:
    """Largest remainders over decimals."""
    whole = sum(weights)
    exact = [amount.amount * weight / whole for weight in weights]
    shares = [share.quantize(CENT, rounding=ROUND_DOWN) for share in exact]
    left = int((amount.amount - sum(shares)) / CENT)
    order = sorted(range(len(shares)), key=lambda place: exact[place] - shares[place], reverse=True)
    for place in order[:left]:
        shares[place] += CENT
    return [Plain(share, amount.currency) for share in shares]


def hostile() -> list[object]:
    """Amounts that no reader may take; the long ones show that nothing is built before it is bounded."""
    long = 100_000
    return [
        *("1e5", "1E5", "1e1000000", "1e-1000000", "NaN", "sNaN", "Infinity", "-inf", "+5", "", " ", " 1", "1 ", "1\n"),
        *("1_000", "1,5", "1.", ".5", "--1", "1.2.3", "0x10", "١٢", "1２", "½", "1\x00", "-0", "-0.00", "12.345"),
        *("1" * long, "0." + "0" * long + "1", "1" * long + "e5", "-" * long, "x" * long, "NaN" + "1" * long),
        *(Decimal("NaN"), Decimal("sNaN1"), Decimal("-Infinity"), Decimal("-0"), Decimal("1e1000000")),
        *(Decimal("1e-1000000"), Decimal("1" * long), Decimal("0.001"), 10**long, -(10**17), 1.5, float("nan"), 1 + 2j),
        *(True, False, None, b"1", [1], (1, 2), {"amount": 1}, ["1"] * long, object(), int),
    ]


def refusal(amount: object) -> tuple[float, int]:
    """Milliseconds and bytes until the amount is refused; the faster of two, so that nothing is loaded meanwhile."""
    spent = []
    for _ in range(2):
        start = time.thread_time()
        _refused(amount)
        spent.append((time.thread_time() - start) * 1e3)
    tracemalloc.start()
    try:
        _refused(amount)
        return min(spent), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def _refused(amount: object) -> None:
    try:
        Money(amount, "EUR")  # type: ignore[arg-type]
    except InvalidValueError as error:
        if all(finding.code and finding.address == "/amount" for finding in error.findings):
            return
    raise AssertionError(f"taken: {amount!r:.40}")


def run(*, smoke: bool = False) -> list[Row]:
    """Measure everything."""
    left, right = Money(LEFT, "EUR"), Money(RIGHT, "EUR")
    amounts = [Money(amount, "EUR") for amount in AMOUNTS]
    plain = Plain(LEFT, "EUR")
    add = partial(operator.add, left, right)
    their_sum, our_sum = partial(decimal_sum, PLAIN, "EUR"), partial(sum_money, amounts, "EUR")
    their_shares, our_shares = partial(decimal_allocate, plain, WEIGHTS), partial(left.allocate, WEIGHTS)
    if our_sum().amount != their_sum().amount:
        raise AssertionError("the two sums differ")
    if [share.amount for share in our_shares()] != [share.amount for share in their_shares()]:
        raise AssertionError("the two allocations differ")
    rows = [
        at_most("P6 add, times raw Decimal", 5, 1 / ratio(partial(operator.add, LEFT, RIGHT), add, smoke=smoke)),
        at_most("P6 sum of 50, times the Decimal loop", 0.6, 1 / ratio(their_sum, our_sum, smoke=smoke)),
        at_most("P6 allocate over 7, times the Decimal loop", 0.4, 1 / ratio(their_shares, our_shares, smoke=smoke)),
    ]
    try:
        from moneyed import Money as Peer
    except ImportError:
        print("py-moneyed is not installed: its row is left out", file=sys.stderr)
    else:
        peer, other = Peer(LEFT, "EUR"), Peer(RIGHT, "EUR")
        theirs = partial(operator.add, peer, other)
        rows.insert(0, at_least("P6 add, py-moneyed / ours", 1.8, ratio(theirs, add, smoke=smoke)))
    spent = [refusal(amount) for amount in hostile()]
    rows.append(at_most(f"R3 {len(spent)} hostile amounts refused, slowest in ms", 5, max(each for each, _ in spent)))
    rows.append(
        at_most(f"R3 {len(spent)} hostile amounts refused, largest in MB", 1, max(each for _, each in spent) / 1e6)
    )
    return rows


if __name__ == "__main__":
    for row in run():
        print(f"{row['name']:<60} {row['bar']:>8} {row['measured']:>10.3g}  {'ok' if row['ok'] else 'MISSED'}")
