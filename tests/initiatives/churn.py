"""Random changes of initiatives, for a process of its own: `python -m tests.initiatives.churn SEED CHANGES`."""

import random
import sys

import django


def change(chance: random.Random) -> None:
    """One insert, edit, move, archiving or deletion, by an action or by bare SQL."""
    from django.contrib.gis.geos import Point
    from django.db import connection, transaction
    from django.utils import timezone

    from initiatives import actions
    from initiatives.models import Exchange, Initiative
    from tests.factories import ExchangeFactory, InitiativeFactory
    from vocabulary.exchange import CATEGORIES, Kind

    place = Point(round(chance.uniform(-10, 30), 7), round(chance.uniform(36, 60), 7), srid=4326)
    kinds = ("insert", "insert", "edit", "move", "archive", "delete", "sql", "undone", "offer", "trade")
    kind = chance.choice(kinds)
    known = Initiative.objects.published().values_list("pk", flat=True)
    if kind == "insert" or len(known) < 10:
        themes = ("co-housing", "repair-cafes")
        InitiativeFactory(
            name=f"Atelier {chance.random()}", position=place, theme=chance.choice(themes), published=True
        )
        return
    with transaction.atomic():
        # Whoever comes second waits, and may find it gone or archived.
        one = Initiative.objects.select_for_update(of=("self",)).filter(pk=chance.choice(list(known))).first()
        if one is None or not one.is_published:
            return
        if kind == "edit":
            actions.revise(
                one, by=None, values={"founded": chance.randint(1950, 2026), "languages": ["fr", "de"]}
            )
        elif kind == "move":
            precision = chance.choice(("exact", "street", "region"))
            actions.revise(
                one, by=None, values={"position": place, "precision": precision, "has_no_position": False}
            )
        elif kind == "offer":
            # Without an author: each process counts members by itself.
            category = chance.choice(list(CATEGORIES))
            ExchangeFactory(initiative=one, author=None, kind=chance.choice(Kind.values), category=category)
        elif kind == "trade":
            # To others, of another category, or over.
            rows = Exchange.objects.filter(pk__in=list(Exchange.objects.values_list("pk", flat=True)[:3]))
            over = {"status": "settled", "ended_at": timezone.now()}
            rows.update(
                **chance.choice(({"initiative": one}, {"category": chance.choice(list(CATEGORIES))}, over))
            )
        elif kind == "archive":
            actions.archive(one, by=None)
        elif kind == "delete":
            one.delete()
        else:
            with connection.cursor() as cursor:
                cursor.execute(
                    "UPDATE initiatives_initiative SET founded = %s WHERE id % 7 = %s AND status = 'published'".replace(
                        " % 7", " %% 7"
                    ),
                    [chance.randint(1950, 2026), one.pk % 7],
                )
            if kind == "undone":
                transaction.set_rollback(True)


def main() -> None:
    """So many changes; deadlocks of the bare SQL are part of life and are tried again."""
    django.setup()
    from django.db import OperationalError

    seed, number = int(sys.argv[1]), int(sys.argv[2])
    chance = random.Random(seed)
    done = 0
    while done < number:
        try:
            change(chance)
        except OperationalError as error:
            if "deadlock" not in str(error):
                raise
        done += 1


if __name__ == "__main__":
    main()
