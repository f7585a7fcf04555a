"""How a text divides a whole: the parts of one count, told apart by the ways they are laid out.

The 321 killed of a bulletin may be divided by group in one list and by region in the next;
each list is one `Chain`. A chain is complete when its layout says so (a list after a colon,
``as follows``, parentheses right after the whole), open when words like ``including`` do.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Final

from tollbook.cues import matches, pattern
from tollbook.graph import Fact, Graph
from tollbook.schema import Count

_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_SENTENCE_END: Final = re.compile(r"(?<![A-Z])[.!?][\"”’')\]]*\s+(?=[^a-z\s])|[\r\n]\s*")
_MARKER: Final = re.compile(
    r"\s*(?:(\*\*|[#•▪◦○●‣■►▶➢➤✓*·+–—-])[#\ufe0f]*|\(?(?:\d{1,2}|[a-z])[.)](?=\s))"
)
# What stands before the figure of a line: "Homs desert: 51 operations left 131".
_LABEL: Final = re.compile(r"\s*[^\s:;!?][^:;!?\r\n]{0,60}(?:\*\*)?:(?:\*\*)?(?=\s)")
_TITLE: Final = re.compile(
    r"\s*[A-Z][^\s,;:!?()\r\n]*(?: [^\s,;:!?()\r\n]+){0,5}(?:,| ?\(| [–—-])\s?"
)
_LEAD: Final = 15
_HEADING_WORDS: Final = 6
_LINE_COLON: Final = re.compile(r":[ \t]*(?:[\r\n]|$)")
_INLINE: Final = re.compile(r"^[^.;()\r\n]{0,80}(?:\(|:|\s[–—-])\s*[^.;:()\r\n]{0,20}$")
_NUMBER: Final = re.compile(
    r"\d+|\b(?:another|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|\w+teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundreds?|thousands?|dozens?)\b",
    re.IGNORECASE,
)
_ARTICLE: Final = re.compile(r"(?:,|\band)\s+(?:an?|his|her|their)\b", re.IGNORECASE)
_TAIL_END: Final = re.compile(
    r"[);]|,?\s(?:during|which|who|whom|whose|where|while|when|after|in(?! addition)|by|between"
    r"|at|on)\b"
)
_AGES: Final = frozenset({"child", "woman", "man"})


@dataclass(frozen=True)
class Part:
    """One mention of a part, where it stands in a chain.

    Args:
        count: the mention.
        fact: what it states.
    """

    count: Count
    fact: Fact


@dataclass(frozen=True)
class Chain:
    """Parts of one whole that the text lays out together.

    Args:
        parts: in text order.
        kind: ``list`` (under the whole, in lines), ``inline`` (after a colon or in parentheses),
            ``items`` (bulleted lines that nothing announces), ``including``, or ``plain``.
        near: True when the whole stands in the same sentence.
    """

    parts: tuple[Part, ...]
    kind: str
    near: bool

    @property
    def complete(self) -> bool:
        """True when the layout says that the parts are all there is."""
        return self.kind in ("list", "inline") and len(self.parts) > 1

    @cached_property
    def ids(self) -> frozenset[str]:
        """Ids of the facts."""
        return frozenset(part.fact.id for part in self.parts)

    @cached_property
    def regional(self) -> bool:
        """True when every part names its region, and not all the same."""
        regions = {part.fact.count.region for part in self.parts}
        return len(regions) > 1 and () not in regions

    @property
    def disjoint(self) -> bool:
        """True when no person can be in two of the parts, as far as layout and words tell."""
        return (
            self.complete
            or self.kind == "items"
            or all(
                _apart(one.fact.count, other.fact.count)
                for one, other in combinations(self.parts, 2)
            )
        )


def _apart(one: Count, other: Count) -> bool:
    if one.region and other.region and not set(one.region) & set(other.region):
        return True
    for name in ("status", "actor", "by"):
        first, second = getattr(one, name), getattr(other, name)
        if first and second and first != second and "mixed" not in (first, second):
            return True
    ages = (_AGES.intersection(one.traits), _AGES.intersection(other.traits))
    if all(ages) and not ages[0] & ages[1]:
        return True
    names = [frozenset(t for t in count.traits if t[:1].isupper()) for count in (one, other)]
    return len(names[0]) == len(names[1]) == 1 and names[0] != names[1]


class Layout:
    """Where counts stand in a text: lines, markers, sentences, and what lies between.

    Args:
        text: the text of the bulletin.
        graph: its counts.
    """

    def __init__(self, text: str, graph: Graph) -> None:
        self.text = text
        self.graph = graph
        ends = [match.span() for match in _LINE_END.finditer(text)]
        self._line_starts = [0, *(end for _, end in ends)]
        self._line_ends = [*(start for start, _ in ends), len(text)]
        self._stops = [match.end() for match in _SENTENCE_END.finditer(text)]
        self._ends = sorted(count.end for count in graph.counts)
        self._chains: dict[str, tuple[Chain, ...]] = {}

    def line(self, offset: int) -> tuple[int, int]:
        """Offsets of the line around an offset, without its end of line."""
        number = bisect_right(self._line_starts, offset) - 1
        return self._line_starts[number], self._line_ends[number]

    def next_line(self, offset: int) -> int:
        """Offset where the line below begins; behind the end of the text when there is none."""
        number = bisect_right(self._line_starts, offset)
        return self._line_starts[number] if number < len(self._line_starts) else len(self.text) + 1

    def line_above(self, offset: int) -> str:
        """The nearest line above that is not blank; empty when there is none."""
        start = self.line(offset)[0]
        while start > 0:
            start, end = self.line(start - 1)
            if words := self.text[start:end].strip():
                return words
        return ""

    def marker(self, offset: int) -> str:
        """Bullet of the line (``1`` for any number, ``a`` for any letter); empty without one."""
        found = _MARKER.match(self.text, self.line(offset)[0])
        return (found[1] or "1") if found else ""

    def labelled(self, count: Count) -> bool:
        """True when the line of a count opens with a label: ``Homs: 42 operations left 108``."""
        found = _LABEL.match(self.text, self.line(count.start)[0])
        return found is not None and found.end() <= count.start

    def _titled(self, count: Count) -> bool:
        found = _TITLE.match(self.text, self.line(count.start)[0])
        return found is not None and found.end() <= count.start

    def heading(self, count: Count) -> int:
        """Offset of the heading on a line of its own above the line of a count: short, closed by
        a colon, and without a figure; -1 when there is none.
        """
        at = self.line(count.start)[0]
        while at > 0:
            at, end = self.line(at - 1)
            if self.text[at:end].strip():
                return at if self._heads(at, end) else -1
        return -1

    def _heads(self, start: int, end: int) -> bool:
        words = self.text[start:end].strip()
        short = words.endswith((":", ":**")) and len(words.split()) <= _HEADING_WORDS
        return short and not self._counted(start, end)

    def _announced(self, previous: Count, part: Count) -> bool:
        """True when a line between two parts announces another list: it closes with a colon, has
        no bullet and no figure, and is no mere heading.
        """
        at, stop = self.next_line(previous.start), self.line(part.start)[0]
        while at < stop:
            start, end = self.line(at)
            words = self.text[start:end].strip()
            if (
                words.endswith(":")
                and (len(words.split()) > _HEADING_WORDS or matches("complete", words))
                and not self.marker(start)
                and not self._counted(start, end)
            ):
                return True
            at = self.next_line(at)
        return False

    def _counted(self, start: int, end: int) -> bool:
        at = bisect_right(self._ends, start)
        return at < len(self._ends) and self._ends[at] <= end

    def sentence_start(self, offset: int) -> int:
        """Offset where the sentence or line around an offset begins."""
        at = bisect_right(self._stops, offset)
        return self._stops[at - 1] if at else 0

    def sentence_end(self, offset: int) -> int:
        """Offset where the sentence or line after an offset begins."""
        return self._stop(offset)

    def before(self, count: Count) -> str:
        """The words between the count (or the sentence's start) before this one and this one."""
        at = bisect_right(self._ends, count.start)
        previous = self._ends[at - 1] if at else 0
        return self.text[max(previous, self.sentence_start(count.start)) : count.start]

    @cached_property
    def headline_end(self) -> int:
        """Offset where the body begins; 0 when the text has no headline.

        The headline is what stands in up to three short lines, none of them a list item or
        a sentence with its full stop, above the first line that is one.
        """
        at = lines = 0
        while at <= len(self.text):
            start, end = self.line(at)
            words = self.text[start:end].strip()
            if words:
                if lines == 3 or len(words) > 300 or words[-1] in ".:;" or self.marker(start):
                    return start if lines else 0
                lines += 1
            at = self.next_line(at)
        return 0

    def chains(self, whole: Fact) -> tuple[Chain, ...]:
        """The ways in which the text divides a whole, in text order.

        Args:
            whole: the fact whose direct parts are told apart.
        """
        if whole.id not in self._chains:
            self._chains[whole.id] = self._find_chains(whole)
        return self._chains[whole.id]

    def _find_chains(self, whole: Fact) -> tuple[Chain, ...]:
        placed = [
            Part(mention, fact) for fact in self.graph.parts(whole.id) for mention in fact.mentions
        ]
        placed.sort(key=lambda part: part.count.start)
        groups: list[tuple[str, list[Part]]] = []
        for part in placed:
            previous = groups[-1][1][-1].count if groups else None
            kind = self._introduced(whole, part.count, previous)
            group = self._resumed(groups, part.count) if not kind and groups else None
            if group and self._goes_on(group[1][-1].count, part.count, group[0]):
                group[1].append(part)
            else:
                groups.append((kind or "plain", [part]))
        return tuple(
            Chain(tuple(parts), self._kind(whole, kind, parts), self._near(whole, parts))
            for kind, parts in groups
        )

    def _resumed(
        self, groups: Sequence[tuple[str, list[Part]]], part: Count
    ) -> tuple[str, list[Part]]:
        """The chain that a part on a new line may go on with: the last one, or the one before
        where the last is an aside (``7, including two children``) to one of its lines.
        """
        last = groups[-1]
        if last[0] == "including" and len(groups) > 1:
            line = self.line(last[1][-1].count.start)
            before = groups[-2][1][-1].count.start
            if self.line(before) == line and self.line(part.start) != line:
                return groups[-2]
        return last

    def _kind(self, whole: Fact, kind: str, parts: Sequence[Part]) -> str:
        lines = {self.line(part.count.start)[0] for part in parts}
        if len(lines) < 2:
            return kind
        if kind == "plain":
            laid_out = all(map(self.marker, lines)) or all(self._tabled(p.count) for p in parts)
            return "items" if laid_out else kind
        if kind == "list":
            headings = {self.heading(part.count) for part in parts}
            if -1 not in headings and len(headings) == len(lines):
                # Headings that nothing announces divide the text, not the whole.
                first = min(headings)
                anchor = self._anchor(whole, parts[0].count)
                between = self.text[anchor.end : first] if anchor else ""
                if not self.line_above(first).endswith(":") and not matches("complete", between):
                    return "items"
        return kind

    def _tabled(self, count: Count) -> bool:
        """True for ``Homs: 5 killed``: a label and at once the figure."""
        start = self.line(count.start)[0]
        found = _LABEL.match(self.text, start)
        return found is not None and 0 <= count.start - found.end() < _LEAD

    def _introduced(self, whole: Fact, part: Count, previous: Count | None) -> str:
        """The kind of chain that begins with this part; empty when nothing says that one does."""
        window = self.before(part)
        if of_them := pattern("after").match(window):
            window = window[of_them.end() :]
        if matches("including", window):
            return "including"
        if pattern("after").match(self.text[part.end : part.end + 40]):
            return "including"
        anchor = self._anchor(whole, part)
        if anchor is None:
            return ""
        line = self.line(part.start)[0]
        opens_line = (previous is None or previous.start < line) and anchor.start < line
        if opens_line and self.line_above(part.start).endswith(":"):
            if previous and (self._headed(previous, part) or self._above(previous, anchor, part)):
                return ""
            return "list"
        if opens_line and previous and self._announced(previous, part):
            return "list"
        if previous is None or previous.start < anchor.start:
            between = self.text[anchor.end : part.start]
            if opens_line and (_LINE_COLON.search(between) or matches("complete", between)):
                return "list"
            if _INLINE.match(between):
                return "inline"
        return "inline" if matches("complete", window) and not opens_line else ""

    def _anchor(self, whole: Fact, part: Count) -> Count | None:
        return next((m for m in reversed(whole.mentions) if m.start < part.start), None)

    def _goes_on(self, previous: Count, part: Count, kind: str) -> bool:
        marker = self.marker(part.start)
        labelled = not marker and self.labelled(part)
        if self.line(previous.start) == self.line(part.start):
            same = self.sentence_start(previous.start) == self.sentence_start(part.start)
            return same or bool(marker) or labelled
        if self._headed(previous, part):
            return True
        if marker or self.marker(previous.start):
            return marker == self.marker(previous.start)
        if labelled and self.labelled(previous):
            return True
        if kind != "list":
            return False
        leads = [count.start - self.line(count.start)[0] for count in (previous, part)]
        return max(leads) < _LEAD or (self._titled(previous) and self._titled(part))

    def _headed(self, previous: Count, part: Count) -> bool:
        """True when each of two parts stands under a heading of its own, of one kind."""
        first, second = self.heading(previous), self.heading(part)
        if first < 0 or second < 0 or first == second:
            return False
        marker = self.marker(first)
        return marker == self.marker(second) and (bool(marker) or _apart(previous, part))

    def _above(self, previous: Count, anchor: Count, part: Count) -> bool:
        """True when the line above, though it ends in a colon, is the part before this one."""
        start = self.line(part.start)[0]
        while start > 0:
            start, end = self.line(start - 1)
            if self.text[start:end].strip():
                return start <= previous.start < end and not start <= anchor.start < end
        return False

    def _near(self, whole: Fact, parts: Sequence[Part]) -> bool:
        start = self.sentence_start(parts[0].count.start)
        return any(
            self.sentence_start(mention.start) == start for mention in whole.mentions
        ) and all(self.sentence_start(part.count.start) == start for part in parts)

    def firsts(self, chain: Chain) -> tuple[Part, ...]:
        """The first part of each line of a chain; none when its parts share lines by layout."""
        first: dict[int, Part] = {}
        for part in chain.parts:
            first.setdefault(self.line(part.count.start)[0], part)
        return tuple(first.values()) if len(first) < len(chain.parts) else ()

    def gaps(self, whole: Fact, chain: Chain) -> bool:
        """True when a breakdown may have a figure that is none of its parts.

        That is a number in its sentence or list that is no count, a count of the same outcome
        that is not linked, or a line with the bullet of its items that holds no count.

        Args:
            whole: what is divided.
            chain: one way of dividing it.
        """
        first, last = chain.parts[0].count, chain.parts[-1].count
        anchor = self._anchor(whole, first)
        start = anchor.end if anchor else first.start
        family = {whole.id, *(fact.id for fact in self.graph.below(whole.id))}
        for count in self.graph.counts:
            if (
                start <= count.start < last.start
                and count.measure == first.measure
                and count.best != 0
                and self.graph.fact_of[count.count_id] not in family
            ):
                return True
        if chain.kind != "list":
            stop = self._stop(last.end)
            siblings = (m for fact in self.graph.parts(whole.id) for m in fact.mentions)
            if any(last.end < m.start < stop and m.measure == last.measure for m in siblings):
                return True
            tail = _TAIL_END.search(self.text, last.end, stop)
            end = tail.start() if tail else stop
            return self._loose(_NUMBER, start, end) or self._loose(_ARTICLE, first.end, end)
        known = {self.line(part.count.start)[0] for part in chain.parts}
        if any(self._loose(pattern("figure"), *self.line(begin)) for begin in known):
            return True
        if not self.marker(first.start) and (self.labelled(first) or self.heading(first) >= 0):
            return self._gaps_in_labels(chain, self.next_line(start), known)
        marker = self.marker(first.start)
        outer = self._outer(anchor, first) if anchor else ""
        counted = {self.line(count.start)[0] for count in self.graph.counts}
        at = self.next_line(start)
        while at < len(self.text):
            begin, end = self.line(at)
            words = self.text[begin:end].strip()
            bullet = self.marker(begin)
            # Items without bullets of their own may stand under a bulleted line.
            if (
                words
                and begin > last.end
                and (bullet == outer if marker else bullet)
                and (bullet or begin not in counted)
            ):
                break
            if words and bullet == marker and begin not in known:
                if marker and (begin not in counted or self._loose(_NUMBER, begin, end)):
                    return True
                if not marker and self._loose(_NUMBER, begin, min(end, begin + _LEAD)):
                    return True
                if not marker and begin > last.end:
                    break
            at = self.next_line(at)
        return False

    def _gaps_in_labels(self, chain: Chain, at: int, known: set[int]) -> bool:
        """True when a label or a heading like those of the parts may hold a figure more."""
        first = chain.parts[0].count
        marker = self.marker(self.heading(first)) if not self.labelled(first) else ""
        headed = False
        while at < len(self.text):
            begin, end = self.line(at)
            words = self.text[begin:end].strip()
            heads = self.marker(begin) == marker and self._heads(begin, end)
            if words and not heads and begin not in known:
                label = _LABEL.match(self.text, begin)
                opens = self.marker(begin) == marker and label is not None and label.end() < end
                if (headed or opens) and (
                    not self._counted(begin, end) or self._loose(_NUMBER, begin, end)
                ):
                    return True
            if words:
                headed = heads
            at = self.next_line(at)
        return False

    def _outer(self, anchor: Count, first: Count) -> str:
        """Bullet of the whole's line, when the list of its parts begins under that very line."""
        bullet = self.marker(anchor.start)
        at = self.next_line(anchor.start)
        while at < self.line(first.start)[0]:
            if self.marker(at) == bullet:
                return ""
            at = self.next_line(at)
        return bullet

    def _stop(self, offset: int) -> int:
        at = bisect_right(self._stops, offset)
        return self._stops[at] if at < len(self._stops) else len(self.text)

    def _loose(self, shape: re.Pattern[str], start: int, end: int) -> bool:
        return any(
            not any(
                count.start < found.end() and found.start() < count.end
                for count in self.graph.counts
            )
            for found in shape.finditer(self.text, start, end)
        )
