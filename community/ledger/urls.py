"""Pages of the ledger, below the language."""

from django.urls import path

from . import views

pages = [
    path("contributions/", views.explained, name="contributions"),
    path("accounts/contributions/", views.mine, name="account_contributions"),
    path("accounts/contributions/contributions.csv", views.mine_csv, name="account_contributions_csv"),
]
