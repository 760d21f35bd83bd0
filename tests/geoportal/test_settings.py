"""Settings for production: safe as they come, and clear about what is missing."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from geoportal.settings import values

LONG = "k" * 30 + "0123456789abcdefghijklmnopqrstuvwxyz"
OWN = (
    "DJANGO_ALLOW_ASYNC_UNSAFE",
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "BASEMAP_URL",
    "EMAIL_URL",
    "GEOCODER",
    "SITE_URL",
    "CSRF_TRUSTED_ORIGINS",
    "DEBUG",
)


def started(*words: str, **given: str) -> subprocess.CompletedProcess:
    """A Python process under production settings, with only the given environment of ours."""
    kept = {name: value for name, value in os.environ.items() if name not in OWN}
    return subprocess.run(
        [sys.executable, *words],
        cwd=settings.BASE_DIR,
        env={**kept, "DJANGO_SETTINGS_MODULE": "geoportal.settings.base", **given},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_settings_pass_the_deployment_check():
    check = ("-m", "django", "check", "--deploy", "--fail-level", "WARNING")
    said = started(*check, SECRET_KEY=LONG, ALLOWED_HOSTS="map.example.org")
    assert said.returncode == 0, said.stderr


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"ALLOWED_HOSTS": "map.example.org"}, "Set SECRET_KEY in the environment"),
        ({"SECRET_KEY": LONG}, "Set ALLOWED_HOSTS in the environment"),
        ({}, "Set SECRET_KEY and ALLOWED_HOSTS in the environment"),
    ],
)
def test_the_server_refuses_to_start_half_set_up(given, missing):
    said = started("-c", "import geoportal.wsgi", **given)
    assert said.returncode == 1
    assert missing in said.stderr.splitlines()[-1]


def test_a_basemap_that_is_no_address_is_named():
    said = started(
        "-c", "import geoportal.wsgi", SECRET_KEY=LONG, ALLOWED_HOSTS="map.example.org", BASEMAP_URL="osm"
    )
    assert said.returncode == 1
    assert "BASEMAP_URL: expected an address such as" in said.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://tiles.example.org/{z}/{x}/{y}.png", "https://tiles.example.org"),
        ("https://{s}.tiles.example.org/{z}/{x}/{y}.png?key=1", "https://*.tiles.example.org"),
        ("http://127.0.0.1:8080/{z}/{x}/{y}.png", "http://127.0.0.1:8080"),
    ],
)
def test_the_policy_names_the_origin_of_the_basemap(address, origin):
    assert values.origin("BASEMAP_URL", address) == origin


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", None),
        ("ban", ("ban", "")),
        ("photon:https://photon.example.org/", ("photon", "https://photon.example.org")),
        ("nominatim:http://127.0.0.1:8080/geo", ("nominatim", "http://127.0.0.1:8080/geo")),
    ],
)
def test_a_geocoder_is_named_with_or_without_its_address(text, meant):
    assert values.geocoder("GEOCODER", text) == meant


@pytest.mark.parametrize(
    "text",
    ["osm", "photon:ftp://a.example", "ban:https://a:b@c.example", "ban:https://[", "ban:file:///etc/x"],
)
def test_a_geocoder_that_is_none_is_named(text):
    with pytest.raises(ImproperlyConfigured, match="GEOCODER: expected one of ban"):
        values.geocoder("GEOCODER", text)


def test_a_time_zone_is_one_that_exists():
    assert values.time_zone("TIME_ZONE", "Europe/Paris") == "Europe/Paris"
    with pytest.raises(
        ImproperlyConfigured, match="TIME_ZONE: expected a zone such as Europe/Paris, came “Paris”"
    ):
        values.time_zone("TIME_ZONE", "Paris")


def test_production_keeps_cookies_and_frames_to_itself():
    names = ["DEBUG", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "X_FRAME_OPTIONS"]
    code = f"from django.conf import settings; print([getattr(settings, name) for name in {names}])"
    said = started("-c", code, SECRET_KEY=LONG, ALLOWED_HOSTS="map.example.org")
    assert said.stdout.strip() == "[False, True, True, True, 'DENY']"
