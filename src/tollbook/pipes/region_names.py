"""Names that can be places, with the words around them that tell what they are.

A word is looked at only when it begins with a capital (or is one of the few words that begin a
name in lower case) and some known name begins with it. The longest known name there is taken.
"""

from __future__ import annotations

import functools
import re
from itertools import compress, count
from typing import Final, NamedTuple

from tollbook.gazetteer import ARAB_REGIONS, ARABIC, ARTICLES, Gazetteer, Place, fold, join
from tollbook.rules import places as tables
from tollbook.words import Words

GENERIC: Final = "\0"
"""Stands in `Heads` for a word like "village", beside which an unknown name may stand."""

LONGEST: Final = 8
"""Most words that a name may have."""

_HYPHENS: Final = frozenset("-–‑‐")
SEPARATORS: Final = frozenset(",(/")
_ORDINAL: Final = re.compile(r"\d+(?:st|nd|rd|th)")
_LEADING: Final = "#“”\"'‘’(«-–—•*▪"
STOPS: Final = frozenset(".!?;:|•*▪—")
_BEFORE: Final = frozenset(
    "district province governorate department town village city state region commune township "
    "tehsil camp".split()
)
"""Generic words that may stand before a name without "of"."""
LINE_HEADS: Final = frozenset("#*•▪|-–—")
"""Marks after which a line, an item or a tag begins."""
_OPEN: Final = frozenset("of the and upon on in under".split())
"""Words inside a name that none ends with."""
_ALONG: Final = frozenset("on along near off".split())
POSSESSIVE: Final = frozenset(("'s", "’s", "s", "'", "’"))


class Lists(NamedTuple):
    """The words of the rule table by what they say of a name beside them."""

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
    person: frozenset[str]


@functools.cache
def lists_of() -> Lists:
    """The words that stand beside names.

    >>> "governorate" in lists_of().region
    True
    """
    words = tables.words()
    return Lists(
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
        words["given"] | words["name"],
    )


