"""`/api/members/`: the directory as everyone sees it, whoever asks."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from rest_framework.request import Request

from geo.errors import InvalidParameterError
from geo.lists import Item, Listing, Rows

from .models import LISTS, PROFILE, Member
from .rules import reader_levels

EVERYONE = reader_levels(AnonymousUser())


class Members(Rows):
    """Public profiles as JSON."""

    named = "uuid"

    def rows(self) -> QuerySet:
        """Members who are in the directory with a name that everyone sees."""
        return Member.objects.listed_to(EVERYONE).with_territory()

    def shown(self, row: Member) -> dict[str, Any]:
        """What they show; no more than strangers see on their page."""
        fields = {name: self._value(row, name) for name in PROFILE}
        return {"id": str(row.uuid), "url": f"{settings.SITE_URL}/members/{row.uuid}/", **fields}

    def _value(self, row: Member, name: str) -> Any:
        value = getattr(row, name) if getattr(row, f"{name}_seen_by") in EVERYONE else None
        if name in LISTS:
            return value or []
        if name == "territory":
            return value.code if value else None
        return value or None


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
