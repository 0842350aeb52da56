"""The `toban` command: one module a subcommand, imported only when it is called."""

import codecs
import io
import sys
from importlib import import_module

import click

from toban import __version__
from toban.errors import TobanError, UsageError

COMMANDS = {
    "alerts": "One alert pass: call whoever is on duty for what fires.",
    "backfill": "Pull a longer history from PagerDuty, resuming where it stopped.",
    "backup": "Write ledger and warehouse into one file.",
    "demo": "Run everything on this machine: Airflow, a local PagerDuty and a local Slack.",
    "doctor": "Check tokens, scopes, channels, mappings, schedules, time and warehouse.",
    "effect": "Did a feature help? Waits from a minute on, before a day and since it.",
    "health": "What on-call does to a team's people: load, nights, fairness, what is to come.",
    "labour": "A team's labour month: standby, call-outs, rest, as Excel and CSV.",
    "metrics": "MTTA, MTTR and counts by week, service, team …",
    "poc": "One HTML page from a read-only PagerDuty token, for the person who decides.",
    "report": "The weekly report.",
    "runbooks": "Which runbook belongs to an alert, and which ones deserve a look.",
    "restore": "Put a backup in the place of ledger and warehouse.",
    "sandbox": "A local PagerDuty and a local Slack over HTTP.",
    "serve": "Receive webhooks alone, where Airflow cannot be reached from outside.",
    "shifts": "Who is on call, and the daily announcement.",
    "slack-listen": "Take presses of Slack's buttons without a public address.",
    "snapshot": "The path of the current snapshot, for tools that open DuckDB files.",
    "sql": "Ask the warehouse in SQL, read only.",
    "sync": "Pull what changed in PagerDuty into the warehouse.",
    "triage": "Is an alert new, what was like it, and does it need somebody?",
    "webhooks": "PagerDuty's subscription that wakes alerts: install, check, remove.",
}
DONE, FAILED, WRONG_USAGE = 0, 1, 2


class _Commands(click.Group):
    """Finds subcommands by name and turns Toban's errors into one sentence and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"toban.cli.{cmd_name.replace('-', '_')}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> None:
        try:
            super().invoke(ctx)
            sys.stdout.flush()  # at the interpreter's end, a reader that has left would be a fault
        except KeyboardInterrupt:
            click.echo("\ntoban: Stopped; what was finished is kept.", err=True)
            ctx.exit(FAILED)
        except UsageError as error:
            click.echo(f"toban: {error}", err=True)
            ctx.exit(WRONG_USAGE)
        except TobanError as error:
            click.echo(f"toban: {error}", err=True)
            ctx.exit(FAILED)
        except OSError as error:
            if not error.filename:  # such as a reader that left, which click knows
                raise
            why = f"{error.filename} cannot be used ({error.strerror}); mend it, or name another."
            click.echo(f"toban: {why}", err=True)
            ctx.exit(FAILED)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="toban")
def main() -> None:
    """Run a company's on-call life around PagerDuty."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            _write_anything(stream)


def _write_anything(stream: io.TextIOWrapper) -> None:
    """A locale that lacks a sign (a name, a table's lines) must not end a command: ASCII becomes UTF-8."""
    is_ascii = codecs.lookup(stream.encoding).name == "ascii"
    stream.reconfigure(encoding="utf-8" if is_ascii else None, errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())
