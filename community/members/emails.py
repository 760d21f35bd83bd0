"""Mails to members."""

from django.utils.translation import gettext as _

from ..letters.sending import Letter, send


def say_goodbye(address: str, language: str) -> None:
    """Tell the former address, which nothing here knows any more, that the account is deleted."""
    send(address, language, lambda: Letter(_("Your account is deleted"), "community/mails/erased.txt"))
