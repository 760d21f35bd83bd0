"""Likes: given and taken back under the caps, by members and, where a campaign says so, by mailed code."""
