"""Whose the counted people are said to be: ``of its own``, ``in its ranks``, ``X's dead``.

A phrase inside, after or before the count tells; what it stands for is the group that the
sentence is about, for ``our`` the one that speaks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tollbook.rules import syntax as syn
from tollbook.rules.word_sets import word_sets

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tollbook.grammar.analysis import Candidate
    from tollbook.grammar.chunk import Chunk
    from tollbook.grammar.parties import Parties

Record = dict[str, Any]

_POSSESSIVES: Final = ("its", "their", "our")
_IN: Final = frozenset(("in", "among", "amongst", "on", "from", "within", "of", "for", "to"))
_OF: Final = frozenset(("of", "among", "amongst", "in", "by"))
_BEFALLING: Final = frozenset(("for", "among", "amongst", "within", "to"))
_PARTICIPLES: Final = frozenset(("killed", "wounded", "injured", "dead"))
_LOST: Final = frozenset(("casualty", "loss", "fatality", "death"))
_THEIR_OWN: Final = frozenset(("mujahid", "sarmachar"))
"""What some groups call their own fighters, and nobody else does."""

_UPON: Final = (["on"], ["upon"], ["to"], ["in"], ["among"])
_STATEMENT: Final = 6  # sentences back to who makes a statement
_REACH: Final = 9  # "five casualties, two of them serious, in the ranks of X"
_BACK: Final = 14  # "Its own dead in the same period were only 640"


def owner(parties: Parties, item: Candidate) -> Record | None:
    """The force or group that a phrase beside the count makes its people belong to.

    Args:
        parties: what the text names.
        item: a count of people without a group of their own.
    """
    analysis = parties.analysis
    sentence = analysis.sentences[item.segment]
    if sentence is None:
        return None
    low = analysis.words.low
    data = analysis.segments[item.segment]
    chunk = sentence.chunks[item.position]
    told = (
        _the_group(parties, item, chunk)
        or _inside(chunk, low)
        or _after(parties, item, chunk, data["end"])
        or _before(parties, item, chunk, data["start"])
        or _lost(parties, item, chunk, data["start"])
        or _inflicted(parties, item, chunk, data)
        or _on_side(parties, item, chunk, data["start"])
    )
    if not told or isinstance(told, dict):
        return told or None
    if told in ("former", "latter"):
        return _of_two(parties, item, told)
    if told == "our":
        return _speaker(parties, item, chunk.start)
    return _antecedent(parties, item, chunk.start, own=told == "own")


def _the_group(parties: Parties, item: Candidate, chunk: Chunk) -> Record | str:
    """``two members of the gang``, ``20 of the group's fighters``: the one named before."""
    low = parties.analysis.words.low
    generic = word_sets().generic_groups
    end = parties.analysis.segments[item.segment]["end"]
    if chunk.partitive == "np" and chunk.noun is not None:
        named = any(word in generic for word in low[chunk.start : chunk.noun_start])
    else:
        named = (
            chunk.noun is not None
            and chunk.noun.noun in word_sets().own_people
            and chunk.end + 2 < end
            and low[chunk.end] == "of"
            and low[chunk.end + 1] in ("the", "that", "this")
            and low[chunk.end + 2] in generic
            and not parties.analysis.words.raw[chunk.end + 2][:1].isupper()
        )
    if not named:
        return ""
    found = parties.group_before(item, chunk.start)
    if found is None and len(parties.every_group) == 1:
        return next(iter(parties.every_group.values()))
    return found or ""


def _inside(chunk: Chunk, low: list[str]) -> str:
    """``one of its men``, ``nine of its own fighters``, ``their commander``."""
    noun = chunk.noun
    if noun is None:
        return ""
    own = word_sets().own_people
    if noun.noun in _THEIR_OWN and chunk.det != "poss":
        return "our"
    if chunk.partitive == "np":
        words = low[chunk.start : chunk.noun_start]
    elif chunk.det == "poss" and noun.status == "combatant":
        words = low[max(0, chunk.start - 1) : chunk.noun_start]
    else:
        return ""
    if noun.status != "combatant" and noun.noun not in own:
        return ""
    return _whose(words)


