"""What has a date in groups: the page by day, and calendars for other programs."""
