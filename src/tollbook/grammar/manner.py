"""How it was done, how sure the text is of it, and who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tollbook.rules import syntax as syn
from tollbook.rules.means import means
from tollbook.rules.word_sets import word_sets

if TYPE_CHECKING:
    from tollbook.grammar.analysis import Analysis, Candidate

Record = dict[str, Any]

_PRONOUNS: Final = frozenset("it he she they we i".split())
_ARTICLES: Final = frozenset("a an the".split())
_JOINING: Final = frozenset((",", "and", "or", "&", "/"))
_LIST_STEP: Final = 6  # "ambushes, armed attacks, and explosions"
_SOURCE_WORDS: Final = 9  # "the head of the local civil defence office in the city"


class Manner:
    """Finds means, certainty and source of every candidate of a Doc."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self._means: dict[int, list[tuple[int, str]]] = {}
        self._sources: dict[int, tuple[str | None, str]] = {}

    def run(self) -> None:
        """Set ``means``, ``certainty`` and ``source`` of the candidates that are counts."""
        candidates = self.analysis.candidates
        segments = self.analysis.segments
        said: dict[int, str | None] = {}
        for item in candidates:
            if item.reason:
                continue
            record = item.record
            found = self._in(item.segment)
            block = segments[item.segment]["block"]
            how = None
            if found:
                how = said[block] = self._nearest(item, found)
            elif record["measure"] in ("killed", "injured", "casualties") and not item.background:
                how = said.get(block)
            record["means"] = how if record["high"] != 0 else None
            record["source"], record["certainty"] = self._told(item.segment)
        for item in candidates:
            if not item.reason and item.parent >= 0 and item.record["means"] is None:
                whole = candidates[item.parent].record
                if whole["measure"] == item.record["measure"]:
                    item.record["means"] = whole["means"]

    def _nearest(self, item: Candidate, found: list[tuple[int, str]]) -> str | None:
        """The means that stands first after the number, or else last before it.

        None where it is one of several in a list: ``in ambushes, raids and explosions``.
        """
        sentence = self.analysis.sentences[item.segment]
        assert sentence is not None
        at = sentence.chunks[item.position].start
        after = [hit for hit in found if hit[0] >= at]
        if not after:
            return found[-1][1]
        low = self.analysis.words.low
        last, name = after[0]
        for token, other in after[1:]:
            listed = token - last <= _LIST_STEP and not _JOINING.isdisjoint(low[last:token])
            if not listed:
                break
            if other != name:
                return None
            last = token
        return name

    def _in(self, segment: int) -> list[tuple[int, str]]:
        known = self._means.get(segment)
        if known is None:
            known = self._means[segment] = []
            data, low = self.analysis.segments[segment], self.analysis.words.low
            table = means()
            if table.by_first.keys().isdisjoint(low[data["start"] : data["end"]]):
                return known
            token = data["start"]
            while token < data["end"]:
                hit = table.at(low, token)
                if hit is not None:
                    known.append((token, hit[1]))
                    token += hit[0]
                else:
                    token += 1
        return known

    def _told(self, segment: int) -> tuple[str | None, str]:
        known = self._sources.get(segment)
        if known is None:
            known = self._sources[segment] = self._source(segment)
        return known

    def _source(self, segment: int) -> tuple[str | None, str]:
        """(source, certainty) of a sentence: ``police said``, ``according to SOHR``."""
        data = self.analysis.segments[segment]
        low, masks = self.analysis.words.low, self.analysis.masks
        start, end = data["start"], data["end"]
        certainty = "asserted"
        unsure = [t for t in range(start, end) if low[t] in word_sets().unsure]
        if unsure and not any(low[t].startswith("confirm") for t in range(unsure[0], end)):
            certainty = "unconfirmed"  # unless "initial reports have confirmed"
        source: str | None = None
        for token in range(start, end):
            if low[token] == "have" and token > start and low[token - 1] in ("may", "might"):
                certainty = "unconfirmed"  # "may have been killed"
                continue
            if low[token] == "according" and low[token + 1 : token + 2] == ["to"]:
                source = self._name(token + 2, end)
                break
            if masks[token] & syn.SPEECH and not low[token].endswith("ing"):
                first = self._subject(token, start)
                if first is None:
                    continue
                source = self._text(first, token)
                if low[token] in word_sets().claiming:
                    certainty = "claimed"
                break
        return source, certainty

    def _subject(self, verb: int, start: int) -> int | None:
        """Where the subject of a verb of saying begins, or None."""
        low, masks = self.analysis.words.low, self.analysis.masks
        triggered = self.analysis.lists.triggers.by_first
        token = verb
        while token > start and token > verb - _SOURCE_WORDS:
            before = token - 1
            if low[before] in (",", ";", ":", "”", '"', "(", "|") or not low[before].strip():
                break
            if masks[before] & (syn.REL | syn.SUB | syn.CONJ | syn.COND) and before < verb - 1:
                break
            if masks[before] & (syn.BE | syn.VERB) and not masks[before] & syn.HAVE:
                return None
            if low[before] in triggered and not masks[before] & syn.HAVE:
                return None  # "police killed four, witnesses said": another clause
            token = before
        while token < verb and (
            low[token] in _ARTICLES
            or low[token] in word_sets().unsure
            or masks[token] & (syn.DET | syn.POSS)
        ):
            token += 1
        words = low[token:verb]
        if (
            not words
            or words[0] in _PRONOUNS
            or words == ["reports"]
            or not any(w[:1].isalpha() for w in words)
        ):
            return None
        return token

    def _name(self, token: int, end: int) -> str | None:
        """The words from `token` up to the end of the noun group."""
        low, masks = self.analysis.words.low, self.analysis.masks
        last = token
        while last < end and last < token + _SOURCE_WORDS:
            if low[last] in (",", ";", ".", ":", ")") or masks[last] & (
                syn.SPEECH | syn.BE | syn.HAVE | syn.REL
            ):
                break
            last += 1
        while token < last and masks[token] & syn.DET:
            token += 1
        return self._text(token, last) if last > token else None

    def _text(self, first: int, last: int) -> str:
        words, masks = self.analysis.words, self.analysis.masks
        low = words.low
        while last > first + 1 and (
            masks[last - 1] & (syn.HAVE | syn.ADV | syn.BE) or low[last - 1] in word_sets().unsure
        ):
            last -= 1
        return " ".join(self.analysis.text[words.start[first] : words.end[last - 1]].split())
