"""What a count takes from another: parts from wholes, wholes from their items, twins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tollbook.grammar.sides import Sides
from tollbook.rules import syntax as syn
from tollbook.rules.triggers import triggers
from tollbook.rules.word_sets import word_sets

if TYPE_CHECKING:
    from tollbook.grammar.analysis import Analysis, Candidate
    from tollbook.rules.nouns import Noun

Record = dict[str, Any]

_FELLOWS: Final = frozenset("fellow comrade companion colleague".split())
_SIDES: Final = frozenset(("named", "generic", "shape"))
_ITEMS: Final = frozenset(("list", "colon", "bracket", "dash", "apposition"))
_FILLERS: Final = frozenset(("", "the", "allied", "local", "(", ")"))
_OTHERS: Final = frozenset(("others", "other", "another", "more", "further"))
_DIRECT: Final = frozenset(("including", "partitive", "among"))


def settle(analysis: Analysis) -> None:
    """Let status, actor, backer and traits pass along the links.

    Args:
        analysis: with linked candidates; their records are filled in.
    """
    candidates = analysis.candidates
    Sides(analysis).run()
    _others(analysis)
    _ellipsis(analysis)
    _fellows(analysis)
    _casualties(analysis)
    _kin(analysis)
    for item in analysis.candidates:
        told = item.record["rule"] in ("neutralise", "surrender")
        if told and not item.reason and item.record["status"] is None:
            # only those who fight are neutralised, or lay down their arms
            item.record["status"] = "combatant"
    for item in candidates:
        if item.reason or item.parent < 0:
            continue
        _from_whole(item, candidates[item.parent])
    _from_parts(candidates)
    for item in candidates:
        if item.reason or item.twin < 0:
            continue
        first = candidates[item.twin]
        for key in ("status", "actor", "actor_text", "backer"):
            if item.record[key] is None:
                item.record[key] = first.record[key]
            elif first.record[key] is None:
                first.record[key] = item.record[key]
    for item in candidates:
        if not item.reason and item.record["measure"] == "incidents":
            item.record["status"] = item.record["actor"] = item.record["actor_text"] = None
            item.record["backer"] = None
            item.record["traits"] = []


def _from_parts(candidates: list[Candidate]) -> None:
    """A whole takes its status from the items that make it up."""
    children: dict[int, list[Candidate]] = {}
    for part in candidates:
        if part.parent >= 0 and not part.reason:
            whole = candidates[part.parent]
            if part.record["measure"] == whole.record["measure"]:
                children.setdefault(part.parent, []).append(part)
    for _ in range(2):
        for index, told in children.items():
            record = candidates[index].record
            if candidates[index].reason or record["status"] is not None:
                continue
            parts = [part for part in told if part.how in _ITEMS]
            if not parts and sum(part.record["best"] or 0 for part in told) == record["best"]:
                # "52 people, of whom 38 were civilians and 14 fighters": they make up the whole
                parts = told
            if parts:
                record["status"] = _sum_status(parts)


def _others(analysis: Analysis) -> None:
    """``16 combatants were killed and seven other members of X injured``: the 16 are of X too."""
    named: dict[int, list[Candidate]] = {}
    for item in analysis.candidates:
        record = item.record
        if not item.reason and record["actor_text"] and "other" in record["phrase"].lower().split():
            named.setdefault(item.segment, []).append(item)
    if not named:
        return
    for item in analysis.candidates:
        record = item.record
        if item.reason or record["actor_text"] or record["implicit"]:
            continue
        if record["status"] != "combatant":
            continue
        for other in named.get(item.segment, ()):
            if other.record["start"] > record["start"]:
                for key in ("actor", "actor_text", "backer"):
                    record[key] = other.record[key]
                break


def _ellipsis(analysis: Analysis) -> None:
    """``ten civilians were killed and 20 injured``: the 20 are civilians too."""
    before: Candidate | None = None
    for item in analysis.candidates:
        if item.reason or item.record["measure"] == "incidents" or item.record["high"] == 0:
            continue
        record = item.record
        own = item.parent < 0 or analysis.candidates[item.parent].segment != item.segment
        bare = (
            own and not record["traits"] and record["status"] is None and (_is_bare(analysis, item))
        )
        near = before is not None and (
            before.segment == item.segment or _others_of(analysis, before, item)
        )
        if bare and near and before is not None:
            theirs = before.record
            one = (record["best"] == 1 or record["text"].lower().startswith("another")) and (
                not record["implicit"]
            )
            if theirs["best"] != 1 or theirs["actor_text"] or one:
                for key in ("status", "actor", "actor_text", "backer"):
                    if record[key] is None and theirs[key] != "mixed":
                        record[key] = theirs[key]
        if own:
            before = item


def _others_of(analysis: Analysis, before: Candidate, item: Candidate) -> bool:
    """``Three soldiers died. Two others were wounded``: fighters, told on in the next sentence."""
    segments = analysis.segments
    if before.segment != item.segment - 1 or before.record["status"] != "combatant":
        return False
    if segments[before.segment]["block"] != segments[item.segment]["block"]:
        return False
    sentence = analysis.sentences[item.segment]
    if sentence is None or before.record["best"] == 1:
        return False
    chunk = sentence.chunks[item.position]
    said = analysis.words.low[max(0, chunk.start - 1) : chunk.end + 1]
    return any(word in _OTHERS for word in said)


def _is_bare(analysis: Analysis, item: Candidate) -> bool:
    sentence = analysis.sentences[item.segment]
    if sentence is None:
        return False
    chunk = sentence.chunks[item.position]
    noun = chunk.noun
    if chunk.partitive or chunk.modifiers or chunk.actors:
        return False
    if noun is None and _goes_on(analysis, chunk.end):
        return False
    return (noun is None and not chunk.lemma) or (
        noun is not None
        and (noun.role == "pronoun" or (noun.kind == "casualty" and not noun.status))
        and noun.noun
        not in ("martyr", "body", "dead body", "corpse", "fatality", "casualty", "death")
    )


def _goes_on(analysis: Analysis, end: int) -> bool:
    """Whether the number has a noun that no list knows, or is told apart: ``one whose ...``."""
    low, masks = analysis.words.low, analysis.masks
    if end >= len(low):
        return False
    word = low[end]
    if word == "whose":
        return True
    return (
        len(word) > 3 and word.isalpha() and word.endswith("s") and not masks[end]
        and end not in analysis.phrases and not triggers().by_first.get(word)
    )  # fmt: skip


def _noun(analysis: Analysis, item: Candidate) -> Noun | None:
    sentence = analysis.sentences[item.segment]
    return sentence.chunks[item.position].noun if sentence is not None else None


def clash_sides(analysis: Analysis, segment: int) -> list[Record]:
    """The groups that a sentence about a clash names, one record each, in text order.

    Args:
        analysis: of the Doc.
        segment: index of the sentence's segment.
    """
    known = analysis.sides.get(segment)
    if known is not None:
        return known
    found: dict[str, Record] = {}
    if analysis.has(segment, syn.CLASH):
        for record in analysis.actors_by_segment.get(segment, ()):
            if record["kind"] in _SIDES and not _allied(analysis, found, record):
                found.setdefault(record["id"] or record["name"], record)
    sides = analysis.sides[segment] = list(found.values())
    return sides


def _allied(analysis: Analysis, found: dict[str, Record], record: Record) -> bool:
    """``X and Y clashed with Z``, ``X backed by Y``: Y is no side of its own."""
    if len(found) != 1:
        return False
    first = next(iter(found.values()))
    low = analysis.words.low
    before = low[first["start"] - 1] if first["start"] else ""
    between = [word for word in low[first["end"] : record["start"]] if word not in _FILLERS]
    if between[:1] and between[0] in ("backed", "supported", "alongside"):
        return len(between) <= 2
    if between != ["and"] or "between" in low[max(0, first["start"] - 3) : first["start"]]:
        return False
    after = low[record["end"] : record["end"] + 8]
    return before != "with" and any(word in ("with", "against") for word in after)


def _fellows(analysis: Analysis) -> None:
    """``a member of X was killed and three of his fellows wounded``."""
    before: Candidate | None = None
    for item in analysis.candidates:
        if item.reason or item.record["measure"] == "incidents":
            continue
        if item.record["noun"] in _FELLOWS and before is not None and not item.record["actor_text"]:
            if before.segment == item.segment:
                for key in ("status", "actor", "actor_text", "backer"):
                    item.record[key] = item.record[key] or before.record[key]
        before = item


def _casualties(analysis: Analysis) -> None:
    """``1,293 civilian casualties ... 198 deaths and 214 injured``: civilians throughout."""
    status: str | None = None
    for item in analysis.candidates:
        if item.reason or item.record["measure"] not in ("killed", "injured", "casualties"):
            continue
        noun = _noun(analysis, item)
        record = item.record
        if record["high"] == 0:
            continue
        if noun is not None and noun.kind == "casualty" and record["status"]:
            status = record["status"]
        elif record["status"] and record["status"] != status and item.parent < 0:
            status = None
        elif status and record["status"] is None and not record["actor_text"]:
            bare = noun is None and not record["noun"]
            if bare or (noun is not None and noun.kind == "casualty"):
                record["status"] = status


def _kin(analysis: Analysis) -> None:
    """A relative named with a civilian is civilian, and so are wives, mothers and sisters."""
    by_segment: dict[int, list[Candidate]] = {}
    for item in analysis.candidates:
        if not item.reason:
            by_segment.setdefault(item.segment, []).append(item)
    for items in by_segment.values():
        for item in items:
            record = item.record
            if record["status"] is not None:
                continue
            sentence = analysis.sentences[item.segment]
            noun = sentence.chunks[item.position].noun if sentence is not None else None
            if noun is None or noun.role != "kin":
                continue
            if "woman" in record["traits"] or any(
                other.record["status"] == "civilian" for other in items
            ):
                record["status"] = "civilian"


def _from_whole(item: Candidate, whole: Candidate) -> None:
    mine, theirs = item.record, whole.record
    if mine["measure"] == "incidents" or theirs["measure"] == "incidents":
        return
    if mine["status"] is None and theirs["status"] not in (None, "mixed"):
        mine["status"] = theirs["status"]
    elif theirs["status"] == "combatant" and item.how in _DIRECT and mine["status"] == "civilian":
        if mine["noun"] not in word_sets().plain_civilians:
            # "30 rebels, including a medic": what someone does is no proof that he does not fight
            mine["status"] = "combatant"
    same = mine["status"] == theirs["status"]
    if mine["actor_text"] is None and same and mine["status"] != "civilian":
        mine["actor"], mine["actor_text"] = theirs["actor"], theirs["actor_text"]
        mine["backer"] = mine["backer"] or theirs["backer"]
    if item.how in _DIRECT:
        for trait in theirs["traits"]:
            if trait not in mine["traits"] and not _contrary(trait, mine["traits"]):
                mine["traits"].append(trait)


def _contrary(trait: str, traits: list[str]) -> bool:
    return (trait == "man" and "woman" in traits) or (
        trait in ("man", "woman") and "child" in traits
    )


def _sum_status(parts: list[Candidate]) -> str | None:
    kinds = {part.record["status"] for part in parts}
    if kinds == {"civilian"} or kinds == {"combatant"}:
        return str(kinds.pop())
    if {"civilian", "combatant"} <= kinds or "mixed" in kinds:
        return "mixed"
    return None
