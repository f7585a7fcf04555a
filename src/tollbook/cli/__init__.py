"""The command line: thin commands over plain functions.

Only `typer` is imported here. What a command needs is imported when it runs, so that help
and completion answer at once.
"""

from __future__ import annotations

from typing import Annotated

import typer

from tollbook.cli import audit, evaluate, explain, extract, rules

app = typer.Typer(
    name="tollbook",
    help="Reads conflict bulletins and keeps the count: who was killed, injured, abducted, "
    "how many, where, by whom, and whether the figures add up.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("extract")(extract.command)
app.command("audit")(audit.command)
app.command("explain")(explain.command)
app.command("evaluate")(evaluate.command)
app.add_typer(rules.app, name="rules")


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"tollbook {version('tollbook')}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Reads conflict bulletins and keeps the count.

    Who was killed, injured, abducted, how many, where, by whom, and whether the figures add up.
    """
