"""Suggesting a change: what the form shows, what is kept of it, who changes at once."""

import pytest

from initiatives import actions
from initiatives.enums import ContactKind, Precision, Status, Visibility
from initiatives.models import Proposal, StatusChange
from initiatives.proposals import values
from tests.initiatives.proposing import address, fields, stored, suggest
from tests.initiatives.test_rights import ROLES, member
from vocabulary.models import LegalForm, Theme

pytestmark = pytest.mark.django_db
HIDDEN = {
    "precision": Precision.LOCALITY,
    "street": "7 rue Cachée",
    "contacts": {
        ContactKind.EMAIL: ("secret@demo.example", Visibility.MEMBERS),
        ContactKind.PHONE: ("+33478000000", Visibility.EVERYONE),
    },
}


@pytest.fixture
def shy(bakery):
    """The bakery with something to hide."""
    return actions.revise(bakery, by=None, values=HIDDEN)


def test_the_form_shows_what_everyone_sees_and_no_more(client, shy):
    shown = client.get(address(shy))
    body = shown.content.decode()
    assert shown.status_code == 200
    assert "+33478000000" in body
    for private in ("secret@demo.example", "Cachée", "45.764000", "4.835700"):
        assert private not in body
    form = shown.context["form"]
    assert "secret" not in str(form.before)
    assert form.before["values"]["position"] == [
        round(shy.public_position.x, 6),
        round(shy.public_position.y, 6),
    ]


@pytest.mark.parametrize("role", ROLES)
def test_only_those_who_may_revise_see_the_rest_and_change_at_once(client, cast, shy, role):
    who = member(cast, role)
    if who.is_authenticated:
        client.force_login(who)
    may = role in ("facilitator", "steward", "moderator", "admin")
    assert ("secret@demo.example" in client.get(address(shy)).content.decode()) is may
    answer = suggest(client, shy, summary="Bread for all.", message="I work there")
    assert (answer.status_code, answer.url) == (302, shy.get_absolute_url())
    after = stored(shy)
    assert (after.summary == "Bread for all.") is may
    assert Proposal.objects.exists() is not may
    contacts = {row.kind: (row.value, row.visibility) for row in after.contacts.all()}
    assert contacts == {kind: tuple(map(str, row)) for kind, row in HIDDEN["contacts"].items()}
    assert after.position == shy.position
    if may:
        step = StatusChange.objects.filter(initiative=shy).first()
        assert (step.by, step.reason) == (who, "I work there")


def test_only_what_differs_is_kept(client, rhone, bakery):
    own = LegalForm.objects.exclude(pk__in=LegalForm.objects.generic()).first()
    finer = Theme.objects.exclude(parent=None).exclude(pk=bakery.primary_theme_id).first()
    given = {
        "description": "One.\n\nTwo. ",
        "legal_form": own,
        "themes": [finer],
        "website": "http://a.example",
    }
    bakery = actions.revise(bakery, by=None, values=given)
    root = Theme.objects.roots().first()
    assert suggest(client, bakery, founded="1999", themes=[str(root.pk)]).status_code == 302
    made = Proposal.objects.get()
    kept = sorted({root.slug, finer.slug, bakery.primary_theme.slug})
    assert made.values == {"founded": 1999, "themes": kept}
    assert (made.of, made.by, made.email, made.language) == (bakery.updated_at, None, "", "fr")


def test_contacts_that_are_not_shown_are_not_taken_away(client, shy):
    suggest(client, shy, phone="+33478111111")
    made = Proposal.objects.get()
    assert made.values == {"contacts": {"phone": ["+33478111111", "everyone"]}}
    assert values.read(made.values, shy)["contacts"] == {
        "email": ("secret@demo.example", "members"),
        "phone": ("+33478111111", "everyone"),
    }


