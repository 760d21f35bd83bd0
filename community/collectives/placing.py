"""The territory that somebody means: by its code, its name, or that of a town in it."""

from territories.models import Place, Territory

MOST = 12
TOWNS = 3


def meant(text: str) -> list[Territory]:
    """What a text may mean, the likeliest first; one alone where it is a code."""
    rows = Territory.objects.without_boundary()
    if exact := rows.filter(code__iexact=text).first():
        return [exact]
    found = {row.pk: row for row in rows.starting_with(text)[:MOST]}
    for town in Place.objects.starting_with(text)[:TOWNS]:
        around = rows.administrative().containing(town.position).smallest_first()
        found |= {row.pk: row for row in around if row.pk not in found}
    return list(found.values())[:MOST]
