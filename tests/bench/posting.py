"""Members who are signed in and press buttons: POST requests with their session, by wrk."""

import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from .load import CLIENTS, SECONDS, THREADS, told
from .place import HERE

PATIENCE = 120
# Each connection to the database plans its statements anew at first.
WARM = 2.0
TOKEN = "b" * 32


def signed_in(members: Iterable[int]) -> list[str]:
    """The Cookie header of each member, with a session of their own."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from community.models import Member

    cookies = []
    for member in Member.objects.filter(pk__in=members).order_by("pk"):
        session = SessionStore()
        session[SESSION_KEY] = str(member.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = member.get_session_auth_hash()
        session.create()
        cookies.append(f"sessionid={session.session_key}; csrftoken={TOKEN}")
    return cookies


def posts(port: int, asked: Sequence[tuple[str, str]]) -> float:
    """Good answers a second to (path, cookie), asked in their order over and over; RuntimeError if one is an error."""
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "posts"
        listed.write_text("".join(f"{path}\t{cookie}\n" for path, cookie in asked), encoding="utf-8")
        _wrk(port, listed, WARM)
        said = _wrk(port, listed, SECONDS)
    if said["lost"] or said["refused"] or not said["requests"]:
        raise RuntimeError(f"wrk on port {port}: {said} ({asked[0][0]} and others)")
    return said["requests"] / (said["microseconds"] / 1e6)


def _wrk(port: int, listed: Path, seconds: float) -> dict:
    words = ["wrk", f"-t{THREADS}", f"-c{CLIENTS}", f"-d{max(1, round(seconds))}s", "--timeout", "60s"]
    words += ["-H", f"X-CSRFToken: {TOKEN}", "-H", "Accept: application/json"]
    words += ["-s", str(HERE / "posts.lua"), f"http://127.0.0.1:{port}/", "--", str(listed), str(THREADS)]
    run = subprocess.run(words, capture_output=True, text=True, check=False, timeout=seconds + PATIENCE)
    return told(run)
