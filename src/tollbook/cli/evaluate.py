"""``tollbook evaluate``: score the extractor against gold."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tollbook.cli import options

if TYPE_CHECKING:
    from tollbook.schema import Count


def command(
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD", help="Folder of .gold.txt files, or one such file.")
    ],
    errors: Annotated[
        int, typer.Option(min=0, metavar="N", help="Show at most N errors of each kind.")
    ] = 0,
    field: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="Only errors of this kind: missed, invented, or a field such as measure, "
            "bounds, actor, part_of. May be given more than once.",
        ),
    ] = None,
    files: Annotated[
        Path | None,
        typer.Option(metavar="LIST", help="Only the gold files named in LIST, one a line."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write the scores as JSON.")] = False,
    actors: options.Actors = None,
    regions: options.Regions = None,
    nouns: options.Nouns = None,
    triggers: options.Triggers = None,
    country: options.Country = None,
) -> None:
    """Score the extractor against gold: precision, recall and F1, by domain and over all."""
    import tollbook
    from tollbook import evaluate
    from tollbook import gold as gold_files
    from tollbook.cli import render
    from tollbook.errors import TollbookError

    with render.reporting():
        kinds = tuple(field or ())
        unknown = [kind for kind in kinds if kind not in evaluate.ERROR_KINDS]
        if unknown:
            known = ", ".join(evaluate.ERROR_KINDS)
            raise TollbookError(f"--field {unknown[0]}: no such kind of error; one of {known}")
        names = gold_files.read_names(files) if files else None
        documents = gold_files.read_folder(gold, names)
        reasons: dict[tuple[str, int, int], str] = {}
        limit = errors or (10 if kinds else 0)

        nlp = tollbook.load(**options.settings(actors, regions, nouns, triggers, country))

        def predict(text: str, doc_id: str) -> Sequence[Count]:
            bulletin = tollbook.extract(text, doc_id=doc_id, nlp=nlp)
            if limit:
                for entry in bulletin.explain():
                    if entry.get("reason"):
                        place = (doc_id, entry["start"], entry["end"])
                        reasons[place] = str(entry["reason"])
            return bulletin.counts

        scores = evaluate.evaluate(documents, predict)
        mistakes = [m for m in scores.mistakes if not kinds or m.kind in kinds]
        if as_json:
            result = scores.to_dict()
            if limit:
                result["errors"] = [m.to_dict() for m in render.first_of_each(mistakes, limit)]
            typer.echo(json.dumps(result, ensure_ascii=False, indent=2))
            return
        out = render.console()
        render.scores(out, scores)
        if limit:
            render.mistakes(out, mistakes, limit, reasons)
