"""The steps that `make run`, `make test` and `make lint` have in common."""

from launcher import given, messages, packages, venv
from launcher.session import Session
from launcher.steps import step


def install(session: Session, *, dev: bool, browser_tests: bool = False, database: bool = True) -> None:
    """System packages, the project's Python packages, compiled translations."""
    checkout = session.checkout
    with step("System packages"):
        packages.ensure(checkout, database=database and session.needs_cluster, browser_tests=browser_tests)
    with step("Python packages (.venv)"):
        venv.ensure(checkout, dev=dev)
    with step("Translations"):
        messages.ensure(checkout)


def open_database(session: Session) -> None:
    """The private database, unless DATABASE_URL names another one."""
    if session.needs_cluster:
        with step("Private database"):
            session.join_cluster()
    else:
        with step("Database of DATABASE_URL"):
            given.check(session)
