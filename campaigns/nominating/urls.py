"""Pages of who puts an initiative forward, and of its people, below the address of a campaign."""

from django.urls import path

from . import views

pages = [
    path("<slug:slug>/nominate/", views.nominate, name="nominate"),
    path("<slug:slug>/<int:pk>/answer/", views.answer, name="answer"),
    path("<slug:slug>/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
]