class Heads(dict[str, str]):
    """Word → its key when a name may begin with it; empty otherwise. Filled as words are met."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        super().__init__()
        self._gazetteer = gazetteer
        self._core = lists_of().core

    def __missing__(self, word: str) -> str:
        head = self._head(word)
        if len(self) > 100_000:
            self.clear()
        self[word] = head
        return head

    def _head(self, word: str) -> str:
        gazetteer = self._gazetteer
        bare = word.lstrip(_LEADING)
        if bare and not bare[0].isalnum():
            # "⚡️Kharkiv": a picture that touches the name
            bare = bare.lstrip("".join(c for c in bare if not c.isalnum()))
        if not bare:
            return ""
        low = bare.lower()
        if not bare[0].isupper():
            if low in gazetteer.heads:
                return fold[bare]
            return GENERIC if low in self._core else ""
        if low in ARTICLES or low.rstrip("-") in ARTICLES or low in gazetteer.demonyms:
            return fold[bare] or GENERIC
        if "-" in bare:
            return fold[bare]
        key = fold[bare]
        places, longer = gazetteer.node(key)
        if not key or not (places or longer):
            return GENERIC if low in self._core else ""
        if not longer and len(key) < 3:
            return ""
        return key


class Mention:
    """One name in the text with all its readings."""

    __slots__ = ("end", "generic", "key", "place", "readings", "start", "whole")

    def __init__(self, start: int, end: int, readings: tuple[Place, ...]) -> None:
        self.start, self.end = start, end
        """The tokens of the name alone."""
        self.whole = (start, end)
        """With the generic word beside it."""
        self.readings = readings
        self.generic = ""
        self.place: Place | None = None


class Names:
    """The search for names in one document.

    Args:
        words: the words of the Doc.
        gazetteer: the names known.
        heads: the words that a name may begin with.
    """

    def __init__(self, words: Words, gazetteer: Gazetteer, heads: Heads) -> None:
        self.raw, self.low = words.raw, words.low
        self.words = words
        self.gazetteer, self.heads = gazetteer, heads
        self.lists = lists_of()
        self.adjectives: list[str] = []
        """Countries of the adjectives met, such as "Nigerian"."""

    # -- names ---------------------------------------------------------------

    def mentions(self) -> tuple[list[Mention], list[int]]:
        """Every known name, longest first at each word, and the generic words met."""
        heads, raw, size = self.heads, self.raw, len(self.raw)
        node, demonyms = self.gazetteer.node, self.gazetteer.demonyms
        connector, compass, regional = self.lists.connector, self.lists.compass, self.lists.region
        found: list[Mention] = []
        generics: list[int] = []
        done = 0
        for index in compress(count(), map(heads.__getitem__, raw)):
            if index < done:
                continue
            key = heads[raw[index]]
            if key == GENERIC:
                generics.append(index)
                continue
            word = raw[index].lower()
            if word in compass and raw[index] == word and self._word_after(index + 1, regional):
                # "the eastern province of Diyala" is no Eastern Province
                continue
            country = demonyms.get(word)
            mention = None
            if word in ARTICLES or "-" in word:
                mention = self._match(index)
            else:
                places, longer = node(key)
                after = raw[index + 1] if index + 1 < size else "."
                goes_on = longer and (
                    after[0].isupper()
                    or after in _HYPHENS
                    or after in connector
                    or after.rstrip("-") in ARTICLES
                )
                before = raw[index - 1] if index else "."
                if goes_on or before[-1] in _HYPHENS or before in ("al", "el"):
                    mention = self._match(index)
                elif places and (fitting := self._fitting(places, False, False)):
                    # The common case of a name of one word needs no walk.
                    mention = Mention(index, index + 1, fitting)
            if mention is None:
                if country:
                    self.adjectives.append(country)
                continue
            if (
                country
                and mention.end == index + 1
                and not self._word_after(mention.end, self.lists.region)
            ):
                # "Somali": the adjective, unless a generic word follows.
                self.adjectives.append(country)
                continue
            found.append(mention)
            done = mention.end
        return found, generics

    def _match(self, index: int) -> Mention | None:
        raw, heads, node = self.raw, self.heads, self.gazetteer.node
        first = raw[index].lower().lstrip(_LEADING)
        start, article, strict = index, False, False
        if first in ARTICLES and index + 2 < len(raw):
            if raw[index + 1] in _HYPHENS and raw[index + 2][:1].isalpha():
                index, article = index + 2, True
            elif raw[index + 1][:1].isupper() or (
                first in ("al", "el") and raw[index + 1] in _HYPHENS
            ):
                mention = None if first in ("al", "el") else self._walk(start, index, False, False)
                if mention is not None:
                    return mention
                index, article, strict = index + 1, True, first not in ("al", "el")
        elif first[-1:] in _HYPHENS and first[:-1] in ARTICLES and index + 1 < len(raw):
            index, article = index + 1, True
        elif index >= 2 and raw[index - 1] in _HYPHENS and raw[index - 2] in ARTICLES:
            start, article = index - 2, True
        elif index >= 1 and (
            raw[index - 1] in ("al", "el")
            or (raw[index - 1][-1] == "-" and raw[index - 1][:-1] in ARTICLES)
        ):
            start, article = index - 1, True
        if (not heads[raw[index]] or heads[raw[index]] == GENERIC) and not article:
            return None
        mention = self._walk(start, index, article, strict)
        if mention is None and first[-1:].isalnum() and "-" in first:
            # A tokenizer that leaves "Al-Raqqah" whole.
            parts = first.split("-")
            if parts[0] in ARTICLES:
                readings, _ = node(fold["".join(parts[1:])])
                readings = self._fitting(readings, True, False)
                if readings:
                    return Mention(start, index + 1, readings)
        return mention

    def _walk(self, start: int, index: int, article: bool, strict: bool) -> Mention | None:
        raw, node = self.raw, self.gazetteer.node
        connector = self.lists.connector
        key = fold[raw[index]]
        readings, longer = node(key)
        best: Mention | None = None
        size = len(raw)
        position = index
        for _ in range(LONGEST):
            if readings and raw[position] not in _OPEN:
                # "Daraa and" is no name, though a village somewhere be called Darand
                fitting = self._fitting(readings, article, strict)
                if fitting:
                    best = Mention(start, position + 1, fitting)
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
                or (raw[position].rstrip("-") in ARTICLES and raw[position][-1] == "-")
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
            if (
                not word[0].isupper()
                and word not in connector
                and (raw[position - 1] not in _HYPHENS or self.words.space[position - 1])
            ):
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
            if place.article
            or (
                not strict
                and place.kind != "country"
                and place.country in (ARAB_REGIONS if place.kind == "region" else ARABIC)
            )
        )

    # -- what stands beside a name ---------------------------------------------

    def _word_after(self, end: int, wanted: frozenset[str]) -> bool:
        return end < len(self.low) and self.low[end] in wanted

    def surround(self, mention: Mention) -> None:
        """Find the generic word beside a name and widen the span by it."""
        low, lists = self.low, self.lists
        start, end = mention.start, mention.end
        size = len(low)
        after = low[end] if end < size else ""
        if after in ("city", "town") and end + 1 < size and low[end + 1] in lists.generic:
            end += 1
            after = low[end]
        if after in lists.generic and not (
            self.raw[end][0].isupper() and self._blocked_unit(end + 1)
        ):
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
        if before in _BEFORE:
            mention.generic = before
            if before in ("district", "province", "governorate", "department"):
                mention.whole = (start - 1, mention.end)

    def _blocked_unit(self, index: int) -> bool:
        raw, low, lists = self.raw, self.low, self.lists
        for position in range(index, min(index + 3, len(raw))):
            word = low[position]
            if word in lists.unit:
                return True
            if word.startswith("people") and "republic" in low[position + 1 : position + 4]:
                # "the Donetsk People's Republic" lies where Donetsk does
                return False
            if raw[position][:1].isupper():
                if word in lists.unit_name or word in lists.outlet:
                    return True
                continue
            break
        return False

    def blocked(self, mention: Mention) -> bool:
        """True when the name is part of a person's, a unit's, a paper's or a street's name."""
        raw, low, lists = self.raw, self.low, self.lists
        start, end = mention.start, mention.end
        if self._blocked_unit(end):
            return True
        after = low[end] if end < len(low) else ""
        before = low[start - 1] if start else ""
        if after in lists.street and not (end + 1 < len(low) and low[end + 1] in lists.core):
            # "on the Kayes road" lies where Kayes does, "the Falls Road" somewhere else
            return not (
                raw[end] == "road" and before == "the" and start > 1 and low[start - 2] in _ALONG
            )
        if (
            end == start + 1
            and low[start] in lists.street
            and before
            and raw[start - 1][0].isupper()
        ):
            # "the Falls Road"
            return True
        if after in _HYPHENS and end + 2 < len(low) and low[end + 2] in lists.street:
            # "the Funtua–Gusau road" runs through two states
            ends = {p.codes for p in self.gazetteer.node(fold[raw[end + 1]])[0]}
            return bool(ends) and all(p.codes not in ends for p in mention.readings)
        if before in ("and", "&") and start > 1 and _ORDINAL.fullmatch(low[start - 2]):
            # "113th and Michigan": a corner of two streets
            return True
        if before in lists.unit_before and (raw[start - 1][0].isupper() or before == "operation"):
            return True
        if (
            start > 1
            and before in _HYPHENS
            and not self.words.space[start - 1]
            and not self.words.space[start - 2]
        ):
            # "ISIL-KP", "pro-Baghdad": the second half of a word; "Kyiv-Odesa" is two places.
            whole = raw[start - 2]
            if whole.isupper() != raw[start].isupper() or whole.islower() or whole.isupper():
                return low[start - 2] not in ARTICLES and not raw[start - 2].istitle()
        if before in lists.name_begin and raw[start - 1][0].isupper() and before not in ARTICLES:
            return True
        if before.rstrip(".") in lists.title or before in lists.title:
            previous = low[start - 2] if start > 1 else ""
            # "the martyr of Homs" has "of" between; "President Assad" has not.
            if not (
                before in ("private", "chief", "major", "general")
                and not raw[start - 1][0].isupper()
            ):
                return previous not in ("former-",)
        if before in lists.given and raw[start - 1][0].isupper():
            return True
        if before == "-" and start > 1 and low[start - 2] in ("al", "el", "abu", "abd"):
            return False
        if before == "operation" or (before in ("“", '"') and after in lists.unit_name):
            return True
        first = low[start]
        # "Hassan Nasrallah": a name followed by another.
        return (
            mention.end == mention.start + 1
            and first in lists.person
            and bool(after)
            and raw[end][0].isupper()
            and after not in lists.generic
        )

    def located(self, start: int) -> bool:
        """True after a preposition of place, a point of the compass, or at the head of a line."""
        if not start:
            return True
        word = self.low[start - 1]
        if word in LINE_HEADS or word.isspace():
            return True
        if word in ("the", ""):
            word = self.low[start - 2] if start > 1 else ""
        return (
            word in self.lists.locative
            or word in self.lists.compass
            or word in ("(", "/", ",", "–")
        )

    def dateline(self, mention: Mention) -> bool:
        """True for a name in capitals at the head of a line."""
        start = mention.start
        return self.raw[start].isupper() and len(self.raw[start]) > 3 and (
            start == 0 or self.raw[start - 1].isspace() or self.raw[start - 1] in "*-•–▪/"
        )  # fmt: skip

    def capitals(self, start: int, end: int) -> bool:
        """True when the sentence is not all capitals, so that a capital tells something."""
        return start > 0 and self.raw[start - 1] not in STOPS and not self.raw[start - 1].isspace()

    def person(self, mention: Mention) -> bool:
        """True when the next word is a capitalised one that continues a person's name."""
        _raw, low, lists = self.raw, self.low, self.lists
        first = low[mention.start]
        if mention.end - mention.start > 1 or (
            first not in lists.name and first not in lists.given
        ):
            return False
        return not (self.located(mention.start) or mention.generic)

    def inside_name(self, mention: Mention) -> bool:
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
                and not raw[start].isupper()
            ):
                return True
        return False

    # -- unknown names -------------------------------------------------------------

    def unknown(self, generics: list[int], mentions: list[Mention]) -> list[Mention]:
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
            mention = Mention(span[0], span[1], ())
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
        elif (
            start
            and low[start - 1].rstrip("-") in ARTICLES
            and raw[start - 1].islower()
            and (low[start - 1] in ("al", "el") or raw[start - 1].endswith("-"))
        ):
            start -= 1
        first = start == 0 or raw[start - 1] in STOPS or raw[start - 1].isspace()
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
            if (
                self._good(end)
                or (raw[end] in _HYPHENS and end + 1 < len(raw) and raw[end + 1][0].isalpha())
                or (low[end] in ARTICLES and end + 1 < len(raw) and raw[end + 1] in _HYPHENS)
                or (
                    low[end] in ("de", "del", "da", "do", "al", "el")
                    and end + 1 < len(raw)
                    and raw[end + 1][0].isupper()
                )
            ):
                end += 1
            else:
                break
        while end > start and raw[end - 1] in _HYPHENS:
            end -= 1
        return (index, end) if end > start else None
