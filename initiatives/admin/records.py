"""Networks, source records, parts and trail."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from vocabulary.links import ASSUME_HTTPS

from ..models import (
    Aged,
    Contact,
    DistinctPair,
    Identity,
    InitiativeGroup,
    InitiativeTerritory,
    InitiativeTheme,
    Merge,
    Network,
    NetworkMembership,
    OldSlug,
    Photo,
    Proposal,
    Report,
    ReviewClaim,
    ReviewScope,
    SiteCheck,
    StatusChange,
    Submission,
    Translation,
    UpkeepRequest,
    Vouch,
)
from .guarded import GuardedAdmin
from .read_only import ReadOnlyAdmin


@admin.register(Network)
class NetworkAdmin(admin.ModelAdmin):
    """Partner networks."""

    list_display = ["name", "country", "licence", "is_complete", "created_at"]
    list_filter = ["is_complete", "country", "licence"]
    list_select_related = ["licence"]
    search_fields = ["name", "slug"]
    autocomplete_fields = ["stewards"]
    prepopulated_fields = {"slug": ["name"]}
    formfield_overrides = ASSUME_HTTPS


@admin.register(Identity)
class IdentityAdmin(GuardedAdmin):
    """Source records as they came."""

    guarded = ("raw",)
    list_display = ["external_id", "network", "initiative", "seen_at", "gone_at"]
    list_filter = ["network", "gone_at"]
    list_select_related = ["network", "initiative"]
    search_fields = ["external_id", "initiative__name"]
    readonly_fields = [
        "initiative",
        "network",
        "external_id",
        "checksum",
        "raw",
        "first_seen_at",
        "seen_at",
    ]
    formfield_overrides = ASSUME_HTTPS
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A record comes from a source."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Identity | None = None) -> bool:
        """Without its record an initiative would come a second time from the source."""
        return False


class PartAdmin(ReadOnlyAdmin):
    """A row that belongs to an initiative: looked up here, changed on its page, by its actions."""

    list_select_related = ["initiative"]
    search_fields = ["initiative__name"]


@admin.register(Photo)
class PhotoAdmin(PartAdmin):
    """Pictures."""

    list_display = ["alt", "initiative", "credit", "licence"]
    list_filter = ["licence"]
    list_select_related = ["initiative", "licence"]


@admin.register(Contact)
class ContactAdmin(PartAdmin):
    """Ways to reach initiatives."""

    list_display = ["initiative", "kind", "visibility"]
    list_filter = ["kind", "visibility"]


@admin.register(Translation)
class TranslationAdmin(PartAdmin):
    """Texts in further languages."""

    list_display = ["initiative", "language", "name"]
    list_filter = ["language"]


@admin.register(NetworkMembership)
class NetworkMembershipAdmin(PartAdmin):
    """Which initiative belongs to which network."""

    list_display = ["initiative", "network", "since", "until"]
    list_filter = ["network"]
    list_select_related = ["initiative", "network"]


@admin.register(InitiativeGroup)
class InitiativeGroupAdmin(PartAdmin):
    """Which initiative belongs to which group."""

    list_display = ["initiative", "group", "since", "by"]
    list_select_related = ["initiative", "group", "by"]


@admin.register(InitiativeTheme)
class InitiativeThemeAdmin(PartAdmin):
    """Themes of initiatives."""

    list_display = ["initiative", "theme"]
    list_select_related = ["initiative", "theme"]


@admin.register(InitiativeTerritory)
class InitiativeTerritoryAdmin(PartAdmin):
    """Which territories contain which initiative."""

    list_display = ["initiative", "territory"]
    list_select_related = ["initiative", "territory"]
    search_fields = ["initiative__name", "territory__code"]


@admin.register(StatusChange)
class StatusChangeAdmin(PartAdmin):
    """Steps of the workflow."""

    list_display = ["at", "initiative", "verb", "from_status", "to_status", "by"]
    list_filter = ["verb", "to_status"]
    list_select_related = ["initiative", "by"]
    date_hierarchy = "at"


@admin.register(OldSlug)
class OldSlugAdmin(PartAdmin):
    """Former addresses."""

    list_display = ["slug", "initiative"]
    search_fields = ["slug", "initiative__name"]


@admin.register(Submission)
class SubmissionAdmin(admin.ModelAdmin):
    """Who handed in what; the address may be corrected, the rest is what happened."""

    list_display = ["initiative", "language", "handed_in_at", "confirmed_at", "told_at"]
    list_filter = ["language", "initiative__status"]
    list_select_related = ["initiative"]
    search_fields = ["initiative__name", "email"]
    readonly_fields = ["initiative", "handed_in_at", "consented_at", "asked_at", "confirmed_at", "told_at"]
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """It comes with an initiative."""
        return False


@admin.register(Proposal)
class ProposalAdmin(PartAdmin):
    """Proposed changes; decided on in moderation."""

    list_display = ["initiative", "state", "language", "made_at", "decided_at", "decided_by"]
    list_filter = ["state", "language"]
    list_select_related = ["initiative", "decided_by"]
    search_fields = ["initiative__name", "email"]


@admin.register(Report)
class ReportAdmin(PartAdmin):
    """Reports of readers; settled in moderation."""

    list_display = ["initiative", "kind", "state", "language", "made_at", "settled_at", "settled_by"]
    list_filter = ["kind", "state", "language"]
    list_select_related = ["initiative", "settled_by"]
    search_fields = ["initiative__name", "email"]


@admin.register(ReviewScope)
class ReviewScopeAdmin(admin.ModelAdmin):
    """What moderators are limited to: given and taken here."""

    list_display = ["member", "territory", "collective", "network"]
    list_select_related = ["member", "territory", "collective", "network"]
    search_fields = ["member__email", "member__public_name"]
    autocomplete_fields = ["member", "territory", "collective", "network"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Outlines stay in the database."""
        return super().get_queryset(request).defer("territory__boundary", "collective__perimeter")


