"""Edits in the administration are revisions like any other."""

import pytest

from community.models import Activity
from initiatives import actions
from initiatives.enums import Status, Verb
from initiatives.models import Initiative, Network
from territories.models import Collective
from tests.factories import CollectiveFactory
from vocabulary.models import Theme

from .pages import form_of, page, row


@pytest.mark.django_db
def test_an_edit_is_a_revision_by_someone(office, cast, bakery):
    answer = office.post(page(Initiative, "change", bakery.pk), form_of(office, bakery, summary="Good bread"))
    assert answer.status_code == 302
    bakery.refresh_from_db()
    assert bakery.summary == "Good bread"
    assert bakery.field_sources == {"summary": "people"}
    step = bakery.status_changes.first()
    assert (step.verb, step.by) == (Verb.REVISE, cast["admin"])
    version = bakery.versions.latest("pgh_id")
    assert version.summary == ""
    assert version.pgh_context.metadata["verb"] == "revise"
    assert version.pgh_context.metadata["by"] == cast["admin"].pk


@pytest.mark.django_db
def test_saving_without_a_change_is_no_revision(office, full):
    before = full.status_changes.count()
    assert office.post(page(Initiative, "change", full.pk), form_of(office, full)).status_code == 302
    assert full.status_changes.count() == before


@pytest.mark.django_db
def test_parts_are_saved_by_the_same_revision(office, full, picture):
    network = Network.objects.create(name="Bakers", slug="bakers")
    further = Theme.objects.get(slug="repair-cafes")
    kept = full.photos.get()
    changes = {
        "all_networks": [network.pk],
        "all_themes": [further.pk],
        **row("contacts", 1, kind="phone", value="+33478000000", visibility="members"),
        "contacts-0-DELETE": "on",
        **row("translations", 1, language="it", name="Il forno"),
        **row("photos", 1, image=picture("oven.png"), alt="An oven", licence=kept.licence_id, order=0),
        "photos-0-order": 1,
    }
    before = full.status_changes.count()
    answer = office.post(page(Initiative, "change", full.pk), form_of(office, full, **changes))
    assert answer.status_code == 302, answer.context["errors"]
    assert full.status_changes.count() == before + 1
    assert list(full.contacts.values_list("kind", "visibility")) == [("phone", "members")]
    assert list(full.translations.values_list("language", flat=True)) == ["de", "it"]
    assert [(photo.alt, photo.width, photo.height) for photo in full.photos.all()] == [
        ("An oven", 4, 3),
        ("A garden", 4, 3),
    ]
    assert full.photos.last().pk == kept.pk
    assert set(full.themes.all()) == {further, full.primary_theme}
    assert list(full.memberships.filter(until=None).values_list("network", flat=True)) == [network.pk]
    full.refresh_from_db()
    assert {"contacts", "translations", "photos", "themes", "networks"} <= set(full.field_sources)


@pytest.mark.django_db
def test_what_is_published_stays_complete(office, bakery):
    answer = office.post(page(Initiative, "change", bakery.pk), form_of(office, bakery, position=""))
    assert answer.status_code == 200
    assert "position" in answer.context["adminform"].form.errors
    bakery.refresh_from_db()
    assert bakery.position


@pytest.mark.django_db
def test_a_new_one_is_a_draft_with_its_parts(office, cast, theme, rhone):
    changes = {
        "name": "The Repair Shed",
        "primary_theme": theme.pk,
        "position": '{"type": "Point", "coordinates": [4.8, 45.7]}',
        **row("contacts", 0, kind="email", value="shed@demo.example", visibility="everyone"),
    }
    answer = office.post(page(Initiative, "add"), form_of(office, **changes))
    assert answer.status_code == 302, answer.context["errors"]
    made = Initiative.objects.get(name="The Repair Shed")
    assert (made.status, made.territory, made.contacts.get().value) == (
        Status.DRAFT,
        rhone,
        "shed@demo.example",
    )
    assert [(step.verb, step.by) for step in made.status_changes.all()] == [(Verb.CREATE, cast["admin"])]


@pytest.mark.django_db
def test_what_somebody_else_wrote_meanwhile_is_not_written_over(office, bakery):
    opened = form_of(office, bakery, summary="Mine", name="My bakery")
    actions.revise(bakery, by=None, values={"summary": "Of somebody else"})
    steps = bakery.status_changes.count()
    answer = office.post(page(Initiative, "change", bakery.pk), opened)
    assert answer.status_code == 200
    (told,) = answer.context["adminform"].form.non_field_errors()
    assert f"/initiatives/{bakery.slug}/history/" in told
    bakery.refresh_from_db()
    assert (bakery.summary, bakery.status_changes.count()) == ("Of somebody else", steps)
    assert (
        office.post(
            page(Initiative, "change", bakery.pk), form_of(office, bakery, summary="Mine")
        ).status_code
        == 302
    )


@pytest.mark.django_db
def test_a_form_that_does_not_say_what_it_shows_is_refused(office, bakery):
    sent = form_of(office, bakery, summary="Mine")
    del sent["seen"]
    assert office.post(page(Initiative, "change", bakery.pk), sent).status_code == 200
    bakery.refresh_from_db()
    assert bakery.summary != "Mine"


@pytest.mark.django_db
def test_a_collective_that_is_published_here_is_told_of_once(office, cast):
    made = CollectiveFactory(status="draft")
    door = page(Collective, "change", made.pk)

    def save(status: str) -> list:
        form = office.get(door).context["adminform"].form
        sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}
        answer = office.post(door, sent | {"status": status, "logo": "", "purposes": "{}"})
        assert answer.status_code == 302, answer.context["adminform"].form.errors
        lines = Activity.objects.filter(kind="collective")
        return list(lines.values_list("kind", "key", "by", "collective", "territory"))

    line = ("collective", str(made.pk), cast["admin"].pk, made.pk, made.territory_id)
    assert save("draft") == []
    assert [save(status) for status in ("published", "archived", "published")] == [[line]] * 3
