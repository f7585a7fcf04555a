"""The words that writers break up to pass the filters of social networks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from tollbook.rules.loader import Column, Table, data_path, load

BROKEN_WORDS: Final = Table(
    "broken_words",
    (
        Column("id"),
        Column("words", "list", required=True),
        Column("whole", "flag"),
        Column("acronym", "flag"),
        Column("examples", "examples", required=True),
    ),
)
"""Columns of ``broken_words.csv``. `whole`: read only where every letter is there; `acronym`:
read only where it stands in capitals."""

MASKS: Final = "*#@$!|_+¡•·"
"""Signs that may stand for a letter, or between two: ``k*lled``, ``ki||ed``, ``kil*led``."""

SEPARATORS: Final = "-.,:;/\\~=^'`´‐‑‒–—−…"
"""Signs that can only stand between two letters: ``att-ack``, ``k.i.l.l.e.d``."""


@dataclass(frozen=True, slots=True)
class Broken:
    """The words to put together.

    Attributes:
        words: every word in lower case.
        acronyms: those that must stand in capitals.
        beginnings: every beginning of a word.
        masked: those that a sign may stand for a letter of, by their first letter.
    """

    words: frozenset[str]
    acronyms: frozenset[str]
    beginnings: frozenset[str]
    masked: dict[str, tuple[str, ...]]

    def whole(self, letters: str) -> str:
        """The word that the letters spell, signs left out; empty where they spell none.

        >>> broken_words().whole("kilLed"), broken_words().whole("isis")
        ('killed', '')
        """
        word = letters.lower()
        if word in self.words and (word not in self.acronyms or letters.isupper()):
            return word
        return ""

    def read(self, text: str) -> str:
        """The word that a token with signs inside stands for; empty where it stands for none.

        Args:
            text: one token without signs at its edges.

        >>> [broken_words().read(text) for text in ("kil*led", "k*lled", "ki||ed", "so-called")]
        ['killed', 'killed', 'killed', '']
        """
        word = self.whole("".join(char for char in text if char.isalpha()))
        if word or not any(char in MASKS for char in text):
            return word
        pattern = re.compile(
            "".join(
                char if char.isalpha() else "[a-z]?" if char in MASKS else ""
                for char in text.lower()
            )
        )
        # one word only: "sho*s" says too little
        found = [word for word in self.masked.get(text[0].lower(), ()) if pattern.fullmatch(word)]
        return found[0] if len(found) == 1 else ""


@cache
def broken_words(extra: str | None = None) -> Broken:
    """The words, read at the first call and kept.

    Args:
        extra: path of a user's CSV file laid over ``broken_words.csv``.

    Raises:
        RuleError: a file does not fit its table.
        FileNotFoundError: `extra` is not there.
    """
    words: dict[str, str] = {}
    acronyms, whole = set(), set()
    rows = load(BROKEN_WORDS, data_path("en/broken_words.csv"), *([extra] if extra else ()))
    for row in rows:
        for word in row["words"]:
            if not (word.isalpha() and word == word.lower() and len(word) > 2):
                raise row.error("words", f"{word!r} is not three or more letters in lower case")
            if words.setdefault(word, row["id"]) != row["id"]:
                raise row.error("words", f"{word!r} stands in {words[word]!r} already")
            if row["acronym"]:
                acronyms.add(word)
            if row["whole"] or row["acronym"]:
                whole.add(word)
    masked: dict[str, list[str]] = {}
    for word in sorted(set(words) - whole):
        masked.setdefault(word[0], []).append(word)
    return Broken(
        frozenset(words),
        frozenset(acronyms),
        frozenset(word[:size] for word in words for size in range(1, len(word))),
        {letter: tuple(items) for letter, items in masked.items()},
    )
