"""Actors: armed groups, forces and states that a text names or describes.

The words are looked up folded in tries of spellings; descriptions (``regime forces``,
``Iranian-backed militiamen``, ``Israeli drone``) are read around the adjectives and owners
that are found; names that no table knows are recognised by their shape. Where the meaning of
a description hangs on the country, the document's country decides, by a vote over its
regions, states and named actors.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Span

from tollbook.pipes.entities import add
from tollbook.rules.actors import (
    ARTICLES,
    BACKING,
    HEAD,
    HYPHENS,
    MEMBER,
    NAMED,
    OWNER,
    PERPETRATOR,
    PREFIX,
    STATE,
    SUN_ARTICLES,
    Actor,
    Entry,
    Lexicon,
    Owner,
    Phrases,
    State,
    classify,
    fold,
    lexicon,
)
from tollbook.words import Words

if TYPE_CHECKING:
    from spacy.tokens import Doc

LABEL = "ACTOR"
GROUP = "actors"

_QUOTES = frozenset("“”\"‘’„«»`'")
_CONNECTORS = frozenset(("of", "de", "del", "da", "do", "du", "des", "dos", "la", "las", "los", "le",
                         "for", "e", "y", "bin", "ibn", "al", "el", "wal", "ul"))  # fmt: skip
_GENERIC = frozenset(("gang", "gangs", "group", "militia", "militias", "militiamen", "troops", "fighters",
                      "rebels", "militants", "gunmen", "guerrillas", "cells"))  # fmt: skip
_UNLIKE = frozenset(("internal", "private", "kurdish", "kurdistan", "regional", "palestinian", "social",
                     "food", "national", "homeland", "border", "state", "un", "hamas", "human"))  # fmt: skip
_MARKED = ("state", "perpetrator-noun")

Record = dict[str, Any]


def find(
    words: Words,
    country: str = "",
    *,
    regions: Iterable[dict[str, Any]] = (),
    lex: Lexicon | None = None,
) -> list[Record]:
    """Find the actors of a text.

    Args:
        words: the tokens of the document.
        country: ISO 3166-1 alpha-2 code of the document's country; empty to vote.
        regions: dicts of places with ``start``, ``end`` and ``country``; they vote for the
            country, and a place is no name of an unknown group.
        lex: the tables; ours when None.

    Returns:
        Dicts in the order of the text, none overlapping another: ``start``, ``end`` (tokens),
        ``char_start``, ``char_end``, ``id``, ``name`` (as written, in full), ``text``, ``kind``,
        ``type``, ``country``, ``backer``, ``guideline``, ``adjective``, ``rule``.

    >>> import spacy
    >>> doc = spacy.blank("en")("Nine members of the Russian-backed “Liwaa Al-Quds” were killed by ISIS cells.")
    >>> [(a["id"], a["name"], a["backer"]) for a in find(Words.of(doc))]
    [('liwa-al-quds', 'Liwaa Al-Quds', 'Russia'), ('isis', 'ISIS', '')]
    """
    return _Finder(words, country, list(regions), lex or lexicon()).run()


class _Finder:
    """One pass over one document."""

    def __init__(
        self, words: Words, country: str, regions: list[dict[str, Any]], lex: Lexicon
    ) -> None:
        self.words, self.lex = words, lex
        self.raw, self.low, self.n = words.raw, words.low, len(words.raw)
        self.regions = regions
        self.country = country
        self.given = country
        self.votes: Counter[str] = Counter()
        self.found: list[Record] = []
        self.taken: dict[int, Record] = {}
        self.backers: dict[int, tuple[str, str]] = {}

    def run(self) -> list[Record]:
        bits = self.lex.bits
        hits: list[tuple[int, int]] = []
        append = hits.append
        get = bits.get
        for index, low in enumerate(self.low):
            if low:
                bit = get(low)
                if bit is None:
                    bit = classify(self.lex, low)
                if bit:
                    append((index, bit))
        if not hits:
            return []
        states = self._states(hits)
        named = self._named(hits)
        self._vote(states, named)
        self._keep_named(named)
        self._owners(hits, states)
        self._backing(hits)
        self._shapes(hits)
        self._perpetrators(hits)
        self._again()
        self._names()
        self.found.sort(key=lambda record: record["start"])
        return self.found

    # ---- phrases -----------------------------------------------------------------------

    def _match(self, phrases: Phrases, index: int) -> list[tuple[int, list[Entry]]]:
        """Every phrase that begins at a token, as (end, entries), longest first."""
        low, n = self.low, self.n
        key = fold(low[index])
        most = phrases.firsts.get(key)
        if not most:
            return []
        entries = phrases.entries
        out = []
        if key in entries:
            out.append((index + 1, entries[key]))
        count, position, opened = 1, index + 1, 0
        while count < most and position < n:
            word = low[position]
            if not word or word in HYPHENS or self._possessive(position):
                position += 1
                continue
            piece = fold(word)
            if not piece:
                if word in ("/", "(", ")") or (word.isspace() and word.count("\n") < 2):
                    opened += (word == "(") - (word == ")")
                    if opened < 0:
                        break
                    position += 1
                    continue
                break
            if piece in ARTICLES or (
                piece in SUN_ARTICLES and position + 1 < n and low[position + 1] in HYPHENS
            ):
                position += 1
                continue
            key += piece
            count += 1
            position += 1
            if key in entries:
                closed = opened and position < n and low[position] == ")"
                if closed or not opened:
                    out.append((position + bool(closed), entries[key]))
        out.reverse()
        return out

    def _possessive(self, index: int) -> bool:
        raw = self.raw[index]
        return len(raw) == 2 and raw[0] in "'’" and raw[1] in "sS"

    def _fits(self, entry: Entry, start: int, end: int) -> bool:
        """True when the letter case of the text is what the spelling asks for."""
        if not entry.case:
            return True
        raw = self.raw[start]
        if entry.case == "capital":
            return raw[0].isupper() or not raw[0].isalpha() or (len(raw) > 2 and raw[1].isupper())
        words = [self.raw[i] for i in range(start, end) if self.raw[i][0].isalnum()]
        if not all(word.isupper() or word.isdigit() or self._lower_plural(word) for word in words):
            return False
        return not (self.low[start] in self.lex.words["word"] and self._in_capitals(start, end))

    @staticmethod
    def _lower_plural(word: str) -> bool:
        return len(word) > 2 and word[-1] == "s" and word[:-1].isupper()

    def _in_capitals(self, start: int, end: int) -> bool:
        """True when the words around are capitals throughout, as in a headline."""
        around = [
            self.raw[i]
            for i in range(max(0, start - 3), min(self.n, end + 3))
            if not start <= i < end and self.raw[i].isalpha()
        ]
        return bool(around) and all(word.isupper() for word in around)

    # ---- states and the country --------------------------------------------------------

    def _states(self, hits: list[tuple[int, int]]) -> list[tuple[int, int, State]]:
        out = []
        last = 0
        for index, bit in hits:
            if not bit & STATE or index < last:
                continue
            for end, entries in self._match(self.lex.states, index):
                entry = next((e for e in entries if self._fits(e, index, end)), None)
                if entry is not None and isinstance(entry.value, State):
                    out.append((index, end, entry.value))
                    last = end
                    break
        return out

    def _vote(
        self,
        states: list[tuple[int, int, State]],
        named: list[tuple[int, int, list[Entry]]],
    ) -> None:
        votes = self.votes
        for region in self.regions:
            if region.get("country"):
                votes[region["country"]] += 2
        for _, _, state in states:
            votes[state.country] += 1 if state.adjective else 2
        for _, _, entries in named:
            value = entries[0].value
            alone = len(entries) == 1 and not entries[0].evidence
            if alone and isinstance(value, Actor) and len(value.country) == 1:
                votes[value.country[0]] += 1
        if self.given:
            votes[self.given] += 1
        elif votes:
            best, most = votes.most_common(1)[0]
            placed = Counter(r["country"] for r in self.regions if r.get("country"))
            if placed:
                # Where it happened outweighs who is named: Israel strikes in Syria.
                best = max(placed, key=lambda code: (placed[code], votes[code]))
            self.country = best if most else ""

    # ---- named actors ------------------------------------------------------------------

    def _named(self, hits: list[tuple[int, int]]) -> list[tuple[int, int, list[Entry]]]:
        out: list[tuple[int, int, list[Entry]]] = []
        last = 0
        for index, bit in hits:
            if not bit & NAMED or index < last:
                continue
            for end, entries in self._match(self.lex.named, index):
                fitting = [e for e in entries if self._fits(e, index, end)]
                if fitting:
                    out.append((index, end, fitting))
                    last = end
                    break
        return out

    def _keep_named(self, named: list[tuple[int, int, list[Entry]]]) -> None:
        for position, (start, end, entries) in enumerate(named):
            entry = self._choose(entries)
            if entry is None or not isinstance(entry.value, Actor):
                continue
            actor = entry.value
            before = self._before(start)
            if before >= 0 and self.low[before] in self.lex.words["against"]:
                continue
            begin = self._article(start)
            previous = begin - 1
            while previous >= 0 and (not self.low[previous] or self.low[previous] in HYPHENS):
                previous -= 1
            if previous >= 0 and self._is_prefix(previous) and previous not in self.taken:
                continue  # "Kataib Hezbollah" in a spelling we lack is not Hezbollah.
            if actor.id in ("isis",) and self._of_follows(start, end):
                continue
            if position + 1 < len(named) and self._tied(end, named[position + 1][0]):
                continue
            self._record(
                begin,
                end,
                actor=actor,
                kind="named",
                rule=f"actor:{actor.id}",
                short=entry.short,
                adjective=self._weapon_follows(end),
            )

    def _choose(self, entries: Sequence[Entry]) -> Entry | None:
        """The actor that a spelling means here, by the countries the document shows."""
        best: Entry | None = None
        score = 0
        for entry in entries:
            actor = entry.value
            if not isinstance(actor, Actor):
                continue
            votes = max((self.votes[code] for code in actor.country), default=0)
            if self.country in actor.country:
                votes += 100
            if entry.evidence and not votes:
                continue
            if best is None or votes > score:
                best, score = entry, votes
        return best

    def _before(self, start: int) -> int:
        """Index of the word before, when only hyphens (or the article) stand between; or -1."""
        index = self._article(start) - 1
        hyphen = False
        while index >= 0 and (not self.low[index] or self.low[index] in HYPHENS):
            hyphen = hyphen or self.low[index] in HYPHENS
            index -= 1
        if index < 0:
            return -1
        return index if hyphen or self.low[index] in ("ex", "anti", "former") else -1

    def _article(self, start: int) -> int:
        """The start, moved over an Arabic article that belongs to the name."""
        low = self.low
        if start >= 2 and low[start - 1] in HYPHENS and low[start - 2] in ("al", "el", "ul"):
            return start - 2
        if start >= 1 and low[start - 1] in ("al", "el") and not self.raw[start].isupper():
            return start - 1
        return start

    def _is_prefix(self, index: int) -> bool:
        bit = self.lex.bits.get(self.low[index], 0)
        return bool(bit & PREFIX) and self.raw[index][0].isupper()

    def _of_follows(self, start: int, end: int) -> bool:
        return (
            end + 1 < self.n
            and end - start > 1
            and self.low[end] == "of"
            and self.raw[end + 1][0].isupper()
        )

    def _tied(self, end: int, following: int) -> bool:
        """True for "Al Qaeda affiliate JNIM": the first only describes the second."""
        if following - end > 5:
            return False
        between = [self.low[i] for i in range(end, following)]
        links = self.lex.words["link"]
        allowed = [
            w
            for w in between
            if w
            and w not in HYPHENS
            and w
            not in (
                "the",
                "al",
                "el",
                "group",
                "militants",
                "rebels",
                "s",
                "group's",
                "militant",
                "jihadist",
                "faction",
                "(",
                ",",
            )
        ]
        return len(allowed) == 1 and fold(allowed[0]) in links and "," not in between[:1]

    def _weapon_follows(self, end: int) -> bool:
        index = end
        while index < self.n and (not self.low[index] or self._possessive(index)):
            index += 1
        return index < self.n and fold(self.low[index]) in self.lex.words["weapon"]

    # ---- owners, states and those behind others ----------------------------------------

    def _owners(self, hits: list[tuple[int, int]], states: list[tuple[int, int, State]]) -> None:
        owners: list[tuple[int, int, State | Owner]] = [*states]
        covered = {i for start, end, _ in states for i in range(start, end)}
        for index, bit in hits:
            if bit & OWNER and index not in covered and index not in self.taken:
                for end, entries in self._match(self.lex.owners, index):
                    value = entries[0].value
                    if isinstance(value, Owner) and self._fits(entries[0], index, end):
                        owners.append((index, end, value))
                        break
        owners.sort(key=lambda item: (item[0], -item[1]))
        starts = {start: (end, value) for start, end, value in owners}
        for start, end, value in owners:
            if start not in self.taken:
                self._owner(start, end, value, starts)

    def _owner(
        self,
        start: int,
        end: int,
        value: State | Owner,
        starts: dict[int, tuple[int, State | Owner]],
    ) -> None:
        behind = self._behind(start, end)
        if behind < 0 and isinstance(value, State) and self._militia_of(end, value):
            behind = end
        if behind >= 0:
            if isinstance(value, State):
                self._supporter(start, behind, value.name, "", value)
            else:
                self._supporter(start, behind, "", self._means(value), None)
            return
        if isinstance(value, State) and value.rule.startswith("capital"):
            if not self.raw[start].isupper():  # "BAKU, Oct 28" is a dateline
                self._state(start, end, value, adjective=False)
            return
        last, weapon = self._forces(start, end, starts)
        if isinstance(value, Owner) and value.word == "security":
            before = self.low[start - 1] if start else ""
            if not last or before in _UNLIKE:
                return
        if last:
            self._generic(start, last, value, adjective=weapon)
        elif weapon:
            if isinstance(value, State):
                self._state(start, end, value, adjective=True)
            else:
                self._owned(start, end, value, adjective=True)
        elif isinstance(value, State):
            if not value.adjective or self._people(start, end, value):
                self._state(start, end, value, adjective=False)
        elif value.alone and not (end < self.n and self.low[end] == "of"):
            self._owned(start, end, value, adjective=False)

    def _means(self, owner: Owner) -> str:
        """Id that an owner means here: of its countries, the one most shown in the text."""
        ident = owner.actor(self.country)
        if ident or not self.country:
            return ident
        best = max(owner.countries, key=lambda code: self.votes[code], default="")
        return (
            owner.actor(best) if best and 2 * self.votes[best] >= self.votes[self.country] else ""
        )

    def _people(self, start: int, end: int, value: State) -> bool:
        """True for "the russians" and "the Israelis", said of the state's forces."""
        return (
            bool(value.actor)
            and start > 0
            and self.low[start - 1] == "the"
            and self.low[end - 1].endswith("s")
        )

    def _forces(
        self, start: int, end: int, starts: dict[int, tuple[int, State | Owner]]
    ) -> tuple[int, bool]:
        """Where the force noun after an adjective ends (0: none), and whether a weapon follows."""
        low, lex = self.low, self.lex
        force, weapon, modifier = lex.words["force"], lex.words["weapon"], lex.words["modifier"]
        index, last, steps = end, 0, 0
        while index < self.n and steps < 6:
            word = low[index]
            if not word or word in HYPHENS or self._possessive(index):
                if word == "" and self.raw[index] in _QUOTES and last:
                    break
                index += 1
                continue
            if index in self.taken:
                break
            key = fold(word)
            if key in force and not (key in weapon and last):
                last = index + 1
            elif key in weapon:
                return last, True
            elif (
                index in starts
                and not last
                and isinstance(starts[index][1], State)
                and (start == index - 1 or steps)
            ):
                index = starts[index][0]
                steps += 1
                continue
            elif word in ("and", "or", "/", ",") and not last and index + 1 in starts:
                if not isinstance(starts[index + 1][1], State):
                    break
                # "Syrian and Russian warplanes": look through the second adjective.
                inner, armed = self._forces(index + 1, starts[index + 1][0], starts)
                return 0, bool(inner) or armed
            elif key not in modifier and not (index in starts and not last):
                break
            index += 1
            steps += 1
        return last, False

    def _generic(self, start: int, end: int, value: State | Owner, *, adjective: bool) -> None:
        ident = value.actor if isinstance(value, State) else self._means(value)
        country = value.country if isinstance(value, State) else self.country
        if isinstance(value, State) and value.country == "PS":
            ident = ""
        self._record(
            start,
            end,
            actor=self.lex.actors.get(ident),
            kind="generic",
            rule=f"forces:{value.rule}",
            country=country,
            adjective=adjective,
        )

    def _state(self, start: int, end: int, value: State, *, adjective: bool) -> None:
        self._record(
            start,
            end,
            actor=self.lex.actors.get(value.actor),
            kind="state",
            rule=f"state:{value.rule}",
            country=value.country,
            name=value.name,
            adjective=adjective,
        )

    def _owned(self, start: int, end: int, value: Owner, *, adjective: bool) -> None:
        ident = self._means(value)
        if not ident and value.word != "government":
            return
        if not ident and not adjective:
            return
        self._record(
            start,
            end,
            actor=self.lex.actors.get(ident),
            kind="generic",
            rule=f"owner:{value.rule}",
            country=self.country,
            name="government forces" if not ident else None,
            adjective=adjective,
        )

    def _militia_of(self, end: int, state: State) -> bool:
        """True for "Iranian militias": militias of a state that stands behind a known actor."""
        return (
            state.adjective
            and end < self.n
            and self.low[end].startswith("militia")
            and any(country == state.country for country, _ in self.lex.backed)
        )

    # ---- backers -----------------------------------------------------------------------

    def _behind(self, start: int, end: int) -> int:
        """Index after "X-backed", or after the X of "pro-X"; -1 when neither stands there."""
        low = self.low
        index = end
        while index < self.n and (
            not low[index] or low[index] in HYPHENS or self._possessive(index)
        ):
            index += 1
        if index < self.n and fold(low[index]) in self.lex.words["backing"]:
            follows = low[index + 1] if index + 1 < self.n else ""
            hyphen = low[index - 1] in HYPHENS if index > end else False
            if hyphen or follows not in ("by", "to", "with", "in", "the", "a"):
                return index + 1
        before = start - 1
        if before >= 1 and low[before] in HYPHENS:
            before -= 1
        if before >= 0 and low[before] == "pro":
            return end
        return -1

    def _supporter(
        self, start: int, index: int, backer: str, ident: str, state: State | None
    ) -> None:
        """Tie a backer to those named or described after it."""
        low, lex = self.low, self.lex
        begin = start
        if index > start and begin >= 1:
            before = begin - 1
            if low[before] in HYPHENS and before:
                before -= 1
            if low[before] == "pro":
                begin = before
        militia, modifier = lex.words["militia"], lex.words["modifier"]
        rule = f"backed:{state.rule}" if state else f"backed:{ident or 'owner'}"
        position, steps, last = index, 0, 0
        while position < self.n and steps < 7:
            record = self.taken.get(position)
            if record is not None:
                if record["kind"] == "named" and record["id"] != ident and not last:
                    record["backer"] = backer if state else record["backer"]
                    record["rule"] += f"+{rule}"
                    return
                break
            word = low[position]
            if not word or word in HYPHENS:
                position += 1
                continue
            key = fold(word)
            if key in militia:
                last = position + 1
                if key in lex.words["group"] and steps > 3:
                    break
            elif last or not (key in modifier or self._adjective(position)):
                break
            position += 1
            steps += 1
        if not last and low[index - 1] in ("proxy", "proxies", "loyalists", "affiliates"):
            last = index
        if last:
            self._backed(begin, last, backer if state else "", ident, state, rule)
        if state and position < self.n:
            self.backers[position] = (backer, rule)
            if not last and self.raw[position - 1] in _QUOTES:
                end = self._run_right(position)
                if end > position:
                    self._shape(position, end, "quoted")

    def _adjective(self, index: int) -> bool:
        """True when a state's adjective stands at a token: "Syrian", "Afghan"."""
        return bool(self.lex.bits.get(self.low[index], 0) & STATE) and self.raw[index][0].isupper()

    def _backed(
        self, start: int, end: int, backer: str, ident: str, state: State | None, rule: str
    ) -> None:
        backed = self.lex.backed
        if state is not None:
            places = [self.country]
            if self.country == state.country:
                places += [code for code, _ in self.votes.most_common(3)]
            codes = [*places, "*"]
            ident = next((i for c in codes if (i := backed.get((state.country, c), ""))), "")
        actor = self.lex.actors.get(ident)
        self._record(
            start,
            end,
            actor=actor,
            kind="backed",
            rule=rule,
            backer=backer,
            name=None if actor or not state else "",
        )

    def _backing(self, hits: list[tuple[int, int]]) -> None:
        """Backers that follow: "militiamen loyal to the regime", "factions backed by Turkey"."""
        low, lex = self.low, self.lex
        for index, bit in hits:
            if not bit & BACKING or index in self.taken or index + 2 >= self.n:
                continue
            if low[index + 1] not in ("by", "to", "with"):
                continue
            target = index + 2
            while target < self.n and (low[target] in ("the", "a") or not low[target]):
                target += 1
            record = self.taken.get(target)
            if record is None or record["kind"] not in ("state", "generic"):
                continue
            noun = index - 1
            while noun >= 0 and (
                not low[noun] or low[noun] in (",", "(", "that", "are", "is", "were")
            ):
                noun -= 1
            if noun < 0:
                continue
            state = lex.by_country.get(record["country"]) if record["kind"] == "state" else None
            rule = f"loyal:{record['rule']}"
            earlier = self.taken.get(noun)
            if earlier is not None:
                if earlier["kind"] in ("named", "shape") and state is not None:
                    earlier["backer"] = state.name
                    earlier["rule"] += f"+{rule}"
                continue
            if fold(low[noun]) not in lex.words["militia"]:
                continue
            self._drop(record)
            self._backed(
                noun, record["end"], state.name if state else "", record["id"], state, rule
            )

    # ---- names by their shape ----------------------------------------------------------

    def _shapes(self, hits: list[tuple[int, int]]) -> None:
        places = {i for r in self.regions for i in range(r["start"], r["end"])}
        for index, bit in hits:
            if index in self.taken:
                continue
            if bit & PREFIX and self.raw[index][0].isupper():
                self._prefixed(index)
            if bit & (HEAD | MEMBER) and index and self.raw[index - 1] in _QUOTES:
                self._quoted(index)
            if bit & HEAD and index not in self.taken:
                self._headed(index, places)
            if bit & MEMBER and index not in self.taken:
                self._member(index, places)

    def _prefixed(self, index: int) -> None:
        """“Ansar Al-Tawhid”: a first word of names, and capitals after it."""
        end = self._run_right(index + 1)
        if end > index + 1:
            self._shape(index, end, "prefix")

    def _quoted(self, index: int) -> None:
        """“Thunder of the North” faction: a name in quotes before a noun of fighters."""
        start = end = index - 1
        while start > 0 and end - start < 7:
            start -= 1
            if start in self.taken:
                return
            if self.raw[start] in _QUOTES:
                start += 1
                if start < end and self.raw[start][0].isupper():
                    self._shape(start, end, "quoted")
                return

    def _run_right(self, index: int, most: int = 6) -> int:
        """End of the run of capitalised words from a token on; the token itself when none."""
        low, raw = self.low, self.raw
        end = position = index
        count = 0
        while position < self.n and count < most:
            if position in self.taken:
                break
            text = raw[position]
            word = low[position]
            if not word:
                if text in _QUOTES and count:
                    break
                position += 1
                continue
            if word in HYPHENS:
                position += 1
                continue
            if text[0].isupper() or (text[0].isdigit() and count == 0 and text.isalnum()):
                if fold(word) in self.lex.words["not-run"] and count == 0:
                    break
                position += 1
                end = position
                count += 1
                continue
            if word in _CONNECTORS and count and position + 1 < self.n:
                position += 1
                continue
            if word in ("al", "el", "ul", "as", "ash", "an", "ar") and position + 1 < self.n:
                position += 1
                continue
            break
        return end

    def _run_left(self, index: int, most: int = 6) -> int:
        """Start of the run of capitalised words that ends before a token; the token when none."""
        low, raw, stops = self.low, self.raw, self.lex.words["not-run"]
        start = position = index
        count = 0
        while position > 0 and count < most:
            position -= 1
            if position in self.taken:
                break
            text, word = raw[position], low[position]
            if not word:
                if text in _QUOTES:
                    continue
                break
            if word in HYPHENS:
                if position and self.words.space[position - 1]:
                    break  # a dash between phrases
                continue
            if text[0].isupper() or self._numbered(text):
                if fold(word) in stops or text.endswith("."):
                    break
                start = position
                count += 1
                continue
            if word in _CONNECTORS and count and position > 0:
                continue
            break
        return start

    @staticmethod
    def _numbered(text: str) -> bool:
        """True for "33rd" and "444"."""
        return text[0].isdigit() and (
            text.isdigit() or text[-2:].lower() in ("st", "nd", "rd", "th")
        )

    def _headed(self, index: int, places: set[int]) -> None:
        """“Carlos Patiño front”, “Gran Grif gang”, “444 Brigade”: capitals before a head noun."""
        lex = self.lex
        key = fold(self.low[index])
        capital = self.raw[index][0].isupper()
        if key not in lex.words["noun-head"] and not (capital and key in lex.words["head"]):
            return
        start = self._run_left(index)
        if start == index:
            return
        run = [i for i in range(start, index) if self.low[i] and self.low[i] not in HYPHENS]
        keys = [fold(self.low[i]) for i in run]
        if any(k in lex.words["not-name"] for k in keys):
            return
        if not self._telling(run, keys):
            return
        generic = key in lex.words["noun-head"] and not capital
        place = all(i in places for i in run)
        if place and not (key in ("gang", "gangs", "militia", "militias", "cartel") or capital):
            return
        numbered = self._numbered(self.raw[run[0]])
        if numbered and len(run) == 1 and not capital:
            return
        if key in (
            "group",
            "union",
            "company",
            "party",
            "council",
            "command",
            "unit",
            "force",
        ) and (not self._violent(start, index)):
            return
        if (
            generic
            and len(run) == 1
            and self._sentence_start(run[0])
            and not self._elsewhere(run[0])
        ):
            return
        end = index + 1
        if capital:
            heads = lex.words["heads"]
            while end < self.n and self.raw[end][0].isupper() and fold(self.low[end]) in heads:
                end += 1
            if end < self.n:
                end = self._run_of(end)
        keep = not generic or key in (
            "front",
            "cartel",
            "brigade",
            "brigades",
            "battalion",
            "battalions",
        )
        self._shape(start, end if keep else index, "head", cover=end if keep else index)

    def _run_of(self, end: int) -> int:
        """A name that goes on with "of X": "Movement of Justice"."""
        if self.low[end] in ("of", "for") and end + 1 < self.n:
            position = end + 1
            if self.low[position] == "the":
                position += 1
            further = self._run_right(position, 3)
            if further > position:
                return further
        return end

    def _telling(self, run: Sequence[int], keys: Sequence[str]) -> bool:
        """True when a run holds a word that is more than a common modifier, state or title."""
        for index, key in zip(run, keys, strict=True):
            if key in self.lex.words["weak-run"] or key in _CONNECTORS:
                continue
            if self.lex.bits.get(self.low[index], 0) & STATE:
                continue
            return True
        return False

    def _violent(self, start: int, index: int) -> bool:
        """True when members or fighters, or an armed adjective, stand beside."""
        around = [self.low[i] for i in range(max(0, start - 4), start)]
        after = [self.low[i] for i in range(index + 1, min(self.n, index + 3))]
        member = self.lex.words["member"] - {"of", "leader", "leaders"}
        return any(
            fold(w) in member or w in ("armed", "rebel", "terrorist", "militant")
            for w in (*around, *after)
            if w
        )

    def _sentence_start(self, index: int) -> bool:
        if index == 0:
            return True
        before = self.raw[index - 1]
        return before in ".:;!?•–—-(" or before.isspace() or before in _QUOTES or before == "#"

    def _elsewhere(self, index: int) -> bool:
        """True when a capitalised word also stands inside a sentence, so that it is a name."""
        text = self.raw[index]
        if text.isupper() and len(text) > 1:
            return True
        return any(
            raw == text and position != index and not self._sentence_start(position)
            for position, raw in enumerate(self.raw)
        )

    def _member(self, index: int, places: set[int]) -> None:
        """“fighters of the X group”, “members of “X””, “the armed group X”."""
        lex, low, raw = self.lex, self.low, self.raw
        key = fold(low[index])
        position = index + 1
        quoted = False
        if key in lex.words["member"] and position < self.n and low[position] in ("of", "from"):
            position += 1
            while position < self.n and (low[position] in ("the", "a") or raw[position] in _QUOTES):
                quoted = quoted or raw[position] in _QUOTES
                position += 1
        elif key in lex.words["group"]:
            before = low[index - 1] if index else ""
            violent = before in (
                "armed",
                "rebel",
                "militant",
                "jihadist",
                "terrorist",
                "terror",
                "islamist",
            )
            while position < self.n and raw[position] in _QUOTES:
                quoted = True
                position += 1
            if not violent and not quoted:
                return
        elif key == "of" or key in lex.words["member"]:
            # "Four of “Turkistan Islamic Party”", "members “X”"
            while position < self.n and raw[position] in _QUOTES:
                quoted = True
                position += 1
            if not quoted:
                return
        else:
            return
        if position >= self.n or position in self.taken:
            return
        end = self._run_right(position)
        if end <= position:
            return
        run = [i for i in range(position, end) if low[i] and low[i] not in HYPHENS]
        keys = [fold(low[i]) for i in run]
        if any(k in lex.words["not-name"] for k in keys) or not self._telling(run, keys):
            return
        if all(i in places for i in run):
            return
        if not quoted:
            strong = key in ("fighter", "fighters", "militants", "militiamen", "gunmen", "guerrillas",
                             "insurgents", "rebels", "cells", "dissidents")  # fmt: skip
            tail = low[end] if end < self.n else ""
            grouped = tail in ("gang", "group", "militia", "faction", "cartel", "cell", "front")
            if not (strong or grouped or key in lex.words["group"]):
                return
        elif key == "of" and not self._close_quote(end):
            return
        self._shape(position, end, "member")

    def _close_quote(self, end: int) -> bool:
        return any(self.raw[i] in _QUOTES for i in range(end, min(self.n, end + 2)))

    def _shape(self, start: int, end: int, rule: str, *, cover: int = 0) -> None:
        start = self._article(start)
        while end > start and (not self.low[end - 1] or self.low[end - 1] in HYPHENS):
            end -= 1
        while start < end and (not self.low[start] or self.low[start] in HYPHENS):
            start += 1
        while end - start > 1 and self._adjective(start):
            start += 1
            while start < end and (not self.low[start] or self.low[start] in HYPHENS):
                start += 1
        if start >= end or any(i in self.taken for i in range(start, end)):
            return
        backer = ""
        for position in range(start - 2, start + 1):
            if position in self.backers:
                backer, behind = self.backers[position]
                rule += f"+{behind}"
                break
        self._record(start, end, actor=None, kind="shape", rule=f"shape:{rule}", backer=backer)

    # ---- perpetrators ------------------------------------------------------------------

    def _perpetrators(self, hits: list[tuple[int, int]]) -> None:
        state = self.lex.by_country.get(self.country)
        own = state.actor if state else ""
        last = 0
        for index, bit in hits:
            if not bit & PERPETRATOR or index < last or index in self.taken:
                continue
            for end, entries in self._match(self.lex.perpetrators, index):
                if any(i in self.taken for i in range(index, end)):
                    continue
                key = "".join(fold(self.low[i]) for i in range(index, end))
                forces = key in self.lex.state_nouns
                if self._not_perpetrator(index, end, forces=forces):
                    break
                ident = own if forces else ""
                name = str(entries[0].value)
                self._record(
                    index,
                    end,
                    actor=self.lex.actors.get(ident),
                    kind="perpetrator-noun",
                    rule="perpetrator:" + name.replace(" ", "-"),
                    country=self.country,
                    name=name if name != self._text(index, end).lower() else None,
                )
                last = end
                break

    def _not_perpetrator(self, start: int, end: int, *, forces: bool) -> bool:
        """True where the noun only completes a name, or describes a thing or an office."""
        low = self.low
        previous = start - 1
        while previous >= 0 and (not low[previous] or low[previous] in HYPHENS):
            previous -= 1
        if previous >= 0:
            if low[previous] in ("proxy", "allied", "ex", "former"):
                return True
            record = self.taken.get(previous)
            if record is not None and not record["adjective"] and record["kind"] != "state":
                return True
        if not forces or end >= self.n:
            return False
        key = fold(low[end])
        if key in self.lex.words["thing"]:
            return True
        if low[end - 1] in ("military", "security", "army") and end - start == 1 and key:
            if low[end - 1] == "army" and low[start - 1 : start] == ["the"]:
                return False
            return key in self.lex.words["weapon"] or (
                self.raw[end].islower() and low[start - 1 : start] != ["the"]
            )
        return False

    # ---- names over the whole document -------------------------------------------------

    def _again(self) -> None:
        """Find a shaped name, and an abbreviation explained in brackets, wherever they recur."""
        wanted: dict[str, Record] = {}
        for record in self.found:
            if record["kind"] not in ("shape", "named", "generic"):
                continue
            full = record["end"] - record["start"] > 1
            end = record["end"]
            while end < self.n and not self.low[end]:
                end += 1
            if full and end + 2 < self.n and self.raw[end] == "(":
                inner = end + 1
                while inner < self.n and not self.low[inner]:
                    inner += 1
                short = self.raw[inner]
                known = self.taken.get(inner)
                if short.isupper() and 2 <= len(short) <= 8 and short.isalpha():
                    record["abbreviation"] = short
                    if known is None or known["kind"] == "shape":
                        wanted.setdefault(short, record)
            if record["kind"] == "shape" and full:
                wanted.setdefault(self.raw[record["start"]], record)
        if not wanted:
            return
        for index, text in enumerate(self.raw):
            origin = wanted.get(text)
            if origin is None or index in self.taken:
                continue
            if text == origin.get("abbreviation"):
                end = index + 1
            else:
                end = index + origin["end"] - origin["start"]
                if self.low[index:end] != self.low[origin["start"] : origin["end"]]:
                    continue
            if any(i in self.taken for i in range(index, end)):
                continue
            self._record(
                index,
                end,
                actor=self.lex.actors.get(origin["id"]),
                kind=origin["kind"],
                rule="again:" + origin["rule"],
                name=origin["name"],
                country=origin["country"],
            )

    def _names(self) -> None:
        """Give short forms and abbreviations the full name that the document has."""
        full: dict[str, str] = {}
        abbreviated: dict[str, str] = {}
        for record in self.found:
            if "abbreviation" in record:
                abbreviated.setdefault(record["abbreviation"], record["name"])
            if record["kind"] == "named" and not record["short"]:
                full.setdefault(record["id"], record["name"])
        for record in self.found:
            if record["kind"] in ("named", "shape"):
                record["name"] = self._bare(record["name"], record["id"])
            if record["short"] and record["id"] in full:
                record["name"] = full[record["id"]]
            elif record["name"] in abbreviated:
                record["name"] = abbreviated[record["name"]]
            record.pop("abbreviation", None)
            del record["short"]

    def _bare(self, name: str, ident: str) -> str:
        """A name without its generic noun, unless another group's name would remain."""
        first, _, last = name.rpartition(" ")
        if not first or last.lower() not in _GENERIC:
            return name
        others = self.lex.meanings(first)
        return first if not others or ident in others else name

    # ---- records -----------------------------------------------------------------------

    def _text(self, start: int, end: int) -> str:
        words = self.words
        out = []
        for index in range(start, end):
            raw = words.raw[index]
            if raw.isspace():
                out.append(" ")
                continue
            out.append(raw)
            if words.space[index] and index + 1 < end:
                out.append(" ")
        return " ".join("".join(out).split()).strip("“”\"‘’„«»`'#")

    def _record(
        self,
        start: int,
        end: int,
        *,
        actor: Actor | None,
        kind: str,
        rule: str,
        country: str = "",
        backer: str = "",
        name: str | None = None,
        adjective: bool = False,
        short: bool = False,
    ) -> None:
        text = self._text(start, end)
        record: Record = {
            "start": start,
            "end": end,
            "char_start": self.words.start[start],
            "char_end": self.words.end[end - 1],
            "id": actor.id if actor else "",
            "name": text if name is None else name,
            "text": text,
            "kind": kind,
            "type": actor.type if actor else "",
            "country": country or (actor.country[0] if actor and actor.country else ""),
            "backer": backer,
            "guideline": bool(actor and actor.guideline),
            "adjective": adjective,
            "rule": rule,
            "short": short,
        }
        clash = {id(self.taken[i]): self.taken[i] for i in range(start, end) if i in self.taken}
        for other in clash.values():
            self._drop(other)
        for index in range(start, end):
            self.taken[index] = record
        self.found.append(record)

    def _drop(self, record: Record) -> None:
        self.found = [other for other in self.found if other is not record]
        for index in range(record["start"], record["end"]):
            self.taken.pop(index, None)


