"""Bulletins that nobody wrote, for measuring speed: no two alike, the same for the same seed.

Sentences come from ``phrases.csv``; places and actors from tollbook's own tables, those of one
country in each bulletin; names of people and villages are made up, so that every bulletin brings
words that no vocabulary holds yet. Two sentences in three hold no number, as in the news.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from tollbook.rules.loader import Column, RuleError, Table, data_path, load

PHRASES: Final = Path(__file__).with_name("phrases.csv")
STYLES: Final = ("wire", "sohr", "note", "world")
"""The four styles, in equal parts: wire copy, monitoring group, incident note, situation report."""

_TABLE: Final = Table(
    "phrases", (Column("id"), Column("slot", required=True), Column("text", required=True))
)
_PLACES: Final = Table(
    "places",
    (
        Column("id"), Column("kind"), Column("names", "list"), Column("codes", "list"),
        Column("country"), Column("demonyms", "list"), Column("size"), Column("examples"),
    ),
)  # fmt: skip
_REGIONS: Final = Table(
    "regions", tuple(Column(n) for n in "id code name names weak short pcode".split())
)
_ACTORS: Final = Table(
    "actors",
    (
        Column("id"), Column("name"), Column("aliases", "list"), Column("type"),
        Column("country", "list"),
        *(Column(n) for n in "parent backer interaction guideline notes examples".split()),
    ),
)  # fmt: skip
_NOUNS: Final = Table(
    "nouns",
    tuple(
        Column(n) for n in "id noun plural variants kind status trait measure role examples".split()
    ),
)
_SLOT: Final = re.compile(r"\{(\w+)\}")
_MARKS: Final = "?~+!"
_LEAST_ACTORS: Final = 6
_UNITS: Final = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_ONE_TO_NINE: Final = ("one", *_UNITS[:8])
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_MODIFIERS: Final = ("at least", "nearly", "more than", "about", "some", "around", "up to", "over")
_VAGUE: Final = ("several", "dozens of", "scores of", "a dozen", "hundreds of", "a number of")
_MONTHS: Final = (
    "January February March April May June July August September October November December"
).split()
_DAYS: Final = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_BEGINNINGS: Final = "b ch d f g gh h j k kh l m n p r s sh t w y z br dr kr t m n s".split()
_VOWELS: Final = "a e i o u aa ou ei ia".split()
_ENDINGS: Final = "n r m l s d q b t k sh th ng nd rr".split() + [""] * 8


@dataclass(frozen=True)
class Land:
    """One country: what a bulletin from it can name."""

    country: str
    people: str
    regions: tuple[str, ...]
    towns: tuple[str, ...]
    actors: tuple[str, ...]


def bulletins(count: int, seed: int = 1, *, style: str = "") -> Iterator[tuple[str, str]]:
    """Write bulletins.

    Args:
        count: how many.
        seed: the same seed gives the same bulletins; another seed gives others.
        style: one of `STYLES`; empty for all in turn.

    Yields:
        Pairs of id (``wire-1-0``: style, seed, number) and text of about 150 to 400 words.

    Raises:
        ValueError: there is no such style.
    """
    if style and style not in STYLES:
        raise ValueError(f"there is no style {style!r}; there are {', '.join(STYLES)}")
    for number in range(count):
        kind = style or STYLES[number % len(STYLES)]
        # a seed of its own for each: any part of a corpus can be written alone
        yield f"{kind}-{seed}-{number}", _Writer(random.Random(f"{seed}/{number}")).write(kind)


def long_text(characters: int, seed: int = 1) -> str:
    """One text of exactly `characters` characters: bulletins one after another."""
    parts: list[str] = []
    size, number = 0, 0
    while size < characters:
        kind = STYLES[number % len(STYLES)]
        text = _Writer(random.Random(f"{seed}/{number}")).write(kind)
        parts.append(text)
        size += len(text) + 2
        number += 1
    return "\n\n".join(parts)[:characters]


@cache
def phrases() -> dict[str, tuple[str, ...]]:
    """Texts by slot.

    Raises:
        RuleError: ``phrases.csv`` does not fit its table, or a text has an unknown slot.
    """
    rows = load(_TABLE, PHRASES)
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row["slot"], []).append(row["text"])
    for row in rows:
        for name in _SLOT.findall(row["text"]):
            if name not in found and not hasattr(_Writer, f"_{name.lower()}"):
                raise row.error("text", f"there is no slot {name!r}")
    return {slot: tuple(texts) for slot, texts in found.items()}


@cache
def lands() -> tuple[Land, ...]:
    """The countries that have regions, a demonym and enough actors of their own."""
    actors: dict[str, list[str]] = {}
    for row in load(_ACTORS, data_path("en/actors.csv")):
        names = [row["name"], *(a for a in row["aliases"] if a[0] not in _MARKS)]
        for country in row["country"]:
            actors.setdefault(country, []).extend(names[:3])
    regions: dict[str, list[str]] = {}
    for row in load(_REGIONS, data_path("en/regions.csv")):
        if row["name"]:
            regions.setdefault(row["code"].partition("-")[0], []).append(row["name"])
    towns: dict[str, list[str]] = {}
    countries = []
    for row in load(_PLACES, data_path("en/places.csv")):
        names = [name.lstrip(_MARKS) for name in row["names"]]
        if row["kind"] == "town" and row["codes"]:
            towns.setdefault(row["codes"][0].partition("-")[0], []).append(names[0])
        elif row["kind"] == "country" and row["demonyms"]:
            countries.append((row["country"], names[0], row["demonyms"][0].lstrip(_MARKS)))
    return tuple(
        Land(name, people, tuple(regions[code]), tuple(towns.get(code, ())), tuple(actors[code]))
        for code, name, people in countries
        if len(regions.get(code, ())) > 3 and len(actors.get(code, ())) >= _LEAST_ACTORS
    )


@cache
def nouns() -> tuple[str, ...]:
    """Regular plurals of the single words for people."""
    rows = load(_NOUNS, data_path("en/nouns.csv"))
    return tuple(
        row["noun"] + "s"
        for row in rows
        if row["kind"] == "person"
        and not row["plural"]
        and row["noun"].isalpha()
        and row["noun"].isascii()
        and row["noun"][-1] not in "sxyzhnf"
    )


class _Writer:
    """Writes one bulletin; every choice comes from `pick`."""

    def __init__(self, pick: random.Random) -> None:
        self.pick = pick
        self.land = pick.choice(lands())
        # what the bulletin is about comes up again and again
        self.actors = [pick.choice(self.land.actors) for _ in range(2)]
        self.places = [pick.choice(self.land.towns or self.land.regions) for _ in range(2)]
        self.names = [self._word() for _ in range(3)]
        self.used: set[str] = set()

    def write(self, style: str) -> str:
        """A bulletin of one of `STYLES`."""
        blocks: list[str] = getattr(self, style)()
        return "\n\n".join(blocks)

    # -- styles --------------------------------------------------------------------------

    def wire(self) -> list[str]:
        """A headline, a dateline, paragraphs of one to three sentences."""
        first = f"{self.fill('dateline')} {self.sentence('lead')} {self.sentence('prose')}"
        rest = [self.paragraph(self.pick.randint(1, 3)) for _ in range(self.pick.randint(4, 7))]
        return [self.sentence("wire-headline"), first, *rest]

    def sohr(self) -> list[str]:
        """A headline, a region as label, prose, a list under an introduction."""
        first = f"{self._region()} province: {self.paragraph(self.pick.randint(2, 3))}"
        rest = [self.paragraph(2) for _ in range(self.pick.randint(2, 5))]
        bullet = self.pick.choice("•–-")
        listed = [self.sentence("intro"), *self.items(bullet, self.pick.randint(3, 6))]
        return [self.sentence("sohr-headline"), first, *rest, "\n".join(listed), self.paragraph(2)]

    def note(self) -> list[str]:
        """One paragraph, a date before it."""
        return [f"{self._date()}: {self.sentence('lead')} {self.paragraph(self._some(5, 12))}"]

    def world(self) -> list[str]:
        """Headings, paragraphs and bullets."""
        blocks = []
        for _ in range(self.pick.randint(2, 3)):
            blocks.append(self.sentence("world-heading"))
            blocks.append(self.paragraph(self.pick.randint(2, 4)))
            blocks += [f"• {self.paragraph(2)}" for _ in range(self.pick.randint(1, 2))]
        return blocks

    def items(self, bullet: str, count: int) -> list[str]:
        """Lines of a list."""
        return [f"{bullet} {self.sentence('item')}" for _ in range(count)]

    def paragraph(self, sentences: int) -> str:
        """Some sentences; most of them hold no number."""
        kinds = ("fact", "prose", "prose")
        return " ".join(self.sentence(self.pick.choice(kinds)) for _ in range(sentences))

    def sentence(self, slot: str) -> str:
        """A text of a slot that the bulletin does not hold yet, with a capital first."""
        fresh = [text for text in phrases()[slot] if text not in self.used]
        text = self.pick.choice(fresh or phrases()[slot])
        self.used.add(text)
        text = _SLOT.sub(self._slot, text)
        return text[0].upper() + text[1:]

    def fill(self, slot: str) -> str:
        """A text of a slot with its own slots filled."""
        return _SLOT.sub(self._slot, self.pick.choice(phrases()[slot]))

    def _slot(self, match: re.Match[str]) -> str:
        name = match[1]
        if name in phrases():
            return self.fill(name)
        text: str = getattr(self, f"_{name.lower()}")()
        return text if name[0].islower() else text[0].upper() + text[1:]

    # -- slots that have no rows ---------------------------------------------------------

    def _some(self, least: int, most: int) -> int:
        return self.pick.randint(least, most)

    def _again(self, known: Sequence[str], fresh: Sequence[str], chance: float) -> str:
        return self.pick.choice(known if self.pick.random() < chance else fresh)

    def _country(self) -> str:
        return self.land.country

    def _people(self) -> str:
        return self.land.people

    def _region(self) -> str:
        return self.pick.choice(self.land.regions)

    def _town(self) -> str:
        return self._again(self.places, self.land.towns or self.land.regions, 0.5)

    def _actor(self) -> str:
        return self._again(self.actors, self.land.actors, 0.6)

    def _noun(self) -> str:
        return self.pick.choice(nouns())

    def _village(self) -> str:
        return self.pick.choice(self.names) if self.pick.random() < 0.4 else self._word()

    def _person(self) -> str:
        return f"{self._word()} {self._word()}"

    def _word(self) -> str:
        pick = self.pick
        parts = [pick.choice(_BEGINNINGS) + pick.choice(_VOWELS) for _ in range(pick.randint(2, 3))]
        return "".join((*parts, pick.choice(_ENDINGS))).capitalize()

    def _weekday(self) -> str:
        return self.pick.choice(_DAYS)

    def _month(self) -> str:
        return self.pick.choice(_MONTHS)

    def _date(self) -> str:
        day, month, year = self._some(1, 28), self._some(1, 12), self._some(2012, 2025)
        if self.pick.random() < 0.3:
            return f"{month:02}/{day:02}/{year}"
        return f"{_MONTHS[month - 1]} {day}" + (f", {year}" if self.pick.random() < 0.5 else "")

    def _age(self) -> str:
        return str(self._some(16, 80))

    def _km(self) -> str:
        return str(self._some(2, 140))

    def _few(self) -> str:
        value = self._some(2, 12)
        return _spell(value) if self.pick.random() < 0.6 else str(value)

    def _bare(self) -> str:
        return _spell(self._some(2, 60)) if self.pick.random() < 0.3 else str(self._some(2, 240))

    def _total(self) -> str:
        return f"{self._some(300, 90_000):,}"

    def _count(self) -> str:
        chance = self.pick.random()
        if chance < 0.1:
            return self.pick.choice(_VAGUE)
        if chance < 0.35:
            return f"{self.pick.choice(_MODIFIERS)} {self._bare()}"
        return self._few() if chance < 0.7 else self._bare()


def _spell(value: int) -> str:
    """A number from 2 to 99 in words."""
    if value < 20:
        return _UNITS[value - 2]
    tens, unit = divmod(value, 10)
    return _TENS[tens - 2] + (f"-{_ONE_TO_NINE[unit - 1]}" if unit else "")


__all__ = ["STYLES", "Land", "RuleError", "bulletins", "lands", "long_text", "nouns", "phrases"]
