"""The words around numbers: modifiers, vague quantifiers, and what makes a number no count."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from tollbook.rules.loader import Column, Row, RuleError, Table, data_path, load

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

T = TypeVar("T")

EFFECTS: Final = ("at-least", "more-than", "at-most", "fewer-than", "about", "exactly")
"""What a modifier does to the bounds of its number."""

MODIFIERS: Final = Table(
    "modifiers",
    (
        Column("id"),
        Column("words", "list", required=True),
        Column("place", "choice", required=True, choices=("before", "after", "verb")),
        Column("effect", "choice", required=True, choices=EFFECTS),
        Column("examples", "examples", required=True),
    ),
)
"""Columns of ``modifiers.csv``. A modifier of place ``verb`` stands before, outside the span."""

VAGUE: Final = Table(
    "vague",
    (
        Column("id"),
        Column("words", "list", required=True),
        Column(
            "kind",
            "choice",
            required=True,
            choices=("cardinal", "vague", "zero", "times", "anaphor"),
        ),
        Column("best", "int"),
        Column("low", "int"),
        Column("high", "int"),
        Column("before", "list"),
        Column("not_before", "list"),
        Column("people", "flag"),
        Column("examples", "examples", required=True),
    ),
)
"""Columns of ``vague.csv``. `before`: only where one of these follows; `not_before`: not where
one of these follows; `people`: only before people, victims or events, ``of`` or a verb."""

NOT_COUNTS: Final = Table(
    "not_counts",
    (
        Column("id"),
        Column("reason", required=True),
        Column("place", "choice", required=True, choices=("before", "after")),
        Column("words", "list", required=True),
        Column("when", "choice", required=True, choices=("any", "digits", "capital", "one")),
        Column("examples", "examples", required=True),
    ),
)
"""Columns of ``not_counts.csv``. `when`: always, with digits only, with digits beside a word
that has a capital, or with the word ``one`` only."""


CONTEXT: Final = Table(
    "number_context",
    (Column("id"), Column("words", "list", required=True), Column("note", required=True)),
)
"""Columns of ``number_context.csv``: the closed lists of `Sets`."""

SENTENCE_ENDS: Final = frozenset((",", ".", ";", ":", ")", ""))
"""Signs, or the end of the text, that leave what stands before them alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sets:
    """The closed lists of words of ``number_context.csv``, by their ids."""

    months: frozenset[str]
    stops: frozenset[str]
    year_before: frozenset[str]
    toll_before: frozenset[str]
    toll_after: frozenset[str]
    adjectives: frozenset[str]
    age_groups: frozenset[str]
    elliptic: frozenset[str]
    outside: frozenset[str]
    bare_after: frozenset[str]
    many_after: frozenset[str]
    change: frozenset[str]
    handing: frozenset[str]
    other_one: frozenset[str]
    relative: frozenset[str]
    ordinals: frozenset[str]
    not_both: frozenset[str]
    same_plural: frozenset[str]
    parents: frozenset[str]


@dataclass(frozen=True, slots=True)
class Modifier:
    """One row of ``modifiers.csv``: what it is called and does."""

    id: str
    place: str
    effect: str

    def bounds(self, value: int) -> tuple[int | None, int | None]:
        """Low and high of a number under this modifier.

        >>> Modifier("over", "before", "more-than").bounds(12)
        (13, None)
        """
        if self.effect == "at-least":
            return value, None
        if self.effect == "more-than":
            return value + 1, None
        if self.effect == "at-most":
            return None, value
        if self.effect == "fewer-than":
            return None, max(value - 1, 0)
        if self.effect == "exactly":
            return value, value
        return None, None


@dataclass(frozen=True, slots=True)
class Vague:
    """One row of ``vague.csv``."""

    id: str
    kind: str
    best: int | None
    low: int | None
    high: int | None
    before: frozenset[str]
    not_before: tuple[tuple[str, ...], ...]
    people: bool


@dataclass(frozen=True, slots=True)
class NotCount:
    """One row of ``not_counts.csv``."""

    id: str
    reason: str
    when: str


