"""Lists of people: who is invited, who is passed over, what is refused and why."""

import codecs
import io
import json

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from community.groups import actions, letters
from community.models import GroupInvitation, GroupMembership, Member
from importers import members
from tests.factories import GroupFactory, GroupMembershipFactory, MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    """A private group with one member, whose second address is proven."""
    group = GroupFactory(slug="tables", name="Les Tables", kind="private", language="fr")
    inside = GroupMembershipFactory(group=group, member__email="in@demo.example").member
    inside.emailaddress_set.create(email="In.Too@demo.example", verified=True)
    inside.emailaddress_set.create(email="not.proven@demo.example")
    return group


@pytest.fixture
def invites(group, django_capture_on_commit_callbacks):
    """Runs import_members; gives its summary, and what it told."""

    def command(path, **options) -> tuple[dict, str]:
        out = io.StringIO()
        with django_capture_on_commit_callbacks(execute=True):
            call_command("import_members", str(path), group="tables", json=True, stdout=out, **options)
        *told, summary = out.getvalue().splitlines()
        return json.loads(summary), "\n".join(told)

    return command


def counts(read: int, added: int, unchanged: int, refused: int) -> dict:
    """A summary."""
    return {"read": read, "added": added, "unchanged": unchanged, "refused": refused}


def invited() -> set[str]:
    """Addresses of all invitations."""
    return set(GroupInvitation.objects.values_list("email", flat=True))


