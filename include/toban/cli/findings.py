"""How commands print what an examination found."""

from collections.abc import Iterable

import click

from toban.domain.findings import Finding

MARKS = {"good": ("✓", "green"), "look": ("!", "yellow"), "bad": ("✗", "red")}


def print_findings(found: Iterable[Finding]) -> None:
    """Each with its mark, and the remedy below."""
    for finding in found:
        mark, colour = MARKS[finding.level]
        click.echo(f"{click.style(mark, fg=colour)} {finding.subject}: {finding.text}")
        if finding.remedy:
            click.echo(f"    → {finding.remedy}")


def exit_by(found: Iterable[Finding]) -> None:
    """Exit code 1 when something will fail; what merely deserves a look does not count."""
    if any(finding.level == "bad" for finding in found):
        raise click.exceptions.Exit(1)
