"""Collectives seen from their initiatives: who looks after them, who vouches, their page and its facts."""
