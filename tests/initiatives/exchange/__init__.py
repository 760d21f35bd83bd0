"""Offers and needs."""
