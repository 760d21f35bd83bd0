"""Passkeys as a second factor: what allauth asks of the browser, made proof against answers that no browser gives."""

import json
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as webauthn
from allauth.mfa.webauthn.internal.auth import parse_registration_response
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LONGEST_NAME = 60
# What reading signed bytes raises besides what allauth expects: they come from whoever is there, nested as they like.
UNREADABLE = (
    ArithmeticError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
)
# All that is read again; whatever else came with it is not kept.
KEPT = ("id", "rawId", "type", "response")


@contextmanager
def _refusing(told: str) -> Iterator[None]:
    """Say in our words that a passkey does not do; that there were too many attempts stays allauth's word."""
    try:
        yield
    except ValidationError as error:
        if error.code != "incorrect_code":
            raise
        raise ValidationError(told, code=error.code) from error
    except UNREADABLE as error:
        raise ValidationError(told, code="incorrect_code") from error


class NameField(forms.CharField):
    """What a member calls a passkey."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=gettext_lazy("Name"), max_length=LONGEST_NAME, **kwargs)


class CredentialField(forms.JSONField):
    """What the browser says, in JSON; nothing where it runs no script."""

    widget = forms.HiddenInput
    default_error_messages = {
        "required": gettext_lazy("No passkey came: press the button, and the browser asks for it."),
        "invalid": gettext_lazy("This passkey was not accepted. Try again."),
    }

    def to_python(self, value: Any) -> Any:
        """JSON that is nested or counts beyond what Python reads is refused as what is none."""
        try:
            return super().to_python(value)
        except (RecursionError, ValueError) as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error

    def bound_data(self, data: Any, initial: Any) -> None:
        """What was sent is good once: the page never shows it again."""

    def prepare_value(self, value: Any) -> str:
        """A script fills it in."""
        return ""


class AddForm(webauthn.AddWebAuthnForm):
    """A new passkey and its name."""

    name = NameField(required=False)
    credential = CredentialField()

    def clean(self) -> dict:
        """Keep what the browser signed, written anew, and nothing else."""
        with _refusing(_("This passkey was not accepted. Try again.")):
            cleaned = super().clean()
            if cleaned.get("credential"):
                read = dict(parse_registration_response(cleaned["credential"]))
                cleaned["credential"] = json.loads(json.dumps({name: read[name] for name in KEPT}))
        return cleaned


class _Shown:
    """A passkey that is shown, whichever form takes it."""

    def clean_credential(self) -> Authenticator:
        """Whose it is."""
        with _refusing(_("This passkey was not accepted. Try again.")):
            return super().clean_credential()


class AuthenticateForm(_Shown, webauthn.AuthenticateWebAuthnForm):
    """A passkey after the password."""

    credential = CredentialField()


class ConfirmForm(_Shown, webauthn.ReauthenticateWebAuthnForm):
    """A passkey before something that protects the account."""

    credential = CredentialField()


class RenameForm(webauthn.EditWebAuthnForm):
    """Another name for a passkey."""

    name = NameField()
