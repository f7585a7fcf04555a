"""Who stands to the left of a verb as those who suffer it: ``three men were killed``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tollbook.grammar.clauses import (
    is_conjoined,
    is_purpose,
    is_reduced,
    is_relative_subject,
    relative_object,
    relative_start,
)
from tollbook.grammar.sentence import Claim
from tollbook.rules import syntax as syn
from tollbook.rules.word_sets import word_sets

if TYPE_CHECKING:
    from tollbook.grammar.chunk import Chunk
    from tollbook.grammar.groups import Member
    from tollbook.grammar.sentence import Sentence

_LETTERS: Final = frozenset(("k", "abbreviated-wounded"))
"""Rules of single letters, which say nothing but right behind a figure."""
_FINITE: Final = syn.VERB | syn.SPEECH | syn.HAVE | syn.MODAL | syn.DO
_AUXILIARY: Final = syn.HAVE | syn.MODAL | syn.DO


def claim_subject(sentence: Sentence, index: int) -> None:
    """Let the trigger at `index` claim its subject, with the list that it stands in.

    Args:
        sentence: its claims are changed.
        index: position of the trigger.

    >>> import tollbook
    >>> text = "Two men and a girl, who had fled the village, were later killed."
    >>> [(count.text, count.measure) for count in tollbook.extract(text).counts]
    [('Two', 'killed'), ('a', 'killed')]
    """
    measure, rule = sentence.outcome(index)
    if not measure:
        return
    if rule in _LETTERS and (not index or sentence.chunks[index - 1].kind != "Q"):
        # an initial, as in "I. K. Muivah"
        return
    search = _Search(sentence, index)
    at = search.run()
    if at < 0:
        return
    member = sentence.members[at]
    if not member.chunk.countable:
        sentence.thing(at, rule)
        return
    taken = _subject_list(sentence, member, index)
    taken = [*taken, *_companions(sentence, index)]
    sentence.objects[index] = taken
    for position in taken:
        claim = Claim(measure, rule, index, sentence.chunks[index].blocked)
        claim.weak = search.relative
        sentence.give(position, claim)


def _companions(sentence: Sentence, index: int) -> list[int]:
    """``was killed together with two of his guards``: those behind the verb at `index`."""
    chunks = sentence.chunks
    at = sentence.after(index)
    if (
        at + 1 >= len(chunks)
        or chunks[index].voice not in ("passive", "subject")
        or chunks[at].kind != "W"
        or chunks[at].word not in word_sets().companions
    ):
        return []
    people = chunks[at + 1]
    noun = people.noun
    if people.kind not in "QN" or noun is None or noun.kind != "person":
        return []
    if people.kind == "N" and not people.det:
        return []
    group = sentence.members[at + 1].group
    members = sentence.members.values()
    return [m.index for m in members if m.group == group and m.index > at and m.parent is None]


class _Search:
    """The way from a verb to the left, chunk by chunk, to its subject.

    Attributes:
        at: where it is.
        front: position of the chunk before the verb with its auxiliaries.
        depth: brackets that are open.
        shared: True when a verb before may have the same subject.
        through: True right behind a relative pronoun: what comes next is the subject.
        relative: True when the verb stands in a relative clause.
        of_things: True when that begins with ``which``.
    """

    __slots__ = (
        "at", "chunks", "depth", "front", "index", "of_things", "relative", "sentence",
        "shared", "through", "voice",
    )  # fmt: skip

    def __init__(self, sentence: Sentence, index: int) -> None:
        self.sentence, self.chunks, self.index = sentence, sentence.chunks, index
        self.voice = sentence.chunks[index].voice
        self.front = sentence.before_verb(index)
        self.at = index - 1
        self.depth = 0
        self.shared = self.through = self.relative = self.of_things = False

    def run(self) -> int:
        """Position of the subject, or -1."""
        while self.at >= 0:
            found = self._step(self.chunks[self.at])
            if found is not None:
                return found
            self.at -= 1
        return -1

    def _step(self, chunk: Chunk) -> int | None:
        """Look at one chunk: the subject, -1 where the way ends, None to go on."""
        at = self.at
        if chunk.kind == "W" and at == self.front:
            if chunk.mask & syn.REL:
                self.through = self.relative = True
                self.of_things = chunk.word == "which" and not self.chunks[at - 1].mask & syn.PREP
            if chunk.word in ("he", "she", "they"):
                return _antecedent(self.sentence, at, plural=chunk.word == "they")
        if chunk.kind == ".":
            return self._punctuation(chunk)
        if self.depth:
            return None
        if chunk.kind in "NA" and at and is_relative_subject(self.sentence, at, self.front):
            # "civilians whom the army accused ... were killed"
            self.at -= 1
            return None
        if self.voice == "state" and at == self.index - 1 and chunk.word == "as":
            # "listed as missing"
            return None
        if chunk.kind in "QN":
            return self._group(chunk)
        if chunk.kind == "T":
            return self._verb(chunk)
        return self._word(chunk)

    def _punctuation(self, chunk: Chunk) -> int | None:
        if chunk.word in ")]":
            self.depth += 1
        elif chunk.word in "([":
            self.depth = max(0, self.depth - 1)
        elif chunk.word in (";", "!", "?") or (chunk.word == ":" and not self.depth):
            return -1
        return None

    def _group(self, chunk: Chunk) -> int | None:
        """A noun group is the subject, unless it hangs on something else."""
        at, sentence = self.at, self.sentence
        near = self.through or (self.voice in ("reduced", "state") and at == self.front)
        self.through = False
        if sentence.members[at].group < 0:
            return None
        if self.of_things and at < self.front - 2 and chunk.noun and chunk.noun.kind == "person":
            # "men left in a car, which was found burnt out"
            return -1
        if not near and _is_object_of_preposition(sentence, at):
            return None
        if self.shared and not near and chunk.kind == "Q" and _is_object(sentence, at):
            # "stabbed four children to death and surrendered"
            return None
        if not near and at > 1 and is_purpose(sentence, at):
            # "officers sent to free four hostages were killed"
            self.at = sentence.before(at) - 1
            return None
        if not near and chunk.kind == "N" and at > 1:
            # "a man who had threatened his neighbours was killed"
            relative = relative_object(sentence, at)
            if relative >= 0:
                self.at = relative
                return None
        if chunk.kind == "N" and at and self.chunks[at - 1].mask & syn.BE and not near:
            # "seven were militiamen": a predicate, no subject
            return None
        if chunk.kind == "N" and chunk.countable and _is_apposition(sentence, at):
            return None
        return at

    def _verb(self, chunk: Chunk) -> int | None:
        """Another trigger ends the way, unless it has the same subject or only describes it."""
        at = self.at
        if chunk.voice == "of":
            return -1
        if at and self.chunks[at - 1].word == "to" and chunk.blocked:
            # "officers ordered to hold the post were killed": no verb of its own
            return None
        if self.voice == "state" and chunk.voice in ("passive", "reduced", "subject"):
            return None
        if chunk.voice == "reduced" and at and self.chunks[at - 1].kind in "QN":
            # "three of those arrested were released"
            return None
        # "was abducted and killed", or a relative clause that stands before
        relative = relative_start(self.sentence, at)
        if relative >= 0:
            self.at = relative
            return None
        if self.shared or is_conjoined(self.sentence, at, self.index):
            self.shared = True
            return None
        return -1

    def _word(self, chunk: Chunk) -> int | None:
        """A word ends the way when another clause begins with it."""
        at, mask = self.at, chunk.mask
        if mask & syn.CONJ and at == self.front:
            self.shared = True
        if chunk.word == "as" and at + 1 == self.front and self.chunks[self.front].kind in "QN":
            # "women taken as porters came back"
            return None
        if mask & syn.COND or (mask & syn.SUB and not mask & (syn.ADV | syn.PREP)):
            return -1
        if mask & syn.BUT and at != self.front:
            return -1
        if mask & syn.SPEECH and at < self.front:
            inserted = _inserted(self.sentence, at)
            if inserted >= 0:
                self.at = inserted
                return None
        if mask & _FINITE and at < self.front:
            relative = relative_start(self.sentence, at)
            if relative >= 0:
                self.at = relative
                return None
            if at and self.chunks[at - 1].word == "to":
                # "officers ordered to hold the post were killed": no verb of its own
                return None
            if not self.shared and not mask & _AUXILIARY:
                if not is_reduced(self.sentence, at) or (
                    self.voice == "state" and not mask & syn.SPEECH
                ):
                    return -1
        return None


def _is_object(sentence: Sentence, at: int) -> bool:
    """Whether the list of a group stands right behind an active verb with a subject before it."""
    group = sentence.members[at].group
    first = min(m.index for m in sentence.members.values() if m.group == group)
    verb = _governor(sentence, first)
    return verb > 0 and sentence.chunks[verb].voice == "active"


def _inserted(sentence: Sentence, at: int) -> int:
    """Position of the comma before ``, the diocese said,`` whose verb stands at `at`, or -1."""
    chunks = sentence.chunks
    if at + 1 >= len(chunks) or chunks[at + 1].word != ",":
        return -1
    for before in range(at - 1, max(at - 7, -1), -1):
        chunk = chunks[before]
        if chunk.word == ",":
            return before
        if chunk.kind in "TQ" or chunk.kind == "." or chunk.mask & (_FINITE | syn.CONJ | syn.REL):
            return -1
    return -1


def _antecedent(sentence: Sentence, at: int, *, plural: bool) -> int:
    """Position of the group that ``he``, ``she`` or ``they`` stands for, or -1."""
    for position in sorted(sentence.members, reverse=True):
        chunk = sentence.members[position].chunk
        if position >= at or chunk.kind != "Q" or not chunk.countable:
            continue
        claim = sentence.claims.get(position)
        if claim is not None and claim.measure == "killed":
            continue
        number = chunk.number
        assert number is not None
        if (number["best"] != 1) == plural:
            return position
    return -1


def _is_object_of_preposition(sentence: Sentence, at: int) -> bool:
    chunks = sentence.chunks
    before = sentence.before(at)
    if before < 0:
        return False
    chunk = chunks[before]
    if chunk.kind == "T" and chunk.voice == "state" and sentence.low[chunk.end - 1] == "of":
        # "two fishermen, 41 days in the hands of the rebels, were freed"
        return True
    if chunk.kind != "W":
        return False
    if chunk.mask & syn.DET:
        before -= 1
        if before < 0 or chunks[before].kind != "W":
            return False
        chunk = chunks[before]
    if chunk.word == "as":
        # "taken as porters"
        return True
    if not chunk.mask & syn.PREP or chunk.mask & (syn.CONJ | syn.INCLUDING):
        return False
    if chunk.word == "of" and before and chunks[before - 1].word in word_sets().bodies_of:
        # "a crew of four was killed"
        return False
    return not (before == 0 and chunk.word in ("with", "at", "of", "up", "over", "to"))


def _is_apposition(sentence: Sentence, at: int) -> bool:
    """``three soldiers, members of X, were killed``: people without a number after people."""
    chunks = sentence.chunks
    if at < 2 or chunks[at - 1].word != ",":
        return False
    noun = chunks[at].noun
    return chunks[at - 2].kind == "Q" and noun is not None and noun.plural


# -- the list around the subject ------------------------------------------------------------------


def _subject_list(sentence: Sentence, member: Member, index: int) -> list[int]:
    """Who is claimed when the verb at `index` claims `member`."""
    members = sentence.members.values()
    if member.parent is not None:
        own = member.how == "partitive" or _of_whom(sentence, member)
        if own and not any(c.word == "," for c in sentence.chunks[member.index + 1 : index]):
            return [
                m.index
                for m in members
                if m.parent is member.parent
                and m.how == member.how
                and m.index <= member.index
                and (
                    m is member or (m.index >= member.index - 4 and m.index not in sentence.claims)
                )
            ]
        if member.how in ("colon", "dash", "bracket"):
            return [member.index]
    part = member
    while member.parent is not None:
        member = member.parent
    mains = [
        m.index
        for m in members
        if m.group == member.group
        and m.parent is None
        and m.index <= member.index
        and m.chunk.countable
    ]
    if not mains:
        # "three houses, including two soldiers, were hit": the whole is no people
        return [part.index]
    verb = _governor(sentence, min(mains))
    if verb >= 0:
        # a participle after the object of another verb only describes it
        describes = sentence.chunks[index].voice == "reduced" and sentence.outcome(verb)[0]
        return [] if describes and len(mains) == 1 else [member.index]
    bare = member.chunk.noun is None and not member.chunk.lemma and not member.chunk.partitive
    if (
        bare
        and len(mains) > 1
        and sentence.chunks[index].voice == "reduced"
        and sentence.chunks[member.index - 1].word == ","
        and sentence.members[mains[-2]].chunk.noun is not None
    ):
        # "5 victims, 2 still held": items of a tally, each with its own outcome
        return [member.index]
    result = []
    for position in reversed(mains):
        claim = sentence.claims.get(position)
        if claim is not None and claim.trigger < 0 and position != member.index:
            break
        if position != member.index and _is_object_of_preposition(sentence, position):
            # "according to two officers, nine were killed"
            break
        result.append(position)
    return result


def _governor(sentence: Sentence, first: int) -> int:
    """Position of the trigger that a list is the object of already, or -1.

    Args:
        sentence: where it stands.
        first: position of the first group of the list.
    """
    if not first:
        return -1
    chunks = sentence.chunks
    before = chunks[first - 1]
    if before.kind == "T" and before.voice in ("active", "gerund", "of"):
        return first - 1
    if first > 1 and before.word == "of" and chunks[first - 2].kind == "T":
        return first - 2
    return -1


def _of_whom(sentence: Sentence, member: Member) -> bool:
    at = sentence.before(member.index)
    if at < 0:
        return False
    chunk = sentence.chunks[at]
    return chunk.word in ("of", "among", "including") and sentence.low[chunk.end - 1] == "whom"
