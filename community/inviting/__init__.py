"""Invitations by mail: what those to groups and to spaces have in common."""
