"""Names that no table knows, recognised by their shape.

Capitals before a head noun (``Carlos Patiño front``), after a first word of such names
(``Ansar Al-Tawhid``), after nouns of fighters (``fighters of the X group``), and names in
quotes beside such nouns.
"""

from __future__ import annotations

from collections.abc import Sequence

from tollbook.pipes.actor_reader import QUOTES, ActorReader
from tollbook.rules.actors import HEAD, HYPHENS, MEMBER, PREFIX, fold

_ORDINAL = ("st", "nd", "rd", "th")
_GROUPED = ("gang", "group", "militia", "faction", "cartel", "cell", "front")
_PLACED = ("gang", "gangs", "militia", "militias", "cartel")
_GENITIVE = ("s", "'s", "’s", "'", "’")
_PLURALS = ("people", "peoples", "workers", "farmers", "peasants", "citizens", "soldiers", "women")
"""Owners inside a name: "the Karen People's Liberation Front"."""
_FIGHTING = frozenset(
    "front army movement guard guards militia brigade brigades battalion legion".split()
)
"""Heads before which two common words make a name: "Free Republican Front"."""
_ANY = HEAD | PREFIX | MEMBER
Hits = list[tuple[int, int]]


class Shapes(ActorReader):
    """Reads names of groups that the tables lack."""

    _inner: set[str] | None = None
    """Words that stand inside a sentence; found when first asked for."""

    def _shapes(self, hits: Hits) -> None:
        places = {i for r in self.regions for i in range(r["start"], r["end"])}
        if "" in self.low:
            for index, word in enumerate(self.low):
                if not word and index and self.low[index - 1] == "of":
                    self._member(index - 1, places)
        for index, bit in hits:
            if not bit & _ANY or index in self.taken:
                continue
            if bit & PREFIX and self.raw[index][0].isupper():
                self._prefixed(index)
            if bit & (HEAD | MEMBER) and index and self.raw[index - 1] in QUOTES:
                self._quoted(index)
            if bit & HEAD and index not in self.taken:
                self._headed(index, places)
            if bit & MEMBER and index not in self.taken:
                self._member(index, places)

    def _prefixed(self, index: int) -> None:
        """“Ansar Al-Tawhid”: a first word of names, and capitals after it."""
        end = self._run_right(index + 1)
        if end > index + 1:
            self._shape(index, end, "prefix")

    def _quoted(self, index: int) -> None:
        """“Thunder of the North” faction: a name in quotes before a noun of fighters."""
        start = end = index - 1
        while start > 0 and end - start < 7:
            start -= 1
            if start in self.taken:
                return
            if self.raw[start] in QUOTES:
                start += 1
                if start < end and self.raw[start][0].isupper():
                    self._shape(start, end, "quoted")
                return

    def _run_right(self, index: int, most: int = 6) -> int:
        """End of the run of capitalised words from a token on; the token itself when none."""
        low, raw = self.low, self.raw
        end = position = index
        count = 0
        while position < self.n and count < most:
            if position in self.taken and not (count and self._joined(position)):
                break
            text = raw[position]
            word = low[position]
            if not word:
                if text in QUOTES and count:
                    break
                position += 1
                continue
            if word in HYPHENS or (word == "/" and count):
                position += 1
                continue
            if text[0].isupper() or (text[0].isdigit() and count == 0 and text.isalnum()):
                if fold(word) in self.lex.words["not-run"] and count == 0:
                    break
                position += 1
                end = position
                count += 1
                continue
            if word in self.lex.words["connector"] and count and position + 1 < self.n:
                position += 1
                continue
            if word == "the" and count and low[position - 1] in ("of", "for"):
                position += 1
                continue
            if word in _GENITIVE and low[position - 1] in _PLURALS:
                position += 1
                continue
            if word in ("al", "el", "ul", "as", "ash", "an", "ar") and position + 1 < self.n:
                position += 1
                continue
            break
        return end

    def _joined(self, index: int) -> bool:
        """True for a state that ends a name: "Saraya Usud al-Iraq", "Free Men of Syria"."""
        before = self.low[index - 1]
        return self.taken[index]["kind"] == "state" and (before in HYPHENS or before == "of")

    def _run_left(self, index: int, most: int = 6) -> int:
        """Start of the run of capitalised words that ends before a token; the token when none."""
        low, raw, stops = self.low, self.raw, self.lex.words["not-run"]
        start = position = index
        count = 0
        while position > 0 and count < most:
            position -= 1
            if position in self.taken:
                break
            text, word = raw[position], low[position]
            if not word:
                if text in QUOTES:
                    continue
                break
            if word in HYPHENS:
                if position and self.words.space[position - 1]:
                    break  # a dash between phrases
                continue
            if text[0].isupper() or self._numbered(text):
                owns = count and word in _PLURALS and low[position + 1] in _GENITIVE
                if text.endswith(".") or (fold(word) in stops and not owns):
                    break
                start = position
                count += 1
                continue
            if word in self.lex.words["connector"] and count and position > 0:
                continue
            if word in _GENITIVE and count and position and low[position - 1] in _PLURALS:
                continue
            break
        return start

    @staticmethod
    def _numbered(text: str) -> bool:
        """True for "33rd" and "444"."""
        return text[0].isdigit() and (text.isdigit() or text[-2:].lower() in _ORDINAL)

    def _headed(self, index: int, places: set[int]) -> None:
        """“Carlos Patiño front”, “Gran Grif gang”, “444 Brigade”: capitals before a head noun."""
        lex = self.lex
        key = fold(self.low[index])
        capital = self.raw[index][0].isupper()
        if key not in lex.words["noun-head"] and not (capital and key in lex.words["head"]):
            return
        start = self._run_left(index)
        if start == index:
            return
        run = [i for i in range(start, index) if self.low[i] and self.low[i] not in HYPHENS]
        keys = [fold(self.low[i]) for i in run]
        if any(k in lex.words["not-name"] for k in keys):
            return
        if not self._telling(run, keys) and not (capital and key in _FIGHTING and len(run) > 1):
            return
        if self.raw[index].isupper() and all(
            self.raw[i].isupper() or self.raw[i].isdigit() for i in run
        ):
            return  # a headline in capitals
        generic = key in lex.words["noun-head"] and not capital
        if generic and self.raw[start].isdigit() and len(run) > 1 and self._several(index):
            start = run[1]  # "3 UFC fighters"
            run, keys = run[1:], keys[1:]
        if generic and self.country not in lex.only.get(key, (self.country,)) and self.country:
            return
        place = all(i in places for i in run)
        if place and not (key in _PLACED or capital):
            return
        numbered = self._numbered(self.raw[run[0]])
        if numbered and len(run) == 1 and not capital:
            return
        if key in lex.words["needs-violence"] and not self._violent(start, index):
            return
        if generic and len(run) == 1 and not self._named_word(run[0]):
            return
        end = index + 1
        if capital:
            heads = lex.words["heads"]
            while end < self.n and self.raw[end][0].isupper() and fold(self.low[end]) in heads:
                end += 1
            further = end < self.n and self.raw[end].istitle() and end not in self.taken
            if further and fold(self.low[end]) not in lex.words["not-run"]:
                return  # "Shahid Army Hospital"
            if end < self.n:
                numbered = self.raw[end].isdigit()
                end = end + 1 if numbered else self._run_of(end)
        keep = not generic or key in lex.words["kept-noun"]
        self._shape(start, end if keep else index, "head")

    def _several(self, index: int) -> bool:
        return self.low[index].endswith(("s", "men"))

    def _run_of(self, end: int) -> int:
        """A name that goes on with "of X": "Movement of Justice"."""
        if self.low[end] in ("of", "for") and end + 1 < self.n:
            position = end + 1
            if self.low[position] == "the":
                position += 1
            further = self._run_right(position, 3)
            if further > position:
                return further
        return end

    def _telling(self, run: Sequence[int], keys: Sequence[str]) -> bool:
        """True when a run holds a word that is more than a common modifier, state or title."""
        for index, key in zip(run, keys, strict=True):
            if key in self.lex.words["weak-run"] or key in self.lex.words["connector"]:
                continue
            if self._adjective(index):
                continue
            return True
        return False

    def _violent(self, start: int, index: int) -> bool:
        """True when members or fighters, or an armed adjective, stand beside."""
        around = [self.low[i] for i in range(max(0, start - 4), start)]
        after = [self.low[i] for i in range(index + 1, min(self.n, index + 3))]
        violent = self.lex.words["violent"] | self.lex.words["strong-member"]
        return any(fold(word) in violent for word in (*around, *after) if word)

    def _sentence_start(self, index: int) -> bool:
        if index == 0:
            return True
        before = self.raw[index - 1]
        return before in ".:;!?•–—-(" or before.isspace() or before in QUOTES or before == "#"

    def _named_word(self, index: int) -> bool:
        """True when the capital of a word is not owed to the beginning of a sentence."""
        text = self.raw[index]
        if not self._sentence_start(index) or (text.isupper() and len(text) > 1):
            return True
        if self._inner is None:
            self._inner = {
                raw for position, raw in enumerate(self.raw) if not self._sentence_start(position)
            }
        return text in self._inner

    def _member(self, index: int, places: set[int]) -> None:
        """“fighters of the X group”, “members of “X””, “the armed group X”."""
        lex, low, raw = self.lex, self.low, self.raw
        key = fold(low[index])
        position = index + 1
        quoted = False
        if key in lex.words["member"] and position < self.n and low[position] in ("of", "from"):
            position += 1
            while position < self.n and (low[position] in ("the", "a") or raw[position] in QUOTES):
                quoted = quoted or raw[position] in QUOTES
                position += 1
        elif key in lex.words["group"]:
            before = low[index - 1] if index else ""
            violent = fold(before) in lex.words["violent"]
            while position < self.n and raw[position] in QUOTES:
                quoted = True
                position += 1
            if not violent and not quoted:
                return
        elif key == "of" or key in lex.words["member"]:
            # "Four of “Turkistan Islamic Party”", "members “X”".
            while position < self.n and self._opens(position):
                quoted = True
                position += 1
            if not quoted:
                return
        else:
            return
        if position >= self.n or position in self.taken:
            return
        end = self._run_right(position)
        if end <= position:
            return
        if end + 1 < self.n and low[end] in HYPHENS and fold(low[end + 1]) in lex.words["link"]:
            return  # "fighters of the Al-Qaeda-linked X"
        run = [i for i in range(position, end) if low[i] and low[i] not in HYPHENS]
        keys = [fold(low[i]) for i in run]
        if any(k in lex.words["not-name"] for k in keys) or not self._telling(run, keys):
            return
        if all(i in places for i in run):
            return
        if not quoted:
            strong = key in lex.words["strong-member"]
            grouped = end < self.n and low[end] in _GROUPED
            if not (strong or grouped or key in lex.words["group"]):
                return
        elif key == "of" and not self._close_quote(end):
            return
        self._shape(position, end, "member")

    def _opens(self, index: int) -> bool:
        """True for a quote that is no apostrophe at the end of a word."""
        return self.raw[index] in QUOTES and bool(index) and self.words.space[index - 1]

    def _close_quote(self, end: int) -> bool:
        return any(self.raw[i] in QUOTES for i in range(end, min(self.n, end + 2)))

    def _shape(self, start: int, end: int, rule: str) -> None:
        start = self._article(start)
        while end > start and (not self.low[end - 1] or self.low[end - 1] in HYPHENS):
            end -= 1
        while start < end and (not self.low[start] or self.low[start] in HYPHENS):
            start += 1
        while end - start > 1 and self._adjective(start):
            start += 1
            while start < end and (not self.low[start] or self.low[start] in HYPHENS):
                start += 1
        others = [self.taken[i] for i in range(start, end) if i in self.taken]
        if start >= end or any(other["kind"] != "state" for other in others):
            return
        backer = ""
        for position in range(start - 2, start + 1):
            if position in self.backers:
                backer, behind = self.backers[position]
                rule += f"+{behind}"
                break
        self._record(start, end, actor=None, kind="shape", rule=f"shape:{rule}", backer=backer)
