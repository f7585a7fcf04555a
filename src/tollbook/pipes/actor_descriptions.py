"""Described actors: forces of a state, ``regime forces``, and those behind others.

An adjective of a state, or an owner such as ``regime``, is read together with the nouns
after it: forces, weapons, militias; a backer is tied to those it stands behind.
"""

from __future__ import annotations

from tollbook.pipes.actor_reader import QUOTES
from tollbook.pipes.actor_shapes import Shapes
from tollbook.rules.actors import BACKING, HYPHENS, OWNER, Owner, State, fold

_BETWEEN = (",", "(", "that", "which", "who", "are", "is", "was", "were", "been", "and")
Hits = list[tuple[int, int]]
Starts = dict[int, tuple[int, State | Owner]]


class Descriptions(Shapes):
    """Reads descriptions around states and owners, once the named actors are known."""

    def _owners(self, hits: Hits, states: list[tuple[int, int, State]]) -> None:
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

    def _owner(self, start: int, end: int, value: State | Owner, starts: Starts) -> None:
        if self._holds(end):
            return
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
            if not self._seat(start, end):
                self._state(start, end, value, adjective=False)
            return
        last, weapon = self._forces(start, end, starts)
        if isinstance(value, Owner) and value.word == "security":
            before = self.low[start - 1] if start else ""
            private = last and self.low[last - 1].startswith("guard")
            if not last or private or before in self.lex.words["not-security"]:
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

    def _seat(self, start: int, end: int) -> bool:
        """True where a capital is a place: "BAKU, Oct 28", "in Kyiv", "Kyiv oblast"."""
        low = self.low
        before = low[start - 1] if start else ""
        after = low[end] if end < self.n else ""
        return (
            self.raw[start].isupper()
            or before in self.lex.words["place-before"]
            or after in self.lex.words["place-after"]
        )

    def _means(self, owner: Owner) -> str:
        """Id that an owner means here: of its countries, the one most shown in the text."""
        ident = owner.actor(self.country)
        if ident or not self.country:
            return ident
        best = max(owner.countries, key=lambda code: self.votes[code], default="")
        shown = 2 * self.votes[best] >= self.votes[self.country]
        return owner.actor(best) if best and shown else ""

    def _people(self, start: int, end: int, value: State) -> bool:
        """True for "the russians" and "the Israelis", said of the state's forces."""
        return (
            bool(value.actor)
            and start > 0
            and self.low[start - 1] == "the"
            and self.low[end - 1].endswith("s")
        )

    def _forces(self, start: int, end: int, starts: Starts) -> tuple[int, bool]:
        """Where the force noun after an adjective ends (0: none), and whether a weapon follows."""
        low, lex = self.low, self.lex
        force, weapon, modifier = lex.words["force"], lex.words["weapon"], lex.words["modifier"]
        index, last, steps = end, 0, 0
        while index < self.n and steps < 6:
            word = low[index]
            if not word or word in HYPHENS or self._possessive(index):
                if word == "" and self.raw[index] in QUOTES and last:
                    break
                index += 1
                continue
            if index in self.taken:
                break
            key = fold(word)
            if key == "air" and index + 1 < self.n and low[index + 1] in ("force", "forces"):
                index, last, steps = index + 2, index + 2, steps + 2
                continue
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
            if not last and self.raw[position - 1] in QUOTES:
                end = self._run_right(position)
                if end > position:
                    self._shape(position, end, "quoted")

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

    def _backing(self, hits: Hits) -> None:
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
            while noun >= 0 and (not low[noun] or low[noun] in _BETWEEN):
                noun -= 1
            if noun < 0:
                continue
            owned = ":owner-" in record["rule"]
            state = None if owned else lex.by_country.get(record["country"])
            rule = f"loyal:{record['rule']}"
            earlier = self.taken.get(noun)
            if earlier is not None:
                if earlier["kind"] in ("named", "shape") and state is not None:
                    earlier["backer"] = state.name
                    earlier["rule"] += f"+{rule}"
                continue
            if fold(low[noun]) not in lex.words["militia"]:
                continue
            earlier = self.taken.get(noun - 1)
            if earlier is not None and earlier["kind"] in ("named", "shape"):
                earlier["backer"] = state.name if state else earlier["backer"]
                continue
            self._drop(record)
            self._backed(
                noun, record["end"], state.name if state else "", record["id"], state, rule
            )
