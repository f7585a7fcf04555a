"""The text as the readers of actors see it: phrases, letter case, records made so far."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from tollbook.rules.actors import ARTICLES, HYPHENS, STATE, SUN_ARTICLES, Actor, fold

if TYPE_CHECKING:
    from tollbook.rules.actors import Entry, Lexicon, Phrases
    from tollbook.words import Words

Record = dict[str, Any]

QUOTES = frozenset("“”\"‘’„«»`'")
ARTICLE_WORDS = ("al", "el", "ul")
_TRIM = "“”\"‘’„«»`'#"
_BRACKETS = ("/", "(", ")")


class ActorReader:
    """One document being read: its words, its country, and the actors found so far.

    Args:
        words: the tokens of the document.
        country: ISO 3166-1 alpha-2 code of its country, or empty.
        regions: dicts of places, with ``start``, ``end`` and ``country``.
        lex: the tables.
    """

    def __init__(
        self, words: Words, country: str, regions: list[dict[str, Any]], lex: Lexicon
    ) -> None:
        self.words, self.lex = words, lex
        self.raw, self.low, self.n = words.raw, words.low, len(words.raw)
        self.regions = regions
        self.country = country
        self.votes: Counter[str] = Counter()
        self.found: list[Record] = []
        self.taken: dict[int, Record] = {}
        self.backers: dict[int, tuple[str, str]] = {}

    def _match(self, phrases: Phrases, index: int) -> list[tuple[int, list[Entry]]]:
        """Every phrase that begins at a token, as (end, entries), longest first."""
        low, n = self.low, self.n
        key = fold(low[index])
        most = phrases.firsts.get(key)
        if not most:
            return []
        entries = phrases.entries
        out = [(index + 1, entries[key])] if key in entries else []
        if most == 1:
            return out
        count, position, opened = 1, index + 1, 0
        while count < most and position < n:
            word = low[position]
            if not word or word in HYPHENS or (word == "s" and self._possessive(position)):
                position += 1
                continue
            piece = fold(word)
            if not piece:
                if word in _BRACKETS or (word.isspace() and word.count("\n") < 2):
                    opened += (word == "(") - (word == ")")
                    if opened < 0:
                        break
                    position += 1
                    continue
                break
            if piece in ARTICLES or (
                piece in SUN_ARTICLES and position + 1 < n and low[position + 1] in HYPHENS
            ):
                position += 1
                continue
            key += piece
            if key not in phrases.firsts:
                break
            count += 1
            position += 1
            if key in entries:
                closed = opened and position < n and low[position] == ")"
                if closed or not opened:
                    out.append((position + bool(closed), entries[key]))
        out.reverse()
        return out

    def _possessive(self, index: int) -> bool:
        raw = self.raw[index]
        return len(raw) == 2 and raw[0] in "'’" and raw[1] in "sS"

    def _fits(self, entry: Entry, start: int, end: int) -> bool:
        """True when the letter case of the text is what the spelling asks for."""
        if not entry.case:
            return True
        raw = self.raw[start]
        if entry.case == "inner":
            return any(word != word.lower() for word in self.raw[start:end])
        if entry.case == "capital":
            return raw[0].isupper() or not raw[0].isalpha() or (len(raw) > 2 and raw[1].isupper())
        words = [self.raw[i] for i in range(start, end) if self.raw[i][0].isalnum()]
        if not all(word.isupper() or word.isdigit() or self._lower_plural(word) for word in words):
            return False
        return not (self.low[start] in self.lex.words["word"] and self._in_capitals(start, end))

    @staticmethod
    def _lower_plural(word: str) -> bool:
        return len(word) > 2 and word[-1] == "s" and word[:-1].isupper()

    def _in_capitals(self, start: int, end: int) -> bool:
        """True when the words around are capitals throughout, as in a headline."""
        around = [
            self.raw[i]
            for i in range(max(0, start - 3), min(self.n, end + 3))
            if not start <= i < end and self.raw[i].isalpha()
        ]
        return bool(around) and all(word.isupper() for word in around)

    def _article(self, start: int) -> int:
        """The start, moved over an Arabic article that belongs to the name."""
        low = self.low
        if start >= 2 and low[start - 1] in HYPHENS and low[start - 2] in ARTICLE_WORDS:
            return start - 2
        if start >= 1 and low[start - 1] in ARTICLE_WORDS and not self.raw[start].isupper():
            return start - 1
        return start

    def _adjective(self, index: int) -> bool:
        """True when an adjective or name of a state stands at a token: "Syrian", "Yemen"."""
        if not self.lex.bits.get(self.low[index], 0) & STATE or not self.raw[index][0].isupper():
            return False
        return any(end == index + 1 for end, _ in self._match(self.lex.states, index))

    def _holds(self, end: int) -> bool:
        """True for "SDF-held areas" and "IS-type uniforms": a place or a thing, nobody who acts."""
        low = self.low
        if end + 1 >= self.n or low[end] not in HYPHENS:
            return False
        return fold(low[end + 1]) in self.lex.words["holding"]

    def _weapon_follows(self, end: int) -> bool:
        index = end
        while index < self.n and (not self.low[index] or self._possessive(index)):
            index += 1
        return index < self.n and fold(self.low[index]) in self.lex.words["weapon"]

    def _text(self, start: int, end: int) -> str:
        words = self.words
        if end - start == 1:
            return words.raw[start].strip(_TRIM)
        out = []
        for index in range(start, end):
            raw = words.raw[index]
            if raw.isspace():
                out.append(" ")
                continue
            out.append(raw)
            if words.space[index] and index + 1 < end:
                out.append(" ")
        text = " ".join("".join(out).split()).strip(_TRIM)
        # "ISIS-K." is one token with the full stop; "U.S. Army" and "P.K.K." keep theirs.
        return text[:-1] if text.endswith(".") and text.count(".") == 1 else text

    def _record(
        self,
        start: int,
        end: int,
        *,
        actor: Actor | None,
        kind: str,
        rule: str,
        country: str = "",
        backer: str = "",
        name: str | None = None,
        adjective: bool = False,
        short: bool = False,
    ) -> None:
        # The further tokens of a word that the normaliser has mended belong to it.
        while end < self.n and not self.low[end] and self.raw[end] not in QUOTES:
            end += 1
        text = self._text(start, end)
        record: Record = {
            "start": start,
            "end": end,
            "char_start": self.words.start[start],
            "char_end": self.words.end[end - 1],
            "id": actor.id if actor else "",
            "name": text if name is None else name,
            "text": text,
            "kind": kind,
            "type": actor.type if actor else "",
            "parent": actor.parent if actor else "",
            "country": country or (actor.country[0] if actor and actor.country else ""),
            "backer": backer,
            "guideline": bool(actor and actor.guideline),
            "adjective": adjective,
            "rule": rule,
            "short": short,
        }
        for index in range(start, end):
            other = self.taken.get(index)
            if other is not None:
                self._drop(other)
        for index in range(start, end):
            self.taken[index] = record
        self.found.append(record)

    def _drop(self, record: Record) -> None:
        self.found = [other for other in self.found if other is not record]
        for index in range(record["start"], record["end"]):
            self.taken.pop(index, None)
