"""manage.py import_members: a list of people who are invited into a group."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from community.models import Group
from importers.errors import BadFileError
from importers.members import MembersReport, import_members

SHOWN = 20


class Command(BaseCommand):
    """Invites who is neither in the group nor invited; a second run invites nobody."""

    help = (
        "Invite people into a group from CSV with a column for the e-mail address and, where known, for the "
        "name; a dry run unless --write is given. Nobody gets an account by it; names are not kept."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The contract's options."""
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--group", required=True, metavar="SLUG", help="the group that invites")
        parser.add_argument("--write", action="store_true", help="invite; without it nobody gets a mail")
        parser.add_argument("--json", action="store_true", help="the summary as JSON on the last line")

    def handle(self, *args, **options) -> None:
        """One transaction, then the mails; a bad file ends with one line and status 1."""
        group = Group.objects.filter(slug=options["group"].replace("\x00", "")).first()
        if group is None:
            raise CommandError(f"--group: no group is called {options['group']!r}; give its slug")
        if group.is_archived:
            raise CommandError(f"--group: {group.slug} is archived; open it again first")
        try:
            report = import_members(options["file"], group, write=options["write"])
        except BadFileError as error:
            raise CommandError(str(error)) from error
        self._tell(report, options)

    def _tell(self, report: MembersReport, options: dict) -> None:
        for note in report.notes:
            self.stdout.write(note)
        for issue in report.issues[:SHOWN]:
            where = f"row {issue.row}" + (f", {issue.field} “{issue.value}”" if issue.field else "")
            self.stdout.write(f"{issue.level.value}: {where}: {issue.message}")
        if len(report.issues) > SHOWN:
            self.stdout.write(f"… and {len(report.issues) - SHOWN} more")
        counts = report.summary()
        self.stdout.write("members: " + ", ".join(f"{name} {count}" for name, count in counts.items()))
        if not options["write"]:
            self.stdout.write("dry run: nobody was invited; add --write to invite")
        if options["json"]:
            self.stdout.write(json.dumps(counts))
