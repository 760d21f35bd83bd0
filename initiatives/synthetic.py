"""Plausible made-up initiatives over Europe, in any number, for measuring."""

import random
import uuid
from bisect import bisect
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import slugify

from territories.models import Place
from vocabulary.models import LegalForm, Theme
from vocabulary.names import in_language

from . import placement
from .models import Initiative

TAG = "synthetic"
SPEAKS = {
    "FR": "fr",
    "BE": "fr",
    "LU": "fr",
    "MC": "fr",
    "DE": "de",
    "AT": "de",
    "CH": "de",
    "ES": "es",
    "IT": "it",
}
KINDS = {
    "fr": ("Coopérative", "Association", "Collectif", "Atelier", "Maison", "Les Amis", "Régie", "Réseau"),
    "en": ("Co-operative", "Association", "Collective", "Workshop", "House", "Friends", "Commons", "Network"),
    "es": ("Cooperativa", "Asociación", "Colectivo", "Taller", "Casa", "Amigas", "Ateneo", "Red"),
    "de": (
        "Genossenschaft",
        "Verein",
        "Kollektiv",
        "Werkstatt",
        "Haus",
        "Freundeskreis",
        "Initiative",
        "Netz",
    ),
    "it": ("Cooperativa", "Associazione", "Collettivo", "Laboratorio", "Casa", "Amici", "Bottega", "Rete"),
}
WORDS = (
    "Aurora",
    "Libellule",
    "Horizon",
    "Tilia",
    "Ponte",
    "Sole",
    "Quercus",
    "Viola",
    "Terra",
    "Nova",
    "Alba",
    "Rivo",
)
# As long as those of real records are, and plain about what they are.
TEXTS = {
    "fr": (
        "Fiche inventée pour mesurer. {name} réunit des personnes de {town} et des environs ; activité : {subject}. "
        "Les décisions se prennent ensemble, une voix par personne, et les excédents restent dans le projet. "
        "Un accueil est ouvert chaque semaine à qui veut voir, aider ou apprendre."
    ),
    "en": (
        "Made up for measuring. {name} brings together people of {town} and around; field: {subject}. "
        "Decisions are taken together, one person one vote, and what is left over stays with the project. "
        "Every week the door is open to all who wish to look, to help or to learn."
    ),
    "es": (
        "Ficha inventada para medir. {name} reúne a personas de {town} y alrededores; actividad: {subject}. "
        "Las decisiones se toman en común, una persona un voto, y los excedentes se quedan en el proyecto. "
        "Cada semana la puerta está abierta a quien quiera mirar, ayudar o aprender."
    ),
    "de": (
        "Zum Messen erfunden. {name} bringt Menschen aus {town} und Umgebung zusammen; Bereich: {subject}. "
        "Entschieden wird gemeinsam, jede Person hat eine Stimme, und was übrig bleibt, bleibt im Projekt. "
        "Jede Woche steht die Tür allen offen, die schauen, helfen oder lernen wollen."
    ),
    "it": (
        "Scheda inventata per misurare. {name} riunisce persone di {town} e dintorni; attività: {subject}. "
        "Si decide insieme, una persona un voto, e quel che avanza resta nel progetto. "
        "Ogni settimana la porta è aperta a chi vuole guardare, aiutare o imparare."
    ),
}
STREETS = {
    "fr": "{} rue {}",
    "en": "{} {} Street",
    "es": "Calle {1} {0}",
    "de": "{1}weg {0}",
    "it": "Via {1} {0}",
}
# About 3 km around the middle of a town, and a third of all points beyond.
SPREAD_DEGREES = 0.03
BATCH = 50_000
# From so many on, and where there are no initiatives yet, indexes are made once at the end.
MANY = 100_000
TABLES = ["initiatives_initiative", "initiatives_initiativetheme", "initiatives_initiativeterritory"]
INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid = ANY(%s::regclass[]) AND NOT indisunique AND NOT indisexclusion ORDER BY 1
"""
REFERENCES = """
SELECT string_agg(DISTINCT quote_ident(conname), ', ') FROM pg_constraint
WHERE conrelid = ANY(%s::regclass[]) AND contype = 'f' AND condeferrable
"""

STAGE = """
CREATE TEMPORARY TABLE staged_synthetic (uuid uuid, slug text, name text, summary text, language text,
  theme_id bigint, second_theme_id bigint, legal_form_id bigint, founded int, lon float8, lat float8,
  locality text, country text, precision text, street text, postcode text, description text,
  id bigint NOT NULL DEFAULT nextval(pg_get_serial_sequence('initiatives_initiative', 'id')),
  position geometry GENERATED ALWAYS AS (ST_SetSRID(ST_MakePoint(lon, lat), 4326)) STORED,
  public_position geometry GENERATED ALWAYS AS
    (geo_blur(ST_SetSRID(ST_MakePoint(lon, lat), 4326), precision)) STORED) ON COMMIT DROP
"""
COPY = """
COPY staged_synthetic (uuid, slug, name, summary, language, theme_id, second_theme_id, legal_form_id, founded,
  lon, lat, locality, country, precision, street, postcode, description) FROM STDIN
"""
INSERT = (
    """
