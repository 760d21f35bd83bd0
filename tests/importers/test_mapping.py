"""Mappings in TOML: what they say, and what is refused by name."""

from pathlib import Path

import pytest

import importers
from importers.errors import BadMappingError
from importers.toml import read_mapping

SHIPPED = sorted((Path(importers.__file__).parent / "mappings").glob("*.toml"))


@pytest.fixture
def mapping(db, tmp_path):
    """Reads a mapping from TOML text."""

    def read(text: str):
        path = tmp_path / "mapping.toml"
        path.write_text(text, encoding="utf-8")
        return read_mapping(path)

    return read


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_mappings_are_right(db, path):
    assert read_mapping(path).fields["name"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("nonsense", "not TOML"),
        ("[fields]\nsummary = 'a'", "fields.name"),
        ("[fields]\nname = 'a'\npresident = 'b'", "fields.president"),
        ("[colours]\na = 1", "colours"),
        ("[fields]\nname = {column = 'a', transform = 'eval'}", "fields.name.transform"),
        ("[fields]\nname = {transform = 'strip'}", "fields.name.column"),
        ("[fields]\nname = 5", "fields.name"),
        ("fields = 5", "fields"),
        ("[fields]\nname = 'a'\n[position]\nlongitude = 'x'", "position"),
        ("[fields]\nname = 'a'\n[position]\ncrs = 'EPSG:9'", "position.crs"),
        ("[fields]\nname = 'a'\n[position]\norder = 'y'", "position.order"),
        ("[fields]\nname = 'a'\n[themes]\ndefault = 'x'", "themes.default"),
        ("[fields]\nname = 'a'\n[themes.values]\nA = 'x'", "themes.values.A"),
        ("[fields]\nname = 'a'\n[defaults]\ncountry = 'France'", "defaults.country"),
        ("[fields]\nname = 'a'\n[defaults]\nlicence = 'mine'", "defaults.licence"),
        ("[fields]\nname = 'a'\n[file]\nheader = 'no'", "file.header"),
    ],
)
def test_errors_name_the_key(mapping, text, key):
    with pytest.raises(BadMappingError) as error:
        mapping(text)
    assert key in str(error.value)


def test_a_column_the_file_has_not(mapping, run, three, tmp_path):
    from django.core.management.base import CommandError

    mapping("[fields]\nname = 'Nom'")
    with pytest.raises(CommandError, match="no column Nom"):
        run(three, mapping=tmp_path / "mapping.toml")
