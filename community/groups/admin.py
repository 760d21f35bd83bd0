"""Groups in the administration: looked at, and put right where their people cannot."""

from django.contrib import admin

from .models import Group, GroupInvitation, GroupMembership, GroupRequest


@admin.register(Group)
class GroupAdmin(admin.ModelAdmin):
    """Working groups; their people come and go by the pages, where they are told."""

    list_display = ["name", "kind", "territory", "collective", "created_at", "archived_at"]
    list_filter = ["kind", "language", ("archived_at", admin.EmptyFieldListFilter)]
    list_select_related = ["territory", "collective"]
    search_fields = ["name", "slug", "purpose"]
    autocomplete_fields = ["territory", "collective", "created_by"]
    readonly_fields = ["uuid", "space", "created_at"]


@admin.register(GroupMembership)
class GroupMembershipAdmin(admin.ModelAdmin):
    """Who belongs to which group."""

    list_display = ["member", "group", "role", "frequency", "joined_at"]
    list_filter = ["role", "frequency"]
    list_select_related = ["member", "group"]
    search_fields = ["member__public_name", "member__email", "group__name"]
    autocomplete_fields = ["member", "group"]


@admin.register(GroupRequest)
class GroupRequestAdmin(admin.ModelAdmin):
    """Who asks to join: decided by those who run the group, who tell it."""

    list_display = ["group", "member", "made_at"]
    list_select_related = ["group", "member"]
    search_fields = ["group__name", "member__public_name", "member__email"]
    readonly_fields = [field.name for field in GroupRequest._meta.fields]

    def has_add_permission(self, request) -> bool:
        """Members ask for themselves."""
        return False


@admin.register(GroupInvitation)
class GroupInvitationAdmin(admin.ModelAdmin):
    """Who is invited where: invitations are made by groups alone, and can be taken away."""

    list_display = ["group", "email", "role", "made_at", "expires_at", "accepted_at"]
    list_select_related = ["group"]
    search_fields = ["group__name", "email"]
    readonly_fields = [field.name for field in GroupInvitation._meta.fields]

    def has_add_permission(self, request) -> bool:
        """A group invites."""
        return False
