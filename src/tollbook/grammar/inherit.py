"""What a count takes from another: parts from wholes, wholes from their items, twins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tollbook.grammar import alike
from tollbook.rules import syntax as syn
from tollbook.rules.word_sets import word_sets

if TYPE_CHECKING:
    from tollbook.grammar.analysis import Analysis, Candidate
    from tollbook.grammar.fighters import Fighters

Record = dict[str, Any]

_SIDES: Final = frozenset(("named", "generic", "shape"))
_ITEMS: Final = frozenset(("list", "colon", "bracket", "dash", "apposition"))
_FILLERS: Final = frozenset(("", "the", "allied", "local", "(", ")"))
_LIVING: Final = frozenset(("released", "detained", "displaced", "abducted"))
_DIRECT: Final = frozenset(("including", "partitive", "among"))


def settle(analysis: Analysis, sides: Fighters) -> None:
    """Let status, actor, backer and traits pass along the links.

    Args:
        analysis: with linked candidates; their records are filled in.
        sides: the forces and groups of the text.
    """
    candidates = analysis.candidates
    sides.run()
    alike.others(analysis)
    alike.ellipsis(analysis)
    alike.fellows(analysis)
    alike.casualties(analysis)
    alike.kin(analysis)
    for item in analysis.candidates:
        told = item.record["rule"] in ("neutralise", "surrender")
        former = any(trait.startswith(("former", "ex-")) for trait in item.record["traits"])
        if told and not item.reason and item.record["status"] is None and not former:
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
                candidates[index].inherited.add("status")


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


def _from_whole(item: Candidate, whole: Candidate) -> None:
    mine, theirs = item.record, whole.record
    if mine["measure"] == "incidents" or theirs["measure"] == "incidents":
        return
    if theirs["measure"] == "killed" and mine["measure"] in _LIVING:
        return  # the dead are not freed: others are meant
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
