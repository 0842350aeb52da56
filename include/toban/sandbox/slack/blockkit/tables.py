"""Tables and charts as blocks: table, data_table and data_visualization."""

from collections.abc import Iterator, Mapping
from typing import Any

from toban.sandbox.slack.blockkit.blocks import block, list_in
from toban.sandbox.slack.blockkit.rich_text import rich_text
from toban.sandbox.slack.blockkit.rules import (
    Rule,
    all_of,
    boolean,
    by_type,
    items,
    number,
    one_of,
    problem,
    shape,
    string,
)

CONTENT_CHARACTERS = 20_000  # all cells of a data_table together

_cell = by_type(
    {
        "raw_text": shape({"text": string(least=1)}),
        "raw_number": shape({"value": number()}, {"text": string(least=1)}),
        "rich_text": rich_text,
    }
)
_column = shape({}, {"is_wrapped": boolean, "align": one_of("left", "center", "right")})


def _rows_fit(value: Any, pointer: str) -> Iterator[str]:
    rows = [row for row in list_in(value, "rows") if isinstance(row, list)]
    widths = {len(row) for row in rows}
    if len(widths) > 1:
        yield problem("every row must have the same number of cells", f"{pointer}/rows")
    settings = value.get("column_settings")
    if isinstance(settings, list) and widths and len(settings) != max(widths):
        yield problem("must have one entry for each column", f"{pointer}/column_settings")


def _content_fits(value: Any, pointer: str) -> Iterator[str]:
    rows = [row for row in list_in(value, "rows") if isinstance(row, list)]
    characters = sum(len(str(cell.get("text", ""))) for row in rows for cell in row if isinstance(cell, dict))
    if characters > CONTENT_CHARACTERS:
        yield problem(f"must have less than {CONTENT_CHARACTERS + 1} characters in all", f"{pointer}/rows")


_point = shape({"label": string(20), "value": number()})
_axes = shape(
    {"categories": items(string(20), 1, 20)},
    {"x_label": string(50), "y_label": string(50)},
)
_series = shape({"name": string(20), "data": items(_point, 1, 20)})
_axis_chart = shape({"series": items(_series, 1, 12), "axis_config": _axes})
_segment = shape({"label": string(20), "value": number(above=0)})
_chart = by_type(
    {
        "pie": shape({"segments": items(_segment, 1, 12)}),
        "bar": _axis_chart,
        "line": _axis_chart,
        "area": _axis_chart,
    }
)

TABLES: Mapping[str, Rule] = {
    "table": all_of(
        block({"rows": items(items(_cell, 1, 20), 1, 100)}, {"column_settings": items(_column, 0, 20)}),
        _rows_fit,
    ),
    "data_table": all_of(
        block(
            {"rows": items(items(_cell, 1, 20), 2, 201)},
            {"caption": string(), "page_size": number(1, 100), "row_header_column_index": number(0)},
        ),
        _rows_fit,
        _content_fits,
    ),
    "data_visualization": block({"title": string(50), "chart": _chart}),
}
