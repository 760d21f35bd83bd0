"""Handing in an initiative, with or without an account."""
