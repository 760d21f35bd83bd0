"""Meetings of groups, by day and in calendars."""