def test_a_message_alone_is_enough_and_nothing_at_all_is_not(client, bakery):
    answer = suggest(client, bakery)
    assert answer.status_code == 400
    assert answer.context["form"].non_field_errors()
    suggest(client, bakery, message="They have moved", answer_email="me@demo.example")
    made = Proposal.objects.get()
    assert (made.values, made.message, made.email) == ({}, "They have moved", "me@demo.example")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"founded": "12"}, "founded"),
        ({"lat": "x"}, "lat"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"phone": "nope"}, "phone"),
        ({"homepage": "spam"}, "homepage"),
        ({"answer_email": "me"}, "answer_email"),
        ({"message": "x" * 2001}, "message"),
        ({"shown": "forged:x:y"}, "shown"),
        ({"primary_theme": "0"}, "primary_theme"),
        ({"name": ""}, "name"),
    ],
)
def test_what_cannot_be_used_is_told_beside_its_field(client, bakery, changes, field):
    answer = suggest(client, bakery, summary="x", **changes)
    assert answer.status_code == 400
    assert field in answer.context["form"].errors
    assert not Proposal.objects.exists()


def test_what_another_page_showed_is_not_taken_for_this_one(client, bakery, shy):
    other = actions.publish(actions.create(by=None, values=HIDDEN | other_values(bakery)), by=None)
    assert suggest(client, bakery, shown=fields(client, other)["shown"], summary="x").status_code == 400


def other_values(like) -> dict:
    """Enough to be published."""
    return {"name": "Other", "primary_theme": like.primary_theme, "position": like.position}


def test_what_others_change_meanwhile_is_no_part_of_a_proposal(client, bakery):
    sent = fields(client, bakery, summary="Mine")
    before = stored(bakery).updated_at
    actions.revise(bakery, by=None, values={"founded": 2001})
    client.post(address(bakery), sent)
    made = Proposal.objects.get()
    assert (made.values, made.of) == ({"summary": "Mine"}, before)


def test_who_revises_is_told_what_changed_meanwhile_and_may_insist(client, cast, bakery):
    client.force_login(cast["facilitator"])
    sent = fields(client, bakery, summary="Mine")
    actions.revise(bakery, by=None, values={"summary": "Theirs"})
    answer = client.post(address(bakery), sent)
    assert answer.status_code == 409
    assert stored(bakery).summary == "Theirs"
    sent["shown"] = answer.context["form"]["shown"].value()
    assert client.post(address(bakery), sent).status_code == 302
    assert stored(bakery).summary == "Mine"


def test_what_is_not_published_has_no_such_page(client, bakery):
    actions.archive(bakery, by=None)
    assert client.get(address(bakery)).status_code == 404
    assert bakery.status != Status.ARCHIVED


def test_a_former_address_leads_to_the_present_one(client, bakery):
    before = address(bakery)
    bakery = actions.revise(bakery, by=None, values={"name": "Another Name"})
    assert client.get(before).url == address(bakery)


def test_many_in_an_hour_are_too_many(client, bakery, settings):
    settings.ACCOUNT_RATE_LIMITS = {"propose_change": "2/h/ip"}
    statuses = [suggest(client, bakery, message="x").status_code for _time in range(3)]
    assert statuses == [302, 302, 429]


def test_a_member_gives_no_address(client, cast, bakery):
    client.force_login(cast["visitor"])
    assert "answer_email" not in client.get(address(bakery)).context["form"].fields
    suggest(client, bakery, message="x")
    made = Proposal.objects.get()
    assert (made.by, made.email) == (cast["visitor"], cast["visitor"].email)


def test_the_page_of_an_initiative_leads_there(client, bakery):
    assert address(bakery) in client.get(bakery.get_absolute_url()).content.decode()


def test_a_language_that_new_ones_are_not_offered_stays(client, bakery):
    actions.revise(bakery, by=None, values={"description": "Pan.", "description_language": "oc"})
    shown = client.get(address(bakery)).context["form"]["description_language"]
    assert ("oc", "oc") in shown.field.choices
    suggest(client, bakery, founded="1999")
    assert Proposal.objects.get().values == {"founded": 1999}
