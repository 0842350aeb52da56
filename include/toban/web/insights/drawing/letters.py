"""How wide a text is drawn, near enough to leave room for it, and what of a foreign text can be drawn."""

from unicodedata import east_asian_width

WIDE, CAPITAL, OTHER = 1.0, 0.68, 0.54  # of the font's size, in the packaged font


def drawable(text: str) -> str:
    """On one line, without what XML forbids or what turns the direction of writing."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def width(text: str, size: float) -> float:
    """About how many pixels wide it is."""
    return size * sum(_share(letter) for letter in text)


def cut(text: str, size: float, room: float) -> str:
    """As much of it as fits, with an ellipsis where something is missing."""
    if width(text, size) <= room:
        return text
    used = size * WIDE  # of the ellipsis
    for place, letter in enumerate(text):
        used += size * _share(letter)
        if used > room:
            return f"{text[:place]}…"
    return text


def _share(letter: str) -> float:
    if east_asian_width(letter) in "WFA":
        return WIDE
    return CAPITAL if letter.isupper() or letter in "mwMW%@" else OTHER
