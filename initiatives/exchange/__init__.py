"""Offers and needs: who publishes one, what answers it, what fits it, and when its time is over."""
