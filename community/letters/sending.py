"""A mail, put together in one place: the language of who reads it, one line of subject, a foot, a way out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.mail import BadHeaderError, EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from procrastinate import RetryStrategy

LONGEST_SUBJECT = 150
# After 4, 16, 64 seconds and so on: a mail server that is away for half a day loses nothing.
RETRY = RetryStrategy(max_attempts=8, exponential_wait=4)


@dataclass(frozen=True)
class Letter:
    """What one letter says; `unsubscribe` is a page that ends this kind of letter, by a POST without signing in."""

    subject: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    unsubscribe: str = ""
    # To whom an answer goes, where that is not the site.
    reply_to: str = ""
    # Something in it is of the demo.
    is_made_up: bool = False
    # What stands in brackets before the subject, the site where it is empty; and headers of its own.
    of: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


def one_line(text: str) -> str:
    """Without line breaks and what cannot be seen: a name may hold anything, a header may not."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())


def known(language: str) -> str:
    """A language that the site speaks: the one that is named, or else its first."""
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def send(to: str, language: str, write: Callable[[], Letter]) -> None:
    """Have a letter written in a language and send it; BadHeaderError for an address with a line break.

    What could not be sent is an error of the mail server: the task that sends is tried again.
    """
    with translation.override(known(language)):
        letter = write()
        shown = {
            "site_name": settings.SITE_NAME,
            "site_url": settings.SITE_URL,
            "unsubscribe": letter.unsubscribe,
            "is_made_up": letter.is_made_up,
        }
        body = render_to_string(letter.template, {**shown, **letter.context}).strip()
        foot = render_to_string("community/mails/_foot.txt", shown).strip()
    headers = {"Auto-Submitted": "auto-generated", **_way_out(letter.unsubscribe), **letter.headers}
    for value in (to, letter.reply_to, *headers.values()):
        if one_line(value) != value:
            raise BadHeaderError(f"Expected one line, came {value[:80]!r}.")
    title = one_line(letter.subject)[:LONGEST_SUBJECT]
    of = one_line(letter.of)[:LONGEST_SUBJECT] or settings.SITE_NAME
    # From whom is a setting, DEFAULT_FROM_EMAIL.
    EmailMessage(
        f"[{of}] {title}",
        f"{body}\n\n-- \n{foot}\n",
        None,
        [to],
        headers=headers,
        reply_to=[letter.reply_to] if letter.reply_to else None,
    ).send()


def _way_out(link: str) -> dict[str, str]:
    """Headers by which a mail program shows a button of its own (RFC 2369, RFC 8058)."""
    if not link:
        return {}
    return {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
