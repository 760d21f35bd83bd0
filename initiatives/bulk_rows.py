"""What is staged of a source record; it needs no tables, so that who makes rows needs none."""

import msgspec

from .enums import Precision


class Row(msgspec.Struct, gc=False):
    """A source record as the tables take it; lon and lat in degrees, EPSG:4326; ids are primary keys."""

    number: int
    external_id: str = ""
    checksum: str = ""
    raw: str = "{}"
    url: str = ""
    refused: bool = False
    name: str = ""
    summary: str = ""
    description: str = ""
    description_language: str = ""
    primary_theme: int | None = None
    themes: list[int] = []
    legal_form: int | None = None
    founded: int | None = None
    tags: list[str] = []
    labels: list[str] = []
    languages: list[str] = []
    reach: str = ""
    lon: float | None = None
    lat: float | None = None
    precision: str = Precision.EXACT
    has_no_position: bool = False
    street: str = ""
    postcode: str = ""
    locality: str = ""
    country: str = ""
    website: str = ""
    opening_hours: str = ""
    licence: int | None = None
    email: str = ""
    phone: str = ""
    # JSON: of each language name, summary and description.
    translations: str | None = None
    # The key of the record that this one is a site of.
    parent: str = ""
    fields: list[str] = []
