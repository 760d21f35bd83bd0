"""Awaited pictures come: the worker fetches one after the other, and each is written whole or not at all.

A picture that is taken is not due for a while, so that no other worker takes it, and due again should this one die. The
name of its file is kept before there is a file: what was left behind without a picture is found by it, and deleted.
"""

from datetime import timedelta
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from procrastinate.contrib.django import app

from geo.pictures import BROKEN
from initiatives.actions import PEOPLE
from initiatives.bulk_run import open_statuses
from initiatives.models import Initiative, Photo

from ..enums import Level
from ..errors import AwayError, BadFileError
from ..models import ImportIssue
from ..naming import STANDS
from ..phrases import Phrase, phrase
from ..records import Issue
from .awaiting import FETCH
from .enums import State
from .forgetting import STORAGE
from .models import AwaitedPicture
from .opening import opened
from .querysets import AwaitedPictureQuerySet
from .values import PHOTOS

AT_ONCE = 25
# Longer than the slowest answer that is waited for.
TAKEN_FOR = timedelta(hours=1)
# How long what is away is left alone, try by try; after the last it is given up.
WAITS = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=3), timedelta(days=1))
NO_PICTURE = _("not a picture that can be read; expected a JPEG, PNG or WebP of at most 64 million pixels")
GIVEN_UP = _("it was not finished in several tries; expected a picture that can be read")
NOT_OPEN = _("the initiative is %(status)s here, not changed")


def fetch_due() -> None:
    """Fetch some of what is due; the rest is another task's."""
    for _number in range(AT_ONCE):
        picture = _taken()
        if picture is None:
            return
        _fetch(picture)
    app.configure_task(FETCH).defer()


@transaction.atomic
def _taken() -> AwaitedPicture | None:
    """The picture that waits longest, ours for a while."""
    rows = AwaitedPicture.objects.select_related("run").defer("run__mapping", "run__shown", "run__columns")
    picture = rows.due().held().first()
    if picture:
        picture.tries += 1
        picture.due_at = timezone.now() + TAKEN_FOR
        picture.save(update_fields=["tries", "due_at"])
    return picture


def _fetch(picture: AwaitedPicture) -> None:
    if picture.file:
        STORAGE.delete(picture.file)
    if picture.tries > len(WAITS) + 1:
        _miss(picture, phrase(GIVEN_UP))
        return
    try:
        with opened(picture.address) as file:
            photo = _drawn(picture, file)
    except AwayError as error:
        if picture.tries > len(WAITS):
            _miss(picture, error.reason)
        else:
            _wait(picture, error.reason)
    except BadFileError as error:
        _miss(picture, error.reason)
    except ValidationError:
        _miss(picture, phrase(NO_PICTURE))
    else:
        _keep(picture, photo)


def _drawn(picture: AwaitedPicture, file: File) -> Photo:
    """The picture as it will be stored, part of what the run brought; ValidationError where it is none."""
    try:
        photo = Photo(
            initiative_id=picture.initiative_id,
            image=File(file, uuid4().hex),
            alt=picture.alt,
            credit=picture.credit,
            licence_id=picture.licence_id,
            order=picture.order,
            added_in=picture.run.context,
        )
    except BROKEN as error:
        raise ValidationError(NO_PICTURE) from error
    photo.full_clean(exclude=["initiative", "licence", "width", "height"])
    return photo


def _keep(picture: AwaitedPicture, photo: Photo) -> None:
    """Write the picture, unless somebody came before; its file goes again where its row does not stay."""
    name = photo.image.field.generate_filename(photo, photo.image.name)
    if not _ours(picture).update(file=name):
        return
    is_written = False
    try:
        is_written = _write(picture, photo)
    finally:
        if not is_written:
            STORAGE.delete(name)


@transaction.atomic
def _write(picture: AwaitedPicture, photo: Photo) -> bool:
    # Whoever changes an initiative holds it; only then the picture, and without waiting for who forgets it.
    initiative = Initiative.objects.held().filter(pk=picture.initiative_id).first()
    awaited = _ours(picture).held().first()
    if awaited is None:
        return False
    if why := _standing(initiative, photo):
        _miss(awaited, why, Level.KEPT)
        return False
    photo.save()
    awaited.state, awaited.reason = State.CAME, ""
    awaited.save(update_fields=["state", "reason"])
    return True


def _ours(picture: AwaitedPicture) -> AwaitedPictureQuerySet:
    """Its row, while nobody forgot it or took it after us."""
    return AwaitedPicture.objects.awaited().filter(pk=picture.pk, tries=picture.tries)


def _standing(initiative: Initiative, photo: Photo) -> Phrase | None:
    """Why an initiative gets no picture of the run."""
    if initiative.status not in open_statuses():
        return phrase(NOT_OPEN, status=[STANDS.get(initiative.status, initiative.status)])
    if initiative.field_sources.get(PHOTOS) == PEOPLE:
        return phrase(_("its pictures were edited here, kept"))
    if initiative.photos.exclude(added_in=photo.added_in).exists():
        return phrase(_("it has pictures already, kept"))
    return None


def _wait(picture: AwaitedPicture, why: Phrase) -> None:
    due = timezone.now() + WAITS[picture.tries - 1]
    _ours(picture).update(due_at=due, reason=str(why)[:300])


@transaction.atomic
def _miss(picture: AwaitedPicture, why: Phrase, level: Level = Level.WARNING) -> None:
    """It will not come; the run tells why."""
    if _ours(picture).update(state=State.MISSED, reason=str(why)[:300], file=""):
        ImportIssue.of(Issue(level, picture.row, PHOTOS, picture.address, why), picture.run).save()
