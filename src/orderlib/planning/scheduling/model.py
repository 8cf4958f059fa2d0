"""The constraint model of a problem, for CP-SAT; `cp` is its Python module, there only where it is installed."""

from __future__ import annotations

from typing import Any

from orderlib.errors import InvalidValueError
from orderlib.planning.scheduling.bound import lower_bound
from orderlib.planning.scheduling.generation import Layout, Placing
from orderlib.planning.scheduling.network import FF, FS, SS, Network, Option
from orderlib.planning.scheduling.schedule import ScheduleObjective
from orderlib.planning.scheduling.timeline import ALL_THE_TIME

__all__ = ["Model"]


class Model:
    """Variables and constraints; `best` is a layout that is already known, whose makespan bounds the horizon."""

    def __init__(self, cp: Any, network: Network, best: Layout, *, kept: bool) -> None:
        self.network = network
        self.model: Any = cp.CpModel()
        self.end: int = _horizon(network, best, kept=kept)
        self.starts: list[Any] = []
        self.finishes: list[Any] = []
        self.chosen: list[list[Any]] = []
        self._tied: set[int] = set()  # whose finish is its start and a constant
        self._held: list[list[tuple[Any, int]]] = [[] for _ in network.capacity]
        for at in range(network.count):
            self._activity(at)
        for at in range(network.count):
            self._links(at)
        for resource in range(len(network.capacity)):
            self._capacity(resource)
        self._objective()

    def _activity(self, at: int) -> None:
        network, model = self.network, self.model
        frozen, options = network.frozen.get(at), network.options[at]
        deadline = network.deadline[at]
        latest = self.end if deadline is None or frozen is not None else min(self.end, deadline)
        start = model.new_int_var(network.release[at] if frozen is None else 0, self.end, "")
        single = len(options) == 1 and options[0].timeline is ALL_THE_TIME and frozen is None
        finish: Any = start + options[0].duration if single else model.new_int_var(0, self.end, "")
        if single:
            self._tied.add(at)
        self.starts.append(start)
        self.finishes.append(finish)
        if latest < self.end:
            model.add(finish <= latest)
        chosen = [1] if len(options) == 1 else [model.new_bool_var("") for _ in options]
        self.chosen.append(chosen)
        if len(options) > 1:
            model.add_exactly_one(chosen)
        if frozen is not None:
            model.add(start == frozen.start)
            model.add(finish == frozen.finish)
            for option, literal in zip(options, chosen, strict=True):
                if len(options) > 1:
                    model.add(literal == int(option.mode_id == frozen.mode))
        for option, literal in zip(options, chosen, strict=True):
            self._mode(option, literal, start, finish, free=frozen is None)

    def _mode(self, option: Option, literal: Any, start: Any, finish: Any, *, free: bool) -> None:
        model, always = self.model, type(literal) is int
        if free and (not always or option.timeline is not ALL_THE_TIME):
            if option.timeline is ALL_THE_TIME or not option.duration:
                self._where(literal, model.add(finish == start + option.duration))
            else:
                self._paused(option, literal, start, finish)
        if option.needs and option.duration:
            size = option.duration if free and option.timeline is ALL_THE_TIME else model.new_int_var(0, self.end, "")
            interval = (
                model.new_interval_var(start, size, finish, "")
                if always
                else model.new_optional_interval_var(start, size, finish, literal, "")
            )
            for resource, amount in option.needs:
                self._held[resource].append((interval, amount))

    def _paused(self, option: Option, literal: Any, start: Any, finish: Any) -> None:
        """Start and finish lie in spans of work, as far apart in working time as the work takes."""
        model, timeline = self.model, option.timeline
        worked = model.new_int_var(0, max(timeline.total - option.duration, 0), "")
        begins: list[Any] = []
        ends: list[Any] = []
        for opens, closes, before in zip(timeline.starts, timeline.ends, timeline.before, strict=True):
            if opens > self.end:
                break
            begin, end, until = model.new_bool_var(""), model.new_bool_var(""), before + closes - opens
            begins.append(begin)
            ends.append(end)
            self._where(begin, model.add(worked >= before))
            self._where(begin, model.add(worked < until))
            self._where(begin, model.add(start == worked + opens - before))
            self._where(end, model.add(worked + option.duration > before))
            self._where(end, model.add(worked + option.duration <= until))
            self._where(end, model.add(finish == worked + option.duration + opens - before))
        for literals in (begins, ends):
            model.add(sum(literals) == literal)

    def _where(self, literal: Any, constraint: Any) -> None:
        if type(literal) is not int:
            constraint.only_enforce_if(literal)

    def _links(self, at: int) -> None:
        for other, kind, lag in self.network.preds[at]:
            if at in self.network.frozen and other in self.network.frozen:
                continue  # both are facts
            sooner = self.finishes[other] if kind in (FS, FF) else self.starts[other]
            later = self.starts[at] if kind in (FS, SS) else self.finishes[at]
            self.model.add(later >= sooner + lag)

    def _capacity(self, resource: int) -> None:
        held, most = list(self._held[resource]), self.network.most[resource]
        if not held:
            return
        steps = self.network.capacity[resource]
        lacking = [(0, steps[0][0], most)] if steps[0][0] > 0 else []
        untils = [*(at for at, _ in steps[1:]), self.end + 1]
        lacking += [(at, until, most - amount) for (at, amount), until in zip(steps, untils, strict=True)]
        for at, until, amount in lacking:
            if amount and at < until:
                held.append((self.model.new_fixed_size_interval_var(at, until - at, ""), amount))
        if all(2 * amount > most for _, amount in held):
            self.model.add_no_overlap([interval for interval, _ in held])
        else:
            self.model.add_cumulative([interval for interval, _ in held], [amount for _, amount in held], most)

    def _objective(self) -> None:
        network, model = self.network, self.model
        bound = lower_bound(network)
        if network.problem.objective is ScheduleObjective.MAKESPAN:
            last = model.new_int_var(min(bound, self.end), self.end, "")
            for finish in self.finishes:
                model.add(last >= finish)
            model.minimize(last)
            return
        terms: list[Any] = []
        for at, (due, weight) in enumerate(zip(network.due, network.weight, strict=True)):
            if due is not None and weight and due < self.end:
                late = model.new_int_var(0, self.end - due, "")
                model.add(late >= self.finishes[at] - due)
                terms.append(weight * late)
        if network.problem.objective is ScheduleObjective.COST:
            for options, chosen in zip(network.options, self.chosen, strict=True):
                terms += [option.cost * literal for option, literal in zip(options, chosen, strict=True)]
        if terms:
            model.add(sum(terms) >= bound)
            model.minimize(sum(terms))

    def hint(self, layout: Layout) -> None:
        """Where to look first."""
        for at, (start, finish, mode) in enumerate(zip(*layout, strict=True)):
            self.model.add_hint(self.starts[at], start)
            if at not in self._tied:
                self.model.add_hint(self.finishes[at], finish)
            for number, literal in enumerate(self.chosen[at]):
                if type(literal) is not int:
                    self.model.add_hint(literal, number == mode)

    def layout(self, solver: Any) -> Layout:
        """What the solver found."""
        starts = [int(solver.value(each)) for each in self.starts]
        finishes = [int(solver.value(each)) for each in self.finishes]
        modes = [
            next((number for number, each in enumerate(chosen) if type(each) is int or solver.value(each)), 0)
            for chosen in self.chosen
        ]
        return starts, finishes, modes


def _horizon(network: Network, best: Layout, *, kept: bool) -> int:
    """A period by which an optimal schedule ends: the known makespan, or one activity after the other and more."""
    known = max(best[1], default=0)
    if kept and network.problem.objective is ScheduleObjective.MAKESPAN:
        return known
    work = sum(max(option.duration for option in options) for options in network.options)
    placing, last = Placing(network), max(network.release, default=0)
    try:
        for at in network.order:
            if at not in network.frozen:
                options = network.options[at]
                slowest = max(range(len(options)), key=lambda mode: options[mode].duration)
                placing.place(at, slowest, last)
                last = max(last, placing.finishes[at])
    except InvalidValueError:  # calendars or capacities end; nothing can lie beyond them
        last = known
    end = known + last + work
    return end if network.problem.horizon is None or not kept else min(end, network.problem.horizon)
