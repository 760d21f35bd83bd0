"""Pages of the jury, below the address of a campaign."""

from django.urls import path

from . import views

pages = [
    path("<slug:slug>/jury/", views.jury, name="jury"),
    path("<slug:slug>/jury/<int:pk>/judge/", views.judge, name="judge"),
    path("<slug:slug>/jury/<int:pk>/conflict/", views.conflict, name="conflict"),
    path("<slug:slug>/jury/<int:pk>/select/", views.select, name="select"),
    path("<slug:slug>/jurors/", views.jurors, name="jurors"),
    path("<slug:slug>/jurors/<int:pk>/", views.unseat, name="unseat"),
]
