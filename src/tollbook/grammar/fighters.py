"""Which side nameless fighters belong to: the force or group that their text names.

``The army lost ...; three soldiers were wounded``: soldiers are of the force that fights in
the text; rebels and militiamen of the group that their paragraph names; and those ``of its
own`` or ``in its ranks`` (`tollbook.grammar.owners`) of whoever the sentence is about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tollbook.grammar.agents import Agents
from tollbook.grammar.mentions import key
from tollbook.grammar.owners import owner
from tollbook.grammar.parties import Parties, is_force, name_words, same
from tollbook.rules.word_sets import word_sets

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from tollbook.grammar.analysis import Analysis, Candidate
    from tollbook.rules.nouns import Noun

Record = dict[str, Any]

HOME: Final = {
    "IQ": "iraq-forces", "UA": "ukraine-forces", "IL": "israel", "TR": "turkey", "RU": "russia",
}  # fmt: skip
"""States whose soldiers and police have an id of their own in the guidelines."""

_DIRECT: Final = frozenset(("including", "partitive", "among"))
_BEATING: Final = frozenset(("kill", "detain", "injure", "neutralise"))

_NO_ARMY: Final = frozenset(("security", "enforcement", "prison", "customs", "medical"))
"""Before ``personnel`` and ``officer``: of no army."""

_BACK: Final = 12
"""Sentences of the paragraph that are gone back through for a force or group."""


_ATTENDANTS: Final = frozenset(
    ("bodyguard", "escort", "guard", "companion", "comrade", "deputy", "aide")
)


def _of_state(record: Record) -> bool:
    """``troops``, ``police``, ``the army``, ``Malian forces``."""
    last = str(record["text"]).lower().split()[-1]
    return is_force(record) or last in word_sets().of_states


def _his(words: list[str]) -> bool:
    return not {"his", "her", "their"}.isdisjoint(words)


class Fighters:
    """Gives people who fight the force or group of their text, where it leaves no doubt.

    Args:
        analysis: with linked candidates, whose places are known.
    """

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.parties = Parties(analysis)
        self._agents = Agents(self.parties.mentions)
        self._parts: dict[int, list[Candidate]] = {}
        self._of_country: dict[frozenset[str], tuple[Record | None, Record | None]] = {}
        for item in analysis.candidates:
            if item.parent >= 0:
                whole = analysis.candidates[item.parent]
                self._parts.setdefault(id(whole), []).append(item)

    def run(self) -> None:
        """Fill in the actors of the candidates that are counts."""
        home = self._home()
        before: Candidate | None = None
        for item in self.analysis.candidates:
            if not item.reason and before is not None:
                self._beside(before, item)
            before = before if item.reason else item
            record = item.record
            if item.reason or record["measure"] == "incidents":
                continue
            self._of_mission(item)
            if record["actor_text"] and not self._enemies(item):
                continue
            noun = self._noun(item)
            if record["status"] == "civilian" or (noun is not None and noun.status == "civilian"):
                continue
            if self.former(item):
                continue
            if self._of_whole(item):
                continue  # "24 rebels, among them three officers": rebels too
            theirs = owner(self.parties, item)
            if theirs is not None:
                self._give(item, theirs)
                record["status"] = record["status"] or "combatant"
                continue
            sets = word_sets()
            said = set(noun.noun.split()) if noun is not None else set()
            if noun is None and self._beaten(item):
                continue
            if noun is None or (record["status"] is None and not said & sets.irregulars):
                continue
            if said & sets.police:
                found = self._of_home(noun, home) if home else None
            elif said & sets.soldiers and not self._no_army(item):
                found = self._force(item) or self._of_text(item, home)
            elif said & sets.irregulars:
                bare = bool(said & sets.nameless) and not self._pointed(item)
                found = self._group(item, bare=bare)
            else:
                found = None
            if found is not None:
                self._give(item, found)
                record["status"] = record["status"] or "combatant"

    def _beside(self, before: Candidate, item: Candidate) -> None:
        """``an Israeli soldier and five troops``: of one force; ``the two guards``: those again."""
        record, theirs = item.record, before.record
        if record["actor_text"] or theirs["status"] != "combatant":
            return
        noun, other = self._noun(item), self._noun(before)
        if noun is None or other is None:
            return
        sentence = self.analysis.sentences[item.segment]
        if sentence is None or sentence.chunks[item.position].modifiers or self.former(item):
            return
        if noun.noun == "guard" and other.noun == "guard" and record["status"] is None:
            if item.segment - before.segment < 2 and sentence.chunks[item.position].det == "the":
                record["status"] = "combatant"
        mine, others = noun.noun.split(), other.noun.split()
        if (
            mine[-1] in _ATTENDANTS
            and theirs["actor_text"]
            and before.segment == item.segment
            and _his(
                self.analysis.words.low[
                    sentence.chunks[item.position].start - 1 : sentence.chunks[
                        item.position
                    ].noun_end
                ]
            )
        ):
            # "a commander of X and his bodyguards"
            for field in ("actor", "actor_text"):
                record[field] = theirs[field]
            return
        soldiers = word_sets().soldiers
        if before.segment != item.segment or not theirs["actor_text"]:
            return
        if mine[-1] == others[-1] or (soldiers & set(mine) and soldiers & set(others)):
            for field in ("actor", "actor_text"):
                record[field] = theirs[field]

    def former(self, item: Candidate) -> bool:
        """``five former rebels``: they belong to it no more."""
        sentence = self.analysis.sentences[item.segment]
        if sentence is None:
            return False
        chunk = sentence.chunks[item.position]
        said = self.analysis.words.low[chunk.start : chunk.noun_end]
        return not word_sets().former.isdisjoint(said)

    def _no_army(self, item: Candidate) -> bool:
        """``six security personnel``, ``a prison officer``: of no army."""
        sentence = self.analysis.sentences[item.segment]
        if sentence is None:
            return True
        chunk = sentence.chunks[item.position]
        return not _NO_ARMY.isdisjoint(self.analysis.words.low[chunk.start : chunk.noun_end])

    def _of_whole(self, item: Candidate) -> bool:
        """Whether those it is a direct part of fight for somebody."""
        if item.parent < 0 or item.how not in _DIRECT:
            return False
        whole = self.analysis.candidates[item.parent].record
        return whole["status"] == "combatant" and bool(whole["actor_text"])

    def _pointed(self, item: Candidate) -> bool:
        """``one of the attackers``, ``the two militants``: those told of before."""
        sentence = self.analysis.sentences[item.segment]
        if sentence is None:
            return False
        chunk = sentence.chunks[item.position]
        said = self.analysis.words.low[chunk.start : chunk.noun_start]
        return chunk.det == "the" or (chunk.partitive == "np" and "the" in said)

    def _beaten(self, item: Candidate) -> bool:
        """``X stormed a base. Troops killed nine of them``, ``fought bandits, killed 22``.

        A number alone, of those whom a force killed or took: who it fought.
        """
        record = item.record
        if item.parent >= 0 or record["status"] or record["rule"] not in _BEATING:
            return False
        analysis = self.analysis
        agent = self._agents.of(item)
        sentence = analysis.sentences[item.segment]
        if agent is None or sentence is None or not _of_state(agent):
            return False
        chunk = sentence.chunks[item.position]
        pronoun = analysis.words.low[chunk.end - 1] in ("them", "whom")
        if not pronoun and (chunk.lemma or chunk.modifiers or record["noun"]):
            return False
        segments = analysis.segments
        for number in range(item.segment, max(-1, item.segment - (2 if pronoun else 1)), -1):
            if segments[number]["block"] != segments[item.segment]["block"]:
                break
            if any(
                other.segment == number
                and not other.reason
                and other.record["status"] == "civilian"
                and other.record["start"] < record["start"]
                for other in analysis.candidates
            ):
                return False
            groups = {
                key(r): r for r in self.parties.groups.get(number, ()) if r["start"] < chunk.start
            }
            if len(groups) == 1:
                self._give(item, next(iter(groups.values())))
            named = [
                r
                for r in analysis.actors_by_segment.get(number, ())
                if r["start"] < chunk.start
                and r["kind"] == "perpetrator-noun"
                and not _of_state(r)
                and self._armed(r)
            ]
            if groups or named:
                if len(groups) < 2:
                    record["status"] = "combatant"
                return True
        return False

    def _of_mission(self, item: Candidate) -> None:
        """``a Zambian peacekeeper``: of the mission that the text names, if only one."""
        record = item.record
        if record["noun"] != "peacekeeper" or record["actor"] != record["actor_text"]:
            return
        missions = {
            key(r): r
            for r in self.analysis.actors
            if r["kind"] == "named" and r["type"] == "international" and len(r["name"].split()) < 6
        }
        if record["actor_text"] and not str(record["actor_text"]).lower().endswith(
            ("peacekeeper", "peacekeepers")
        ):
            return
        if len(missions) == 1:
            if record["actor_text"]:
                nation = str(record["actor_text"]).rpartition(" ")[0]
                if nation and nation not in record["traits"] and nation[0].isupper():
                    record["traits"].append(nation)
            self._give(item, next(iter(missions.values())))

    def _armed(self, record: Record) -> bool:
        """``bandits``, not ``villagers``."""
        noun = self.analysis.lists.nouns.get(str(record["text"]).lower().split()[-1])
        return noun is not None and noun.status == "combatant"

    def _enemies(self, item: Candidate) -> bool:
        """``17 enemy personnel``: no name; the force that the text names, if it is one."""
        record = item.record
        name = str(record["actor_text"]).lower()
        if record["actor"] != record["actor_text"] or not name.startswith(("enemy", "the enemy")):
            return False
        record["actor"] = record["actor_text"] = None
        found = self._only(item, self.parties.described)
        if found is not None:
            self._give(item, found)
        return found is None

    # -- forces of a state --------------------------------------------------------------------

    def _home(self) -> str:
        """Id of the state where it happened; empty for one without an id, or for several."""
        countries = {r["country"] for r in self.analysis.regions if r["country"] and r["codes"]}
        return HOME.get(countries.pop(), "") if len(countries) == 1 else ""

    @staticmethod
    def _of_home(noun: Noun, home: str) -> Record:
        return {"id": home, "name": noun.noun, "text": noun.noun}

    def _force(self, item: Candidate) -> Record | None:
        """The force of the same sentence, else of the sentences before in the paragraph."""
        segments = self.analysis.segments
        block = segments[item.segment]["block"]
        number = item.segment
        last = max(0, number - _BACK)
        while number >= last and segments[number]["block"] == block:
            found = self._only(item, self.parties.forces.get(number, ()))
            if found is not None:
                return found
            if number in self.parties.forces:
                return None
            number -= 1
        return None

    def _of_text(self, item: Candidate, home: str) -> Record | None:
        """The only force that the text names; else, where a state has an id, that state's."""
        noun = self._noun(item)
        if home and noun is not None:
            return self._of_home(noun, home)
        if item.background:
            return None
        # asked for every soldier of a long text: kept by where it happened
        where = frozenset(code[:2] for code in item.record["region"])
        both = self._of_country.get(where)
        if both is None:
            described, everywhere = self.parties.described, self.parties.everywhere
            both = self._of_country[where] = (_one(where, described), _one(where, everywhere))
        for found in both:
            if found is not None and not self.did(item, found):
                return found
        return None

    def _only(self, item: Candidate, records: Iterable[Record]) -> Record | None:
        """The one force that several mentions mean, unless it did it itself."""
        found = _one({code[:2] for code in item.record["region"]}, records)
        return None if found is None or self.did(item, found) else found

    # -- groups -------------------------------------------------------------------------------

    def _group(self, item: Candidate, *, bare: bool) -> Record | None:
        """The one group of the sentence; for all but ``militants`` also of the paragraph."""
        segments = self.analysis.segments
        block = segments[item.segment]["block"]
        number = item.segment
        last = max(0, number - _BACK)
        while number >= last and segments[number]["block"] == block:
            here = [
                r
                for r in self.parties.groups.get(number, ())
                if not self.parties.opposed(r, number) and not self._of_part(item, r)
            ]
            found = {key(r): r for r in here}
            if len(found) > 1:
                return None
            for record in found.values():
                return None if self.did(item, record) else record
            if bare or self.parties.groups.get(number):
                return None
            number -= 1
        if bare or item.background or segments[item.segment]["bullet"]:
            return None
        everywhere = self.parties.every_group
        only = next(iter(everywhere.values())) if len(everywhere) == 1 else None
        return None if only is None or self.did(item, only) else only

    def _of_part(self, item: Candidate, record: Record) -> bool:
        """``16 fighters, including nine members of X``: the group is that of the nine alone."""
        return any(
            part.record["phrase_start"] <= record["char_start"] < part.record["phrase_end"]
            for part in self._parts.get(id(item), ())
        )

    # -- both ---------------------------------------------------------------------------------

    def did(self, item: Candidate, record: Record) -> bool:
        """Whether `record` is who the sentence says did it."""
        agent = self._agents.of(item)
        return agent is not None and item.record["rule"] != "lose-people" and same(agent, record)

    def _noun(self, item: Candidate) -> Noun | None:
        sentence = self.analysis.sentences[item.segment]
        return sentence.chunks[item.position].noun if sentence is not None else None

    def _give(self, item: Candidate, record: Record) -> None:
        if is_force({"kind": "", **record}):
            fuller = self._only(item, self.parties.described)
            bare = record.get("kind") == "perpetrator-noun" or (
                fuller is not None and name_words(record) <= name_words(fuller)
            )
            if fuller is not None and bare and not record["id"]:
                record = fuller
        item.record["actor"] = record["id"] or record["name"] or record["text"]
        item.record["actor_text"] = record["name"] or record["text"]
        item.record["backer"] = item.record["backer"] or record.get("backer") or None


def _one(country: Collection[str], records: Iterable[Record]) -> Record | None:
    """The one force that several mentions mean, in these countries; or None."""
    found: list[Record] = []
    for record in records:
        theirs = record["country"]
        if theirs and country and theirs not in country and record["kind"] == "generic":
            continue
        at = next((n for n, known in enumerate(found) if same(known, record)), None)
        if at is None:
            found.append(record)
            armies = [r for r in found if not word_sets().army_words.isdisjoint(name_words(r))]
            if len(armies) > 1:
                return None
        elif len(name_words(record)) > len(name_words(found[at])):
            found[at] = record
    if len(found) > 1:
        found = [r for r in found if not word_sets().army_words.isdisjoint(name_words(r))]
    return found[0] if len(found) == 1 else None
