"""REGION spans: places in the text and the first-level region that each lies in.

A word is looked at only when it begins with a capital (or is one of the few words that begin a
name in lower case). The longest known name there is taken; what stands around it, the countries
that the document speaks of, and last its size decide between several places of one name.
"""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from spacy.language import Language
from spacy.tokens import Span, SpanGroup

from tollbook.gazetteer import ARABIC, ARTICLES, Gazetteer, Place, fold, join
from tollbook.pipes import entities
from tollbook.rules import places as tables
from tollbook.words import Words

if TYPE_CHECKING:
    from spacy.tokens import Doc

LABEL: Final = "REGION"
GROUP: Final = "regions"
LONGEST: Final = 8
"""Most words that a name may have."""

_HYPHENS: Final = frozenset("-–‑‐")
_SEPARATORS: Final = frozenset(",(/")
_LEADING: Final = "#“”\"'‘’(«-–—•*▪"
_STOPS: Final = frozenset(".!?;:|•*▪—")
_POSSESSIVE: Final = frozenset(("'s", "’s", "'", "’"))


class _Lists(NamedTuple):
    region: frozenset[str]
    town: frozenset[str]
    core: frozenset[str]
    compass: frozenset[str]
    locative: frozenset[str]
    title: frozenset[str]
    given: frozenset[str]
    name: frozenset[str]
    unit: frozenset[str]
    unit_name: frozenset[str]
    unit_before: frozenset[str]
    name_begin: frozenset[str]
    outlet: frozenset[str]
    street: frozenset[str]
    institution: frozenset[str]
    plain: frozenset[str]
    connector: frozenset[str]
    month: frozenset[str]
    generic: frozenset[str]


@functools.cache
def _lists() -> _Lists:
    words = tables.words()
    return _Lists(
        words["region-word"],
        words["town-word"],
        words["core"],
        words["compass"],
        words["locative"],
        words["title"],
        words["given"],
        words["name"],
        words["unit"],
        words["unit-name"],
        words["unit-before"],
        words["name-begin"],
        words["outlet"],
        words["street"],
        words["institution"],
        words["plain"],
        words["connector"],
        words["month"],
        words["region-word"] | words["town-word"],
    )


