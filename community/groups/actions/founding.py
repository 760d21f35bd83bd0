"""A group begins, says anew what it is, is put away and opened again."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from territories.models import Collective

from ...activity import actions as activity
from ...activity.kinds import Happening
from ...letters.sending import known
from ...members.models import Member
from ...slugs import free_slug, hidden_slug, lock_slugs
from ...spaces import rules as spaces
from ...spaces.models import Space, SpaceMembership
from .. import letters, rules
from ..enums import GroupKind, GroupRole
from ..models import Group
from .shared import check_right, entered, let_in, put_away

# What those who run a group say of it; its address stays.
FACTS = ("name", "purpose", "language", "kind", "territory", "collective")
LONGEST_SLUG = 60
# Addresses below groups/ that are not those of a group.
RESERVED = frozenset({"new", "invitation"})
# The same name by the same member within so long is a second press of the button.
TWICE = timedelta(minutes=10)


def _slug(group: Group) -> str:
    """A private one has a tail that nobody guesses: else the number behind a name would tell that it exists."""
    if group.is_private:
        return hidden_slug(group.name, LONGEST_SLUG, "group")
    return free_slug(
        group.name, Group.objects.all(), longest=LONGEST_SLUG, otherwise="group", reserved=RESERVED
    )


def _check_space(space: Space | None, by: Member) -> None:
    """Its members begin groups in a space where something goes on."""
    if space is None:
        return
    if SpaceMembership.objects.held(space, by) is None or not spaces.may(by, "add_group_to_space", space):
        raise PermissionDenied("add_group_to_space is not for this member.")


def _check_anchor(collective: Collective | None, by: Member | None) -> None:
    """A group is rooted in a collective by its own people."""
    if collective and by and not rules.may_root_in(by).filter(pk=collective.pk).exists():
        raise ValidationError({"collective": _("Choose a collective that you belong to.")})


@transaction.atomic
def create(*, by: Member, values: Mapping[str, Any]) -> Group:
    """A group that its founder runs; handed in twice it is one. ValidationError by field."""
    check_right(by, "create_group", None)
    _check_space(values.get("space"), by)
    # A second press of the button waits here for the first.
    lock_slugs()
    same = Group.objects.active().filter(created_by=by, created_at__gt=timezone.now() - TWICE)
    if twice := same.filter(name=values["name"], kind=values["kind"], space=values.get("space")).first():
        return twice
    group = Group(created_by=by, **values)
    group.slug = _slug(group)
    _check_anchor(group.collective, by)
    group.full_clean()
    group.save()
    let_in(group, by, GroupRole.ANIMATOR)
    activity.record_of_group(Happening.GROUP, group, by=by, room="groups", key=group.pk)
    return group


@transaction.atomic
def revise(group: Group, *, by: Member | None, values: Mapping[str, Any]) -> Group:
    """Change what it says of itself and who comes in; who asked to join is answered where nobody asks any more."""
    stored = entered(group, by, "run_group")
    kind, collective, territory = stored.kind, stored.collective_id, stored.territory_id
    for name in FACTS:
        if name in values:
            setattr(stored, name, values[name])
    if stored.collective_id != collective:
        _check_anchor(stored.collective, by)
    stored.full_clean()
    stored.save(update_fields=[name for name in FACTS if name in values])
    if (stored.collective_id, stored.territory_id) != (collective, territory):
        activity.root_anew(stored)
    if stored.kind != kind:
        _answer_requests(stored)
    return stored


def _answer_requests(group: Group) -> None:
    """Anyone comes into an open group; into a private one nobody who is not invited."""
    for asked in group.requests.select_related("member"):
        if group.kind == GroupKind.OPEN:
            let_in(group, asked.member)
            letters.announce("accepted", group.pk, asked.member_id)
        elif group.is_private:
            asked.delete()
            with translation.override(known(asked.member.language)):
                reason = _("The group is private now: one joins by invitation.")
            letters.announce("refused", group.pk, asked.member_id, reason)


@transaction.atomic
def archive(group: Group, *, by: Member | None) -> Group:
    """Put it away: it is read, and nothing is written any more; twice is once."""
    stored = entered(group, by, "archive_group")
    if stored.archived_at is None:
        put_away(stored)
    return stored


@transaction.atomic
def reopen(group: Group, *, by: Member | None) -> Group:
    """Something goes on in it again; twice is once."""
    stored = entered(group, by, "archive_group")
    stored.archived_at = None
    stored.save(update_fields=["archived_at"])
    return stored
