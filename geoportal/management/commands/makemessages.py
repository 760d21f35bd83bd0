"""manage.py makemessages: every language and both domains at once, without noise in the history."""

import subprocess
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import makemessages

DOMAINS = ("django", "djangojs")
IGNORED = ("launcher/*", "tests/*", "fixtures/*", "var/*", "static/vendor/*", "requirements*.txt")
SOURCE_LANGUAGE = "en"
HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: {site}\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""


class Command(makemessages.Command):
    """Django's own, with our choices as defaults."""

    # A guess by likeness would be shown as if it were a translation once its mark is gone.
    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]

    def add_arguments(self, parser) -> None:
        """The same options; none is needed."""
        super().add_arguments(parser)
        parser.set_defaults(domain=None, add_location="file", no_obsolete=True)

    def handle(self, *args, **options) -> None:
        """Both domains unless one is named, all languages unless some are."""
        if not (options["locale"] or options["exclude"] or options["all"]):
            options["locale"] = [code for code, _name in settings.LANGUAGES]
        for domain in [options["domain"]] if options["domain"] else DOMAINS:
            ignored = [*options["ignore_patterns"], *IGNORED]
            super().handle(*args, **{**options, "domain": domain, "ignore_patterns": ignored})

    def write_po_file(self, potfile: str, locale: str) -> None:
        """A header that only says what programs need: no dates, no names; English says what the code says."""
        path = Path(potfile).parent / locale / "LC_MESSAGES" / f"{self.domain}.po"
        # The same plural forms as Django's own catalogs, with which ours are merged for scripts.
        plural = self.copy_plural_forms("\n", locale).strip()
        header = f"{HEADER.format(site=settings.SITE_NAME, language=locale)}{plural}\n"
        if not path.exists():
            # Merged into rather than copied, so that each message gets as many forms as the language has.
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(header, encoding="utf-8")
        super().write_po_file(potfile, locale)
        if locale == SOURCE_LANGUAGE:
            done = subprocess.run(["msgen", "-o", path, path], capture_output=True, text=True, check=False)
            if done.returncode != 0:
                raise CommandError(f"msgen: {done.stderr.strip()}")
        _old, _blank, entries = path.read_text(encoding="utf-8").partition("\n\n")
        path.write_text(f"{header}\n{entries}", encoding="utf-8")
