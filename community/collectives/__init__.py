"""Collectives run by their people: founded, claimed, invited to, looked after."""
