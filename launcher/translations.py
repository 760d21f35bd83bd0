"""make messages: the catalogs brought up to the code; and the check that nothing is left to translate.

Django's extraction leaves working files beside the templates while it runs, so it only ever sees a copy.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from launcher import catalog, leftovers, messages, setup
from launcher.errors import Trouble
from launcher.paths import HERE, Checkout
from launcher.processes import run as run_tool
from launcher.questions import ask
from launcher.session import Session
from launcher.steps import say, step

LANGUAGES = ("fr", "en", "es", "de", "it")
DOMAINS = ("django", "djangojs")
KINDS = (".py", ".html", ".txt", ".js", ".po")
# What the apps read when they load.
VOCABULARY = Path("fixtures", "vocabulary")
EXAMPLES = 5


def run(arguments: list[str], checkout: Checkout = HERE) -> int:
    """Refresh every catalog in place."""
    if arguments:
        raise Trouble(f"make messages takes no arguments (got: {' '.join(arguments)})")
    leftovers.clear(checkout)
    with Session(checkout) as session:
        session.wait_for_turn()
        setup.install(session, dev=False, database=False)
        with step("Messages"), _refreshed(session) as copy:
            changed = [name for name in _names() if _take_over(copy / name, checkout.root / name)]
        messages.ensure(checkout)
        session.setting_up.drop()
    say(f"changed: {', '.join(map(str, changed)) or 'nothing'}")
    return 0


def faults(session: Session) -> list[str]:
    """What keeps the catalogs from being complete, a line for each."""
    root = session.checkout.root
    with _refreshed(session) as copy:
        return [fault for name in _names() for fault in _faults_of(root / name, copy / name, str(name))]


def _names() -> list[Path]:
    return [Path("locale", code, "LC_MESSAGES", f"{domain}.po") for code in LANGUAGES for domain in DOMAINS]


@contextmanager
def _refreshed(session: Session) -> Iterator[Path]:
    """A copy of the sources with catalogs that hold every message of the code."""
    checkout = session.checkout
    with tempfile.TemporaryDirectory(prefix="social-planet-messages-") as folder:
        copy = Path(folder)
        _copy_sources(checkout.root, copy)
        run_tool(
            [checkout.python, "-W", "ignore", "-m", "django", "makemessages"],
            checkout.logs / "messages.log",
            "The messages could not be extracted",
            cwd=copy,
            env=os.environ | {"DJANGO_SETTINGS_MODULE": "geoportal.settings.dev"},
        )
        yield copy


def _copy_sources(root: Path, copy: Path) -> None:
    for folder, names, files in os.walk(root):
        names[:] = [name for name in names if not name.startswith(".") and name not in ("var", "__pycache__")]
        for name in files:
            source = Path(folder, name)
            is_wanted = source.suffix in KINDS or source.is_relative_to(root / VOCABULARY)
            if is_wanted and source.is_file():
                target = copy / source.relative_to(root)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)


def _take_over(new: Path, old: Path) -> bool:
    """Put a refreshed catalog in place; whether it differs."""
    if not new.exists() or (old.exists() and old.read_bytes() == new.read_bytes()):
        return False
    old.parent.mkdir(parents=True, exist_ok=True)
    draft = old.with_name(f"{old.name}.{os.getpid()}.new")
    shutil.copyfile(new, draft)
    draft.replace(old)
    return True


def _faults_of(old: Path, new: Path, name: str) -> list[str]:
    if not new.exists():
        # No message of this domain in the code.
        return []
    if not old.exists():
        return [f"{name} is missing: `make messages` makes it"]
    known = {entry.key for entry in catalog.read(old.read_text(encoding="utf-8"))}
    wanted = catalog.read(new.read_text(encoding="utf-8"))
    kinds = {
        "missing (`make messages` adds them)": [one for one in wanted if one.key not in known],
        "untranslated": [one for one in wanted if one.key in known and not one.is_translated],
        "fuzzy": [one for one in wanted if one.fuzzy],
    }
    found = [f"{name}: {len(some)} {kind}: {_examples(some)}" for kind, some in kinds.items() if some]
    # Placeholders, and the number of plural forms; a header without dates and names is no fault.
    said = ask(["msgfmt", "--check-format", "--check-header", "-o", os.devnull, old])
    if said.returncode == 0:
        return found
    return [*found, *(line for line in said.stderr.splitlines() if "warning: header field" not in line)]


def _examples(entries: list[catalog.Entry]) -> str:
    texts = [f"“{' '.join(entry.text.split())[:50]}”" for entry in entries[:EXAMPLES]]
    return ", ".join(texts) + (" …" if len(entries) > EXAMPLES else "")
