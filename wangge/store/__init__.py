"""Where communities come from and go to: files, checks, privacy."""
