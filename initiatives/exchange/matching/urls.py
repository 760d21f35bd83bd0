"""Routes of matching, in the namespace of offers and needs."""

from django.urls import path

from . import views

urlpatterns = [
    path("matches/", views.mine, name="matches"),
    path("matches/letters/<str:token>/", views.letters, name="match_letters"),
    path("solutions/", views.solutions, name="solutions"),
    path("<int:pk>/matches/<int:other>/dismiss/", views.dismiss, name="match_dismiss"),
    path("<int:pk>/matches/mails/", views.wants, name="match_mails"),
]
