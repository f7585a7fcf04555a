"""``tollbook rules``: what is loaded, whether a user's files fit, whether the examples hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

from tollbook.cli import options

if TYPE_CHECKING:
    from tollbook.rules.loader import Row

app = typer.Typer(
    help="Show, check and test the rules, with files of your own laid over ours.",
    no_args_is_help=True,
)

FAILED: Final = 1
"""Exit code when an example does not hold."""

_WIDEST: Final = 60


@app.command("list")
def list_rules(
    name: Annotated[
        str | None, typer.Argument(metavar="[FILE]", help="Show the rows of this rule file.")
    ] = None,
    actors: options.Actors = None,
    regions: options.Regions = None,
    nouns: options.Nouns = None,
    triggers: options.Triggers = None,
) -> None:
    """List the rule files, or the rows of one."""
    from rich.table import Table

    from tollbook.cli import render
    from tollbook.errors import TollbookError
    from tollbook.rules.catalogue import CATALOGUE, rule_file

    own = options.settings(actors, regions, nouns, triggers)
    with render.reporting():
        out = render.console()
        if name is None:
            table = Table("file", "rows", "option", "about", box=None)
            table.columns[1].justify = "right"
            for entry in CATALOGUE:
                rows = entry.rows(own.get(entry.setting))
                option = f"--{entry.setting}" if entry.setting else ""
                table.add_row(entry.name, str(len(rows)), option, entry.says)
            out.print(table)
            return
        try:
            entry = rule_file(name)
        except KeyError as error:
            raise TollbookError(str(error.args[0])) from None
        for row in entry.rows(own.get(entry.setting)):
            ident = row[entry.table.id_column]
            out.print(f"{ident}: {_summary(row)} ({row.file}, line {row.line})", soft_wrap=True)


@app.command("check")
def check_files(
    actors: options.Actors = None,
    regions: options.Regions = None,
    nouns: options.Nouns = None,
    triggers: options.Triggers = None,
) -> None:
    """Check files of your own: what they add, change and switch off, or why they do not fit.

    Ends with 2 when a file does not fit; the message names file, line, column and reason.
    """
    from tollbook.cli import render
    from tollbook.errors import TollbookError
    from tollbook.rules import catalogue

    own = options.settings(actors, regions, nouns, triggers)
    with render.reporting():
        if not own:
            given = ", ".join(f"--{setting}" for setting in catalogue.SETTINGS)
            raise TollbookError(f"no file to check; give one or more of {given}")
        out = render.console()
        for setting, changes in catalogue.check(own).items():
            counted = [
                f"{len(idents)} {what}"
                for what, idents in (
                    ("added", changes.added),
                    ("overridden", changes.overridden),
                    ("switched off", changes.off),
                )
                if idents
            ]
            out.print(f"{own[setting]}: {', '.join(counted) or 'no rows'}", soft_wrap=True)


@app.command("test")
def run_examples(
    actors: options.Actors = None,
    regions: options.Regions = None,
    nouns: options.Nouns = None,
    triggers: options.Triggers = None,
) -> None:
    """Run the examples that stand beside the rules; ends with 1 when one does not hold."""
    from tollbook.cli import render
    from tollbook.rules import examples

    failed = done = 0
    with render.reporting():
        out = render.console()
        for outcome in examples.run(options.settings(actors, regions, nouns, triggers)):
            done += 1
            if outcome.holds:
                continue
            failed += 1
            row = outcome.row
            out.print(
                f"{row.file}, line {row.line}: {row['id']}: does not hold: {outcome.example}",
                soft_wrap=True,
            )
        render.message("", f"{render.plural(done, 'example')}: {failed} do not hold")
    if failed:
        raise typer.Exit(FAILED)


def _summary(row: Row) -> str:
    """The filled cells of a row but its id and examples, the long ones cut."""
    told = []
    for position, (name, value) in enumerate(row.values.items()):
        if position == 0 or name in ("examples", "off") or not value:
            continue
        words = "; ".join(value) if isinstance(value, tuple) else str(value)
        if words == "True":
            words = "yes"
        told.append(f"{name} {words if len(words) <= _WIDEST else words[: _WIDEST - 1] + '…'}")
    return ", ".join(told)