INSERT INTO initiatives_initiative (id, uuid, slug, name, summary, description, description_language,
  primary_theme_id, legal_form_id, founded, tags, labels, languages, reach, position, precision, has_no_position,
  street, postcode, locality, country, website, opening_hours, status, field_sources, created_at, updated_at,
  territory_id)
SELECT id, uuid, slug, name, summary, description, language, theme_id, legal_form_id, founded, ARRAY[%(tag)s], '{}',
  ARRAY[language], '', position, precision, false, street, postcode, locality, country,
  'https://' || slug || '.example/', '', 'published', '{}', %(now)s, %(now)s, territory_id
FROM staged_synthetic LEFT JOIN ({smallest}) AS s ON s.initiative_id = id ORDER BY geo_cell(public_position)
""",
    """
INSERT INTO initiatives_initiativetheme (initiative_id, theme_id)
SELECT s.id, t.theme_id FROM staged_synthetic s
CROSS JOIN LATERAL (SELECT s.theme_id UNION SELECT s.second_theme_id WHERE s.second_theme_id IS NOT NULL)
  AS t(theme_id) ORDER BY s.id
""",
)


@dataclass(frozen=True)
class Stock:
    """What rows are drawn from, read before the first row is copied: a connection does one thing at a time."""

    towns: list[Place]
    weights: list[float]
    themes: list[Theme]
    forms: list[int]

    @classmethod
    def read(cls) -> "Stock":
        """Towns by size, subthemes, generic legal forms; LookupError without a gazetteer."""
        towns = list(Place.objects.order_by("geonameid"))
        if not towns:
            raise LookupError("There are no towns yet: run `manage.py load_reference` first.")
        return cls(
            towns,
            list(accumulate(max(town.population, 500) ** 0.8 for town in towns)),
            list(Theme.objects.exclude(parent=None).order_by("slug")),
            list(LegalForm.objects.generic().order_by("slug").values_list("pk", flat=True)),
        )


def rows(number: int, seed: int, stock: Stock) -> Iterator[tuple]:
    """Rows as COPY takes them, the same ones for the same seed."""
    chance = random.Random(seed)
    weights = stock.weights
    # Asking for a coordinate takes as long as all the rest of a row.
    where = cache(lambda at: stock.towns[at].position.coords)
    for count in range(number):
        at = bisect(weights, chance.random() * weights[-1])
        town, (lon, lat) = stock.towns[at], where(at)
        language = SPEAKS.get(town.country, "en")
        theme, second = chance.choice(stock.themes), chance.choice(stock.themes)
        subject = in_language(theme.names, language)
        name = f"{chance.choice(KINDS[language])} {chance.choice(WORDS)} {town.name} {count}"
        yield (
            uuid.UUID(int=chance.getrandbits(128), version=4),
            f"{slugify(name)[:90]}-s{seed}-{count}",
            name[:200],
            f"{subject} · {town.name}"[:400],
            language,
            theme.pk,
            second.pk if chance.random() < 0.3 and second.pk != theme.pk else None,
            chance.choice(stock.forms),
            chance.randint(1950, 2026),
            max(-179.9, min(179.9, chance.gauss(lon, SPREAD_DEGREES))),
            max(-85.0, min(85.0, chance.gauss(lat, SPREAD_DEGREES * 0.7))),
            town.name[:120],
            town.country,
            chance.choices(("exact", "street", "locality"), (8, 1, 1))[0],
            STREETS[language].format(chance.randint(1, 200), chance.choice(WORDS)),
            f"{chance.randint(1, 99999):05d}",
            TEXTS[language].format(name=name, town=town.name, subject=subject),
        )


@contextmanager
def _indexes_last(cursor) -> Iterator[None]:
    """Take away indexes that promise nothing and make them anew, all in this transaction: others wait for it.

    References are checked at once, as an index cannot be made while checks are due.
    """
    cursor.execute(INDEXES, [TABLES])
    indexes = cursor.fetchall()
    cursor.execute(REFERENCES, [TABLES])
    cursor.execute(f"SET CONSTRAINTS {cursor.fetchone()[0]} IMMEDIATE")
    cursor.execute(f"DROP INDEX {', '.join(name for name, _made in indexes)}")
    yield
    cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
    for _name, made in indexes:
        cursor.execute(made)


@transaction.atomic
def seed(number: int, seed_number: int, report=lambda done: None) -> int:
    """Add that many published initiatives, the same ones for the same seed; LookupError without a gazetteer."""
    made = rows(number, seed_number, Stock.read())
    with connection.cursor() as cursor:
        if number >= MANY and not Initiative.objects.exists():
            with _indexes_last(cursor):
                return _seed(cursor, number, made, report)
        return _seed(cursor, number, made, report)


def _seed(cursor, number: int, rows: Iterator[tuple], report) -> int:
    done = 0
    while done < number:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.staged_synthetic")
        cursor.execute(STAGE)
        with cursor.copy(COPY) as copy:
            for _count, row in zip(range(BATCH), rows):
                copy.write_row(row)
        cursor.execute("ANALYZE staged_synthetic")
        placement.locate_staged("staged_synthetic")
        parameters = {"tag": TAG, "now": timezone.now(), **placement.PARAMETERS}
        for statement in INSERT:
            cursor.execute(statement.replace("{smallest}", placement.SMALLEST), parameters)
        placement.link_staged()
        done = min(number, done + BATCH)
        report(done)
    return done
