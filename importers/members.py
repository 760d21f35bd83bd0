"""Lists of people: each is invited into a group by mail; nobody gets an account by it, and no name is kept."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from community.groups import actions
from community.groups.enums import GroupRole
from community.models import Group

from .enums import Level
from .errors import BadFileError
from .guessing.headers import SURE, meanings
from .mapping import FileOptions
from .phrases import Phrase, enumerated, phrase, phrase_of
from .readers import check_file, csv
from .records import Issue, Raw, Source
from .text import as_text, fold, is_empty, one_line, storable

MOST = 5_000
LONGEST = 300
LONGEST_ADDRESS = 254
EXPECTED = "an e-mail address, such as name@example.org"
# Folded headers in the five languages; “nombre” and “nome” are a first name beside “apellidos” and “cognome”.
FIRST = {"prenom", "prenoms", "first name", "firstname", "given name", "vorname", "nombre de pila"}
LAST = {
    *("nom de famille", "last name", "lastname", "surname", "family name", "nachname", "familienname"),
    *("apellido", "apellidos", "cognome"),
}
WHOLE = {
    *("nom", "name", "nombre", "nome", "full name", "fullname", "nom complet", "nom et prenom"),
    *("nom prenom", "prenom et nom", "prenom nom", "nombre completo", "nombre y apellidos"),
    *("nome completo", "nome e cognome", "vollstandiger name", "vor und nachname", "public name"),
}


@dataclass
class MembersReport:
    """What a run found; read = added + unchanged + refused."""

    notes: list[str] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    read: int = 0
    added: int = 0
    # Who is in the group, is invited, or stands further up in the file.
    unchanged: int = 0

    def summary(self) -> dict[str, int]:
        """Counts of the run."""
        return {
            "read": self.read,
            "added": self.added,
            "unchanged": self.unchanged,
            "refused": len(self.issues),
        }

    def refuse(self, row: int, name: str, value: str, why: str | Phrase) -> None:
        """A row that cannot be taken, and why."""
        self.issues.append(Issue(Level.REFUSED, row, name, value[:LONGEST], phrase_of(why)))


@dataclass(frozen=True)
class _Columns:
    """Which column holds what; empty where none does."""

    email: str
    first: str
    whole: str
    last: str

    def name(self, values: dict[str, str]) -> str:
        """How somebody is called, first name first."""
        named = (self.first, self.last or self.whole) if self.first else (self.whole, self.last)
        parts = [values[column] for column in named if column and not is_empty(values.get(column, ""))]
        return " ".join(parts)


@transaction.atomic
def import_members(path: Path, group: Group, *, write: bool = False) -> MembersReport:
    """Read all of it and, if told so, invite as the site itself; BadFileError before anybody is invited."""
    report = MembersReport()
    source = _opened(path, report)
    people = list(_people(source, _columns(source), report))
    stored = Group.objects.select_for_update(no_key=True).get(pk=group.pk)
    known = _known(stored)
    for email, name in people:
        if email in known:
            report.unchanged += 1
            continue
        known.add(email)
        report.added += 1
        if write:
            actions.invite(
                stored, by=None, email=email, role=GroupRole.MEMBER, language=stored.language, name=name
            )
    return report


def _opened(path: Path, report: MembersReport) -> Source:
    check_file(path)
    source = csv.read(path, FileOptions(header=True))
    report.notes = [f"{path.name}: {source.format}, {'; '.join(map(str, source.notes))}"]
    return source


def _columns(source: Source) -> _Columns:
    """By their headers; BadFileError where none names an e-mail address."""
    scores = {column: meanings(column).get("email", 0.0) for column in source.columns}
    email = max(source.columns, key=scores.__getitem__)
    if scores[email] < SURE:
        came = phrase("the columns %(columns)s", columns=enumerated(source.columns))
        raise BadFileError(source.path, came, "one for the e-mail address, and where known one for the name")

    def called(words: set[str]) -> str:
        return next((one for one in source.columns if one != email and fold(one) in words), "")

    return _Columns(email, called(FIRST), called(WHOLE), called(LAST))


def _people(source: Source, columns: _Columns, report: MembersReport) -> Iterator[tuple[str, str]]:
    """(address in small letters, name) of every row that can be taken."""
    for raw in source.records:
        report.read += 1
        if report.read > MOST:
            raise BadFileError(source.path, f"more than {MOST:,} rows", "fewer, in several files")
        if raw.refused:
            report.refuse(raw.number, "", "", raw.refused)
        elif person := _person(raw, columns, report):
            yield person


def _person(raw: Raw, columns: _Columns, report: MembersReport) -> tuple[str, str] | None:
    values = {name: storable(one_line(as_text(value))) for name, value in raw.values.items()}
    email = values.get(columns.email, "").lower()
    try:
        if len(email) > LONGEST_ADDRESS:
            raise ValidationError(EXPECTED)
        validate_email(email)
    except ValidationError:
        report.refuse(raw.number, columns.email, email, f"expected {EXPECTED}")
        return None
    return email, columns.name(values)


def _known(group: Group) -> set[str]:
    """Addresses of who is in the group or invited, in small letters."""
    members = group.memberships.values("member")
    proven = EmailAddress.objects.filter(user__in=members, verified=True)
    invited = group.invitations.pending().filter(expires_at__gt=timezone.now())
    found = [
        *group.memberships.values_list("member__email", flat=True),
        *proven.values_list("email", flat=True),
        *invited.values_list("email", flat=True),
    ]
    return {email.lower() for email in found}
