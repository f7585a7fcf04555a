"""Cue words: what the words of a text or of a period say about its figures.

Used by the toll (which figures are news) and by the audit (which breakdowns are complete).
The cues are rows of ``rules/data/en/cues.csv``.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from tollbook.rules.loader import Column, Row, Table, data_path, load

PERIODS: Final = ("new", "running", "past", "span")
"""How a period relates to a report: its own time; a running total; something past; dates."""

CUES: Final = (
    *PERIODS,
    "overall",
    "including",
    "after",
    "complete",
    "overlap",
    "overlap-incidents",
    "rival",
    "superseded",
    "figure",
    "all-of-them",
    "in-total",
    "toll-now",
    "corrected",
    "another-event",
    "more-people",
    "raises",
    "same-span",
    "past-event",
    "the-dead",
    "definite",
    "attacker",
    "state",
    "generic",
)

TABLE: Final = Table(
    "cues",
    (
        Column("id"),
        Column("cue", "choice", required=True, choices=CUES),
        Column("pattern", required=True),
        Column("examples", "examples", required=True),
    ),
)
"""Columns of ``cues.csv``. `pattern` is a regular expression, searched without regard to case;
an example that begins with ``!`` must not match."""


@cache
def rules() -> tuple[tuple[Row, re.Pattern[str]], ...]:
    """The rows of the table with their compiled patterns, in file order.

    Raises:
        RuleError: the file does not fit, or a pattern is no regular expression.
    """
    made = []
    for row in load(TABLE, data_path("en/cues.csv")):
        try:
            made.append((row, re.compile(row["pattern"], re.IGNORECASE)))
        except re.error as error:
            raise row.error("pattern", f"is not a regular expression: {error}") from None
    return tuple(made)


@cache
def pattern(cue: str) -> re.Pattern[str]:
    """One pattern for all rows of a cue.

    Args:
        cue: one of `CUES`.

    >>> bool(pattern("including").search("combatants, including "))
    True
    """
    return re.compile(
        "|".join(f"(?:{row['pattern']})" for row, _ in rules() if row["cue"] == cue),
        re.IGNORECASE,
    )


@lru_cache(maxsize=4096)
def period_kind(period: str) -> str:
    """How a period relates to the report that names it: one of `PERIODS`.

    Args:
        period: the period as written.

    >>> [period_kind(words) for words in ("yesterday", "since early 2024", "last year", "in May")]
    ['new', 'running', 'past', 'span']
    >>> period_kind("during the clashes")
    'new'
    """
    for row, compiled in rules():
        if row["cue"] in PERIODS and compiled.search(period.strip()):
            return str(row["cue"])
    return "new"


_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_DATE_PIECE: Final = re.compile(r"[A-Za-z]+|\d+")


@lru_cache(maxsize=4096)
def day_range(period: str) -> tuple[int, int] | None:
    """First and last day that a period names, each as month * 100 + day; None without a month.

    Args:
        period: the period as written; the year is not looked at.

    >>> day_range("between 1 January and 31 March"), day_range("12–18 May"), day_range("in May")
    ((101, 331), (512, 518), (501, 531))
    >>> day_range("last week") is None
    True
    """
    months: list[int] = []
    days: list[tuple[int, int]] = []
    waiting: list[int] = []
    last_was_month = False
    for piece in _DATE_PIECE.findall(period):
        if piece.isdigit():
            if int(piece) > 31 or len(piece) > 2 or piece == "0":
                last_was_month = False
            elif months and last_was_month:
                days.append((months[-1], int(piece)))
            else:
                waiting.append(int(piece))
        elif (month := _MONTHS.get(piece.lower())) is not None:
            if month == 5 and piece == "may":
                continue
            months.append(month)
            days += ((month, day) for day in waiting)
            last_was_month = not waiting
            waiting = []
    if not months:
        return None
    days += ((months[-1], day) for day in waiting)
    dated = {month for month, _ in days}
    low = min([m * 100 + d for m, d in days] + [m * 100 + 1 for m in months if m not in dated])
    high = max([m * 100 + d for m, d in days] + [m * 100 + 31 for m in months if m not in dated])
    return low, high


def same_name(one: str | None, other: str | None) -> bool:
    """True when two ids or names mean one group: equal but for case, quotes and articles, or
    the words of one contained in the other's.

    >>> same_name("isis", "ISIS"), same_name("Gran Grif", "the Gran Grif gang")
    (True, True)
    >>> same_name("isis", None)
    False
    """
    first, second = _words(one), _words(other)
    return bool(first) and bool(second) and (first <= second or second <= first)


@lru_cache(maxsize=4096)
def _words(name: str | None) -> frozenset[str]:
    words = re.findall(r"[^\W_]+", (name or "").lower())
    return frozenset(word for word in words if word not in ("the", "a", "an"))


def matches(cue: str, words: str | None) -> bool:
    """True when the cue is found in these words.

    >>> matches("attacker", "two of the attackers"), matches("state", None)
    (True, False)
    """
    return words is not None and pattern(cue).search(words) is not None
