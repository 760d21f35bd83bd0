"""What is done with the resources of a space, by those who run it."""

from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ...collectives.actions import ClosedError
from ...members.models import Member
from ...topics.files import Checked
from ..actions import entered
from ..models import Space
from .models import MOST, SpaceResource


@transaction.atomic
def add(
    space: Space, *, by: Member | None, title: str, url: str = "", file: Checked | None = None
) -> SpaceResource:
    """A link or a checked file at the end of the list; ValidationError by field."""
    stored = entered(space, by, "run_space")
    if bool(url) == (file is not None):
        raise ValidationError(_("Give an address or a file, one of the two."))
    if stored.resources.count() >= MOST:
        raise ValidationError(_("At most %(n)s links and files.") % {"n": MOST})
    last = stored.resources.aggregate(last=Max("position"))["last"]
    made = SpaceResource(space=stored, title=title, url=url, by=by, position=(last or 0) + 1)
    if file:
        made.name, made.size, made.kind = file.name, file.content.size, file.kind
    made.full_clean(exclude=["file"], validate_constraints=False)
    if stored.resources.filter(title__iexact=title).exists():
        raise ValidationError({"title": _("Something with this title stands here already.")})
    if file:
        made.file.save(file.name, file.content, save=False)
    made.save()
    return made


def _held(resource: SpaceResource, by: Member | None) -> SpaceResource:
    """The stored one, of a space that is locked; ClosedError where it is gone."""
    space = entered(resource.space, by, "run_space")
    found = space.resources.filter(pk=resource.pk).first()
    if found is None:
        raise ClosedError
    return found


@transaction.atomic
def move(resource: SpaceResource, *, by: Member | None, up: bool) -> None:
    """One place up or down; at the end nothing happens. ClosedError."""
    stored = _held(resource, by)
    order = list(SpaceResource.objects.filter(space=stored.space_id))
    here = order.index(stored)
    there = max(here - 1, 0) if up else min(here + 1, len(order) - 1)
    order.insert(there, order.pop(here))
    for position, one in enumerate(order, start=1):
        one.position = position
    SpaceResource.objects.bulk_update(order, ["position"])


@transaction.atomic
def take_away(resource: SpaceResource, *, by: Member | None) -> None:
    """It goes, its file too. ClosedError."""
    stored = _held(resource, by)
    if stored.file:
        transaction.on_commit(partial(stored.file.storage.delete, stored.file.name), robust=True)
    stored.delete()
