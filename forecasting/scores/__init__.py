"""Scores that help people to choose where to look first. They rank; rules decide."""
