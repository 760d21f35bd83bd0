"""Pages of the room, below the language."""

from django.urls import path

from ..letters import views as letters
from .views import data, directory, passkeys, profile, tokens

pages = [
    path("accounts/profile/", profile.account_profile, name="account_profile"),
    path("accounts/data/", data.account_data, name="account_data"),
    path("accounts/data/erase/", data.account_erase, name="account_erase"),
    path("accounts/tokens/", tokens.access_tokens, name="access_tokens"),
    path("accounts/tokens/<int:pk>/revoke/", tokens.revoke_access_token, name="revoke_access_token"),
    # Before allauth's, whose names they take.
    path("accounts/2fa/webauthn/", passkeys.passkeys, name="mfa_list_webauthn"),
    path(
        "accounts/2fa/webauthn/reauthenticate/",
        passkeys.Confirm.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
    path("accounts/letters/", letters.account_letters, name="account_letters"),
    path("letters/<str:token>/", letters.letters, name="letters"),
    path("members/", directory.members, name="members"),
    path("members/<uuid:member_uuid>/", profile.member, name="member"),
]
