"""Rows that belong to an initiative, edited on its page and written by its actions."""

from typing import Any

from django.contrib import admin
from django.forms import BaseInlineFormSet

from ..models import Contact, Photo, Translation


class ContactInline(admin.TabularInline):
    """Ways to reach it."""

    model = Contact
    extra = 0


class TranslationInline(admin.StackedInline):
    """Texts in further languages."""

    model = Translation
    extra = 0


class PhotoInline(admin.TabularInline):
    """Pictures; width and height are read from the file."""

    model = Photo
    extra = 0
    fields = ["image", "alt", "credit", "licence", "order"]


def values_of(formsets: list[BaseInlineFormSet]) -> dict[str, Any]:
    """The parts that changed, whole, as content.set_parts() takes them."""
    takers = {Contact: _contacts, Translation: _translations, Photo: _photos}
    values = {}
    for formset in formsets:
        # Nothing is written: it lists what changed, for the log of the administration.
        formset.save(commit=False)
        if formset.has_changed():
            name, value = takers[formset.model](_kept(formset))
            values[name] = value
    return values


def _kept(formset: BaseInlineFormSet) -> list[dict[str, Any]]:
    deleted = formset.deleted_forms
    forms = [
        form for form in formset.forms if form not in deleted and (form.instance.pk or form.has_changed())
    ]
    return [form.cleaned_data for form in forms]


def _contacts(rows: list[dict]) -> tuple[str, dict]:
    return "contacts", {row["kind"]: (row["value"], row["visibility"]) for row in rows}


def _translations(rows: list[dict]) -> tuple[str, list]:
    names = ("language", "name", "summary", "description")
    return "translations", [{name: row[name] for name in names} for row in rows]


def _photos(rows: list[dict]) -> tuple[str, list]:
    names = ("image", "alt", "credit", "licence")
    in_order = sorted(rows, key=lambda row: row["order"])
    return "photos", [{name: row[name] for name in names} for row in in_order]
