"""What may be attached, by its content; how it is given."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from community.models import Attachment
from community.topics import actions
from community.topics.enums import MEDIA_TYPES, FileKind
from community.topics.files import checked
from community.topics.models import MOST_BYTES
from community.topics.order import actions as order
from tests.initiatives.pages import address

pytestmark = pytest.mark.django_db


def zipped(**parts: str) -> bytes:
    """An archive; the first part is stored as it is."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for number, (name, content) in enumerate(parts.items()):
            archive.writestr(name, content, zipfile.ZIP_DEFLATED if number else zipfile.ZIP_STORED)
    return made.getvalue()


def office(main: str, **more: str) -> bytes:
    """A document of Word or Excel."""
    return zipped(**{"[Content_Types].xml": "<Types/>", main: "<x/>", **more})


def drawn(kind: str, **options) -> bytes:
    """A picture."""
    made = io.BytesIO()
    Image.new("RGB", (4, 3)).save(made, kind, **options)
    return made.getvalue()


def opened(kind: FileKind, **more: str) -> bytes:
    """An OpenDocument file."""
    return zipped(mimetype=MEDIA_TYPES[kind], **{"content.xml": "<x/>", **more})


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    """As a browser sends it, with a type that is not believed."""
    return SimpleUploadedFile(name, content, content_type="text/html")


GOOD = {
    "pdf": b"%PDF-1.7\n%%EOF",
    "png": drawn("PNG"),
    "jpg": drawn("JPEG"),
    "webp": drawn("WEBP"),
    "odt": opened(FileKind.ODT),
    "ods": opened(FileKind.ODS),
    "odp": opened(FileKind.ODP),
    "odg": opened(FileKind.ODG),
    "docx": office("word/document.xml"),
    "xlsx": office("xl/workbook.xml"),
    "csv": b"name;town\r\nAna;Lyon\n",
    "txt": "Öl, 3 €\n".encode(),
}
BAD = {
    "page.html": b"<script>alert(1)</script>",
    "page.svg": b"<svg onload=alert(1)>",
    "prog.pdf": b"MZ\x90\x00",
    "nul.txt": b"a\x00b",
    "latin.txt": "Öl".encode("latin-1"),
    "empty.csv": b"",
    "any.zip": zipped(**{"a.txt": "x"}),
    "macro.docx": office("word/document.xml", **{"word/vbaProject.bin": "x"}),
    "macro.odt": opened(FileKind.ODT, **{"Basic/Standard/x.xml": "x"}),
    "cut.docx": office("word/document.xml")[:40],
    "other.odt": zipped(mimetype="application/x-evil"),
    "long.odt": zipped(mimetype="a" * 500),
    "broken.png": drawn("PNG")[:30],
    "many.docx": office("word/document.xml", **{f"p{n}": "" for n in range(2_001)}),
    "noname": b"text",
}


@pytest.mark.parametrize("kind", GOOD)
def test_each_kind_is_known_by_its_content(kind):
    # Text alone is told apart by its name.
    name = f"Our plan.{kind if kind in ('csv', 'txt') else 'exe'}"
    found = checked(upload(name, GOOD[kind]))
    assert (found.kind, found.name) == (kind, f"Our plan.{kind}")


@pytest.mark.parametrize("name", BAD)
def test_what_is_none_of_these_is_refused_by_name(name):
    with pytest.raises(ValidationError):
        checked(upload(name, BAD[name]))


def test_what_is_too_large_is_refused():
    with pytest.raises(ValidationError, match=r"big\.txt"):
        checked(upload("big.txt", b"a" * (MOST_BYTES + 1)))


def test_a_picture_is_drawn_anew_without_what_else_it_tells():
    exif = Image.Exif()
    exif[0x010E] = "SECRET PLACE"
    found = checked(upload("a.jpg", drawn("JPEG", exif=exif)))
    assert b"SECRET" not in found.content.read()


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\x\\a.txt", "a.txt"),
        ("a\r\nSet-Cookie: b.txt", "a Set-Cookie: b.txt"),
        ("evil\u202efdp.txt", "evil fdp.txt"),
        ("x" * 300 + ".txt", "x" * 116 + ".txt"),
    ],
)
def test_a_name_does_no_harm(name, kept):
    file = upload("a.txt", b"text")
    file._name = name
    assert checked(file).name == kept


# ── Given ───────────────────────────────────────────────────────────────────────────────────────
def sent(client, circle, *files):
    """The answer to a reply with files."""
    client.force_login(circle["author"])
    path = address("topic_reply", circle.slug, circle.topic.pk)
    return client.post(path, {"text": "See below", "files": list(files)})


def test_a_file_is_kept_and_given_to_be_stored(client, circle, files):
    assert sent(client, circle, upload("Plan.html.csv", b"a;<b>\n")).status_code == 302
    kept = Attachment.objects.get()
    assert [path.name for path in files.iterdir()] == [kept.file.name]
    assert "Plan" not in kept.file.name
    client.logout()
    answer = client.get(address("topic_attachment", circle.slug, kept.pk))
    assert answer.getvalue() == b"a;<b>\n"
    assert answer["Content-Disposition"] == 'attachment; filename="Plan.html.csv"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    with pytest.raises(ValueError, match="not accessible via a URL"):
        kept.file.url  # noqa: B018


def test_six_files_or_a_bad_one_are_no_post(client, circle, files):
    before = circle.topic.posts.count()
    many = [upload(f"{n}.txt", b"x") for n in range(6)]
    for given in (many, [upload("a.txt", b"x"), upload("b.exe", b"MZ")]):
        answer = sent(client, circle, *given)
        assert answer.status_code == 400
        assert 'id="id_files_error"' in answer.text
        assert "See below" in answer.text
    assert circle.topic.posts.count() == before
    assert not Attachment.objects.exists()


def test_a_file_goes_with_the_words_of_its_author(client, circle, files, django_capture_on_commit_callbacks):
    sent(client, circle, upload("a.txt", b"x"))
    kept = Attachment.objects.get()
    path = address("topic_attachment", circle.slug, kept.pk)
    order.hide(kept.post, by=circle["animator"])
    for role, status in (("member", 404), ("author", 200), ("animator", 200)):
        client.force_login(circle[role])
        answer = client.get(path)
        assert answer.status_code == status
        answer.getvalue()
    with django_capture_on_commit_callbacks(execute=True):
        actions.take_back(kept.post, by=circle["author"])
    assert client.get(path).status_code == 404
    assert list(files.iterdir()) == []


def test_a_file_that_is_lost_is_not_found(client, circle, files):
    sent(client, circle, upload("a.txt", b"x"))
    kept = Attachment.objects.get()
    (files / kept.file.name).unlink()
    assert client.get(address("topic_attachment", circle.slug, kept.pk)).status_code == 404
