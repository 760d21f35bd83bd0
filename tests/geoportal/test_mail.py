"""Mails that would have been sent, at /dev/mail/ and only while DEBUG is on."""

import os
import subprocess
import sys

import pytest
from django.conf import settings as configured
from django.core.mail import get_connection, send_mail
from django.urls import NoReverseMatch, reverse

BACKEND = "django.core.mail.backends.filebased.EmailBackend"


@pytest.fixture
def sent(settings, tmp_path):
    """Two mails in files, as the development settings write them; the second is newer."""
    settings.ROOT_URLCONF = "tests.geoportal.dev_urls"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    files = []
    for number in (1, 2):
        here = get_connection(BACKEND)
        send_mail(f"Été {number}", f"Texte <b>{number}</b>", None, ["a@demo.example"], connection=here)
        (new,) = set((tmp_path / "mail").glob("*.log")) - set(files)
        os.utime(new, (number, number))
        files.append(new)
    return files


def test_there_is_no_such_door_in_production(client, db):
    assert client.get("/dev/mail/").status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("dev_mail")


def test_the_door_is_there_while_debug_is_on():
    code = "import django; django.setup(); from django.urls import reverse; print(reverse('dev_mail'))"
    said = subprocess.run(
        [sys.executable, "-c", code],
        cwd=configured.BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "geoportal.settings.dev"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.stdout.strip() == "/dev/mail/", said.stderr


def test_all_mails_are_listed_newest_first(client, sent):
    shown = client.get("/dev/mail/").content.decode()
    assert 0 < shown.index("Été 2") < shown.index("Été 1")
    assert f"/dev/mail/{sent[0].name}/" in shown


def test_a_mail_is_shown_as_plain_text(client, sent):
    shown = client.get(f"/dev/mail/{sent[0].name}/").content.decode()
    assert "a@demo.example" in shown
    assert "Texte &lt;b&gt;1&lt;/b&gt;" in shown


@pytest.mark.parametrize("name", ["..%2F..%2Fdemo-password", "..%2Fsecret.log", "nothing.log"])
def test_only_mails_are_opened(client, sent, name):
    (sent[0].parents[1] / "secret.log").write_text("Subject: secret")
    assert client.get(f"/dev/mail/{name}/").status_code == 404


def test_before_the_first_mail_it_says_so(client, settings, sent, tmp_path):
    settings.EMAIL_FILE_PATH = str(tmp_path / "none")
    answer = client.get("/dev/mail/")
    assert answer.status_code == 200
    assert "demo.example" not in answer.content.decode()
