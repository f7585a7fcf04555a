"""Who the counted people are: noun, status, traits, group and backer of a noun group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tollbook.grammar.full_roles import full_role, of_unit
from tollbook.rules import syntax as syn
from tollbook.rules.nouns import nouns
from tollbook.rules.syntax import syntax
from tollbook.rules.word_sets import word_sets

if TYPE_CHECKING:
    from tollbook.grammar.chunk import Chunk
    from tollbook.rules.nouns import Demonym, Noun
    from tollbook.words import Words

Record = dict[str, Any]

GROUPS: Final = frozenset(("named", "generic", "shape", "backed"))
"""Kinds of actor that people can belong to; a bare state or ``gunmen`` is none."""

_TIES: Final = frozenset(
    'of from in belonging affiliated loyal linked allied to with the their its and & , “ ” " '
    "forces fighters group faction factions ranks so-called local foreign different both".split()
)
_ARMY_NOUNS: Final = frozenset(
    "soldier troop trooper policeman police officer serviceman force fighter army jawan".split()
)
_RANKS: Final = frozenset("man companion comrade brother personnel element own".split())
_BACKING: Final = frozenset(
    "- backed aligned supported linked affiliated allied sponsored funded trained".split()
)
_KNOWN: Final = frozenset(("known", "identified"))
_ARMED: Final = frozenset(("police", "state-forces"))
_JOINED: Final = frozenset(("volunteer", "auxiliary", "recruit"))
_NO_GROUPS: Final = frozenset(
    ("combatants", "militants", "terrorists", "gunmen", "bandits", "insurgents",
     "security personnel", "security forces personnel")
)  # fmt: skip
"""Designations that name no group (guidelines, Decisions, Actor)."""

_ADJECTIVES: Final = frozenset(
    "local other more major general private missing displaced injured wounded dead senior".split()
)
"""Nouns that before another noun are adjectives and say nothing of the people."""


def describe(
    chunk: Chunk, words: Words, actors: list[Record], actor_at: dict[int, int], end: int
) -> Record:
    """The fields that a noun group says of itself.

    Args:
        chunk: a ``Q`` or ``N``.
        words: words of the Doc.
        actors: records of the actors of the Doc.
        actor_at: index of the actor that begins at a token.
        end: token where the segment ends.

    Returns:
        ``noun``, ``status``, ``traits``, ``actor``, ``actor_text``, ``backer`` and ``phrase_end``
        (a token).
    """
    found = list(dict.fromkeys(chunk.actors))
    reach = chunk.end
    if not any(actors[index]["kind"] in GROUPS for index in found):
        further, reach = _tied(chunk, words, actors, actor_at, end)
        found += further
    else:
        further, after = _tied(chunk, words, actors, actor_at, end)
        if further:
            found += further
            reach = after
    groups = [actors[index] for index in found if _is_group(actors[index])]
    actor = _choose(groups)
    taken = frozenset(actors[index]["end"] - 1 for index in chunk.actors)
    status, traits = _status(chunk, words, taken)
    if actor is not None and status == "civilian" and _community(actor, words):
        # "eleven Fulani herders": of a people, not of its militia
        found_people = nouns().demonym_at(words.low, actor["start"], words.raw)
        if found_people is not None and found_people[1].trait not in traits:
            traits.append(found_people[1].trait)
        actor = None
    if actor is not None and chunk.lemma == "official" and actor["type"] in _ARMED:
        status = "combatant"
    if actor is not None and _armed_type(actor) and chunk.lemma in _JOINED:
        # "civilian volunteers of a militia"
        status = "combatant"
    fields: Record = {
        "noun": chunk.lemma or None,
        "status": status,
        "traits": traits,
        "actor": None,
        "actor_text": None,
        "backer": None,
        "phrase_end": reach,
    }
    if actor is not None and chunk.lemma == "man" and _armed_type(actor):
        # "five men of X": its fighters, no more is said
        traits.remove("man") if "man" in traits else None
    if fields["status"] is None and chunk.noun is not None and chunk.noun.kind == "casualty":
        fields["status"] = _among(words, chunk.end, end)
    if not word_sets().former.isdisjoint(words.low[chunk.start : chunk.noun_end]):
        # "a former conscript" fights no more; nor does it follow that he is a civilian
        if status == "combatant":
            fields["status"] = None
            role = chunk.noun is not None and chunk.lemma in traits
            fields["traits"] = traits = [f"former {chunk.lemma}"] if role else traits
        actor = None
    if "displaced" in chunk.attributes and status is None:
        fields["status"] = "civilian"
    if status is None and _couple(chunk, words):
        fields["status"] = "civilian"
    if status is None and chunk.lemma == "guard" and (actor is not None or _kept(chunk, words)):
        # whoever has guards of his own; those of a school or a herd are not said to fight
        fields["status"] = "combatant"
    if fields["status"] is None and (_own_ranks(chunk, words) or of_unit(chunk, words, end)):
        fields["status"] = "combatant"
    for index in chunk.actors:
        if actors[index]["kind"] == "backed":
            _inner_demonyms(actors[index], words, traits)
    if actor is not None:
        fields["actor"] = actor["id"] or actor["name"] or actor["text"]
        fields["actor_text"] = actor["name"] or actor["text"]
        fields["backer"] = actor.get("backer") or None
        if (
            fields["status"] is None
            and chunk.countable
            and _armed_type(actor)
            and (
                chunk.noun is None
                or chunk.noun.noun in ("member", "other", "person")
                or not chunk.noun.status
            )
        ):
            fields["status"] = "combatant"
    else:
        backers = [actors[index]["backer"] for index in found if actors[index].get("backer")]
        if backers:
            fields["backer"] = backers[0]
    return fields


def _is_group(actor: Record) -> bool:
    """Whether people can belong to it: not ``security personnel``, nor a mere backer."""
    if actor["kind"] not in GROUPS:
        return False
    if actor["kind"] == "backed" and not actor["id"]:
        return False
    return bool(actor["id"]) or actor["text"].lower() not in _NO_GROUPS


def _among(words: Words, start: int, end: int) -> str | None:
    """Status of ``51 casualties among its troops``."""
    low = words.low
    if start < end and low[start] == "and":
        # "13 dead and nine wounded among camp residents"
        for index in range(start + 1, min(start + 6, end)):
            noun = nouns().get(low[index]) if low[index] else None
            if noun is not None and noun.kind == "casualty":
                start = index + 1
                break
    if start >= end or low[start] not in ("among", "amongst", "of", "in"):
        return None
    for index in range(start + 1, min(start + 5, end)):
        hit = nouns().at(low, index) if low[index] else None
        if hit is not None and hit[1].kind in ("person", "collective"):
            return hit[1].status or None
        if not low[index].isalpha():
            break
    return None


def _own_ranks(chunk: Chunk, words: Words) -> bool:
    """``one of our men``, ``seven losses``: said by or of a force of its own people."""
    noun = chunk.noun
    if noun is not None and noun.noun == "loss" and noun.plural:
        return True
    if noun is None or chunk.partitive != "np" or noun.noun not in _RANKS:
        return False
    before = words.low[max(0, chunk.noun_start - 2) : chunk.noun_start]
    return any(word in ("our", "its") for word in before)


def _community(actor: Record, words: Words) -> bool:
    """Whether a name is only that of people by their work: ``Fulani herders``."""
    if actor["kind"] != "named" or actor["end"] - actor["start"] < 2:
        return False
    last = nouns().get(words.low[actor["end"] - 1])
    return last is not None and last.kind == "person" and last.status == "civilian"


def _couple(chunk: Chunk, words: Words) -> bool:
    """``a couple was shot``: a man and a woman, not two of something."""
    number = chunk.number
    if number is None or chunk.noun is not None or words.low[number["end"] - 1] != "couple":
        return False
    after = words.low[chunk.end : chunk.end + 1]
    return after != ["of"] and not chunk.actors and not chunk.lemma


def _kept(chunk: Chunk, words: Words) -> bool:
    """``two of his guards``, ``their guard``."""
    if chunk.det == "poss":
        return True
    return chunk.partitive == "np" and any(
        word in ("his", "her", "their", "its") for word in words.low[chunk.start : chunk.noun_start]
    )


def _armed_type(actor: Record) -> bool:
    return actor.get("type", "") not in ("political",)


def _inner_demonyms(actor: Record, words: Words, traits: list[str]) -> None:
    lexicon = nouns()
    index = actor["start"]
    while index < actor["end"]:
        hit = lexicon.demonym_at(words.low, index, words.raw)
        joined = index + 1 < len(words) and words.low[index + 1] in _BACKING
        joined = joined or (index > 0 and words.low[index - 1] == "-")
        if hit is not None and not joined:
            if hit[1].trait not in traits and "-" not in words.raw[index]:
                traits.append(hit[1].trait)
            index += hit[0]
            continue
        index += 1


def _tied(
    chunk: Chunk, words: Words, actors: list[Record], actor_at: dict[int, int], end: int
) -> tuple[list[int], int]:
    """Groups named after the noun: ``members of X and Y``; and the token after them."""
    low = words.low
    index = chunk.end
    found: list[int] = []
    reach = chunk.end
    tie = False
    table = syntax()
    steps = 0
    while index < end and steps < 10:
        actor = actor_at.get(index)
        if actor is not None and tie:
            if actors[actor]["kind"] in GROUPS:
                found.append(actor)
                index = reach = actors[actor]["end"]
                continue
            break
        word = low[index]
        if not word or (word == "-" and tie):
            index += 1
            continue
        if word in _KNOWN and low[index + 1 : index + 2] == ["as"]:
            # "volunteers known as the X"
            index += 2
            tie = True
            steps += 2
            continue
        if word in ("of", "from", "belonging", "affiliated", "loyal", "linked", "in"):
            if (
                word == "in"
                and not found
                and chunk.noun is not None
                and chunk.noun.noun != "member"
            ):
                break
            tie = True
        elif found and word not in ("and", "&", ",", "their", "its", "the", "of", "(", "/"):
            break
        elif word not in _TIES:
            mask = table.words.get(word, 0)
            if mask & (syn.CLOSED | syn.VERB | syn.SPEECH) or not tie or not word[0].isalnum():
                break
        index += 1
        steps += 1
    return found, reach


def _choose(groups: list[Record]) -> Record | None:
    """The group that a figure belongs to: the covering one of two allies, else the first."""
    if not groups:
        return None
    named = [g for g in groups if g["kind"] in ("named", "shape", "backed")] or groups
    if len({g["id"] or g["name"] for g in groups}) > 1:
        parents = {g.get("parent") for g in groups}
        for group in groups:
            if group["id"] and group["id"] in parents:
                return group
        for group in groups:
            if group["id"] == "syria-government" and any(
                other.get("country") in ("SY", ["SY"]) or other["id"] in _ALLIES for other in groups
            ):
                return group
    return named[0] if named[0] in groups else groups[0]


_ALLIES: Final = frozenset(("liwa-al-quds", "national-defence-forces"))


def _status(chunk: Chunk, words: Words, taken: frozenset[int]) -> tuple[str | None, list[str]]:
    traits: list[str] = []
    noun = chunk.noun
    heads: list[Noun] = [*([noun] if noun is not None else []), *chunk.heads]
    before: list[Noun] = [
        entry for kind, entry in chunk.modifiers if kind == "noun" and entry.noun not in _ADJECTIVES
    ]
    people: list[Demonym] = [entry for kind, entry in chunk.modifiers if kind == "demonym"]
    status: str | None = None
    if noun is not None and noun.kind == "person":
        kinds = {head.status for head in heads}
        if {"civilian", "combatant"} <= kinds:
            status = "mixed"
        elif len(kinds) == 1:
            status = noun.status or None
        elif kinds == {"combatant", ""} and any(head.noun == "member" for head in heads):
            status = "combatant"
        if not status and len(kinds) == 1:
            status = next((n.status for n in before if n.status), None)
    elif noun is not None and noun.kind == "casualty":
        status = next((n.status for n in reversed(before) if n.status), None) or noun.status or None
    if chunk.age is not None and chunk.age < 18 and (noun is None or noun.kind == "person"):
        if status != "combatant":
            return "civilian", ["child"]
        traits.append("child")
    whole = ""
    if noun is not None and not chunk.heads:
        first = chunk.start if chunk.number is None else max(chunk.start, chunk.number["end"])
        whole = full_role(noun, chunk.noun_start, first, words, taken)
    for head in heads:
        for trait in [whole] if whole else head.traits:
            if trait not in traits:
                traits.append(trait)
    for entry in before:
        if entry.kind == "person":
            for trait in entry.traits:
                if trait not in traits and entry.status != "combatant":
                    if not whole.startswith(f"{trait} "):
                        traits.append(trait)
    army = noun is not None and noun.noun in _ARMY_NOUNS
    for demonym in people:
        if demonym.trait not in traits and not (army and demonym.kind == "nation"):
            traits.append(demonym.trait)
    if "child" in traits:
        traits = [t for t in traits if t not in ("man", "woman")]
    return status, traits
