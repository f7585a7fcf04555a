"""What the commands show: tables and messages, by rich.

Text of bulletins is never read as markup, and its control characters are not passed on.
"""

from __future__ import annotations

import io
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import typer
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from tollbook.errors import TollbookError
from tollbook.rules.loader import RuleError
from tollbook.schema import MEASURES, Bounds

if TYPE_CHECKING:
    from tollbook.bulletin import Bulletin
    from tollbook.evaluate import DomainScores, Mistake, Scores, Tally
    from tollbook.schema import Count, Finding

PLAIN_WIDTH: Final = 120
"""Width of what is not shown on a terminal."""

FAILED: Final = 2
"""Exit code of a command that could not do its work."""

STOPPED: Final = 130
"""Exit code of a command that was stopped by Ctrl-C."""

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def console(*, err: bool = False) -> Console:
    """A console on standard output, or on standard error for messages."""
    stream = sys.stderr if err else sys.stdout
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="replace")
    return Console(
        stderr=err,
        width=None if stream.isatty() else PLAIN_WIDTH,
        markup=False,
        highlight=False,
        emoji=False,
        soft_wrap=err,
    )


def clean(value: object) -> str:
    """A value as one printable string; nothing for None.

    >>> clean("a\\x1b[31mb\\n c"), clean(None)
    ('a\\ufffd[31mb c', '')
    """
    if value is None:
        return ""
    words = " ".join(_CONTROL.sub("\ufffd", str(value)).split())
    return words.encode("utf-8", "replace").decode("utf-8")


def message(kind: str, words: object) -> None:
    """A message to the user, on standard error.

    Args:
        kind: ``error``, ``warning`` or ``note``; empty for none.
        words: what to say.
    """
    style = {"error": "bold red", "warning": "yellow"}.get(kind, "dim")
    text = Text(f"{kind}: ", style=style) if kind else Text()
    text.append(clean(words), style="" if kind else "dim")
    console(err=True).print(text)


@contextmanager
def reporting() -> Iterator[None]:
    """Turn the errors we raise on purpose into one line and exit code 2.

    Raises:
        typer.Exit: with code 2, after the message.
    """
    try:
        yield
    except (TollbookError, RuleError) as error:
        message("error", error)
        raise typer.Exit(FAILED) from None


def place(text: str, offset: int) -> str:
    """Line and column of an offset, both from 1.

    >>> place("one\\ntwo", 5)
    '2:2'
    """
    return f"{text.count(chr(10), 0, offset) + 1}:{offset - text.rfind(chr(10), 0, offset)}"


def plural(number: int, noun: str) -> str:
    """A number and its noun.

    >>> plural(1, "count"), plural(1200, "count")
    ('1 count', '1,200 counts')
    """
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


# --- bulletins -----------------------------------------------------------------------------


def bulletin(out: Console, shown: Bulletin) -> None:
    """Show the counts of a bulletin region by region, its toll, and what does not add up.

    Args:
        out: where to.
        shown: the bulletin.
    """
    out.print(Text(clean(shown.doc_id), style="bold"), Text(plural(len(shown.counts), "count")))
    if not shown.counts:
        out.print(Text("No counts found in this text."))
        out.print()
        return
    groups: dict[tuple[str, ...], list[Count]] = {}
    for count in shown.counts:
        groups.setdefault(count.region, []).append(count)
    heads = ("id", "of", "count", "measure", "who", "by", "period", "in the text")
    cells = {count.count_id: _count_cells(count) for count in shown.counts}
    widths = _widths([heads, *cells.values()], out.width)
    for region, counts in groups.items():
        out.print()
        table = Table(
            box=None, title=_region(region, counts), title_justify="left", title_style="bold",
            show_header=region == shown.counts[0].region, pad_edge=False, padding=(0, 2, 0, 0),
        )  # fmt: skip
        for head, width in zip(heads, widths, strict=True):
            right = head in ("of", "count")
            table.add_column(
                head, width=width, overflow="fold", justify="right" if right else "left"
            )
        for count in counts:
            table.add_row(*map(Text, cells[count.count_id]))
        out.print(table)
    out.print()
    out.print(Text(f"Newly reported: {_tolls(shown)}"))
    for finding in shown.findings:
        out.print(finding_line(shown, finding), soft_wrap=True)
    out.print()


