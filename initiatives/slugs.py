"""Addresses of initiatives: readable, unique, and kept once given."""

from collections.abc import Sequence

from django.db import connection
from django.utils.text import slugify

LONGEST = 100
# Addresses below initiatives/ that are not those of an initiative, those to come included.
RESERVED = frozenset({"answers", "panel", "rows", "status", "still", "submit", "vouching"})

# Highest number in use behind each base: of "bakery", "bakery-2", "bakery-7" it is 7. Slugs that begin with
# "bakery-" stand between "bakery-" and "bakery." in the order of bytes, so each base is two walks down an
# index.
IN_USE = """
SELECT base, max(CASE WHEN slug = base THEN 1 ELSE substr(slug, length(base) + 2)::int END)
FROM unnest(%s::text[]) AS base
CROSS JOIN LATERAL (
  SELECT slug FROM initiatives_initiative WHERE slug = base
  UNION ALL SELECT slug FROM initiatives_initiative WHERE slug ~>=~ (base || '-') AND slug ~<~ (base || '.')
  UNION ALL SELECT slug FROM initiatives_oldslug WHERE slug = base
  UNION ALL SELECT slug FROM initiatives_oldslug WHERE slug ~>=~ (base || '-') AND slug ~<~ (base ||
    '.')) AS used
WHERE slug = base OR substr(slug, length(base) + 2) ~ '^[0-9]{1,8}$'
GROUP BY base
"""

# Any number, the same everywhere: who holds this lock may give slugs.
LOCK = 7_365_846_103


def lock_slugs() -> None:
    """Wait for our turn to give slugs, and keep it to the end of the transaction.

    Take it before locking initiatives: two who wait for each other would both lose.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def base_slug(name: str) -> str:
    """A slug from a name; scripts other than Latin keep their letters."""
    plain = slugify(name)
    return (plain if len(plain) >= 2 else slugify(name, allow_unicode=True) or "initiative")[:LONGEST].strip(
        "-"
    )


def free_slugs(names: Sequence[str]) -> list[str]:
    """A free slug for each name, numbered where the plain one is taken or reserved.

    They stay free to the end of the transaction: until then nobody else is given any.
    """
    return numbered([base_slug(name) for name in names])


def numbered(bases: Sequence[str]) -> list[str]:
    """The same of what `base_slug` made of the names."""
    lock_slugs()
    with connection.cursor() as cursor:
        cursor.execute(IN_USE, [list(set(bases))])
        last: dict[str, int] = dict(cursor.fetchall())
    slugs, given = [], set()
    for base in bases:
        number = last.get(base, 1 if base in RESERVED else 0) + 1
        slug = base if number == 1 else f"{base}-{number}"
        while slug in given:
            number += 1
            slug = f"{base}-{number}"
        last[base] = number
        given.add(slug)
        slugs.append(slug)
    return slugs
