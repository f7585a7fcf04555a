"""A bulletin: one text and what it counts, with the answers that follow from the counts."""

from __future__ import annotations

import copy
import dataclasses
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tollbook import audit
from tollbook.breakdown import Layout
from tollbook.graph import Graph
from tollbook.schema import COUNT_FIELDS, Bounds, Count, Finding
from tollbook.toll import newly_reported, toll

if TYPE_CHECKING:
    import pandas as pd  # type: ignore[import-untyped, unused-ignore]


@dataclass(frozen=True)
class Bulletin:
    """One text and its counts.

    Args:
        doc_id: id of the bulletin.
        text: the text, to the letter.
        counts: its counts, in text order.
        decisions: what the pipeline weighed for each number: JSON-safe dicts (see `explain`);
            they do not take part in comparisons.

    Raises:
        ValueError: two counts have one id, or a link points to a count that is not there.

    >>> bulletin = Bulletin("d1", "Two killed, one of them a child", (
    ...     Count(doc_id="d1", count_id="c1", measure="killed", best=2, low=2, high=2,
    ...           text="Two", start=0, end=3),
    ...     Count(doc_id="d1", count_id="c2", measure="killed", best=1, low=1, high=1,
    ...           text="one", start=12, end=15, traits=("child",), part_of="c1"),
    ... ))
    >>> bulletin.toll("killed"), bulletin.toll("killed", trait="child").best
    (Bounds(best=2, low=2, high=2), 1)
    >>> bulletin.findings
    ()
    """

    doc_id: str = ""
    text: str = ""
    counts: tuple[Count, ...] = ()
    decisions: tuple[dict[str, Any], ...] = field(default=(), compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "counts", tuple(self.counts))
        object.__setattr__(self, "decisions", tuple(self.decisions))
        times = Counter(count.count_id for count in self.counts)
        for ident, number in times.items():
            if number > 1:
                raise ValueError(f"{self.doc_id}: {number} counts have the id {ident!r}")
        for count in self.counts:
            for name in ("part_of", "same_as"):
                link = getattr(count, name)
                if link is not None and link not in times:
                    raise ValueError(
                        f"{self.doc_id}: {name} of {count.count_id} is {link!r}, "
                        "which is not a count of this bulletin; clear the link or add the count"
                    )

    def __getstate__(self) -> dict[str, Any]:
        return {item.name: getattr(self, item.name) for item in dataclasses.fields(self)}

    @cached_property
    def graph(self) -> Graph:
        """The links between the counts."""
        return Graph(self.counts)

    @cached_property
    def layout(self) -> Layout:
        """Where the counts stand in the text, and how it divides each whole."""
        return Layout(self.text, self.graph)

    @cached_property
    def news(self) -> frozenset[str]:
        """Ids of the counts that are newly reported (first mentions only)."""
        return newly_reported(self.graph, self.layout)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """The arithmetic that does not add up; see `tollbook.audit`."""
        return tuple(check for check in self._checks if check.kind != "adds-up")

    @cached_property
    def _checks(self) -> tuple[Finding, ...]:
        return audit.checks(self)

    def checks(self) -> tuple[Finding, ...]:
        """Every check of a whole against its parts, those that add up included."""
        return self._checks

    def toll(
        self,
        measure: str,
        *,
        status: str | None = None,
        actor: str | None = None,
        region: str | None = None,
        by: str | None = None,
        trait: str | None = None,
        attackers: bool = True,
    ) -> Bounds:
        """How many this bulletin newly reports; see `tollbook.toll.toll`.

        Args:
            measure: one of `MEASURES`.
            status: only people of this status.
            actor: only members of this group, by id or name.
            region: only there: an ISO 3166-2 code (``SY-HI``) or a country (``SY``).
            by: only what this perpetrator did, by id or name.
            trait: only people with this trait (``child``).
            attackers: False leaves out the attackers' own killed and injured.

        Raises:
            ValueError: `measure` or `status` is not a known one.
        """
        return toll(
            self,
            measure,
            status=status,
            actor=actor,
            region=region,
            by=by,
            trait=trait,
            attackers=attackers,
        )

    def count(self, count_id: str) -> Count:
        """The count with this id.

        Raises:
            KeyError: there is none.
        """
        for count in self.counts:
            if count.count_id == count_id:
                return count
        raise KeyError(f"{self.doc_id} has no count {count_id!r}")

    def parts_of(self, count_id: str) -> tuple[Count, ...]:
        """The counts that are part of this one, or of another mention of it; in text order.

        Raises:
            KeyError: there is no such count.
        """
        self.count(count_id)
        fact_of = self.graph.fact_of
        return tuple(
            count
            for count in self.counts
            if count.part_of and fact_of[count.part_of] == fact_of[count_id]
        )

    def to_rows(self) -> list[dict[str, Any]]:
        """One flat dict a count, with the columns of `COUNT_FIELDS`."""
        return [count.to_row() for count in self.counts]

    def to_frame(self) -> pd.DataFrame:
        """The rows as a pandas DataFrame; figures are nullable integers.

        Raises:
            ImportError: pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError:
            raise ImportError(
                "to_frame needs pandas: pip install 'tollbook[pandas]'; to_rows does without"
            ) from None
        frame = pd.DataFrame(self.to_rows(), columns=list(COUNT_FIELDS))
        return frame.astype({"best": "Int64", "low": "Int64", "high": "Int64"})

    def to_dict(self) -> dict[str, Any]:
        """The whole bulletin as JSON-safe data; dates are in ISO form."""
        rows = self.to_rows()
        for row in rows:
            for name in ("since", "until"):
                row[name] = row[name].isoformat() if row[name] else None
        return {
            "doc_id": self.doc_id,
            "text": self.text,
            "counts": rows,
            "decisions": self.explain(),
        }

    def explain(self) -> list[dict[str, Any]]:
        """What the pipeline decided on each number of the text and why; the caller's own copy."""
        return copy.deepcopy(list(self.decisions))
