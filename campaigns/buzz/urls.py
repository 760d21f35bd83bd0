"""Addresses below that of a campaign."""

from django.urls import path

from . import views

pages = [
    path("<slug:slug>/figures/", views.over_time, name="figures"),
    path("<slug:slug>/figures.csv", views.figures_csv, name="figures_csv"),
    path("<slug:slug>/<int:pk>/share/", views.share, name="share"),
]
