"""Addresses of collectives: readable, unique, kept once given."""

from django.db import connection
from django.utils.text import slugify

from territories.models import Collective

LONGEST = 100
# Addresses below collectives/ that are not those of a collective.
RESERVED = frozenset({"new"})
# Any number, the same everywhere: who holds this lock may give slugs.
LOCK = 7_365_846_104


def lock_slugs() -> None:
    """Wait for our turn to give slugs, and keep it to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def free_slug(name: str) -> str:
    """A free slug for a name, numbered where the plain one is taken; take the lock before."""
    base = slugify(name)[:LONGEST].strip("-") or "collective"
    taken = set(Collective.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | RESERVED
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