class _Heads(dict[str, str]):
    """Word → its key when a name may begin with it; empty otherwise. Filled as words are met."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        super().__init__()
        self._gazetteer = gazetteer
        self._core = _lists().core

    def __missing__(self, word: str) -> str:
        head = ""
        bare = word.lstrip(_LEADING)
        if bare:
            low = bare.lower()
            if bare[0].isupper():
                head = fold[bare]
            elif low in self._gazetteer.heads or low in self._core:
                head = fold[bare] if low in self._gazetteer.heads else "\0"
        if len(self) > 100_000:
            self.clear()
        self[word] = head
        return head


class _Mention:
    """One name in the text with all its readings."""

    __slots__ = ("after", "end", "generic", "place", "readings", "start", "stop", "support", "whole")

    def __init__(self, start: int, end: int, readings: tuple[Place, ...]) -> None:
        self.start, self.end = start, end
        """The tokens of the name alone."""
        self.whole = (start, end)
        """With the generic word beside it."""
        self.readings = readings
        self.generic = ""
        self.place: Place | None = None


class _Finder:
    """The search through one document."""

    def __init__(self, words: Words, gazetteer: Gazetteer, heads: _Heads, country: str) -> None:
        self.raw, self.low = words.raw, words.low
        self.words = words
        self.gazetteer, self.heads = gazetteer, heads
        self.lists = _lists()
        self.country = country
        self.votes: dict[str, float] = {}
        self.codes: dict[str, float] = {}

    # -- names ---------------------------------------------------------------

    def mentions(self) -> tuple[list[_Mention], list[int]]:
        """Every known name, longest first at each word, and the generic words met."""
        heads, raw = self.heads, self.raw
        found: list[_Mention] = []
        generics: list[int] = []
        done = 0
        for index in [i for i, word in enumerate(raw) if heads[word]]:
            if index < done:
                continue
            key = heads[raw[index]]
            if key == "\0":
                generics.append(index)
                continue
            country = self.gazetteer.demonyms.get(raw[index].lower())
            mention = self._match(index)
            if mention is None:
                if country:
                    self._vote(country, 2.0)
                continue
            if country and mention.end == index + 1:
                # "Somali", "Central African": the adjective, unless a generic word follows.
                if not self._word_after(mention.end, self.lists.region):
                    self._vote(country, 2.0)
                    continue
            found.append(mention)
            done = mention.end
        return found, generics

    def _match(self, index: int) -> _Mention | None:
        raw, heads, node = self.raw, self.heads, self.gazetteer.node
        first = raw[index].lower().lstrip(_LEADING)
        start, article, strict = index, False, False
        if first in ARTICLES and index + 2 < len(raw):
            if raw[index + 1] in _HYPHENS and raw[index + 2][:1].isalpha():
                index, article = index + 2, True
            elif raw[index + 1][:1].isupper() or (first in ("al", "el") and raw[index + 1] in _HYPHENS):
                mention = None if first in ("al", "el") else self._walk(start, index, False, False)
                if mention is not None:
                    return mention
                index, article, strict = index + 1, True, first not in ("al", "el")
        elif first[-1:] in _HYPHENS and first[:-1] in ARTICLES and index + 1 < len(raw):
            index, article = index + 1, True
        elif index >= 2 and raw[index - 1] in _HYPHENS and raw[index - 2] in ARTICLES:
            start, article = index - 2, True
        elif index >= 1 and (raw[index - 1] in ("al", "el") or raw[index - 1].rstrip("-") in ARTICLES):
            if raw[index - 1] in ("al", "el") or raw[index - 1].endswith("-"):
                start, article = index - 1, True
        if not heads[raw[index]] or heads[raw[index]] == "\0":
            if not article:
                return None
        mention = self._walk(start, index, article, strict)
        if mention is None and first[-1:].isalnum() and "-" in first:
            # A tokenizer that leaves "Al-Raqqah" whole.
            parts = first.split("-")
            if parts[0] in ARTICLES:
                readings, _ = node(fold["".join(parts[1:])])
                readings = self._fitting(readings, True, False)
                if readings:
                    return _Mention(start, index + 1, readings)
        return mention

    def _walk(self, start: int, index: int, article: bool, strict: bool) -> _Mention | None:
        raw, node = self.raw, self.gazetteer.node
        connector = self.lists.connector
        key = fold[raw[index]]
        readings, longer = node(key)
        best: _Mention | None = None
        size = len(raw)
        position = index
        for _ in range(LONGEST):
            if readings:
                fitting = self._fitting(readings, article, strict)
                if fitting:
                    best = _Mention(start, position + 1, fitting)
            if not longer:
                break
            position += 1
            while position < size and (
                raw[position] in _HYPHENS
                or (
                    raw[position].lower() in ARTICLES
                    and position + 1 < size
                    and (raw[position + 1] in _HYPHENS or raw[position].lower() in ("al", "el"))
                )
                or raw[position].rstrip("-") in ARTICLES and raw[position][-1] == "-"
            ):
                position += 1
            if position >= size:
                break
            word = raw[position]
            if not word[0].isalpha():
                if word == "&":
                    key = join(key, "and")
                    readings, longer = (), node(key)[1]
                    continue
                break
            if not word[0].isupper() and word not in connector:
                if raw[position - 1] not in _HYPHENS or self.words.space[position - 1]:
                    break
            longer_key = join(key, fold[word])
            if longer_key == key:
                break
            key = longer_key
            readings, longer = node(key)
        return best

    def _fitting(
        self, readings: tuple[Place, ...], article: bool, strict: bool
    ) -> tuple[Place, ...]:
        if not article:
            # Without its article a name must be long, and of a language that may drop it.
            if any(place.article for place in readings):
                return tuple(
                    place
                    for place in readings
                    if not place.article or place.sure or place.country in ARABIC
                )
            return readings
        return tuple(
            place
            for place in readings
            if place.article or (not strict and place.country in ARABIC and place.kind != "country")
        )

    # -- what stands beside a name ---------------------------------------------

    def _word_after(self, end: int, wanted: frozenset[str]) -> bool:
        return end < len(self.low) and self.low[end] in wanted

    def surround(self, mention: _Mention) -> None:
        """Find the generic word beside a name and widen the span by it."""
        low, lists = self.low, self.lists
        start, end = mention.start, mention.end
        size = len(low)
        after = low[end] if end < size else ""
        if after in ("city", "town") and end + 1 < size and low[end + 1] in lists.generic:
            end += 1
            after = low[end]
        if after in lists.generic and not (self.raw[end][0].isupper() and self._blocked_unit(end + 1)):
            mention.generic = after
            mention.whole = (start, end + 1)
            if after == "federal" or after == "regional":
                mention.whole = (start, min(end + 2, size))
            return
        if start >= 2 and low[start - 1] == "of" and low[start - 2] in lists.generic:
            mention.generic = low[start - 2]
            mention.whole = (start - 2, mention.end)
            return
        before = low[start - 1] if start else ""
        if before in ("district", "province", "governorate", "department", "town", "village", "city", "state",
                      "region", "commune", "township", "tehsil", "camp"):  # fmt: skip
            mention.generic = before
            if before in ("district", "province", "governorate", "department"):
                mention.whole = (start - 1, mention.end)

    def _blocked_unit(self, index: int) -> bool:
        raw, low, lists = self.raw, self.low, self.lists
        for position in range(index, min(index + 3, len(raw))):
            word = low[position]
            if word in lists.unit:
                return True
            if raw[position][:1].isupper():
                if word in lists.unit_name or word in lists.outlet:
                    return True
                continue
            break
        return False

    def blocked(self, mention: _Mention) -> bool:
        """True when the name is part of a person's, a unit's, a paper's or a street's name."""
        raw, low, lists = self.raw, self.low, self.lists
        start, end = mention.start, mention.end
        if self._blocked_unit(end):
            return True
        after = low[end] if end < len(low) else ""
        if after in lists.street and not (end + 1 < len(low) and low[end + 1] in lists.core):
            return True
        before = low[start - 1] if start else ""
        if before in lists.unit_before and (raw[start - 1][0].isupper() or before == "operation"):
            return True
        if start > 1 and before in _HYPHENS and not self.words.space[start - 1] and not self.words.space[start - 2]:
            # "ISIL-KP", "pro-Baghdad": the second half of a word; "Kyiv-Odesa" is two places.
            whole = raw[start - 2]
            if whole.isupper() != raw[start].isupper() or whole.islower() or whole.isupper():
                return low[start - 2] not in ARTICLES and not raw[start - 2].istitle()
        if before in lists.name_begin and raw[start - 1][0].isupper() and before not in ARTICLES:
            return True
        if before.rstrip(".") in lists.title or before in lists.title:
            previous = low[start - 2] if start > 1 else ""
            # "the martyr of Homs" has "of" between; "President Assad" has not.
            if not (before in ("private", "chief", "major", "general") and not raw[start - 1][0].isupper()):
                return previous not in ("former-",)
        if (
            before in lists.given
            and raw[start - 1][0].isupper()
            and not any(place.sure and place.kind == "region" and len(place.codes[0]) == 5 and False
                        for place in mention.readings)
        ):  # fmt: skip
            return True
        if before == "-" and start > 1 and low[start - 2] in ("al", "el", "abu", "abd"):
            return False
        if before == "operation" or (before in ("“", '"') and after in lists.unit_name):
            return True
        first = low[start]
        if mention.end == mention.start + 1 and first in (lists.given | lists.name):
            # "Hassan Nasrallah", "Mr Hassan": a name followed by another, or without a sign of place.
            if after and raw[end][0].isupper() and after not in lists.generic:
                return True
        return False

    # -- countries of the document ---------------------------------------------

    def _vote(self, country: str, weight: float) -> None:
        if country:
            self.votes[country] = self.votes.get(country, 0.0) + weight

    def count_votes(self, mentions: list[_Mention]) -> None:
        """Let every name that can mean one country only speak for that country."""
        if self.country:
            self._vote(self.country, 6.0)
        for mention in mentions:
            readings = mention.readings
            if mention.generic and mention.generic in self.lists.region:
                regions = [p for p in readings if p.kind == "region" and p.sure]
                if regions:
                    readings = tuple(regions)
            strong = [p for p in readings if p.sure and not p.weak and not p.common]
            pool = strong or [p for p in readings if not p.weak]
            countries = {p.country for p in pool if p.country}
            if len(countries) == 1:
                best = pool[0]
                if strong:
                    weight = 3.0 if best.kind in ("country", "region") else 2.0
                elif best.common:
                    continue
                else:
                    weight = 1.0 if max(p.size for p in pool) >= 50_000 else 0.4
                self._vote(countries.pop(), weight)
                if len({p.codes for p in pool}) == 1 and pool[0].codes:
                    code = pool[0].codes[0]
                    self.codes[code] = self.codes.get(code, 0.0) + weight
            elif not strong and pool and not pool[0].common:
                ordered = sorted(pool, key=lambda p: -p.size)
                if ordered[0].size >= 10 * ordered[1].size and ordered[0].size >= 200_000:
                    self._vote(ordered[0].country, 0.5)

    def share(self, country: str) -> float:
        """How much the document speaks of `country`, from 0 to 1."""
        if not self.votes:
            return 0.0
        return self.votes.get(country, 0.0) / self._most

    # -- the reading -------------------------------------------------------------

    def resolve(self, mentions: list[_Mention]) -> None:
        """Choose the reading of each name, or none."""
        self._most = max(self.votes.values(), default=1.0)
        self._neighbours: dict[int, _Mention] = {}
        count = len(mentions)
        for index, mention in enumerate(mentions):
            near: list[_Mention] = []
            if index + 1 < count and self._adjacent(mention, mentions[index + 1]):
                near.append(mentions[index + 1])
                if index + 2 < count and self._adjacent(mentions[index + 1], mentions[index + 2]):
                    near.append(mentions[index + 2])
            before = (
                mentions[index - 1]
                if index and self._adjacent(mentions[index - 1], mention)
                else None
            )
            mention.place = self._choose(mention, near, before)

    def _adjacent(self, first: _Mention, second: _Mention) -> bool:
        start, end = first.whole[1], second.whole[0]
        if start > end or end - start > 4:
            return False
        gap = [word for word in self.low[start:end] if word]
        if any(word in _STOPS or word.isspace() for word in gap):
            return False
        allowed = ("in", "of", "the", "eastern", "western", "northern", "southern", "central", "north",
                   "south", "east", "west", "northeastern", "northwestern", "southeastern",
                   "southwestern", "'s", "’s", "at", "near", "outside", "'", "’", "district", "-", "–")  # fmt: skip
        return bool(gap) and all(word in _SEPARATORS or word in allowed for word in gap)

    def _choose(
        self, mention: _Mention, near: list[_Mention], before: _Mention | None
    ) -> Place | None:
        best: Place | None = None
        top = -1.0
        for place in mention.readings:
            score = self._score(place, mention, near, before)
            if score > top:
                best, top = place, score
        return best if top > 0 else None

    def _score(
        self, place: Place, mention: _Mention, near: list[_Mention], before: _Mention | None
    ) -> float:
        low, raw, lists = self.low, self.raw, self.lists
        start, end = mention.start, mention.end
        generic = mention.generic
        region_word = generic in lists.region
        town_word = generic in lists.town and not region_word
        share = self.share(place.country)
        support = 0.0
        # The larger place named next to it: "Hays, Hodeidah", "Bijapur (Chhattisgarh)".
        for other in near:
            for reading in other.readings:
                if reading.kind == "town" and not reading.sure:
                    continue
                if reading.codes and set(reading.codes) & set(place.codes):
                    support = max(support, 6.0)
                elif reading.country == place.country and reading.kind in ("country", "region"):
                    support = max(support, 3.0)
        if before is not None and before.place is not None and support < 6:
            if before.place.kind in ("region", "country") and before.place.country == place.country:
                support = max(support, 2.0)
                if set(before.place.codes) & set(place.codes):
                    support = 6.0
        if place.short:
            previous = low[start - 1] if start else ""
            return 9.0 if previous == "," and start > 1 and raw[start - 2][:1].isupper() else 0.0
        if place.weak:
            if not (region_word or support >= 6):
                if not (place.country and share >= 0.5 and self._located(start) and raw[start][0].isupper()
                        and "-" in raw[start : end] or (start and low[start - 1] in _POSSESSIVE)):  # fmt: skip
                    return 0.0
            if share < 0.2 and not support:
                return 0.0
            return 8.0 + 4 * share + support
        if place.kind == "country":
            if place.common:
                if region_word and generic == "state":
                    return 0.0
            return 6.0 + 2 * share + (2.0 if not generic else 0.0)
        if place.kind == "area":
            return 7.0 + 3 * share - (2.0 if region_word and generic == "governorate" else 0.0)
        score = math.log10(place.size + 100) + 4 * share + support
        if place.codes[0] in self.codes:
            score += 1.5
        if place.kind == "region":
            score += 2.0 + (3.0 if region_word else 0.0) - (0.5 if town_word else 0.0)
            return score if not self._person(mention) else 0.0
        if place.district and town_word:
            score += 0.5
        if town_word:
            score += 1.0
        if place.sure and not place.common:
            return score + 1.0 if share or support or self._located(start) or town_word else 0.0
        located = self._located(start) or town_word or self._dateline(mention)
        if place.article and not mention.start < mention.end - 1 and not place.sure:
            # The article was dropped: a short rest of a name is too little.
            if len(fold[raw[start]]) < 5 or share < 0.25:
                return 0.0
        if place.common:
            if not (support >= 3 or (town_word and share >= 0.25)):
                if not (share >= 0.5 and located and place.size >= 5_000 and self._capitals(start, end)):
                    return 0.0
            if self._person(mention) and not support and not town_word:
                return 0.0
            return score
        if support >= 3:
            return score
        if self._inside_name(mention):
            return 0.0
        if share >= 0.25:
            return score if located or share >= 0.25 and place.size >= 3_000 else 0.0
        if place.size >= 300_000:
            return score
        if located and place.size >= 15_000 and not self.votes:
            return score
        return score if located and place.size >= 100_000 else 0.0

    def _located(self, start: int) -> bool:
        """True after a preposition of place, a point of the compass, or at the head of a line."""
        if not start:
            return True
        word = self.low[start - 1]
        if word == "#" and start > 1:
            word = self.low[start - 2]
            return True
        if word in ("the", ""):
            word = self.low[start - 2] if start > 1 else ""
        return word in self.lists.locative or word in self.lists.compass or word in ("(", "/", ",", "–")

    def _dateline(self, mention: _Mention) -> bool:
        start = mention.start
        return self.raw[start].isupper() and len(self.raw[start]) > 3 and (
            start == 0 or self.raw[start - 1].isspace() or self.raw[start - 1] in "*-•–▪/"
        )  # fmt: skip

    def _capitals(self, start: int, end: int) -> bool:
        """True when the sentence is not all capitals, so that a capital tells something."""
        return start > 0 and self.raw[start - 1] not in _STOPS and not self.raw[start - 1].isspace()

    def _person(self, mention: _Mention) -> bool:
        """True when the next word is a capitalised one that continues a person's name."""
        raw, low, lists = self.raw, self.low, self.lists
        first = low[mention.start]
        if mention.end - mention.start > 1 or first not in lists.name and first not in lists.given:
            return False
        return not (self._located(mention.start) or mention.generic)

    def _inside_name(self, mention: _Mention) -> bool:
        """True when capitalised words touch the name that belong to no place."""
        raw, low, lists = self.raw, self.low, self.lists
        start, end = mention.start, mention.end
        if start:
            word, text = low[start - 1], raw[start - 1]
            if (
                text[:1].isupper()
                and not text.isupper()
                and word.isalpha()
                and word not in lists.generic
                and word not in lists.compass
                and word not in lists.locative
                and word not in lists.plain
                and word not in self.gazetteer.demonyms
            ):
                return True
        if end < len(raw):
            word, text = low[end], raw[end]
            if (
                text[:1].isupper()
                and text[-1].islower()
                and word not in lists.generic
                and word not in lists.plain
                and word not in lists.institution
                and word not in lists.month
                and not self.heads[text] == ""
                and not raw[start].isupper()
            ):
                return True
        return False

    # -- unknown names -------------------------------------------------------------

    def unknown(self, generics: list[int], mentions: list[_Mention]) -> list[_Mention]:
        """Capitalised names that a word like "village" beside them shows to be places."""
        taken: set[int] = set()
        for mention in mentions:
            taken.update(range(mention.whole[0], mention.whole[1]))
        found = []
        for index in generics:
            if index in taken:
                continue
            span = self._name_before(index) or self._name_after(index)
            if span is None or not taken.isdisjoint(range(*span)):
                continue
            mention = _Mention(span[0], span[1], ())
            mention.whole = span
            mention.place = Place("town", (), "")
            found.append(mention)
            taken.update(range(*span))
        return found

    def _good(self, index: int) -> bool:
        text, low, lists = self.raw[index], self.low[index], self.lists
        return (
            text[0].isupper()
            and low not in lists.plain
            and low not in lists.compass
            and low not in lists.generic
            and low not in lists.unit
            and low not in self.gazetteer.demonyms
            and (len(text) > 2 or low in ARTICLES)
            and not (text.isupper() and len(text) < 5)
        )

    def _name_before(self, index: int) -> tuple[int, int] | None:
        raw, low = self.raw, self.low
        if low[index] in ("area", "refugee", "locality", "settlement", "quarter") and (
            index + 1 < len(low) and low[index + 1] in ("of", "commander")
        ):
            return None
        start = index
        while start and (self._good(start - 1) or (raw[start - 1] in _HYPHENS and start < index)):
            start -= 1
            if index - start > 5:
                break
        while start < index and raw[start] in _HYPHENS:
            start += 1
        if start == index:
            return None
        if start and raw[start - 1] in _HYPHENS and start > 1 and low[start - 2] in ARTICLES:
            start -= 2
        elif start and low[start - 1].rstrip("-") in ARTICLES and raw[start - 1].islower():
            if low[start - 1] in ("al", "el") or raw[start - 1].endswith("-"):
                start -= 1
        first = start == 0 or raw[start - 1] in _STOPS or raw[start - 1].isspace()
        if first and index - start == 1:
            # The capital of a sentence's first word tells nothing.
            return None
        return start, index + 1

    def _name_after(self, index: int) -> tuple[int, int] | None:
        raw, low = self.raw, self.low
        start = index + 1
        if start < len(low) and low[start] == "camp":
            start += 1
        if start >= len(low) or low[start] != "of":
            return None
        start += 1
        if start < len(low) and low[start] == "the":
            return None
        end = start
        while end < len(raw) and end - start < 6:
            if self._good(end) or raw[end] in _HYPHENS and end + 1 < len(raw) and raw[end + 1][0].isalpha():
                end += 1
            elif low[end] in ARTICLES and end + 1 < len(raw) and raw[end + 1] in _HYPHENS:
                end += 1
            elif low[end] in ("de", "del", "da", "do", "al", "el") and end + 1 < len(raw) and raw[end + 1][0].isupper():
                end += 1
            else:
                break
        while end > start and raw[end - 1] in _HYPHENS:
            end -= 1
        return (index, end) if end > start else None

    def inherit(self, mentions: list[_Mention]) -> None:
        """Give a place of unknown region that of the region named next to it."""
        for index, mention in enumerate(mentions):
            if mention.readings or mention.place is None:
                continue
            around = []
            if index + 1 < len(mentions):
                around.append((mention, mentions[index + 1]))
            if index:
                around.append((mentions[index - 1], mention))
            for first, second in around:
                other = second if first is mention else first
                if other.place is None or not other.place.codes or not self._near(first, second):
                    continue
                mention.place = Place("town", other.place.codes, other.place.country)
                break

    def _near(self, first: _Mention, second: _Mention) -> bool:
        start, end = first.whole[1], second.whole[0]
        if end - start > 7:
            return False
        return not any(word in _STOPS or word.isspace() for word in self.raw[start:end])


