"""The one door for every change: a verb is a function that checks the right and works in one transaction."""

from collections.abc import Mapping
from functools import wraps
from typing import Any

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from community.models import Member

from . import content, crediting, workflow
from .activity import recording
from .enums import Status, Verb
from .history import reading, restoring
from .models import Initiative, Merge, Network, OldSlug, ReviewClaim, StatusChange
from .placement import place
from .slugs import base_slug, free_slugs, lock_slugs
from .submitting import letters
from .upkeep import fading

# Marks in field_sources a field that people edited here: no source overwrites it.
PEOPLE = "people"
NEEDS_REASON = (Verb.ASK_CHANGES, Verb.REJECT)


def check_right(by: Member | None, verb: Verb, on: Initiative | Network | None) -> None:
    """Refuse with PermissionDenied; `by=None` is the site itself (a command, the worker), which may do all."""
    if by is not None and not by.has_perm(f"initiatives.{verb}", on):
        raise PermissionDenied(f"{verb} is not for this member.")


def _check_not_merged(initiative: Initiative) -> None:
    """What lives on in another one stays as the merge left it, so that it can be undone."""
    merge = Merge.objects.open().filter(merged=initiative).select_related("kept").first()
    if merge is not None:
        told = _("It lives on in “%(name)s”: undo the merge first.") % {"name": merge.kept.name}
        raise ValidationError({"status": told})


def _transition(
    initiative: Initiative, verb: Verb, by: Member | None, reason: str, former: Status | None = None
) -> None:
    """Move a locked row along the workflow and record the step; `former` is what a step back gives."""
    before = Status(initiative.status) if initiative.pk else None
    if former is not None:
        initiative.status = workflow.target_back(before, verb, former)
    else:
        if before == Status.ARCHIVED:
            _check_not_merged(initiative)
        initiative.status = workflow.target(before, verb)
    if initiative.is_published:
        content.check_complete(initiative)
    initiative.updated_at = timezone.now()
    initiative.save()
    change = StatusChange.objects.create(
        initiative=initiative,
        verb=verb,
        from_status=before or "",
        to_status=initiative.status,
        by=by,
        reason=reason,
    )
    letters.announce(change)
    fading.end(change)
    crediting.credit(change)
    recording.note(change)
    if before not in (None, initiative.status):
        # Whichever door the decision came through, nobody has it in hand any longer.
        ReviewClaim.objects.filter(initiative=initiative).delete()


def _stored(initiative: Initiative) -> Initiative:
    return Initiative.objects.held().get(pk=initiative.pk)


def _locked(initiative: Initiative, verb: Verb, by: Member | None) -> Initiative:
    """The stored row, locked, if it gives the right: the caller's copy may be stale or changed."""
    stored = _stored(initiative)
    check_right(by, verb, stored)
    return stored


def _recorded(function):
    """Run in one transaction whose history rows tell the verb, who and why."""

    @wraps(function)
    def verb(*args: Any, by: Member | None, reason: str = "", **kwargs: Any) -> Initiative:
        with (
            transaction.atomic(),
            pghistory.context(verb=function.__name__, by=by.pk if by else None, reason=reason),
        ):
            return function(*args, by=by, reason=reason, **kwargs)

    return verb


@_recorded
def create(*, by: Member | None, values: Mapping[str, Any], reason: str = "") -> Initiative:
    """A draft from values as content.write() takes them; ValidationError names each field that is wrong."""
    check_right(by, Verb.CREATE, None)
    initiative = Initiative(slug=values.get("slug") or free_slugs([values.get("name", "")])[0])
    content.set_fields(initiative, values)
    _transition(initiative, Verb.CREATE, by, reason)
    content.set_parts(initiative, values)
    place(initiatives=[initiative.pk])
    return _stored(initiative)


@_recorded
def revise(
    initiative: Initiative,
    *,
    by: Member | None,
    values: Mapping[str, Any],
    reason: str = "",
    sources: Mapping[str, Any] | None = None,
) -> Initiative:
    """Change some values; people's edits are marked so that no source overwrites them.

    With `sources`, which says of every value where it comes from, the values are those of another record of the same
    initiative: its address stays.
    """
    renames = "name" in values and sources is None
    if renames:
        lock_slugs()
    initiative = _locked(initiative, Verb.REVISE, by)
    if renames and base_slug(values["name"]) != base_slug(initiative.name):
        OldSlug.objects.create(slug=initiative.slug, initiative=initiative)
        initiative.slug = free_slugs([values["name"]])[0]
    content.set_fields(initiative, values)
    if sources is not None:
        initiative.field_sources = dict(sources)
    elif by is not None:
        initiative.field_sources = {**initiative.field_sources, **dict.fromkeys(values, PEOPLE)}
    content.set_parts(initiative, values)
    _transition(initiative, Verb.REVISE, by, reason)
    if {"position", "precision", "has_no_position"} & set(values):
        place(initiatives=[initiative.pk])
    if "collective" in values:
        recording.root_anew(initiative)
    return _stored(initiative)


