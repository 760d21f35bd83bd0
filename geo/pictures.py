"""New pictures, drawn anew before they are stored: no place, camera or comment of the file goes on."""

import io
import struct
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.forms import ImageField
from PIL import Image, ImageOps

LONGEST_SIDE = 2400
# A file of a few bytes can claim any size: refused before it is unpacked.
MOST_PIXELS = 64_000_000
# What is read, as what it is written, and how. Telephones send several pictures in one JPEG (MPO).
WRITTEN = {
    "JPEG": ("JPEG", ".jpg", {"quality": 88, "optimize": True}),
    "MPO": ("JPEG", ".jpg", {"quality": 88, "optimize": True}),
    "PNG": ("PNG", ".png", {"optimize": True}),
    "WEBP": ("WEBP", ".webp", {"quality": 86}),
}
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    struct.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


def is_new(file: object) -> bool:
    """Whether it is an upload; what names a stored picture is not."""
    return isinstance(file, File) and not getattr(file, "_committed", False)


def without_metadata(file: File) -> ContentFile:
    """The picture alone, upright and not above 2400 px; ValidationError if it is no JPEG, WebP or PNG."""
    try:
        file.seek(0)
        image = Image.open(file, formats=["JPEG", "PNG", "WEBP"])
        if image.width * image.height > MOST_PIXELS:
            raise ValueError("too many pixels")
        form, suffix, options = WRITTEN[image.format]
        written = io.BytesIO()
        _drawn(image).save(written, form, **options)
    except BROKEN as error:
        raise ValidationError(
            ImageField.default_error_messages["invalid_image"], code="invalid_image"
        ) from error
    return ContentFile(written.getvalue(), PurePath(file.name or "picture").stem + suffix)


def _drawn(image: Image.Image) -> Image.Image:
    image.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(image)
    if upright.has_transparency_data:
        upright = upright.convert("RGBA")
    elif upright.mode != "L":
        upright = upright.convert("RGB")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    # Some formats write what they were read with.
    upright.info = {}
    return upright
