"""Reviewing: the queue, an initiative at hand, who has taken it on, decisions one by one or many at once."""
