"""The database that DATABASE_URL names: asked before anything relies on it."""

from launcher.errors import Trouble
from launcher.questions import ask
from launcher.session import Session

# Read as the settings read it.
QUESTION = """
import environ, psycopg
at = environ.Env().db_url("DATABASE_URL")
if not at.get("NAME"):
    raise SystemExit("it is no address like postgis://user:password@host:5432/name")
words = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
given = {word: at[name] for word, name in words.items() if at.get(name)}
with psycopg.connect(**given, connect_timeout=10) as connection:
    known = connection.execute("SELECT count(*) FROM pg_available_extensions WHERE name = 'postgis'").fetchone()[0]
print("yes" if known else "no")
"""


def check(session: Session) -> None:
    """Trouble unless it answers and has PostGIS."""
    said = ask([session.checkout.python, "-c", QUESTION], env=session.env, timeout=60)
    if said.returncode != 0:
        # libpq puts hints on lines of their own, indented.
        lines = [line for line in said.stderr.splitlines() if line and not line[0].isspace()]
        reason = lines[-1] if lines else "no answer"
        raise Trouble(f"DATABASE_URL names a database that cannot be used: {reason}")
    if said.stdout.strip() != "yes":
        raise Trouble("DATABASE_URL names a server without PostGIS: install PostGIS there, or unset it.")
