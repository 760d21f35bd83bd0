"""Letters that the site writes, and what is remembered of the addresses they go to."""
