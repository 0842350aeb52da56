"""How the report's sheets look on a screen and on paper."""

from collections.abc import Iterable, Sequence
from math import ceil

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

WIDEST, NARROWEST, HEADING = 40, 7, 12  # in digits; what is longer is wrapped
MARGIN = 4
LINE_HEIGHT = 15  # points; spreadsheets do not find it themselves in a file that they did not write
TALLEST = 409  # Excel's limit
A3, A4 = 8, 9  # Excel's numbers for them
MANY = 12  # columns, too many to read on A4
SHADE = PatternFill("solid", fgColor="E8EDF3")
TOP, WRAPPED = (
    Alignment(vertical="top"),
    Alignment(vertical="top", horizontal="left", indent=1, wrap_text=True),
)
# A style of the book is set on a cell at once, and counts when there are thousands of them.
TEXT = NamedStyle("Toban text", alignment=WRAPPED)
WHOLE = NamedStyle("Toban whole number", alignment=TOP, number_format="#,##0")
PART = NamedStyle("Toban number", alignment=TOP, number_format="#,##0.00")


def dress(sheet: Worksheet) -> None:
    """Headings in the first row, a line per person below; landscape, as wide as one page."""
    widths = [_dress_column(sheet, cells) for cells in sheet.iter_cols()]
    for row in sheet.iter_rows():
        lines = max((_lines(cell, width) for cell, width in zip(row, widths, strict=True)), default=1)
        sheet.row_dimensions[row[0].row].height = min(TALLEST, LINE_HEIGHT * lines)
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), SHADE
    _lay_out(sheet)


def _lay_out(sheet: Worksheet) -> None:
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A3 if sheet.max_column > MANY else A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.page_margins.left = sheet.page_margins.right = 0.4  # inches
    sheet.print_options.gridLines = True
    sheet.print_title_rows = "1:1"
    sheet.oddFooter.center.text = "&A  &P / &N"


def _dress_column(sheet: Worksheet, column: Sequence[Cell]) -> int:
    """The width that it gets."""
    heading, *cells = column
    numbers = _number_style(cell.value for cell in cells)
    for cell in column:
        cell.style = numbers if isinstance(cell.value, int | float) else TEXT
    wanted = max(NARROWEST, min(_wide(_shown(heading)), HEADING), *(_wide(_shown(cell)) for cell in cells))
    width = min(WIDEST, wanted) + MARGIN
    sheet.column_dimensions[heading.column_letter].width = width
    return width


def _number_style(values: Iterable[object]) -> NamedStyle:
    """Whole numbers stay whole; the cell itself keeps every digit."""
    numbers = [value for value in values if isinstance(value, int | float)]
    return WHOLE if all(float(number).is_integer() for number in numbers) else PART


def _lines(cell: Cell, width: int) -> int:
    """How many it takes at most: what is listed breaks at a place that nobody foresees."""
    return sum(max(1, ceil(_wide(part) / (width - MARGIN))) for part in _shown(cell).split("; "))


def _shown(cell: Cell) -> str:
    value = cell.value
    return f"{value:,.2f}" if isinstance(value, float) else "" if value is None else str(value)


def _wide(text: str) -> int:
    """In digits; Japanese characters are twice as wide."""
    if text.isascii():  # nearly all are, and there are many
        return len(text)
    return sum(1 if ord(letter) < 0x1100 else 2 for letter in text)
