"""Conditions that a partial index and what reads from it have in common."""

from django.db.models import Q

from .enums import DEMO_TAG, Status

# A website that is looked at: of what is shown to everyone and was not made up.
WITH_SITE = Q(status=Status.PUBLISHED) & ~Q(website="") & ~Q(tags__contains=[DEMO_TAG])
