"""Other people's files -> machine records.

A module a format, which finds questions, forecasts and outcomes in it.

``found.py`` has what an importer finds, ``records.py`` makes lines of it, ``rows.py`` reads tables of any
kind within bounds, ``cells.py`` reads what stands in their cells.
"""
