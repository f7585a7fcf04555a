"""What a word can be in a chunk, whatever stands around it.

Worked out once for each word that is met: most words of a text can then be told to be no part of
a noun group, and to begin no outcome, by one look.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from tollbook.rules import syntax as syn
from tollbook.rules.syntax import syntax
from tollbook.rules.word_lists import WordLists

PLAIN, THING, DET, DIRECT, SIGN, ENDS, OPENS = (1 << bit for bit in range(7))
"""A ``PLAIN`` word has no class and begins no noun, a ``THING`` begins one; ``DIRECT`` words and
signs are chunks by themselves; no noun group goes on at a word that ``ENDS`` it. A phrase or a
trigger may begin at a word that ``OPENS`` one."""

IDLE: Final = PLAIN | THING | DET

STOP_SIGNS: Final = frozenset(".,;:!?()[]{}—–|…&/•") | {"...", "::"}
AGE_WORDS: Final = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
}
_MOST: Final = 200_000


class Roles(dict[str, int]):
    """The roles of a word in lower case, by the word.

    Args:
        lists: the word lists in use.

    >>> from tollbook.rules.word_lists import word_lists
    >>> roles = Roles(word_lists())
    >>> roles["zorks"] == PLAIN, roles["soldiers"] == THING, bool(roles["killed"] & OPENS)
    (True, True, True)
    """

    def __init__(self, lists: WordLists) -> None:
        super().__init__()
        self.nouns, self.triggers, self.syntax = lists.nouns, lists.triggers, syntax()

    def __missing__(self, word: str) -> int:
        if len(self) > _MOST:
            self.clear()
        opens = word in self.syntax.phrases or word in self.triggers.by_first
        role = self[word] = self._role(word) | (OPENS if opens else 0)
        return role

    def _role(self, word: str) -> int:
        if not word or word.isspace() or word[0].isdigit() or word in AGE_WORDS:
            return 0
        if word == "may" or "-" in word:
            return 0
        mask = self.syntax.words.get(word, 0)
        if mask & (syn.INCLUDING | syn.AMONG):
            return 0
        known = word in self.nouns
        acts = mask & (syn.VERB | syn.SPEECH | syn.RISE)
        closed = mask & (syn.CLOSED | syn.DAY) and not mask & syn.ADV
        ends = ENDS if closed or (acts and not known and not adjectival(word)) else 0
        if word in STOP_SIGNS:
            return 0 if mask else SIGN | ENDS
        if not word.isalpha():
            return DIRECT | (ends if closed else 0)
        if mask & (syn.DET | syn.POSS):
            return DET | ends
        if mask & (syn.CLOSED | syn.DAY) or acts:
            return DIRECT | ends
        if known:
            return THING
        return 0 if mask or self.nouns.guess(word) is not None else PLAIN


@cache
def roles_of(lists: WordLists) -> Roles:
    """The roles of words by these lists; kept for the process."""
    return Roles(lists)


def adjectival(word: str) -> bool:
    """Whether a word can be a participle before a noun: ``armed``, ``fleeing``."""
    return word.endswith(("ed", "ing"))
