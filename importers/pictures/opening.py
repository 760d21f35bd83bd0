"""The file of an awaited picture: one that is stored here, else what its address gives."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote

from django.conf import settings
from django.core.files import File
from django.utils.translation import gettext_noop as _

from initiatives.models import Photo
from initiatives.submitting.photos import PHOTO_BYTES

from ..errors import BadFileError
from ..fetching import fetch

# Pictures of initiatives lie in one folder; no step of the way begins with a dot.
STORED = re.compile(r"photos(?:/\w[\w.-]*)+")


@contextmanager
def opened(address: str) -> Iterator[File]:
    """The file, as long as the context lasts; BadFileError, AwayError of what may be there later."""
    name = name_here(address)
    if name is None:
        with TemporaryDirectory(prefix="picture-") as folder:
            found = fetch(address, Path(folder), largest=PHOTO_BYTES)
            with found.path.open("rb") as file:
                yield File(file)
        return
    storage = Photo._meta.get_field("image").storage
    if not name or not storage.exists(name):
        raise BadFileError(address, _("no picture of an initiative here"), _("one that is stored"))
    with storage.open(name) as file:
        yield file


def name_here(address: str) -> str | None:
    """Under which name a picture of this site is stored, empty where it can be none; None of other sites."""
    for start in (settings.MEDIA_URL, f"{settings.SITE_URL}{settings.MEDIA_URL}"):
        if address.startswith(start):
            name = unquote(address.removeprefix(start))
            return name if STORED.fullmatch(name) else ""
    return None