def restore_version(
    initiative: Initiative, *, by: Member | None, number: int, seen: int | None = None, reason: str = ""
) -> Initiative:
    """Give back the values of a former version, as an edit; `seen` is the newest version that the caller knows.

    ValidationError where there is no such version, where nothing differs, or where a newer one came meanwhile.
    """
    with transaction.atomic():
        lock_slugs()
        initiative = _locked(initiative, Verb.REVISE, by)
        versions = reading.versions(initiative)
        version, present = reading.numbered(versions, number), versions[0]
        if version is None:
            raise ValidationError({"version": _("There is no such version.")})
        if seen is not None and seen != present.number:
            raise ValidationError({"version": _("It was changed meanwhile. Look at what differs now.")})
        values = restoring.values_of(version, present)
        if not values:
            raise ValidationError({"version": _("Nothing of it differs from today.")})
        day = date_format(timezone.localtime(version.at), "DATE_FORMAT")
        reason = reason or _("Restored version of %(date)s") % {"date": day}
        return revise(initiative, by=by, values=values, reason=reason)


def _step(initiative: Initiative, verb: Verb, by: Member | None, reason: str) -> Initiative:
    initiative = _locked(initiative, verb, by)
    if verb in NEEDS_REASON and not reason.strip():
        raise ValidationError({"reason": _("Say why, so that nobody is left without an answer.")})
    _transition(initiative, verb, by, reason)
    return initiative


@_recorded
def submit(initiative: Initiative, *, by: Member | None, reason: str = "") -> Initiative:
    """Send a draft, or a corrected one, for review; a member who does so is told what becomes of it."""
    check_right(by, Verb.SUBMIT, _stored(initiative))
    if by is not None:
        letters.answer_to(initiative, by)
    return _step(initiative, Verb.SUBMIT, by, reason)


@_recorded
def publish(initiative: Initiative, *, by: Member | None, reason: str = "") -> Initiative:
    """Show to everyone; ValidationError if name, main theme or position are missing."""
    return _step(initiative, Verb.PUBLISH, by, reason)


@_recorded
def ask_changes(initiative: Initiative, *, by: Member | None, reason: str = "") -> Initiative:
    """Send back with a message."""
    return _step(initiative, Verb.ASK_CHANGES, by, reason)


@_recorded
def reject(initiative: Initiative, *, by: Member | None, reason: str = "") -> Initiative:
    """Do not accept, and say why."""
    return _step(initiative, Verb.REJECT, by, reason)


@_recorded
def archive(initiative: Initiative, *, by: Member | None, reason: str = "") -> Initiative:
    """Take off the map and keep."""
    return _step(initiative, Verb.ARCHIVE, by, reason)


@_recorded
def restore(initiative: Initiative, *, by: Member | None, reason: str = "") -> Initiative:
    """Bring back what was archived, ended or not accepted."""
    return _step(initiative, Verb.RESTORE, by, reason)


@_recorded
def close(initiative: Initiative, *, by: Member | None, reason: str = "") -> Initiative:
    """Record that the initiative has ended; it is kept for research."""
    return _step(initiative, Verb.CLOSE, by, reason)


@_recorded
def confirm(initiative: Initiative, *, by: Member | None, reason: str = "") -> Initiative:
    """Its people say that everything is still right."""
    initiative = _locked(initiative, Verb.CONFIRM, by)
    initiative.confirmed_at = timezone.now()
    _transition(initiative, Verb.CONFIRM, by, reason)
    return initiative


@_recorded
def merge(initiative: Initiative, *, by: Member | None, reason: str = "") -> Initiative:
    """Take off the map what lives on in another one; merging/actions.py brings the other what this one has."""
    return _step(initiative, Verb.MERGE, by, reason)


@_recorded
def split(initiative: Initiative, *, by: Member | None, former: Status, reason: str = "") -> Initiative:
    """Let it stand for itself again, where it stood before the merge."""
    initiative = _locked(initiative, Verb.SPLIT, by)
    _transition(initiative, Verb.SPLIT, by, reason, former)
    return initiative


# What concerns one initiative alone.
VERBS = {
    Verb.SUBMIT: submit,
    Verb.PUBLISH: publish,
    Verb.ASK_CHANGES: ask_changes,
    Verb.REJECT: reject,
    Verb.ARCHIVE: archive,
    Verb.RESTORE: restore,
    Verb.CLOSE: close,
    Verb.CONFIRM: confirm,
}
