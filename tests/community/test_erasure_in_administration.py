"""Members that are erased in the administration, and what its log says of them afterwards."""

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType

from community.members import actions
from community.models import CollectiveMembership, Member
from initiatives.models import StatusChange

pytestmark = pytest.mark.django_db


def test_the_journal_of_the_administration_forgets_the_name(ana, cast):
    def noted(on, text):
        return LogEntry.objects.create(
            user=cast["admin"],
            content_type=ContentType.objects.get_for_model(on),
            object_id=str(on.pk),
            object_repr=text,
            action_flag=CHANGE,
            change_message=f"Changed {text}",
        )

    of_member = noted(ana, "Ana Lopes")
    of_former = noted(CollectiveMembership(pk=0, member=ana), "Ana Lopes · Les Tables")
    of_address = noted(ana.emailaddress_set.first(), ana.email)
    of_others = noted(cast["visitor"], "Visitor")
    by_ana = noted(cast["steward"], "Steward")
    LogEntry.objects.filter(pk=by_ana.pk).update(user=ana)
    actions.erase(ana, by=ana)
    for entry in (of_member, of_former, of_address):
        entry.refresh_from_db()
        assert (entry.object_repr, entry.change_message) == ("", "")
    of_others.refresh_from_db()
    assert of_others.object_repr == "Visitor"
    assert LogEntry.objects.get(pk=by_ana.pk).user_id == ana.pk


def test_the_administration_deletes_as_members_do(client, ana, cast):
    step = StatusChange.objects.filter(by=ana).first()
    client.force_login(cast["admin"])
    answer = client.post(f"/admin/community/member/{ana.pk}/delete/", {"post": "yes"})
    assert answer.status_code == 302
    assert Member.objects.get(pk=ana.pk).erased_at
    step.refresh_from_db()
    assert step.by_id == ana.pk
    assert not LogEntry.objects.filter(object_repr__contains="Ana").exists()
    several = {
        "action": "delete_selected",
        "_selected_action": [cast["visitor"].pk, cast["steward"].pk],
        "post": "yes",
    }
    client.post("/admin/community/member/", several)
    assert Member.objects.exclude(erased_at=None).count() == 3
