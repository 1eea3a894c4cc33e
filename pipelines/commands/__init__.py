"""What each `tieout` command does; words for people on stdout, progress on stderr."""
