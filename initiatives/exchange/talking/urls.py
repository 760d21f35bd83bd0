"""Pages of conversations and reports: below `exchange/` in its namespace, and those of moderators beside the others."""

from django.urls import path

from .views import conversations, moderation, settling

pages = [
    path("conversations/", conversations.mine, name="conversations"),
    path("<int:pk>/answer/", conversations.answer, name="answer"),
    path("<int:pk>/conversations/<int:number>/", conversations.talk, name="talk"),
    path("<int:pk>/settle/", settling.settle, name="settle"),
    path("<int:pk>/report/", settling.report, name="report"),
]
moderation = [
    path("moderation/exchange/", moderation.listing, name="moderation_exchange"),
    path("moderation/exchange/<int:pk>/close/", moderation.close, name="moderation_exchange_close"),
]
