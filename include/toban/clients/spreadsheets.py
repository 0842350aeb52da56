"""Cells as spreadsheets may safely show them, in workbooks and in CSV."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would work out instead of showing
UNSHOWN = {code: None for code in range(32) if chr(code) not in "\t\n\r"}  # no sheet may hold them


def harmless(text: str) -> str:
    """The text without control characters, and marked as text where a spreadsheet would compute it."""
    shown = text.translate(UNSHOWN)
    return f"'{shown}" if shown.startswith(FORMULA) else shown
