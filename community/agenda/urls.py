"""Pages of the agenda, below the language, and its machine door, without."""

from django.urls import path

from . import views

pages = [
    path("agenda/", views.agenda, name="agenda"),
    path("groups/<slug:slug>/agenda.ics", views.group_feed, name="group_agenda"),
    path("groups/<slug:slug>/topics/<int:pk>/meeting.ics", views.meeting, name="meeting"),
]

machine = {"feeds/agenda.ics": (views.feed, "agenda_feed")}