def _tolls(shown: Bulletin) -> str:
    tolls = []
    for measure in MEASURES:
        stated = [count for count in shown.counts if count.measure == measure]
        toll = shown.toll(measure)
        # A measure that only stands in background figures adds nothing new.
        if stated and (toll != Bounds.exactly(0) or all(count.high == 0 for count in stated)):
            tolls.append(f"{measure} {toll}")
    return ", ".join(tolls) or "nothing"


_WIDEST: Final = {4: 24, 5: 16, 6: 16}
_LEAST: Final = 12


def _widths(rows: Sequence[Sequence[str]], total: int) -> list[int]:
    """Column widths that suit every region's table: what is needed, the last one the rest."""
    needed = [max(map(len, column)) for column in zip(*rows, strict=True)]
    widths = [min(width, _WIDEST.get(n, width)) for n, width in enumerate(needed)]
    gaps = 2 * (len(widths) - 1)
    while sum(widths[:-1]) + gaps + _LEAST > total:
        widest = max(_WIDEST, key=lambda n: widths[n])
        if widths[widest] <= _LEAST // 2:
            break
        widths[widest] -= 1
    widths[-1] = max(_LEAST, min(widths[-1], total - gaps - sum(widths[:-1])))
    return widths


def _region(region: tuple[str, ...], counts: Sequence[Count]) -> str:
    written = next((count.region_text for count in counts if count.region_text), None)
    return clean(" ".join(region) + (f" ({written})" if written else "")) or "no region"


def _count_cells(count: Count) -> list[str]:
    link = count.part_of or (f"= {count.same_as}" if count.same_as else "")
    who = (count.status, count.actor, *count.traits)
    cells = (
        count.count_id, link, count.bounds, count.measure, ", ".join(filter(None, who)), count.by,
        count.period, count.phrase or count.text,
    )  # fmt: skip
    return [clean(cell) for cell in cells]


def finding_line(shown: Bulletin, finding: Finding, source: str = "") -> Text:
    """A finding on one line: place, kind, message.

    Args:
        shown: the bulletin.
        finding: one of its findings or checks.
        source: what stands before the place; the id of the bulletin when empty.
    """
    style = {"contradiction": "bold red", "subset-larger": "bold red", "adds-up": "green"}
    line = Text(f"{clean(source or shown.doc_id)}:{place(shown.text, finding.whole.start)}: ")
    line.append(finding.kind, style=style.get(finding.kind, "yellow"))
    line.append(f": {clean(finding.message)}")
    return line


def decisions(out: Console, shown: Bulletin) -> None:
    """Show what became of each number of a bulletin.

    Args:
        out: where to.
        shown: the bulletin.
    """
    entries = shown.explain()
    explained = {entry.get("count_id") for entry in entries}
    entries += [
        {"start": count.start, "text": count.text, "count_id": count.count_id}
        for count in shown.counts
        if count.count_id not in explained
    ]
    if not entries:
        out.print(Text("No numbers found in this text."))
        return
    entries.sort(key=lambda entry: entry["start"])
    table = _table("", "place")
    for head in ("number", "count", "became", "rule", "because"):
        table.add_column(head, overflow="fold")
    known = {count.count_id: count for count in shown.counts}
    for entry in entries:
        count = known.get(entry.get("count_id") or "")
        became = f"{count.bounds} {count.measure}" if count else entry.get("outcome")
        trigger = f"“{entry['trigger']}”" if entry.get("trigger") else ""
        because = "; ".join(filter(None, (trigger, entry.get("reason"))))
        cells = (
            place(shown.text, entry["start"]), entry.get("text"), entry.get("count_id"), became,
            entry.get("rule") or (count.rule if count else ""), because,
        )  # fmt: skip
        table.add_row(*(Text(clean(cell)) for cell in cells))
    out.print(table)


# --- scores --------------------------------------------------------------------------------


def percent(rate: float | None) -> str:
    """A rate in percent with one decimal; a dash for None.

    >>> percent(0.75), percent(None)
    ('75.0', '-')
    """
    return "-" if rate is None else f"{100 * rate:.1f}"


