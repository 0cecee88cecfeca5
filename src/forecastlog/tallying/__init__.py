"""Scores of forecasts in files of any size: a source and an engine -> a Tally -> rows -> tables for Datasette."""
