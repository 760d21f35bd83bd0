"""Giving back a former version: an edit like any other, by those who may edit."""

import io

import pytest
from django.contrib.gis.geos import Point
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone
from PIL import Image

from initiatives import actions
from initiatives.enums import ContactKind, Visibility
from initiatives.history.reading import versions
from initiatives.models import OldSlug
from tests.factories import NetworkFactory
from tests.initiatives.asking import counted
from tests.initiatives.pages import address
from tests.initiatives.test_history import told
from tests.initiatives.test_rights import MAY, ROLES, member
from vocabulary.models import Licence, Theme

VALUES = {
    "name": "Le Four",
    "summary": "Du pain",
    "description": "Tous les **jours**.",
    "tags": ["pain"],
    "position": Point(4.9, 45.8, srid=4326),
    "precision": "street",
    "contacts": {ContactKind.PHONE: ("+33199001234", Visibility.NOBODY)},
    "translations": [{"language": "de", "name": "Ofen", "summary": "", "description": ""}],
}


@pytest.fixture
def changed(cast, bakery):
    """A bakery whose second version is the published one, and what came after it."""
    repair = Theme.objects.get(slug="repair-cafes")
    return actions.revise(bakery, by=None, values=VALUES | {"themes": [repair]})


def without_address(version) -> dict:
    """What a version tells, but for what is given anew."""
    said = told(version)
    return said | {"row": {name: value for name, value in said["row"].items() if name != "slug"}}


def test_there_and_back_again(cast, changed):
    by = cast["moderator"]
    latest, former = versions(changed)[:2]
    actions.restore_version(changed, by=by, number=former.number)
    back = versions(changed)[0]
    assert without_address(back) == without_address(former)
    assert back.by == by
    assert str(timezone.now().year) in back.reason
    actions.restore_version(changed, by=by, number=latest.number)
    assert without_address(versions(changed)[0]) == without_address(latest)


def test_only_what_differs_is_marked_as_edited_here(cast, changed):
    actions.revise(changed, by=None, values={"summary": "Autre"})
    former = versions(changed)[1]
    restored = actions.restore_version(changed, by=cast["moderator"], number=former.number)
    assert restored.field_sources == {"summary": "people"}


def test_a_former_name_gets_a_new_address_and_old_ones_redirect(client, cast, changed):
    slug = changed.slug
    restored = actions.restore_version(changed, by=None, number=versions(changed)[1].number)
    assert restored.name == "Le Fournil des Deux Rives"
    assert OldSlug.objects.filter(slug=slug, initiative=restored).exists()
    answer = client.get(address("initiative", slug))
    assert (answer.status_code, answer["Location"]) == (301, address("initiative", restored.slug))


def test_networks_status_and_confirmation_stay(cast, bakery):
    former = versions(bakery)[0].number
    network = NetworkFactory()
    actions.revise(bakery, by=None, values={"networks": [network], "summary": "Du pain"})
    confirmed = actions.confirm(bakery, by=None)
    actions.archive(bakery, by=None)
    restored = actions.restore_version(bakery, by=None, number=former)
    assert (restored.summary, restored.status) == ("", "archived")
    assert restored.confirmed_at == confirmed.confirmed_at
    assert restored.memberships.get(until=None).network == network


def test_what_is_gone_stays_as_it_is_today(cast, changed):
    repair, housing = (Theme.objects.get(slug=slug) for slug in ("repair-cafes", "co-housing"))
    former = versions(changed)[0].number
    actions.revise(changed, by=None, values={"primary_theme": repair, "themes": [], "collective": None})
    cast["facilitator"].collective_memberships.get().collective.delete()
    housing.delete()
    actions.revise(changed, by=None, values={"summary": "Autre"})
    restored = actions.restore_version(changed, by=None, number=former)
    assert (restored.primary_theme, restored.collective, restored.summary) == (repair, None, "Du pain")


