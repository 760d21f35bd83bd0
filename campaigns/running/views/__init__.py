"""Pages for those who run campaigns."""
