"""Pages of the room, below the language."""

from django.urls import path

from . import views

pages = [
    path("accounts/tokens/", views.access_tokens, name="access_tokens"),
    path("accounts/tokens/<int:pk>/revoke/", views.revoke_access_token, name="revoke_access_token"),
]
