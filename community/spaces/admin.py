"""Spaces in the administration: looked at, and put right where their people cannot."""

from django.contrib import admin

from ..topics.admin import ReadAdmin
from .models import Space, SpaceInvitation, SpaceMembership
from .resources.models import SpaceResource


@admin.register(Space)
class SpaceAdmin(admin.ModelAdmin):
    """Spaces; the pages make them, choose their logo and their part of the map."""

    list_display = ["name", "is_private", "created_at", "archived_at"]
    list_filter = ["is_private", "language", ("archived_at", admin.EmptyFieldListFilter)]
    search_fields = ["name", "slug", "purpose"]
    exclude = ["logo"]
    readonly_fields = ["is_private", "query", "created_at"]

    def has_add_permission(self, request) -> bool:
        """A space begins with an invitation to who runs it."""
        return False


class _LookedAt(admin.ModelAdmin):
    def has_add_permission(self, request) -> bool:
        """Only a space lets people in."""
        return False


@admin.register(SpaceMembership)
class SpaceMembershipAdmin(_LookedAt):
    """Who belongs to which space; they go by the pages, out of its groups too."""

    list_display = ["member", "space", "role", "joined_at"]
    list_filter = ["role"]
    list_select_related = ["member", "space"]
    search_fields = ["member__public_name", "member__email", "space__name"]
    readonly_fields = ["space", "member", "joined_at"]

    def has_delete_permission(self, request, obj=None) -> bool:
        """Who is taken out of a private space is taken out of its groups: an action does that."""
        return False


@admin.register(SpaceInvitation)
class SpaceInvitationAdmin(_LookedAt):
    """Who is invited where: invitations are made by spaces alone, and can be taken away."""

    list_display = ["space", "email", "role", "made_at", "expires_at", "accepted_at"]
    list_select_related = ["space"]
    search_fields = ["space__name", "email"]
    readonly_fields = [field.name for field in SpaceInvitation._meta.fields]


@admin.register(SpaceResource)
class SpaceResourceAdmin(ReadAdmin):
    """Links and files of spaces; the pages put them there and take them away, with the file."""

    list_display = ["title", "space", "url", "kind", "added_at"]
    list_filter = ["kind"]
    list_select_related = ["space"]
    search_fields = ["title", "space__name"]

    def get_readonly_fields(self, request, obj=None) -> list[str]:
        """All but the file, whose address is none."""
        return [name for name in super().get_readonly_fields(request, obj) if name != "file"]

    def get_exclude(self, request, obj=None) -> list[str]:
        """The file."""
        return ["file"]
