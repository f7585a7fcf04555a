"""Actors: armed groups, forces and states that a text names or describes.

The words are looked up folded in tables of spellings; descriptions (``regime forces``,
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

from tollbook.pipes.actor_descriptions import Descriptions
from tollbook.pipes.actor_reader import QUOTES, Record
from tollbook.pipes.entities import add
from tollbook.rules import syntax as syn
from tollbook.rules.actors import (
    HYPHENS,
    NAMED,
    PERPETRATOR,
    PREFIX,
    STATE,
    Actor,
    Entry,
    Lexicon,
    State,
    classify,
    fold,
    lexicon,
)
from tollbook.rules.nouns import nouns
from tollbook.rules.syntax import syntax
from tollbook.rules.triggers import triggers
from tollbook.words import Words

if TYPE_CHECKING:
    from spacy.tokens import Doc

LABEL = "ACTOR"
GROUP = "actors"
Hits = list[tuple[int, int]]
_FORCES = ("state-forces", "international")
_NO_NOUN = syn.CLOSED | syn.ADV | syn.DAY | syn.SPEECH | syn.VERB & ~syn.ATTACK
MARKED = ("state", "perpetrator-noun")
"""Kinds that may only be perpetrators; they are no entities."""
_LOOSE = frozenset(("", ",", "s", *HYPHENS))


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
        ``type``, ``parent``, ``country``, ``backer``, ``guideline``, ``adjective``, ``rule``.

    >>> import spacy
    >>> doc = spacy.blank("en")("Nine of the Russian-backed “Liwaa Al-Quds” died, ISIS said.")
    >>> [(a["id"], a["name"], a["backer"]) for a in find(Words.of(doc))]
    [('liwa-al-quds', 'Liwaa Al-Quds', 'Russia'), ('isis', 'ISIS', '')]
    """
    return Finder(words, country, list(regions), lex or lexicon()).run()


