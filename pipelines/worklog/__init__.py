"""What people and runs noted about our own answers, kept outside every build."""
