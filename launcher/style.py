"""make lint: every check in turn, so that one run tells everything."""

import os

from launcher import leftovers, logs, processes, setup, translations
from launcher.errors import Trouble
from launcher.paths import HERE, Checkout
from launcher.session import Session
from launcher.steps import complain, say, step

# Nothing listens there. The check compares files alone; a database would only add a look at what was applied.
NO_DATABASE = "postgis://nobody@127.0.0.1:1/none"
SHOWN = 400


def run(arguments: list[str], checkout: Checkout = HERE) -> int:
    """1 if any check found something."""
    if arguments:
        raise Trouble(f"make lint takes no arguments (got: {' '.join(arguments)})")
    leftovers.clear(checkout)
    with Session(checkout) as session:
        session.wait_for_turn()
        setup.install(session, dev=True, database=False)
        session.setting_up.drop()
        failed = [name for name, words in _tools(checkout).items() if not _passes(session, name, words)]
        if not _translations_pass(session):
            failed.append("translations")
    if failed:
        complain(f"lint: look at {', '.join(failed)}")
        return 1
    say("lint: all good")
    return 0


def _tools(checkout: Checkout) -> dict[str, list[str]]:
    python, tools = str(checkout.python), checkout.venv / "bin"
    return {
        "ruff check": [str(tools / "ruff"), "check", "."],
        "ruff format": [str(tools / "ruff"), "format", "--check", "--diff", "."],
        "import contracts": [str(tools / "lint-imports")],
        "djlint": [str(tools / "djlint"), "--lint", "--quiet", "templates"],
        "migrations": [python, "-W", "ignore", "-m", "django", "makemigrations", "--check", "--dry-run"],
    }


def _passes(session: Session, name: str, words: list[str]) -> bool:
    settings = {"DATABASE_URL": NO_DATABASE, "DJANGO_SETTINGS_MODULE": "geoportal.settings.test"}
    log = session.checkout.logs / "lint.log"
    log.unlink(missing_ok=True)
    try:
        with step(name), logs.open_log(log) as out:
            status = processes.status_of(words, out, cwd=session.checkout.root, env=os.environ | settings)
            if status != 0:
                raise Trouble(f"{name}: exit status {status}")
    except Trouble as trouble:
        for line in logs.tail(log, lines=SHOWN):
            complain(line)
        complain(str(trouble))
        return False
    return True


def _translations_pass(session: Session) -> bool:
    with step("translations"):
        faults = translations.faults(session)
    for fault in faults:
        complain(fault)
    return not faults
