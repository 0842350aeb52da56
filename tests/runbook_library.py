"""Pages and libraries for tests of the search."""

from toban.domain.runbooks.nouns import AlertText, Runbook
from toban.domain.runbooks.search.finding import Found, Library, find
from toban.domain.runbooks.search.index import build_index
from toban.domain.runbooks.search.memory import Confirmed, Memory
from toban.domain.runbooks.search.pages import read_page

FILES = {
    "disk-full.md": "# Disk full\nNo space is left on the device.\n## Mitigation\n1. Run `df -h`.\n",
    "disk-full.ja.md": "# ディスクの空きが足りない\n空き容量がありません。\n## 対処\n1. `df -h` を実行。\n",
    "nodes/NodeClockSkew.md": "# NodeClockSkew\nThe clock of a node is not synchronised by NTP.\n",
    "checkout/README.md": "# Checkout Service\nDashboards, logs and owners of the checkout service.\n",
    "replication.md": "---\ntitle: Replication lag\n---\nA replica of the database is behind its primary.\n",
    "certificates.md": "# TLS certificate expires\nRenew it with the authority before browsers refuse it.\n",
}


def library(
    *confirmed: Confirmed, runbooks: tuple[Runbook, ...] = (), files: dict[str, str] = FILES
) -> Library:
    """All that can be found, and what people said."""
    pages = [read_page(file, text) for file, text in sorted(files.items())]
    return Library(runbooks, build_index(pages), Memory(confirmed))


def found(title: str, of: Library, body: str = "", language: str = "en", **about: str) -> list[Found]:
    """What is offered for an alert."""
    return find(AlertText(title, body, **about), of, language)


def ids(results: list[Found]) -> list[str]:
    """Which runbooks these are."""
    return [each.page.id for each in results]
