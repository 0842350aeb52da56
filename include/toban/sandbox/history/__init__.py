"""Histories for the sandbox: read from a file, or made up from a seed."""

from toban.sandbox.history.files import History, HistoryError, load_history, write_history
from toban.sandbox.history.generate import generate_history
from toban.sandbox.history.seeded import seeded_history

__all__ = ["History", "HistoryError", "generate_history", "load_history", "seeded_history", "write_history"]
