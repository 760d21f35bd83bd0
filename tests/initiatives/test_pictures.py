"""Pictures: stored without what their files tell besides."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ExifTags, Image, PngImagePlugin

from geo import pictures
from initiatives import actions
from tests.factories import InitiativeFactory
from vocabulary.models import Licence

SECRET = b"Secret"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """A folder of its own."""
    settings.MEDIA_ROOT = tmp_path


def upload(form="JPEG", size=(40, 20), name="garden.JPG", mode="RGB", **options) -> SimpleUploadedFile:
    """A picture as a browser sends it."""
    file = io.BytesIO()
    Image.new(mode, size).save(file, form, **options)
    return SimpleUploadedFile(name, file.getvalue())


def located(form="JPEG", **options) -> SimpleUploadedFile:
    """A picture lying on its side that tells where it was taken, by what, and more."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Model] = SECRET.decode()
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef] = "N"
    gps[ExifTags.GPS.GPSLatitude] = (45.0, 45.0, 50.4)
    return upload(form, exif=exif, **options)


def photos(image) -> dict:
    """Values of an initiative with one picture."""
    return {"photos": [{"image": image, "alt": "A garden", "licence": Licence.objects.first()}]}


def stored(initiative) -> bytes:
    """The file of its only picture."""
    with initiative.photos.get().image.open() as file:
        return file.read()


@pytest.mark.parametrize(("form", "suffix"), [("JPEG", ".jpg"), ("WEBP", ".webp"), ("PNG", ".png")])
def test_a_revision_stores_no_place_and_an_upright_picture(bakery, form, suffix):
    sent = located(form, xmp=SECRET) if form != "PNG" else located(form)
    assert Image.open(sent).getexif().get_ifd(ExifTags.IFD.GPSInfo)
    actions.revise(bakery, by=None, values=photos(sent))
    photo = bakery.photos.get()
    assert photo.image.name == f"photos/garden{suffix}"
    assert (photo.width, photo.height) == (20, 40)
    kept = Image.open(io.BytesIO(stored(bakery)))
    assert (kept.format, kept.size) == (form, (20, 40))
    assert not kept.getexif()
    assert SECRET not in stored(bakery)


def test_a_new_initiative_stores_no_comment_either(rhone):
    made = InitiativeFactory(**photos(upload(comment=SECRET)))
    assert SECRET not in stored(made)


def test_words_in_a_png_are_left_out(bakery):
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", SECRET.decode())
    actions.revise(bakery, by=None, values=photos(upload("PNG", pnginfo=words)))
    assert SECRET not in stored(bakery)


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "I;16", "RGBA", "LA"])
def test_every_kind_of_colour_is_taken(mode):
    form = "JPEG" if mode == "CMYK" else "PNG"
    kept = Image.open(pictures.without_metadata(upload(form, mode=mode)))
    assert kept.mode == {"L": "L", "RGBA": "RGBA", "LA": "RGBA"}.get(mode, "RGB")


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_large_pictures_are_made_smaller(form):
    kept = Image.open(pictures.without_metadata(upload(form, (6000, 3000))))
    assert kept.size == (2400, 1200)


@pytest.mark.parametrize(
    "image",
    [
        upload("GIF", name="garden.gif"),
        SimpleUploadedFile("garden.jpg", b"no picture"),
        SimpleUploadedFile("garden.jpg", b""),
        SimpleUploadedFile("garden.jpg", upload(size=(400, 400)).read()[:700]),
        upload("PNG", (9000, 8000), mode="1"),
    ],
    ids=["gif", "text", "empty", "cut", "bomb"],
)
def test_other_files_are_refused(bakery, image):
    with pytest.raises(ValidationError) as error:
        actions.revise(bakery, by=None, values=photos(image))
    assert list(error.value.message_dict) == ["photos"]
    assert not bakery.photos.exists()


def test_a_picture_named_by_its_place_in_the_storage_stays(bakery):
    name = default_storage.save("photos/demo/oven.jpg", ContentFile(located().read()))
    actions.revise(bakery, by=None, values=photos(name))
    assert bakery.photos.get().image.name == name
    assert SECRET in stored(bakery)
