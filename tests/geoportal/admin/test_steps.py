"""Steps of the workflow, taken in the list of the administration."""

import pytest
from django.contrib.auth.models import Permission

from initiatives.enums import Status, Verb
from initiatives.merging import actions as merging
from initiatives.models import Initiative
from tests.factories import InitiativeFactory

from .pages import form_of, page


def chosen(client, step, *initiatives, reason="seen"):
    """Choose rows in the list and take a step; the messages that follow."""
    data = {"action": f"{step}_chosen", "_selected_action": [row.pk for row in initiatives], "reason": reason}
    answer = client.post(page(Initiative, "changelist"), data, follow=True)
    return [(message.level_tag, str(message)) for message in answer.context["messages"]]


@pytest.mark.django_db
def test_publishing_from_the_list_is_a_step_of_the_workflow(office, cast, bakery):
    draft = InitiativeFactory()
    said = chosen(office, "publish", draft, bakery)
    draft.refresh_from_db()
    assert draft.status == Status.PUBLISHED
    step = draft.status_changes.first()
    assert (step.verb, step.by, step.reason) == (Verb.PUBLISH, cast["admin"], "seen")
    assert [level for level, _text in said] == ["error", "success"]
    assert bakery.name in said[0][1]
    assert bakery.status_changes.filter(verb=Verb.PUBLISH).count() == 1


@pytest.mark.django_db
def test_what_is_incomplete_is_refused_with_its_reason(office):
    draft = InitiativeFactory(position=None)
    said = chosen(office, "publish", draft)
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT
    assert [level for level, _text in said] == ["error"]


@pytest.mark.django_db
@pytest.mark.parametrize("step", [Verb.ASK_CHANGES, Verb.REJECT])
def test_a_step_that_needs_a_message_is_not_taken_without_one(office, step):
    waiting = InitiativeFactory()
    chosen(office, Verb.SUBMIT, waiting)
    assert [level for level, _text in chosen(office, step, waiting, reason=" ")] == ["error"]
    waiting.refresh_from_db()
    assert waiting.status == Status.PENDING
    assert 'name="reason"' in office.get(page(Initiative, "changelist")).content.decode()
    assert [level for level, _text in chosen(office, step, waiting, reason="Which street?")] == ["success"]
    assert waiting.status_changes.first().reason == "Which street?"


@pytest.mark.django_db
def test_staff_without_the_right_is_refused(client, cast, bakery):
    clerk = cast["visitor"]
    clerk.is_staff = True
    clerk.save()
    clerk.user_permissions.set(
        Permission.objects.filter(codename__in=["view_initiative", "change_initiative"])
    )
    client.force_login(clerk)
    assert [level for level, _text in chosen(client, "archive", bakery)] == ["error"]
    bakery.refresh_from_db()
    assert bakery.is_published
    assert (
        client.post(page(Initiative, "change", bakery.pk), form_of(client, bakery, name="Mine")).status_code
        == 403
    )
    bakery.refresh_from_db()
    assert bakery.name == "Le Fournil des Deux Rives"


def test_what_lives_on_in_another_one_is_not_changed_here(office, bakery):
    twin = InitiativeFactory(published=True)
    door = page(Initiative, "change", twin.pk)
    assert 'name="_save"' in office.get(door).content.decode()
    merging.merge(twin, into=bakery, by=None)
    assert 'name="_save"' not in office.get(door).content.decode()
    assert office.post(door, {"name": "x"}).status_code == 403
    assert [level for level, _text in chosen(office, "restore", twin)] == ["error"]
