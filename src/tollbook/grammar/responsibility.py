"""Who takes or is given responsibility: ``X claimed the attack``, ``officials blamed X``."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any, Final

from tollbook.grammar.mentions import HARM, key
from tollbook.rules import syntax as syn
from tollbook.rules.word_sets import word_sets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbook.grammar.analysis import Candidate
    from tollbook.grammar.mentions import Mentions

Record = dict[str, Any]

_OWN: Final = frozenset(("it", "its", "they", "their"))
_CLAIMED: Final = frozenset(
    "responsibility attack attacks bombing bombings blast explosion ambush raid assault killing "
    "killings abduction kidnapping operation shooting strike strikes massacre".split()
)
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
    for number in range(len(segments)):
        records = mentions.by_segment.get(number, [])
        named = _blamed(mentions, number)
        blamed = bool(named)
        if not named and _claims(mentions.words_of(number)):
            named = [r for r in records if r["kind"] in ("named", "shape")]
            if not named and "responsibility" in mentions.words_of(number):
                named = _unlisted(mentions, number)
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
                if not (blamed and record["measure"] == "incidents" and item.segment == number):
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
    claims = not _CLAIMED.isdisjoint(words) and any(word.startswith("claim") for word in words)
    if "said" in words and not _OWN.isdisjoint(words):
        if "behind" in words or ("carried" in words and not _CLAIMED.isdisjoint(words)):
            return True  # "X said that it was behind the blast"
    return claims or "credit" in words or ("responsible" in words and "said" in words)


def _blamed(mentions: Mentions, segment: int) -> list[Record]:
    """``authorities blamed X``, ``attributed the attack to X``: who is said to have done it."""
    data, low = mentions.analysis.segments[segment], mentions.analysis.words.low
    for record in mentions.by_segment.get(segment, ()):
        if record["kind"] not in ("named", "shape", "state"):
            continue
        before = mentions.skip_back(record["start"] - 1, data["start"])
        if before > data["start"] + 1 and low[before] in ("of", "from"):
            # "blamed fighters of the ADF"
            before = mentions.skip_back(before - 2, data["start"])
        if before < 0:
            continue
        start = max(data["start"], before - _ATTRIBUTION_WORDS)
        if low[before] in word_sets().blaming or (
            low[before] in ("to", "on", "at", "towards", "toward", "with")
            and any(low[t] in word_sets().laying_blame for t in range(start, before))
        ):
            return [record]
    return []


def _unlisted(mentions: Mentions, segment: int) -> list[Record]:
    """``The Extraditables claimed responsibility``: a name that no list knows, as the subject."""
    analysis = mentions.analysis
    data, words = analysis.segments[segment], analysis.words
    start = data["start"] + (words.low[data["start"]] in ("the", "a", "an"))
    at = start
    while at < data["end"] and words.raw[at][:1].isupper() and not mentions.mask(at) & syn.CLOSED:
        at += 1
    if at == start or at >= data["end"] or not _takes_on(words.low[at]):
        return []
    if words.low[at - 1] in analysis.lists.nouns or any(
        start <= record["start"] < at for record in analysis.actors_by_segment.get(segment, ())
    ):
        return []  # "Residents claimed", "Police claimed"
    name = " ".join(words.raw[start:at])
    return [
        {
            "start": start, "end": at, "id": "", "name": name, "text": name, "kind": "shape",
            "type": "", "country": "", "backer": "", "adjective": False,
        }
    ]  # fmt: skip


def _takes_on(word: str) -> bool:
    return word.startswith("claim") or word in ("has", "have", "later", "then", "took", "accepted")
