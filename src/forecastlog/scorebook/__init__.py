"""Records -> frames -> rows of scores: which forecast counts when, grouping, names back on."""
