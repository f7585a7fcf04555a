"""Which of the places of one name is meant.

A document is about one or two countries: those that it names, and those of the places that can
lie in one country only. A place named in brackets, after a comma or after "in" decides first;
then the document's countries and the regions that it names; the size of a town comes last. A town
of another country needs its country named, or must be big and the only one of its name. Where two
towns of one country remain, the place is kept without a code.
"""

from __future__ import annotations

import math
from typing import Final

from tollbook.gazetteer import SPELLED, Gazetteer, Place, fold
from tollbook.pipes.region_names import POSSESSIVE, SEPARATORS, STOPS, Heads, Mention, Names
from tollbook.words import Words

HOME: Final = 0.3
"""From this share of the votes on, a country is one that the document is about."""
ABROAD: Final = 500_000
"""Inhabitants from which on a town of a country that is not named may be meant."""
NEAR: Final = 60
"""Tokens over which a region named before a town speaks for it."""

# Who fights, arms or speaks in other countries' wars: the adjective says little of the place.
_POWERS: Final = frozenset("RU US IR TR IL SA GB FR CN AE".split())
_BETWEEN: Final = frozenset(
    "in of the eastern western northern southern central north south east west northeastern "
    "northwestern southeastern southwestern 's ’s s at near outside ' ’ district - – city town "
    "province governorate region state capital".split()
)
_CLOSED: Final = frozenset((*STOPS, ")"))


