"""Pages of the room."""

from django.urls import include, path

from .buzz import urls as buzz
from .fairness import urls as fairness
from .jury import urls as jury
from .likes import urls as likes
from .mapping import api
from .nominating import urls as nominating
from .running import urls as running
from .showing import urls as showing
from .showing import views

inner = [
    *running.pages,
    *nominating.pages,
    *jury.pages,
    *showing.pages,
    *buzz.pages,
    *likes.urlpatterns,
    *fairness.urlpatterns,
]

pages = [
    path("campaigns/", views.campaigns, name="campaigns"),
    path("campaigns/", include((inner, "campaigns"))),
    path("campaigns/<slug:slug>/", views.campaign, name="campaign"),
]

# Views of Django REST framework, which answer problems themselves.
rest = {
    "api/campaigns/": (api.CampaignList.as_view(), "api_campaigns"),
    "api/campaigns/<str:name>/": (api.CampaignItem.as_view(), "api_campaign"),
}
