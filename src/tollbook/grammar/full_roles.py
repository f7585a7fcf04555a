"""Roles with what stands before them: ``lottery vendor``, ``camp leader``, ``U.N. employee``.

The lexicon lists common compounds; any other noun before the noun of a calling makes one with it,
while an adjective (``a blind farmer``, ``two local traders``) does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tollbook.rules import syntax as syn
from tollbook.rules.nouns import nouns
from tollbook.rules.syntax import syntax
from tollbook.rules.word_sets import word_sets

if TYPE_CHECKING:
    from collections.abc import Container

    from tollbook.grammar.chunk import Chunk
    from tollbook.rules.nouns import Noun
    from tollbook.words import Words

_LIKE_ADJECTIVES: Final = (
    "al", "ous", "ive", "ed", "ing", "ic", "ful", "less", "ish", "an", "ern", "ble", "ary", "ly",
    "ent", "ant", "est", "ese", "ior", "er",
)  # fmt: skip
"""Endings of adjectives; a listed noun may have one all the same."""

_BELONGING: Final = frozenset(
    ("member", "associate", "leader", "chief", "head", "deputy", "boss", "spokesman", "recruit")
)
_UNIT: Final = 9
"""Words of the longest name of a body: ``members of the local village self - defence unit``."""

_MODIFIERS: Final = frozenset(("thing", "other", "place", "collective", "event", "animal"))


def full_role(noun: Noun, start: int, first: int, words: Words, taken: Container[int]) -> str:
    """The role that a head noun has with the noun before it; empty where none belongs to it.

    Args:
        noun: the head, a calling.
        start: token of the head.
        first: token where the noun group begins.
        words: words of the Doc.
        taken: tokens that belong to an actor.

    >>> from tollbook.rules.nouns import nouns
    >>> import tollbook
    >>> text = "Gunmen shot a lottery vendor, a blind farmer and two council cleaners."
    >>> [count.traits for count in tollbook.extract(text).counts]
    [('lottery vendor',), ('farmer',), ('council cleaner',)]
    """
    if noun.traits != (noun.noun,) or " " in noun.noun or noun.noun not in word_sets().callings:
        return ""
    at = start - 1
    if at < first or at in taken or not _modifies(words, at, first):
        return ""
    said = [words.raw[at], noun.noun]
    if at > first and at - 1 not in taken and _modifies(words, at - 1, first):
        said.insert(0, words.raw[at - 1])  # "a village council chairman"
    return " ".join(said)


def _modifies(words: Words, at: int, first: int) -> bool:
    """Whether the word at a token is a noun that can stand before a calling."""
    low, raw = words.low[at], words.raw[at]
    if low in word_sets().no_part_of_roles or len(low) < 2:
        return False
    if raw.isupper() or low == "un":
        # "two NGO workers", "nine U.N. employees"
        return (
            low.replace(".", "").isalpha() and nouns().demonym_at(words.low, at, words.raw) is None
        )
    if raw != low or not low.isalpha() or (at > first and words.low[at - 1] == "-"):
        return False
    if syntax().words.get(low, 0) & (syn.CLOSED | syn.DAY | syn.SPEECH | syn.VERB):
        return False
    known = nouns().get(low)
    if known is not None:
        return not known.plural and (
            known.kind in _MODIFIERS or (known.kind == "person" and low in known.traits)
        )
    return nouns().demonym_at(words.low, at, words.raw) is None and not low.endswith(
        _LIKE_ADJECTIVES
    )


def of_unit(chunk: Chunk, words: Words, end: int) -> bool:
    """Whether people are said to be of a body that fights: ``members of a rebel battalion``.

    Args:
        chunk: the noun group, whose noun says no status.
        words: words of the Doc.
        end: token where the segment ends.

    >>> import tollbook
    >>> text = "Two members of a vigilante group and a member of the council were shot in Kano."
    >>> [count.status for count in tollbook.extract(text).counts]
    ['combatant', None]
    """
    noun, low, at = chunk.noun, words.low, chunk.end
    if noun is None or noun.noun not in _BELONGING or at >= end or low[at] not in ("of", "from"):
        return False
    sets = word_sets()
    fights, last = False, ""
    for word in low[at + 1 : min(end, at + 1 + _UNIT)]:
        if word == "civil" or word in ("former", "ex"):
            return False
        if not word or word == "-" or word in ("“", "”", '"'):
            continue
        mask = syntax().words.get(word, 0)
        if not word[0].isalnum() or (mask & syn.CLOSED and not mask & (syn.DET | syn.POSS)):
            break
        if mask & (syn.VERB | syn.SPEECH) and word not in sets.fighting_units:
            break
        if word not in sets.bodies_of_people or not fights:
            last = word
        fights = fights or word in sets.fighting_units
    return fights and last in sets.fighting_units
