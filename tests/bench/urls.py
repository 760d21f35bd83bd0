"""The site's addresses, a view that asks the database for 1, one that writes a row, and the reference for items."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path

from geoportal.urls import handler400, handler404, handler500
from geoportal.urls import urlpatterns as site

from . import drf, views

__all__ = ["handler400", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("bench/one/", login_not_required(views.one)),
    path("bench/matches/<int:pk>/", login_not_required(views.matches)),
    path("bench/row/", views.row),
    path("bench/features/", login_not_required(drf.FeatureList.as_view())),
    *site,
]
