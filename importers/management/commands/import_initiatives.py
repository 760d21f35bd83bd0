"""manage.py import_initiatives: a file of initiatives into a partner network."""

import json
import sys
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_slug

from importers.errors import BadFileError, BadMappingError, TooMuchError
from importers.pipeline import run_import
from importers.readers import READERS
from importers.reports import Report, described, write_report
from importers.toml import read_mapping


class Command(BaseCommand):
    """Without --write a dry run: what would be added, changed, unchanged, gone and refused, and why."""

    help = "Import initiatives of a partner network from a file; a dry run unless --write is given."

    def add_arguments(self, parser: CommandParser) -> None:
        """The contract's options."""
        parser.add_argument("file", metavar="FILE_OR_URL")
        parser.add_argument("--network", required=True, metavar="SLUG")
        parser.add_argument("--format", default="auto", choices=["auto", *READERS])
        parser.add_argument("--mapping", type=Path, metavar="FILE.toml")
        parser.add_argument("--write", action="store_true", help="write; without it nothing is changed")
        parser.add_argument("--review", action="store_true", help="new ones wait to be published by somebody")
        parser.add_argument(
            "--even-so", action="store_true", help="write although unusually many would go or change"
        )
        parser.add_argument("--report", type=Path, metavar="FILE.csv", help="every issue, a line each")
        parser.add_argument("--json", action="store_true", help="the summary as JSON on the last line")

    def handle(self, *args, **options) -> None:
        """One transaction; a bad file ends with one line and status 1."""
        report_to = options["report"]
        try:
            validate_slug(options["network"])
            mapping = read_mapping(options["mapping"]) if options["mapping"] else None
            if report_to:
                write_report(report_to, [])
            report = run_import(
                options["file"],
                network_slug=options["network"],
                format=options["format"],
                mapping=mapping,
                write=options["write"],
                review=options["review"],
                even_so=options["even_so"],
                progress=self._progress,
            )
        except ValidationError as error:
            slug = options["network"][:60]
            raise CommandError(f"--network: expected a slug such as my-network, came “{slug}”") from error
        except (BadFileError, BadMappingError) as error:
            raise CommandError(str(error)) from error
        except TooMuchError as error:
            raise CommandError(f"{error} (--even-so)") from error
        except OSError as error:
            raise CommandError(f"--report: {report_to} cannot be written ({error.strerror})") from error
        self._tell(report, options)

    def _tell(self, report: Report, options: dict) -> None:
        for line in described(report, wrote=report.run is not None):
            self.stdout.write(line)
        if options["report"]:
            write_report(options["report"], report.issues)
            self.stdout.write(f"report: {options['report']}, {len(report.issues)} lines")
        if options["json"]:
            self.stdout.write(json.dumps(report.summary()))

    def _progress(self, read: int) -> None:
        """Rows read so far, on a terminal only."""
        if sys.stderr.isatty():
            self.stderr.write(f"\r{read} rows read", ending="")
