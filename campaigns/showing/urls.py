"""Pages that everyone reads, below the address of a campaign."""

from django.urls import path

from . import views

pages = [
    path("<slug:slug>/rule/", views.rule, name="rule"),
    path("<slug:slug>/<int:pk>/", views.nominee, name="nominee"),
]
