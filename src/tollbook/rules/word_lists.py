"""The two word lists that the whole counting grammar reads, with a user's laid over ours."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tollbook.rules.nouns import Nouns, nouns
from tollbook.rules.triggers import Triggers, triggers


@dataclass(frozen=True, slots=True)
class WordLists:
    """What can be counted, and what can happen to it.

    Args:
        nouns: the counted nouns.
        triggers: the words that say an outcome.
    """

    nouns: Nouns
    triggers: Triggers


@cache
def word_lists(own_nouns: str | None = None, own_triggers: str | None = None) -> WordLists:
    """The word lists, read once a process for each pair of files.

    Args:
        own_nouns: path of a file with the columns of ``nouns.csv``, laid over ours.
        own_triggers: path of a file with the columns of ``triggers.csv``, laid over ours.

    Raises:
        RuleError: a file does not fit its table.
        FileNotFoundError: a file is not there.

    >>> lists = word_lists()
    >>> lists.nouns.get("soldiers").status, lists.triggers.at(["killed"], 0).trigger.id
    ('combatant', 'kill')
    """
    # without an argument, so that the tables that others have read are not read again
    return WordLists(
        nouns(own_nouns) if own_nouns else nouns(),
        triggers(own_triggers) if own_triggers else triggers(),
    )
