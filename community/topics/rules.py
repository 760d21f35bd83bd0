"""Who may do what with topics and posts; reading goes by Group.objects.visible_to() alone.

Where the author of a post runs the group, reports on it are for those who look after all groups.
"""

import rules

from ..groups import rules as groups


@rules.predicate
def wrote(member, post) -> bool:
    """The post is one's own."""
    return post is not None and post.author_id == member.pk


@rules.predicate
def may_write_there(member, post) -> bool:
    """Belongs to the group of the post, where something still goes on."""
    return post is not None and member.has_perm("community.write_in_group", post.topic.group)


@rules.predicate
def may_run_there(member, post) -> bool:
    """Keeps order in the group of the post, also in one that is archived: what is wrong there is read all the same."""
    return post is not None and member.has_perm("community.archive_group", post.topic.group)


@rules.predicate
def began(member, topic) -> bool:
    """The topic is one's own, and goes on."""
    return topic is not None and topic.author_id == member.pk and topic.closed_at is None


@rules.predicate
def may_write_under(member, topic) -> bool:
    """Belongs to the group of the topic, where something still goes on."""
    return topic is not None and member.has_perm("community.write_in_group", topic.group)


@rules.predicate
def may_run_over(member, topic) -> bool:
    """Runs the group of the topic."""
    return topic is not None and member.has_perm("community.run_group", topic.group)


@rules.predicate
def may_settle(member, report) -> bool:
    """Keeps order there, and is no colleague of whom the report is about."""
    if report is None or not member.has_perm("community.archive_group", report.post.topic.group):
        return False
    author = report.post.author
    if author is None:
        return True
    runs_it_too = groups.animates(author, report.post.topic.group)
    return author.pk != member.pk and (not runs_it_too or groups.oversees(member))


rules.add_perm("community.edit_post", groups.signed_in & wrote & may_write_there)
# Also from a group that one has left, or that is archived.
rules.add_perm("community.take_back_post", groups.signed_in & wrote)
# Who calls a meeting also puts it off.
rules.add_perm("community.change_topic", groups.signed_in & (may_run_over | (began & may_write_under)))
rules.add_perm("community.hide_post", groups.signed_in & may_run_there)
rules.add_perm("community.report_post", groups.signed_in & ~wrote)
rules.add_perm("community.close_post_report", groups.signed_in & may_settle)
