"""A table as an SVG, for a picture: bounded in rows and in the width of its cells."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from toban.web.insights.drawing.letters import cut, drawable, width
from toban.web.insights.sheets import Cell, Heading, Sheet

MOST_ROWS = 50  # more cannot be read in a slide; the CSV has all
WIDEST, NARROWEST = 440, 46  # pixels of a column's text
MOST_WIDE = 2_000  # pixels of all columns; where there are more, long texts are cut sooner
SIZE, SMALL, ROW, PAD, EDGE = 12, 10.5, 25, 9, 8


def sheet_drawing(sheet: Sheet) -> Markup:
    """The first rows, one line each; a text that is too long is cut with an ellipsis."""
    widths = _widths(sheet)
    wide, high = round(sum(widths)) + 2 * EDGE, ROW * (1 + len(sheet.rows[:MOST_ROWS])) + EDGE
    names = [Cell(heading.label) for heading in sheet.headings]
    lines = [_row(names, sheet.headings, widths, 0, "name")]
    for place, row in enumerate(sheet.rows[:MOST_ROWS], 1):
        lines.append(f'<path class="grid" d="M{EDGE} {ROW * place}H{wide - EDGE}"/>')
        lines.append(_row(row, sheet.headings, widths, ROW * place, "cell"))
    return Markup(f'<svg viewBox="0 0 {wide} {high}">{"".join(lines)}</svg>')  # noqa: S704 - texts went through escape


def _widths(sheet: Sheet) -> list[float]:
    columns = zip([Cell(each.label) for each in sheet.headings], *sheet.rows[:MOST_ROWS], strict=True)
    wanted = [max(NARROWEST, *map(_width, column)) for column in columns]
    widest = float(WIDEST)
    while sum(min(widest, each) + 2 * PAD for each in wanted) > MOST_WIDE and widest > NARROWEST:
        widest *= 0.9
    return [min(widest, each) + 2 * PAD for each in wanted]


def _width(cell: Cell) -> float:
    note = width(drawable(cell.note), SMALL) + SMALL / 2 if cell.note else 0.0
    return width(drawable(cell.text), SIZE) + note


def _row(
    row: Sequence[Cell], names: Sequence[Heading], widths: Sequence[float], top: float, kind: str
) -> str:
    drawn, left = [], float(EDGE)
    for cell, heading, wide in zip(row, names, widths, strict=True):
        x = left + wide - PAD if heading.number else left + PAD
        anchor = ' text-anchor="end"' if heading.number else ""
        text = (
            f'<text class="{kind} {cell.tone}" x="{x:.1f}" y="{top + 17}"{anchor}>{_told(cell, wide)}</text>'
        )
        drawn.append(text)
        left += wide
    return "".join(drawn)


def _told(cell: Cell, wide: float) -> str:
    room = wide - 2 * PAD
    text = cut(drawable(cell.text), SIZE, room)
    before = SMALL / 2 if text else 0.0
    left = room - width(text, SIZE) - before
    note = cut(drawable(cell.note), SMALL, left) if cell.note and left > 3 * SMALL else ""
    return str(escape(text)) + (f'<tspan class="note" dx="{before}">{escape(note)}</tspan>' if note else "")
