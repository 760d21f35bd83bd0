"""The database that DATABASE_URL names: asked before anything relies on it."""

from launcher.errors import Trouble
from launcher.questions import ask
from launcher.session import Session

# Read as the settings read it; without their pool, whose complaints do not tell the reason.
QUESTION = """
import environ, psycopg
at = environ.Env().db_url("DATABASE_URL")
words = {"host": at["HOST"], "port": at["PORT"], "user": at["USER"], "password": at["PASSWORD"], "dbname": at["NAME"]}
with psycopg.connect(**{k: v for k, v in words.items() if v}, connect_timeout=10) as connection:
    known = connection.execute("SELECT count(*) FROM pg_available_extensions WHERE name = 'postgis'").fetchone()[0]
print("yes" if known else "no")
"""


def check(session: Session) -> None:
    """Trouble unless it answers and has PostGIS."""
    said = ask([session.checkout.python, "-c", QUESTION], env=session.env, timeout=60)
    if said.returncode != 0:
        reason = (said.stderr.strip().splitlines() or ["no answer"])[-1]
        raise Trouble(f"DATABASE_URL names a database that cannot be used: {reason}")
    if said.stdout.strip() != "yes":
        raise Trouble("DATABASE_URL names a server without PostGIS: install PostGIS there, or unset it.")
