"""Invitations by mail, and pages of people: what collectives, groups and spaces have in common."""