def test_pictures_come_back_while_their_file_is_there(bakery, picture, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    licence = Licence.objects.first()
    kept, lost = (
        {"image": picture(name), "alt": name, "credit": "", "licence": licence} for name in ("a.png", "b.png")
    )
    actions.revise(bakery, by=None, values={"photos": [kept, lost]})
    former = versions(bakery)[0]
    names = [photo.image.name for photo in bakery.photos.all()]
    actions.revise(bakery, by=None, values={"photos": []})
    (tmp_path / names[1]).unlink()
    actions.restore_version(bakery, by=None, number=former.number)
    (photo,) = bakery.photos.all()
    assert (photo.image.name, photo.alt, photo.width) == (names[0], "a.png", 4)


@pytest.fixture
def picture():
    """A small picture, as a browser sends it."""

    def made(name):
        file = io.BytesIO()
        Image.new("RGB", (4, 3)).save(file, "PNG")
        return SimpleUploadedFile(name, file.getvalue(), content_type="image/png")

    return made


@pytest.mark.parametrize(("number", "seen"), [(99, None), (0, None), (3, None), (2, 2), (2, 0)], ids=str)
def test_what_cannot_be_restored_is_refused_and_changes_nothing(changed, number, seen):
    before = len(versions(changed))
    with pytest.raises(ValidationError) as error, transaction.atomic():
        actions.restore_version(changed, by=None, number=number, seen=seen)
    assert list(error.value.message_dict) == ["version"]
    assert len(versions(changed)) == before


def test_a_version_without_a_place_is_not_restored_in_public(bakery):
    actions.archive(bakery, by=None)
    actions.revise(bakery, by=None, values={"position": None})
    bare = versions(bakery)[0].number
    actions.revise(bakery, by=None, values={"position": VALUES["position"]})
    actions.restore(bakery, by=None)
    with pytest.raises(ValidationError) as error, transaction.atomic():
        actions.restore_version(bakery, by=None, number=bare)
    assert list(error.value.message_dict) == ["__all__"]


def test_the_row_is_held_before_its_history_is_read(changed):
    with counted() as statements:
        actions.restore_version(changed, by=None, number=versions(changed)[1].number)
    held = next(place for place, sql in enumerate(statements) if "FOR UPDATE" in sql)
    read = [place for place, sql in enumerate(statements) if "initiatives_contactevent" in sql]
    assert read[0] < held < read[1]


@pytest.mark.parametrize("role", ROLES)
def test_whoever_may_edit_may_restore(client, cast, changed, role):
    may = role in MAY["revise"]
    seen = len(versions(changed))
    if role in cast:
        client.force_login(cast[role])
    body = client.get(address("initiative_history", changed.slug)).content.decode()
    path = address("initiative_version_restoring", changed.slug, seen - 1)
    assert (path in body) == may
    shown, done = client.get(path), client.post(path, {"seen": seen})
    assert len(versions(changed)) == seen + may
    refused = 302 if role == "nobody" else 403
    assert (shown.status_code, done.status_code) == ((200, 302) if may else (refused, refused))
    if not may and role != "nobody":
        with pytest.raises(PermissionDenied), transaction.atomic():
            actions.restore_version(changed, by=member(cast, role), number=seen - 1)


@pytest.mark.parametrize("seen", ["", "x", "1", "-3", "9" * 40])
def test_a_page_that_is_out_of_date_shows_what_differs_now(client, cast, changed, seen):
    client.force_login(cast["facilitator"])
    number = len(versions(changed)) - 1
    path = address("initiative_version_restoring", changed.slug, number)
    answer = client.post(path, {"seen": seen})
    assert answer.status_code == 409
    assert "It was changed meanwhile" in answer.content.decode()
    assert len(versions(changed)) == number + 1
    assert client.post(path, {"seen": number + 1}).status_code == 302


def test_the_page_says_what_would_come_back(client, cast, changed):
    client.force_login(cast["facilitator"])
    number = len(versions(changed)) - 1
    body = client.get(address("initiative_version_restoring", changed.slug, number)).content.decode()
    assert "Du pain</del>" in body
    assert "le-four</del>" not in body
    same = client.get(address("initiative_version_restoring", changed.slug, number + 1)).content.decode()
    assert "Restore this version" not in same
