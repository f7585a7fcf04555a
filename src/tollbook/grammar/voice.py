"""The voice of a trigger, and the reason why it counts nothing: negated, planned, hypothetical.

``were killed`` is passive, ``killed three`` active, ``three killed`` reduced.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tollbook.grammar.sentence import armed
from tollbook.rules import syntax as syn
from tollbook.rules.word_sets import word_sets

if TYPE_CHECKING:
    from tollbook.grammar.sentence import Sentence

_OTHER_CLAUSE: Final = (
    syn.BE | syn.HAVE | syn.DO | syn.MODAL | syn.SPEECH | syn.VERB | syn.SUB & ~syn.PREP
)
_BELONGS: Final = syn.BE | syn.HAVE | syn.DO | syn.ADV | syn.DET | syn.MODAL
_VERB_FORMS: Final = frozenset(("past", "participle", "base", "present"))


def read_voices(sentence: Sentence) -> None:
    """Set voice and block of every trigger.

    Args:
        sentence: its triggers are changed.

    >>> import tollbook
    >>> text = "The army planned to kill six men; two were killed."
    >>> [count.text for count in tollbook.extract(text).counts]
    ['two']
    """
    for index in sentence.triggers:
        _read(sentence, index)


def _read(sentence: Sentence, index: int) -> None:
    chunk = sentence.chunks[index]
    kinds = set().union(*(form.forms for form in chunk.forms))
    at = sentence.before(index)
    chunk.voice, blocked = _voice(sentence, index, at, kinds)
    chunk.blocked = _blocked(sentence, at) or blocked
    if at < 0:
        return
    previous = sentence.chunks[at]
    if (
        (previous.kind == "W" and previous.mask & syn.CONJ)
        or previous.word in (",", "/")
        or (previous.kind == "T" and at < index - 1)  # "lynched then burned"
    ):
        _share(sentence, index, at, kinds)


def _voice(sentence: Sentence, index: int, at: int, kinds: set[str]) -> tuple[str, str]:
    """Voice of a trigger with the chunk at `at` before it, and what that says against it."""
    chunk = sentence.chunks[index]
    frames = {form.trigger.frame for form in chunk.forms}
    previous = sentence.chunks[at] if at >= 0 else None
    mask = previous.mask if previous is not None and previous.kind == "W" else 0
    # also "came to", "failed to"
    to = mask and previous is not None and sentence.low[previous.end - 1] == "to"
    if frames == {"of"} or frames == {"state"}:
        return frames.pop(), ""
    if frames == {"subject"}:
        if "base" in kinds and to:
            return "subject", _unwilling(sentence, at)
        return "subject", "hypothetical" if "base" in kinds and mask & syn.MODAL else ""
    if "gerund" in kinds:
        noun = previous is not None and previous.word in ("of", "for", "by", "in")
        return "of" if noun and "of" in frames else "gerund", ""
    if mask & syn.BE and "participle" in kinds:
        return "passive", ""
    if mask & syn.HAVE:
        return "active", ""
    if "base" in kinds and to:
        return "active", _infinitive(sentence, at)
    if mask & syn.MODAL:
        return "active", "hypothetical"
    if kinds & _VERB_FORMS:
        return _bare(sentence, index, at, kinds), ""
    return chunk.voice, ""


def _bare(sentence: Sentence, index: int, at: int, kinds: set[str]) -> str:
    """A past form without an auxiliary: ``gunmen killed three`` or ``three killed``."""
    if "participle" not in kinds:
        return "active"
    if "past" not in kinds:
        return "reduced"
    chunks = sentence.chunks
    after = sentence.after(index)
    others = word_sets().among_others
    while (
        after < len(chunks)
        and chunks[after].kind == "W"
        and (chunks[after].mask & syn.DET or chunks[after].word in others)
    ):
        # "freed the remaining seven"
        after = sentence.after(after)
    if after >= len(chunks):
        return "reduced"
    right = chunks[after]
    if right.mask & syn.POSS and at >= 0 and after == index + 1:
        # "took part and released their photographs"
        return "active"
    if right.kind == "Q" and not right.countable and at >= 0 and chunks[at].kind in "NAQ":
        # "raiders killed 250 sheep"
        return "active"
    left = chunks[at] if at >= 0 else None
    if left is not None and right.capital and after == index + 1:
        party = left.kind == "A" or (
            left.kind == "N" and left.noun is not None and left.noun.plural
        )
        if party:
            # "rebels killed Ahmed Nur and two guards"
            return "active"
    people = right.kind in "QN" and right.countable
    if not people and not (right.kind == "A" and after == index + 1):
        return "reduced"
    if left is not None and left.kind == "Q" and left.countable and not armed(left):
        following = sentence.after(after)
        own = right.noun is not None and right.noun.kind == "casualty"
        if own or (following < len(chunks) and chunks[following].kind == "T"):
            return "reduced"
    return "active"


def _share(sentence: Sentence, index: int, at: int, kinds: set[str]) -> None:
    """``were killed or wounded``: the second verb takes the voice of the first."""
    chunks = sentence.chunks
    before = at if chunks[at].kind == "T" else at - 1
    while before >= 0 and chunks[before].kind != "T":
        chunk = chunks[before]
        if chunk.mask & _OTHER_CLAUSE or chunk.word in (";", ".", ":"):
            return
        before -= 1
    if before < 0:
        return
    first, second = chunks[before], chunks[index]
    if kinds == {"base"} and first.voice == "active":
        # "planned to kill six and capture one"
        second.voice, second.blocked = first.voice, first.blocked
        return
    near = all(c.kind != "Q" for c in chunks[before + 1 : at])
    if near and first.voice == "passive" and "participle" in kinds and second.voice == "reduced":
        second.voice = "passive"
        second.blocked = second.blocked or first.blocked
    if first.voice in ("active", "gerund") and second.voice == "reduced":
        after = sentence.after(index)
        if after < len(chunks) and chunks[after].kind in "QN":
            # "have killed two and taken three alive"
            second.voice = "active"
    if near and first.voice == "reduced" and second.voice == "active" and "past" in kinds:
        # "killed and wounded 12": both look to the right
        first.voice = "active"


def _infinitive(sentence: Sentence, at: int) -> str:
    """``to kill``: nothing has happened yet, unless the verb before says so."""
    before = sentence.before(at)
    if before >= 0 and sentence.chunks[before].word in word_sets().come_about:
        return ""
    return "planned"


def _unwilling(sentence: Sentence, at: int) -> str:
    """``refused to surrender``, ``planned to flee``; but ``were forced to flee``."""
    before = sentence.before(at)
    mask = sentence.chunks[before].mask if before >= 0 else 0
    if sentence.chunks[before].word in word_sets().come_about:
        return ""
    return "negated" if mask & syn.NEG else "planned" if mask & syn.PLAN else ""


def _blocked(sentence: Sentence, at: int) -> str:
    """Reason in the words before a verb, the last of them at `at`, that nothing is counted."""
    chunks = sentence.chunks
    sets = word_sets()
    perfect = finite = False
    for position in range(at, max(at - 5, -1), -1):
        chunk = chunks[position]
        if chunk.kind != "W":
            break
        if chunk.word in sets.come_about and position < at:
            # "were not able to kill", "will manage to flee": what stands before it decides
            continue
        mask = chunk.mask
        if mask & syn.HAVE:
            perfect = True
        if mask & syn.BE and chunk.word in sets.finite_be:
            finite = True
        if mask & syn.NEG:
            return "negated"
        unreal = not perfect or chunk.word in sets.found_unreal
        if mask & syn.MODAL and unreal and chunk.word != "to be":
            return "hypothetical"
        if chunk.word == "to" and position and chunks[position - 1].word in sets.come_about:
            continue
        if chunk.word == "to" or chunk.word == "to be":
            return _to_be(sentence, position, perfect)
        if mask & syn.PLAN and not perfect:
            # "two men whom the police had sought were killed": its own clause ends before "were"
            return "" if finite else "planned"
        if not mask & _BELONGS:
            break
    return ""


def _to_be(sentence: Sentence, at: int, perfect: bool) -> str:
    """``is to be tried``: nothing has happened yet; ``is known to be dead``: it has."""
    chunks = sentence.chunks
    if perfect or (at and chunks[at - 1].mask & syn.HAVE):
        # "is said to have died", "had to be evacuated"
        return ""
    if at + 1 < len(chunks) and chunks[at + 1].mask & syn.BE:
        before = sentence.before(at)
        if before >= 0 and chunks[before].word in word_sets().found_to_be:
            return ""
        return "planned"
    return ""
