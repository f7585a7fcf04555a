"""What counts side by side share without a link: ``ten civilians died and 20 were injured``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tollbook.rules.triggers import triggers

if TYPE_CHECKING:
    from tollbook.grammar.analysis import Analysis, Candidate
    from tollbook.rules.nouns import Noun

Record = dict[str, Any]

_OTHERS: Final = frozenset(("others", "other", "another", "more", "further"))
_PLAIN: Final = frozenset(("civilian", "crew member", "soldier", "policeman", "police officer"))
"""``one civilian was killed and two were wounded``: two more of them."""

_PERSONS: Final = frozenset(("victim", "deceased", "man", "woman", "former", "dead"))
_FELLOWS: Final = frozenset("fellow comrade companion colleague".split())


def others(analysis: Analysis) -> None:
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


def ellipsis(analysis: Analysis) -> None:
    """``ten civilians were killed and 20 injured``: the 20 are civilians too."""
    before: list[Candidate] = []
    for item in analysis.candidates:
        if item.reason or item.record["measure"] == "incidents" or item.record["high"] == 0:
            continue
        record = item.record
        own = item.parent < 0 or analysis.candidates[item.parent].segment != item.segment
        bare = own and not record["traits"] and record["status"] is None
        if bare and before and _is_bare(analysis, item):
            last = before[-1]
            if last.segment == item.segment or _others_of(analysis, last, item):
                _take(record, before)
                if before[-1].record["best"] == 1:
                    item.inherited.add("status")
        if own:
            if before and not _same_list(before[-1], item):
                before.clear()
            before.append(item)


def _same_list(before: Candidate, item: Candidate) -> bool:
    """Whether two counts tell one outcome in one sentence: ``a guard and two civilians died``."""
    return before.segment == item.segment and before.record["measure"] == item.record["measure"]


def _take(record: Record, before: list[Candidate]) -> None:
    """Give a bare number what those told of before it have in common."""
    last = before[-1].record
    said = record["text"].lower()
    one = (record["best"] == 1 or said.startswith("another")) and not record["implicit"]
    single = last["best"] == 1 and not one
    if single and len(before) == 1 and not last["actor_text"] and last["noun"] not in _PLAIN:
        return
    told = [other.record for other in before]
    if len({other["status"] for other in told}) > 1 and not one:
        return  # "seven soldiers and three civilians died and six others were hurt"
    for key in ("status", "actor", "actor_text", "backer"):
        if record[key] is None and last[key] != "mixed":
            record[key] = last[key]
    if one or (len(told) == 1 and not single):
        record["traits"] = list(last["traits"])


def _others_of(analysis: Analysis, before: Candidate, item: Candidate) -> bool:
    """``Three soldiers died. Two others were wounded``: fighters, told on in the next sentence."""
    segments = analysis.segments
    if before.segment != item.segment - 1:
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


def noun_of(analysis: Analysis, item: Candidate) -> Noun | None:
    """The head noun of a count; None for a number alone, or a noun that no list knows."""
    sentence = analysis.sentences[item.segment]
    return sentence.chunks[item.position].noun if sentence is not None else None


def fellows(analysis: Analysis) -> None:
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


def casualties(analysis: Analysis) -> None:
    """``1,293 civilian casualties ... 198 deaths and 214 injured``: civilians throughout."""
    status: str | None = None
    for item in analysis.candidates:
        if item.reason or item.record["measure"] not in ("killed", "injured", "casualties"):
            continue
        noun = noun_of(analysis, item)
        record = item.record
        if record["high"] == 0:
            continue
        if record["period"] and item.scope == "past":
            continue  # "in August the figures had been ..."
        if noun is not None and noun.kind == "casualty" and record["status"]:
            # what parts make of a whole says nothing of other figures
            status = None if "status" in item.inherited else record["status"]
        elif record["status"] and record["status"] != status and item.parent < 0:
            status = None
        elif status and record["status"] is None and not record["actor_text"]:
            bare = noun is None and not record["noun"]
            if bare or (noun is not None and noun.kind == "casualty"):
                record["status"] = status


def kin(analysis: Analysis) -> None:
    """A relative named with a civilian is civilian, and so are wives, mothers and sisters."""
    by_segment: dict[int, list[Candidate]] = {}
    for item in analysis.candidates:
        if not item.reason:
            by_segment.setdefault(item.segment, []).append(item)
    for segment, items in by_segment.items():
        for item in items:
            record = item.record
            known = noun_of(analysis, item)
            if record["status"] is not None or known is None or known.role != "kin":
                continue
            if "woman" in record["traits"]:
                record["status"] = "civilian"
                continue
            others = [other for other in items if other is not item]
            if not any(other.record["status"] for other in others) and _of_somebody(analysis, item):
                # "A brother of the victim had died": he who was told of before
                others = by_segment.get(segment - 1, [])[-1:]
            nearest = _person_before(analysis, item, others)
            if nearest is not None:
                if nearest.record["status"] == "civilian":
                    record["status"] = "civilian"
            elif any(other.record["status"] == "civilian" for other in others):
                record["status"] = "civilian"


def _person_before(
    analysis: Analysis, item: Candidate, others: list[Candidate]
) -> Candidate | None:
    """Whose relative it is: the person named last before, who is none himself."""
    start = item.record["start"]
    before = [
        other
        for other in others
        if other.record["start"] < start and other.record["status"] and not _is_kin(analysis, other)
    ]
    return before[-1] if before else None


def _is_kin(analysis: Analysis, item: Candidate) -> bool:
    known = noun_of(analysis, item)
    return known is not None and known.role == "kin"


def _of_somebody(analysis: Analysis, item: Candidate) -> bool:
    """``his brother``, ``two of her sons``, ``a brother of the victim``."""
    sentence = analysis.sentences[item.segment]
    if sentence is None:
        return False
    chunk = sentence.chunks[item.position]
    low = analysis.words.low
    if chunk.det == "poss" or chunk.partitive == "np":
        return True
    return low[chunk.end : chunk.end + 2] == ["of", "the"] and low[chunk.end + 2] in _PERSONS
