"""Pages of topics and posts, below the language."""

from django.urls import path

from .views import keeping, letters, reading, writing

POST = "groups/<slug:slug>/topics/<int:topic_pk>/posts/<int:pk>/"
pages = [
    path("groups/<slug:slug>/topics/", reading.topics, name="topics"),
    path("groups/<slug:slug>/topics.atom", reading.feed, name="topics_feed"),
    path("groups/<slug:slug>/topics/new/", writing.new, name="topic_new"),
    path("groups/<slug:slug>/topics/announce/", writing.announce, name="topic_announce"),
    path("groups/<slug:slug>/topics/reports/", keeping.reports, name="topic_reports"),
    path(
        "groups/<slug:slug>/topics/reports/<int:pk>/close/", keeping.close_report, name="topic_report_close"
    ),
    path("groups/<slug:slug>/topics/<int:pk>/", reading.topic, name="topic"),
    path("groups/<slug:slug>/topics/<int:pk>/reply/", writing.reply, name="topic_reply"),
    path("groups/<slug:slug>/topics/<int:pk>/keep/", keeping.keep, name="topic_keep"),
    path("groups/<slug:slug>/topics/<int:pk>/change/", keeping.change, name="topic_change"),
    path("groups/<slug:slug>/topics/<int:pk>/move/", keeping.move, name="topic_move"),
    path(f"{POST}edit/", writing.edit, name="post_edit"),
    path(f"{POST}take-back/", writing.take_back, name="post_take_back"),
    path(f"{POST}report/", keeping.report, name="post_report"),
    path(f"{POST}keep/", keeping.post_keep, name="post_keep"),
    path("groups/<slug:slug>/names/", reading.proposed_names, name="group_names"),
    path("groups/<slug:slug>/attachments/<int:pk>/", reading.attachment, name="topic_attachment"),
    path("letters/groups/<str:token>/", letters.group_letters, name="group_letters"),
    path("accounts/posts/", writing.account_posts, name="account_posts"),
]
