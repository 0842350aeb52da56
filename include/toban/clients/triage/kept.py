"""Trained models in the warehouse: plain numbers in JSON, checked when they are read."""

import math
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson

from toban.clients.warehouse import Snapshot
from toban.clients.warehouse.texts import sql_text
from toban.domain.triage.features import NAMES
from toban.domain.triage.model import Model


def serving(snapshot: Snapshot) -> Model | None:
    """The model that judges alerts now; None without one that fits this version of Toban.

    Raises WarehouseError.
    """
    rows = snapshot.rows(sql_text("queries/triage_model.sql"))
    return _model(rows[0]) if rows else None


def weights_json(bias: float, weights: Mapping[str, float]) -> str:
    """A model's numbers as they are kept."""
    return orjson.dumps({"bias": bias, **weights}).decode()


def _model(row: Mapping[str, Any]) -> Model | None:
    try:
        numbers = {name: float(number) for name, number in orjson.loads(row["weights"]).items()}
    except (ValueError, TypeError, AttributeError):
        return None
    if numbers.keys() != {"bias", *NAMES} or not all(map(math.isfinite, numbers.values())):
        return None
    checked_at: datetime = row["checked_at"]
    return Model(row["version"], numbers["bias"], tuple(numbers[name] for name in NAMES), checked_at)
