"""Mails that would have been sent, read from the files under var/mail."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

# The file backend writes this line after each message.
DIVIDER = b"-" * 79 + b"\n"
NEWEST = 100


def _messages(path: Path) -> list[EmailMessage]:
    parts = [part for part in path.read_bytes().split(DIVIDER) if part.strip()]
    return [message_from_bytes(part.lstrip(), policy=policy.default) for part in parts]


def _files() -> list[Path]:
    folder = Path(settings.EMAIL_FILE_PATH) if settings.EMAIL_FILE_PATH else None
    if folder is None or not folder.is_dir():
        return []
    return sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True)[:NEWEST]


def _body(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    return part.get_content() if part else ""


@login_not_required
@require_safe
def messages(request: HttpRequest) -> HttpResponse:
    """All mails, newest first."""
    rows = [
        {"file": path.name, "to": message["To"], "subject": message["Subject"], "date": message["Date"]}
        for path in _files()
        for message in reversed(_messages(path))
    ]
    return render(request, "geoportal/dev_mail.html", {"messages_sent": rows, "opened": None})


@login_not_required
@require_safe
def message(request: HttpRequest, name: str) -> HttpResponse:
    """The mails of one file, as plain text."""
    found = next((path for path in _files() if path.name == name), None)
    if found is None:
        raise Http404("There is no such mail.")
    opened = [
        {"to": mail["To"], "subject": mail["Subject"], "date": mail["Date"], "body": _body(mail)}
        for mail in _messages(found)
    ]
    return render(request, "geoportal/dev_mail.html", {"messages_sent": [], "opened": opened})
