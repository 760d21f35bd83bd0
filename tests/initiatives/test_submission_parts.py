"""What a form brings along: contacts, pictures, Markdown; and what is like it already."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from initiatives.enums import ContactKind, Status, Visibility
from initiatives.models import Initiative

from .handing_in import send

pytestmark = pytest.mark.django_db
GPS = 0x8825
NO_SITE = {"name": "Elsewhere", "lat": "10", "lon": "10", "website": "http://["}


def photo(form: str = "JPEG", size=(60, 40)) -> bytes:
    """A picture that tells where it was taken."""
    file = io.BytesIO()
    exif = Image.Exif()
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (45.0, 45.0, 0.0)
    Image.new("RGB", size, "green").save(file, form, **({"exif": exif} if form == "JPEG" else {}))
    return file.getvalue()


def test_contacts_have_their_visibility_and_pictures_lose_their_place(client, rhone, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    picture = SimpleUploadedFile("garden.jpg", photo(), content_type="image/jpeg")
    answer = send(
        client,
        email="all@demo.example",
        email_visibility=Visibility.EVERYONE,
        phone="04 72 00 00 00",
        country="FR",
        photo_1=picture,
        photo_1_alt="A garden",
        photo_licence="CC-BY-SA-4.0",
    )
    assert answer.status_code == 302, answer.context["form"].errors
    made = Initiative.objects.get()
    seen = {row.kind: row.visibility for row in made.contacts.all()}
    assert seen == {ContactKind.EMAIL: Visibility.EVERYONE, ContactKind.PHONE: Visibility.NOBODY}
    with Image.open(made.photos.get().image.path) as stored:
        assert not stored.getexif()


def test_a_picture_of_forty_million_points_is_made_smaller(client, rhone, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    file = io.BytesIO()
    Image.new("L", (8000, 5000), 200).save(file, "JPEG")
    answer = send(client, photo_1=SimpleUploadedFile("a.jpg", file.getvalue()), photo_1_alt="A field")
    assert answer.status_code == 302
    made = Initiative.objects.get().photos.get()
    assert (made.width, made.height) == (2400, 1500)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("a.jpg", b"\xff\xd8\xff\xe0 not a picture <?php ?>"),
        ("a.gif", photo("GIF")),
    ],
)
def test_what_is_no_picture_is_refused(client, rhone, settings, tmp_path, name, content):
    settings.MEDIA_ROOT = tmp_path
    answer = send(client, photo_1=SimpleUploadedFile(name, content), photo_1_alt="x")
    assert answer.status_code == 400
    assert "photo_1" in answer.context["form"].errors
    assert not Initiative.objects.exists()
    assert not list(tmp_path.iterdir())


def test_a_picture_needs_words(client, rhone, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    answer = send(client, photo_1=SimpleUploadedFile("a.jpg", photo()))
    assert "photo_1_alt" in answer.context["form"].errors


def test_script_in_a_description_is_shown_as_text(client, rhone):
    answer = client.post(reverse("submit_preview"), {"description": "<script>alert(1)</script> **so**"})
    assert b"<script" not in answer.content
    assert b"<strong>so</strong>" in answer.content


def test_similar_ones_by_name_and_by_place(client, bakery, django_assert_max_num_queries):
    address = reverse("submit_similar")
    with django_assert_max_num_queries(8):
        by_words = client.get(address, {"name": "Le Fournil"}).content.decode()
    assert bakery.name in by_words
    near = client.get(
        address, {"name": "Fournil deux rives", "lat": "45.765", "lon": "4.836"}
    ).content.decode()
    assert bakery.name in near
    assert "110" in near
    assert (
        bakery.name
        not in client.get(address, {"name": "Fournil", "lat": "48.8", "lon": "2.3"}).content.decode()
    )


@pytest.mark.parametrize(
    "given",
    [{}, {"name": "a"}, {"name": "x' OR 1=1", "lat": "abc"}, {"name": "%%%", "website": "(.*"}, NO_SITE],
)
def test_odd_questions_have_an_empty_answer(client, bakery, given):
    answer = client.get(reverse("submit_similar"), given)
    assert answer.status_code == 200
    assert not answer.content.strip()


def test_similar_ones_show_nothing_unpublished(client, bakery):
    Initiative.objects.update(status=Status.PENDING)
    for given in ({"name": "Le Fournil"}, {"name": "Le Fournil", "lat": "45.764", "lon": "4.8357"}):
        assert not client.get(reverse("submit_similar"), given).content.strip()
