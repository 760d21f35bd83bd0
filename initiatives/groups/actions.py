"""Saying that an initiative belongs to a group, and taking that back: each in one transaction that holds both rows."""

from collections.abc import Iterator
from contextlib import contextmanager

import pghistory
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from community.models import Group, Member

from ..activity import recording
from ..enums import Verb
from ..models import Initiative, InitiativeGroup
from .rules import Pair


@contextmanager
def _held(initiative: Initiative, group: Group, by: Member | None, verb: str) -> Iterator[Pair]:
    """Both rows, locked, if they give the right; PermissionDenied. `by=None` is the site itself.

    The group too: whether anyone may know of it decides what is told of the change, so it stays as it is meanwhile.
    """
    with (
        transaction.atomic(),
        pghistory.context(verb=Verb.REVISE.value, by=by.pk if by else None, reason=""),
    ):
        pair = Pair(
            Initiative.objects.held().get(pk=initiative.pk),
            Group.objects.select_for_update(of=("self",)).get(pk=group.pk),
        )
        if by is not None and not by.has_perm(f"initiatives.{verb}", pair):
            raise PermissionDenied(f"{verb} is not for this member.")
        yield pair


def _touch(pair: Pair) -> None:
    """A change that everyone sees is one of the initiative; of a private group nothing shows, not even when."""
    if pair.initiative.is_published and not pair.group.is_private:
        pair.initiative.updated_at = timezone.now()
        pair.initiative.save(update_fields=["updated_at"])


def name_group(initiative: Initiative, *, group: Group, by: Member | None) -> InitiativeGroup:
    """Let an initiative belong to a group, from today if it did not; PermissionDenied."""
    with _held(initiative, group, by, "name_group") as pair:
        link, is_new = InitiativeGroup.objects.get_or_create(
            initiative=pair.initiative, group=pair.group, defaults={"by": by}
        )
        if is_new:
            _touch(pair)
            recording.note_named(pair.initiative, pair.group, by=by)
    return link


def unname_group(initiative: Initiative, *, group: Group, by: Member | None) -> None:
    """Let an initiative no longer belong to a group; PermissionDenied."""
    with _held(initiative, group, by, "unname_group") as pair:
        gone, _models = InitiativeGroup.objects.filter(initiative=pair.initiative, group=pair.group).delete()
        if gone:
            _touch(pair)
