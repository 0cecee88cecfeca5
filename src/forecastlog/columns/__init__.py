"""What tables show: every column once, with its meaning and its value.

A column shows a key that people write, with the key's meaning, or derives a value. The database, ``list``,
``show``, their JSON and the pages read these tables, so that a new key of a prediction is a column of all of
them by itself. ``ids`` has the public ids of entries; each other file has tables.
"""
