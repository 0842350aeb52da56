"""An Excel file read by its parts, without the library that wrote it."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZipFile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def sheet(path: Path, name: str) -> Sequence[Mapping[str, object]]:
    """The rows of the sheet by heading: texts, and numbers as floats."""
    with ZipFile(path) as book:
        texts = _shared_texts(book)
        rows = [_row(row, texts) for row in _parsed(book, _place(book, name)).iter(f"{MAIN}row")]
    headings = {column: str(text) for column, text in rows[0].items()}
    return [{heading: row.get(column) for column, heading in headings.items()} for row in rows[1:]]


def _parsed(book: ZipFile, part: str) -> ET.Element:
    return ET.fromstring(book.read(part))  # noqa: S314 - Toban's own file


def _place(book: ZipFile, name: str) -> str:
    sheets = {
        one.get("name"): one.get(RELATION) for one in _parsed(book, "xl/workbook.xml").iter(f"{MAIN}sheet")
    }
    for relation in _parsed(book, "xl/_rels/workbook.xml.rels"):
        if relation.get("Id") == sheets[name]:
            return "xl/" + str(relation.get("Target")).removeprefix("/xl/")
    raise KeyError(name)


def _shared_texts(book: ZipFile) -> Sequence[str]:
    if "xl/sharedStrings.xml" not in book.namelist():
        return ()
    items = _parsed(book, "xl/sharedStrings.xml").iter(f"{MAIN}si")
    return ["".join(part.text or "" for part in item.iter(f"{MAIN}t")) for item in items]


def _row(row: ET.Element, texts: Sequence[str]) -> dict[str, object]:
    cells = {}
    for cell in row.iter(f"{MAIN}c"):
        value = cell.find(f"{MAIN}v")
        column = re.sub("[0-9]", "", cell.get("r", ""))
        if cell.get("t") == "inlineStr":
            cells[column] = "".join(part.text or "" for part in cell.iter(f"{MAIN}t"))
        elif value is not None and value.text is not None:
            cells[column] = texts[int(value.text)] if cell.get("t") == "s" else float(value.text)
    return cells
