"""The jury: who is in it, what it thinks of each nomination, and what is selected."""
