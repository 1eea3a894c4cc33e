"""Dagster shells: one file per stage, no arithmetic and no SQL text."""
