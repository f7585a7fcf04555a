"""Who stands to the right of a verb as those who suffer it: ``gunmen killed three men``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tollbook.grammar.sentence import Claim, armed
from tollbook.grammar.trigger_chunks import completion
from tollbook.rules import syntax as syn
from tollbook.rules.nouns import nouns
from tollbook.rules.syntax import syntax
from tollbook.rules.word_sets import word_sets

if TYPE_CHECKING:
    from tollbook.grammar.chunk import Chunk
    from tollbook.grammar.groups import Member
    from tollbook.grammar.sentence import Sentence

_OTHER_CLAUSE: Final = syn.SUB | syn.COND | syn.REL | syn.BUT | syn.BE | syn.HAVE | syn.MODAL
_CLAUSE_WORD: Final = (syn.SUB | syn.COND | syn.BUT) & ~(syn.PREP | syn.REL)
_BEFORE_OBJECT: Final = frozenset(("up", "to", "over", "of", "around", "about"))
"""Prepositions of a figure: ``killed up to 30``."""
_AFTER_NOUN: Final = frozenset(("of", "to", "the", "all", "some"))
"""Stand between a noun and whom it is about: ``the death of all 12``."""
_ENDS: Final = frozenset((",", ".", ";", ":", "and"))


def claim_object(sentence: Sentence, index: int) -> None:
    """Let the trigger at `index` claim its object, with the list that it stands in.

    Args:
        sentence: its claims are changed.
        index: position of the trigger.

    >>> import tollbook
    >>> text = "Rebels shot dead three men and drove 400 residents from their homes."
    >>> [(count.text, count.measure) for count in tollbook.extract(text).counts]
    [('three', 'killed'), ('400', 'displaced')]
    """
    trigger = sentence.chunks[index]
    at = _find(sentence, index)
    if at < 0:
        return
    member = sentence.members[at]
    taken = _object_list(sentence, member)
    measure, rule = sentence.outcome(index)
    if not measure or trigger.forms[0].trigger.complete:
        measure, rule = _completed(sentence, index, taken) or (measure, rule)
    if rule == "held" and _is_room(sentence, index):
        # "the prison holds 1,400"
        return
    if not measure and trigger.word in word_sets().seizing and _is_armed(sentence, index):
        measure, rule = "abducted", "seize-people"
    if not measure and rule == "look-for" and _is_rescue(sentence, index):
        # not "police are looking for two suspects"
        measure = "missing"
    if not measure:
        return
    if not member.chunk.countable:
        # "killed 250 sheep and a shepherd"
        sentence.thing(at, rule)
        taken = [p for p in taken if sentence.members[p].chunk.noun is not None]
    bare = member.chunk.noun is None and not member.chunk.lemma
    if bare and index and rule == "free" and _is_thing(sentence.chunks[index - 1]):
        # "weapons recovered 88"
        sentence.claims.setdefault(at, Claim("", rule, -1, "thing"))
        return
    if bare and trigger.end == trigger.start + 1 and syntax().words.get(trigger.word, 0) & syn.RISE:
        # "the toll has hit 321": no verb of harm
        return
    if trigger.word in word_sets().saving and member.chunk.lemma == "life":
        # "saved 12 lives"
        sentence.claims[at] = Claim("", rule, -1, "lives saved")
        return
    sentence.objects[index] = taken
    for position in taken:
        if sentence.members[position].chunk.countable:
            sentence.give(position, Claim(measure, rule, index, trigger.blocked))


def _find(sentence: Sentence, index: int) -> int:
    """Position of the noun group that is the object of the verb at `index`, or -1."""
    chunks = sentence.chunks
    at = sentence.after(sentence.merged.get(index, index))
    if chunks[index].voice == "of":
        while at < len(chunks) and chunks[at].kind == "W" and chunks[at].word in _AFTER_NOUN:
            at = sentence.after(at)
    skipped = 0
    while at < len(chunks) and skipped < 4:
        chunk = chunks[at]
        if chunk.kind == "N" and at + 1 < len(chunks) and chunks[at + 1].kind == "Q":
            # "cost the enemy five men"
            at += 1
        if chunk.kind in "QN":
            break
        if chunk.kind == "T":
            if chunks[at - 1].word in ("then", "and", "or", ",") and not sentence.outcome(at)[0]:
                # "lynched then burned 13 men"
                at += 1
                continue
            if chunk.voice == "state" and at == index + 1:
                # "shot dead a man": the completion stands before the object
                at += 1
                continue
            return -1
        if chunk.kind == "A":
            at += 1
            skipped += 1
            continue
        if chunk.word in word_sets().reflexive and at + 1 < len(chunks):
            # "killing himself, two guards and a child"
            at += 2
            continue
        if skipped and chunk.mask & syn.CONJ and all(c.capital for c in chunks[at - skipped : at]):
            # "arrested Juan Mata and seven accomplices"
            at += 1
            continue
        if chunk.kind == "." or chunk.mask & (_OTHER_CLAUSE | syn.CONJ):
            return -1
        if chunk.mask & syn.PREP and chunk.word not in _BEFORE_OBJECT:
            return -1
        at += 1
        skipped += 1
    return at if at < len(chunks) and chunks[at].kind in "QN" else -1


def _completed(sentence: Sentence, index: int, taken: list[int]) -> tuple[str, str] | None:
    """Measure and rule where words behind the object settle them: ``took 12 men hostage``."""
    forms = sentence.chunks[index].forms
    low = sentence.low
    end = _reach(sentence, taken)
    known = syntax().words
    found = completion(forms, low, end)
    steps = 0
    while found is None and steps < 6 and end < len(low) and low[end] not in _ENDS:
        # "drove 4,000 residents of seven villages into the forest"
        if known.get(low[end], 0) & _CLAUSE_WORD:
            # "stabbed a policeman before officers shot him dead"
            break
        end += 1
        steps += 1
        found = completion(forms, low, end) if end < len(low) else None
    return found[1:] if found is not None else None


def _reach(sentence: Sentence, taken: list[int]) -> int:
    """Token after the last claimed group and its parts, past a comma."""
    members, low = sentence.members, sentence.low
    group = members[taken[0]].group
    last = max([*taken, *(m.index for m in members.values() if m.group == group)])
    chunks = sentence.chunks
    if chunks[last].partitive == "np" and last + 1 < len(chunks) and chunks[last + 1].kind == "Q":
        # "let three of the nine women go"
        last += 1
    end = chunks[last].end
    while end < len(low) and low[end] in ("", ","):
        end += 1
    return end


def _is_thing(chunk: Chunk) -> bool:
    noun = nouns().get(chunk.word) if chunk.kind == "W" else chunk.noun
    return noun is not None and noun.kind in ("thing", "animal")


def _is_rescue(sentence: Sentence, index: int) -> bool:
    """Whether those who look for people are there to help them."""
    helpers = word_sets().rescuers
    return any(
        not helpers.isdisjoint(sentence.low[chunk.start : chunk.end])
        for chunk in sentence.chunks[max(0, index - 16) : index]
    )


def _is_room(sentence: Sentence, index: int) -> bool:
    """Whether the subject of a verb is a place with room for people."""
    rooms = word_sets().places_of_custody
    for chunk in reversed(sentence.chunks[:index]):
        if chunk.kind == "W" and chunk.word in rooms:
            return True
        if chunk.kind in "NA" or chunk.word in (";", ".", ":"):
            return False
    return False


def _is_armed(sentence: Sentence, index: int) -> bool:
    """Whether the subject of a verb is an armed group."""
    for chunk in reversed(sentence.chunks[:index]):
        if chunk.kind == "A" or (chunk.kind in "QN" and armed(chunk)):
            return True
        if chunk.kind in "QT" or chunk.word in (";", "."):
            return False
    return False


def _described(sentence: Sentence, claim: Claim) -> bool:
    """``the bodies of two women and three children, abducted in May``: no clause of its own."""
    at = claim.trigger
    return at > 0 and sentence.chunks[at].voice == "reduced" and sentence.chunks[at - 1].word == ","


def _own_clause(sentence: Sentence, position: int) -> bool:
    """Whether a group is the subject of a verb after it: ``and 900 people are on the road``."""
    chunks = sentence.chunks
    after = sentence.after(position)
    return (
        after < len(chunks)
        and chunks[after].kind == "W"
        and bool(chunks[after].mask & (syn.BE | syn.HAVE))
        and not chunks[after].mask & syn.REL
    )


def _object_list(sentence: Sentence, member: Member) -> list[int]:
    """Positions of the groups from `member` on that nothing else claims."""
    taken = []
    for position in sorted(sentence.members):
        other = sentence.members[position]
        if position < member.index or other.group != member.group:
            continue
        if other.parent is not None and other is not member:
            continue
        if other is not member and _own_clause(sentence, position):
            break
        claim = sentence.claims.get(position)
        if claim is not None and other is not member and not _described(sentence, claim):
            if claim.trigger < 0 or not claim.blocked:
                break
        taken.append(position)
    return taken
