"""Figures of a benchmark beside their targets."""


class Report:
    """Prints a line a figure and remembers whether all targets were met."""

    def __init__(self) -> None:
        self.missed = 0

    def line(self, what: str, value: float, target: float | None = None, unit: str = "") -> None:
        """Print a figure beside its target."""
        verdict = "" if target is None else f"   at most {target:g}: {'met' if value <= target else 'MISSED'}"
        self.missed += target is not None and value > target
        print(f"  {what:<52}{value:10.2f}{unit}{verdict}")
