"""Pages of the relay, below the language."""

from django.urls import path

from .views import moderation, protecting, writing

pages = [
    path("members/<uuid:member_uuid>/write/", writing.write, name="member_write"),
    path("members/<uuid:member_uuid>/block/", protecting.block, name="member_block"),
    path("members/<uuid:member_uuid>/unblock/", protecting.unblock, name="member_unblock"),
    path("members/<uuid:member_uuid>/report/", protecting.report, name="member_report"),
    path("members/reply/<str:token>/", writing.reply, name="member_reply"),
    path("moderation/members/", moderation.listing, name="moderation_members"),
    path("moderation/members/<int:pk>/close/", moderation.close, name="moderation_member_close"),
]
