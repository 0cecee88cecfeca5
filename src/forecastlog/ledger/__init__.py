"""Text <-> records: what stands below ``predictions/``, read and edited."""

from forecastlog.ledger.loaded import Loaded
from forecastlog.ledger.loader import find_ledger, is_ledger, load

__all__ = ["Loaded", "find_ledger", "is_ledger", "load"]
