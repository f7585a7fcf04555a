"""When: the period of a figure, as written and as dates where the text allows."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from tollbook.grammar.dated import DATE, DAY, Dated
from tollbook.grammar.scenes import phrase_in
from tollbook.rules.loader import Column, Table, data_path, load

if TYPE_CHECKING:
    from tollbook.grammar.analysis import Analysis, Candidate

Record = dict[str, Any]

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


def find(text: str) -> list[tuple[int, int, str, str]]:
    """(start, end, scope, id) of the periods in a sentence, the longest of those that overlap.

    >>> [(m[0], m[1], m[2]) for m in find("37 died since early 2024")]
    [(8, 24, 'open')]
    """
    found: list[tuple[int, int, str, str]] = []
    lower = text.lower()
    for ident, scope, pattern, anchors in patterns():
        if not any(anchor in lower for anchor in anchors):
            continue
        for match in pattern.finditer(text):
            start, end, kind = match.start(), match.end(), scope
            if ident == "since":
                if _NOT_SINCE.search(text[:start]):
                    continue
                later = _SINCE_UNIT.match(text, start) or _SINCE_DATE.match(text, start)
                if later is not None:
                    end = later.end()
                elif _SINCE_WHO.match(text, start):
                    continue
            elif ident in _DATED and not _TIMED.search(match.group()):
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

_SINCE_UNIT: Final = re.compile(
    r"since\s+(?:the\s+)?(?:beginning|start|middle|end)\s+of\s+(?:the|this|last)\s+"
    r"(?:day|week|month|year|quarter)\b",
    re.IGNORECASE,
)
_SINCE_DATE: Final = re.compile(
    r"since\s+(?:(?!killed|injured|wounded|died|arrested|displaced|\d)[^\s,;:()]+\s+){2,8}?"
    rf"(?:\(|(?:on|in)\s+)((?:{DATE.pattern}|{DAY}(?:\s(?:morning|evening|night))?|"
    rf"{_MONTH}(?:\s{_YEAR})?|{_YEAR})\b(?:\s(?:this|last)\s(?:year|month|week))?)",
    re.IGNORECASE,
)
"""``since the outbreak of clashes on Sunday``: since Sunday."""
_SINCE_WHO: Final = re.compile(r"since\s+(?:they|he|she|it|we|you|i|being|having)\b", re.IGNORECASE)
_DATED: Final = frozenset(("between", "from-to", "as-of"))
_TIMED: Final = re.compile(rf"\b(?:{_MONTH}|{DAY}|{_YEAR})\b", re.IGNORECASE)
_COMPARED: Final = re.compile(
    r"\b(?:versus|vs\.?|than|compared\s+(?:with|to)|against|up\s+from|down\s+from)\b[^.;]{0,30}$",
    re.IGNORECASE,
)
"""``185, versus 210 in the first quarter``: not what the report covers."""


_RELATIVE: Final = re.compile(r",?\s(?:who|which|whom|whose)\b")


class Periods:
    """Finds the period of every candidate of a Doc."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.found: dict[int, list[tuple[int, int, str, str]]] = {}
        self.running: tuple[int, int, str, str] | None = None

    def run(self) -> None:
        """Set ``period``, ``since`` and ``until`` of the candidates that are counts."""
        counts = [c for c in self.analysis.candidates if not c.reason]
        dated = Dated(self.analysis)
        days = dated.run(counts)
        for item in counts:
            chosen = self._own(item) or self._dated(item, dated, days) or self._introduced(item)
            if chosen is not None:
                self._set(item, chosen)
        for _ in range(2):
            for item in counts:
                if item.record["period"] is None and item.parent >= 0:
                    whole = self.analysis.candidates[item.parent]
                    if item.how != "headline":
                        self._copy(item, whole)
        covered = dated.covered()
        self._carry(counts)
        self._go_on(counts)
        if covered is not None:
            for item in counts:
                if item.record["period"] is None:
                    self._set(item, (*covered, "report", "covered"))

    def _dated(
        self, item: Candidate, dated: Dated, days: dict[int, tuple[int, int]]
    ) -> tuple[int, int, str, str] | None:
        day = days.get(id(item))
        if day is not None:
            return (*day, "day", "date")
        label = dated.label(item.segment)
        return (*label, "day", "label") if label is not None else None

    def _go_on(self, counts: list[Candidate]) -> None:
        """A running total goes on: ``in addition``, and in the rest of its paragraph."""
        segments, low = self.analysis.segments, self.analysis.words.low
        last: Candidate | None = None
        adding = -1
        for item in sorted(counts, key=lambda c: c.record["start"]):
            if item.record["period"] is None and last is not None and last.scope == "open":
                data = segments[item.segment]
                same = segments[last.segment]["block"] == data["block"]
                if phrase_in(low, data["start"], data["start"] + 1, "adding") >= 0:
                    adding = item.segment
                if adding == item.segment or (
                    same
                    and last.record["period"].lower().startswith("since")
                    and item.record["measure"] != "released"
                ):
                    self._copy(item, last)
            last = item

    def _carry(self, counts: list[Candidate]) -> None:
        """The day, week or month that a bulletin covers holds for the figures that follow."""
        report: Candidate | None = None
        for item in sorted(counts, key=lambda c: c.record["start"]):
            if item.scope == "report":
                report = item
            elif not item.scope and item.record["period"] is None and report is not None:
                if item.record["high"] != 0:
                    self._copy(item, report)

    def _in(self, segment: int) -> list[tuple[int, int, str, str]]:
        known = self.found.get(segment)
        if known is None:
            data = self.analysis.segments[segment]
            words = self.analysis.words
            start, end = words.start[data["start"]], words.end[data["end"] - 1]
            known = self.found[segment] = [
                (a + start, b + start, scope, ident)
                for a, b, scope, ident in find(self.analysis.text[start:end])
            ]
            self.analysis.periods[segment] = [(a, b) for a, b, _, _ in known]
        return known

    def _own(self, item: Candidate) -> tuple[int, int, str, str] | None:
        found = self._in(item.segment)
        if not found:
            return None
        at = item.record["start"]
        text = self.analysis.text
        # a semicolon ends the reach of a period
        found = [m for m in found if ";" not in text[min(at, m[0]) : max(at, m[0])]]
        found = [m for m in found if not self._aside(item, m)]
        before = [m for m in found if m[0] < at]
        after = [m for m in found if m[0] >= at]
        opens = [m for m in found if m[2] == "open"]
        if opens:
            return opens[0]
        if after:
            return after[0]
        return before[-1] if before else None

    def _aside(self, item: Candidate, period: tuple[int, int, str, str]) -> bool:
        """``two women, who had been held since 2014, were freed``: told by the way."""
        text, at = self.analysis.text, item.record["start"]
        start, end, scope, _ = period
        if scope not in ("open", "past") or start < at:
            return False
        relative = None
        for relative in _RELATIVE.finditer(text, at, start):
            pass
        if relative is None:
            return False
        if scope == "past" and not relative.group().startswith(","):
            return "," not in text[relative.end() : start]
        return relative.group().startswith(",") and "," not in text[relative.end() : start]

    def _introduced(self, item: Candidate) -> tuple[int, int, str, str] | None:
        segments = self.analysis.segments
        level = segments[item.segment]["parent"]
        while level >= 0:
            at = level
            while at >= 0 and segments[at]["line"] == segments[level]["line"]:
                found = self._in(at)
                if found:
                    return found[0]
                at -= 1
            level = segments[level]["parent"]
        label = segments[item.segment]["label"]
        if label >= 0:
            found = [m for m in self._in(label) if m[2] != "past"]
            if found and segments[item.segment]["kind"] != "headline":
                return found[0]
        return None

    def _set(self, item: Candidate, chosen: tuple[int, int, str, str]) -> None:
        item.scope = chosen[2]
        text = self.analysis.text[chosen[0] : chosen[1]]
        if text.lower() == "since then" and self.running is not None:
            chosen = self.running
            text = self.analysis.text[chosen[0] : chosen[1]]
        elif chosen[2] == "open":
            self.running = chosen
        item.record["period"] = " ".join(text.split())
        since, until = resolve(text)
        item.record["since"], item.record["until"] = since, until

    @staticmethod
    def _copy(item: Candidate, other: Candidate) -> None:
        for key in ("period", "since", "until"):
            item.record[key] = other.record[key]
        item.scope = other.scope


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