class Finder(Descriptions):
    """One pass over one document; see `find`."""

    def __init__(
        self, words: Words, country: str, regions: list[dict[str, Any]], lex: Lexicon
    ) -> None:
        super().__init__(words, country, regions, lex)
        self.given = country

    def run(self) -> list[Record]:
        """Read the document.

        Returns:
            The records, in the order of the text.
        """
        marks = list(map(self.lex.bits.get, self.low))
        if None in marks:
            marks = [
                classify(self.lex, low) if bit is None else bit
                for low, bit in zip(self.low, marks, strict=True)
            ]
        hits = [(index, bit) for index, bit in enumerate(marks) if bit]
        if not hits:
            return []
        states = self._states(hits)
        named = self._named(hits)
        self._vote(states, named)
        self._keep_named(named)
        self._owners(hits, states)
        self._backing(hits)
        self._shapes(hits)
        self._spelt_out()
        self._perpetrators(hits, self._home(states))
        self._again()
        self._names()
        self.found.sort(key=lambda record: record["start"])
        return self.found

    def _states(self, hits: Hits) -> list[tuple[int, int, State]]:
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
            if state.country:
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

    def _named(self, hits: Hits) -> list[tuple[int, int, list[Entry]]]:
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
            if self._holds(end):
                continue
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
            if entry.extends:
                end = max(end, self._run_right(end, 3))
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
        words = self.lex.words
        telling = [
            self.low[i]
            for i in range(end, following)
            if self.low[i] not in _LOOSE
            and fold(self.low[i]) not in words["tie"]
            and not self._adjective(i)
        ]
        return len(telling) == 1 and fold(telling[0]) in words["link"]

    def _home(self, states: list[tuple[int, int, State]]) -> str:
        """The country whose police and soldiers those are that have no name.

        ``Turkish forces hit a cave in northern Iraq; police detained 47``: those of Türkiye,
        unless the text speaks of Iraqis as well.
        """
        if any(state.adjective and state.country == self.country for _, _, state in states):
            return self.country
        forces = {
            record["country"]
            for record in self.found
            if record["type"] in _FORCES and record["kind"] in ("named", "generic")
        } - {""}
        return forces.pop() if len(forces) == 1 else self.country

    def _perpetrators(self, hits: Hits, home: str) -> None:
        state, local = self.lex.by_country.get(home), self.lex.by_country.get(self.country)
        own = state.actor if state else ""
        # soldiers may be those who are struck: of the country where it happened
        theirs = local.actor if local else ""
        last = 0
        for index, bit in hits:
            if not bit & PERPETRATOR or index < last or index in self.taken:
                continue
            for end, entries in self._match(self.lex.perpetrators, index):
                if any(i in self.taken for i in range(index, end)):
                    continue
                key = "".join(fold(self.low[i]) for i in range(index, end))
                forces = key in self.lex.words["state-noun"]
                if self._not_perpetrator(index, end, forces=forces):
                    break
                ident = (theirs if key.startswith("soldier") else own) if forces else ""
                if ident == "us-coalition" and "polic" in key:
                    ident = ""  # the police of a town, not the forces abroad
                name = str(entries[0].value)
                self._record(
                    index,
                    end,
                    actor=self.lex.actors.get(ident),
                    kind="perpetrator-noun",
                    rule="perpetrator:" + name.replace(" ", "-"),
                    country=self.country,
                    name=name if name != self._text(index, end).lower() else None,
                    adjective=self._arms(index, end),
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
        if low[start] in self.lex.words["violent"] and end - start == 1:
            # "the separatist X Front": what kind of group, no attackers of their own
            record = self._named_after(end)
            if record is not None and record["kind"] in ("named", "shape"):
                return True
        if not forces or end >= self.n:
            return False
        key = fold(low[end])
        if key in self.lex.words["thing"]:
            return True
        if low[end - 1] in ("military", "security", "army") and end - start == 1 and key:
            if low[start - 1 : start] == ["the"] or self._arms(end - 1, end):
                return False
            # "in military attacks": what kind of attacks
            kind = low[end - 1] == "military" and syntax().words.get(low[start - 1], 0) & syn.PREP
            return self.raw[end].islower() and (bool(kind) or not self._goes_on(end))
        return False

    def _named_after(self, index: int) -> Record | None:
        """The record that begins at a token, but for a noun of groups before it."""
        if index < self.n and fold(self.low[index]) in self.lex.words["group"]:
            index += 1
        while index < self.n and (not self.low[index] or self.raw[index] in QUOTES):
            index += 1
        return self.taken.get(index)

    def _arms(self, start: int, end: int) -> bool:
        """True for ``army helicopter``, ``military jets``: the weapons of a force."""
        if self.low[start] not in ("army", "military", "police") or end >= self.n:
            return False
        if self.low[start] == "military":
            # "military attacks" are attacks of some kind, "military jets" those of a force
            noun = nouns().get(self.low[end])
            if noun is not None and noun.kind == "event":
                return False
        key = fold(self.low[end])
        return key in self.lex.words["weapon"] and key not in self.lex.words["thing"]

    def _goes_on(self, index: int) -> bool:
        """True where no noun follows: ``army in``, ``army said``, ``army kills``."""
        word = self.low[index]
        return bool(syntax().words.get(word, 0) & _NO_NOUN) or word in triggers().by_first

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

    def _spelt_out(self) -> None:
        """“Union of Forces for Change (UFC) ... UFC rebels”: what the initials stand for."""
        short = {
            record["name"]
            for record in self.found
            if record["kind"] == "shape" and record["name"].isalpha() and record["name"].isupper()
        }
        if not short:
            return
        for index in range(2, self.n - 1):
            if self.raw[index] not in short or self.raw[index - 1] != "(":
                continue
            start = self._run_left(index - 1)
            initials = [self.raw[i][0] for i in range(start, index - 1) if self.raw[i][0].isupper()]
            wanted = self.raw[index]
            while start < index - 1 and "".join(initials) != wanted:
                initials = initials[1:] if self.raw[start][0].isupper() else initials
                start += 1
            if start < index - 1 and not any(i in self.taken for i in range(start, index - 1)):
                self._shape(start, index - 1, "initials")

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
        for record in self.found:
            if record["kind"] == "named" and not record["short"]:
                full[record["id"]] = self._fuller(record["name"], full[record["id"]])
        for record in self.found:
            if record["kind"] == "named" and not record["short"]:
                record["name"] = self._fuller(full[record["id"]], record["name"])
            if record["short"] and record["id"] in full:
                record["name"] = full[record["id"]]
            elif record["name"] in abbreviated:
                record["name"] = abbreviated[record["name"]]
            record.pop("abbreviation", None)
            del record["short"]

    @staticmethod
    def _fuller(one: str, other: str) -> str:
        """Of two names of one actor the longer, when it only goes on: Naxals, Naxalites."""
        if len(one) <= len(other) or " " in one:
            return other
        return one if one.lower().startswith(other.lower().rstrip("s")) else other

    def _bare(self, name: str, ident: str) -> str:
        """A name without its generic noun, unless another group's name would remain."""
        first, _, last = name.rpartition(" ")
        if not first or fold(last) not in self.lex.words["generic-noun"]:
            return name
        others = self.lex.meanings(first)
        if ident in others:
            return first
        return first if last.islower() and not others else name


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
        words = Words.of(doc)
        spans = [
            words.span(doc, record["start"], record["end"], LABEL, record["rule"])
            for record in records
        ]
        doc.spans[GROUP] = spans
        doc.spans[GROUP].attrs[GROUP] = records
        add(
            doc,
            [
                span
                for span, record in zip(spans, records, strict=True)
                if record["kind"] not in MARKED
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
