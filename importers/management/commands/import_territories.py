"""manage.py import_territories: boundaries of one scheme from a file."""

import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from importers.boundaries.files import read_boundaries
from importers.boundaries.rows import Columns, check_columns, check_language, of_level, read_rows
from importers.boundaries.upsert import Origin, upsert
from importers.errors import BadFileError
from importers.records import Issue
from importers.reports import write_report
from territories.enums import Scheme
from vocabulary.models import Licence

SHOWN = 20


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
        started = time.monotonic()
        self._check(options)
        columns = self._columns(options)
        issues: list[Issue] = []
        try:
            frame = read_boundaries(
                options["file"], layer=options["layer"], crs=options["crs"], encoding=options["encoding"]
            )
            check_columns(frame, options["file"], columns)
            notes = frame.attrs["notes"]
            frame, note = of_level(frame, options["level"])
            notes += [note] if note else []
            rows = list(read_rows(frame, columns, issues))
            counts = upsert(rows, self._origin(options), issues, write=options["write"])
            if options["report"]:
                write_report(options["report"], issues)
        except BadFileError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(
                f"--report: {options['report']} cannot be written ({error.strerror})"
            ) from error
        self._tell(len(frame), counts, issues, notes, options["write"], time.monotonic() - started)

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

    def _columns(self, options: dict) -> Columns:
        return Columns(
            scheme=Scheme(options["scheme"]),
            code=options["code_field"],
            name=options["name_field"],
            parent=options["parent_field"],
            prefix=options["code_prefix"],
            country=options["country"],
            language=options["language"],
            level=options["level"],
        )

    def _origin(self, options: dict) -> Origin:
        return Origin(
            scheme=Scheme(options["scheme"]),
            source=options["source"] or options["file"].name,
            licence=Licence.objects.filter(code=options["licence"]).first(),
            year=options["year"],
            named_parents=bool(options["parent_field"]),
            prefix=options["code_prefix"],
        )

    def _tell(
        self, read: int, counts: dict, issues: list[Issue], notes: list[str], wrote: bool, seconds: float
    ) -> None:
        for note in notes:
            self.stdout.write(note)
        for issue in sorted(issues, key=lambda issue: issue.row)[:SHOWN]:
            self.stdout.write(
                f"{issue.level.value}: row {issue.row}, {issue.field} “{issue.value}”: {issue.message}"
            )
        if len(issues) > SHOWN:
            self.stdout.write(f"… and {len(issues) - SHOWN} more; --report FILE.csv has all")
        refused = read - sum(counts.values())
        told = ", ".join(f"{count} {name}" for name, count in counts.items())
        self.stdout.write(f"territories: {read} read, {told}, {refused} refused in {seconds:.1f} s")
        if not wrote:
            self.stdout.write("dry run: nothing was written; add --write to write")
