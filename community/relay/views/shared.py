"""What these pages share."""

import uuid

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from ...members.models import Member
from ...members.profile import told

TOO_MANY = 429


def other_of(request: HttpRequest, member_uuid: uuid.UUID, right: str) -> Member:
    """The member of an address for whom one has a right; to others there is no such page."""
    found = get_object_or_404(Member.objects.with_territory(), uuid=member_uuid, is_active=True)
    if not request.user.has_perm(f"community.{right}", found):
        raise Http404("There is nothing to do here with this member.")
    return found


def name_for(request: HttpRequest, member: Member) -> str:
    """What the reader may call a member; empty where they keep their name to themselves."""
    shown = told(member, request.user).get("public_name")
    return str(shown.value) if shown else ""
