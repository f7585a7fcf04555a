"""Expressions of time that give the period of a figure, and the dates that they name."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Final

from tollbook.grammar.dated import DATE, DAY
from tollbook.rules.loader import Column, Table, data_path, load

Found = tuple[int, int, str, str]
"""Start, end, scope and id of a period; its scope is that of the table."""

PERIODS: Final = Table(
    "periods",
    (
        Column("id"),
        Column("pattern", required=True),
        Column("scope", "choice", required=True, choices=("open", "past", "report", "day")),
        Column("examples", "examples", required=True),
    ),
)

_MONTH: Final = (
    r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?\.?|july?\.?|"
    r"aug(?:ust|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
_YEAR: Final = r"(?:19|20)\d\d"
_DAY: Final = r"(?:the )?\d{1,2}(?:st|nd|rd|th)?"
_DATE: Final = (
    rf"(?:{_DAY}(?: of)?(?: {_MONTH})?(?:,? {_YEAR})?|{_MONTH} {_DAY}(?:,? {_YEAR})?|"
    rf"{_MONTH}(?: {_YEAR})?|{_YEAR})"
)
_NUMBER: Final = (
    r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|a few)"
)
# the rest of a phrase: up to a comma, a verb or a joining word
_REST: Final = (
    rf"(?:(?:the )?(?:early|late|mid|beginning|start|end|outbreak|onset|escalation|first|second|"
    rf"same|"
    rf"signing|launch|fall|dawn|morning|evening|noon|night|then)?-?\s?(?:of )?(?:{_DATE}|"
    r"(?:the )?[\w’'-]+(?: (?!(?:has|have|had|was|were|is|are|which|who|SOHR|to|by|when|that|as|it|"
    r"he|they|we|in|at|left|killed)\b)[\w’'-]+){0,5}(?: in " + _DATE + r")?))"
)


@cache
def patterns() -> tuple[tuple[str, str, re.Pattern[str], tuple[str, ...]], ...]:
    """(id, scope, pattern, anchors) of every row of the table of periods, read once a process.

    An anchor is a word that stands in every text the pattern fits: a cheap first test.

    Raises:
        RuleError: the file does not fit the table.
    """
    found = []
    for row in load(PERIODS, data_path("en/periods.csv")):
        text = re.escape(row["pattern"]).replace(r"\ ", " ")
        text = text.replace(r"\(", "(?:").replace(r"\)", ")").replace(r"\|", "|")
        text = text.replace("'", "['’]")
        for name, value in (
            ("<month>", rf"{_MONTH}(?:,? {_YEAR})?"), ("<year>", _YEAR), ("<date>", _DATE),
            ("<number>", _NUMBER), (r"\.\.\.", _REST),
        ):  # fmt: skip
            text = text.replace(name, value)
        # a blank in a pattern is any run of blanks in the text
        text = text.replace(" ", r"\s+")
        try:
            pattern = re.compile(rf"\b{text}(?!\w)", re.IGNORECASE)
            found.append((row["id"], row["scope"], pattern, _anchors(row["pattern"])))
        except re.error as error:
            raise row.error("pattern", str(error)) from None
    return tuple(found)


def _anchors(pattern: str) -> tuple[str, ...]:
    words = [word for word in pattern.split() if "<" not in word]
    first = words[0] if not pattern.startswith("<") else words[-1]
    return tuple(option.lower() for option in first.strip("()").split("|") if option)


@cache
def _all_anchors() -> tuple[str, ...]:
    """The anchors of all patterns, each once: many patterns share theirs."""
    return tuple({anchor: None for *_, anchors in patterns() for anchor in anchors})


def find(text: str) -> list[tuple[int, int, str, str]]:
    """(start, end, scope, id) of the periods in a sentence, the longest of those that overlap.

    >>> [(m[0], m[1], m[2]) for m in find("37 died since early 2024")]
    [(8, 24, 'open')]
    """
    found: list[tuple[int, int, str, str]] = []
    lower = text.lower()
    present = {anchor for anchor in _all_anchors() if anchor in lower}
    for ident, scope, pattern, anchors in patterns():
        if present.isdisjoint(anchors):
            continue
        for match in pattern.finditer(text):
            start, end, kind = match.start(), match.end(), scope
            if ident == "since":
                if _NOT_SINCE.search(text[:start]):
                    continue
                later = (
                    _SINCE_UNIT.match(text, start)
                    or _TODAY.match(text, start)
                    or _SINCE_DATE.match(text, start)
                )
                if later is not None:
                    end = later.end()
                elif _SINCE_WHO.match(text, start):
                    continue
                if _OF_DAY.match(text, start):
                    kind = "report"
                elif _TODAY.match(text, start):
                    kind = "day"
            elif (ident in _COUNTED and _RANKED.search(text[:start])) or (
                ident in _DATED and not _TIMED.search(match.group())
            ):
                continue
            if kind == "report" and _COMPARED.search(text[:start]):
                kind = "past"
            found.append((start, end, kind, ident))
    found.sort(key=lambda m: (m[0], -(m[1] - m[0])))
    kept: list[tuple[int, int, str, str]] = []
    for item in found:
        if not kept or item[0] >= kept[-1][1]:
            kept.append(item)
    return kept


_NOT_SINCE: Final = re.compile(
    r"(?:\b(?:have|has|had)\s+|\b(?:lowest|highest|worst|deadliest|first|largest|biggest|heaviest|"
    r"bloodiest|most)\b[^.;]{0,60})$",
    re.IGNORECASE,
)
"""``have since fled``, ``the deadliest attack since 2012``: no running totals."""

_RANKED: Final = re.compile(
    r"\b(?:lowest|highest|worst|deadliest|first|second|third|largest|biggest|heaviest|bloodiest|"
    r"most)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
"""``the first Sunday in seven weeks``: a rank."""
_OF_DAY: Final = re.compile(r"since\s+the\s+(?:beginning|start)\s+of\s+(?:the|this)\s+day\b", re.I)
_TODAY: Final = re.compile(
    r"since\s+(?:(?:dawn|midnight|midday|noon|sunrise|last\s+night)\b|"
    r"(?:the\s+)?(?:morning|dawn|early\s+hours|first\s+hours)\s+of\s+(?:today|this\s+day))",
    re.IGNORECASE,
)
_SINCE_UNIT: Final = re.compile(
    r"since\s+(?:the\s+)?(?:beginning|start|middle|end)\s+of\s+(?:the|this|last)\s+"
    rf"(?:day|week|month|year|quarter)\b|since\s+the\s+{_MONTH}\s+[a-z]+|"
    r"since\s+(?:dawn|midnight|midday|noon|sunrise|yesterday|today|last\s+\w+)\b",
    re.IGNORECASE,
)
_SINCE_DATE: Final = re.compile(
    r"since\s+(?:(?!killed|injured|wounded|died|arrested|displaced|\d)[^\s,;:()]+\s+){2,8}?"
    rf"(?:\(|(?:on|in)\s+)((?:{DATE.pattern}|{DAY}(?:\s(?:morning|evening|night))?|"
    rf"{_MONTH}(?:\s{_YEAR})?|{_YEAR})\b(?:\s(?:this|last)\s(?:year|month|week))?)",
    re.IGNORECASE,
)
"""``since the outbreak of clashes on Sunday``: the phrase goes on to the date."""
_SINCE_WHO: Final = re.compile(r"since\s+(?:they|he|she|it|we|you|i|being|having)\b", re.IGNORECASE)
_COUNTED: Final = frozenset(("in-days", "in-one"))
_DATED: Final = frozenset(("between", "from-to", "as-of"))
_TIMED: Final = re.compile(rf"\b(?:{_MONTH}|{DAY}|{_YEAR})\b", re.IGNORECASE)
_COMPARED: Final = re.compile(
    r"\b(?:versus|vs\.?|than|compared\s+(?:with|to)|against|up\s+from|down\s+from)\b[^.;]{0,30}$",
    re.IGNORECASE,
)
"""``185, versus 210 in the first quarter``: not what the report covers."""


_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        "january jan,february feb,march mar,april apr,may,june jun,july jul,august aug,"
        "september sept sep,october oct,november nov,december dec".split(","),
        1,
    )
    for name in names.split()
}


def resolve(text: str) -> tuple[str | None, str | None]:
    """First and last day of a period as ISO dates, where the words alone settle them.

    >>> resolve("since the 29th of December 2017"), resolve("in 2015"), resolve("yesterday")
    (('2017-12-29', None), ('2015-01-01', '2015-12-31'), (None, None))
    """
    words = re.findall(r"[a-z]+|\d+", text.lower())
    years = [int(w) for w in words if re.fullmatch(_YEAR, w)]
    if not years:
        return None, None
    months = [_MONTHS[w] for w in words if w in _MONTHS]
    days = [int(w) for w in words if w.isdigit() and len(w) <= 2 and 1 <= int(w) <= 31]
    year = years[0]
    opened = words[0] == "since"
    try:
        if months and days and len(months) == 1 and len(days) == 1:
            day = date(year, months[0], days[0]).isoformat()
            return (day, None) if opened else (day, day)
        if len(months) == 1 and not days:
            first = date(year, months[0], 1)
            last = date(year + months[0] // 12, months[0] % 12 + 1, 1).toordinal() - 1
            return first.isoformat(), None if opened else date.fromordinal(last).isoformat()
    except ValueError:
        return None, None
    if not months and not days:
        if opened:
            # "since early 2024" names no day; "since 2024" begins with the year
            return (date(year, 1, 1).isoformat(), None) if len(words) == 2 else (None, None)
        return date(year, 1, 1).isoformat(), date(year, 12, 31).isoformat()
    return None, None
