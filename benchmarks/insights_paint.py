"""When a person sees something of a page that was not asked before: Chromium's first contentful paint."""

import statistics
import sys
import tempfile
from pathlib import Path

from insights_addresses import Addresses
from insights_server import LOGIN

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from chromium import Tab, chromium, program

PAGES = 15
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


def first_paint_ms(url: str, addresses: Addresses) -> float | None:
    """The median of some pages, from the navigation on; None where Chromium is not installed."""
    if program() is None:
        print("Chromium is not installed: no first paint is measured.")
        return None
    with tempfile.TemporaryDirectory() as profile, chromium(Path(profile)) as tab:
        tab.order("Network.setExtraHTTPHeaders", headers=LOGIN)
        tab.go(f"{url}/definitions")  # the browser's own start is none of the pages' doing
        painted = [_painted(tab, url + addresses.draw()) for _ in range(PAGES)]
    print(f"first paint of {PAGES} pages: {', '.join(f'{ms:.0f}' for ms in sorted(painted))} ms")
    return statistics.median(painted)


def _painted(tab: Tab, url: str) -> float:
    tab.go(url)
    return float(tab.wait_for(PAINTED))