@admin.register(ReviewClaim)
class ReviewClaimAdmin(PartAdmin):
    """Who has taken on which review."""

    list_display = ["initiative", "member", "until"]
    list_select_related = ["initiative", "member"]


@admin.register(UpkeepRequest)
class UpkeepRequestAdmin(PartAdmin):
    """Who was asked whether an initiative is still right, and what they said."""

    list_display = ["initiative", "asked_at", "sent_at", "answered_at", "answer"]
    list_filter = ["answer"]
    date_hierarchy = "asked_at"


@admin.register(SiteCheck)
class SiteCheckAdmin(PartAdmin):
    """Whether websites answer."""

    list_display = ["initiative", "website", "status", "failures", "failing_since", "checked_at"]
    search_fields = ["initiative__name", "website"]
    formfield_overrides = ASSUME_HTTPS


@admin.register(Aged)
class AgedAdmin(PartAdmin):
    """What nobody has confirmed for long."""

    list_display = ["initiative", "since"]
    search_fields = ["initiative__name"]


@admin.register(Merge)
class MergeAdmin(PartAdmin):
    """Which initiative lives on in which; made and undone in moderation."""

    list_display = ["merged", "kept", "by", "at", "undone_at"]
    list_select_related = ["merged", "kept", "by"]
    search_fields = ["merged__name", "kept__name"]
    date_hierarchy = "at"


@admin.register(DistinctPair)
class DistinctPairAdmin(PartAdmin):
    """Which initiatives only look alike."""

    list_display = ["lower", "higher", "by", "at"]
    list_select_related = ["lower", "higher", "by"]
    search_fields = ["lower__name", "higher__name"]


@admin.register(Vouch)
class VouchAdmin(PartAdmin):
    """What neighbours said of what waits."""

    list_display = ["initiative", "kind", "member", "at"]
    list_filter = ["kind"]
    list_select_related = ["initiative", "member"]
    date_hierarchy = "at"
