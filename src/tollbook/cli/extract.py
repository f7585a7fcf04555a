"""``tollbook extract``: the counts of bulletins, shown or written to a file or a data set."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tollbook.cli import options

if TYPE_CHECKING:
    from tollbook.corpus.run import Report

_PANEL = "A corpus"


def _corpus(*names: str, says: str, metavar: str | None = None, least: float | None = None) -> Any:
    return typer.Option(*names, help=says, metavar=metavar, min=least, rich_help_panel=_PANEL)


def command(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help=options.PATHS)],
    output: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--output",
            metavar="PATH",
            help="Write to a .csv, .jsonl, .parquet, .sqlite or .duckdb file, or to a folder "
            "(out/), a data set that the same command goes on with.",
        ),
    ] = None,
    per_bulletin: Annotated[
        bool, typer.Option("--per-bulletin", help="Write one row a bulletin: its tolls.")
    ] = False,
    quiet: Annotated[
        bool, typer.Option("-q", "--quiet", help="Show errors only: no progress, no notes.")
    ] = False,
    text_column: options.TextColumn = "text",
    id_column: options.IdColumn = None,
    date_column: options.DateColumn = None,
    keep: options.Keep = None,
    format: options.Format = None,
    workers: Annotated[
        int | None,
        _corpus(
            "-w",
            "--workers",
            metavar="N",
            least=0,
            says="Worker processes; all cores for a data set, this process alone otherwise.",
        ),
    ] = None,
    timeout: Annotated[
        float | None,
        _corpus(
            "--timeout",
            metavar="SECONDS",
            least=0.001,
            says="Set a document aside that takes longer; 300 in worker processes.",
        ),
    ] = None,
    part: Annotated[
        int | None,
        _corpus("--part", metavar="N", least=1, says="Documents in a part of a data set; 2000."),
    ] = None,
    resume: Annotated[
        bool,
        _corpus("--resume", says="Go on with a data set made with other settings or input."),
    ] = False,
    restart: Annotated[
        bool, _corpus("--restart", says="Begin a data set again; what is there goes.")
    ] = False,
    actors: options.Actors = None,
    regions: options.Regions = None,
    nouns: options.Nouns = None,
    triggers: options.Triggers = None,
    country: options.Country = None,
) -> None:
    """Extract the counts of bulletins: show them as tables, or write one row a count.

    CSV is UTF-8; lists are joined with ; and a text cell that a spreadsheet would take for a
    formula gets an apostrophe in front. Documents that cannot be read are in rejects.jsonl, in
    the data set or beside the file. Ends with 2 when nothing could be read.
    """  # fmt: skip
    from tollbook.cli import inputs, render
    from tollbook.corpus.columns import Columns

    settings = options.settings(actors, regions, nouns, triggers, country)
    kept = options.names(keep)
    with render.reporting():
        if output is None:
            columns = Columns(text_column, id_column, date_column, kept)
            given = inputs.Inputs(paths, settings, columns, format)
            out = render.console()
            for _, bulletin in given.bulletins():
                render.bulletin(out, bulletin)
            given.finish()
            return
        _write(
            paths, output, quiet=quiet, text_column=text_column, id_column=id_column,
            date_column=date_column, keep=kept, format=format, per_bulletin=per_bulletin,
            workers=_workers(workers, output, timeout), timeout=timeout, part=part,
            resume=resume, restart=restart, settings=settings,
        )  # fmt: skip


def _workers(given: int | None, output: str, timeout: float | None) -> int:
    from tollbook.corpus.run import is_folder

    if given is not None:
        return max(given, 1 if timeout is not None else 0)
    if is_folder(output):
        from tollbook.corpus.workers import cores

        return cores()
    return 1 if timeout is not None else 0


def _write(paths: list[Path], output: str, *, quiet: bool, **given: Any) -> None:
    from tollbook.cli import render
    from tollbook.cli.progress import Progress
    from tollbook.corpus.run import extract_corpus, is_folder

    folder = is_folder(output)
    progress = Progress(quiet=quiet, most=20 if folder else None)
    try:
        with progress:
            report = extract_corpus(paths, output, listener=progress, **given)
    except KeyboardInterrupt:
        rest = (
            "what is finished is whole; the same command goes on" if folder else "nothing written"
        )
        render.message("error", f"stopped; {rest}")
        raise typer.Exit(render.STOPPED) from None
    if not quiet:
        _summary(report, output, rows="bulletin" if given["per_bulletin"] else "count")
    progress.failed.finish(f"see {output.rstrip('/')}/rejects.jsonl" if folder else "")
    if not report.documents and not report.skipped:
        raise typer.Exit(render.FAILED)


def _summary(report: Report, output: str, rows: str) -> None:
    from tollbook.cli import render

    if not report.documents:
        if report.skipped:
            already = render.plural(report.skipped, "document")
            render.message("", f"nothing left to do: {already} in {output} already")
        return
    texts = render.plural(report.documents, "bulletin")
    what = texts if rows == "bulletin" else f"{render.plural(report.counts, 'count')} of {texts}"
    more = f", {report.skipped:,} there already" if report.skipped else ""
    render.message("", f"{what} written to {output}{more}")
    if report.findings:
        render.message("", f"{render.plural(report.findings, 'finding')}; see tollbook audit")
