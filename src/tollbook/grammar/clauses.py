"""How clauses nest: relative clauses and participles that stand between a subject and its verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbook.rules import syntax as syn

if TYPE_CHECKING:
    from tollbook.grammar.sentence import Sentence


def relative_start(sentence: Sentence, at: int) -> int:
    """Position of the relative pronoun whose clause the verb at `at` belongs to, or -1.

    >>> from tollbook.grammar.chunk import Chunk
    >>> from tollbook.grammar.sentence import Sentence
    >>> words = [Chunk("N", 0, 1), Chunk("W", 1, 2, "who", syn.REL), Chunk("T", 2, 3)]
    >>> relative_start(Sentence(words, {}, []), 2)
    1
    """
    chunks = sentence.chunks
    steps = 0
    while at >= 0 and steps < 12:
        chunk = chunks[at]
        if (
            chunk.kind == "W"
            and chunk.mask & syn.REL
            and (not chunk.mask & syn.DET or (at > 0 and chunks[at - 1].kind in "QNA"))
        ):
            return at
        if chunk.kind == "Q" or (chunk.kind == "." and chunk.word != ","):
            return -1
        at -= 1
        steps += 1
    return -1


def is_relative_subject(sentence: Sentence, at: int, verb: int) -> bool:
    """Whether a group is the subject of a relative clause that ends before a verb.

    Args:
        sentence: where they stand.
        at: position of the group, not the first chunk.
        verb: position up to which the relative clause may reach.
    """
    chunks = sentence.chunks
    before = chunks[at - 1]
    if before.word == "whom":
        return at < 2 or not chunks[at - 2].mask & syn.PREP
    if not before.mask & syn.REL or before.mask & syn.DET:
        return False
    if at > 1 and chunks[at - 2].mask & syn.PREP:
        return False
    return any(
        c.kind == "W" and c.mask & (syn.VERB | syn.SPEECH) for c in chunks[at + 1 : verb + 1]
    )


def relative_object(sentence: Sentence, at: int) -> int:
    """Position of the relative pronoun whose verb stands right before a group, or -1.

    ``a man who had threatened his neighbours was killed``: the neighbours are its object. After a
    verb of speech the group begins a clause of its own.

    Args:
        sentence: where it stands.
        at: position of the group.
    """
    verb = sentence.before(at)
    if verb < 0:
        return -1
    chunk = sentence.chunks[verb]
    if chunk.kind != "W" or chunk.mask & (syn.SPEECH | syn.CONJ | syn.BE | syn.HAVE):
        return -1
    plain = not chunk.mask and chunk.word.endswith("ed")
    if not (chunk.mask & (syn.VERB | syn.PLAN) or plain):
        return -1
    return relative_start(sentence, verb)


def is_purpose(sentence: Sentence, at: int) -> bool:
    """Whether a group is the object of an infinitive: ``officers sent to free four hostages``.

    Args:
        sentence: where it stands.
        at: position of the group.
    """
    verb = sentence.before(at)
    if verb < 2 or sentence.chunks[verb - 1].word != "to":
        return False
    chunk = sentence.chunks[verb]
    return chunk.kind == "T" or (
        chunk.kind == "W"
        and (not chunk.mask or bool(chunk.mask & syn.VERB))
        and not chunk.mask & (syn.SPEECH | syn.PREP | syn.DET | syn.POSS)
        and not chunk.capital
    )


def is_conjoined(sentence: Sentence, first: int, second: int) -> bool:
    """Whether two verbs share their subject: ``was abducted and killed``."""
    between = sentence.chunks[first + 1 : second]
    words = [c.word for c in between if c.kind in "W."]
    return any(word in ("and", "or", "but", "then", ",") for word in words[-4:]) and not any(
        c.kind in "Q" for c in between
    )


def is_reduced(sentence: Sentence, at: int) -> bool:
    """A participle after a noun (``six men wanted over a theft``), not a finite verb."""
    chunks = sentence.chunks
    return chunks[at].word.endswith(("ed", "ing")) and at > 0 and chunks[at - 1].kind in "QNA"
