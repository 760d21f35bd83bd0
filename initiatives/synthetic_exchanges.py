"""Made-up offers and needs in any number, for measuring; their words are those of the vocabulary."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any

from django.conf import settings
from django.contrib.gis.geos import Point
from django.db import connection, transaction
from django.db.models import Field
from django.utils import timezone

from community.models import Member
from territories.models import Place
from vocabulary.exchange import CATEGORIES, Kind
from vocabulary.ideas import IDEAS
from vocabulary.models import Theme

from .exchange.matching import index, indexing
from .models import Exchange

AT_ONCE = 2_000
# As many authors at least; every one has some offers and needs.
EACH = 5
# Words of one text; a few ideas are in many texts, most in few.
IN_TITLE, IN_TEXT = 2, 8
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
DETAILS = {
    "skill": lambda chance: {"price_terms": chance.choice(("free", "cost", "paid"))},
    "experience": lambda chance: {"exchange_way": chance.choice(("visit", "talk", "mentoring"))},
    "equipment": lambda chance: {
        "quantity": chance.randint(1, 9),
        "transfer": chance.choice(("give", "lend", "rent", "share")),
    },
    "space": lambda chance: {
        "space_kind": chance.choice(("office", "meeting", "workshop", "storage", "kitchen")),
        "area_m2": chance.randint(10, 200),
    },
    "funding": lambda chance: {
        "funding_kind": chance.choice(("grant", "loan", "donation")),
        "amount_min": {"amount": f"{chance.randint(1, 9) * 1000}.00", "currency": "EUR"},
        "amount_max": {"amount": f"{chance.randint(10, 90) * 1000}.00", "currency": "EUR"},
        "eligible_area": ["EU"],
    },
    "job": lambda chance: {
        "contract": chance.choice(("permanent", "fixed-term", "seasonal")),
        "hours_week": chance.choice((20, 25, 30, 35)),
    },
    "volunteering": lambda chance: {"commitment": chance.choice(("once", "regular"))},
    "training": lambda chance: {"format": chance.choice(("on-site", "online", "mixed"))},
}


@dataclass(frozen=True)
class Stock:
    """What they are drawn from."""

    towns: list[tuple[str, str, Point]]
    themes: list[int]
    authors: list[int]
    ideas: list[dict[str, tuple[str, ...]]]


@transaction.atomic
def seed(number: int, seed_number: int, report=lambda done: None) -> int:
    """Add that many open ones, half of them offers; LookupError without a gazetteer."""
    chance = random.Random(seed_number)
    towns = list(
        Place.objects.filter(population__gte=5_000)
        .order_by("geonameid")
        .values_list("name", "country", "position")
    )
    if not towns:
        raise LookupError("There are no towns yet: run `manage.py load_reference` first.")
    stock = Stock(
        towns,
        list(Theme.objects.exclude(parent=None).order_by("slug").values_list("pk", flat=True)),
        _authors(seed_number, max(1, number // EACH)),
        [idea.words for _slug, idea in sorted(IDEAS.items())],
    )
    rows = _rows(number, chance, stock)
    done = 0
    while batch := list(islice(rows, AT_ONCE)):
        index(_copied(batch))
        done += len(batch)
        report(done)
    indexing.count()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE initiatives_exchange, initiatives_exchangewords, initiatives_exchangekey")
    return done


def _copied(rows: list[Exchange]) -> list[int]:
    """Write them, which as INSERT takes more than twice as long; their keys."""
    fields = [field for field in Exchange._meta.concrete_fields if not field.generated]
    names = ", ".join(field.column for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('initiatives_exchange', 'id')) FROM generate_series(1, %s)",
            [len(rows)],
        )
        keys = [key for (key,) in cursor.fetchall()]
        with cursor.copy(f"COPY initiatives_exchange ({names}) FROM STDIN") as copy:
            for key, row in zip(keys, rows, strict=True):
                row.pk = key
                copy.write_row([_value(field, row) for field in fields])
    return keys


def _value(field: Field, row: Exchange) -> Any:
    """What COPY takes for a column."""
    value = field.pre_save(row, True)
    if isinstance(value, Point):
        return value.hexewkb.decode()
    value = field.get_db_prep_save(value, connection)
    # Choices are texts to the database.
    return str(value) if isinstance(value, str) else value


def _authors(seed_number: int, many: int) -> list[int]:
    rows = [
        Member(
            email=f"exchange-{seed_number}-{place}@example.invalid",
            public_name=f"Synthetic author {seed_number}-{place}",
            password="!",
        )
        for place in range(many)
    ]
    return [member.pk for member in Member.objects.bulk_create(rows, batch_size=AT_ONCE)]


def _rows(number: int, chance: random.Random, stock: Stock) -> Iterator[Exchange]:
    now = timezone.now()
    categories = list(CATEGORIES)
    for place in range(number):
        language = chance.choice(LANGUAGES)
        town, country, position = chance.choice(stock.towns)
        words = [_word(chance, stock, language) for _word_of_it in range(IN_TITLE + IN_TEXT)]
        category = categories[place // 2 % len(categories)]
        yield Exchange(
            kind=Kind.OFFER if place % 2 else Kind.NEED,
            category=category,
            author_id=stock.authors[place % len(stock.authors)],
            title=" ".join(words[:IN_TITLE])[:80] + f" {place}",
            text=f"{' '.join(words[IN_TITLE:])}. Synthetic{chance.randint(1, 5_000)}",
            language=language,
            theme_id=chance.choice(stock.themes),
            locality=town,
            country=country,
            position=position,
            remote=category in ("skill", "experience", "job", "volunteering") and chance.random() < 0.3,
            details=DETAILS[category](chance),
            published_at=now - timedelta(minutes=chance.randint(0, 100_000)),
            expires_at=now + timedelta(days=90),
        )


def _word(chance: random.Random, stock: Stock, language: str) -> str:
    # Squared, so that the first ideas are in many texts and the last ones in few.
    return chance.choice(stock.ideas[int(chance.random() ** 2 * len(stock.ideas))][language])
