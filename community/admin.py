"""Members and their memberships; groups and topics bring their own, what members leave behind is in admin_records."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.utils.translation import gettext_lazy as _

from . import admin_records
from .collectives import admin as collectives
from .groups import admin as groups
from .members import actions
from .members.forms import MemberChangeForm, MemberCreationForm
from .members.models import CONSENTS, PROFILE
from .models import AccessToken, CollectiveClaim, CollectiveMembership, Invitation, Letterbox, Member
from .spaces import admin as spaces
from .topics import admin as topics

__all__ = ["admin_records", "collectives", "groups", "spaces", "topics"]


class CollectiveMembershipInline(admin.TabularInline):
    """Collectives of a member."""

    model = CollectiveMembership
    extra = 0
    autocomplete_fields = ["collective"]


@admin.register(Member)
class MemberAdmin(UserAdmin):
    """People with an account."""

    form = MemberChangeForm
    add_form = MemberCreationForm
    list_display = ["email", "public_name", "roles", "is_active", "is_staff", "date_joined"]
    list_filter = ["is_active", "is_staff", "language"]
    search_fields = ["email", "public_name"]
    ordering = ["email"]
    # What members agree to is theirs alone to change; each step of it is kept.
    readonly_fields = ["uuid", "last_login", "date_joined", "erased_at", *CONSENTS]
    autocomplete_fields = ["territory"]
    inlines = [CollectiveMembershipInline]
    filter_horizontal = ["groups", "user_permissions"]
    fieldsets = [
        (None, {"fields": ["uuid", "email", "password", ("public_name", "public_name_seen_by"), "language"]}),
        (
            _("Rights"),
            {"fields": ["roles", "is_active", "is_staff", "is_superuser", "groups", "user_permissions"]},
        ),
        (_("Profile"), {"fields": [(name, f"{name}_seen_by") for name in PROFILE if name != "public_name"]}),
        (_("Consent"), {"fields": ["is_listed", "accepts_messages", "ledger_seen_by"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined", "erased_at"]}),
    ]
    add_fieldsets = [(None, {"fields": ["email", "public_name", "language", "password1", "password2"]})]

    def delete_model(self, request, obj) -> None:
        """As when members delete their account themselves."""
        actions.erase(obj, by=request.user)

    def delete_queryset(self, request, queryset) -> None:
        """One after the other."""
        for member in queryset:
            actions.erase(member, by=request.user)


@admin.register(CollectiveMembership)
class CollectiveMembershipAdmin(admin.ModelAdmin):
    """Who belongs to which collective."""

    list_display = ["member", "collective", "role", "started_on", "ended_on"]
    list_filter = ["role", "collective"]
    list_select_related = ["member", "collective"]
    search_fields = ["member__public_name", "member__email", "collective__name"]
    autocomplete_fields = ["member", "collective"]


@admin.register(AccessToken)
class AccessTokenAdmin(admin.ModelAdmin):
    """Tokens by their names: they are made by their members alone, and can be taken away."""

    list_display = ["name", "member", "created_at", "last_used_on"]
    list_select_related = ["member"]
    search_fields = ["name", "member__email", "member__public_name"]
    readonly_fields = ["member", "name", "created_at", "last_used_on"]

    def has_add_permission(self, request) -> bool:
        """A token is told to whom it belongs."""
        return False


@admin.register(Letterbox)
class LetterboxAdmin(admin.ModelAdmin):
    """What is remembered of addresses; changed by their owners and by what is sent."""

    list_display = ["fingerprint", "confirmed_at", "told_at", "silent_since", "desk_silent_since"]
    search_fields = ["fingerprint"]
    readonly_fields = [field.name for field in Letterbox._meta.fields if field.name != "id"]
    show_full_result_count = False

    def has_add_permission(self, request) -> bool:
        """It comes with an address."""
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        """Who wants no more letters would get them again."""
        return False


@admin.register(CollectiveClaim)
class CollectiveClaimAdmin(admin.ModelAdmin):
    """Who says that a collective is theirs: decided on in the moderation, where it is told to them."""

    list_display = ["collective", "member", "way", "state", "made_at", "decided_by"]
    list_filter = ["state", "way"]
    list_select_related = ["collective", "member", "decided_by"]
    search_fields = ["collective__name", "member__public_name", "member__email"]
    readonly_fields = [field.name for field in CollectiveClaim._meta.fields]

    def has_add_permission(self, request) -> bool:
        """Members claim for themselves."""
        return False


@admin.register(Invitation)
class InvitationAdmin(admin.ModelAdmin):
    """Who is invited where: invitations are made by collectives alone, and can be taken away."""

    list_display = ["collective", "email", "role", "made_at", "expires_at", "accepted_at"]
    list_select_related = ["collective"]
    search_fields = ["collective__name", "email"]
    readonly_fields = [field.name for field in Invitation._meta.fields]

    def has_add_permission(self, request) -> bool:
        """A collective invites."""
        return False
