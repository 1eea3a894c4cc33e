"""Matching: which documents a payment settles."""
