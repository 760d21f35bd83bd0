"""What members agreed to and when, and what was deleted because its time was over."""
