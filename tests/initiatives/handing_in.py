"""A form filled in, sent and confirmed."""

import re
import uuid

from django.urls import reverse

from initiatives.enums import Precision, Visibility
from initiatives.models import Submission
from initiatives.submitting import links
from vocabulary.models import Theme


def fields(**changes) -> dict:
    """A form as a browser sends it; a field set to None is missing."""
    theme = Theme.objects.get(slug="repair-cafes")
    given = {
        "key": str(uuid.uuid4()),
        "name": "Café des Réparations",
        "primary_theme": str(theme.pk),
        "lat": "45.764",
        "lon": "4.8357",
        "precision": Precision.EXACT,
        "description": "Chaque samedi, *ensemble*.",
        "description_language": "fr",
        "email_visibility": Visibility.NOBODY,
        "phone_visibility": Visibility.NOBODY,
        "submitter_email": "someone@demo.example",
        "consent": "on",
        **changes,
    }
    return {name: value for name, value in given.items() if value is not None}


def send(client, **changes):
    """Hand it in."""
    return client.post(reverse("submit"), fields(**changes))


def link_in(message) -> str:
    """The path of the link in a mail."""
    return re.search(r"https?://[^/]+(/\S+)", message.body)[1]


def confirm(client, submission: Submission):
    """Press the button of the page that the mail leads to."""
    return client.post(reverse("submission_confirm", args=[links.token_of(submission)]))