def find(words: Words, *, gazetteer: Gazetteer | None = None, country: str = "") -> list[dict[str, Any]]:
    """Find the places in a text and their regions.

    Args:
        words: the words of the Doc.
        gazetteer: the names known; None for those of the package.
        country: ISO 3166-1 code of the country that the text is mostly about, where known.

    Returns:
        One record a place, in text order: ``start``, ``end`` (tokens, end exclusive),
        ``char_start``, ``char_end``, ``text``, ``codes`` (ISO 3166-2, first level), ``country``,
        ``kind`` (``region``, ``town``, ``area``, ``country``), ``place`` (a town as written, else
        empty), ``dateline`` (True for the place of filing: ``OUAGADOUGOU, Aug 4 -``).

    >>> import spacy
    >>> words = Words.of(spacy.blank("en")("Shelling near Kupiansk, Ukraine, and in Al-Raqqah province"))
    >>> [(record["text"], record["codes"]) for record in find(words)]
    [('Kupiansk', ['UA-63']), ('Ukraine', []), ('Al-Raqqah province', ['SY-RA'])]
    """
    gazetteer = gazetteer or Gazetteer.of()
    finder = _Finder(words, gazetteer, _heads_of(gazetteer), country)
    mentions, generics = finder.mentions()
    if not mentions and not generics:
        return []
    mentions = [mention for mention in mentions if not finder.blocked(mention)]
    for mention in mentions:
        finder.surround(mention)
    finder.count_votes(mentions)
    finder.resolve(mentions)
    mentions = [mention for mention in mentions if mention.place is not None]
    mentions += finder.unknown(generics, mentions)
    mentions.sort(key=lambda mention: mention.whole)
    finder.inherit(mentions)
    return [_record(finder, mention) for mention in _apart(mentions)]


