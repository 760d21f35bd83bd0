"""How a file of boundaries is read and what is said of all its rows: asked for once, kept with the run."""

from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from territories.enums import Scheme


@dataclass(frozen=True)
class How:
    """Columns by name, what is the same for all rows, and how the file is opened; empty where nothing was said."""

    scheme: Scheme
    # Empty: the usual names are looked for.
    code: str = ""
    name: str = ""
    # Else parents are found by place.
    parent: str = ""
    prefix: str = ""
    country: str = ""
    language: str = ""
    level: int | None = None
    # Who made the boundaries; else the name of the file.
    source: str = ""
    licence: str = ""
    year: int | None = None
    layer: str = ""
    crs: str = ""
    encoding: str = ""

    def as_dict(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return {**asdict(self), "scheme": self.scheme.value}

    @classmethod
    def of_dict(cls, kept: dict[str, Any]) -> Self:
        """From what JSON kept."""
        known = {field.name: kept[field.name] for field in fields(cls) if field.name in kept}
        return cls(**{**known, "scheme": Scheme(kept["scheme"])})
