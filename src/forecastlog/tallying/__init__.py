"""Scores of forecasts in files of any size.

A source and an engine -> a Tally -> rows -> tables for Datasette.
"""