class Readings(Names):
    """The search through one document, and the choice between the places found.

    Args:
        words: the words of the Doc.
        gazetteer: the names known.
        heads: the words that a name may begin with.
        country: ISO 3166-1 code of the country that the text is about; empty when unknown.
    """

    def __init__(self, words: Words, gazetteer: Gazetteer, heads: Heads, country: str) -> None:
        super().__init__(words, gazetteer, heads)
        self.country = country
        self.votes: dict[str, float] = {}
        self.codes: dict[str, float] = {}
        self.named: set[str] = set()
        """Countries whose name stands in the document."""
        self._most = 1.0
        self._top_code = 1.0
        self._one_region = ""
        self._by_start: dict[int, Mention] = {}

    # -- countries of the document ---------------------------------------------

    def count_votes(self, mentions: list[Mention]) -> None:
        """Let every name that can mean one country only speak for that country."""
        votes = self.votes
        if self.country:
            votes[self.country] = 8.0
            self.named.add(self.country)
        for country in set(self.adjectives):
            often = min(self.adjectives.count(country), 3)
            weight = 0.5 if country in _POWERS else 1.0
            votes[country] = votes.get(country, 0.0) + weight * often
        seen: dict[tuple[str, ...], int] = {}
        for mention in mentions:
            key = tuple(self.low[mention.start : mention.end])
            times = seen[key] = seen.get(key, 0) + 1
            if times <= 3:
                self._count(mention, 1.0 if times == 1 else 0.3)
        self._most = max(votes.values(), default=0.0)
        self._top_code = max(self.codes.values(), default=0.0)
        total = sum(self.codes.values())
        if total and self._top_code >= 3.0 and self._top_code >= 0.75 * total:
            self._one_region = max(self.codes, key=lambda code: self.codes[code])

    def _count(self, mention: Mention, share: float) -> None:
        readings = mention.readings
        if mention.generic in self.lists.region:
            regions = tuple(p for p in readings if p.kind == "region" and p.sure and not p.short)
            readings = regions or readings
        strong = [p for p in readings if p.sure and not p.weak and not p.common and not p.short]
        if not mention.generic and strong and self._slight(strong[0], mention):
            return
        pool = strong or [p for p in readings if not p.weak and not p.short]
        if strong and all(p.kind == "town" for p in strong):
            # A town of the tables is not the only one of its name.
            pool = strong + [p for p in readings if not p.sure and p.size >= 2_000 and not p.other]
        elif strong and strong[0].kind == "region" and not mention.generic:
            # Tripoli of Libya is a region, that of Lebanon a city.
            pool = strong + [
                p for p in readings if not p.sure and p.size >= 100_000 and not p.other
            ]
        countries = {p.country for p in pool if p.country}
        votes = self.votes
        if not countries:
            return
        if mention.end == mention.start + 1 and not mention.generic and self._cut_short(mention):
            return
        if len(countries) > 1:
            if pool[0].common or len(countries) > 8:
                return
            sizes = sorted((p.size for p in pool), reverse=True)
            weight = share * min(0.3, 1.0 / len(countries))
            for country in countries:
                votes[country] = votes.get(country, 0.0) + weight
            if not strong and sizes[0] >= 10 * sizes[1] and sizes[0] >= 200_000:
                votes[pool[0].country] += 0.4 * share
            return
        country = next(iter(countries))
        best = pool[0]
        if strong:
            weight = 3.0 if best.kind in ("country", "region") else 2.0
            if best.kind == "country":
                self.named.add(country)
            elif best.kind == "region" and len(readings) > 2 and not mention.generic:
                weight = 2.0
        elif best.common or best.other:
            return
        else:
            weight = 1.0 if max(p.size for p in pool) >= 50_000 else 0.4
        weight *= share
        votes[country] = votes.get(country, 0.0) + weight
        codes = {p.codes for p in pool}
        if len(codes) == 1 and best.codes:
            # What a text says with "province" it is about; a town is only some place in it.
            code = best.codes[0]
            more = 2.0 if best.kind == "region" and mention.generic in self.lists.region else 1.0
            self.codes[code] = self.codes.get(code, 0.0) + weight * more

    def _slight(self, place: Place, mention: Mention) -> bool:
        """True for a region with a common or short name in a country that few reports are about."""
        return (
            place.kind == "region"
            and place.country not in SPELLED
            and (
                (mention.end == mention.start + 1 and len(self.low[mention.start]) <= 4)
                or len({p.country for p in mention.readings}) > 3
            )
        )

    def share(self, country: str) -> float:
        """How much the document speaks of `country`, from 0 to 1."""
        return self.votes.get(country, 0.0) / max(self._most, 1.5)

    # -- the reading -------------------------------------------------------------

    def resolve(self, mentions: list[Mention]) -> None:
        """Choose the reading of each name, or none."""
        count = len(mentions)
        self._by_start = {mention.start: mention for mention in mentions}
        heading: tuple[int, tuple[str, ...]] = (-NEAR, ())
        for index, mention in enumerate(mentions):
            near: list[Mention] = []
            if index + 1 < count and self._adjacent(mention, mentions[index + 1]):
                near.append(mentions[index + 1])
                if index + 2 < count and self._adjacent(mentions[index + 1], mentions[index + 2]):
                    near.append(mentions[index + 2])
            before = (
                mentions[index - 1]
                if index and self._adjacent(mentions[index - 1], mention)
                else None
            )
            last = heading[1] if mention.start - heading[0] < NEAR else ()
            mention.place = place = self._choose(mention, near, before, last)
            if place is not None and place.kind == "region":
                heading = mention.end, place.codes

    def _adjacent(self, first: Mention, second: Mention) -> bool:
        start, end = first.whole[1], second.whole[0]
        if start > end or end - start > 4:
            return False
        gap = [word for word in self.low[start:end] if word]
        if any(word in _CLOSED or word.isspace() for word in gap):
            return False
        return bool(gap) and all(word in SEPARATORS or word in _BETWEEN for word in gap)

    def _choose(
        self, mention: Mention, near: list[Mention], before: Mention | None, last: tuple[str, ...]
    ) -> Place | None:
        readings = mention.readings
        if near and len(readings) > 1:
            readings = self._named_after(readings, near)
        if mention.generic not in self.lists.town and any(p.kind == "country" for p in readings):
            # "Mexico" is not Mexico City.
            readings = tuple(p for p in readings if p.sure)
        if len(readings) > 4 and not near and before is None:
            readings = self._prune(readings)
        scored: list[tuple[float, Place]] = []
        for place in readings:
            score = self._score(place, mention, near, before)
            if score > 0:
                if last and place.kind == "town" and set(last) & set(place.codes):
                    score += 1.5
                scored.append((score, place))
        if not scored:
            return None
        top, best = max(scored, key=lambda item: item[0])
        if best.kind != "town" or best.sure:
            return best
        rivals = [p for score, p in scored if score > top - 0.6 and p.codes != best.codes]
        if any(p.country == best.country for p in rivals) or (
            rivals and self.share(best.country) < HOME
        ):
            country = best.country if all(p.country == best.country for p in rivals) else ""
            return Place("town", (), country)
        if (
            self._one_region
            and best.codes[0] not in self.codes
            and best.country == self._one_region[:2]
            and (best.size < 100_000 or best.other)
            and not self._supported(best, near, before)
        ):
            # A document about one region: a town of that name elsewhere is likely another.
            return Place("town", (), best.country)
        return best

    @staticmethod
    def _named_after(readings: tuple[Place, ...], near: list[Mention]) -> tuple[Place, ...]:
        """Of "Tripoli, Lebanon" the readings in the country named after it, where there are any."""
        for other in near:
            for reading in other.readings:
                if reading.sure and reading.kind in ("country", "region") and not reading.weak:
                    kept = tuple(p for p in readings if p.country == reading.country)
                    if kept:
                        return kept
        return readings

    def _prune(self, readings: tuple[Place, ...]) -> tuple[Place, ...]:
        """Leave out small places of countries that the document does not speak of."""
        votes = self.votes
        kept = tuple(p for p in readings if p.sure or p.country in votes or p.size >= 100_000)
        return kept or readings[:1]

    def _supported(self, place: Place, near: list[Mention], before: Mention | None) -> bool:
        return self._support(place, near, before) >= 3.0

    def _support(self, place: Place, near: list[Mention], before: Mention | None) -> float:
        """6 where the place's region is named next to it, 3 where its country is."""
        support = 0.0
        # The larger place named next to it: "Hays, Hodeidah", "Bijapur (Chhattisgarh)".
        for other in near:
            for reading in other.readings:
                if (
                    reading.kind == "town"
                    and not (reading.sure and reading.size >= 40_000)
                    and not place.weak
                ):
                    continue
                if reading.codes and set(reading.codes) & set(place.codes):
                    support = 6.0
                elif reading.country == place.country and reading.kind in ("country", "region"):
                    support = max(support, 3.0)
        if before is not None and before.place is not None and support < 6:
            if before.place.kind in ("region", "country") and before.place.country == place.country:
                support = max(support, 2.0)
                if set(before.place.codes) & set(place.codes):
                    support = 6.0
            elif place.weak and set(before.place.codes) & set(place.codes):
                # "Merawi, Amhara"
                support = 6.0
        return support

    def _score(
        self, place: Place, mention: Mention, near: list[Mention], before: Mention | None
    ) -> float:
        """How well a place fits; 0 where it is not meant."""
        lists = self.lists
        generic = mention.generic
        region_word = generic in lists.region
        town_word = generic in lists.town and not region_word
        share = self.share(place.country)
        support = self._support(place, near, before) if near or before is not None else 0.0
        if place.short:
            return self._short(mention, share)
        if place.weak:
            return self._weak(place, mention, region_word, share, support)
        if place.kind == "country":
            if place.common and generic == "state":
                return 0.0
            return 6.0 + 2 * share + (2.0 if not generic else 0.0)
        if place.kind == "area":
            # "Gaza" is the Strip, "Gaza City" the town.
            zone = 2.0 if place.common and share >= HOME and not town_word else 0.0
            return 7.0 + 3 * share + zone - (2.0 if generic == "governorate" else 0.0)
        if place.common and not support and self._coordinated(place, mention):
            support = 3.0
        score = math.log10(place.size + 100) + 4 * share + support
        if place.codes and self._top_code:
            score += 2.5 * self.codes.get(place.codes[0], 0.0) / self._top_code
        if place.kind == "region":
            if not self._region(place, mention, region_word, share, support):
                return 0.0
            return score + 2.0 + (3.0 if region_word else 0.0) - (0.5 if town_word else 0.0)
        if place.district and town_word:
            score += 0.5
        if town_word:
            score += 1.0
        if place.other:
            score -= 1.0
        if place.sure:
            score += 1.0
        return score if self._town(place, mention, town_word, share, support) else 0.0

    def _coordinated(self, place: Place, mention: Mention) -> bool:
        """True for "Sake and Goma": a name joined to another in the same region."""
        after = self._by_start.get(mention.end + 1)
        return (
            after is not None
            and self.low[mention.end] in ("and", ",", "&")
            and any(place.codes == p.codes and not p.common for p in after.readings)
        )

    def _short(self, mention: Mention, share: float) -> float:
        """ "Beatrice, Neb.", "Neb." and "KP" need a comma, or the country to be known."""
        start = mention.start
        if start > 1 and self.low[start - 1] == "," and self.raw[start - 2][:1].isupper():
            return 9.0
        return 0.0

    def _weak(
        self, place: Place, mention: Mention, region_word: bool, share: float, support: float
    ) -> float:
        raw, start = self.raw, mention.start
        region_word = region_word or self._shares_word(mention)
        if not (region_word or support >= 6):
            hyphen = "-" in raw[start : mention.end] and raw[start][0].isupper()
            owned = bool(start) and self.low[start - 1] in POSSESSIVE
            home = bool(place.country) and share >= 0.5 and self.located(start)
            if not ((home and (hyphen or self._stands_for_region(place, mention))) or owned):
                return 0.0
        if share < 0.2 and not support:
            return 0.0
        return 8.0 + 4 * share + support

    def _shares_word(self, mention: Mention) -> bool:
        """``the Amhara and Oromia regions``: the word behind the last name is said of both."""
        after = self._by_start.get(mention.end + 1)
        return (
            after is not None
            and self.low[mention.end] in ("and", "or", ",", "&")
            and after.generic in ("regions", "provinces", "states", "governorates", "oblasts")
        )

    def _stands_for_region(self, place: Place, mention: Mention) -> bool:
        """True for "in Plateau", in a report on Nigeria: a region's name without "state"."""
        raw, low, start, end = self.raw, self.low, mention.start, mention.end
        if place.kind != "region" or not start or low[start - 1] not in ("in", "across"):
            return False
        after = raw[end] if end < len(raw) else "."
        return raw[start][0].isupper() and not raw[start].isupper() and not after[0].isupper()

    def _region(
        self, place: Place, mention: Mention, region_word: bool, share: float, support: float
    ) -> bool:
        if self.person(mention):
            return False
        if self._slight(place, mention) and not (region_word or support or share >= HOME):
            return False
        if support or region_word or share >= HOME:
            if region_word or support or mention.end - mention.start > 1:
                return True
            return not self._cut_short(mention)
        if (
            not place.article
            and mention.end > mention.start + 1
            and self.low[mention.start] in ("al", "el")
        ):
            # "Al-Amara" is not Amhara, whose name has no article.
            return False
        if self._cut_short(mention) or self.inside_name(mention):
            return False
        located = self.located(mention.start) or self.dateline(mention)
        if self._most >= 1.5:
            return located and (len(self.low[mention.start]) > 4 or mention.end > mention.start + 1)
        return True

    def _cut_short(self, mention: Mention) -> bool:
        """True when a capitalised word that is no place follows: "Darra Adam Khel"."""
        end = mention.end
        if end + 1 >= len(self.raw):
            return False
        first, second = self.raw[end], self.raw[end + 1]
        return (
            first[0].isupper()
            and second[0].isupper()
            and first[-1].islower()
            and second[-1].islower()
            and not self.heads[first]
            and self.low[end] not in self.lists.plain
            and self.low[end] not in self.lists.generic
        )

    def _town(
        self, place: Place, mention: Mention, town_word: bool, share: float, support: float
    ) -> bool:
        """True when the town may be meant at all."""
        start, end = mention.start, mention.end
        if (
            not place.sure
            and not mention.generic
            and start
            and self.raw[start - 1] == "the"
            and (end == len(self.raw) or not self.raw[end][0].isalnum())
            and self.raw[min(end, len(self.raw) - 1)] not in ("-", "–", "/")
        ):
            # "a hotel of the Centro": a town has no article
            return False
        dateline = self.dateline(mention)
        located = dateline or town_word or self.located(start)
        home = share >= HOME
        if place.article and not place.sure and start == end - 1:
            # The article was dropped: a short rest of a name is too little.
            least = 4 if place.size >= 100_000 and located else 5
            if len(fold[self.raw[start]]) < least or share < 0.25:
                return False
        if place.common:
            if not (support >= 3 or (town_word and home)):
                size = 0 if place.sure else 5_000
                if not (
                    share >= 0.5 and located and place.size >= size and self.capitals(start, end)
                ):
                    return False
            return not (self.person(mention) and not support and not town_word)
        if support >= 3:
            return True
        if place.sure and home:
            return located or not self.inside_name(mention)
        if self.inside_name(mention):
            return False
        if place.other and not place.sure and place.codes[0] not in self.codes and not located:
            return False
        if home:
            return located or place.size >= 3_000
        if place.country in self.named:
            return located and place.size >= 20_000
        if not located:
            return False
        alone = all(other.codes == place.codes for other in mention.readings)
        if self._most < 1.5 and alone and not place.other:
            # No country is known, and there is no other place of that name.
            return place.size >= 15_000
        if place.size < (ABROAD if self._most >= 1.5 else 100_000):
            return False
        return alone or all(
            other.codes == place.codes or other.size * 10 <= place.size
            for other in mention.readings
        )

    # -- places of unknown region --------------------------------------------------

    def inherit(self, mentions: list[Mention]) -> None:
        """Give a place of unknown region that of the region named next to it."""
        for index, mention in enumerate(mentions):
            place = mention.place
            if place is None or place.codes or place.kind != "town":
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
                if place.country and other.place.country != place.country:
                    continue
                mention.place = Place("town", other.place.codes, other.place.country)
                break

    def _near(self, first: Mention, second: Mention) -> bool:
        start, end = first.whole[1], second.whole[0]
        if end - start > 7:
            return False
        return not any(word in STOPS or word.isspace() for word in self.raw[start:end])
