"""How the report's sheets look on a screen and on paper."""

from collections.abc import Iterable

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

WIDEST, NARROWEST, HEADING = 48, 8, 13  # in digits; a longer heading is wrapped
A4 = 9  # Excel's number for it
SHADE = PatternFill("solid", fgColor="E8EDF3")
LINE = Border(bottom=Side(style="thin", color="C8CED6"))
TOP = Alignment(vertical="top", wrap_text=True)


def dress(sheet: Worksheet) -> None:
    """Headings in the first row, a row per person below; A4 landscape, as wide as one page."""
    for cell in sheet[1]:
        cell.font, cell.fill, cell.border, cell.alignment = Font(bold=True), SHADE, LINE, TOP
    for column in sheet.iter_cols():
        heading, *cells = (cell for cell in column if isinstance(cell, Cell))
        _dress_column(sheet, heading, cells)
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.print_title_rows = "1:1"
    sheet.oddFooter.center.text = "&A  &P / &N"


def _dress_column(sheet: Worksheet, heading: Cell, cells: list[Cell]) -> None:
    width = max((_width(cell.value) for cell in cells), default=0)
    wrapped = min(_width(heading.value), HEADING)
    sheet.column_dimensions[heading.column_letter].width = min(WIDEST, max(NARROWEST, width, wrapped) + 2)
    number_format = _number_format(cell.value for cell in cells)
    for cell in cells:
        cell.border, cell.alignment = LINE, TOP
        if isinstance(cell.value, int | float):
            cell.number_format = number_format


def _number_format(values: Iterable[object]) -> str:
    """Whole numbers stay whole; the cell itself keeps every digit."""
    numbers = [value for value in values if isinstance(value, int | float)]
    return "#,##0" if all(float(number).is_integer() for number in numbers) else "#,##0.00"


def _width(value: object) -> int:
    """As it is shown; Japanese characters are twice as wide."""
    shown = f"{value:,.2f}" if isinstance(value, float) else "" if value is None else str(value)
    return sum(1 if ord(letter) < 0x1100 else 2 for letter in shown)
