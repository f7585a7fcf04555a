"""Which outcome each candidate suffered, and single people counted without a number.

Reads the candidates of ``tollbook_counts``; sets their measure, and adds implicit ones
(``the driver was killed``) that only a trigger makes a count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from spacy.language import Language

from tollbook.grammar.analysis import Analysis, Candidate
from tollbook.grammar.custody import custody
from tollbook.grammar.pronouns import tellings
from tollbook.pipes.counts import candidate
from tollbook.rules import syntax as syn
from tollbook.rules.word_sets import word_sets

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from tollbook.grammar.chunk import Chunk
    from tollbook.grammar.sentence import Claim, Sentence

Record = dict[str, Any]

_ANAPHORIC: Final = frozenset(
    "man woman person victim suspect child boy girl individual attacker people".split()
)
_OF_THINGS_TOO: Final = frozenset(
    "free held kidnap-us seize-people take shoot hand-back lose-people".split()
)
"""Triggers whose object need not be people: an unknown noun after them is none."""

_GETTING_AWAY: Final = frozenset("flee escape".split())
_HARMED: Final = frozenset(("killed", "injured", "casualties"))
_TAKEN: Final = frozenset(("abducted", "missing", "detained"))
_NEUTRALISING: Final = frozenset(("turkey", "pkk", "ypg", "ukraine-forces", "russia"))
_DEADLY: Final = frozenset("massacre murder assassination execution homicide killing".split())
"""Events whose victims are dead."""


def decide(analysis: Analysis) -> list[Candidate]:
    """Set the measure of every candidate, and add implicit ones.

    Args:
        analysis: with its candidates.

    Returns:
        All candidates in text order; those that are no counts have a `reason`.
    """
    actor_at = {record["start"]: index for index, record in enumerate(analysis.actors)}
    by_place = {(c.segment, c.position): c for c in analysis.candidates}
    found = list(analysis.candidates)
    for number, sentence in enumerate(analysis.sentences):
        if sentence is None:
            continue
        for position, claim in sentence.claims.items():
            chunk = sentence.members[position].chunk
            item = by_place.get((number, position))
            if item is None:
                if not _implicit(analysis, number, sentence, chunk, claim):
                    continue
                item = candidate(analysis, number, position, chunk, actor_at)
                by_place[number, position] = item
                found.append(item)
            _set(item, sentence, claim)
            if item.record["measure"] in ("abducted", "detained"):
                item.record["measure"] = custody(
                    sentence, claim, analysis.actors, item.record["status"]
                )
            if claim.trigger >= 0:
                trigger = sentence.chunks[claim.trigger]
                words = analysis.words
                item.record["trigger"] = analysis.text[
                    words.start[trigger.start] : words.end[trigger.end - 1]
                ]
            if claim.people >= 0 and chunk.noun is None:
                people = candidate(
                    analysis, number, claim.people, sentence.chunks[claim.people], actor_at
                )
                for key in ("noun", "status", "actor", "actor_text", "backer", "traits"):
                    item.record[key] = item.record[key] or people.record[key]
        _parts(analysis, number, sentence, by_place, found, actor_at)
        _times(analysis, number, sentence, by_place)
    _told_by_pronoun(analysis, by_place, found, actor_at)
    usage = {record["id"] for record in analysis.actors} & _NEUTRALISING
    for item in found:
        if usage and item.record["rule"] == "neutralise" and item.record["measure"] == "killed":
            # in Turkish and Ukrainian communiqués: killed, wounded or captured
            item.record["measure"] = "casualties"
        member = _member(analysis, item)
        if member is None:
            continue
        noun = member.chunk.noun
        if member.chunk.number is not None and member.chunk.number["kind"] == "times":
            continue
        if (
            noun is None
            and member.chunk.lemma
            and not member.chunk.actors
            and member.chunk.age is None  # "a 52-year-old radio blocktimer"
            and (not member.chunk.modifiers and item.record["rule"] in _OF_THINGS_TOO)
        ):
            item.reason = item.reason or f"not known as people: {member.chunk.lemma}"
        if member.chunk.number is not None and member.chunk.number["kind"] == "article":
            item.reason = item.reason or _adds_nothing(analysis, item, by_place)
        if item.record["status"] == "combatant" and item.record["rule"] in _GETTING_AWAY:
            item.reason = item.reason or "fighters who got away"
        if noun is not None and noun.kind not in ("person", "casualty", "event"):
            item.reason = item.reason or f"counts a {noun.kind}: {noun.noun}"
        if noun is not None and noun.noun == "victim" and item.record["high"] == 0:
            item.record["measure"] = item.record["measure"] or "casualties"
            item.record["rule"] = "no-victims"
        elif noun is not None and noun.noun == "victim" and not item.record["measure"]:
            # "27 massacres with 96 victims"
            sentence = analysis.sentences[item.segment]
            if sentence is not None and any(
                (m.chunk.noun is not None and m.chunk.noun.noun in _DEADLY)
                for m in sentence.members.values()
            ):
                item.record["measure"], item.record["rule"] = "killed", "victims"
        number = member.chunk.number
        if (
            number is not None
            and number["kind"] == "article"
            and (
                noun is not None
                and noun.kind in ("event", "casualty")
                and not (noun.kind == "casualty" and noun.noun in ("martyr", "body"))
            )
        ):
            item.reason = item.reason or "an article before an event"
    found.sort(key=lambda item: item.record["start"])
    _by_those_before(analysis, found)
    return found


def _adds_nothing(
    analysis: Analysis, item: Candidate, by_place: dict[tuple[int, int], Candidate]
) -> str:
    """Why ``a student`` is nobody new in ``the gunman, a student, was shot``; or empty."""
    sentence = analysis.sentences[item.segment]
    at = item.position
    if sentence is None or not at:
        return ""
    chunks = sentence.chunks
    if chunks[at - 1].word == "not":
        # "X, which is not a signatory"
        return "negated"
    if at < 2 or chunks[at - 1].word != ",":
        return ""
    named = chunks[at - 2]
    counted = by_place.get((item.segment, at - 2))
    if named.kind != "N" or not named.det or named.noun is None or named.noun.plural:
        return ""
    if counted is None or not counted.record["measure"] or counted.reason:
        return ""
    listed = [chunk for chunk in chunks[at + 1 : at + 3] if chunk.kind in "QN"]
    if listed or any(chunk.mask & syn.CONJ for chunk in chunks[at + 1 : at + 3]):
        return ""
    return "says who that is"


def _by_those_before(analysis: Analysis, found: list[Candidate]) -> None:
    """Outcomes that hang on what is told before: ``nine girls were taken; two have come back``."""
    taken = False
    before: Candidate | None = None
    harm = ""
    for item in found:
        if harm and not item.record["measure"] and not item.reason:
            member = _member(analysis, item)
            noun = member.chunk.noun if member is not None else None
            if noun is not None and noun.noun == "victim" and member.chunk.kind == "Q":
                # "86 were killed. Aleppo saw the largest number, 24 victims"
                item.record["measure"], item.record["rule"] = harm, "victims"
        if item.record["measure"] in _HARMED and not item.reason and item.record["high"] != 0:
            harm = item.record["measure"]
        if item.record["rule"] == "evacuate" and before is not None:
            beside = before.segment == item.segment and before.record["measure"] in _HARMED
            sentence = analysis.sentences[item.segment]
            told = sentence.claims.get(item.position) if sentence is not None else None
            if beside and told is not None and sentence is not None:
                if sentence.chunks[told.trigger].voice == "reduced":
                    # "8 dead and 9 evacuated"
                    item.record["measure"] = "injured"
        before = item
        if item.record["rule"] == "come-back" and (
            _uprooted(analysis, item) or not (taken or _was_taken(analysis, item))
        ):
            item.reason = item.reason or "nobody was taken before"
        if not item.record["measure"] and not item.reason and _arrive(analysis, item):
            item.record["measure"], item.record["rule"] = "displaced", "arrive-displaced"
        taken = taken or item.record["measure"] in _TAKEN


def _uprooted(analysis: Analysis, item: Candidate) -> bool:
    """Whether the sentence up to the verb is about refugees or displaced people."""
    words = word_sets().uprooted
    segment = analysis.segments[item.segment]
    return not words.isdisjoint(analysis.words.low[segment["start"] : segment["end"]])


def _arrive(analysis: Analysis, item: Candidate) -> bool:
    """``1,870 IDPs arrived in the district``; soldiers who arrive are not displaced."""
    sentence = analysis.sentences[item.segment]
    if sentence is None or item.record["high"] == 0 or not _uprooted(analysis, item):
        return False
    chunks = sentence.chunks
    if not chunks[item.position].countable or item.record["status"] == "combatant":
        return False
    depth = 0
    for chunk in chunks[item.position + 1 : item.position + 14]:
        depth += (chunk.word == "(") - (chunk.word == ")")
        if depth:
            continue
        if chunk.word in word_sets().arriving:
            return True
        if chunk.kind in "TQN" or chunk.word in (",", ";", "."):
            return False
    return False


def _was_taken(analysis: Analysis, item: Candidate) -> bool:
    """``labourers who had been picked up from a camp returned home``: told in the sentence."""
    sentence = analysis.sentences[item.segment]
    return sentence is not None and any(
        sentence.outcome(index)[0] in _TAKEN for index in sentence.triggers
    )


def _member(analysis: Analysis, item: Candidate) -> Any:
    sentence = analysis.sentences[item.segment]
    return sentence.members.get(item.position) if sentence is not None else None


def _set(item: Candidate, sentence: Sentence, claim: Claim) -> None:
    record = item.record
    zero = record["high"] == 0
    if claim.blocked and not (zero and claim.blocked == "negated"):
        item.reason = claim.blocked
        record["rule"] = claim.rule
        return
    record["measure"] = claim.measure
    record["rule"] = claim.rule


def _implicit(
    analysis: Analysis, number: int, sentence: Sentence, chunk: Chunk, claim: Claim
) -> bool:
    """Whether people without a number are exactly one person whose outcome is told."""
    if chunk.kind != "N" or claim.blocked or not claim.measure or claim.trigger < 0:
        return False
    noun = chunk.noun
    if noun is None or noun.kind != "person" or noun.plural or chunk.heads:
        return False
    if noun.role == "pronoun" or noun.noun in ("anyone", "people", "staff", "personnel"):
        return False
    modified = chunk.end - chunk.start > (2 if chunk.det else 1)
    if noun.noun in _ANAPHORIC and chunk.det == "the" and not modified:
        return False
    kind = analysis.segments[number]["kind"]
    if not chunk.det and kind == "text" and chunk.start > analysis.segments[number]["start"]:
        # broken English drops articles, but after a preposition it is no person of its own
        at = claim.trigger
        if at >= 0 and sentence.chunks[at].voice == "of":
            return False
    word = analysis.words.low[chunk.start]
    return word not in ("every", "each", "any", "such", "all")


def _told_by_pronoun(
    analysis: Analysis,
    by_place: dict[tuple[int, int], Candidate],
    found: list[Candidate],
    actor_at: dict[int, int],
) -> None:
    """Give people what a pronoun that stands for them suffers."""
    for telling in tellings(analysis):
        place = (telling.segment, telling.position)
        sentence = analysis.sentences[telling.segment]
        item = by_place.get(place)
        if item is None and sentence is not None:
            chunk = sentence.members[telling.position].chunk
            item = candidate(analysis, *place, chunk, actor_at)
            by_place[place] = item
            found.append(item)
        if item is not None and not item.reason:
            said = item.record["measure"]
            if not said or said in ("injured", "casualties"):
                item.record["measure"], item.record["rule"] = telling.measure, telling.rule


def _parts(
    analysis: Analysis,
    number: int,
    sentence: Sentence,
    by_place: dict[tuple[int, int], Candidate],
    found: list[Candidate],
    actor_at: dict[int, int],
) -> None:
    """Single people named as a part of a figure: ``six men, including their commander``."""
    for position, member in sentence.members.items():
        if member.parent is None or member.chunk.kind != "N" or (number, position) in by_place:
            continue
        if member.parent.chunk.kind != "Q" or not member.parent.chunk.countable:
            continue
        noun = member.chunk.noun
        if noun is None or noun.plural or member.chunk.heads or noun.role == "pronoun":
            continue
        if member.how in ("bracket", "colon") and not member.chunk.det:
            # "nine women (adult female)", "two guards, Ali Noor (age 34, resident of X)"
            continue
        item = candidate(analysis, number, position, member.chunk, actor_at)
        by_place[number, position] = item
        found.append(item)


def _times(
    analysis: Analysis,
    number: int,
    sentence: Sentence,
    by_place: dict[tuple[int, int], Candidate],
) -> None:
    """``targeted the area 45 times``: as many incidents, where the verb is one of attack."""
    for position, chunk in enumerate(sentence.chunks):
        if chunk.kind != "Q" or chunk.number is None or chunk.number["kind"] != "times":
            continue
        item = by_place[number, position]
        attack = any(
            c.word in _ATTACKS
            for c in sentence.chunks[: position + 2]  # "twice hit the camp"
            if c.kind in "WT"
        )
        if attack:
            item.record["measure"] = "incidents"
            item.record["rule"] = "times"
        else:
            item.record["measure"] = ""
            item.reason = "times of no attack"


_ATTACKS: Final = frozenset(
    "targeted target targets attacked attack attacks hit hits struck strike strikes shelled shell "
    "bombed bomb bombarded raided raid violated fired opened ambushed stormed shelling clashed "
    "breached".split()
)


class Outcomes:
    """Component that decides the outcome of each candidate."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Decide the outcome of every candidate of a Doc."""
        analysis = Analysis.of(doc)
        analysis.candidates = decide(analysis)
        return doc


@Language.factory("tollbook_outcomes")
def make_outcomes(nlp: Language, name: str) -> Outcomes:
    """Make an `Outcomes` component."""
    return Outcomes(nlp, name)
