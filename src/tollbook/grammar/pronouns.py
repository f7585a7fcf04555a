"""Outcomes told of ``he``, ``she`` or ``they``: the people of the sentence before suffered them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from tollbook.rules import syntax as syn
from tollbook.rules.word_sets import word_sets

if TYPE_CHECKING:
    from tollbook.grammar.analysis import Analysis
    from tollbook.grammar.chunk import Chunk
    from tollbook.grammar.sentence import Sentence

_SUFFERS: Final = ("passive", "subject")
_ACTS: Final = ("active", "gerund")
_HARM: Final = ("killed", "injured", "casualties")
_TOLD: Final = (*_HARM, "detained")  # who is taken, freed or fled is seldom told so
_REACH: Final = 2  # sentences back
_VERBS: Final = syn.VERB | syn.ATTACK


class Telling(NamedTuple):
    """An outcome of people whom a pronoun stands for.

    Args:
        segment: where the people are named.
        position: position of their noun group there.
        measure: what they suffered.
        rule: id of the trigger.
    """

    segment: int
    position: int
    measure: str
    rule: str


def tellings(analysis: Analysis) -> Iterator[Telling]:
    """What a text tells of people by a pronoun.

    Nothing is told where it could be said of several people, or where the sentence itself has
    the people: that is for `tollbook.grammar.subjects`.

    Args:
        analysis: its sentences are governed.

    >>> import tollbook
    >>> text = "Gunmen shot a guard at the gate. He died in hospital."
    >>> [(count.text, count.measure) for count in tollbook.extract(text).counts]
    [('a', 'killed')]
    """
    for number, sentence in enumerate(analysis.sentences):
        if sentence is None:
            continue
        for index in sentence.triggers:
            chunk = sentence.chunks[index]
            if chunk.blocked or sentence.objects.get(index):
                continue
            measure, rule = sentence.outcome(index)
            if measure not in _TOLD:
                continue
            found = None
            if chunk.voice in _SUFFERS and (word := _subject(sentence, index)):
                found = _named_before(analysis, number, word, harm=measure in _HARM)
            elif chunk.voice in _ACTS and (word := _object(sentence, index)):
                position = _acted_on(sentence, index, word)
                found = (number, position) if position >= 0 else None
            if found is not None:
                yield Telling(*found, measure, rule)


def _subject(sentence: Sentence, index: int) -> str:
    """The pronoun that is the subject of a verb, with no people between; or empty."""
    sets = word_sets()
    at = sentence.before_verb(index)
    while at >= 0:
        chunk = sentence.chunks[at]
        if chunk.word in sets.he or chunk.word in sets.they:
            return chunk.word if _opens(sentence, at) else ""
        # "He was taken to hospital, where he died", "She was hit in the leg and later died"
        if chunk.kind in "QNA" or chunk.word in (";", ":"):
            return ""
        at -= 1
    return ""


def _opens(sentence: Sentence, at: int) -> bool:
    """Whether no people stand before a pronoun in its sentence."""
    return not any(chunk.kind in "QNA" for chunk in sentence.chunks[:at])


def _object(sentence: Sentence, index: int) -> str:
    """The pronoun right after a verb; not one that goes before a noun (``killed her son``)."""
    chunks, sets = sentence.chunks, word_sets()
    at = index + 1
    if at >= len(chunks) or chunks[at].word not in (*sets.him, *sets.them):
        return ""
    after = chunks[at + 1] if at + 1 < len(chunks) else None
    if chunks[at].word == "her" and after is not None and after.kind != "." and not after.mask:
        return ""
    return chunks[at].word


def _acted_on(sentence: Sentence, index: int, word: str) -> int:
    """The people whom the verbs before this one of the same subject acted on, or -1.

    ``stopped a teacher on the road and shot him dead``: who shot did the stopping too.
    """
    chunks = sentence.chunks
    before = sentence.before(index)
    if before < 0 or not (
        chunks[index].voice == "gerund"
        or chunks[before].mask & syn.CONJ
        or chunks[before].word == ","
    ):
        return -1
    many = word in word_sets().them
    found = [
        position
        for position, member in sentence.members.items()
        if position < before and _fits(member.chunk, word, many=many)
    ]
    verbs = [
        at for at, chunk in enumerate(chunks[:before]) if chunk.mask & _VERBS or chunk.kind == "T"
    ]
    after = [position for position in found if verbs and position > verbs[0]]
    return after[0] if len(after) == 1 else -1


def _named_before(
    analysis: Analysis, number: int, word: str, *, harm: bool
) -> tuple[int, int] | None:
    """The people whom the pronoun at the head of a sentence stands for.

    Of several, who was hurt is the one who dies of it.
    """
    here = analysis.segments[number]
    many = word in word_sets().they
    for earlier in range(number - 1, max(-1, number - 1 - _REACH), -1):
        segment, sentence = analysis.segments[earlier], analysis.sentences[earlier]
        if segment["block"] != here["block"] or segment["kind"] != here["kind"]:
            return None
        if sentence is None:
            continue
        found = [
            position
            for position, member in sentence.members.items()
            if _fits(member.chunk, word, many=many)
        ]
        hurt = [position for position in found if harm and _hurt(sentence, position)]
        if len(found) == 1 or len(hurt) == 1:
            return earlier, (hurt or found)[0]
        if found:
            return None
    return None


def _hurt(sentence: Sentence, position: int) -> bool:
    claim = sentence.claims.get(position)
    return claim is not None and bool(claim.measure) and claim.measure != "killed"


def _fits(chunk: Chunk, word: str, *, many: bool) -> bool:
    """Whether a pronoun can stand for a noun group: one person or several, man or woman."""
    noun = chunk.noun
    if noun is None or noun.kind != "person" or noun.role == "pronoun" or chunk.heads:
        return False
    if chunk.kind == "Q":
        best = chunk.number["best"] if chunk.number is not None else None
        if (best == 1) is many:
            return False
    elif many or noun.plural:
        return False
    other = "woman" if word in ("he", "him") else "man" if word in ("she", "her") else ""
    return not other or other not in noun.traits
