"""Answering offers and needs: conversations that only both sides read, what comes of them, reports to moderators."""
