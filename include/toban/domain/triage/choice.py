"""Which model serves from now on: a new one has to prove itself on what neither has learned from."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Errors:
    """Brier scores on the same newer incidents: of the new model, the one that served, the base rate."""

    new: float
    old: float | None
    base_rate: float


@dataclass(frozen=True)
class Choice:
    """``new`` or ``old`` serves; neither where both know no more than the base rate."""

    serves: str | None
    reason: str


def choose(errors: Errors) -> Choice:
    """The better one, if it is of any use; of equals the one that serves already."""
    old_is_better = errors.old is not None and errors.old <= errors.new
    best = errors.old if old_is_better and errors.old is not None else errors.new
    if best >= errors.base_rate:
        return Choice(None, f"no better than the base rate ({best:.4f} to {errors.base_rate:.4f})")
    if old_is_better:
        return Choice("old", f"no better than the model that serves ({errors.new:.4f} to {errors.old:.4f})")
    before = "there was none before" if errors.old is None else f"the one before has {errors.old:.4f}"
    return Choice("new", f"a Brier score of {errors.new:.4f}; {before}, the base rate {errors.base_rate:.4f}")
