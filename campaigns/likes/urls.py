"""Addresses of the button and of the code by mail, below that of a campaign."""

from django.urls import path

from . import views, views_code

urlpatterns = [
    path("<slug:slug>/code/", views_code.address, name="code"),
    path("<slug:slug>/code/enter/", views_code.enter, name="code_enter"),
    path("<slug:slug>/<int:pk>/like/", views.like, name="like"),
    path("<slug:slug>/<int:pk>/unlike/", views.unlike, name="unlike"),
]
