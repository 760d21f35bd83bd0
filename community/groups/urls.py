"""Pages of groups and their people; that of a group itself shows initiatives too and stands in their room."""

from django.urls import path

from .views import founding, invitation, listing, own, people

pages = [
    path("groups/", listing.groups, name="groups"),
    path("groups/new/", founding.new, name="group_new"),
    path("groups/invitation/<str:token>/", invitation.invitation, name="group_invited"),
    path("groups/<slug:slug>/edit/", founding.edit, name="group_edit"),
    path("groups/<slug:slug>/archive/", founding.archive, name="group_archive"),
    path("groups/<slug:slug>/members/", listing.members, name="group_members"),
    path("groups/<slug:slug>/people/", people.people, name="group_people"),
    path("groups/<slug:slug>/people/<int:pk>/", people.membership, name="group_membership"),
    path("groups/<slug:slug>/requests/<int:pk>/", people.asked, name="group_request"),
    path("groups/<slug:slug>/invitations/<int:pk>/", people.invitation, name="group_invitation"),
    path("groups/<slug:slug>/join/", own.join, name="group_join"),
    path("groups/<slug:slug>/withdraw/", own.withdraw, name="group_withdraw"),
    path("groups/<slug:slug>/leave/", own.leave, name="group_leave"),
    path("groups/<slug:slug>/mail/", own.mail, name="group_mail"),
    path("groups/<slug:slug>/hand-over/", own.hand_over, name="group_hand_over"),
]
