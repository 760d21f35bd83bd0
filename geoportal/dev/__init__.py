"""Helps while developing; reachable only while DEBUG is on."""
