"""Where measuring happens: the server of DATABASE_URL, a database of its own on it, var/bench."""

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).parents[2]
VAR = ROOT / "var" / "bench"
HERE = Path(__file__).parent
SQL = HERE / "sql"


@dataclass(frozen=True)
class Address:
    """One database of a server, in the words of DATABASE_URL."""

    url: str

    def named(self, database: str) -> "Address":
        """Another database of the same server."""
        parts = urlsplit(self.url)
        return Address(urlunsplit(parts._replace(path=f"{parts.path.rpartition('/')[0]}/{database}")))

    @cached_property
    def words(self) -> dict[str, str]:
        """host, port, user, password and dbname, as libpq names them; a folder as host is a socket's."""
        parts = urlsplit(self.url)
        folder, _, database = parts.path.rpartition("/")
        # postgis://user@//folder/name: everything after the second slash but the last word is the socket's folder.
        found = {
            "host": folder if not parts.hostname and folder else (parts.hostname or ""),
            "port": str(parts.port or ""),
            "user": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "dbname": unquote(database),
        }
        if found["host"].startswith("//"):
            found["host"] = found["host"][1:]
        return {name: value for name, value in found.items() if value}

    @property
    def libpq(self) -> dict[str, str]:
        """The same as the environment of psql, pgbench and ogr2ogr."""
        names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD"}
        said = {names[word]: value for word, value in self.words.items() if word in names}
        return {**os.environ, **said, "PGDATABASE": self.words["dbname"]}

    @property
    def plain(self) -> str:
        """postgresql://… for programs that read that; a folder as host is written as they take it."""
        words = self.words
        who = quote(words.get("user", ""), safe="")
        if "password" in words:
            who += f":{quote(words['password'], safe='')}"
        where = f"{quote(words.get('host', 'localhost'), safe='')}:{words.get('port', '5432')}"
        return f"postgresql://{who}@{where}/{words['dbname']}"

    def connect(self) -> psycopg.Connection:
        """A connection that commits each statement."""
        return psycopg.connect(**self.words, autocommit=True)


def log(name: str) -> Path:
    """A log of that name, its folder made."""
    folder = VAR / "log"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{name}.log"
