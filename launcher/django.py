"""What manage.py needs before Django: the project's Python, and a database for as long as it runs."""

import atexit
import os
import sys
from pathlib import Path

from launcher.cluster import Cluster
from launcher.errors import Interrupted, Trouble, in_one_line
from launcher.paths import HERE, Checkout
from launcher.postgres import clean_environment

# Commands that work on files alone: starting a server for them would only cost time.
WITHOUT_DATABASE = {
    "help",
    "version",
    "compilemessages",
    "makemessages",
    "collectstatic",
    "findstatic",
    "diffsettings",
}


def enter(argv: list[str]) -> None:
    """Continue in .venv, and in the private database unless DATABASE_URL names another one."""
    try:
        if not is_inside(HERE):
            _enter_venv(HERE, argv)
        if needs_database(argv) and not os.environ.get("DATABASE_URL"):
            _join(HERE)
    except (Trouble, OSError) as error:
        sys.exit(in_one_line(error) if isinstance(error, OSError) else str(error))
    except (Interrupted, KeyboardInterrupt):
        sys.exit(Interrupted().status)


def is_inside(checkout: Checkout) -> bool:
    """Whether this is the Python of .venv."""
    return Path(sys.prefix).resolve() == checkout.venv.resolve()


def needs_database(argv: list[str]) -> bool:
    """Whether a command may ask the database."""
    words = argv[1:]
    return bool(words) and words[0] not in WITHOUT_DATABASE and not {"-h", "--help", "--version"} & set(words)


def _enter_venv(checkout: Checkout, argv: list[str]) -> None:
    # Without its configuration the interpreter would not know that it is in .venv, and come back here for ever.
    if not checkout.has_python or not (checkout.venv / "pyvenv.cfg").exists():
        raise Trouble(f"{checkout.venv} is missing: run `make run` first, it makes it.")
    sys.stdout.flush()
    os.execv(checkout.python, [str(checkout.python), str(checkout.root / "manage.py"), *argv[1:]])


def _join(checkout: Checkout) -> None:
    cluster = Cluster(checkout)
    address = cluster.join()
    atexit.register(cluster.leave)
    for name in set(os.environ) - set(clean_environment()):
        del os.environ[name]
    os.environ["DATABASE_URL"] = address
