"""Every Markdown file below a directory, to be searched: with Toban's front matter or without any."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

from toban.clients.runbook_files import NOT_A_RUNBOOK
from toban.domain.runbooks.search.pages import Page, is_draft, read_page

log = logging.getLogger(__name__)

MOST_FILES, MOST_READ = 20_000, 64 * 1024  # files of a directory; bytes of a file


def read_pages(directory: Path) -> tuple[Page, ...]:
    """All pages in the order of their paths; links to directories, or out of this one, are not followed.

    Longer files are read by their beginning, what is not UTF-8 with marks in its place. What cannot be read,
    or has a name that cannot be shown, is left out: nobody waits for a runbook because of another one. The
    directory's own README and drafts are none.
    """
    return tuple(_pages(directory))


def _pages(directory: Path) -> Iterator[Page]:
    home = directory.resolve()
    for path in sorted(page_paths(directory)):
        if path.parent == directory and path.name in NOT_A_RUNBOOK:
            continue
        if path.is_symlink() and not _leads_into(home, path):
            continue
        file = path.relative_to(directory).as_posix()
        text = _text_of(path) if file.isprintable() else ""
        if text.strip() and not is_draft(text):
            yield read_page(file, text)


def _leads_into(home: Path, link: Path) -> bool:
    try:
        return link.resolve().is_relative_to(home)
    except (OSError, RuntimeError):  # a link to itself
        return False


def page_paths(directory: Path) -> list[Path]:
    """Where Markdown files lie below the directory, in no order; none in hidden folders, 20,000 at most."""
    found: list[Path] = []
    for folder, folders, files in os.walk(directory):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(folder, name) for name in files if name.endswith(".md")]
        if len(found) > MOST_FILES:
            log.warning(
                "%s holds more than %s Markdown files; the others are not searched", directory, MOST_FILES
            )
            return found[:MOST_FILES]
    return found


def _text_of(path: Path) -> str:
    """Empty for what is no file (a pipe would be read for ever) or cannot be read."""
    try:
        if not path.is_file():
            return ""
        with path.open("rb") as source:
            return source.read(MOST_READ).decode(errors="replace").replace("\r\n", "\n")
    except OSError:
        return ""
