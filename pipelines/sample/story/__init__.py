"""The departments of the company: each lives its day, hears what others tell, and tells in turn."""
