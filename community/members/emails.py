"""Mails to members."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _


def say_goodbye(address: str, language: str) -> None:
    """Tell the former address, which nothing here knows any more, that the account is deleted."""
    with translation.override(language):
        body = render_to_string("community/mails/erased.txt", {"site": settings.SITE_NAME})
        send_mail(f"[{settings.SITE_NAME}] {_('Your account is deleted')}", body, None, [address])
