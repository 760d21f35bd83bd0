"""Initiatives: edited, with their parts, and moved along the workflow through actions."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from leaflet.admin import LeafletGeoAdmin

from vocabulary.links import ASSUME_HTTPS

from .. import actions
from ..enums import Status, Verb
from ..merging import following
from ..models import Initiative
from ..reviews.forms import LONGEST_REASON
from ..workflow import TransitionRefusedError
from .filters import RootThemeFilter
from .forms import InitiativeForm
from .guarded import GuardedAdmin
from .parts import ContactInline, PhotoInline, TranslationInline, values_of


def _step(verb: Verb):
    @admin.action(description=verb.label.capitalize())
    def run(model_admin: "InitiativeAdmin", request: HttpRequest, chosen: QuerySet) -> None:
        done = 0
        for initiative in chosen:
            try:
                actions.VERBS[verb](initiative, by=request.user, reason=request.POST.get("reason", ""))
                done += 1
            except (PermissionDenied, ValidationError, TransitionRefusedError) as error:
                text = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
                messages.error(request, f"{initiative}: {text}")
        if done:
            messages.success(
                request,
                ngettext("%(n)d initiative changed.", "%(n)d initiatives changed.", done) % {"n": done},
            )

    run.__name__ = f"{verb}_chosen"
    return run


STEPS = (
    Verb.SUBMIT,
    Verb.PUBLISH,
    Verb.ASK_CHANGES,
    Verb.REJECT,
    Verb.ARCHIVE,
    Verb.RESTORE,
    Verb.CLOSE,
    Verb.CONFIRM,
)


class StepForm(ActionForm):
    """A step, and what is to be said of it: some steps need that."""

    reason = forms.CharField(label=_("message"), required=False, max_length=LONGEST_REASON)


@admin.register(Initiative)
class InitiativeAdmin(GuardedAdmin, LeafletGeoAdmin):
    """Initiatives."""

    guarded = ("position", "street")
    form = InitiativeForm
    formfield_overrides = ASSUME_HTTPS
    list_display = ["name", "status", "primary_theme", "public_locality", "country", "updated_at"]
    list_filter = ["status", RootThemeFilter, "precision", "has_no_position", "country"]
    # Names the search box; get_search_results() looks.
    search_fields = ["search_name", "slug"]
    raw_id_fields = ["parent"]
    autocomplete_fields = ["primary_theme", "legal_form", "collective", "licence"]
    readonly_fields = ["uuid", "slug", "status", "territory", "created_at", "updated_at", "field_sources"]
    inlines = [ContactInline, TranslationInline, PhotoInline]
    actions = [_step(verb) for verb in STEPS]
    action_form = StepForm
    show_full_result_count = False
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "uuid",
                    "slug",
                    "status",
                    "name",
                    "summary",
                    "description",
                    "description_language",
                    "seen",
                ]
            },
        ),
        (_("Themes"), {"fields": ["primary_theme", "all_themes", "tags", "labels"]}),
        (
            _("Place"),
            {
                "fields": [
                    "position",
                    "precision",
                    "has_no_position",
                    "street",
                    "postcode",
                    "locality",
                    "country",
                    "territory",
                ]
            },
        ),
        (
            _("Organisation"),
            {
                "fields": [
                    "legal_form",
                    "founded",
                    "reach",
                    "languages",
                    "parent",
                    "collective",
                    "all_networks",
                    "website",
                    "opening_hours",
                ]
            },
        ),
        (_("Trail"), {"fields": ["licence", "confirmed_at", "created_at", "updated_at", "field_sources"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Words for search and outlines stay in the database."""
        rows = super().get_queryset(request).select_related("primary_theme", "territory")
        return rows.defer("search", "territory__boundary")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """As on the pages, whatever the accents; or one by its slug."""
        term = search_term.strip()
        if not term:
            return queryset, False
        return queryset.matching(term) | queryset.filter(slug=term), False

    def get_inlines(self, request: HttpRequest, obj: Initiative | None) -> list:
        """Contacts for those alone who may read exact positions."""
        if self.may_read(request, obj):
            return self.inlines
        return [inline for inline in self.inlines if inline is not ContactInline]

    def save_model(self, request: HttpRequest, obj: Initiative, form: Any, change: bool) -> None:
        """Not here: row and parts are one change, which save_related() makes."""

    def save_related(self, request: HttpRequest, form: Any, formsets: list, change: bool) -> None:
        """A new one is created as a draft, a change is a revision: the same actions as on the pages."""
        values = form.values() | values_of(formsets)
        if not change:
            made = actions.create(by=request.user, values=values)
            form.instance.pk, form.instance.slug = made.pk, made.slug
        elif values:
            actions.revise(form.instance, by=request.user, values=values)

    def has_change_permission(self, request: HttpRequest, obj: Initiative | None = None) -> bool:
        """What lives on in another one stays as the merge left it."""
        if obj is not None and obj.status == Status.ARCHIVED and following.survivor(obj):
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Initiative | None = None) -> bool:
        """Initiatives are archived or recorded as ended, not deleted."""
        return False
