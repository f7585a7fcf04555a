"""Cut a sentence into chunks: counted noun groups, people, triggers, connecting words.

A cascade in the manner of FASTUS (Hobbs et al. 1997): each later step reads chunks, not words.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from tollbook.grammar.roles import (
    AGE_WORDS,
    DET,
    DIRECT,
    ENDS,
    IDLE,
    OPENS,
    PLAIN,
    SIGN,
    STOP_SIGNS,
    THING,
    adjectival,
    roles_of,
)
from tollbook.rules import syntax as syn
from tollbook.rules.nouns import Noun
from tollbook.rules.syntax import syntax
from tollbook.rules.triggers import Form
from tollbook.rules.word_lists import WordLists, word_lists

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tollbook.words import Words

Record = dict[str, Any]

_PREMODIFIERS: Final = 7
_FARTHEST: Final = _PREMODIFIERS + 6
_PERSON_KINDS: Final = frozenset(("person", "casualty"))
_ARTICLES: Final = frozenset(("the", "a", "an"))


class Chunk:
    """A stretch of words with one part to play.

    Attributes:
        kind: ``Q`` number with its noun group; ``N`` people without a number; ``A`` actor;
            ``T`` trigger; ``W`` any other word, told apart by its `mask`; ``.`` punctuation.
        start, end: tokens.
        mask: classes of a word (`tollbook.rules.syntax`).
        word: the word itself, in lower case, for words and punctuation.
        number: record of the number, of a ``Q``.
        noun: head noun, None when the lexicon does not know it or there is none.
        noun_start, noun_end: tokens of the head noun.
        lemma: the head noun in the singular.
        modifiers: person nouns and demonyms before the head (``civilian truffle pickers``).
        attributes: measures of participles before the head (``three wounded men``).
        actors: indices into the actors of the Doc that stand inside the noun group.
        heads: further head nouns joined to it (``boys and girls``).
        det: ``the``, ``poss``, ``a`` or empty.
        partitive: ``them``, ``whom`` ... in ``two of them``; ``np`` in ``23 of the dead``.
        age: age in years where it is stated.
        forms: the forms of a trigger.
        voice: ``passive``, ``active``, ``gerund``, ``reduced``, ``infinitive``, ``state``, ``of``.
        blocked: reason why nothing is counted here (negated, planned ...).
        later: True for ``later died``.
        capital: True for a word without a class that begins with a capital: a name.
        settled: measure and rule where a completion stands right behind a trigger.
    """

    # most chunks are single words: what only a noun group or a trigger has stands here, and is
    # set where it differs
    number: Record | None = None
    noun: Noun | None = None
    noun_start = 0
    noun_end = 0
    lemma = ""
    det = ""
    partitive = ""
    age: int | None = None
    voice = ""
    blocked = ""
    later = False
    capital = False
    settled: tuple[str, str] | None = None
    forms: Sequence[Form] = ()
    actors: Sequence[int] = ()
    modifiers: Sequence[tuple[str, Any]] = ()
    attributes: Sequence[str] = ()
    heads: Sequence[Noun] = ()

    def __init__(self, kind: str, start: int, end: int, word: str = "", mask: int = 0) -> None:
        self.kind, self.start, self.end, self.word, self.mask = kind, start, end, word, mask
        if kind == "Q" or kind == "N":
            self.noun_start = self.noun_end = start

    def __repr__(self) -> str:
        return f"{self.kind}[{self.start}:{self.end} {self.word or self.lemma} {self.voice}]"

    @property
    def countable(self) -> bool:
        """True when the noun group can stand for people."""
        return self.noun is None or self.noun.kind in _PERSON_KINDS


class Chunker:
    """Cuts segments of one Doc into chunks.

    Args:
        words: words of the Doc.
        numbers, actors, regions: records of the stages before, in text order.
        lexicon: counted nouns.
    """

    def __init__(
        self,
        words: Words,
        numbers: list[Record],
        actors: list[Record],
        regions: list[Record],
        lists: WordLists | None = None,
        rejected: frozenset[int] = frozenset(),
    ) -> None:
        self.words = words
        self.low, self.raw = words.low, words.raw
        self.numbers = numbers
        self.number_at = {record["start"]: index for index, record in enumerate(numbers)}
        self.actors = actors
        self.actor_at = {record["start"]: index for index, record in enumerate(actors)}
        self.region_at = {record["start"]: record for record in regions}
        lists = lists or word_lists()
        self.nouns, self.triggers = lists.nouns, lists.triggers
        self.syntax = syntax()
        known = self.syntax.words
        self.masks = [known.get(word, 0) for word in words.low]
        self.phrases: dict[int, tuple[int, int]] = {}
        self._found: dict[int, tuple[int, Noun] | None] = {}
        self._triggers: dict[int, list[Form]] = {}
        self._roles = roles = list(map(roles_of(lists).__getitem__, words.low))
        for index in [at for at, role in enumerate(roles) if role & OPENS]:
            phrase = self.syntax.at(words.low, index)
            if phrase[0] > 1:
                self.phrases[index] = phrase
                roles[index] = 0
            forms = self.triggers.all_at(words.low, index)
            if forms:
                self._triggers[index] = forms
                roles[index] = 0
        for starts in (self.number_at, self.actor_at, self.region_at):
            for index in starts:
                roles[index] = 0

    def _class(self, index: int) -> tuple[int, int]:
        """Size and classes of the function word at a token."""
        known = self.phrases.get(index)
        return known if known is not None else (1, self.masks[index])

    def _noun(self, index: int) -> tuple[int, Noun] | None:
        """Size and noun at a token; looked up once."""
        if index in self._found:
            return self._found[index]
        found = self._found[index] = self.nouns.at(self.low, index)
        return found

    def triggered(self, start: int, end: int) -> bool:
        """Whether a trigger begins between two tokens."""
        return any(index in self._triggers for index in range(start, end))

    def _forms(self, index: int) -> list[Form]:
        """The trigger forms at a token."""
        return self._triggers.get(index, _NO_FORMS)

    def cut(self, start: int, end: int) -> list[Chunk]:
        """The chunks of the tokens from `start` to `end` (exclusive)."""
        low, roles = self.low, self._roles
        found: list[Chunk] = []
        index = start
        while index < end:
            word = low[index]
            role = roles[index]
            if role & SIGN:
                found.append(Chunk(".", index, index + 1, word))
                index += 1
                continue
            stop = index + 1 if role & DIRECT else self._idle(index, end) if role & IDLE else 0
            if stop:
                found += map(self._word, range(index, stop))
                index = stop
                continue
            if not word or word.isspace():
                index += 1
                continue
            number = self.number_at.get(index)
            if number is not None and found and self._of_parent(found, index):
                # "a mother of four"
                end_of = self.numbers[number]["end"]
                found.append(Chunk("W", index, end_of, word))
                index = end_of
                continue
            if number is not None:
                chunk = self._counted(self.numbers[number], end)
                found.append(chunk)
                index = chunk.end
                continue
            chunk = self._other(index, end, found)
            found.append(chunk)
            index = chunk.end
        return found

    def _word(self, index: int) -> Chunk:
        """A word that is nothing more."""
        mask = self.masks[index]
        chunk = Chunk("W", index, index + 1, self.low[index], mask)
        if not mask & ~_SCENE and self.raw[index][0].isupper():
            chunk.capital = True
        return chunk

    def _idle(self, index: int, end: int) -> int:
        """End of the words from `index` on in which no people are named; 0 where they may be."""
        roles = self._roles
        first = stop = index + 1 if roles[index] & DET else index
        sure = end
        while stop < end:
            role = roles[stop]
            if role & PLAIN:
                stop += 1
            elif role & THING:
                noun = self._noun(stop)
                if noun is None or noun[1].kind == "person":
                    return 0
                if noun[0] > 1:
                    # its further words may be people where the group begins at them
                    sure = min(sure, stop + 1)
                stop += noun[0]
            else:
                break
        if stop < end and stop not in self.number_at and not self._ends(stop):
            stop = stop - _FARTHEST + 1 if stop - first >= _FARTHEST else 0
        return min(stop, sure)

    def _ends(self, index: int) -> bool:
        """Whether a noun group is over at a word, whatever it holds."""
        return bool(self._roles[index] & ENDS) and self.low[index + 1 : index + 2] != ["-"]

    def _of_parent(self, found: list[Chunk], index: int) -> bool:
        if len(found) < 2 or found[-1].word != "of" or found[-1].end != index:
            return False
        noun = found[-2].noun
        return noun is not None and noun.noun in (
            "mother",
            "father",
            "parent",
            "grandmother",
            "grandfather",
        )

    def _other(self, index: int, end: int, found: list[Chunk]) -> Chunk:
        low = self.low
        word = low[index]
        if word[0].isdigit() or word in AGE_WORDS:
            age = self._age(index, end)
            if age is not None and self._is_people(age[1], end):
                people = self._people(index, end, found)
                if people is not None:
                    return people
        actor = self.actor_at.get(index)
        region = self.region_at.get(index)
        size, mask = self._class(index)
        if word == "to":
            size, mask = 1, self.syntax.words.get(word, 0)
        if word == "may" and self.raw[index] == "May" and found:
            mask = syn.DAY
        if mask & (syn.INCLUDING | syn.AMONG) and index + size <= end:
            return Chunk("W", index, index + size, word, mask)
        forms = self._forms(index) if region is None else []
        if forms and (actor is None or len(forms[0].words) > 1):
            trigger = self._trigger(index, end, forms, found)
            if trigger is not None:
                return trigger
        if (actor is None and region is None and word.isalpha()) or "-" in word:
            people = self._people(index, end, found)
            if people is not None:
                return people
        if actor is not None:
            record = self.actors[actor]
            people = self._people(index, end, found)
            if people is not None:
                return people
            chunk = Chunk("A", index, max(record["end"], index + 1), word)
            chunk.actors = (actor,)
            return chunk
        if region is not None:
            return Chunk("W", index, max(region["end"], index + 1), word)
        if word in STOP_SIGNS:
            return Chunk(".", index, index + 1, word)
        if word in ("-", "--") and self.words.space[index - 1] and self.words.space[index]:
            return Chunk(".", index, index + 1, "–")
        chunk = Chunk("W", index, min(index + size, end), word, mask)
        chunk.capital = not mask & ~_SCENE and self.raw[index][:1].isupper()
        return chunk

    # -- noun groups ------------------------------------------------------------------------

    def _counted(self, number: Record, end: int) -> Chunk:
        low = self.low
        chunk = Chunk("Q", number["start"], number["end"])
        chunk.number = number
        before = number["start"] - 1
        if before >= 0 and self.syntax.words.get(low[before], 0) & syn.POSS:
            chunk.det = "poss"
        elif low[number["start"]] == "the" or (before >= 0 and low[before] == "the"):
            chunk.det = "the"
        elif low[number["start"]] in ("a", "an"):
            chunk.det = "a"
        index = self._skip_quotes(number["end"], end)
        while (
            index < end
            and low[index]
            in (
                "more",
                "other",
                "others",
                "additional",
                "further",
                "x",
                "new",
                "such",
            )
            and low[index] != "others"
            and not (low[index] == "new" and self._noun(index) is not None)
        ):
            index = self._skip_quotes(index + 1, end)
            chunk.end = index
        if index < end and low[index] == ")" and low[number["start"] - 1] == "(":
            # "(17) wounded": the noun stands after the bracket
            if index + 1 < end and low[index + 1] not in STOP_SIGNS:
                index += 1
        if index < end and low[index] == "of":
            after = self._skip_quotes(index + 1, end)
            if after < end:
                word = low[after]
                if word in ("them", "whom", "these", "those", "which", "us"):
                    chunk.partitive = word
                    chunk.end = after + 1
                    # "five of them women", "one of them a Syrian child"
                    if word in ("these", "those") and self._noun(after + 1) is not None:
                        # "three of these attacks"
                        chunk.partitive = "np"
                        self._group(chunk, after + 1, end)
                        return chunk
                    after += 1
                    if after + 1 < end and low[after] in ("a", "an", "the"):
                        after += 1
                    if after < end and (
                        not self.syntax.words.get(low[after], 0) & syn.CLOSED
                        or low[after + 1 : after + 2] == ["-"]  # "two of them off-duty soldiers"
                    ):
                        self._group(chunk, after, end)
                        if chunk.noun is not None and chunk.noun.kind != "person":
                            chunk.noun, chunk.lemma = None, ""
                            chunk.end = after
                    return chunk
                if low[index - 1] in (
                    "dozens",
                    "scores",
                    "hundreds",
                    "thousands",
                    "tens",
                    "number",
                    "couple",
                    "pair",
                    "handful",
                    "dozen",
                    "all",
                    "lots",
                    "half",
                ):
                    if word in ("the", "his", "her", "their", "its"):
                        chunk.partitive = "np"
                        after += 1
                    self._group(chunk, after, end)
                    return chunk
                if after in self.number_at:
                    # "three of the nine workers who had been taken"
                    chunk.partitive = "np"
                    whole = Chunk("N", after, after)
                    self._group(whole, self.numbers[self.number_at[after]]["end"], end)
                    chunk.noun, chunk.lemma = whole.noun, whole.lemma
                    chunk.modifiers, chunk.actors = whole.modifiers, whole.actors
                    return chunk
                if (
                    word in ("the", "his", "her", "their", "its", "our")
                    or self.actor_at.get(after) is not None
                    or low[after] in ("his",)
                ):
                    chunk.partitive = "np"
                    start = (
                        after + 1 if word in ("the", "his", "her", "their", "its", "our") else after
                    )
                    if after + 1 < end and (start in self.number_at or after in self.number_at):
                        # "three of the nine workers": two figures
                        return chunk
                    self._group(chunk, start, end)
                    return chunk
            return chunk
        if (
            index + 1 < end
            and low[number["end"] - 1] == "both"
            and (self.syntax.words.get(low[index], 0) & syn.POSS)
        ):
            # "both her daughters"
            chunk.partitive = "np"
            index += 1
        if index + 1 < end and low[index][0] in _CALIBRES:
            # "fourteen 9mm casings", "two .303 rifles"
            if low[index][0] == "." or low[index + 1] in ("mm", "calibre", "caliber", "gauge"):
                index += 1 if low[index][0] == "." else 2
                chunk.end = index
        if number["best"] == 1 and index + 1 < end and low[index] in ("a", "an"):
            # "one a carpenter"
            chunk.partitive = "them"
            index += 1
        self._group(chunk, index, end)
        if chunk.noun is not None and chunk.end + 1 < end and low[chunk.end] == "of":
            # "30 heads of sheep", "54 cases of summary executions"
            after = chunk.end + 1
            hit = self._noun(after) or (self._noun(after + 1) if after + 1 < end else None)
            if (
                number["high"] == 0
                and chunk.noun.noun == "report"
                and (hit is not None and hit[1].kind == "casualty")
            ):
                # "no reports of casualties"
                chunk.noun, chunk.lemma = hit[1], hit[1].noun
            elif chunk.noun.noun in ("case", "instance", "act", "incident", "episode") and (
                hit is not None and hit[1].kind in ("event", "casualty")
            ):
                chunk.noun = replace(hit[1], kind="event", measure="incidents")
            elif (
                hit is not None
                and hit[1].kind in ("animal", "thing")
                and chunk.noun.kind != "event"
                and (chunk.noun.kind != "person" or chunk.noun.noun == "head")
            ):
                # but "two guards of the school"
                chunk.noun, chunk.lemma = hit[1], hit[1].noun
        return chunk

    def _skip_quotes(self, index: int, end: int) -> int:
        while index < end and (not self.low[index] or self.low[index].isspace()):
            index += 1
        return index

    def _age(self, index: int, end: int) -> tuple[int, int] | None:
        """(age, token after it) for ``12-year-old``, ``71 y.o.``."""
        low = self.low
        word = low[index]
        if not word[:1].isdigit():
            years = AGE_WORDS.get(word, -1)
            if years < 0:
                return None
        elif word.isdigit():
            years = int(word)
        else:
            head, _, tail = word.partition("-")
            if head.isdigit() and tail in ("year-old", "years-old", "yr-old", "year-olds"):
                return int(head), index + 1
            return None
        after = index + 1
        rest = list(low[after : after + 4])
        if rest[:1] == ["-"]:
            rest = rest[1:]
            after += 1
        if rest[:3] in (["year", "-", "old"], ["years", "-", "old"], ["month", "-", "old"]):
            return years, after + 3
        if rest[:2] in (["year", "old"], ["years", "old"], ["yr", "old"], ["months", "old"]):
            return years, after + 2
        if rest[:1] and rest[0] in ("y.o", "y.o.", "year-old", "years-old", "yo", "yr-old", "y/o"):
            return years, after + (2 if rest[:2] == ["y.o", "."] else 1)
        return None

    def _is_people(self, index: int, end: int) -> bool:
        probe = Chunk("N", index, index)
        self._group(probe, index, end)
        return probe.noun is not None and probe.noun.kind == "person"

    def _group(self, chunk: Chunk, index: int, end: int, *, joined: bool = True) -> None:
        """Read premodifiers and head noun from `index`; sets the end of the chunk."""
        low, raw, roles = self.low, self.raw, self._roles
        last_end = chunk.end
        limit = min(end, index + _FARTHEST)
        unknown: list[int] = []
        steps = 0
        while index < limit and steps < _PREMODIFIERS:
            word = low[index]
            if not word:
                index += 1
                continue
            if roles[index] & PLAIN:
                if chunk.noun is not None and adjectival(word) and low[index - 1] != "-":
                    break
                unknown.append(index)
                index += 1
                steps += 1
                continue
            if roles[index] & ENDS and self._ends(index):
                break
            if index in self.number_at and index != chunk.start:
                break
            age = self._age(index, end) if word[0].isdigit() or word in AGE_WORDS else None
            if age is not None:
                chunk.age, index = age
                chunk.lemma = ""
                continue
            actor = self.actor_at.get(index)
            if actor is not None and self._role(actor, index):
                actor = None
            if actor is not None:
                if _events(chunk):
                    break
                record = self.actors[actor]
                chunk.actors = [*chunk.actors, actor]
                index = max(record["end"], index + 1)
                last_end = index
                unknown.clear()
                if index - record["start"] == 2 and record["kind"] == "perpetrator-noun":
                    # "police officers", "prison guards"
                    tail = self.nouns.get(f"{low[index - 2]} {low[index - 1]}")
                else:
                    tail = None
                tail = tail or self.nouns.get(low[index - 1])
                if tail is not None and tail.kind == "person":
                    self._head(chunk, tail, index - 1, index)
                steps += 1
                continue
            size, mask = self._class(index)
            if size > 1 and mask & syn.ADV and chunk.noun is None:
                # "710 in total"
                index += size
                continue
            if (
                mask & syn.CLOSED
                and low[index + 1 : index + 2] == ["-"]
                and (not self.words.space[index])
            ):
                # "three off-duty policemen"
                index += 2
                continue
            if mask & (syn.CLOSED | syn.DAY) and not (mask & syn.ADV and chunk.noun is None):
                break
            if word in STOP_SIGNS or word.isspace():
                break
            if word == "-":
                if self.words.space[index - 1] or self.words.space[index]:
                    break
                index += 1
                continue
            hit = self._noun(index)
            forms = self._forms(index)
            if hit is not None and forms and hit[1].kind == "casualty":
                # an adjective or participle of outcome ends the group it follows
                if (
                    chunk.noun is not None
                    and any(_is_predicate(f) for f in forms)
                    and not (self._names_cause(chunk) and hit[1].kind == "casualty")
                ):
                    break
            if forms and index + len(forms[0].words) in self.number_at:
                # "the junta displaced 20 families"
                break
            if (
                hit is not None
                and chunk.noun is not None
                and chunk.noun.plural
                and (not hit[1].plural and hit[1].kind not in ("casualty", "event"))
                and not (chunk.det == "a" and chunk.kind == "Q")  # "a police conscript"
            ):
                # "three officers hostage", "three soldiers end up"
                break
            if forms and unknown and chunk.kind == "Q" and chunk.noun is None:
                last = low[unknown[-1]]
                if last.endswith("s") and self.nouns.lemma(last) != last:
                    # "the two sides swapped prisoners": a plural that no list knows, and its verb
                    chunk.lemma = self.nouns.lemma(last)
                    break
            if forms and chunk.noun is not None and chunk.noun.plural and chunk.kind == "Q":
                if chunk.noun.kind == "other" and hit is None:
                    # "the two sides swapped prisoners"
                    break
            if forms and (hit is None or hit[1].kind == "casualty"):
                measure = self._attribute(forms, index, end)
                if measure is None and hit is None:
                    break
                if measure is not None:
                    chunk.attributes = [*chunk.attributes, measure]
                    index += len(forms[0].words)
                    steps += 1
                    continue
            if hit is not None and chunk.noun is not None and chunk.noun.kind == "person":
                if mask & (syn.VERB | syn.ADV) and hit[1].kind == "casualty":
                    # "a Cuban doctor remains behind bars"
                    break
            if (
                hit is not None
                and forms
                and self._predicates(chunk, hit[1], forms, index + hit[0], end)
            ):
                # "two Palestinians shot by settlers", "people displaced by fighting"
                break
            if hit is not None:
                size, noun = hit
                if (
                    chunk.noun is not None
                    and noun.kind not in _PERSON_KINDS
                    and noun.kind not in ("event",)
                    and (forms or mask & (syn.VERB | syn.RISE | syn.SPEECH))
                ):
                    break
                if noun.kind == "person" and _events(chunk):
                    break
                self._head(chunk, noun, index, index + size)
                index += size
                last_end = index
                unknown.clear()
                steps += 1
                continue
            demonym = self.nouns.demonym_at(low, index, raw)
            if demonym is not None:
                size, entry = demonym
                chunk.modifiers = [*chunk.modifiers, ("demonym", entry)]
                index += size
                last_end = index
                unknown.clear()
                if entry.person:
                    chunk.noun_start, chunk.noun_end = index - size, index
                steps += 1
                continue
            region = self.region_at.get(index)
            if region is not None:
                index = max(region["end"], index + 1)
                steps += 1
                continue
            if mask & (syn.VERB | syn.SPEECH | syn.RISE) and (
                chunk.noun is not None or not adjectival(word)
            ):
                break
            if mask & syn.ADV and chunk.noun is not None:
                break
            if not word[0].isalpha():
                break
            if chunk.noun is not None and adjectival(word) and low[index - 1] != "-":
                # "three bodies bearing wounds"
                break
            unknown.append(index)
            index += 1
            steps += 1
        if chunk.noun is None and not chunk.actors and unknown:
            # a noun that no list knows: the last word of the group, if a plural or a name
            at = unknown[-1]
            word = low[at]
            singular = self.nouns.lemma(word)
            guessed = self.nouns.guess(word)
            if guessed is not None:
                self._head(chunk, guessed, at, at + 1)
                last_end = at + 1
            elif (singular != word or raw[at][:1].isupper()) and not word.endswith(
                ("ly", "ing", "ed")
            ):
                chunk.lemma = singular
                chunk.noun_start, chunk.noun_end = at, at + 1
                last_end = at + 1
        chunk.end = max(chunk.end, last_end)
        if joined and chunk.noun is not None and chunk.noun.kind == "person":
            self._join(chunk, end)

    def _role(self, actor: int, index: int) -> bool:
        """``gang leaders``: a noun that goes on past the mention of bare armed people."""
        record = self.actors[actor]
        hit = self._noun(index) if record["kind"] == "perpetrator-noun" else None
        return hit is not None and hit[1].kind == "person" and index + hit[0] > record["end"]

    def _predicates(
        self, chunk: Chunk, noun: Noun, forms: list[Form], after: int, end: int
    ) -> bool:
        """Whether a participle after people tells their fate, though it can be a noun too."""
        named = chunk.noun is not None and chunk.noun.kind == "person"
        if not named and noun.kind == "other" and chunk.number is not None:
            # "five hit, two of them dead": several of a singular noun are none
            named = not chunk.modifiers and not noun.plural and chunk.number["best"] != 1
        if not named and not any(kind == "demonym" for kind, _ in chunk.modifiers):
            return False
        if not any("participle" in form.forms for form in forms):
            return False
        word = self.low[after] if after < end else ""
        return not word or word in STOP_SIGNS or bool(self.masks[after] & syn.CLOSED)

    @staticmethod
    def _names_cause(chunk: Chunk) -> bool:
        """``31 gunshot wounded``: after several, a singular thing is no head."""
        noun, number = chunk.noun, chunk.number
        return (
            noun is not None
            and noun.kind in ("other", "thing", "event")
            and not noun.plural
            and number is not None
            and number["best"] != 1
        )

    def _head(self, chunk: Chunk, noun: Noun, start: int, end: int) -> None:
        if chunk.noun is not None:
            chunk.modifiers = [*chunk.modifiers, ("noun", chunk.noun)]
        chunk.noun, chunk.noun_start, chunk.noun_end = noun, start, end
        chunk.lemma = noun.noun

    def _join(self, chunk: Chunk, end: int) -> None:
        """``boys and girls``: a further plural noun without a number of its own."""
        low = self.low
        index = chunk.end
        for _ in range(3):
            if index >= end or low[index] not in ("and", "or", "&", "/", "and/or"):
                return
            after = self._skip_quotes(index + 1, end)
            if after >= end or after in self.number_at:
                return
            probe = Chunk("N", after, after)
            self._group(probe, after, end, joined=False)
            if probe.noun is None or probe.noun.kind != "person" or not probe.noun.plural:
                return
            if chunk.noun is None or not (chunk.noun.plural or chunk.number):
                return
            chunk.heads = [*chunk.heads, probe.noun]
            chunk.actors = [*chunk.actors, *probe.actors]
            chunk.end = index = probe.end

    def _attribute(self, forms: list[Form], index: int, end: int) -> str | None:
        """Measure of a participle before its noun (``three wounded men``), None if it is none."""
        low = self.low
        after = self._skip_quotes(index + len(forms[0].words), end)
        if after >= end or not any(f.forms & _PREDICATIVE for f in forms):
            return None
        if low[after] in STOP_SIGNS or self.syntax.words.get(low[after], 0) & (
            syn.CLOSED | syn.DAY
        ):
            return None
        if after in self.number_at:
            return None
        probe = Chunk("N", after, after)
        self._group(probe, after, end, joined=False)
        if probe.noun is not None and probe.noun.kind in _PERSON_KINDS:
            for form in forms:
                if form.trigger.measure:
                    return form.trigger.measure
            return ""
        return None

    def _people(self, index: int, end: int, found: list[Chunk]) -> Chunk | None:
        """People without a number: ``the driver``, ``regime soldier``, ``militants``."""
        _size, mask = self._class(index)
        start = index
        if mask & (syn.DET | syn.POSS):
            det = "poss" if mask & syn.POSS else "the"
            index = self._skip_quotes(index + 1, end)
            if index >= end or index in self.number_at:
                return None
        elif mask & (syn.CLOSED | syn.DAY) or mask & (syn.VERB | syn.SPEECH | syn.RISE):
            return None
        else:
            det = ""
        probe = Chunk("N", index, index)
        self._group(probe, index, end)
        if probe.end <= index:
            return None
        if probe.noun is None:
            if not (
                probe.modifiers
                and probe.modifiers[-1][0] == "demonym"
                and probe.modifiers[-1][1].person
                and probe.noun_end == probe.end
            ):
                return None
        elif probe.noun.kind != "person" or probe.noun.noun == "more":
            return None
        elif probe.noun.role == "pronoun" and probe.end in self.number_at:
            # "the remaining seven"
            return None
        probe.start = start
        probe.det = det
        return probe

    # -- triggers -----------------------------------------------------------------------------

    def _trigger(self, index: int, end: int, forms: list[Form], found: list[Chunk]) -> Chunk | None:
        low = self.low
        size = len(forms[0].words)
        if index + size > end:
            return None
        after = self._skip_quotes(index + size, end)
        usable: list[Form] = []
        for form in forms:
            kind = form.trigger.frame
            if kind == "of":
                if (after < end and low[after] == "of") or (
                    low[index] in ("injury", "injuries") and after < end and low[after] == "to"
                ):
                    usable.append(form)
            elif form.forms <= {"base"} or (form.forms & {"base"} and not form.forms & {"past"}):
                perfect = "participle" in form.forms and any(c.mask & syn.HAVE for c in found[-3:])
                if perfect or self._base_is_verb(index, size, end, found):
                    usable.append(form)
            elif form.forms == {"present"}:
                if (
                    after in self.number_at
                    or self._object_follows(after, end)
                    or self._name_follows(after, end)
                    or form.trigger.frame == "subject"
                ):
                    usable.append(form)
            else:
                usable.append(form)
        if not usable:
            return None
        if found and not any(form.trigger.frame == "of" for form in usable):
            previous = found[-1]
            if (
                previous.kind == "W"
                and (previous.mask & (syn.DET | syn.POSS) or previous.word == "own")
                and not previous.mask & syn.REL
                and previous.end == index
            ):
                return None
        chunk = Chunk("T", index, index + size, low[index])
        chunk.forms = usable
        completed = completion(usable, low, index + size)
        if completed is None and any(form.trigger.needs for form in usable):
            # "fell last night in clashes", "was taken on Sunday to hospital"
            later = index + size
            while later < end and (self._when(later) or low[later] == "on"):
                later += 1
            if later > index + size:
                completed = completion(usable, low, later)
                if completed is not None:
                    completed = (completed[0] + later - index - size, *completed[1:])
        if completed is not None:
            words, measure, rule = completed
            chunk.end += words
            chunk.settled = (measure, rule)
        return chunk

    def _name_follows(self, after: int, end: int) -> bool:
        """Whether a name stands behind a verb: ``arrests Juan Mata``."""
        if after >= end or not self.raw[after][:1].isupper() or not self.low[after].isalpha():
            return False
        return (
            not self.masks[after] and after not in self.region_at and not self.raw[after].isupper()
        )

    def _when(self, index: int) -> bool:
        """Whether a token, or the phrase at it, tells only when."""
        mask = self._class(index)[1]
        return bool(mask & syn.DAY) or self.low[index] in (
            "last",
            "night",
            "week",
            "yesterday",
            "late",
            "early",
            "today",
        )

    def _base_is_verb(self, index: int, size: int, end: int, found: list[Chunk]) -> bool:
        previous = found[-1] if found else None
        if (
            previous is not None
            and previous.kind == "W"
            and (
                self.low[previous.end - 1] == "to" or previous.mask & (syn.MODAL | syn.DO | syn.NEG)
            )
        ):
            return True
        after = self._skip_quotes(index + size, end)
        people = previous is not None and previous.kind in "QNA"
        if after in self.number_at or self._object_follows(after, end):
            if previous is not None and previous.mask & syn.CONJ:
                # "able to kill six and capture one"
                return any(
                    c.kind == "T" and any(f.forms & {"base"} for f in c.forms) for c in found
                )
            return (
                people or previous is None or previous.kind != "W" or not previous.mask & syn.CLOSED
            )
        return people and previous is not None and previous.kind in "QN"

    def _object_follows(self, after: int, end: int) -> bool:
        if after >= end:
            return False
        if self.low[after] in STOP_SIGNS:
            return False
        probe = Chunk("N", after, after)
        mask = self.syntax.words.get(self.low[after], 0)
        if mask & (syn.DET | syn.POSS):
            after += 1
        elif mask & syn.CLOSED:
            return False
        if after >= end:
            return False
        self._group(probe, after, end, joined=False)
        return probe.noun is not None and probe.noun.kind in _PERSON_KINDS


_SCENE: Final = syn.ATTACK | syn.CLASH | syn.UNCLAIMED
_CALIBRES: Final = frozenset(".0123456789")
_NO_FORMS: Final[list[Form]] = []
_PREDICATIVE: Final = frozenset(("participle", "fixed"))


def completion(forms: Sequence[Form], low: list[str], end: int) -> tuple[int, str, str] | None:
    """Words, measure and rule where the text at token `end` completes one of the forms."""
    found: tuple[int, str, str] | None = None
    if end >= len(low):
        return None
    first = low[end]
    for form in forms:
        if first not in form.trigger.opens:
            continue
        for words, measure in form.trigger.complete:
            size = _matches(words, low, end)
            if size and (found is None or size > found[0]):
                found = (size, measure, form.trigger.id)
    return found


def _matches(words: tuple[str, ...], low: list[str], start: int) -> int:
    """Number of tokens that match; ``*`` stands for up to four words."""
    if "*" not in words:
        size = len(words)
        return size if tuple(low[start : start + size]) == words else 0
    gap = words.index("*")
    head, tail = words[:gap], words[gap + 1 :]
    if tuple(low[start : start + gap]) != head:
        return 0
    for skipped in range(5):
        at = start + gap + skipped
        if tuple(low[at : at + len(tail)]) == tail:
            return gap + skipped + len(tail)
        if at >= len(low) or not (low[at].isalnum() or low[at] in ("", "-", "'s")):
            return 0
    return 0


def _events(chunk: Chunk) -> bool:
    """Whether a group has its head in several events: ``in two raids troops killed ten``."""
    return chunk.noun is not None and chunk.noun.kind == "event" and chunk.noun.plural


def _is_predicate(form: Form) -> bool:
    return form.trigger.frame == "state" or "participle" in form.forms