def _whose(words: Iterable[str]) -> str:
    said = list(words)
    if "our" in said:
        return "our"
    if "own" in said or "its" in said:
        return "own"
    return "their" if "their" in said else ""


def _after(parties: Parties, item: Candidate, chunk: Chunk, end: int) -> Record | str:
    """``of its own``, ``in their ranks``, ``on the side of X``, ``among X's ranks``."""
    low, masks = parties.analysis.words.low, parties.analysis.masks
    own = word_sets().own_people
    start = chunk.end
    lost = chunk.noun is not None and chunk.noun.kind == "casualty"
    for at in range(start, min(end - 1, start + _REACH)):
        word = low[at]
        if word in (".", ";", ":", ",") or masks[at] & (syn.VERB | syn.SPEECH | syn.REL | syn.SUB):
            break
        if word not in _IN:
            continue
        after = at + 1
        if low[after] in _POSSESSIVES:
            rest = low[after + 1 : min(end, after + 3)]
            if rest and (rest[0] == "own" or any(other in own for other in rest)):
                return "our" if low[after] == "our" else "own"
            continue
        if low[after] == "the":
            after += 1
        if after < end and low[after] in ("former", "latter"):
            return low[after]
        if lost and word in _BEFALLING and at == start:
            found = _at(parties, item, after)
            if found is not None:
                return found  # "29 casualties for the National Army"
        if low[after : after + 1] and low[after] in ("ranks", "side") and after + 1 < end:
            if low[after + 1] != "of":
                continue
            after += 2 + (low[after + 2 : after + 3] == ["the"])
            if after < end and low[after] in ("former", "latter"):
                return low[after]
            found = _at(parties, item, after)
            if found is not None:
                return found
            continue
        found = _at(parties, item, after)
        if found is not None:
            behind = found["end"]
            while behind < end and low[behind] in ("", "s", "'s", "’s", "'", "’"):
                behind += 1
            if behind < end and low[behind] in ("ranks", "side"):
                return found
    return ""


def _before(parties: Parties, item: Candidate, chunk: Chunk, start: int) -> Record | str:
    """``taking X's dead to three``, ``its own dead were 640``, ``own losses: zero``."""
    low = parties.analysis.words.low
    losses = word_sets().losses
    last = chunk.noun_end if chunk.noun is not None and chunk.noun.noun in losses else chunk.start
    for at in range(last - 1, max(start, chunk.start - _BACK) - 1, -1):
        if low[at] in losses or (low[at] == "toll" and at > start):
            return _of_losses(parties, item, at, start)
        if at < chunk.start and (at in parties.numbers or low[at] in (";", ".")):
            break
    return ""


def _of_losses(parties: Parties, item: Candidate, at: int, start: int) -> Record | str:
    """Whose losses the noun at a token means."""
    low = parties.analysis.words.low
    before = at - 1
    while before >= start and (not low[before] or low[before] in ("military", "death", "total")):
        before -= 1
    if before >= start and low[before] == "own":
        before -= 1
        if before < start or low[before] not in (*_POSSESSIVES, "s", "'s", "’s"):
            return "own"
        if low[before] in _POSSESSIVES:
            return "our" if low[before] == "our" else "own"
    if before >= start and low[before] in _POSSESSIVES:
        return "our" if low[before] == "our" else "own"
    possessed = before >= start and low[before] in ("s", "'s", "’s", "'", "’")
    if low[at] in _PARTICIPLES and not possessed:
        return ""  # "X killed nine"
    behind = at + 1
    if low[behind : behind + 1] and low[behind] in _OF:
        found = _at(parties, item, behind + 1 + (low[behind + 1 : behind + 2] == ["the"]))
        if found is not None:
            return found
    while before >= start and low[before] in ("", "s", "'s", "’s", "'", "’"):
        before -= 1
    for record in parties.of_segment(item.segment):
        if record["start"] <= before < record["end"]:
            return record
    return ""


