"""Processes beside a test that work in its database."""

import os

from django.db import connection


def environment() -> dict[str, str]:
    """What such a process finds in its environment."""
    address = connection.settings_dict
    return {
        "DJANGO_SETTINGS_MODULE": "geoportal.settings.test",
        **os.environ,
        "DATABASE_URL": f"postgis://{address['USER']}@/{address['HOST']}/{address['NAME']}",
    }
