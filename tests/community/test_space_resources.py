"""Links and files of a space: who reads them, what is taken, in which order they stand, what is left when they go."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.utils import translation

from community.models import SpaceResource
from community.spaces import belongings
from community.spaces.resources import actions
from community.spaces.resources.models import MOST, files
from community.topics.files import checked
from tests.factories import MemberFactory
from tests.initiatives.pages import address, page

from .spaces import space_of

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%%EOF"


def upload(content: bytes = PDF, name: str = "Charter.pdf") -> SimpleUploadedFile:
    """As a browser sends it, with a type that is not believed."""
    return SimpleUploadedFile(name, content, content_type="text/html")


@pytest.fixture
def ana():
    """Who runs the space."""
    return MemberFactory(language="en")


@pytest.fixture
def space(ana):
    """A private space."""
    return space_of("private", ana, name="Grain Commun")


def titles(space) -> list[str]:
    """In the order of the page."""
    return list(space.resources.values_list("title", flat=True))


def test_a_link_and_a_file_stand_on_the_page_of_the_space(client, ana, space):
    client.force_login(ana)
    where = address("space_resources", space.slug)
    assert "No link and no file yet." in page(client, "space_resources", space.slug)
    assert client.post(where, {"title": "Wiki", "url": "example.org/wiki"}).url == where
    assert client.post(where, {"title": "Charter", "file": upload()}).url == where
    body = page(client, "space", space.slug)
    assert 'href="https://example.org/wiki"' in body
    assert "example.org</p>" in body
    file = space.resources.get(title="Charter")
    assert address("space_file", space.slug, file.pk) in body
    answer = client.get(address("space_file", space.slug, file.pk))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="Charter.pdf"'
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "form",
    [
        {"title": "Nothing"},
        {"title": "Both", "url": "https://example.org/", "file": PDF},
        {"title": "", "url": "https://example.org/"},
        {"title": "wiki", "url": "https://example.org/again"},
        {"title": "x" * 151, "url": "https://example.org/"},
        {"title": "Long", "url": f"https://example.org/{'x' * 500}"},
        {"title": "Script", "url": "javascript:alert(1)"},
        {"title": "Other", "url": "ftp://example.org/"},
        {"title": "Nul\x00", "url": "https://example.org/"},
        {"title": "Program", "file": b"MZ\x90"},
    ],
)
def test_what_is_no_link_and_no_file_is_refused_with_a_word(client, ana, space, form):
    actions.add(space, by=ana, title="Wiki", url="https://example.org/wiki")
    client.force_login(ana)
    if "file" in form:
        form = form | {"file": upload(form["file"])}
    answer = client.post(address("space_resources", space.slug), form)
    assert answer.status_code == 400
    assert "notice--error" in answer.content.decode() or b"\x00" in form["title"].encode()
    assert titles(space) == ["Wiki"]


def test_the_action_refuses_by_itself_what_no_form_sends(space, ana):
    for given in ({}, {"url": "https://a.example/", "file": checked(upload())}, {"url": "javascript:x"}):
        with pytest.raises(ValidationError):
            actions.add(space, by=ana, title="x", **given)
    with pytest.raises(DatabaseError), transaction.atomic():
        space.resources.create(title="x", position=1)
    SpaceResource.objects.bulk_create(
        SpaceResource(space=space, title=f"{n}", url="https://a.example/", position=n) for n in range(MOST)
    )
    with translation.override("en"), pytest.raises(ValidationError, match="At most 100"):
        actions.add(space, by=ana, title="x", url="https://a.example/")


def test_they_are_put_in_order_and_stay_so(client, ana, space):
    for title in ("One", "Two", "Three"):
        actions.add(space, by=ana, title=title, url="https://example.org/")
    client.force_login(ana)

    def press(title: str, verb: str) -> list[str]:
        client.post(
            address("space_resource", space.slug, space.resources.get(title=title).pk), {"verb": verb}
        )
        return titles(space)

    assert press("Three", "up") == ["One", "Three", "Two"]
    assert press("One", "down") == ["Three", "One", "Two"]
    assert press("Three", "up") == ["Three", "One", "Two"]
    assert press("Two", "down") == ["Three", "One", "Two"]
    assert press("One", "fly") == ["Three", "One", "Two"]
    assert press("Three", "remove") == ["One", "Two"]


def test_a_file_goes_with_its_row(ana, space, django_capture_on_commit_callbacks):
    made = actions.add(space, by=ana, title="Charter", file=checked(upload()))
    assert files().exists(made.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        actions.take_away(made, by=ana)
    assert not files().exists(made.file.name)
    with pytest.raises(actions.ClosedError):
        actions.take_away(made, by=ana)


def test_the_door_of_a_file_opens_for_whoever_reads_the_space(client, ana, space):
    public = space_of("public", ana)
    doors = {}
    for one in (space, public):
        made = actions.add(one, by=ana, title="Charter", file=checked(upload()))
        doors[one] = address("space_file", one.slug, made.pk)
    link = actions.add(public, by=ana, title="Wiki", url="https://example.org/")
    assert client.get(address("space_file", public.slug, link.pk)).status_code == 404
    # The file of a private space by the address of a public one.
    foreign = address("space_file", public.slug, space.resources.get().pk)
    member = MemberFactory()
    space.memberships.create(member=member)
    for reader, status in ((None, 404), (MemberFactory(), 404), (member, 200)):
        if reader:
            client.force_login(reader)
        for door, told in ((doors[space], status), (doors[public], 200), (foreign, 404)):
            answer = client.get(door)
            assert answer.status_code == told
            assert not answer.streaming or b"".join(answer.streaming_content) == PDF
    files().delete(space.resources.get().file.name)
    assert client.get(doors[space]).status_code == 404


def test_sixty_a_day_are_enough(client, ana, space, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"add_resource": "1/d/user"}
    client.force_login(ana)
    where = address("space_resources", space.slug)
    answers = [client.post(where, {"title": f"{n}", "url": "https://a.example/"}) for n in range(2)]
    assert [answer.status_code for answer in answers] == [302, 429]


def test_who_put_it_there_is_given_it_and_it_stays_without_them(ana, space):
    actions.add(space, by=ana, title="Wiki", url="https://example.org/")
    assert belongings.given(ana, [])["space_resources"] == [
        {
            "space__name": "Grain Commun",
            "title": "Wiki",
            "url": "https://example.org/",
            "name": "",
            "added_at": space.resources.get().added_at,
        }
    ]
    belongings.forget(ana, [])
    assert space.resources.get().by is None


def test_the_list_costs_the_same_for_many(client, ana, space, django_assert_max_num_queries):
    for number in range(12):
        actions.add(space, by=ana, title=f"{number}", url="https://example.org/")
    client.force_login(ana)
    with django_assert_max_num_queries(7):
        page(client, "space_resources", space.slug)
