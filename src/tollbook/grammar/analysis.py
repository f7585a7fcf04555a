"""What the stages know of one Doc while it passes through the pipeline.

The Doc itself carries only JSON-safe records; the chunks of each sentence are working
material that the later stages share, kept as long as the Doc lives and never serialised.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from tollbook.grammar.chunks import Chunker
from tollbook.grammar.govern import govern
from tollbook.rules.word_lists import WordLists, word_lists
from tollbook.words import Words

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from tollbook.grammar.sentence import Sentence

Record = dict[str, Any]

_known: WeakKeyDictionary[Doc, Analysis] = WeakKeyDictionary()


class Candidate:
    """A number (or a person) that may become a count.

    Attributes:
        segment: index of its segment.
        position: of its chunk in the sentence.
        record: the fields of the count, as they are found.
        parent: index of the candidate that includes it, or -1.
        twin: index of the earlier candidate that it states again, or -1.
        how: what made it a part.
        reason: why it is left out; empty for a count.
        inherited: fields that it did not say itself.
        scope: of its period: ``open`` for a running total, ``past``, ``report``, ``day`` or empty.
    """

    __slots__ = (
        "event",
        "how",
        "inherited",
        "parent",
        "position",
        "reason",
        "record",
        "scope",
        "segment",
        "twin",
    )

    def __init__(self, segment: int, position: int, record: Record) -> None:
        self.segment, self.position, self.record = segment, position, record
        self.parent = -1
        self.twin = -1
        self.how = ""
        self.reason = ""
        self.inherited: set[str] = set()
        self.event = -1
        self.scope = ""

    @property
    def background(self) -> bool:
        """True for a running total or something that happened before."""
        return self.scope in ("open", "past")


class Analysis:
    """Words, segments, records and chunks of one Doc."""

    def __init__(self, doc: Doc, lists: WordLists | None = None) -> None:
        self.words = Words.of(doc)
        self.lists = lists or word_lists()
        self.text = self.words.text
        self.segments: list[Record] = _records(doc, "layout")
        self.numbers: list[Record] = _records(doc, "numbers")
        self.rejected: list[Record] = _records(doc, "numbers", "rejected")
        self.regions: list[Record] = _records(doc, "regions")
        self.actors: list[Record] = _records(doc, "actors")
        self.sentences: list[Sentence | None] = []
        self.candidates: list[Candidate] = []
        # characters of the periods that each segment names
        self.periods: dict[int, list[tuple[int, int]]] = {}
        # classes of each word, and of the phrases that begin at a word
        self.masks: list[int] = []
        self.phrases: dict[int, tuple[int, int]] = {}
        self.sides: dict[int, list[Record]] = {}
        if not self.segments and len(self.words):
            self.segments = [
                {
                    "start": 0, "end": len(self.words), "kind": "text", "line": 0, "block": 0,
                    "parent": -1, "label": -1, "bullet": "", "depth": 0, "dateline": False,
                }
            ]  # fmt: skip

        self._starts = [segment["start"] for segment in self.segments]
        self._actors_in: dict[int, list[Record]] | None = None

    @classmethod
    def of(cls, doc: Doc) -> Analysis:
        """The analysis of a Doc; begun at the first call."""
        known = _known.get(doc)
        if known is None:
            known = _known[doc] = cls(doc)
        return known

    @classmethod
    def restart(cls, doc: Doc, lists: WordLists | None = None) -> Analysis:
        """A fresh analysis, from what the Doc holds now; with these word lists or ours."""
        known = _known[doc] = cls(doc, lists)
        return known

    def parse(self) -> None:
        """Cut every segment that may hold a count into chunks and govern it."""
        chunker = Chunker(self.words, self.numbers, self.actors, self.regions, self.lists)
        low = self.words.low
        self.masks, self.phrases = chunker.masks, chunker.phrases
        starts = chunker.number_at.keys()
        for segment in self.segments:
            start, end = segment["start"], segment["end"]
            if starts.isdisjoint(range(start, end)) and not chunker.triggered(start, end):
                self.sentences.append(None)
                continue
            chunks = chunker.cut(start, end)
            self.sentences.append(govern(chunks, low, self.lists))

    def segment_of(self, token: int) -> int:
        """Index of the segment that holds a token, or -1."""
        index = bisect_right(self._starts, token) - 1
        if index < 0 or token >= self.segments[index]["end"]:
            return -1
        return index

    def has(self, segment: int, classes: int) -> bool:
        """Whether a word or phrase of one of these classes stands in a segment."""
        data, masks, phrases = self.segments[segment], self.masks, self.phrases
        for token in range(data["start"], data["end"]):
            if masks[token] & classes or (token in phrases and phrases[token][1] & classes):
                return True
        return False

    @property
    def actors_by_segment(self) -> dict[int, list[Record]]:
        """The actors that each segment names, in text order."""
        if self._actors_in is None:
            self._actors_in = {}
            for record in self.actors:
                self._actors_in.setdefault(self.segment_of(record["start"]), []).append(record)
        return self._actors_in


def _records(doc: Doc, group: str, name: str = "") -> list[Record]:
    if group not in doc.spans:
        return []
    found: list[Record] = list(doc.spans[group].attrs.get(name or group, ()))
    return found
