"""The text of a CSV file that an office gives, as its spreadsheet or its other systems wrote it."""

from pathlib import Path

from toban.errors import UsageError

LARGEST = 64 * 1024 * 1024  # bytes; a year of attendance of 10,000 people is half of it


def csv_text(path: Path) -> str:
    """In UTF-8, with or without a BOM, or in CP932; line ends as they are. Raises UsageError."""
    try:
        if path.stat().st_size > LARGEST:
            raise UsageError(f"{path} has more than 64 MB; give fewer months or people.")
        raw = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror}).") from error
    for encoding in () if b"\0" in raw else ("utf-8-sig", "cp932"):  # UTF-16 is full of zeros
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UsageError(f"{path} is written neither in UTF-8 nor in CP932; save it as UTF-8.")
