"""Charts and tables as PNG downloads: drawn as SVG with the packaged font, then as a picture."""

from collections.abc import Sequence

from fastapi import Response

from toban.clients.pictures import picture
from toban.domain.language import Language
from toban.web.insights.drawing.sheet import MOST_ROWS, sheet_drawing
from toban.web.insights.drawing.standalone import standalone
from toban.web.insights.sheets import Sheet


def chart_png(
    name: str,
    drawing: str,
    title: str,
    *,
    beside: str = "",
    lines: Sequence[str] = (),
    note: str = "",
) -> Response:
    """A download called ``toban-<name>.png``, twice the size of the drawing."""
    document = standalone(drawing, title, beside=beside, lines=lines, note=note)
    headers = {"Content-Disposition": f'attachment; filename="toban-{name}.png"'}
    return Response(picture(document), media_type="image/png", headers=headers)


def sheet_png(name: str, sheet: Sheet, say: Language) -> Response:
    """The same of a table; it says where it has more rows than are drawn."""
    total = len(sheet.rows) if sheet.total is None else sheet.total
    note = ""
    if total > min(len(sheet.rows), MOST_ROWS):
        shown = min(len(sheet.rows), MOST_ROWS)
        note = say.text("The first {shown} of {n} rows; the CSV has all.", shown=shown, n=say.number(total))
    elif not sheet.rows:
        note = say.text("There are no rows.")
    return chart_png(name, sheet_drawing(sheet), sheet.title, beside=sheet.beside, note=note)
