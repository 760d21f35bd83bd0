"""A decision through the page, the interface or the administration: the same state, step, history and letter."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from initiatives import actions
from initiatives.enums import Status, Verb
from initiatives.models import Initiative, Submission
from initiatives.reviews.actions import DECISIONS
from initiatives.reviews.forms import version
from initiatives.telling import posting
from tests.factories import InitiativeFactory

pytestmark = pytest.mark.django_db
FROM = {
    Verb.PUBLISH: Status.PENDING,
    Verb.ASK_CHANGES: Status.PENDING,
    Verb.REJECT: Status.PENDING,
    Verb.ARCHIVE: Status.PUBLISHED,
    Verb.RESTORE: Status.ARCHIVED,
}
REASON = "Seen together."


def page(client, initiative, verb):
    """The form of a review."""
    form = {"verb": verb, "reason": REASON, "chosen": version(initiative)}
    return client.post(reverse("moderation_decide", args=[initiative.uuid]), form)


def interface(client, initiative, verb):
    """What programs ask."""
    address = f"/api/initiatives/{initiative.uuid}/{verb}/"
    return client.post(address, json.dumps({"reason": REASON}), content_type="application/json")


def administration(client, initiative, verb):
    """A step taken in the list."""
    form = {"action": f"{verb}_chosen", "_selected_action": [initiative.pk], "reason": REASON}
    return client.post(reverse("admin:initiatives_initiative_changelist"), form)


def after(client, cast, verb, door) -> dict:
    """What a decision leaves."""
    made = InitiativeFactory()
    Submission.objects.create(
        initiative=made, email="x@demo.example", language="fr", confirmed_at=timezone.now()
    )
    for step in {
        Status.PENDING: ["submit"],
        Status.PUBLISHED: ["publish"],
        Status.ARCHIVED: ["publish", "archive"],
    }[FROM[verb]]:
        made = getattr(actions, step)(made, by=None)
    jobs = ProcrastinateJob.objects.filter(
        task_name=posting.TASK, args={"letterbox": made.submission.letterbox_id}
    )
    client.force_login(cast["admin"])
    answer = door(client, made, verb)
    assert answer.status_code in (200, 302), answer.content[:500]
    stored = Initiative.objects.get(pk=made.pk)
    step = stored.status_changes.first()
    former = stored.versions.order_by("-pgh_id").first()
    return {
        "status": stored.status,
        "step": (step.verb, step.from_status, step.to_status, step.by, step.reason),
        "history": (
            former.status,
            former.pgh_context.metadata["verb"],
            former.pgh_context.metadata["reason"],
        ),
        "letters": jobs.count(),
    }


@pytest.mark.parametrize("verb", DECISIONS)
def test_each_door_leaves_the_same(client, cast, verb):
    page_left, *others = [after(client, cast, verb, door) for door in (page, interface, administration)]
    assert page_left["step"] == (verb, FROM[verb], page_left["status"], cast["admin"], REASON)
    assert page_left["letters"] == 1
    assert others
    assert all(left == page_left for left in others)
