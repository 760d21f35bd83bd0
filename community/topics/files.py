"""What may be attached: known by its content, never by what it says of itself; pictures are drawn anew."""

import io
import zipfile
import zlib
from pathlib import PurePath
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _

from geo.pictures import without_metadata

from ..letters.sending import one_line
from .enums import MEDIA_TYPES, FileKind
from .models import LONGEST_NAME, MOST_BYTES

PICTURES = {b"\x89PNG\r\n\x1a\n": FileKind.PNG, b"\xff\xd8\xff": FileKind.JPEG}
OPEN_DOCUMENTS = {
    MEDIA_TYPES[kind].encode(): kind for kind in (FileKind.ODT, FileKind.ODS, FileKind.ODP, FileKind.ODG)
}
OFFICE = {"word/document.xml": FileKind.DOCX, "xl/workbook.xml": FileKind.XLSX}
# Programs inside a document.
PROGRAMS = ("vbaproject.bin", "basic/", "scripts/")
MOST_PARTS = 2_000
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    ValueError,
    KeyError,
    OSError,
    EOFError,
)


class Checked(NamedTuple):
    """A file that may be kept."""

    kind: FileKind
    name: str
    content: ContentFile


def checked(file: File) -> Checked:
    """The file with its kind and a harmless name; ValidationError for one that is too large or of no kind we take."""
    name = one_line(PurePath((file.name or "").replace("\\", "/")).name)
    told = {"name": name or "?"}
    if file.size > MOST_BYTES:
        raise ValidationError(_("%(name)s is larger than 5 megabytes.") % told)
    file.seek(0)
    content = file.read()
    kind = _kind(content, PurePath(name).suffix.lower())
    if kind is None:
        raise ValidationError(
            _(
                "%(name)s cannot be attached: expected PDF, PNG, JPEG, WebP, OpenDocument, DOCX, XLSX, CSV "
                "or plain text, without macros."
            )
            % told
        )
    if kind in (FileKind.PNG, FileKind.JPEG, FileKind.WEBP):
        content = without_metadata(ContentFile(content, name)).read()
        if len(content) > MOST_BYTES:
            raise ValidationError(_("%(name)s is larger than 5 megabytes.") % told)
    stem = PurePath(name).stem[: LONGEST_NAME - len(kind) - 1].strip(" .")
    return Checked(kind, f"{stem or _('file')}.{kind}", ContentFile(content))


def _kind(content: bytes, suffix: str) -> FileKind | None:
    for beginning, kind in PICTURES.items():
        if content.startswith(beginning):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return FileKind.WEBP
    if content.startswith(b"%PDF-"):
        return FileKind.PDF
    if content.startswith(b"PK\x03\x04"):
        return _document(content)
    # Any text reads as a table of one column: only here the name decides.
    kind = {".csv": FileKind.CSV, ".txt": FileKind.TXT}.get(suffix)
    return kind if kind and _is_text(content) else None


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return bool(text) and all(sign.isprintable() or sign.isspace() or sign == "\ufeff" for sign in text)


def _document(content: bytes) -> FileKind | None:
    """By the list of its parts; of these only the one that says what it is gets unpacked, and it is short."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names = parts.namelist()
            if len(names) > MOST_PARTS or any(_is_program(name) for name in names):
                return None
            if "[Content_Types].xml" in names:
                return next((kind for part, kind in OFFICE.items() if part in names), None)
            first = parts.getinfo("mimetype")
            if first.compress_type != zipfile.ZIP_STORED or first.file_size > LONGEST_NAME:
                return None
            return OPEN_DOCUMENTS.get(parts.read(first).strip())
    except BROKEN:
        return None


def _is_program(name: str) -> bool:
    lower = name.lower()
    return lower.startswith(PROGRAMS[1:]) or lower.endswith(PROGRAMS[0])
