"""Who takes or is given responsibility: ``X claimed the attack``, ``officials blamed X``."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any, Final

from tollbook.grammar.mentions import HARM, key
from tollbook.rules.word_sets import word_sets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbook.grammar.analysis import Candidate
    from tollbook.grammar.mentions import Mentions

Record = dict[str, Any]

_ATTRIBUTION_WORDS: Final = 6  # "attributed the attack on the base to X"


def responsible(mentions: Mentions, counts: list[Candidate]) -> Iterator[tuple[Candidate, Record]]:
    """Who is said to have done what the paragraph counts, or the one before it.

    Args:
        mentions: of the Doc.
        counts: in text order; those whose perpetrator is known already are left as they are,
            unless it is a mere noun.

    Yields:
        Counts, each with the group responsible.
    """
    segments = mentions.analysis.segments
    in_block: dict[int, list[Candidate]] = {}
    for item in counts:
        in_block.setdefault(segments[item.segment]["block"], []).append(item)
    blocks = sorted(in_block)
    for number, records in mentions.by_segment.items():
        if number < 0:
            continue
        named = _blamed(mentions, number)
        blamed = bool(named)
        if not named and _claims(mentions.words_of(number)):
            named = [r for r in records if r["kind"] in ("named", "shape")]
        if not named:
            continue
        block = segments[number]["block"]
        told = [item for item in in_block.get(block, ()) if item.segment <= number]
        if not told:
            # a paragraph of its own is about what the paragraph before it tells
            at = bisect_left(blocks, block)
            told = in_block[blocks[at - 1]] if at else []
        for item in told:
            record = item.record
            if record["high"] == 0 or record["measure"] not in (*HARM, "abducted"):
                continue
            known = record["by_text"] and record["by_text"] not in mentions.nouns
            if known and blamed and item.segment == number and item.parent < 0:
                known = "by" not in item.inherited
            if not known and not item.background and record["actor"] != key(named[0]):
                yield item, named[0]


def _claims(words: list[str]) -> bool:
    """Whether a sentence takes responsibility for an attack."""
    if "no" in words or "nobody" in words or "not" in words:
        return False
    claims = any(word.startswith("claim") for word in words) and (
        "responsibility" in words or "attack" in words
    )
    if "behind" in words and "said" in words and ("it" in words or "its" in words):
        return True  # "X said that it was behind the blast"
    return claims or "credit" in words or ("responsible" in words and "said" in words)


def _blamed(mentions: Mentions, segment: int) -> list[Record]:
    """``authorities blamed X``, ``attributed the attack to X``: who is said to have done it."""
    data, low = mentions.analysis.segments[segment], mentions.analysis.words.low
    for record in mentions.by_segment.get(segment, ()):
        if record["kind"] not in ("named", "shape", "state"):
            continue
        before = mentions.skip_back(record["start"] - 1, data["start"])
        if before < 0:
            continue
        start = max(data["start"], before - _ATTRIBUTION_WORDS)
        if low[before] in word_sets().blaming or (
            low[before] in ("to", "on")
            and any(low[t].startswith(("attribut", "blame")) for t in range(start, before))
        ):
            return [record]
    return []
