"""make run: set everything up and serve the site until Ctrl-C."""

import http.client
import os
import time

from launcher import content, leftovers, setup, signals
from launcher.errors import Trouble
from launcher.paths import HERE, Checkout
from launcher.port import Address, asked
from launcher.session import Session
from launcher.steps import complain, say, step

WORKERS = "2"
# Each keeps a connection to the database.
THREADS = "8"
ANSWERS_WITHIN = 60
WORKER_WITHIN = 20
SERVER, WORKER = "web server", "background worker"


def run(arguments: list[str], checkout: Checkout = HERE) -> int:
    """Everything from an empty machine to the running site."""
    if arguments:
        raise Trouble(f"make run takes no arguments (got: {' '.join(arguments)}); see `make help`")
    address = asked()
    leftovers.clear(checkout)
    with step(f"Port {address.port}"):
        address.check()
    with Session(checkout) as session:
        session.wait_for_turn()
        facts = _prepare(session)
        _serve(session, address)
        session.setting_up.drop()
        if facts.debug and content.wants_demo():
            for line in content.sign_ins(session):
                say(line)
        say(f"ready: {address.origin}/")
        session.watch()
    return 0


def _prepare(session: Session) -> content.Facts:
    setup.install(session, dev=False)
    setup.open_database(session)
    with step("Migrations"):
        session.manage("migrate", "--noinput", trouble="The migrations failed")
    facts = content.ask(session)
    content.load(session, facts)
    if not facts.debug:
        with step("Static files"):
            session.manage("collectstatic", "--noinput", trouble="The static files could not be collected")
    return facts


def _serve(session: Session, address: Address) -> None:
    # Others may have come while this was being set up; two servers could even share a port unnoticed.
    host = address.check()
    session.env |= {"HOST": address.host, "PORT": str(address.port)}
    with step("Background worker and web server"):
        session.start(WORKER, "manage.py", "procrastinate", "worker", "--concurrency", "3")
        session.start(SERVER, *_granian(host, address.port))
        _wait_for(session, host, address.port, "/healthz", ANSWERS_WITHIN, SERVER)
        if not _wait_for(session, host, address.port, "/readyz", WORKER_WITHIN, None):
            complain(f"\n/readyz is not content yet: see {address.origin}/readyz")


def _granian(host: str, port: int) -> list[str]:
    options = {
        "--interface": "wsgi",
        "--host": host,
        "--port": str(port),
        "--workers": WORKERS,
        "--blocking-threads": THREADS,
        # One that hangs must not hold up the stop.
        "--workers-kill-timeout": "5",
    }
    words = [word for option in options.items() for word in option]
    # One crash of a worker must not end the site.
    return ["-m", "granian", *words, "--respawn-failed-workers", "--no-ws", "geoportal.wsgi:application"]


def _wait_for(session: Session, host: str, port: int, path: str, seconds: float, culprit: str | None) -> bool:
    """Until the page answers well; a process to blame turns a late answer into Trouble."""
    deadline = time.monotonic() + seconds
    status: int | None = None
    while time.monotonic() < deadline:
        session.look()
        with signals.waiting():
            time.sleep(0.1)
            status = _status(host, port, path)
        # 4xx: the settings do not let this machine in under that name; it answers all the same.
        if status and status < 500:
            return True
    if culprit is None:
        return False
    session.show_log(culprit)
    raise Trouble(
        f"The {culprit} does not answer after {seconds:.0f} s ({path}: {status or 'no connection'})"
    )


def _status(host: str, port: int, path: str) -> int | None:
    target = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    known = [name for name in os.environ.get("ALLOWED_HOSTS", "").split(",") if name and name[0] not in "*."]
    try:
        connection = http.client.HTTPConnection(target, port, timeout=5)
        connection.request("GET", path, headers={"Host": known[0]} if known else {})
        status = connection.getresponse().status
        connection.close()
    except (OSError, http.client.HTTPException):
        return None
    return status
