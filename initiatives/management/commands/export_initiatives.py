"""manage.py export_initiatives: a selection as a file, the same content as the web export."""

import os
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.http import QueryDict

from geo.errors import InvalidParameterError
from initiatives.exporting.formats import FORMATS, write
from initiatives.selection import parse


class Command(BaseCommand):
    """Writes a whole selection; the file appears when it is whole."""

    help = "Export initiatives to a file: the same content as the web export of that selection."

    def add_arguments(self, parser: CommandParser) -> None:
        """The contract's options."""
        parser.add_argument("--format", required=True, choices=sorted(FORMATS))
        parser.add_argument("--output", required=True, type=Path, metavar="FILE")
        parser.add_argument(
            "--filter", default="", metavar="'theme=…&territory=…'", help="as on the map's address"
        )

    def handle(self, *args, **options) -> None:
        """Written beside its place first: a half file never has the name."""
        output: Path = options["output"]
        format = FORMATS[options["format"]]
        # GDAL goes by the suffix.
        beside = output.with_name(f".{output.name}.{os.getpid()}.{format.suffix}")
        try:
            selection = parse(QueryDict(options["filter"]))
            write(beside, format, selection)
            beside.replace(output)
        except InvalidParameterError as error:
            raise CommandError(f"--filter: {error}") from error
        except OSError as error:
            raise CommandError(f"--output: {output} cannot be written ({error.strerror})") from error
        finally:
            beside.unlink(missing_ok=True)
        self.stdout.write(f"{output}: {output.stat().st_size:,} bytes")
