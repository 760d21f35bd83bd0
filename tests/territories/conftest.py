"""The real boundaries and towns, loaded once for this folder."""

import io

import pytest
from django.core.management import call_command
from django.db import transaction


@pytest.fixture(scope="package")
def reference(django_db_setup, django_db_blocker):
    """What load_reference loads; taken away after the last test that reads it."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_reference", stdout=io.StringIO())
        yield
        transaction.set_rollback(True)
