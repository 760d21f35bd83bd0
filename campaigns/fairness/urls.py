"""Addresses of flags, for those who run a campaign."""

from django.urls import path

from . import views

urlpatterns = [
    path("<slug:slug>/flags/", views.flags, name="flags"),
    path("<slug:slug>/flags/<int:pk>/", views.flag, name="flag"),
]
