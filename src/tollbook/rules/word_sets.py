"""Small sets of words that single rules of the grammar look for, each under its own name."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from typing import Final

from tollbook.rules.loader import Column, Row, RuleError, Table, data_path, load


@dataclass(frozen=True, slots=True)
class WordSets:
    """The sets by the id of their row in ``word_sets.csv``, which says what each is for.

    >>> "took" in word_sets().seizing, "took" in word_sets().toll
    (True, False)
    """

    among_others: frozenset[str]
    come_about: frozenset[str]
    laying_blame: frozenset[str]
    targets_of_attack: frozenset[str]
    parts_of_country: frozenset[str]
    finite_be: frozenset[str]
    found_to_be: frozenset[str]
    found_unreal: frozenset[str]
    hearsay: frozenset[str]
    reflexive: frozenset[str]
    seizing: frozenset[str]
    involving: frozenset[str]
    their_deaths: frozenset[str]
    arriving: frozenset[str]
    uprooted: frozenset[str]
    bodies_of: frozenset[str]
    totalling: frozenset[str]
    in_all: frozenset[str]
    identity: frozenset[str]
    saving: frozenset[str]
    rescuers: frozenset[str]
    companions: frozenset[str]
    kidnapping: frozenset[str]
    state_people: frozenset[str]
    places_of_custody: frozenset[str]
    toll: frozenset[str]
    tally: frozenset[str]
    toll_of_injured: frozenset[str]
    toll_of_casualties: frozenset[str]
    conditional: frozenset[str]
    distribution: frozenset[str]
    divisions: frozenset[str]
    grades: frozenset[str]
    raising: frozenset[str]
    updating: frozenset[str]
    earlier: frozenset[str]
    afterwards: frozenset[str]
    proportions: frozenset[str]
    other_times: frozenset[str]
    changes: frozenset[str]
    abbreviations: frozenset[str]
    armed_only: frozenset[str]
    attackers: frozenset[str]
    state_forces: frozenset[str]
    engagements: frozenset[str]
    in_event: frozenset[str]
    responsible: frozenset[str]
    backed: frozenset[str]
    causing: frozenset[str]
    blaming: frozenset[str]
    claiming: frozenset[str]
    forces: frozenset[str]
    bystanders: frozenset[str]
    assaulting: frozenset[str]
    assailing: frozenset[str]
    no_attack: frozenset[str]
    manner: frozenset[str]
    units: frozenset[str]
    regulars: frozenset[str]
    irregulars: frozenset[str]
    rank_and_file: frozenset[str]
    soldiers_bare: frozenset[str]
    fighters_bare: frozenset[str]
    nobodys: frozenset[str]
    any_group: frozenset[str]
    planting: frozenset[str]
    in_the_course: frozenset[str]
    repelling: frozenset[str]
    comrades: frozenset[str]
    elsewhere: frozenset[str]
    shot_from: frozenset[str]
    not_done: frozenset[str]
    adding: frozenset[str]
    another: frozenset[str]
    unsure: frozenset[str]
    he: frozenset[str]
    they: frozenset[str]
    him: frozenset[str]
    them: frozenset[str]
    soldiers: frozenset[str]
    police: frozenset[str]
    against_states: frozenset[str]
    nameless: frozenset[str]
    of_states: frozenset[str]
    army_words: frozenset[str]
    army_offices: frozenset[str]
    own_people: frozenset[str]
    fighting_units: frozenset[str]
    bodies_of_people: frozenset[str]
    losses: frozenset[str]
    former: frozenset[str]
    generic_groups: frozenset[str]
    plain_civilians: frozenset[str]
    callings: frozenset[str]
    no_part_of_roles: frozenset[str]
    epithets: frozenset[str]
    admitting: frozenset[str]
    suffering: frozenset[str]


NAMES: Final = tuple(field.name for field in fields(WordSets))

TABLE: Final = Table(
    "word sets",
    (
        Column("id", "choice", required=True, choices=NAMES),
        Column("words", "list", required=True),
        Column("says", required=True),
        Column("examples", "examples", required=True),
    ),
)
"""Columns of ``word_sets.csv``; a set has to be there for every field of `WordSets`."""


def by_name(rows: list[Row], file: str = "word_sets.csv") -> WordSets:
    """The sets of a table.

    Args:
        rows: rows of the table `TABLE`.
        file: name of the file, for messages.

    Raises:
        RuleError: a set is missing.
    """
    found = {row["id"]: frozenset(row["words"]) for row in rows}
    missing = [name for name in NAMES if name not in found]
    if missing:
        raise RuleError(file, 1, "id", f"no row for {', '.join(missing)}")
    return WordSets(**found)


@cache
def word_sets() -> WordSets:
    """The sets, read once a process.

    Raises:
        RuleError: the file does not fit the table.
    """
    return by_name(load(TABLE, data_path("en/word_sets.csv")))
