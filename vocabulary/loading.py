"""Puts the vocabulary of fixtures/vocabulary into the tables; used by migrations, so it takes the model classes."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings

THEME_LISTS = ("essglobal", "osm", "osm_weak", "nace", "source_values")


def read(name: str) -> Any:
    """One vocabulary file as parsed JSON."""
    path: Path = settings.BASE_DIR / "fixtures" / "vocabulary" / name
    return json.loads(path.read_text(encoding="utf-8"))


def load_themes(theme_model: Any) -> None:
    """Add the ten themes and their subthemes where the slug is not there yet."""
    for row in read("themes.json")["themes"]:
        root = _add(theme_model, row, parent=None)
        for sub in row["subthemes"]:
            _add(theme_model, sub, parent=root)


def _add(theme_model: Any, row: dict, parent: Any) -> Any:
    theme, _created = theme_model.objects.get_or_create(
        slug=row["slug"],
        defaults={
            "parent": parent,
            "order": row["order"],
            "names": row["names"],
            "short_names": row.get("short_names", {}),
            "definition": row["definition"],
            "icon": row.get("icon", ""),
            "synonyms": row["synonyms"],
            **{name: row[name] for name in THEME_LISTS},
        },
    )
    return theme


def load_legal_forms(form_model: Any) -> None:
    """Add the generic legal forms and the national ones where the slug is not there yet."""
    for order, row in enumerate(read("legal_forms.json")["forms"], start=1):
        generic, _created = form_model.objects.get_or_create(
            slug=row["slug"],
            defaults={
                "order": order,
                "names": row["names"],
                "nature": row["nature"],
                "essglobal": row["essglobal"],
            },
        )
        for place, specific in enumerate(row["specific"], start=1):
            form_model.objects.get_or_create(
                slug=specific["slug"],
                defaults={
                    "parent": generic,
                    "order": place,
                    **{
                        name: specific[name]
                        for name in (
                            "names",
                            "nature",
                            "country",
                            "local_names",
                            "abbreviations",
                            "essglobal",
                        )
                    },
                },
            )


def load_licences(licence_model: Any) -> None:
    """Add the licences where the code is not there yet."""
    for row in read("licences.json"):
        licence_model.objects.get_or_create(
            code=row["code"], defaults={name: value for name, value in row.items() if name != "code"}
        )
