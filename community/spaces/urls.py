"""Pages of spaces and their people; a space itself and its form show the map and stand in the room of initiatives."""

from django.urls import path

from .resources import views as resources
from .views import founding, invitation, listing, people

pages = [
    path("spaces/", founding.spaces, name="spaces"),
    path("spaces/new/", founding.new, name="space_new"),
    path("spaces/invitation/<str:token>/", invitation.invitation, name="space_invited"),
    path("spaces/<slug:slug>/logo/", founding.logo, name="space_logo"),
    path("spaces/<slug:slug>/archive/", founding.archive, name="space_archive"),
    path("spaces/<slug:slug>/leave/", founding.leave, name="space_leave"),
    path("spaces/<slug:slug>/members/", listing.members, name="space_members"),
    path("spaces/<slug:slug>/resources/", resources.resources, name="space_resources"),
    path("spaces/<slug:slug>/resources/<int:pk>/", resources.resource, name="space_resource"),
    path("spaces/<slug:slug>/resources/<int:pk>/file/", resources.file, name="space_file"),
    path("spaces/<slug:slug>/people/", people.people, name="space_people"),
    path("spaces/<slug:slug>/people/<int:pk>/", people.membership, name="space_membership"),
    path("spaces/<slug:slug>/invitations/<int:pk>/", people.invitation, name="space_invitation"),
]