def _lost(parties: Parties, item: Candidate, chunk: Chunk, start: int) -> Record | str:
    """``X lost twelve men and Y four``, ``X have no losses``, ``X admit one guard hurt``."""
    analysis = parties.analysis
    low, masks = analysis.words.low, analysis.masks
    sets = word_sets()
    noun = chunk.noun
    loss = noun is not None and low[chunk.noun_end - 1] in sets.losses
    fighter = item.record["status"] == "combatant" or item.record["noun"] == "guard"
    bare = noun is None and item.record["rule"] in ("bare-number", "lose-people")
    verb = -1
    for at in range(chunk.start - 1, max(start, chunk.start - _REACH) - 1, -1):
        word = low[at]
        if loss and word in ("have", "has", "had") and low[at + 1] in ("left", "caused", "claimed"):
            if low[at + 2] != "behind":
                break  # "X's attacks have left 700 dead"
        if (loss and word in sets.suffering) or (
            word in ("lost", "lose", "loses", "losing") and item.record["rule"] == "lose-people"
        ):
            verb = at
            break
        if word == "cost" and item.record["rule"] == "cost-people":
            # "the battle cost its side 30 men", "cost X 30 men"
            if low[at + 1] in ("his", "her", *_POSSESSIVES):
                return "own"
            return next(
                (r for r in parties.of_segment(item.segment) if at < r["start"] <= at + 2), ""
            )
        if (loss or fighter) and word in sets.admitting:
            verb = at
            break
        if bare and at == chunk.start - 1:
            # "and the militia four"
            gapped = next((r for r in parties.of_segment(item.segment) if r["end"] == at + 1), None)
            before = parties.mentions.skip_back(gapped["start"] - 1, start) if gapped else -1
            if gapped is not None and before >= 0 and masks[before] & syn.CONJ:
                return gapped if any(low[t] == "lost" for t in range(start, before)) else ""
        if word in (".", ";", ":", ",") or masks[at] & (syn.REL | syn.SUB):
            break
    if verb < 0:
        return ""
    if _fights(parties, item, verb):
        item.record["status"] = item.record["status"] or "combatant"
    found: Record | str = ""
    for record in parties.of_segment(item.segment):
        if record["end"] <= verb and parties.free(record):
            found = record
    if not found and "we" in low[max(start, verb - 3) : verb]:
        return "our"
    for at in range(start, verb - 1) if not found else ():
        # "The group's television acknowledged three martyrs"
        if low[at] in ("the", "this") and low[at + 1] in sets.generic_groups:
            return parties.group_before(item, at) or ""
    return found


def _inflicted(parties: Parties, item: Candidate, chunk: Chunk, data: Record) -> Record | str:
    """``inflicted 200 casualties on two regiments of X``: those of X."""
    low = parties.analysis.words.low
    noun = chunk.noun
    if noun is None or noun.noun not in _LOST or low[chunk.end : chunk.end + 1] not in _UPON:
        return ""
    if not any(
        w.startswith("inflict") for w in low[max(data["start"], chunk.start - 4) : chunk.start]
    ):
        return ""
    for record in parties.of_segment(item.segment):
        if chunk.end < record["start"] <= chunk.end + 6 and record["start"] < data["end"]:
            return record
    return ""


def _on_side(parties: Parties, item: Candidate, chunk: Chunk, start: int) -> Record | str:
    """``On the army's side it listed six dead and 21 wounded``: all told up to the other side."""
    low = parties.analysis.words.low
    fighter = item.record["status"] in (None, "combatant")
    if not fighter or (chunk.noun is not None and chunk.noun.kind != "casualty"):
        return ""
    if item.parent >= 0:
        return ""
    told = low[start : parties.analysis.segments[item.segment]["end"]]
    if "our" in told and low[start : start + 3] == ["on", "our", "side"]:
        return "our"
    for at in range(chunk.start - 1, start + 1, -1):
        if low[at] not in ("side", "ranks"):
            continue
        for record in parties.of_segment(item.segment):
            behind = record["end"]
            while behind < at and low[behind] in ("", "s", "'s", "’s", "'", "’"):
                behind += 1
            if behind == at and behind > record["end"] and record["start"] > start:
                before = record["start"] - 1 - (low[record["start"] - 1] in ("the", "its"))
                return record if low[before] in ("on", "in", "from", "among") else ""
        return ""
    return ""


