"""The status of a record on a day: what is due, what was told, and the hour of resolving."""