def scores(out: Console, result: Scores) -> None:
    """Show scores by domain, then over all, then each field.

    Args:
        out: where to.
        result: the scores.
    """
    table = _table("By domain, in percent", "domain")
    heads = ("texts", "counts", "found F1", "count P", "count R", "count F1", "row F1", "link F1",
             "finding F1", "killed toll", "injured toll")  # fmt: skip
    for head in heads:
        table.add_column(head.replace(" ", "\n"), justify="right", no_wrap=True)
    rows: list[tuple[str, DomainScores]] = [*result.domains.items(), ("all", result.all)]
    for name, part in rows:
        if name == "all":
            table.add_section()
        rates = (
            part.spans.f1, part.counts.precision, part.counts.recall, part.counts.f1,
            part.rows.f1, part.links.f1, part.findings.f1,
            *(part.tolls[m].rate if m in part.tolls else None for m in _TOLLS),
        )  # fmt: skip
        table.add_row(clean(name), str(part.documents), str(part.spans.gold), *map(percent, rates))
    out.print(table)

    table = _table("Over all", "", *_TALLY)
    whole = result.all
    for name, tally in (
        ("found (spans overlap)", whole.spans),
        ("count (measure, bounds)", whole.counts),
        ("row (and status, actor, by, region, part_of)", whole.rows),
        ("link (part_of)", whole.links),
        ("findings of the audit", whole.findings),
        ("of these contradictions", whole.contradictions),
    ):
        table.add_row(name, *_tally(tally))
    out.print(table)

    table = _table("Fields of the counts found; right: filled values only", "field")
    for head in ("agree", "of", "%", *_TALLY):
        table.add_column(head, justify="right", no_wrap=True)
    for name, score in whole.fields.items():
        right = score.all
        table.add_row(
            name, str(right.agree), str(right.compared), percent(right.rate), *_tally(score.filled)
        )
    out.print(table)


_TOLLS: Final = ("killed", "injured")
_TALLY: Final = ("P", "R", "F1", "right", "predicted", "gold")


def _table(title: str, first: str, *figures: str) -> Table:
    table = Table(
        box=box.SIMPLE, title=title, title_justify="left", title_style="bold", pad_edge=False,
        padding=(0, 1, 0, 0),
    )  # fmt: skip
    table.add_column(first, no_wrap=True)
    for head in figures:
        table.add_column(head, justify="right", no_wrap=True)
    return table


def _tally(tally: Tally) -> list[str]:
    rates = (tally.precision, tally.recall, tally.f1)
    return [*map(percent, rates), str(tally.correct), str(tally.predicted), str(tally.gold)]


def first_of_each(mistakes: Iterable[Mistake], limit: int) -> list[Mistake]:
    """At most `limit` mistakes of each kind, in their order."""
    seen: Counter[str] = Counter()
    kept = []
    for mistake in mistakes:
        seen[mistake.kind] += 1
        if seen[mistake.kind] <= limit:
            kept.append(mistake)
    return kept


def mistakes(
    out: Console,
    found: Sequence[Mistake],
    limit: int,
    reasons: Mapping[tuple[str, int, int], str],
) -> None:
    """Show the first errors of each kind.

    Args:
        out: where to.
        found: the errors.
        limit: at most so many of a kind.
        reasons: why a number was left out, by document, start and end.
    """
    from tollbook.evaluate import ERROR_KINDS

    totals = Counter(mistake.kind for mistake in found)
    for kind in ERROR_KINDS:
        if not totals[kind]:
            continue
        shown = [mistake for mistake in found if mistake.kind == kind][:limit]
        out.print()
        out.print(Text(f"== {kind}: {totals[kind]}, first {len(shown)}", style="bold"))
        for mistake in shown:
            out.print(_mistake(mistake, reasons), soft_wrap=True)


def _mistake(mistake: Mistake, reasons: Mapping[tuple[str, int, int], str]) -> Text:
    gold, predicted = mistake.gold, mistake.predicted
    ids = "/".join(count.count_id if count else "-" for count in (gold, predicted))
    line = Text()
    line.append(f"{clean(mistake.doc_id)} {ids}", style="cyan")
    line.append(f"  gold {clean(mistake.gold_value)} | predicted {clean(mistake.predicted_value)}")
    if predicted is not None and predicted.rule:
        line.append(f"  [{clean(predicted.rule)}]", style="dim")
    if gold is not None and predicted is None:
        why = [
            f"{reason}"
            for (doc, start, end), reason in reasons.items()
            if doc == mistake.doc_id and start < gold.end and gold.start < end
        ]
        line.append(f"  left out: {clean('; '.join(why))}" if why else "  no number seen there")
    line.append(f"\n    {clean(mistake.context)}")
    return line