class Actors:
    """Sets ``doc.spans["actors"]`` and ACTOR entities.

    Args:
        nlp: the pipeline.
        name: name of the component.
        actors: path of a CSV file laid over our table of actors, or None.
        overwrite_ents: True when our entities replace those of another component.
        country: ISO 3166-1 alpha-2 code that holds for every document; empty to vote.

    Raises:
        tollbook.rules.loader.RuleError: the CSV file does not fit the table.
        FileNotFoundError: the CSV file is missing.
    """

    def __init__(
        self,
        nlp: Language,
        name: str,
        *,
        actors: str | None = None,
        overwrite_ents: bool = True,
        country: str = "",
    ) -> None:
        self.name = name
        self.overwrite_ents = overwrite_ents
        self.country = country
        self.lex = lexicon(actors)

    def __call__(self, doc: Doc) -> Doc:
        """Find the actors of a Doc and set them."""
        regions = doc.spans.get("regions")
        places = regions.attrs.get("regions", ()) if regions is not None else ()
        records = find(Words.of(doc), self.country, regions=places, lex=self.lex)
        self.set_annotations(doc, records)
        return doc

    def set_annotations(self, doc: Doc, records: list[Record]) -> None:
        """Write the span group and the entities; states and bare nouns are no entities."""
        spans = [
            Span(doc, record["start"], record["end"], label=LABEL, span_id=record["rule"])
            for record in records
        ]
        doc.spans[GROUP] = spans
        doc.spans[GROUP].attrs[GROUP] = records
        add(
            doc,
            [
                span
                for span, record in zip(spans, records, strict=True)
                if record["kind"] not in _MARKED
            ],
            overwrite=self.overwrite_ents,
        )


@Language.factory("tollbook_actors")
def make_actors(
    nlp: Language,
    name: str,
    *,
    actors: str | None = None,
    overwrite_ents: bool = True,
    country: str = "",
) -> Actors:
    """Make the component; see `Actors` for the settings.

    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> _ = nlp.add_pipe("tollbook_actors")
    >>> [(ent.text, ent.label_) for ent in nlp("An Israeli soldier was shot by Hezbollah.").ents]
    [('Israeli soldier', 'ACTOR'), ('Hezbollah', 'ACTOR')]
    """
    return Actors(nlp, name, actors=actors, overwrite_ents=overwrite_ents, country=country)
