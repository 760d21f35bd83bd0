"""What only those may see who may read exact positions."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from ..models import Initiative

RIGHT = "initiatives.read_exact_position"


class GuardedAdmin(admin.ModelAdmin):
    """Leaves fields out of the page, and out of the filters of an address, for those without the right."""

    guarded: tuple[str, ...] = ()

    def may_read(self, request: HttpRequest, row: Any) -> bool:
        """Of a row that is an initiative or belongs to one; a new row hides nothing yet."""
        initiative = row if row is None or isinstance(row, Initiative) else row.initiative
        return initiative is None or request.user.has_perm(RIGHT, initiative)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list:
        """Without the guarded fields."""
        sets = super().get_fieldsets(request, obj)
        if self.may_read(request, obj):
            return sets
        return [
            (title, {**options, "fields": [name for name in options["fields"] if name not in self.guarded]})
            for title, options in sets
        ]

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """A filter on a guarded field would tell it by trying."""
        if lookup.split("__")[0] in self.guarded and not request.user.has_perm(RIGHT):
            return False
        return super().lookup_allowed(lookup, value, request)
