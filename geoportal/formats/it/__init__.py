"""Italian, without the weekday and the nought that Django puts before a day."""
