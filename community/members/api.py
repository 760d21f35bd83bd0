"""`/api/members/`: what members show to everyone, whoever asks."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from rest_framework.request import Request

from geo.errors import InvalidParameterError
from geo.lists import Item, Listing, Rows

from .enums import Visibility
from .models import PROFILE, Member
from .profile import told

LISTS = ("languages", "skills")
NOBODY = AnonymousUser()


class Members(Rows):
    """Public profiles as JSON."""

    named = "uuid"

    def rows(self) -> QuerySet:
        """Members with an account who show something to everyone."""
        showing = Q()
        for name in PROFILE:
            empty = [] if name in LISTS else ""
            showing |= Q(**{f"{name}_seen_by": Visibility.EVERYONE}) & ~Q(**{name: empty})
        return Member.objects.filter(showing, is_active=True)

    def shown(self, row: Member) -> dict[str, Any]:
        """What they show; no more than strangers see on their page."""
        shown = told(row, NOBODY)
        fields = {
            name: getattr(row, name) if name in shown else ([] if name in LISTS else None) for name in PROFILE
        }
        return {"id": str(row.uuid), "url": f"{settings.SITE_URL}/members/{row.uuid}/", **fields}


class MemberList(Members, Listing):
    """All of them, in pages; their order tells nothing of when they came."""

    def following(self, request: Request, number: int) -> list:
        """The next ones after an identifier."""
        rows = self.rows().order_by("uuid")
        text = request.query_params.get("cursor")
        if text is not None:
            try:
                rows = rows.filter(uuid__gt=UUID(text))
            except ValueError:
                raise InvalidParameterError("cursor", "Expected the cursor of a next link.") from None
        return list(rows[:number])

    def cursor_of(self, row: Member) -> str:
        """The identifier that everyone may know."""
        return str(row.uuid)


class MemberItem(Members, Item):
    """One of them by their identifier."""
