"""Pages of the room, below the language."""

from django.urls import path

from .views import data, profile, tokens

pages = [
    path("accounts/profile/", profile.account_profile, name="account_profile"),
    path("accounts/data/", data.account_data, name="account_data"),
    path("accounts/data/erase/", data.account_erase, name="account_erase"),
    path("accounts/tokens/", tokens.access_tokens, name="access_tokens"),
    path("accounts/tokens/<int:pk>/revoke/", tokens.revoke_access_token, name="revoke_access_token"),
    path("members/<uuid:member_uuid>/", profile.member, name="member"),
]
