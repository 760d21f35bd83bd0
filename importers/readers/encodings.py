"""Which encoding a text file has; what is not text is refused."""

import codecs
from pathlib import Path

from django.utils.translation import gettext_noop as _

from ..errors import BadFileError
from ..phrases import phrase

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SIGNATURES = {
    b"\x89PNG": _("a PNG picture"),
    b"\xff\xd8\xff": _("a JPEG picture"),
    b"GIF8": _("a GIF picture"),
    b"%PDF": _("a PDF document"),
    b"PK\x03\x04": _("a zip archive or a workbook"),
    b"\x1f\x8b": _("a gzip archive"),
    b"\xd0\xcf\x11\xe0": _("an old Office document"),
    b"SQLite format 3": _("an SQLite database or GeoPackage"),
    b"fgb\x03": _("a FlatGeobuf"),
    b"PAR1": _("a Parquet file"),
}
BLOCK = 1 << 20
# Of control characters only white space and the escapes of old printers are in texts.
CONTROL = bytes((1, 2, 3, 4, 5, 6, 14, 15, 16, 17, 18, 19, 20, 127))


def encoding_of(path: Path) -> str:
    """Python's name of the encoding: by its mark, else UTF-8, else cp1252; BadFileError if not text."""
    with path.open("rb") as file:
        head = file.read(4096)
    for signature, what in SIGNATURES.items():
        if head.startswith(signature):
            raise BadFileError(path, what, _("a text table (CSV or TSV)"))
    for mark, name in MARKS:
        if head.startswith(mark):
            return name
    if _looks_like_utf16(head):
        return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
    return _utf8_or_cp1252(path)


def _looks_like_utf16(head: bytes) -> bool:
    zeros = max(head[1::2].count(0), head[::2].count(0))
    return len(head) >= 8 and zeros > len(head) * 0.3 and min(head[1::2].count(0), head[::2].count(0)) == 0


def _utf8_or_cp1252(path: Path) -> str:
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf8, control, size = True, 0, 0
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            if b"\x00" in block:
                line = block[: block.index(0)].count(b"\n") + 1
                raise BadFileError(
                    path,
                    phrase(_("a NUL byte near line %(line)s"), line=line),
                    _("a text table without NUL bytes"),
                )
            size += len(block)
            control += len(block) - len(block.translate(None, delete=CONTROL))
            if is_utf8:
                try:
                    decoder.decode(block)
                except UnicodeDecodeError:
                    is_utf8 = False
    if control > max(8, size // 100):
        raise BadFileError(path, _("binary data"), _("a text table (CSV or TSV)"))
    if is_utf8:
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            is_utf8 = False
    return "utf-8" if is_utf8 else "cp1252"
