"""How often letters go, in words that cost nothing to read: enums name them where no letter is written."""

DAILY, WEEKLY = "daily", "weekly"
PERIODS = (DAILY, WEEKLY)
