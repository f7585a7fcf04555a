"""The candidates of one Doc side by side, with what every step of the links asks of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tollbook.grammar.timespans import find
from tollbook.rules.word_sets import word_sets

if TYPE_CHECKING:
    from tollbook.grammar.analysis import Analysis, Candidate
    from tollbook.grammar.chunk import Chunk
    from tollbook.grammar.sentence import Sentence

_ANY_EVENT: Final = frozenset(("", "incident", "event", "attack", "time", "occasion"))
"""Nouns that take in incidents of any kind."""
_AGES: Final = frozenset(("child", "woman", "man", "elderly"))
_TIMES: Final = frozenset(("", "time", "occasion"))
_NO_VERBS: Final = ("noun:", "part:", "list", "topic:", "number-of", "toll", "label", "sum", "bare")
"""How the rules of figures begin whose outcome no verb tells."""


class Figures:
    """The candidates of an analysis, by where they stand.

    Args:
        analysis: with its candidates in text order.

    Attributes:
        analysis, candidates, segments: of the Doc.
        low: words of the Doc in lower case.
        place: index of a candidate by its segment and position.
        by_segment: indices of the candidates of a segment, in text order.
    """

    __slots__ = ("analysis", "by_segment", "candidates", "low", "place", "segments")

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.candidates = analysis.candidates
        self.segments = analysis.segments
        self.low = analysis.words.low
        self.place = {(c.segment, c.position): i for i, c in enumerate(self.candidates)}
        self.by_segment: dict[int, list[int]] = {}
        for index, item in enumerate(self.candidates):
            self.by_segment.setdefault(item.segment, []).append(index)

    def sentence(self, item: Candidate) -> Sentence:
        """The sentence of a candidate."""
        found = self.analysis.sentences[item.segment]
        assert found is not None
        return found

    def chunk(self, item: Candidate) -> Chunk:
        """The noun group of a candidate."""
        return self.sentence(item).chunks[item.position]

    def block(self, item: Candidate) -> int:
        """Number of the paragraph of a candidate."""
        number: int = self.segments[item.segment]["block"]
        return number

    def is_bare(self, item: Candidate) -> bool:
        """Whether a number stands alone, or with a pronoun: ``two``, ``the others``."""
        chunk = self.chunk(item)
        if chunk.number is None or chunk.partitive or chunk.actors or chunk.modifiers:
            return False
        if chunk.noun is None:
            # "two later died"
            return not chunk.lemma or self.low[chunk.end - 1] == "later"
        return chunk.noun.role == "pronoun"

    def nearest(self, index: int, measure: str, least: int, *, root: bool = False) -> int:
        """The nearest earlier candidate of a measure that can include so many people.

        Args:
            index: of the candidate to look back from.
            measure: of the candidate looked for.
            least: how many people it has to include.
            root: True to pass over parts of others.

        Returns:
            Its index, or -1.
        """
        for other in range(index - 1, -1, -1):
            item = self.candidates[other]
            record = item.record
            if item.reason or record["measure"] != measure or record["implicit"]:
                continue
            figure = record["best"] or record["low"] or record["high"] or 0
            if figure < max(least, 2) or record["high"] == 0:
                continue
            if (root and item.parent >= 0) or item.parent == index:
                continue
            return other
        return -1


def size(item: Candidate, default: int = 0) -> int:
    """How many a candidate counts, or at least counts.

    Args:
        item: the candidate.
        default: for one without a figure.
    """
    figure: int = item.record["best"] or item.record["low"] or default
    return figure


def differ(item: Candidate, whole: Candidate, *, jobs: bool = False) -> bool:
    """Whether the words of two candidates tell of unlike people: civilians are no soldiers.

    Args:
        item: one candidate.
        whole: another, which may include it.
        jobs: True to tell a teacher from two watchmen, too.
    """
    mine, theirs = item.record, whole.record
    if mine["status"] and theirs["status"] and "mixed" not in (mine["status"], theirs["status"]):
        if mine["status"] != theirs["status"]:
            return True
    told = [set(traits) - _AGES for traits in (mine["traits"], theirs["traits"])]
    if jobs and all(told) and told[0].isdisjoint(told[1]):
        return True
    # who attacks is not of the forces that fight back
    sets = word_sets()
    nouns = {mine["noun"], theirs["noun"]}
    return not nouns.isdisjoint(sets.attackers) and not nouns.isdisjoint(sets.state_forces)


def alike(item: Candidate, whole: Candidate) -> bool:
    """Whether incidents of one kind can be among those of another: assaults among clashes.

    Args:
        item: incidents.
        whole: more incidents.
    """
    mine, theirs = item.record["noun"] or "", whole.record["noun"] or ""
    if theirs in _ANY_EVENT or mine in _TIMES or mine == theirs:
        return True
    ground = word_sets().engagements
    return mine in ground and theirs in ground


def names(item: Candidate, noun: str) -> bool:
    """Whether a candidate counts people of a noun: ``police officer`` those of ``officer``."""
    theirs: str = item.record["noun"] or ""
    return theirs.endswith(noun)


def is_open(item: Candidate) -> bool:
    """Whether the verb of a figure leaves the fate open: ``16 were shot``."""
    record = item.record
    return record["measure"] == "casualties" and not record["rule"].startswith(_NO_VERBS)


def is_struck(figures: Figures, item: Candidate) -> bool:
    """Whether a figure is the object of a verb: a deed of its own."""
    sentence = figures.sentence(item)
    claim = sentence.claims.get(item.position)
    if claim is None or claim.trigger < 0:
        return False
    return sentence.chunks[claim.trigger].voice in ("active", "gerund")


def is_running(figures: Figures, item: Candidate) -> bool:
    """Whether the sentence of a candidate gives a running total: ``since January``."""
    data = figures.segments[item.segment]
    words = figures.analysis.words
    text = figures.analysis.text[words.start[data["start"]] : words.end[data["end"] - 1]]
    return any(scope in ("open", "past") for _, _, scope, _ in find(text))


def settle_fate(item: Candidate, whole: Candidate) -> None:
    """``38 were killed, of whom 16 were shot``: a verb that leaves the fate open tells how.

    Args:
        item: a part; its measure is changed.
        whole: what it is part of.
    """
    if whole.record["measure"] in ("killed", "injured") and is_open(item):
        item.record["measure"] = whole.record["measure"]


def attach(item: Candidate, whole: int, how: str) -> None:
    """Make a candidate a part.

    Args:
        item: the candidate.
        whole: index of the candidate that includes it.
        how: what says so.
    """
    item.parent, item.how = whole, how


def attach_item(figures: Figures, item: Candidate, whole: int) -> None:
    """Make a candidate an item of a list; where it says no outcome, it takes that of the whole."""
    attach(item, whole, "list")
    if not item.record["measure"]:
        item.record["measure"] = figures.candidates[whole].record["measure"]
        item.record["rule"] = "list-item"
        item.inherited.add("measure")
