"""Who is told to be among the dead: ``a girl was among the dead``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tollbook.grammar.sentence import Claim
from tollbook.rules import syntax as syn
from tollbook.rules.topics import topics

if TYPE_CHECKING:
    from tollbook.grammar.sentence import Sentence

_VERBS: Final = syn.INCLUDING | syn.BE | syn.SPEECH | syn.HAVE


def claim_included(sentence: Sentence) -> None:
    """``the dead included four women``: the groups that the verb tells to be among them.

    Args:
        sentence: its claims are changed.

    >>> import tollbook
    >>> [count.rule for count in tollbook.extract("The dead included four women.").counts]
    ['among-the']
    """
    chunks = sentence.chunks
    names = topics()
    if not chunks or names.keys().isdisjoint(sentence.low[chunks[0].start : chunks[-1].end]):
        return
    for index, chunk in enumerate(chunks[:-2]):
        measure = names.get(chunk.word, "") if chunk.kind == "W" else ""
        people = chunk.kind == "N" and sentence.low[chunk.start] == "the"
        if people and chunk.end == chunk.start + 2:
            measure = names.get(sentence.low[chunk.end - 1], "")  # "the victims were two men"
        if not measure or (
            not people
            and index
            and not chunks[index - 1].mask & syn.DET
            and chunks[index - 1].word != "own"
        ):
            continue
        at = sentence.after(index)
        while (
            at < len(chunks)
            and at < index + 8
            and chunks[at].kind == "W"
            and not chunks[at].mask & _VERBS
        ):
            # "its own dead in the same period were only 640"
            at += 1
        at = _past_insertion(sentence, at)
        if at < len(chunks) and chunks[at].mask & (syn.INCLUDING | syn.BE):
            at = sentence.after(at)
            if at < len(chunks) and chunks[at].kind == "Q" and not chunks[at].lemma:
                # "its own dead were only 640": a figure of theirs, not of some among them
                if chunks[at - 1].mask & (syn.BE | syn.ADV) and not chunks[at].partitive:
                    sentence.claims.setdefault(at, Claim(measure, "number-of", index))
                    continue
            if at < len(chunks) and chunks[at].kind in "QN" and chunks[at].countable:
                for position in _list(sentence, at, measure):
                    sentence.claims[position] = Claim(measure, "among-the", index)


def _past_insertion(sentence: Sentence, at: int) -> int:
    """Past what stands between two commas: ``The wounded, aged 19 to 44, include``."""
    chunks = sentence.chunks
    if at >= len(chunks) or chunks[at].word != ",":
        return at
    for end in range(at + 1, min(at + 9, len(chunks) - 1)):
        if chunks[end].kind in "TQN":
            break
        if chunks[end].word == ",":
            return end + 1 if chunks[end + 1].mask & (syn.INCLUDING | syn.BE) else at
    return at


def claim_among(sentence: Sentence) -> None:
    """``among the dead are five children``; ``a girl was among the dead, and so was her uncle``.

    Args:
        sentence: its claims are changed.

    >>> import tollbook
    >>> text = "A girl was among the dead, and so was a volunteer."
    >>> [(count.text, count.measure) for count in tollbook.extract(text).counts]
    [('A', 'killed'), ('a', 'killed')]
    """
    chunks = sentence.chunks
    for index, chunk in enumerate(chunks):
        if not chunk.mask & syn.AMONG:
            continue
        measure = topics().get(sentence.low[chunk.end - 1], "")
        if not measure:
            continue
        claim = Claim(measure, "among-the", index)
        at = index + 1
        # "among the dead of the weekend are also"
        while at < len(chunks) and at < index + 7 and chunks[at].kind in "WA":
            if chunks[at].mask & _VERBS:
                break
            at += 1
        verb = at
        while (
            at < len(chunks)
            and chunks[at].kind == "W"
            and chunks[at].mask & (syn.BE | syn.ADV | syn.INCLUDING)
        ):
            at += 1
        if at < len(chunks) and (
            (chunks[at].kind in "QN" and at > verb)
            or (chunks[at].kind == "Q" and chunks[at].noun is not None)
        ):
            for position in _list(sentence, at, measure):
                sentence.claims[position] = claim
            continue
        _claim_subject(sentence, index, claim)
        _claim_so(sentence, index, claim)


def _list(sentence: Sentence, at: int, measure: str) -> list[int]:
    """Positions in one list, from `at` on, of those of whom no other outcome is known."""
    first = sentence.members[at]
    found = []
    for member in sentence.members.values():
        if member.group == first.group and member.index >= at and member.parent is first.parent:
            known = sentence.claims.get(member.index)
            if known is None or known.measure == measure:
                found.append(member.index)
    return found


def _claim_subject(sentence: Sentence, index: int, claim: Claim) -> None:
    """Claim the list before ``was among the dead`` at `index`."""
    before = sentence.before_verb(index)
    if before >= 0 and sentence.chunks[before].kind in "QN":
        group = sentence.members[before].group
        for position, member in sentence.members.items():
            if member.group == group and position <= before and member.parent is None:
                sentence.claims.setdefault(position, claim)


def _claim_so(sentence: Sentence, index: int, claim: Claim) -> None:
    """``and so was a volunteer``, anywhere after `index`."""
    chunks = sentence.chunks
    for later in range(index + 1, len(chunks) - 2):
        if chunks[later].word != "so":
            continue
        after = later + 1
        while after < len(chunks) and chunks[after].mask & syn.AUX:
            after += 1
        if after < len(chunks) and chunks[after].kind in "QN":
            sentence.claims.setdefault(after, claim)
