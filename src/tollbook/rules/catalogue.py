"""Every rule file: its table, what it is about, and the setting that lays a user's file over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tollbook import cues
from tollbook.grammar import timespans
from tollbook.rules import (
    actors,
    broken,
    means,
    measures,
    nouns,
    numbers,
    places,
    syntax,
    topics,
    triggers,
    word_sets,
)
from tollbook.rules.loader import Row, Table, data_path, load, read


@dataclass(frozen=True, slots=True)
class RuleFile:
    """One rule file of ours.

    Args:
        name: name of the file, without its ending.
        table: its columns.
        says: what its rows are about.
        setting: setting of `tollbook.load` that lays a user's file over it; empty: none does.
    """

    name: str
    table: Table
    says: str
    setting: str = ""

    @property
    def path(self) -> Path:
        """Where our file is."""
        return data_path(f"en/{self.name}.csv")

    def rows(self, own: str | Path | None = None) -> list[Row]:
        """The rows in use.

        Args:
            own: a user's file laid over ours.

        Raises:
            RuleError: the user's file does not fit the table.
            FileNotFoundError: it is not there.
        """
        return load(self.table, self.path, *([own] if own else []))


CATALOGUE: Final = (
    RuleFile("actors", actors.ACTORS, "armed and state actors", "actors"),
    RuleFile("regions", places.REGIONS, "first-level regions and their names", "regions"),
    RuleFile("nouns", nouns.NOUNS, "what can be counted", "nouns"),
    RuleFile("triggers", triggers.TRIGGERS, "words that say an outcome", "triggers"),
    RuleFile("actor_patterns", actors.PATTERNS, "words that make up descriptions of actors"),
    RuleFile("broken_words", broken.BROKEN_WORDS, "words broken up to pass filters"),
    RuleFile("cues", cues.TABLE, "what words say about a figure"),
    RuleFile("demonyms", nouns.DEMONYMS, "nationalities, peoples and faiths"),
    RuleFile("means", means.MEANS, "how people are harmed"),
    RuleFile("measures", measures.TABLE, "the outcomes and how they relate"),
    RuleFile("modifiers", numbers.MODIFIERS, "words that set the bounds of a number"),
    RuleFile("not_counts", numbers.NOT_COUNTS, "words that make a number no count"),
    RuleFile("number_context", numbers.CONTEXT, "words around numbers"),
    RuleFile("periods", timespans.PERIODS, "expressions of time"),
    RuleFile("place_words", places.PLACE_WORDS, "words beside names that tell what they are"),
    RuleFile("places", places.PLACES, "countries, zones and places the town index lacks"),
    RuleFile("syntax", syntax.SYNTAX, "function words by class"),
    RuleFile("topics", topics.TOPICS, "nouns that name the people of an outcome"),
    RuleFile("vague", numbers.VAGUE, "number words and vague quantifiers"),
    RuleFile("word_sets", word_sets.TABLE, "small sets of words for single rules"),
)  # fmt: skip
"""The rule files; first those over which a user can lay one of his own."""

SETTINGS: Final = tuple(entry.setting for entry in CATALOGUE if entry.setting)
"""Settings of `tollbook.load` that take a user's rule file."""


def rule_file(name: str) -> RuleFile:
    """The rule file of a name.

    Raises:
        KeyError: there is none.

    >>> rule_file("triggers").setting
    'triggers'
    """
    for entry in CATALOGUE:
        if entry.name == name:
            return entry
    there = ", ".join(sorted(entry.name for entry in CATALOGUE))
    raise KeyError(f"there is no rule file {name!r}; there are {there}")


@dataclass(frozen=True, slots=True)
class Changes:
    """What a user's file does to ours.

    Args:
        added: ids of new rows.
        overridden: ids of rows of ours that it changes.
        off: ids of rows of ours that it switches off.
    """

    added: tuple[str, ...]
    overridden: tuple[str, ...]
    off: tuple[str, ...]


def check(own: Mapping[str, str | Path]) -> dict[str, Changes]:
    """Check a user's rule files as `tollbook.load` does, and say what each changes.

    Args:
        own: file by setting.

    Raises:
        RuleError: a file does not fit its table, or its rows and ours contradict each other.
        FileNotFoundError: a file is not there.

    >>> check({})
    {}
    """
    from tollbook.pipeline import load as load_pipeline

    changes = {}
    for entry in CATALOGUE:
        if entry.setting not in own:
            continue
        ours = {row[entry.table.id_column] for row in load(entry.table, entry.path)}
        rows = read(entry.table, Path(own[entry.setting]), partial=True)
        idents = [(row[entry.table.id_column], row["off"]) for row in rows]
        changes[entry.setting] = Changes(
            tuple(ident for ident, _ in idents if ident not in ours),
            tuple(ident for ident, off in idents if ident in ours and not off),
            tuple(ident for ident, off in idents if ident in ours and off),
        )
    # what only shows when the rows are put to use: two rows that claim one word
    load_pipeline(**{setting: str(file) for setting, file in own.items()})
    return changes