def test_people_are_invited_by_their_name_which_is_not_kept(invites, tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("Prénom;Nom;Adresse e-mail\nZoé;Probe;Zoe@demo.example\n")
    assert invites(path, write=True)[0] == counts(1, 1, 0, 0)
    (letter,) = mail.outbox
    assert letter.to == ["zoe@demo.example"]
    assert "Zoé Probe" in letter.body
    assert "/fr/groups/invitation/" in letter.body
    row = GroupInvitation.objects.get()
    assert (row.by, row.role, row.language) == (None, "member", "fr")
    kept = str(list(GroupInvitation.objects.values())) + str(list(ProcrastinateJob.objects.values()))
    assert "Probe" not in kept
    assert not Member.objects.filter(email="zoe@demo.example").exists()


def test_nobody_is_invited_before_told_so(invites, tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("email,name\na@demo.example,A\nb@demo.example,\n")
    found, told = invites(path)
    assert found == counts(2, 2, 0, 0)
    assert "dry run" in told
    assert not invited()
    assert not mail.outbox
    assert not ProcrastinateJob.objects.filter(task_name=letters.TASK).exists()


def test_who_is_in_or_invited_or_named_twice_is_passed_over(invites, group, tmp_path):
    actions.invite(group, by=None, email="asked@demo.example", role="member", language="fr")
    late = actions.invite(group, by=None, email="late@demo.example", role="member", language="fr")
    GroupInvitation.objects.filter(pk=late.pk).update(expires_at=timezone.now())
    path = tmp_path / "people.csv"
    rows = ["in@", "IN.too@", "Asked@", "late@", "new@", "New@", "not.proven@"]
    path.write_text("email,name\n" + "".join(f"{row}demo.example,\n" for row in rows))
    assert invites(path, write=True)[0] == counts(7, 3, 4, 0)
    assert invited() == {f"{one}@demo.example" for one in ("asked", "late", "new", "not.proven")}
    assert invites(path, write=True)[0] == counts(7, 0, 7, 0)


def test_bad_rows_are_named_with_value_and_reason_and_the_others_are_taken(invites, tmp_path):
    path = tmp_path / "people.csv"
    rows = ["no address,A", ",B", "ok@demo.example,C", "a@b\u200bc.example,D", f"{'x' * 300}@demo.example,E"]
    path.write_text("mail,name\n" + "".join(f"{row}\n" for row in rows) + "x@demo.example,F,too,many\n")
    found, told = invites(path, write=True)
    assert found == counts(6, 2, 0, 4)
    assert "refused: row 1, mail “no address”: expected an e-mail address" in told
    assert "refused: row 2, mail “”: expected an e-mail address" in told
    assert "refused: row 6: expected 2 cells" in told
    # What cannot be seen is left out, as everywhere.
    assert invited() == {"ok@demo.example", "a@bc.example"}


@pytest.mark.parametrize(
    ("header", "row", "name"),
    [
        ("E-Mail-Adresse;Vorname;Nachname", "a@demo.example;Ada;Beispiel", "Ada Beispiel"),
        ("correo electrónico\tNombre\tApellidos", "a@demo.example\tAda\tEjemplo", "Ada Ejemplo"),
        ("Nome|Cognome|Indirizzo e-mail", "Ada|Esempio|a@demo.example", "Ada Esempio"),
        ("Full name,E-mail address", "Ada Sample,a@demo.example", "Ada Sample"),
        ("Nom,Prénom,Courriel", "Exemple,Ada,a@demo.example", "Ada Exemple"),
        ("Ville,E-mail", "Die,a@demo.example", ""),
        ("Ville,E-mail du responsable", "Die,a@demo.example", ""),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_usual_headers_delimiters_and_encodings_are_read(tmp_path, group, header, row, name, encoding):
    path = tmp_path / "people.csv"
    path.write_bytes(f"{header}\r\n{row}\r\n".encode(encoding))
    source = members._opened(path, members.MembersReport())
    found = list(members._people(source, members._columns(source), members.MembersReport()))
    assert found == [("a@demo.example", name)]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"name,town\nA,Die\n",
        b"a@demo.example,A\nb@demo.example,B\n",
        b"\x89PNG\r\n\x1a\n",
        codecs.BOM_UTF8 + b"email,name\nok@demo.example,A\n\xff\xfe\xff,B\n",
    ],
)
def test_of_a_bad_file_nobody_gets_a_mail(invites, tmp_path, content):
    path = tmp_path / "people.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=r"people\.csv: .*; expected "):
        invites(path, write=True)
    assert not invited()
    assert not mail.outbox


def test_too_many_rows_are_a_bad_file(invites, tmp_path, monkeypatch):
    monkeypatch.setattr(members, "MOST", 2)
    path = tmp_path / "people.csv"
    path.write_text("email,name\n" + "".join(f"a{number}@demo.example,A\n" for number in range(3)))
    with pytest.raises(CommandError, match="more than 2 rows"):
        invites(path, write=True)
    assert not invited()


@pytest.mark.parametrize("slug", ["nothing", "", "a\x00b", "put-away"])
def test_a_group_that_is_not_there_or_archived_is_said(tmp_path, slug):
    GroupFactory(slug="put-away", archived_at=timezone.now())
    path = tmp_path / "people.csv"
    path.write_text("email,name\na@demo.example,A\n")
    with pytest.raises(CommandError, match="--group"):
        call_command("import_members", str(path), group=slug, write=True)
    assert not invited()


def test_a_mail_server_that_is_away_gets_them_later(invites, tmp_path, monkeypatch):
    def away(*args):
        raise ConnectionRefusedError

    monkeypatch.setattr(letters, "send", away)
    path = tmp_path / "people.csv"
    path.write_text("email,name\na@demo.example,Ada Probe\nb@demo.example,Bo Probe\n")
    assert invites(path, write=True)[0] == counts(2, 2, 0, 0)
    jobs = ProcrastinateJob.objects.filter(task_name=letters.TASK)
    assert sorted(job.args["pk"] for job in jobs) == sorted(
        GroupInvitation.objects.values_list("pk", flat=True)
    )
    assert "Probe" not in str(list(jobs.values()))


def test_who_has_an_account_is_invited_and_not_put_in(invites, group, tmp_path):
    path = tmp_path / "people.csv"
    known = MemberFactory(email="known@demo.example")
    path.write_text("email,name\nknown@demo.example,K\n")
    assert invites(path, write=True)[0] == counts(1, 1, 0, 0)
    assert not GroupMembership.objects.filter(group=group, member=known).exists()
