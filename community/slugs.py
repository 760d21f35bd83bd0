"""Addresses of collectives, groups and spaces: readable, unique, kept once given."""

import secrets
from collections.abc import Collection

from django.db import connection
from django.db.models import QuerySet
from django.utils.text import slugify

# Any number, the same everywhere: who holds this lock may give slugs.
LOCK = 7_365_846_104


def lock_slugs() -> None:
    """Wait for our turn to give slugs, and keep it to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def plain_slug(name: str, longest: int, otherwise: str) -> str:
    """A name as an address; a word for what it is where no letter of the name fits one."""
    return slugify(name)[:longest].strip("-") or otherwise


def hidden_slug(name: str, longest: int, otherwise: str) -> str:
    """One with a tail that nobody guesses, for what is not there for others; it is compared with no other."""
    return f"{plain_slug(name, longest, otherwise)}-{secrets.token_hex(5)}"


def free_slug(
    name: str, rows: QuerySet, *, longest: int, otherwise: str, reserved: Collection[str] = ()
) -> str:
    """One that none of the rows has, numbered where the plain one is taken; take the lock before."""
    base = plain_slug(name, longest, otherwise)
    taken = {*rows.filter(slug__startswith=base).values_list("slug", flat=True), *reserved}
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
