"""How initiatives are reviewed, vouched for and kept right."""

import environ

env = environ.Env()

# Whoever decides for others signs in with two things.
REVIEWERS_NEED_SECOND_FACTOR = env.bool("REVIEWERS_NEED_SECOND_FACTOR", default=True)
# How long a reviewer who has taken on an initiative keeps it.
REVIEW_CLAIM_MINUTES = env.int("REVIEW_CLAIM_MINUTES", default=30)
# After how long its people are asked whether what is published is still right, and about how many a night at most.
CONFIRM_AFTER_DAYS = env.int("CONFIRM_AFTER_DAYS", default=365)
CONFIRM_BATCH = env.int("CONFIRM_BATCH", default=500)
# How many websites of initiatives the worker looks at in a night.
SITE_CHECK_BATCH = env.int("SITE_CHECK_BATCH", default=200)
# How many neighbours have to vouch for what waits before it is published without a moderator, 0 for never, and how
# many days it waits at least.
VOUCHES_NEEDED = env.int("VOUCHES_NEEDED", default=0)
VOUCH_DAYS = env.int("VOUCH_DAYS", default=7)
# How long what a source no longer names stays on the map.
IMPORT_GRACE_DAYS = env.int("IMPORT_GRACE_DAYS", default=30)
# An import stops and asks where more than a few records of a network, and more than these per cent, would go or change.
IMPORT_MOST_GONE = env.int("IMPORT_MOST_GONE", default=20)
IMPORT_MOST_CHANGED = env.int("IMPORT_MOST_CHANGED", default=50)
IMPORT_FEW = env.int("IMPORT_FEW", default=20)
# How large a file may be that is handed in on a page; `manage.py import_initiatives` takes larger ones.
IMPORT_UPLOAD_MEGABYTES = env.int("IMPORT_UPLOAD_MEGABYTES", default=25)
