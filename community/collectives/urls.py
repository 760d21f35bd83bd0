"""Pages of collectives and their people, below the language; before those of initiatives, for `new`."""

from django.urls import path

from .views import founding, invitation, people

pages = [
    path("collectives/new/", founding.new, name="collective_new"),
    path("collectives/<slug:slug>/claim/", founding.claim, name="collective_claim"),
    path("collectives/<slug:slug>/claim/<str:token>/", founding.confirm, name="collective_claim_confirm"),
    path(
        "collectives/<slug:slug>/claims/<int:pk>/withdraw/",
        founding.withdraw,
        name="collective_claim_withdraw",
    ),
    path("collectives/<slug:slug>/again/", founding.again, name="collective_again"),
    path("collectives/<slug:slug>/people/", people.people, name="collective_people"),
    path("collectives/<slug:slug>/people/<int:pk>/", people.membership, name="collective_membership"),
    path("collectives/<slug:slug>/invitations/<int:pk>/", people.invitation, name="collective_invitation"),
    path("collectives/<slug:slug>/leave/", people.leave, name="collective_leave"),
    path("invitations/<str:token>/", invitation.invitation, name="invitation"),
]
