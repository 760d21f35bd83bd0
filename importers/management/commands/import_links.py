"""manage.py import_links: an edge list between networks, collectives and initiatives."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from importers.errors import BadFileError
from importers.links import LinkReport, import_links
from importers.reports import write_report

SHOWN = 20


class Command(BaseCommand):
    """Adds the links that are missing; what is here stays as it is, and a second run changes nothing."""

    help = (
        "Import links from CSV (source,target,kind[,since[,until]]) or GraphML; a dry run unless --write is "
        "given. An end is the uuid or slug of an initiative, network:SLUG, collective:SLUG, or NETWORK:ID of "
        "a source record; a node of GraphML says it in ref, uuid, slug or name, else by its identifier."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The contract's options."""
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--write", action="store_true", help="write; without it nothing is changed")
        parser.add_argument("--source", default="", metavar="TEXT", help="who says so; else the file name")
        parser.add_argument("--report", type=Path, metavar="FILE.csv", help="every row not used, a line each")
        parser.add_argument("--json", action="store_true", help="the summary as JSON on the last line")

    def handle(self, *args, **options) -> None:
        """One transaction; a bad file ends with one line and status 1."""
        report_to = options["report"]
        try:
            if report_to:
                write_report(report_to, [])
            report = import_links(options["file"], source=options["source"], write=options["write"])
            if report_to:
                write_report(report_to, report.issues)
        except BadFileError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"--report: {report_to} cannot be written ({error.strerror})") from error
        self._tell(report, options)

    def _tell(self, report: LinkReport, options: dict) -> None:
        for note in report.notes:
            self.stdout.write(note)
        for issue in report.issues[:SHOWN]:
            where = f"row {issue.row}" + (f", {issue.field} “{issue.value}”" if issue.field else "")
            self.stdout.write(f"{issue.level.value}: {where}: {issue.message}")
        if len(report.issues) > SHOWN:
            self.stdout.write(f"… and {len(report.issues) - SHOWN} more; --report FILE.csv has all")
        counts = report.summary()
        self.stdout.write("links: " + ", ".join(f"{name} {count}" for name, count in counts.items()))
        if not options["write"]:
            self.stdout.write("dry run: nothing was written; add --write to write")
        if options["json"]:
            self.stdout.write(json.dumps(counts))
