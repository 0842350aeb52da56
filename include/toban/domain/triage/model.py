"""A trained model: a weight for each feature, and until when it may be trusted."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

# It is trained weekly: after two trainings that did not come it is no longer this company's present.
STALE = timedelta(days=21)


@dataclass(frozen=True)
class Model:
    """``checked_at`` is when it last held its own against newer incidents; aware, UTC."""

    version: str
    bias: float
    weights: tuple[float, ...]
    checked_at: datetime

    def probability(self, values: Sequence[float]) -> float:
        """That an alert with these features ends soon and by itself [0, 1]."""
        score = self.bias + sum(weight * value for weight, value in zip(self.weights, values, strict=True))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))

    def stale(self, now: datetime) -> bool:
        """Whether nobody has checked it for too long."""
        return now - self.checked_at > STALE
