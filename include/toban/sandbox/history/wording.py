"""Fills the changing parts of titles and notes: hosts, percentages, identifiers."""

from random import Random

_RANGES = {
    "pct": (81, 99),
    "low": (6, 18),
    "fair": (42, 71),
    "small": (2, 9),
    "load": (9, 24),
    "min": (11, 95),
    "count": (102, 9800),
    "ms": (1510, 9800),
    "code": (100, 480),
    "id": (100_000, 999_999),
}
_POD = "bcdfghjklmnpqrstvwxz2456789"  # the letters Kubernetes uses in names of pods


class _Values(dict[str, str]):
    def __init__(self, rng: Random, host: str) -> None:
        super().__init__(host=host)
        self._rng = rng

    def __missing__(self, name: str) -> str:
        if name == "pod":
            return "".join(self._rng.choices(_POD, k=5))
        return str(self._rng.randint(*_RANGES[name]))


def fill(template: str, rng: Random, host: str) -> str:
    """The template with its {fields} filled; raises KeyError for a field that is not known."""
    return template.format_map(_Values(rng, host))