class Phrases(Generic[T]):
    """Phrases by their first word, or by their last one when read backwards.

    Args:
        items: phrases, their words separated by spaces, with what each stands for.
        backwards: True to look phrases up by their last word.

    Attributes:
        index: by that word, the phrases as (size, words, item), the longest first.
        second: by that word, the words that must follow it; nothing where it stands alone.

    >>> phrases = Phrases([("at least", 1), ("at", 2)])
    >>> phrases.at(["killed", "at", "least", "two"], 1), phrases.at(["at"], 0)
    ((2, 1), (1, 2))
    >>> Phrases([("at least", 1)], backwards=True).ending(["at", "least", "two"], 2)
    (2, 1)
    """

    __slots__ = ("index", "second")

    def __init__(self, items: Iterable[tuple[str, T]], *, backwards: bool = False) -> None:
        index: dict[str, list[tuple[int, list[str], T]]] = {}
        for phrase, item in items:
            words = phrase.split()
            key = words[-1] if backwards else words[0]
            index.setdefault(key, []).append((len(words), words, item))
        for entries in index.values():
            entries.sort(key=lambda entry: -entry[0])
        self.index = index
        self.second = {
            key: frozenset(words[1] for _, words, _ in entries)
            for key, entries in index.items()
            if not backwards and entries[-1][0] > 1
        }

    def __contains__(self, word: str) -> bool:
        return word in self.index

    def at(self, low: Sequence[str], start: int) -> tuple[int, T] | None:
        """Length and item of the longest phrase that begins at `start`."""
        for size, words, item in self.index.get(low[start], ()) if start < len(low) else ():
            if size == 1 or low[start : start + size] == words:
                return size, item
        return None

    def ending(self, low: Sequence[str], end: int) -> tuple[int, T] | None:
        """Length and item of the longest phrase that ends before `end`."""
        for size, words, item in self.index.get(low[end - 1], ()) if end > 0 else ():
            if size == 1 or (end >= size and low[end - size : end] == words):
                return size, item
        return None


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Everything the number component looks up.

    Attributes:
        before, verbs, after: modifiers by their place; `before` and `verbs` are read backwards.
        starts: the modifiers before a number, read forwards.
        vague: vague quantifiers and zeroes.
        not_after, not_before: words that make the number beside them no count.
        sets: closed lists of words.
    """

    before: Phrases[Modifier]
    starts: Phrases[Modifier]
    verbs: Phrases[Modifier]
    after: Phrases[Modifier]
    vague: Phrases[Vague]
    not_after: Phrases[NotCount]
    not_before: Phrases[NotCount]
    sets: Sets


@cache
def lexicon(modifiers: str | None = None, vague: str | None = None) -> Lexicon:
    """The tables, read at the first call and kept.

    Args:
        modifiers: path of a user's CSV file laid over ``modifiers.csv``.
        vague: path of a user's CSV file laid over ``vague.csv``.

    Raises:
        RuleError: a file does not fit its table.
        FileNotFoundError: a file is missing.

    >>> lexicon().starts.at("at least 12".split(), 0)
    (2, Modifier(id='at-least', place='before', effect='at-least'))
    """
    rows = load(MODIFIERS, data_path("en/modifiers.csv"), *_extra(modifiers))
    known: dict[tuple[str, ...], Row] = {}
    places: dict[str, list[tuple[str, Modifier]]] = {"before": [], "after": [], "verb": []}
    for row in rows:
        modifier = Modifier(row["id"], row["place"], row["effect"])
        places[row["place"]] += [(words, modifier) for words in _phrases(row, known, row["place"])]
    quantifiers = [
        (words, _vague(row))
        for row in load(VAGUE, data_path("en/vague.csv"), *_extra(vague))
        for words in _phrases(row, known, "vague")
    ]
    sides: dict[str, list[tuple[str, NotCount]]] = {"before": [], "after": []}
    for row in load(NOT_COUNTS, data_path("en/not_counts.csv")):
        item = NotCount(row["id"], row["reason"], row["when"])
        where = ("not", row["place"], row["when"])
        sides[row["place"]] += [(words, item) for words in _phrases(row, known, *where)]
    return Lexicon(
        before=Phrases(places["before"], backwards=True),
        starts=Phrases(places["before"]),
        verbs=Phrases(places["verb"], backwards=True),
        after=Phrases(places["after"]),
        vague=Phrases(quantifiers),
        not_after=Phrases(sides["after"]),
        not_before=Phrases(sides["before"], backwards=True),
        sets=_sets(),
    )


def _sets() -> Sets:
    names = {field.name for field in fields(Sets)}
    sets: dict[str, frozenset[str]] = {}
    for row in load(CONTEXT, data_path("en/number_context.csv")):
        name = row["id"].replace("-", "_")
        if name not in names:
            raise row.error("id", f"unknown list; expected {', '.join(sorted(names))}")
        sets[name] = frozenset(row["words"])
    missing = names - sets.keys()
    if missing:
        raise RuleError("number_context.csv", 1, "id", f"lacks {', '.join(sorted(missing))}")
    sets["year_before"] |= sets["months"]
    sets["bare_after"] |= SENTENCE_ENDS
    return Sets(**sets)


def _extra(path: str | None) -> tuple[str, ...]:
    return () if path is None else (path,)


def _phrases(row: Row, known: dict[tuple[str, ...], Row], *where: str) -> tuple[str, ...]:
    words: tuple[str, ...] = row["words"]
    for phrase in words:
        if phrase != phrase.lower():
            raise row.error("words", f"{phrase!r} has capitals; words stand in lower case")
        other = known.setdefault((*where, phrase), row)
        if other is not row:
            raise row.error("words", f"{phrase!r} stands in {other['id']!r} already")
        if words.count(phrase) > 1:
            raise row.error("words", f"{phrase!r} stands twice")
    return words


def _vague(row: Row) -> Vague:
    low, high = row["low"], row["high"]
    if low is not None and high is not None and low > high:
        raise row.error("low", f"{low} is above high {high}")
    return Vague(
        row["id"],
        row["kind"],
        row["best"],
        low,
        high,
        frozenset(row["before"]),
        tuple(tuple(words.split()) for words in row["not_before"]),
        row["people"],
    )
