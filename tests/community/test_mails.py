"""Mails about accounts."""

import pytest
from django.core import mail
from django.urls import reverse


@pytest.mark.django_db
def test_mails_call_the_site_by_its_name(client):
    client.post(
        reverse("account_signup"),
        {"email": "new@demo.example", "password1": "a-long-password-1", "password2": "a-long-password-1"},
    )
    (sent,) = mail.outbox
    assert sent.subject.startswith("[Social Planet]")
    assert "Social Planet" in sent.body
    assert "http://testserver/" in sent.body
