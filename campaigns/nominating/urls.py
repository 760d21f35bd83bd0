"""Pages of who puts an initiative forward, and of its people, below the address of a campaign."""

from django.urls import path

from . import views, views_revising

pages = [
    path("<slug:slug>/nominate/", views.nominate, name="nominate"),
    path("<slug:slug>/<int:pk>/answer/", views.answer, name="answer"),
    path("<slug:slug>/<int:pk>/revise/", views_revising.revise, name="revise"),
    path("<slug:slug>/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
]
