"""The records of a ledger: frozen values and their invariants, knowing nothing about files.

Defaults are filled when a record is read, so that nobody downstream asks again: a prediction always has
``made`` and ``speaker``, a forecast always has ``made`` and ``by``. What is optional in the field is None
or an empty tuple here.

    moments -> forecasts, outcomes, notes -> records -> ledger <- settings
"""
