"""What a sentence is cut into: noun groups, triggers, words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tollbook.rules.nouns import Noun
from tollbook.rules.triggers import Form

if TYPE_CHECKING:
    from collections.abc import Sequence


Record = dict[str, Any]

PERSON_KINDS: Final = frozenset(("person", "casualty"))


class Chunk:
    """A stretch of words with one part to play.

    Attributes:
        kind: ``Q`` number with its noun group; ``N`` people without a number; ``A`` actor;
            ``T`` trigger; ``W`` any other word, told apart by its `mask`; ``.`` punctuation.
        start, end: tokens.
        mask: classes of a word (`tollbook.rules.syntax`).
        word: the word itself, in lower case, for words and punctuation.
        number: record of the number, of a ``Q``.
        noun: head noun, None when the lexicon does not know it or there is none.
        noun_start, noun_end: tokens of the head noun.
        lemma: the head noun in the singular.
        modifiers: person nouns and demonyms before the head (``civilian truffle pickers``).
        attributes: measures of participles before the head (``three wounded men``).
        actors: indices into the actors of the Doc that stand inside the noun group.
        heads: further head nouns joined to it (``boys and girls``).
        det: ``the``, ``poss``, ``a`` or empty.
        partitive: ``them``, ``whom`` ... in ``two of them``; ``np`` in ``23 of the dead``.
        age: age in years where it is stated.
        forms: the forms of a trigger.
        voice: ``passive``, ``active``, ``gerund``, ``reduced``, ``infinitive``, ``state``, ``of``.
        blocked: reason why nothing is counted here (negated, planned ...).
        later: True for ``later died``.
        capital: True for a word without a class that begins with a capital: a name.
        settled: measure and rule where a completion stands right behind a trigger.
    """

    # most chunks are single words: what only a noun group or a trigger has stands here, and is
    # set where it differs
    number: Record | None = None
    noun: Noun | None = None
    noun_start = 0
    noun_end = 0
    lemma = ""
    det = ""
    partitive = ""
    age: int | None = None
    voice = ""
    blocked = ""
    later = False
    capital = False
    settled: tuple[str, str] | None = None
    forms: Sequence[Form] = ()
    actors: Sequence[int] = ()
    modifiers: Sequence[tuple[str, Any]] = ()
    attributes: Sequence[str] = ()
    heads: Sequence[Noun] = ()

    def __init__(self, kind: str, start: int, end: int, word: str = "", mask: int = 0) -> None:
        self.kind, self.start, self.end, self.word, self.mask = kind, start, end, word, mask
        if kind == "Q" or kind == "N":
            self.noun_start = self.noun_end = start

    def __repr__(self) -> str:
        return f"{self.kind}[{self.start}:{self.end} {self.word or self.lemma} {self.voice}]"

    @property
    def countable(self) -> bool:
        """True when the noun group can stand for people."""
        return self.noun is None or self.noun.kind in PERSON_KINDS
