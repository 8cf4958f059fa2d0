"""What the review recommended, as tasks of the plan."""

from __future__ import annotations

from orderlib.planning.record import Plan, TaskDraft
from orderlib.review.advice import Recommendation
from orderlib.review.record import Reviews
from orderlib.values.identifier import DocumentId

__all__ = ["advised"]


def advised(plan: Plan | None, reviews: Reviews | None) -> tuple[TaskDraft, ...]:
    """What the plan was advised of, and every recommendation of the review that no task does yet."""
    drafts = [*plan.advised] if plan is not None else []
    known = {task.draft.name for task in plan.tasks} if plan is not None else set[str]()
    if reviews is not None:
        fresh = (each for each in reviews.recommendations if each.measure not in known)
        drafts += [_draft(f"advised-{len(reviews.rounds)}-{number}", each) for number, each in enumerate(fresh, 1)]
    return tuple(drafts)


def _draft(task_id: str, advice: Recommendation) -> TaskDraft:
    criterion = advice.criterion or f"done: {advice.measure}"
    return TaskDraft(DocumentId(task_id), advice.measure, advice.owner, criterion, advice.duration)
