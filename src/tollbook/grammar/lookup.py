"""What stands at a word of a Doc: its classes, nouns, triggers, an age."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tollbook.grammar.roles import (
    AGE_WORDS,
    ENDS,
    OPENS,
    roles_of,
)
from tollbook.rules.nouns import Noun
from tollbook.rules.syntax import syntax
from tollbook.rules.triggers import Form
from tollbook.rules.word_lists import WordLists, word_lists

if TYPE_CHECKING:
    from tollbook.words import Words

Record = dict[str, Any]

_NO_FORMS: Final[list[Form]] = []


class Lookup:
    """The words of one Doc, and what each can be; looked up once.

    Args:
        words: words of the Doc.
        numbers, actors, regions: records of the stages before, in text order.
        lists: the word lists in use; ours by default.
    """

    def __init__(
        self,
        words: Words,
        numbers: list[Record],
        actors: list[Record],
        regions: list[Record],
        lists: WordLists | None = None,
    ) -> None:
        self.words = words
        self.low, self.raw = words.low, words.raw
        self.numbers = numbers
        self.number_at = {record["start"]: index for index, record in enumerate(numbers)}
        self.actors = actors
        self.actor_at = {record["start"]: index for index, record in enumerate(actors)}
        self.region_at = {record["start"]: record for record in regions}
        lists = lists or word_lists()
        self.nouns, self.triggers = lists.nouns, lists.triggers
        self.syntax = syntax()
        known = self.syntax.words
        self.masks = [known.get(word, 0) for word in words.low]
        self.phrases: dict[int, tuple[int, int]] = {}
        self._found: dict[int, tuple[int, Noun] | None] = {}
        self._triggers: dict[int, list[Form]] = {}
        self._roles = roles = list(map(roles_of(lists).__getitem__, words.low))
        for index in [at for at, role in enumerate(roles) if role & OPENS]:
            phrase = self.syntax.at(words.low, index)
            if phrase[0] > 1:
                self.phrases[index] = phrase
                roles[index] = 0
            forms = self.triggers.all_at(words.low, index)
            if forms:
                self._triggers[index] = forms
                roles[index] = 0
        for starts in (self.number_at, self.actor_at, self.region_at):
            for index in starts:
                roles[index] = 0

    def _class(self, index: int) -> tuple[int, int]:
        """Size and classes of the function word at a token."""
        known = self.phrases.get(index)
        return known if known is not None else (1, self.masks[index])

    def _noun(self, index: int) -> tuple[int, Noun] | None:
        """Size and noun at a token; looked up once."""
        if index in self._found:
            return self._found[index]
        found = self._found[index] = self.nouns.at(self.low, index)
        return found

    def triggered(self, start: int, end: int) -> bool:
        """Whether a trigger begins between two tokens."""
        return not self._triggers.keys().isdisjoint(range(start, end))

    def _forms(self, index: int) -> list[Form]:
        """The trigger forms at a token."""
        return self._triggers.get(index, _NO_FORMS)

    def _ends(self, index: int) -> bool:
        """Whether a noun group is over at a word, whatever it holds."""
        return bool(self._roles[index] & ENDS) and self.low[index + 1 : index + 2] != ["-"]

    def _skip_quotes(self, index: int, end: int) -> int:
        while index < end and (not self.low[index] or self.low[index].isspace()):
            index += 1
        return index

    def _age(self, index: int, end: int) -> tuple[int, int] | None:
        """(age, token after it) for ``12-year-old``, ``71 y.o.``."""
        low = self.low
        word = low[index]
        if not word[:1].isdigit():
            years = AGE_WORDS.get(word, -1)
            if years < 0:
                return None
        elif word.isdigit():
            years = int(word)
        else:
            head, _, tail = word.partition("-")
            if head.isdigit() and tail in ("year-old", "years-old", "yr-old", "year-olds"):
                return int(head), index + 1
            return None
        after = index + 1
        rest = list(low[after : after + 4])
        if rest[:1] == ["-"]:
            rest = rest[1:]
            after += 1
        if rest[:3] in (["year", "-", "old"], ["years", "-", "old"], ["month", "-", "old"]):
            return years, after + 3
        if rest[:2] in (["year", "old"], ["years", "old"], ["yr", "old"], ["months", "old"]):
            return years, after + 2
        if rest[:1] and rest[0] in ("y.o", "y.o.", "year-old", "years-old", "yo", "yr-old", "y/o"):
            return years, after + (2 if rest[:2] == ["y.o", "."] else 1)
        return None
