"""The words that say an outcome, with every form they take."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from sys import intern
from typing import Final

from tollbook.rules.loader import Column, Row, Table, data_path, load
from tollbook.rules.phrases import pieces
from tollbook.schema import MEASURES

TRIGGERS: Final = Table(
    "triggers",
    (
        Column("id"),
        Column("pos", "choice", required=True, choices=("verb", "adjective", "noun")),
        Column("words", "list", required=True),
        Column("frame", "choice", required=True, choices=("object", "subject", "of", "state")),
        Column("measure", "choice", choices=MEASURES),
        Column("complete", "list"),
        Column("needs", "flag"),
        Column("means"),
        Column("examples", "examples", required=True),
    ),
)

FORMS: Final = ("base", "present", "past", "participle", "gerund", "fixed")
"""The forms of a trigger: those of a verb, and ``fixed`` for nouns and adjectives."""

NOTHING: Final = "none"
"""Written for the measure of a completion after which nothing is counted."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """One row of the trigger table.

    Args:
        id: id of the rule, which reaches the record.
        pos: ``verb``, ``adjective`` or ``noun``.
        frame: where those who suffer it stand: ``object``, ``subject``, ``of``, ``state``.
        measure: one of `MEASURES`, or empty where a completion has to say it.
        complete: words after the verb or its object that settle the measure; an empty
            measure where they mean that nobody suffers anything.
        needs: True when it says nothing without a completion.
        means: how, where the word itself says it.
        opens: first words of the completions.
    """

    id: str
    pos: str
    frame: str
    measure: str
    complete: tuple[tuple[tuple[str, ...], str], ...]
    needs: bool
    means: str
    opens: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a trigger, as it stands in a text.

    Args:
        words: its words in lower case.
        trigger: the row it belongs to.
        forms: which of `FORMS` it can be; ``killed`` is ``past`` and ``participle``.
    """

    words: tuple[str, ...]
    trigger: Trigger
    forms: frozenset[str]


@lru_cache(maxsize=4096)
def inflect(verb: str) -> dict[str, str]:
    """The forms of an English verb.

    Args:
        verb: base form, or ``base/past/participle`` with an optional ``/gerund``.

    >>> inflect("kill")["past"], inflect("execute")["gerund"]
    ('killed', 'executing')
    >>> list(inflect("shoot/shot/shot").values())
    ['shoot', 'shoots', 'shot', 'shot', 'shooting']
    """
    parts = verb.split("/")
    base = parts[0]
    regular = len(parts) == 1
    if regular:
        if base.endswith("e"):
            past = base + "d"
        elif base.endswith("y") and base[-2] not in "aeiou":
            past = base[:-1] + "ied"
        else:
            past = base + "ed"
        participle = past
    else:
        past, participle = parts[1], parts[2]
    if len(parts) > 3:
        gerund = parts[3]
    elif past.endswith("ed") and len(past) - 3 >= len(base):
        gerund = past[:-2] + "ing"
    elif base.endswith("e") and not base.endswith("ee"):
        gerund = base[:-1] + "ing"
    else:
        gerund = base + "ing"
    if base.endswith(("s", "sh", "ch", "x", "z", "o")):
        present = base + "es"
    elif base.endswith("y") and base[-2] not in "aeiou":
        present = base[:-1] + "ies"
    else:
        present = base + "s"
    return {
        "base": base,
        "present": present,
        "past": past,
        "participle": participle,
        "gerund": gerund,
    }


class Triggers:
    """Every form of every trigger, found by its first word.

    >>> found = triggers().at(["two", "lost", "their", "lives"], 1)
    >>> found.trigger.id, len(found.words)
    ('lose-life', 3)
    """

    def __init__(self, rows: list[Row]) -> None:
        self.by_first: dict[str, tuple[int, ...]] = {}
        """Numbers of words, the greatest first, of the forms that begin with a word."""
        self._forms: dict[tuple[str, ...], list[Form]] = {}
        # tens of thousands of forms share few sets of names
        self._kinds: dict[frozenset[str], frozenset[str]] = {}
        for row in rows:
            self._add(row)
        sizes: dict[str, set[int]] = {}
        for words in self._forms:
            sizes.setdefault(words[0], set()).add(len(words))
        for first, found in sizes.items():
            self.by_first[first] = tuple(sorted(found, reverse=True))

    def _add(self, row: Row) -> None:
        complete = []
        for item in row["complete"]:
            words, equals, measure = item.partition("=")
            if not equals or measure not in (*MEASURES, NOTHING):
                raise row.error("complete", f"{item!r} is not 'words=measure'")
            complete.append((pieces(words), "" if measure == NOTHING else measure))
        complete.sort(key=lambda pair: -len(pair[0]))
        trigger = Trigger(
            row["id"],
            row["pos"],
            row["frame"],
            row["measure"],
            tuple(complete),
            row["needs"],
            row["means"],
            frozenset(words[0] for words, _ in complete),
        )
        if not trigger.measure and not trigger.needs:
            raise row.error("measure", "is required unless 'needs' is yes")
        found: dict[tuple[str, ...], set[str]] = {}
        for phrase in row["words"]:
            for words in self._expand(row, phrase):
                self._inflect(row, words, found)
        for phrase_words, names in found.items():
            words = phrase_words
            if any("-" in word for word in words):
                words = pieces(" ".join(words))
            forms = self._kinds.setdefault(frozenset(names), frozenset(names))
            self._forms.setdefault(words, []).append(Form(words, trigger, forms))

    @staticmethod
    def _expand(row: Row, phrase: str) -> list[tuple[str, ...]]:
        parts: list[list[str]] = []
        rest = phrase
        while rest:
            if rest[0] == "(":
                inner, closed, rest = rest[1:].partition(")")
                if not closed:
                    raise row.error("words", f"{phrase!r} opens a bracket and does not close it")
                parts.append(inner.split("|"))
            else:
                plain, bracket, after = rest.partition("(")
                parts.extend([word] for word in plain.split())
                rest = bracket + after
            rest = rest.strip()
        # the words of all choices are few: each is kept once
        return [tuple(map(intern, " ".join(choice).split())) for choice in product(*parts)]

    @staticmethod
    def _inflect(row: Row, words: tuple[str, ...], found: dict[tuple[str, ...], set[str]]) -> None:
        if row["pos"] != "verb":
            found.setdefault(words, set()).add("fixed")
            return
        at = 1 if words[0].endswith("ly") and len(words) > 1 else 0
        for name, form in inflect(words[at]).items():
            key = (*words[:at], form, *words[at + 1 :])
            found.setdefault(key, set()).add(name)

    def at(self, low: list[str], index: int) -> Form | None:
        """The longest form that begins at `index` of the words `low`."""
        found = self.all_at(low, index)
        return found[0] if found else None

    def all_at(self, low: list[str], index: int) -> list[Form]:
        """Every form of the greatest length that begins at `index`; ``shot`` has several rows."""
        for size in self.by_first.get(low[index], ()):
            found = self._forms.get(tuple(low[index : index + size]))
            if found is not None:
                return found
        return []


@cache
def triggers(extra: str | None = None) -> Triggers:
    """The trigger table, read once a process.

    Args:
        extra: path of a file whose rows are laid over ours.

    Raises:
        RuleError: a file does not fit the table.
    """
    ours = data_path("en/triggers.csv")
    rows = load(TRIGGERS, ours, extra) if extra else load(TRIGGERS, ours)
    return Triggers(rows)
