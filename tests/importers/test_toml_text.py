"""A mapping that is written down is read back as the same one."""

from dataclasses import replace
from pathlib import Path

import pytest

import importers
from importers.mapping import Mapping, ThemeRule
from importers.toml import mapping_of, read_mapping
from importers.toml_text import as_toml

pytestmark = pytest.mark.django_db
FILES = sorted((Path(importers.__file__).parent / "mappings").rglob("*.toml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_mapping_of_ours_comes_back(file):
    mapping = read_mapping(file)
    assert mapping_of(as_toml(mapping)) == mapping
    assert Mapping.of_dict(mapping.as_dict()) == mapping


def test_what_was_supposed_is_written_as_a_default():
    mapping = replace(read_mapping(FILES[0]), themes=ThemeRule(supposed="repair-cafes", because="its title"))
    assert mapping_of(as_toml(mapping)).themes.default == "repair-cafes"
