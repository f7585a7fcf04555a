"""Which trigger governs which noun group: the outcome of each count.

A trigger is first read for its voice, then claims the groups on the side where those who
suffer it stand. The claim of a verb for its subject comes before the claim for an object.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tollbook.grammar.among import claim_among, claim_included
from tollbook.grammar.groups import group
from tollbook.grammar.inherent import claim_inherent, claim_involved
from tollbook.grammar.objects import claim_object
from tollbook.grammar.sentence import Claim, Sentence
from tollbook.grammar.subjects import claim_subject
from tollbook.grammar.topics import claim_figures
from tollbook.grammar.voice import read_voices
from tollbook.rules import syntax as syn
from tollbook.rules.word_sets import word_sets

if TYPE_CHECKING:
    from tollbook.grammar.chunk import Chunk
    from tollbook.rules.word_lists import WordLists

_LEFT: Final = frozenset(("passive", "reduced", "subject", "state"))
"""Voices of a trigger whose victims stand before it."""
_TALLIES: Final = frozenset((":", "–", "-", "—", "="))
_JOINS: Final = frozenset(("and", "or", "/", "&", "and/or", "either", "others"))


def govern(chunks: list[Chunk], low: list[str], lists: WordLists) -> Sentence:
    """Find the lists of a sentence, and give every noun group the outcome it suffered.

    Args:
        chunks: chunks of the sentence; voice and block of triggers are set.
        low: words of the Doc in lower case.
        lists: the word lists in use.

    Returns:
        The sentence with its claims.

    >>> import tollbook
    >>> from tollbook.grammar.analysis import Analysis
    >>> doc = tollbook.load()("Gunmen killed three men, and two were hurt.")
    >>> Analysis.of(doc).sentences[0].claims
    {5: <injured by injure@7>, 2: <killed by kill@1>}
    """
    sentence = Sentence(chunks, group(chunks), low, lists)
    read_voices(sentence)
    claim_inherent(sentence)
    _merge(sentence)
    later = set(sentence.merged.values())
    triggers = [index for index in sentence.triggers if index not in later]
    for index in triggers:
        if chunks[index].voice in _LEFT and not _claim_tally(sentence, index):
            claim_subject(sentence, index)
    for index in triggers:
        if chunks[index].voice not in _LEFT:
            claim_object(sentence, index)
    claim_involved(sentence)
    claim_figures(sentence)
    claim_included(sentence)
    claim_among(sentence)
    _block_conditions(sentence)
    return sentence


def _claim_tally(sentence: Sentence, index: int) -> bool:
    """``Dead - 5, injured - 13``: the figure stands behind its outcome."""
    chunks = sentence.chunks
    if index + 2 >= len(chunks) or chunks[index + 1].word not in _TALLIES:
        return False
    if index and (chunks[index - 1].kind in "QNA" or chunks[index - 1].mask & syn.AUX):
        return False
    figure = chunks[index + 2]
    measure, rule = sentence.outcome(index)
    if figure.kind != "Q" or figure.noun is not None or figure.lemma or not measure:
        return False
    sentence.give(index + 2, Claim(measure, rule, index, chunks[index].blocked))
    return True


def _merge(sentence: Sentence) -> None:
    """``killed and wounded 25`` is one outcome: casualties."""
    chunks = sentence.chunks
    for first, second in zip(sentence.triggers, sentence.triggers[1:], strict=False):
        between = chunks[first + 1 : second]
        if not between or not all(chunk.word in _JOINS for chunk in between):
            continue
        a, b = chunks[first], chunks[second]
        if {_measure(a), _measure(b)} != {"killed", "injured"}:
            continue
        if a.voice != b.voice and not {a.voice, b.voice} <= {"passive", "reduced"}:
            continue
        sentence.merged[first] = second
        a.attributes = ["casualties"]
        a.end = b.end


def _measure(chunk: Chunk) -> str:
    return next((f.trigger.measure for f in chunk.forms if f.trigger.measure), "")


def _block_conditions(sentence: Sentence) -> None:
    """Nothing is counted in a clause that begins with ``if``."""
    for index, chunk in enumerate(sentence.chunks):
        if chunk.kind == "W" and chunk.mask & syn.COND and chunk.word in word_sets().conditional:
            for position, claim in sentence.claims.items():
                if position > index or claim.trigger > index:
                    claim.blocked = claim.blocked or "hypothetical"
