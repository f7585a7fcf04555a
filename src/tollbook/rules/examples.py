"""Run the examples that stand beside the rules.

An example that begins with ``!`` or ``no:`` is one that the rule must leave alone. What an example
shows depends on the table: a trigger must give a count of its measure, an actor must be found
under its id, a region by its code, and in the tables of numbers every number is marked as
``[span](best low high)``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import tollbook
from tollbook.pipes import normaliser, numbers
from tollbook.rules.catalogue import CATALOGUE, RuleFile
from tollbook.rules.loader import Row
from tollbook.rules.means import means
from tollbook.rules.word_lists import word_lists
from tollbook.schema import MEASURES
from tollbook.words import Words

if TYPE_CHECKING:
    from spacy.language import Language

NEGATIVE: Final = ("!", "no:")
"""What an example begins with that its rule must leave alone."""

_MARK: Final = re.compile(r"\[([^\[\]]+)\]\((\d+|-) (\d+|-) (\d+|-)\)")

Found = list[tuple[str, int, tuple[int | None, ...]]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one example.

    Args:
        rule_file: name of the rule file.
        row: the row that it stands beside.
        example: the example as written.
        holds: True when the rules do what it shows.
    """

    rule_file: str
    row: Row
    example: str
    holds: bool


def run(own: Mapping[str, str | Path] | None = None) -> Iterator[Outcome]:
    """Run every example of every rule file, file by file.

    Args:
        own: a user's rule files by setting of `tollbook.load`, laid over ours.

    Raises:
        RuleError: a file does not fit its table.
        FileNotFoundError: a file is not there.

    >>> all(outcome.holds for outcome in run() if outcome.rule_file == "topics")
    True
    """
    files = {setting: str(file) for setting, file in (own or {}).items()}
    examples = Examples(tollbook.load(**files), files)
    for entry in CATALOGUE:
        yield from examples.of(entry)


class Examples:
    """Runs examples with one pipeline.

    Args:
        nlp: a pipeline with the tollbook components.
        own: the user's rule files by setting, with which it was made.
    """

    def __init__(self, nlp: Language, own: Mapping[str, str]) -> None:
        self.nlp = nlp
        self.own = own
        self.lists = word_lists(own.get("nouns"), own.get("triggers"))
        self._shows: dict[str, Callable[[Row, str], bool]] = {
            "actors": self._actor,
            "regions": self._region,
            "nouns": self._noun,
            "demonyms": self._demonym,
            "triggers": self._trigger,
            "broken_words": self._broken,
            "cues": self._cue,
            "means": self._means,
            "modifiers": self._numbers,
            "vague": self._numbers,
            "not_counts": self._numbers,
            "syntax": self._words,
            "topics": self._words,
            "word_sets": self._words,
        }

    def of(self, entry: RuleFile) -> Iterator[Outcome]:
        """Run the examples of one rule file; none where its examples show nothing by themselves."""
        shows = self._shows.get(entry.name)
        if shows is None:
            return
        for row in entry.rows(self.own.get(entry.setting)):
            for example in row["examples"]:
                text, hit = example, True
                for mark in NEGATIVE:
                    if example.startswith(mark):
                        text, hit = example.removeprefix(mark).strip(), False
                yield Outcome(entry.name, row, example, shows(row, text) is hit)

    def _words_of(self, text: str) -> Words:
        return Words.of(self.nlp.make_doc(text))

    def _records(self, text: str, group: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.nlp(text).spans[group].attrs[group]
        return found

    def _actor(self, row: Row, text: str) -> bool:
        return any(record["id"] == row["id"] for record in self._records(text, "actors"))

    def _region(self, row: Row, text: str) -> bool:
        return any(row["code"] in record["codes"] for record in self._records(text, "regions"))

    def _noun(self, row: Row, text: str) -> bool:
        low = self._words_of(text).low
        return self._at(row, len(low), lambda index: self.lists.nouns.at(low, index))

    def _demonym(self, row: Row, text: str) -> bool:
        words = self._words_of(text)
        return self._at(
            row,
            len(words),
            lambda index: self.lists.nouns.demonym_at(words.low, index, words.raw),
        )

    @staticmethod
    def _at(row: Row, size: int, find: Callable[[int], tuple[int, Any] | None]) -> bool:
        """Whether the longest items from left to right have the row's id among them."""
        index = 0
        while index < size:
            hit = find(index)
            if hit is not None and getattr(hit[1], "id", hit[1]) == row["id"]:
                return True
            index += hit[0] if hit else 1
        return False

    def _trigger(self, row: Row, text: str) -> bool:
        told = {item.partition("=")[2] for item in row["complete"]} - {"none"}
        if row["measure"] and not row["needs"]:
            told.add(row["measure"])
        counts = tollbook.extract(text, nlp=self.nlp).counts
        return any(count.measure in (told or MEASURES) for count in counts)

    def _means(self, row: Row, text: str) -> bool:
        low = self._words_of(text).low
        table = means()
        return self._at(row, len(low), lambda index: table.at(low, index))

    def _broken(self, row: Row, text: str) -> bool:
        broken, _, word = text.partition(" = ")
        found = [item["word"] for item in normaliser.find(self._words_of(broken))]
        return found == ([word] if word else [])

    @staticmethod
    def _cue(row: Row, text: str) -> bool:
        return re.search(row["pattern"], text, re.IGNORECASE) is not None

    def _numbers(self, row: Row, marked: str) -> bool:
        text, expected = unmark(marked)
        found, _ = numbers.find(self._words_of(text), people=self.lists.nouns)
        return expected == [
            (
                text[number["char_start"] : number["char_end"]],
                number["char_start"],
                (number["best"], number["low"], number["high"]),
            )
            for number in found
        ]

    def _words(self, row: Row, text: str) -> bool:
        low = f" {' '.join(self._words_of(text).low)} "
        return any(f" {word} " in low for word in row["words"])


def unmark(marked: str) -> tuple[str, Found]:
    """A text without its marks, and the numbers that were marked.

    Args:
        marked: a text with every number as ``[span](best low high)``; ``-`` is no bound.

    Returns:
        The text, and for each number its words, their first character and their bounds.

    Raises:
        ValueError: a mark is not written so.

    >>> unmark("[At least 12](12 12 -) people died")
    ('At least 12 people died', [('At least 12', 0, (12, 12, None))])
    """
    text, position = "", 0
    found: Found = []
    for match in _MARK.finditer(marked):
        text += marked[position : match.start()]
        bounds = tuple(None if value == "-" else int(value) for value in match.groups()[1:])
        found.append((match[1], len(text), bounds))
        text += match[1]
        position = match.end()
    text += marked[position:]
    if "](" in text:
        raise ValueError(f"{marked!r} holds a mark that is not [span](best low high)")
    return text, found
