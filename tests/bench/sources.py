"""Files as a network would send them, made up from a fixed seed."""

import csv
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

from .addresses import SEED

COLUMNS = [
    "id",
    "name",
    "summary",
    "description",
    "latitude",
    "longitude",
    "street",
    "postcode",
    "city",
    "country",
    "email",
    "phone",
    "website",
    "theme",
    "founded",
    "tags",
]
THINGS = [
    "Atelier",
    "Jardin",
    "Épicerie",
    "Fournil",
    "Recyclerie",
    "Café",
    "Maison",
    "Ferme",
    "Grange",
    "Fabrique",
    "Bricothèque",
    "Cantine",
]
OF_WHAT = (
    "partagé",
    "solidaire",
    "des Rives",
    "du Marché",
    "des Tilleuls",
    "du Canal",
    "des Lices",
    "du Verger",
)
THEMES = ("repair-cafes", "co-housing", "community-gardens", "citizen-energy", "food-aid-rescue")
# The squares within which made-up places lie, in degrees: west, south, east, north.
BOX = (-1.0, 43.5, 6.5, 49.5)


def rows(number: int, mark: str) -> Iterator[list[object]]:
    """That many records that are nowhere yet; files of another mark share none with it."""
    chance = random.Random(f"{SEED}{mark}")
    for one in range(number):
        host = f"{mark}-{one}.example.org"
        yield [
            f"{mark}-{one}",
            f"{chance.choice(THINGS)} {chance.choice(OF_WHAT)} {chance.choice(OF_WHAT)} {one}",
            f"Un lieu {chance.choice(OF_WHAT)}, ouvert à toutes et tous ({one}).",
            "On y répare, on y cuisine, on y apprend. " * chance.randint(1, 4),
            f"{chance.uniform(BOX[1], BOX[3]):.6f}",
            f"{chance.uniform(BOX[0], BOX[2]):.6f}",
            f"{chance.randint(1, 200)} rue {chance.choice(OF_WHAT)}",
            f"{chance.randint(1000, 95000):05d}",
            f"Ville {chance.randint(1, 3000)}",
            "FR",
            f"contact@{host}",
            f"+33 4 {chance.randint(10_000_000, 99_999_999)}",
            f"https://{host}/accueil",
            chance.choice(THEMES),
            chance.randint(1970, 2024),
            f"{chance.choice(OF_WHAT)};{chance.choice(THINGS)}",
        ]


def written(path: Path, records: Iterable[list[object]]) -> Path:
    """The file with these rows."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(records)
    return path
