"""The index of a directory's runbooks, as soon as it can be had: somebody waits for it at night."""

import gc
from pathlib import Path

from toban.clients.runbook_pages import read_pages
from toban.domain.runbooks.search.index import Index, build_index


def read_index(directory: Path) -> Index:
    """Reads and indexes all pages, in about half a second for 1,000.

    Nothing is collected meanwhile: of half a million objects that are made none is garbage, and looking
    through them again and again takes as long as a fourth of the work.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        return build_index(read_pages(directory))
    finally:
        if was_enabled:
            gc.enable()
