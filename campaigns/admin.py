"""Campaigns in the administration: looked at; what changes one is a verb of its pages.

Likes and the log of a campaign appear with its results: their number alone would tell what is sealed.
"""

from django.contrib import admin
from django.db.models import QuerySet

from community.admin_records import RecordAdmin
from vocabulary.links import ASSUME_HTTPS

from .enums import Phase
from .models import (
    Ballot,
    BallotCode,
    Campaign,
    CampaignChange,
    CampaignTheme,
    CampaignVisit,
    Conflict,
    Juror,
    JuryNote,
    Like,
    LikeFlag,
    LikeLine,
    Nomination,
)


@admin.register(Campaign)
class CampaignAdmin(RecordAdmin):
    """Campaigns."""

    list_display = ["title", "phase", "call_from", "likes_until", "frozen_at"]
    list_filter = ["phase"]
    search_fields = ["slug"]


@admin.register(CampaignTheme)
class CampaignThemeAdmin(RecordAdmin):
    """Their themes."""

    list_display = ["campaign", "theme", "floor", "ceiling", "order"]
    list_select_related = ["campaign", "theme"]
    search_fields = ["campaign__slug", "theme__slug"]


@admin.register(CampaignChange)
class CampaignChangeAdmin(RecordAdmin):
    """What was changed after the announcement, and why."""

    list_display = ["at", "campaign", "field", "by"]
    list_select_related = ["campaign", "by"]
    search_fields = ["campaign__slug", "reason"]


@admin.register(CampaignVisit)
class CampaignVisitAdmin(RecordAdmin):
    """From where its pages were reached."""

    list_display = ["day", "campaign", "source", "visits"]
    list_select_related = ["campaign"]
    search_fields = ["campaign__slug", "source"]


@admin.register(Nomination)
class NominationAdmin(RecordAdmin):
    """What was put forward."""

    formfield_overrides = ASSUME_HTTPS
    list_display = ["initiative", "campaign", "theme", "state", "made_at"]
    list_filter = ["state"]
    list_select_related = ["initiative", "campaign", "theme__theme", "theme__campaign"]
    search_fields = ["initiative__name", "campaign__slug"]


@admin.register(Juror)
class JurorAdmin(RecordAdmin):
    """Who judges."""

    list_display = ["member", "campaign", "since"]
    list_select_related = ["member", "campaign"]
    search_fields = ["member__public_name", "campaign__slug"]


@admin.register(JuryNote)
class JuryNoteAdmin(RecordAdmin):
    """What they think."""

    list_display = ["juror", "nomination", "mark", "at"]
    list_select_related = [
        "juror__member",
        "juror__campaign",
        "nomination__initiative",
        "nomination__campaign",
    ]
    search_fields = ["nomination__initiative__name"]


@admin.register(Conflict)
class ConflictAdmin(RecordAdmin):
    """What they do not judge."""

    list_display = ["juror", "nomination", "at"]
    list_select_related = [
        "juror__member",
        "juror__campaign",
        "nomination__initiative",
        "nomination__campaign",
    ]
    search_fields = ["nomination__initiative__name"]


@admin.register(Ballot)
class BallotAdmin(RecordAdmin):
    """Who likes, by the name in the tally; whose ballot it is stands nowhere here."""

    list_display = ["voter", "campaign", "made_at", "is_disposable"]
    list_filter = ["is_disposable"]
    list_select_related = ["campaign"]
    search_fields = ["voter"]
    exclude = ["member"]


@admin.register(BallotCode)
class BallotCodeAdmin(RecordAdmin):
    """Codes on their way."""

    list_display = ["campaign", "tries", "expires_at", "is_disposable"]
    list_select_related = ["campaign"]


class _PublishedAdmin(RecordAdmin):
    """Rows of campaigns whose results are published."""

    of = "campaign"

    def get_queryset(self, request) -> QuerySet:
        """Without those that would tell what is sealed."""
        return super().get_queryset(request).filter(**{f"{self.of}__phase": Phase.RESULTS})


@admin.register(Like)
class LikeAdmin(_PublishedAdmin):
    """Likes that stand, and those declared void."""

    of = "ballot__campaign"
    list_display = ["at", "ballot", "nomination", "voided_at"]
    list_select_related = ["ballot", "nomination__initiative", "nomination__campaign"]
    search_fields = ["ballot__voter"]


@admin.register(LikeLine)
class LikeLineAdmin(_PublishedAdmin):
    """The log."""

    list_display = ["number", "campaign", "voter", "act", "at", "seal"]
    list_filter = ["act"]
    list_select_related = ["campaign"]
    search_fields = ["voter", "seal"]


@admin.register(LikeFlag)
class LikeFlagAdmin(RecordAdmin):
    """What two people look at; they decide on the pages of the campaign."""

    list_display = ["raised_at", "campaign", "kind", "state", "first_by", "second_by"]
    list_filter = ["kind", "state"]
    list_select_related = ["campaign", "first_by", "second_by"]
    search_fields = ["campaign__slug", "key"]
    exclude = ["ballots"]
