"""Pages of offers and needs, below the language."""

from django.urls import path

from .matching import urls as matching
from .talking import urls as talking
from .views import reading, writing

app_name = "exchange"
urlpatterns = [
    *talking.pages,
    *matching.urlpatterns,
    path("", reading.listing, name="list"),
    path("publish/", writing.publish, name="publish"),
    path("mine/", reading.mine, name="mine"),
    path("renew/<str:token>/", writing.renewing, name="renewing"),
    path("<int:pk>/", reading.one, name="one"),
    path("<int:pk>/edit/", writing.edit, name="edit"),
    path("<int:pk>/renew/", writing.renew, name="renew"),
    path("<int:pk>/withdraw/", writing.withdraw, name="withdraw"),
]
