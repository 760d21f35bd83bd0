"""What a database gets on its first start: boundaries, towns and the demo; remembered, to be quick the next time."""

import hashlib
import json
import os
import secrets
import subprocess
from dataclasses import dataclass
from pathlib import Path

from launcher import signals, stamps
from launcher.errors import Trouble
from launcher.session import Session
from launcher.steps import step

SIGN_INS = ("visitor", "facilitator", "moderator", "steward", "animator", "treasurer", "admin")
# A database is known by the moment of its first migration: a new one in the same place is another one.
QUESTION = """
import json
import django
django.setup()
from django.conf import settings
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT min(applied)::text FROM django_migrations")
    born = cursor.fetchone()[0]
connection.close()
# An empty one is refused only when it is read.
settings.SECRET_KEY
print(json.dumps({"debug": settings.DEBUG, "born": born, "hosts": settings.ALLOWED_HOSTS}))
"""


@dataclass(frozen=True)
class Facts:
    """What only the settings and the database can tell."""

    debug: bool
    born: str
    hosts: list[str]


def ask(session: Session) -> Facts:
    """Whether DEBUG is on, and which database this is."""
    process = subprocess.Popen(
        [session.checkout.python, "-c", QUESTION],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=session.checkout.root,
        env=session.env,
        process_group=0,
    )
    with signals.waiting():
        said, complaint = process.communicate()
    if process.returncode != 0:
        raise Trouble(
            f"The settings or the database do not answer: {(complaint.strip().splitlines() or ['?'])[-1]}"
        )
    facts = Facts(**json.loads(said.splitlines()[-1]))
    if not facts.debug and not facts.hosts:
        raise Trouble(
            "ALLOWED_HOSTS is empty: set it to the site's name, for example ALLOWED_HOSTS=map.example.org"
        )
    return facts


def wants_demo() -> bool:
    """DEMO=0 starts empty."""
    return os.environ.get("DEMO", "1") != "0"


def load(session: Session, facts: Facts) -> None:
    """Load what this database has not had yet. A load that was cut off left nothing and is done again."""
    checkout = session.checkout
    stamp = checkout.var / "loaded" / f"{hashlib.sha256(facts.born.encode()).hexdigest()[:16]}.json"
    known = stamps.read(stamp)
    fixtures = checkout.root / "fixtures"
    reference = stamps.digest([fixtures / "territories", fixtures / "gazetteer"])
    if wants_demo():
        # With another password the sign-ins are set again; without DEBUG there are none.
        demo = stamps.digest([], password(checkout.var / "demo-password")) if facts.debug else "no sign-ins"
        if known.get("demo") != demo:
            with step("Demo content"):
                session.manage("load_demo", trouble="The demo content could not be loaded")
            known = {"demo": demo, "reference": reference}
            stamps.write(stamp, known)
    if known.get("reference") != reference:
        with step("Boundaries and towns"):
            session.manage("load_reference", trouble="Boundaries and towns could not be loaded")
        stamps.write(stamp, known | {"reference": reference})


def password(path: Path) -> str:
    """The demo's password, made once; only its owner may read the file."""
    if path.exists() and path.read_text(encoding="utf-8").strip():
        return path.read_text(encoding="utf-8").strip()
    word = "-".join(_word() for _ in range(4))
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    draft.touch(mode=0o600)
    draft.write_text(f"{word}\n", encoding="utf-8")
    draft.replace(path)
    return word


def _word() -> str:
    """Two syllables that can be read over the telephone."""
    return "".join(secrets.choice("bdfgklmnprstvz") + secrets.choice("aeiou") for _ in range(2))


def sign_ins(session: Session) -> list[str]:
    """The lines that tell how to sign in to the demo."""
    secret = password(session.checkout.var / "demo-password")
    names = ", ".join(f"{name}@demo.example" for name in SIGN_INS)
    return [f"demo sign-ins: {names}", f"demo password: {secret} (kept in var/demo-password)"]
