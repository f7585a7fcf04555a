"""Outcomes that a noun group says itself: ``12 fatalities``, ``three wounded men``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbook.grammar.sentence import Claim
from tollbook.rules.word_sets import word_sets

if TYPE_CHECKING:
    from tollbook.grammar.sentence import Sentence


def claim_inherent(sentence: Sentence) -> None:
    """Give every noun group the outcome that it says itself.

    Args:
        sentence: its claims are changed.

    >>> import tollbook
    >>> text = "The hospital received 12 fatalities and three wounded men."
    >>> [(count.text, count.measure) for count in tollbook.extract(text).counts]
    [('12', 'killed'), ('three', 'injured')]
    """
    claims = sentence.claims
    for index, member in sentence.members.items():
        chunk = member.chunk
        if chunk.kind != "Q":
            continue
        noun = chunk.noun
        if noun is not None and (noun.kind in ("casualty", "event") or noun.measure):
            claims[index] = Claim(noun.measure, f"noun:{noun.id}")
        for measure in chunk.attributes:
            if measure and (noun is None or noun.kind == "person"):
                claims[index] = Claim(measure, "attribute")
        if index in claims and index + 1 < len(sentence.chunks):
            if sentence.chunks[index + 1].word in ("every", "per"):
                # "one homicide every five hours"
                claims[index].blocked = "rate"
        for kind, entry in chunk.modifiers:
            if kind != "noun" or not entry.measure or index in claims:
                continue
            if noun is None or noun.kind != "person" or entry.noun == "martyr":
                # not "three murder suspects", "ten suicide bombers": named after a deed
                claims[index] = Claim(entry.measure, f"noun:{entry.id}")

        if index not in claims and noun is not None and noun.kind == "person":
            measure = _of_theirs(sentence, index)
            if measure:
                claims[index] = Claim(measure, "of-theirs")


def _of_theirs(sentence: Sentence, index: int) -> str:
    """Measure of ``seven civilians' lives``, ``three soldiers' deaths``; empty for none."""
    chunks = sentence.chunks
    if index + 1 >= len(chunks) or chunks[index + 1].word not in word_sets().their_deaths:
        return ""
    saved = any(c.word in word_sets().saving for c in chunks[max(0, index - 3) : index])
    return "" if saved else "killed"


def claim_involved(sentence: Sentence) -> None:
    """``19 abduction incidents involving 64 civilians``: the outcome the incidents are of.

    Args:
        sentence: its claims are changed.

    >>> import tollbook
    >>> text = "There were 19 abduction incidents involving 64 civilians."
    >>> [(count.text, count.measure) for count in tollbook.extract(text).counts]
    [('19', 'incidents'), ('64', 'abducted')]
    """
    chunks = sentence.chunks
    for position, member in sentence.members.items():
        chunk = member.chunk
        if chunk.kind != "Q" or chunk.noun is None or chunk.noun.kind not in ("event", "other"):
            continue
        after = position + 1
        if after + 1 >= len(chunks) or chunks[after].word not in word_sets().involving:
            continue
        known = sentence.lists.nouns
        inner = [known.get(word) for word in chunk.noun.noun.split()[:-1]]
        measures = [entry.measure for kind, entry in chunk.modifiers if kind == "noun"]
        measures += [noun.measure for noun in inner if noun is not None]
        measures = [measure for measure in measures if measure and measure != "incidents"]
        at = sentence.after(after)
        if measures and at < len(chunks) and chunks[at].kind == "Q":
            sentence.claims.setdefault(at, Claim(measures[-1], "involving"))
