"""Members: one account an e-mail address whatever its case, and memberships with dates."""

from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation

from community.members.enums import CollectiveRole, Role
from community.models import CollectiveMembership, Member
from tests.factories import CollectiveFactory, MemberFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
PASSWORD = "a-long-password-1"


def test_an_address_has_one_account_whatever_its_case():
    Member.objects.create_user("Ana@Demo.Example", PASSWORD)
    with pytest.raises(IntegrityError, match="member_email_once"), transaction.atomic():
        Member.objects.create_user("aNA@demo.example", PASSWORD)
    with translation.override("en"), pytest.raises(ValidationError, match="e-mail address exists already"):
        Member(email="ANA@DEMO.EXAMPLE", password="x").full_clean()
    assert Member.objects.count() == 1


def test_people_sign_in_with_their_address_in_any_case():
    ana = Member.objects.create_user("Ana@demo.example", PASSWORD)
    assert authenticate(username="aNa@Demo.example", password=PASSWORD) == ana
    assert authenticate(username="ana@demo.example", password="wrong") is None


def test_nobody_signs_up_twice_with_one_address(client):
    Member.objects.create_user("ana@demo.example", PASSWORD)
    form = {"email": "ANA@demo.example", "password1": PASSWORD, "password2": PASSWORD}
    client.post(reverse("account_signup"), form)
    assert Member.objects.count() == 1


def test_a_member_needs_an_address():
    with pytest.raises(ValueError, match="e-mail"):
        Member.objects.create_user("", PASSWORD)


def test_without_a_password_nobody_can_sign_in():
    assert not Member.objects.create_user("ana@demo.example").has_usable_password()


def test_the_command_makes_an_administrator(monkeypatch, capsys):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", interactive=False, email="root@Demo.Example", verbosity=0)
    root = Member.objects.get(email="root@demo.example")
    assert (root.is_staff, root.is_superuser, root.is_active) == (True, True, True)
    assert root.check_password(PASSWORD)


def test_a_member_is_called_by_the_public_name_and_never_by_the_address():
    assert str(Member(email="ana@demo.example", public_name="Ana")) == "Ana"
    nameless = Member(email="ana@demo.example")
    assert str(nameless) == str(nameless.uuid)[:8]


def test_roles_are_those_we_know():
    member = MemberFactory(roles=[Role.MODERATOR])
    assert member.has_role(Role.MODERATOR)
    assert not member.has_role(Role.ANIMATOR)
    member.roles = ["emperor"]
    with pytest.raises(ValidationError) as error:
        member.full_clean()
    assert "roles" in error.value.message_dict


def membership(**fields) -> CollectiveMembership:
    """Of a new member in a new collective."""
    fields = {"member": MemberFactory(), "collective": CollectiveFactory(), **fields}
    return CollectiveMembership.objects.create(**fields)


def test_a_membership_does_not_end_before_it_begins():
    with pytest.raises(IntegrityError, match="collective_membership_dates"), transaction.atomic():
        membership(started_on=TODAY(), ended_on=TODAY() - timedelta(days=1))
    wrong = CollectiveMembership(
        member=MemberFactory(),
        collective=CollectiveFactory(),
        started_on=TODAY(),
        ended_on=TODAY() - timedelta(days=1),
    )
    with translation.override("en"), pytest.raises(ValidationError, match="end comes before"):
        wrong.full_clean()


def test_a_member_is_once_in_a_collective_at_a_time():
    first = membership()
    same = {"member": first.member, "collective": first.collective}
    with pytest.raises(IntegrityError, match="collective_membership_once"), transaction.atomic():
        membership(**same)
    first.ended_on = TODAY()
    first.save()
    membership(**same, role=CollectiveRole.FACILITATOR)
    assert first.member.collective_memberships.count() == 2


@pytest.mark.parametrize(
    ("start", "end", "is_current"),
    [(0, None, True), (-9, None, True), (1, None, False), (-9, 1, True), (-9, 0, False), (-9, -1, False)],
)
def test_a_membership_counts_between_its_dates(start, end, is_current):
    day = TODAY()
    membership(
        started_on=day + timedelta(days=start),
        ended_on=None if end is None else day + timedelta(days=end),
    )
    assert CollectiveMembership.objects.current().exists() is is_current


def test_who_leaves_takes_the_memberships_along():
    left = membership()
    left.member.delete()
    assert not CollectiveMembership.objects.exists()
