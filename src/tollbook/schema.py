"""The records: plain frozen data, without spaCy objects.

Field names are a public contract, the same in Python, CSV, JSON Lines and Parquet.
Offsets are characters of the original text, end exclusive.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

MEASURES: Final = (
    "killed",
    "injured",
    "casualties",
    "missing",
    "abducted",
    "detained",
    "released",
    "displaced",
    "incidents",
)
"""The outcomes a count can have, as the annotation guidelines define them."""

STATUSES: Final = ("civilian", "combatant", "mixed")
"""What the counted people are. None where the text does not say."""

CERTAINTIES: Final = ("asserted", "claimed", "unconfirmed")
"""How sure the text is of a count."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """A number as a text gives it: the figure itself and what its words entail.

    Args:
        best: the number as stated; None for a range or a vague quantifier.
        low: the least that the words allow; None when they set no bound.
        high: the most that the words allow; None when they set no bound.

    Raises:
        ValueError: a bound is negative, or low is above high.

    >>> Bounds(12, 12, None)            # "at least 12"
    Bounds(best=12, low=12, high=None)
    >>> str(Bounds(12, 12, None)), str(Bounds(None, 10, 15)), str(Bounds.exactly(3))
    ('12 (at least 12)', '10-15', '3')
    """

    best: int | None = None
    low: int | None = None
    high: int | None = None

    def __post_init__(self) -> None:
        for name, value in (("best", self.best), ("low", self.low), ("high", self.high)):
            if value is not None and value < 0:
                raise ValueError(
                    f"{name} is {value}: a count of people or events is never negative"
                )
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"low {self.low} is above high {self.high}")

    @classmethod
    def exactly(cls, value: int) -> Bounds:
        """The bounds of a number without a modifier.

        >>> Bounds.exactly(16)
        Bounds(best=16, low=16, high=16)
        """
        return cls(value, value, value)

    @property
    def exact(self) -> bool:
        """True when the words leave one value only.

        >>> Bounds.exactly(4).exact, Bounds(4, 4, None).exact
        (True, False)
        """
        return self.low is not None and self.low == self.high

    @property
    def vague(self) -> bool:
        """True when no figure is stated and no upper bound is known.

        >>> Bounds(None, 24, None).vague
        True
        """
        return self.best is None and self.high is None

    def __add__(self, other: Bounds) -> Bounds:
        """Interval addition; a side that is open in one operand is open in the sum.

        The best figure of a sum is the sum of the stated figures; an operand that
        states none leaves the sum without one.

        >>> Bounds.exactly(7) + Bounds(9, 9, None)
        Bounds(best=16, low=16, high=None)
        """
        if not isinstance(other, Bounds):
            return NotImplemented
        return Bounds(
            _plus(self.best, other.best), _plus(self.low, other.low), _plus(self.high, other.high)
        )

    @classmethod
    def total(cls, items: Iterable[Bounds]) -> Bounds:
        """Add up any number of bounds; nothing adds up to exactly zero.

        >>> Bounds.total([Bounds.exactly(24), Bounds.exactly(260), Bounds.exactly(37)])
        Bounds(best=321, low=321, high=321)
        >>> Bounds.total([])
        Bounds(best=0, low=0, high=0)
        """
        result = cls.exactly(0)
        for item in items:
            result = result + item
        return result

    def __str__(self) -> str:
        if self.exact:
            return str(self.low)
        if self.low is not None and self.high is not None:
            return f"{self.low}-{self.high}"
        if self.low is not None:
            side = f"at least {self.low}"
        elif self.high is not None:
            side = f"at most {self.high}"
        else:
            side = "about"
        if self.best is None:
            return side if side != "about" else "unknown"
        return f"about {self.best}" if side == "about" else f"{self.best} ({side})"


def _plus(a: int | None, b: int | None) -> int | None:
    return None if a is None or b is None else a + b


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """One count: a place in the text that says how many suffered one outcome.

    Args:
        doc_id: id of the bulletin.
        count_id: ``c1``, ``c2``, ... in text order.
        part_of: count_id of the count whose people or events include these.
        same_as: count_id of an earlier count that this one states again.
        measure: one of `MEASURES`.
        best, low, high: see `Bounds`.
        text, start, end: the number expression with its modifier, and its offsets.
        phrase, phrase_start, phrase_end: number and noun group, and its offsets.
        noun: lemma of the counted noun.
        implicit: True when no number word stands there (``the driver was killed``).
        status: one of `STATUSES`.
        actor, actor_text: group the counted people belong to: its id, or its name where the
            list of actors has none; and the name as written.
        backer: state that backs the group (``Iranian-backed``: ``Iran``).
        traits: ``child``, ``woman``, occupations, nationalities.
        by, by_text: perpetrator, as actor.
        means: how: ``airstrike``, ``shelling``, ``ied`` ...
        region: ISO 3166-2 codes of first-level regions.
        region_text, place: as written; the finest place named.
        since, until: the period as dates where the text allows.
        period: the period as written.
        certainty: one of `CERTAINTIES`.
        source: who says so.
        rule: id of the rule (or name of the model) that decided.
        sentence: the sentence, for the reader.

    >>> Count(count_id="c1", measure="killed", best=2, low=2, high=2, text="two", end=3).bounds
    Bounds(best=2, low=2, high=2)
    """

    doc_id: str = ""
    count_id: str = ""
    part_of: str | None = None
    same_as: str | None = None
    measure: str = ""
    best: int | None = None
    low: int | None = None
    high: int | None = None
    text: str = ""
    start: int = 0
    end: int = 0
    phrase: str = ""
    phrase_start: int = 0
    phrase_end: int = 0
    noun: str | None = None
    implicit: bool = False
    status: str | None = None
    actor: str | None = None
    actor_text: str | None = None
    backer: str | None = None
    traits: tuple[str, ...] = ()
    by: str | None = None
    by_text: str | None = None
    means: str | None = None
    region: tuple[str, ...] = ()
    region_text: str | None = None
    place: str | None = None
    since: date | None = None
    until: date | None = None
    period: str | None = None
    certainty: str = "asserted"
    source: str | None = None
    rule: str = ""
    sentence: str = ""

    @property
    def bounds(self) -> Bounds:
        """Best, low and high together."""
        return Bounds(self.best, self.low, self.high)

    def to_row(self) -> dict[str, Any]:
        """The count as a flat dict in the order of the fields; tuples become lists.

        >>> row = Count(doc_id="d", count_id="c1", measure="killed", traits=("child",)).to_row()
        >>> row["traits"], list(row)[:3]
        (['child'], ['doc_id', 'count_id', 'part_of'])
        """
        row = {}
        for name in COUNT_FIELDS:
            value = getattr(self, name)
            row[name] = list(value) if isinstance(value, tuple) else value
        return row


COUNT_FIELDS: Final = tuple(field.name for field in dataclasses.fields(Count))
"""Names of the columns of a row, in order."""

FINDING_KINDS: Final = ("contradiction", "subset-larger", "remainder", "adds-up")
"""What the audit can say of a whole and its parts.

``contradiction``: the parts claim to be complete and cannot add up to the whole.
``subset-larger``: a part, or the parts together, exceed the whole that includes them.
``remainder``: the breakdown leaves some of the whole unexplained.
``adds-up``: checked, and consistent; reported only when asked for.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One check of a whole against its parts.

    Args:
        doc_id: id of the bulletin.
        kind: one of `FINDING_KINDS`.
        way: how the text divides the whole: ``group``, ``region``, ``across``, ``measure`` ...
        measure: the measure of the whole.
        whole: the count that is divided.
        parts: the counts that make it up, in text order.
        stated: what the text says of the whole.
        added: what its parts add up to.
        message: one sentence that a reader understands.
    """

    doc_id: str
    kind: str
    way: str
    measure: str
    whole: Count
    parts: tuple[Count, ...]
    stated: Bounds
    added: Bounds
    message: str

    @property
    def counts(self) -> tuple[Count, ...]:
        """Every count involved, the whole first."""
        return (self.whole, *self.parts)

    def spans(self) -> Iterator[tuple[str, int, int]]:
        """(count_id, start, end) of every count involved; offsets in characters of the text."""
        for count in self.counts:
            yield count.count_id, count.start, count.end
