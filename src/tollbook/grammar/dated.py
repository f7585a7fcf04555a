"""Days that a bulletin gives its incidents: ``On 7 March, ...``, ``13 May: ...``, ``on Sunday``.

A bulletin about one incident has a day, too, but that is no period of its figures. Where several
incidents have days of their own they are told apart by them: in a list or an update each has its
day; in a story the first is the news, and only what happened on other days is dated.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tollbook.rules import syntax as syn
from tollbook.rules.syntax import syntax

if TYPE_CHECKING:
    from tollbook.grammar.analysis import Analysis, Candidate

Span = tuple[int, int]

_NAMES: Final = (
    "january february march april may june july august september october november december"
).split()
_DAYS: Final = "monday tuesday wednesday thursday friday saturday sunday".split()
MONTH: Final = "(?:" + "|".join((*_NAMES, *(rf"{n[:3]}\.?" for n in _NAMES), r"sept\.?")) + ")"
DAY: Final = "(?:" + "|".join(_DAYS) + ")"
_ORDINAL: Final = r"\d{1,2}(?:st|nd|rd|th)?"
_TO: Final = r"\s?(?:-|–|—|to|and|until)\s?(?:the\s)?"
_FULL: Final = rf"(?:{_ORDINAL}(?:\sof)?\s{MONTH}|{MONTH}\s{_ORDINAL})(?!\d)(?:,?\s(?:19|20)\d\d)?"
DATE: Final = re.compile(rf"\b(?:{_FULL}|on\s{DAY}(?:\s(?:morning|night|evening))?)\b", re.I)
SPAN: Final = re.compile(
    rf"\b(?:{_ORDINAL}{_TO}{_ORDINAL}\s{MONTH}|{MONTH}\s{_ORDINAL}{_TO}{_ORDINAL}(?!\d)|"
    rf"{_ORDINAL}\s{MONTH}{_TO}{_ORDINAL}\s{MONTH}|{MONTH}\s{_ORDINAL}{_TO}{MONTH}\s{_ORDINAL})\b",
    re.I,
)
"""The days that a report covers: ``12–18 May``."""
_LABEL: Final = re.compile(
    rf"[^\w]*({MONTH}(?:\s(?:19|20)\d\d)?(?:\suntil\snow)?|{_FULL}|{DAY}|week\s\d+)\W*", re.I
)
_BARS: Final = re.compile(r";|\b(?:while|whereas|including|of whom|among)\b")
_NEAR_THE_START: Final = 20
_WORDS: Final = frozenset((*_NAMES, *_DAYS, *(n[:3] for n in _NAMES), "sept"))


class Dated:
    """The days of the incidents of one Doc.

    Args:
        analysis: of the Doc.
    """

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self._found: dict[int, list[Span]] = {}

    def dates(self, segment: int) -> list[Span]:
        """The days that a segment names, but those on which somebody spoke."""
        known = self._found.get(segment)
        if known is None:
            known = self._found[segment] = self._search(segment)
        return known

    def _search(self, segment: int) -> list[Span]:
        analysis = self.analysis
        data, words = analysis.segments[segment], analysis.words
        if data["dateline"] or not any(
            word.rstrip(".") in _WORDS for word in words.low[data["start"] : data["end"]]
        ):
            return []
        start, end = words.start[data["start"]], words.end[data["end"] - 1]
        text = analysis.text[start:end]
        spans = [m.span() for m in SPAN.finditer(text)]
        found = []
        masks = syntax().words
        for match in DATE.finditer(text):
            if any(a <= match.start() < b for a, b in spans):
                continue
            before = text[: match.start()].split()[-2:]
            if any(masks.get(word.strip(",").lower(), 0) & syn.SPEECH for word in before):
                continue
            if before and before[-1].lower() in ("since", "until", "from", "by", "of", "between"):
                continue
            found.append((match.start() + start, match.end() + start))
        return found

    def run(self, counts: list[Candidate], *, covers: bool) -> dict[int, Span]:
        """The day of every count that has one as its period, by ``id``.

        Args:
            counts: in text order.
            covers: True for a report that says which days or weeks it covers.
        """
        found: dict[int, Span] = {}
        for item in counts:
            day = self._of(item)
            if day is not None:
                found[id(item)] = day
        if not found:
            return found
        if covers:
            return found
        keys = {self._key(day) for day in found.values()}
        if len(keys) < 2:
            wholes = self._tallies(counts)
            return {ident: day for ident, day in found.items() if ident in wholes}
        main = self._main(counts)
        return {ident: day for ident, day in found.items() if self._key(day) != main}

    def _tallies(self, counts: list[Candidate]) -> set[int]:
        """Totals that a list divides: what one day claimed."""
        candidates = self.analysis.candidates
        found = {
            id(candidates[item.parent])
            for item in counts
            if item.parent >= 0 and item.how == "list"
        }
        return found | {
            id(candidates[item.twin]) for item in counts if item.twin >= 0 and id(item) in found
        }

    def _main(self, counts: list[Candidate]) -> str:
        """The day of the news itself, in a story; empty in a list or an update."""
        segments = self.analysis.segments
        for item in counts:
            data = segments[item.segment]
            if data["kind"] == "headline":
                continue
            if data["bullet"] or data["kind"] == "item" or data["depth"]:
                return ""
            days = self.dates(item.segment)
            if not days:
                continue
            return "" if self._opening() > 1 else self._key(days[0])
        return ""

    def _opening(self) -> int:
        """Number of sentences that begin with a day: ``Around 2 am on 1 November, ...``."""
        words = self.analysis.words
        return sum(
            1
            for number, data in enumerate(self.analysis.segments)
            if self.dates(number)
            and self.dates(number)[0][0] - words.start[data["start"]] < _NEAR_THE_START
        )

    def _key(self, day: Span) -> str:
        text = " ".join(self.analysis.text[day[0] : day[1]].lower().split())
        return text.removeprefix("on ").split(",")[0]

    def _of(self, item: Candidate) -> Span | None:
        """The day of a sentence, of the label before it, or of the sentence before it."""
        segments = self.analysis.segments
        at = item.record["start"]
        days = self.dates(item.segment)
        if days:
            text = self.analysis.text
            after = [d for d in days if d[0] >= at and not _BARS.search(text, at, d[0])]
            before = [d for d in days if d[0] < at]
            if before or after:
                return after[0] if after else before[-1]
            return None
        data = segments[item.segment]
        for number in range(item.segment - 1, -1, -1):
            other = segments[number]
            if other["line"] != data["line"]:
                break
            days = self.dates(number)
            if days:
                return days[-1]
        return None

    def label(self, segment: int) -> Span | None:
        """The day or month that is all that the label of a segment says: ``- December: 67``."""
        analysis = self.analysis
        label = analysis.segments[segment]["label"]
        if label < 0:
            return None
        data, words = analysis.segments[label], analysis.words
        start, end = words.start[data["start"]], words.end[data["end"] - 1]
        if end - start > 40:
            return None
        match = _LABEL.fullmatch(analysis.text[start:end])
        return (match.start(1) + start, match.end(1) + start) if match else None

    def covered(self) -> Span | None:
        """The days that the title of a report says it covers: ``Weekly summary, 12–18 May``."""
        analysis = self.analysis
        counted = {item.segment for item in analysis.candidates if not item.reason}
        for number, data in enumerate(analysis.segments[:6]):
            if data["kind"] not in ("headline", "label") or data["line"] > 2 or number in counted:
                break
            words = analysis.words
            start, end = words.start[data["start"]], words.end[data["end"] - 1]
            match = SPAN.search(analysis.text[start:end])
            if match:
                return match.start() + start, match.end() + start
        return None