def _fights(parties: Parties, item: Candidate, verb: int) -> bool:
    """``the rebels lost 20 men``: who loses them fights, and so did they."""
    sentence = parties.analysis.sentences[item.segment]
    assert sentence is not None
    before = [c for c in sentence.chunks[: item.position] if c.end <= verb and c.kind in "AN"]
    noun = before[-1].noun if before else None
    return noun is not None and noun.status == "combatant"


def _at(parties: Parties, item: Candidate, token: int) -> Record | None:
    """The force or group named at a token; not one that tells what things are of."""
    found = next((r for r in parties.of_segment(item.segment) if r["start"] == token), None)
    if found is None:
        return None
    analysis = parties.analysis
    low, end = analysis.words.low, analysis.segments[item.segment]["end"]
    hit = analysis.lists.nouns.at(low, found["end"]) if found["end"] < end else None
    # "the fatalities in military attacks"
    return None if hit is not None and hit[1].kind in ("event", "thing") else found


def _of_two(parties: Parties, item: Candidate, told: str) -> Record | None:
    """``the former`` and ``the latter`` of the two that the sentence names."""
    found: dict[str, Record] = {}
    for record in parties.of_segment(item.segment):
        found.setdefault(record["id"] or record["name"], record)
    both = list(found.values())
    if len(both) != 2:
        return None
    return both[0] if told == "former" else both[1]


def _antecedent(parties: Parties, item: Candidate, before: int, *, own: bool) -> Record | None:
    """Who the sentence is about: its first group, or that of the sentence before."""
    segments = parties.analysis.segments
    block = segments[item.segment]["block"]
    number = item.segment
    while number >= max(0, item.segment - 2) and segments[number]["block"] == block:
        found = [r for r in parties.of_segment(number) if parties.free(r) and r["start"] < before]
        if found and number < item.segment and _nameless_subject(parties, number, found[0]):
            return None
        if found:
            several = len({r["id"] or r["name"] for r in found}) > 1
            return None if several and not own else found[0]
        number -= 1
    end = segments[item.segment]["end"]
    # "12 of their fighters died, the militia said"
    after = [
        r
        for r in parties.of_segment(item.segment)
        if r["start"] > before and parties.free(r) and parties.mentions.speaks(r, end)
    ]
    return after[0] if len(after) == 1 else None


def _nameless_subject(parties: Parties, segment: int, first: Record) -> bool:
    """``Troops beat back an attack by X. Own losses: two``: those of the troops."""
    start = parties.analysis.segments[segment]["start"]
    return any(
        record["kind"] == "perpetrator-noun" and start <= record["start"] <= start + 1
        for record in parties.analysis.actors_by_segment.get(segment, ())
        if record["start"] < first["start"]
    )


def _speaker(parties: Parties, item: Candidate, before: int) -> Record | None:
    """Whose statement it is: who speaks beside it, or heads or signs the text."""
    analysis = parties.analysis
    for number in range(item.segment, max(-1, item.segment - _STATEMENT), -1):
        end = analysis.segments[number]["end"]
        for record in parties.of_segment(number):
            if parties.mentions.speaks(record, end):
                return record
    found = _antecedent(parties, item, before, own=True)
    if found is not None:
        return found
    for number in (len(analysis.segments) - 1, 0):
        here = {r["id"] or r["name"]: r for r in parties.of_segment(number) if parties.free(r)}
        if len(here) == 1:
            return next(iter(here.values()))
    return None
