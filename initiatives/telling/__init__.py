"""One letter with all that happened to what somebody handed in or suggested, at most one an hour."""
