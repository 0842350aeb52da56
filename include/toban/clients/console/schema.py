"""What may be asked about: the tables with each column's meaning, and the example queries."""

from collections.abc import Mapping, Sequence
from typing import Any

from toban.clients.warehouse import Snapshot
from toban.clients.warehouse.texts import first_line, sql_files, sql_text


def tables(snapshot: Snapshot) -> Sequence[Mapping[str, Any]]:
    """Each table and view: ``name``, ``meaning`` and ``columns`` of ``name``, ``type`` and ``meaning``."""
    found: dict[str, dict[str, Any]] = {}
    for row in snapshot.rows(sql_text("queries/console_schema.sql")):
        table = found.setdefault(
            row["relation"], {"name": row["relation"], "meaning": row["meaning"] or "", "columns": []}
        )
        column = {
            "name": row["column_name"],
            "type": row["data_type"],
            "meaning": row["column_meaning"] or "",
        }
        table["columns"].append(column)
    return list(found.values())


def examples(language_code: str) -> Sequence[Mapping[str, str]]:
    """Each example's ``name``, the question it answers in that language, and its ``sql``."""
    return [
        {"name": name, "question": _question(text, language_code), "sql": text}
        for name, text in sql_files("examples")
    ]


def _question(text: str, language_code: str) -> str:
    """The first line asks in English, the second in Japanese."""
    return first_line(text.partition("\n")[2] if language_code == "ja" else text)
