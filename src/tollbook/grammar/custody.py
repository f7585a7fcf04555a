"""Taken by whom: people whom a state's forces take away are detained, others abducted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tollbook.rules import syntax as syn
from tollbook.rules.word_sets import word_sets

if TYPE_CHECKING:
    from tollbook.grammar.chunk import Chunk
    from tollbook.grammar.sentence import Claim, Sentence

_STATE_TYPES: Final = frozenset(("state-forces", "police"))
_EITHER: Final = frozenset(("abduct", "kidnap-us", "seize-people", "take", "force-into"))
"""Rules of verbs that do not tell by themselves which it is: took away, seized, led off."""


def custody(
    sentence: Sentence, claim: Claim, actors: list[dict[str, Any]], status: str | None
) -> str:
    """The measure of people taken or held, by who has them.

    Args:
        sentence: where it is told.
        claim: the claim on the people.
        actors: records of the actors of the Doc.
        status: of the people, where it is known.

    Returns:
        Another measure than the claim has, or its own.

    >>> import tollbook
    >>> for who in ("Police", "Gunmen"):
    ...     print(tollbook.extract(f"{who} took away six men.").counts[0].measure)
    detained
    abducted
    """
    if claim.trigger < 0 or claim.measure not in ("abducted", "detained"):
        return claim.measure
    trigger = sentence.chunks[claim.trigger]
    sets = word_sets()
    if claim.rule in _EITHER and trigger.word not in sets.kidnapping:
        holder = _holder(sentence, claim.trigger)
        if holder is not None and _of_state(sentence, holder, actors):
            return "detained"
        return claim.measure
    words = sentence.low[trigger.start : trigger.end]
    if claim.rule == "in-custody" and words[-2:] == ["hands", "of"] and status != "combatant":
        holder = _next_party(sentence, claim.trigger + 1)
        if holder is not None and not _of_state(sentence, holder, actors):
            return "abducted"
    return claim.measure


def _holder(sentence: Sentence, trigger: int) -> Chunk | None:
    """Who takes people: the subject of an active verb, the agent of a passive one."""
    chunks = sentence.chunks
    if chunks[trigger].voice in ("passive", "reduced"):
        for at in range(trigger + 1, min(trigger + 8, len(chunks))):
            if chunks[at].word == "by":
                return _next_party(sentence, at + 1)
            if chunks[at].kind == "." or chunks[at].mask & (syn.CONJ | syn.SUB & ~syn.PREP):
                return None
        return None
    for chunk in reversed(chunks[:trigger]):
        if chunk.kind in "ANQ" or chunk.word in word_sets().state_people:
            return chunk
        if chunk.word in (";", ".", ":"):
            return None
    return None


def _next_party(sentence: Sentence, at: int) -> Chunk | None:
    """The party named at a position, past articles and adjectives."""
    for chunk in sentence.chunks[at : at + 4]:
        if chunk.kind in "ANQ" or chunk.word in word_sets().state_people:
            return chunk
        if chunk.kind == ".":
            return None
    return None


def _of_state(sentence: Sentence, chunk: Chunk, actors: list[dict[str, Any]]) -> bool:
    """Whether a party is the army, the police or another force of a state."""
    if any(actors[index]["type"] in _STATE_TYPES for index in chunk.actors):
        return True
    if any(actors[index]["type"] for index in chunk.actors):
        return False
    return not word_sets().state_people.isdisjoint(sentence.low[chunk.start : chunk.end])
