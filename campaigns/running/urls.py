"""Pages for those who run campaigns."""

from django.urls import path

from .views import keeping

pages = [
    path("new/", keeping.new, name="new"),
    path("running/", keeping.running, name="running"),
    path("<slug:slug>/edit/", keeping.edit, name="edit"),
    path("<slug:slug>/announce/", keeping.announce, name="announce"),
    path("<slug:slug>/again/", keeping.again, name="again"),
    path("<slug:slug>/nominations/", keeping.nominations, name="nominations"),
]