def _apart(mentions: list[_Mention]) -> list[_Mention]:
    """Leave out spans that overlap one before them."""
    kept: list[_Mention] = []
    end = 0
    for mention in mentions:
        if mention.whole[0] < end:
            if mention.start < end:
                continue
            mention.whole = (mention.start, mention.whole[1])
        kept.append(mention)
        end = mention.whole[1]
    return kept


def _record(finder: _Finder, mention: _Mention) -> dict[str, Any]:
    words, place = finder.words, mention.place
    assert place is not None
    start, end = mention.whole
    kind = place.kind
    codes = list(place.codes)
    # "northern Iraq" is a part of a country, not the country.
    if kind == "country" and start and finder.low[start - 1] in finder.lists.compass:
        kind = "area"
        start -= 1
    text = _text(words, start, end)
    return {
        "start": start,
        "end": end,
        "char_start": words.start[start],
        "char_end": words.end[end - 1],
        "text": text,
        "codes": codes,
        "country": place.country,
        "kind": kind,
        "place": text if kind == "town" else "",
        "dateline": _filed(words, mention),
    }


def _text(words: Words, start: int, end: int) -> str:
    return "".join(
        words.raw[index] + (" " if words.space[index] and not words.raw[index].isspace() else "")
        for index in range(start, end)
    ).strip()


