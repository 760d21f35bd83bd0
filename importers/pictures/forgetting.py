"""Pictures that are not awaited any more, and files of pictures that are not shown any more."""

from collections.abc import Iterable
from functools import partial
from uuid import UUID

from django.db import transaction

from initiatives.models import Photo

from .querysets import AwaitedPictureQuerySet

STORAGE = Photo._meta.get_field("image").storage


def forget(pictures: AwaitedPictureQuerySet) -> None:
    """Delete rows, and what a worker that died left of them; in the caller's transaction."""
    files = set(pictures.awaited().exclude(file="").values_list("file", flat=True))
    pictures.delete()
    delete_unused(files)


def files_of(context: UUID) -> set[str]:
    """Files of pictures that came by the run of this context of the history."""
    return set(Photo.objects.filter(added_in=context).values_list("image", flat=True))


def delete_unused(files: Iterable[str]) -> None:
    """Delete those of the files that no picture has any more, once the transaction is through."""
    files = set(files)
    if files:
        used = set(Photo.objects.filter(image__in=files).values_list("image", flat=True))
        for name in sorted(files - used):
            transaction.on_commit(partial(STORAGE.delete, name), robust=True)
