"""manage.py import_territories: boundaries of one scheme from a file."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from importers.boundaries.how import How
from importers.boundaries.reports import described
from importers.boundaries.rows import check_language
from importers.boundaries.running import run_boundaries
from importers.errors import BadFileError
from importers.models import BoundaryRun
from importers.reports import write_report
from territories.enums import Scheme
from vocabulary.models import Licence

# Options that are called as what they say.
ASKED = ("country", "language", "level", "source", "licence", "year", "layer", "crs", "encoding")


class Command(BaseCommand):
    """Adds and refreshes by code; another source of the same code and scheme replaces the boundary."""

    help = (
        "Import boundaries (GeoJSON, TopoJSON, GeoPackage, FlatGeobuf, Shapefile zipped or not; any "
        "coordinate system). A dry run unless --write is given. A code that another scheme or country "
        "uses is refused: give --code-prefix then. Names go under --language, else the main language of "
        "the country, else en."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The contract's options, and what files may need beside them."""
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--scheme", required=True, choices=Scheme.values)
        parser.add_argument(
            "--level", type=int, metavar="N", help="rows whose LEVL_CODE is N, where there is one"
        )
        parser.add_argument("--code-field", required=True, metavar="F")
        parser.add_argument("--name-field", required=True, metavar="F")
        parser.add_argument("--parent-field", default="", metavar="F", help="else parents are found by place")
        parser.add_argument(
            "--code-prefix", default="", metavar="TEXT", help="put before each code, such as FR-"
        )
        parser.add_argument("--country", default="", metavar="CC", help="ISO 3166-1 alpha-2, for all rows")
        parser.add_argument("--language", default="", metavar="LL", help="language of the names")
        parser.add_argument(
            "--source", default="", metavar="TEXT", help="who made the boundaries; else the file name"
        )
        parser.add_argument("--licence", default="", metavar="CODE")
        parser.add_argument("--year", type=int, metavar="N")
        parser.add_argument(
            "--layer", default="", metavar="NAME", help="layer or TopoJSON object, where several"
        )
        parser.add_argument(
            "--crs", default="", metavar="EPSG:N", help="where the file names none or a wrong one"
        )
        parser.add_argument("--encoding", default="", metavar="NAME", help="of a DBF that declares none")
        parser.add_argument("--report", type=Path, metavar="FILE.csv", help="every row not used, a line each")
        parser.add_argument("--write", action="store_true", help="write; without it nothing is changed")

    def handle(self, *args, **options) -> None:
        """One transaction; a bad file ends with one line and status 1."""
        self._check(options)
        how = How(
            scheme=Scheme(options["scheme"]),
            code=options["code_field"],
            name=options["name_field"],
            parent=options["parent_field"],
            prefix=options["code_prefix"],
            **{name: options[name] for name in ASKED},
        )
        run = BoundaryRun(scheme=how.scheme, source=options["file"].name[:400]) if options["write"] else None
        try:
            if options["report"]:
                write_report(options["report"], [])
            report = run_boundaries(options["file"], how, run=run, progress=self._progress)
            if options["report"]:
                write_report(options["report"], report.issues)
        except BadFileError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(
                f"--report: {options['report']} cannot be written ({error.strerror})"
            ) from error
        for line in described(report):
            self.stdout.write(line)

    def _progress(self, read: int) -> None:
        """Rows read so far, on a terminal only."""
        if sys.stderr.isatty():
            self.stderr.write(f"\r{read} rows read", ending="")

    def _check(self, options: dict) -> None:
        country, language, year = options["country"], options["language"], options["year"]
        if country and not (len(country) == 2 and country.isascii() and country.isupper()):
            raise CommandError(f"--country: expected two capitals such as FR, came “{country[:20]}”")
        if language and not check_language(language):
            raise CommandError(f"--language: expected a code such as fr, came “{language[:20]}”")
        if year is not None and not 1000 <= year <= 2100:
            raise CommandError(f"--year: expected 1000 to 2100, came {year}")
        if options["licence"] and not Licence.objects.filter(code=options["licence"]).exists():
            known = ", ".join(Licence.objects.values_list("code", flat=True))
            raise CommandError(f"--licence: expected one of {known}, came “{options['licence'][:40]}”")
