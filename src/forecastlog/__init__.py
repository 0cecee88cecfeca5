"""A ledger of public predictions: logged, resolved, scored and published."""

__version__ = "0.1.0"
