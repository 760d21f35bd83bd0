"""Collectives in the administration, which tell the stream when one is published there."""

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from territories.admin import CollectiveAdmin
from territories.enums import CollectiveStatus
from territories.models import Collective

from .publishing import tell_published

# The room below has registered its own, which knows of no stream.
admin.site.unregister(Collective)


@admin.register(Collective)
class PublishedCollectiveAdmin(CollectiveAdmin):
    """Territorial collectives."""

    def save_model(self, request: HttpRequest, obj: Collective, form: forms.ModelForm, change: bool) -> None:
        """Keep it, and tell that it is published; within the transaction of the page."""
        super().save_model(request, obj, form, change)
        if "status" in form.changed_data and obj.status == CollectiveStatus.PUBLISHED:
            tell_published(obj, by=request.user)
