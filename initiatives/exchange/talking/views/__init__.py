"""Pages of conversations, of what comes of them, and of reports."""
