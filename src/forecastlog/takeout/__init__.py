"""What is logged, for others to take along: tables, a data package, rows of days, other platforms' files."""
