"""Values that no schedule can go below: what the critical path, the work on each resource and the due dates force."""

from __future__ import annotations

from orderlib.planning.scheduling.network import Network
from orderlib.planning.scheduling.schedule import ScheduleObjective

__all__ = ["lower_bound"]


def lower_bound(network: Network) -> int:
    """The larger of the critical path and the work per capacity; for lateness and cost, what cannot be avoided."""
    starts, finishes = [0] * network.count, [0] * network.count
    for at in network.order:
        found = network.soonest_end(at, starts, finishes)
        finishes[at], starts[at] = found or (0, 0)
    objective = network.problem.objective
    if objective is ScheduleObjective.MAKESPAN:
        return max([max(finishes, default=0), *(_work(network, at) for at in range(len(network.most)))])
    late = sum(
        weight * max(finish - due, 0)
        for finish, due, weight in zip(finishes, network.due, network.weight, strict=True)
        if due is not None
    )
    if objective is ScheduleObjective.WEIGHTED_TARDINESS:
        return late
    return late + sum(min(option.cost for option in options) for options in network.options)


def _work(network: Network, resource: int) -> int:
    """When all the work on a resource can be done at the soonest, were it never interrupted."""
    if network.frozen or not network.most[resource]:
        return 0
    shares: list[int] = []
    heads: list[int] = []
    for at, options in enumerate(network.options):
        least = min(option.duration * dict(option.needs).get(resource, 0) for option in options)
        if least:
            shares.append(least)
            heads.append(network.release[at])
    return min(heads, default=0) - (-sum(shares) // network.most[resource])
