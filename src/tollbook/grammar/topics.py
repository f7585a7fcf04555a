"""Bare figures under a topic: ``the death toll rose to 12``, ``the number of wounded: 30``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from tollbook.grammar.sentence import Claim
from tollbook.rules import syntax as syn
from tollbook.rules.syntax import syntax
from tollbook.rules.topics import topics
from tollbook.rules.word_sets import word_sets

if TYPE_CHECKING:
    from tollbook.grammar.chunk import Chunk
    from tollbook.grammar.sentence import Sentence

_LEADS: Final = frozenset((":", "to", "of", "("))
"""Stand between a topic and its figure: ``a toll of 12``."""


class Topic(NamedTuple):
    """What the figures of a sentence are about.

    Args:
        at: position of its word.
        measure: one of `tollbook.schema.MEASURES`.
        rule: id of the rule.
        people: position of the people that it names (``the number of civilians``), or -1.
    """

    at: int
    measure: str
    rule: str
    people: int = -1


def claim_figures(sentence: Sentence) -> None:
    """Give figures that no verb claims the outcome of their topic.

    Args:
        sentence: its claims are changed.

    >>> import tollbook
    >>> text = "The death toll rose by nine to 12, while the number of wounded has reached 30."
    >>> [(count.text, count.measure) for count in tollbook.extract(text).counts]
    [('12', 'killed'), ('30', 'injured')]
    """
    bare = [
        position
        for position, member in sentence.members.items()
        if member.chunk.kind == "Q"
        and member.parent is None
        and member.chunk.countable
        and (position not in sentence.claims or sentence.claims[position].measure == "casualties")
    ]
    if not bare:
        return
    found = _find(sentence, max(bare))
    if not found:
        return
    for position in bare:
        _claim(sentence, position, _governing(found, position))


def _find(sentence: Sentence, last: int) -> list[Topic]:
    """The topics of a sentence whose last bare figure stands at `last`."""
    chunks = sentence.chunks
    found: list[Topic] = []
    names, known, sets = topics(), sentence.lists.nouns, word_sets()
    for index, chunk in enumerate(chunks):
        if chunk.kind == "W" and not chunk.mask & ~syn.ATTACK and index < last:
            noun = known.get(chunk.word)
            if noun is not None and noun.plural and noun.kind in ("casualty", "event"):
                found.append(Topic(index, noun.measure, f"noun:{noun.id}"))
            elif chunk.word in names:
                found.append(Topic(index, names[chunk.word], f"topic:{chunk.word}"))
        if (
            chunk.kind == "N"
            and chunk.noun is not None
            and index
            and chunks[index - 1].mask & syn.RISE
        ):
            # "bringing those displaced to 61,492"
            measure = chunk.noun.measure or names.get(chunk.noun.noun, "")
            if measure:
                found.append(Topic(index, measure, f"noun:{chunk.noun.id}"))
        if chunk.word in sets.toll:
            found.append(Topic(index, _of_toll(chunks[max(0, index - 3) : index + 4]), "toll"))
        elif chunk.word in sets.tally and index + 1 < len(chunks):
            measure = _of_tally(sentence, index)
            if measure:
                found.append(Topic(index, measure, "number-of", _people(chunks, index)))
    return found


def _of_toll(beside: list[Chunk]) -> str:
    """Measure of a toll, with the words beside it: the killed, unless they say otherwise."""
    sets = word_sets()
    measure = "killed"
    for chunk in beside:
        if chunk.word in sets.toll_of_injured:
            measure = "injured"
        if chunk.word in sets.toll_of_casualties:
            measure = "casualties"
    return measure


def _of_tally(sentence: Sentence, index: int) -> str:
    """Measure of what ``the number of`` at `index` counts, or empty."""
    names = topics()
    for at in range(index + 1, min(index + 14, len(sentence.chunks))):
        chunk = sentence.chunks[at]
        if chunk.kind == "T":
            measure, _ = sentence.outcome(at)
            if measure:
                return measure
        if chunk.kind in "QN" and chunk.noun is not None and chunk.noun.measure:
            return chunk.noun.measure
        if chunk.kind == "W" and chunk.word in names:
            return names[chunk.word]
        if chunk.kind == "Q":
            return ""
    return ""


def _people(chunks: list[Chunk], index: int) -> int:
    """Position of the people that ``the number of`` at `index` names, or -1."""
    near = range(index + 1, min(index + 5, len(chunks)))
    return next((at for at in near if chunks[at].kind == "N"), -1)


def _governing(found: list[Topic], position: int) -> Topic:
    """The strongest topic before a figure, a toll or ``the number of`` before a mere noun."""
    earlier = [topic for topic in found if topic.at < position] or found
    said = [topic for topic in earlier if not topic.rule.startswith("noun:")] or earlier
    return said[-1]


def _claim(sentence: Sentence, position: int, topic: Topic) -> None:
    """Give one figure the outcome of its topic, where the words between them allow it."""
    chunks = sentence.chunks
    chunk = sentence.members[position].chunk
    claim = sentence.claims.get(position)
    if claim is not None and claim.trigger >= 0:
        return
    if topic.measure == "incidents" and chunk.noun is not None:
        return
    if chunk.number is not None and chunk.number["high"] == 0 and topic.at == position - 1:
        # "own losses zero"
        sentence.claims[position] = Claim(topic.measure, topic.rule, position - 1)
        return
    if position and chunks[position - 1].word == "by":
        # "rose by nine": a difference
        sentence.claims[position] = Claim("", topic.rule, -1, "difference")
        return
    if topic.at == position - 1 and _is_tally_item(chunks, position):
        # "Fatalities 7, injuries 22"
        given = Claim(topic.measure, topic.rule, topic.at)
        sentence.claims[position] = given
        return
    classes = syntax().words
    for steps, at in enumerate(range(position - 1, max(position - 6, -1), -1)):
        before = chunks[at]
        if before.kind in "QN":
            return
        # "has now hit 321"
        rises = before.mask & syn.RISE or (
            before.kind == "T" and classes.get(before.word, 0) & syn.RISE
        )
        if rises or before.word in _LEADS:
            if (rises and before.word != "at") or steps < 2:
                given = Claim(topic.measure, topic.rule, at, _expected(chunks, at))
                given.people = topic.people
                sentence.claims[position] = given
            return


def _is_tally_item(chunks: list[Chunk], position: int) -> bool:
    """Whether nothing but the next item or the end follows a bare figure."""
    chunk = chunks[position]
    if chunk.noun is not None or chunk.lemma or chunk.partitive:
        return False
    return position + 1 >= len(chunks) or chunks[position + 1].kind == "."


def _expected(chunks: list[Chunk], at: int) -> str:
    """``may rise to``, ``is likely to rise to``: no figure yet."""
    for chunk in chunks[max(0, at - 4) : at]:
        if chunk.kind == "W" and chunk.mask & (syn.MODAL | syn.PLAN) and chunk.word != "to be":
            return "hypothetical"
    return ""
