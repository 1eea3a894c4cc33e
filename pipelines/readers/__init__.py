"""Readers, one per file format: path in, frames out. See README.md."""