def _filed(words: Words, mention: _Mention) -> bool:
    """True for a news agency's place of filing at the head of a paragraph."""
    raw, low = words.raw, words.low
    start, end = mention.start, mention.end
    if start and not raw[start - 1].isspace() and raw[start - 1] not in "/":
        return False
    after = low[end] if end < len(low) else ""
    following = low[end + 1] if end + 1 < len(low) else ""
    if after == "," and (following in _lists().month or following.isdecimal()):
        return True
    return after == "(" and following in ("reuters", "ap", "afp", "xinhua", "ani", "pti", "efe", "dpa")


@functools.cache
def _heads_of(gazetteer: Gazetteer) -> _Heads:
    return _Heads(gazetteer)


class Regions:
    """Component that sets ``doc.spans["regions"]`` and REGION entities.

    Args:
        nlp: the pipeline.
        name: name of the component.
        regions: path of a table of regions laid over the package's; None for ours alone.
        country: ISO 3166-1 code of the country that the texts are about, where all are about one.
        overwrite_ents: True when a REGION replaces overlapping entities of other components.

    Raises:
        RuleError: the user's table does not fit.
        FileNotFoundError: there is no such table.
        ValueError: `country` is not a code of two letters.

    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> _ = nlp.add_pipe("tollbook_regions")
    >>> doc = nlp("Clashes in Mosul, Iraq")
    >>> [(ent.text, ent.label_) for ent in doc.ents]
    [('Mosul', 'REGION'), ('Iraq', 'REGION')]
    >>> doc.spans["regions"].attrs["regions"][0]["codes"]
    ['IQ-NI']
    """

    def __init__(
        self,
        nlp: Language,
        name: str,
        *,
        regions: str | None = None,
        country: str = "",
        overwrite_ents: bool = True,
    ) -> None:
        if country and not (len(country) == 2 and country.isalpha() and country.isupper()):
            raise ValueError(f"country is {country!r}: give an ISO 3166-1 code such as 'SY', or ''")
        self.name = name
        self.country = country
        self.overwrite_ents = overwrite_ents
        self.gazetteer = Gazetteer.of(regions)

    def __call__(self, doc: Doc) -> Doc:
        """Find the places of `doc` and write them into it."""
        records = find(Words.of(doc), gazetteer=self.gazetteer, country=self.country)
        return annotate(doc, records, overwrite_ents=self.overwrite_ents)


def annotate(doc: Doc, records: list[dict[str, Any]], *, overwrite_ents: bool = True) -> Doc:
    """Write what `find` found into the Doc.

    Args:
        doc: the Doc.
        records: as `find` returns them.
        overwrite_ents: True when a REGION replaces overlapping entities of other components.
    """
    spans = [Span(doc, record["start"], record["end"], label=LABEL) for record in records]
    doc.spans[GROUP] = SpanGroup(doc, name=GROUP, attrs={GROUP: records}, spans=spans)
    entities.add(doc, spans, overwrite=overwrite_ents)
    return doc


@Language.factory("tollbook_regions")
def make_regions(
    nlp: Language,
    name: str,
    *,
    regions: str | None = None,
    country: str = "",
    overwrite_ents: bool = True,
) -> Regions:
    """Make the component; see `Regions` for the settings."""
    return Regions(nlp, name, regions=regions, country=country, overwrite_ents=overwrite_ents)
