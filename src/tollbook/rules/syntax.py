"""Classes of function words, as bits, and the phrases made of them."""

from __future__ import annotations

from functools import cache
from typing import Final

from tollbook.rules.loader import Column, Row, Table, data_path, load
from tollbook.rules.phrases import pieces

CLASSES: Final = (
    "including", "among", "conj", "but", "rel", "sub", "cond", "prep", "be", "have", "do",
    "modal", "neg", "plan", "det", "poss", "pron", "adv", "day", "rise", "speech", "verb",
    "attack", "clash", "unclaimed",
)  # fmt: skip
"""Names of the classes, in the order of their bits."""

SYNTAX: Final = Table(
    "syntax",
    (
        Column("id"),
        Column("class", "choice", required=True, choices=CLASSES),
        Column("words", "list", required=True),
        Column("examples", "examples"),
    ),
)

(
    INCLUDING, AMONG, CONJ, BUT, REL, SUB, COND, PREP, BE, HAVE, DO,
    MODAL, NEG, PLAN, DET, POSS, PRON, ADV, DAY, RISE, SPEECH, VERB,
    ATTACK, CLASH, UNCLAIMED,
) = (1 << bit for bit in range(len(CLASSES)))  # fmt: skip

CLOSED: Final = (
    INCLUDING | AMONG | CONJ | BUT | REL | SUB | COND | PREP | BE | HAVE | DO | MODAL | NEG
    | DET | POSS | PRON
)  # fmt: skip
"""Words that never stand inside a noun group."""

AUX: Final = BE | HAVE | DO | MODAL | NEG


class Syntax:
    """The classes of a word or phrase.

    >>> syntax().at(["including", "two"], 0) == (1, INCLUDING)
    True
    >>> syntax().at(["due", "to", "fire"], 0)[0]
    2
    """

    def __init__(self, rows: list[Row]) -> None:
        self.words: dict[str, int] = {}
        # by the first and the second word
        self.phrases: dict[str, dict[str, list[tuple[tuple[str, ...], int]]]] = {}
        for row in rows:
            bit = 1 << CLASSES.index(row["class"])
            for phrase in row["words"]:
                words = pieces(phrase)
                if len(words) == 1:
                    self.words[phrase] = self.words.get(phrase, 0) | bit
                else:
                    seconds = self.phrases.setdefault(words[0], {})
                    seconds.setdefault(words[1], []).append((words, bit))
        for seconds in self.phrases.values():
            for found in seconds.values():
                found.sort(key=lambda item: -len(item[0]))

    def at(self, low: list[str], index: int) -> tuple[int, int]:
        """Number of words and classes of the longest entry at `index`; (1, 0) for none."""
        word = low[index]
        seconds = self.phrases.get(word)
        if seconds is not None and index + 1 < len(low):
            for words, bit in seconds.get(low[index + 1], ()):
                if tuple(low[index : index + len(words)]) == words:
                    return len(words), bit
        return 1, self.words.get(word, 0)


@cache
def syntax() -> Syntax:
    """The table of function words, read once a process."""
    return Syntax(load(SYNTAX, data_path("en/syntax.csv")))
