"""What each measure is, in the very SQL that computes it: for the page that explains the figures."""

import re

from toban.clients.warehouse.texts import sql_text

FRAGMENTS = ("incident_measures", "incident_load", "incident_noise")
_MEASURE = re.compile(r"^\s*(.+) as (\w+),?  -- .+$", re.MULTILINE)


def measure_sql() -> dict[str, str]:
    """Measure -> the expression over incidents that gives it, in the order of the fragments."""
    return {
        name: expression
        for fragment in FRAGMENTS
        for expression, name in _MEASURE.findall(sql_text(f"fragments/{fragment}.sql"))
    }
