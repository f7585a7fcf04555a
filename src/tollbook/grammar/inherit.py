"""What a count takes from another: parts from wholes, wholes from their items, twins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tollbook.rules import syntax as syn

if TYPE_CHECKING:
    from tollbook.grammar.analysis import Analysis, Candidate
    from tollbook.rules.nouns import Noun

Record = dict[str, Any]

_FORCES: Final = {
    "IQ": "iraq-forces", "UA": "ukraine-forces", "IL": "israel", "TR": "turkey", "RU": "russia",
}  # fmt: skip
"""States whose soldiers and police have an id of their own in the guidelines."""

_REGULARS: Final = frozenset(
    "soldier policeman police lieutenant colonel major captain sergeant corporal troop trooper "
    "serviceman constable conscript army officer general brigadier jawan gendarme".split()
)
_STATE_WORDS: Final = frozenset("army police troops soldiers military government navy".split())
_IRREGULARS: Final = frozenset(
    "militiaman militant fighter gunman rebel insurgent jihadist terrorist bandit".split()
)
_FELLOWS: Final = frozenset("fellow comrade companion colleague".split())
_SIDES: Final = frozenset(("named", "generic", "shape"))
_ITEMS: Final = frozenset(("list", "colon", "bracket", "dash", "apposition"))
_DIRECT: Final = frozenset(("including", "partitive", "among"))


def settle(analysis: Analysis) -> None:
    """Let status, actor, backer and traits pass along the links.

    Args:
        analysis: with linked candidates; their records are filled in.
    """
    candidates = analysis.candidates
    _forces(analysis)
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
        apart = item.parent < 0 or analysis.candidates[item.parent].segment != item.segment
        bare = (
            apart
            and not record["traits"]
            and record["status"] is None
            and (_is_bare(analysis, item))
        )
        if bare and before is not None and before.segment == item.segment:
            theirs = before.record
            one = (record["best"] == 1 or record["text"].lower().startswith("another")) and (
                not record["implicit"]
            )
            if theirs["best"] != 1 or theirs["actor_text"] or one:
                for key in ("status", "actor", "actor_text", "backer"):
                    if record[key] is None and theirs[key] != "mixed":
                        record[key] = theirs[key]
        if apart:
            before = item


def _is_bare(analysis: Analysis, item: Candidate) -> bool:
    sentence = analysis.sentences[item.segment]
    if sentence is None:
        return False
    chunk = sentence.chunks[item.position]
    noun = chunk.noun
    if chunk.partitive or chunk.modifiers or chunk.actors:
        return False
    return (noun is None and not chunk.lemma) or (
        noun is not None
        and (noun.role == "pronoun" or (noun.kind == "casualty" and not noun.status))
        and noun.noun
        not in ("martyr", "body", "dead body", "corpse", "fatality", "casualty", "death")
    )


def _noun(analysis: Analysis, item: Candidate) -> Noun | None:
    sentence = analysis.sentences[item.segment]
    return sentence.chunks[item.position].noun if sentence is not None else None


def _forces(analysis: Analysis) -> None:
    """Soldiers and police without a name: the state's, or in a clash the state's side."""
    countries = {r["country"] for r in analysis.regions if r.get("country") and r["codes"]}
    home = _FORCES.get(countries.pop(), "") if len(countries) == 1 else ""
    for item in analysis.candidates:
        record = item.record
        if item.reason or record["actor_text"] or record["status"] != "combatant":
            continue
        noun = _noun(analysis, item)
        if noun is None:
            continue
        words = noun.noun.split()
        regular = any(word in _REGULARS for word in words)
        sides = clash_sides(analysis, item.segment)
        if len(sides) == 2:
            state = [side for side in sides if _is_state(side)]
            other = [side for side in sides if side not in state]
            chosen = state if regular else other if noun.noun in _IRREGULARS else []
            if len(chosen) == 1 and len(state) == 1:
                record["actor"] = chosen[0]["id"] or chosen[0]["name"]
                record["actor_text"] = chosen[0]["name"] or chosen[0]["text"]
                continue
        if regular and home:
            record["actor"] = home
            record["actor_text"] = noun.noun


def _is_state(side: Record) -> bool:
    words = set(side["text"].lower().split())
    return side["type"] in ("state-forces", "police") or bool(words & _STATE_WORDS)


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
            if record["kind"] in _SIDES:
                found.setdefault(record["id"] or record["name"], record)
    sides = analysis.sides[segment] = list(found.values())
    return sides


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
        if mine["noun"] in ("woman", "man", "child", "girl", "boy", "minor", "female"):
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
