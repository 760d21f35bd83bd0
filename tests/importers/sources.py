"""Reading a file as an import does, all of it at once."""

import tempfile
from pathlib import Path

from importers.mapping import FileOptions
from importers.readers import open_source
from importers.records import Raw, Source


def opened(file: Path, chosen: str = "auto", /, **options) -> tuple[Source, list[Raw]]:
    """The source and its records."""
    with tempfile.TemporaryDirectory() as folder:
        source = open_source(file, chosen, FileOptions(**options), Path(folder))
        return source, list(source.records)
