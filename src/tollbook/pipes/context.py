"""Who did it, where, when, how and how sure: what stands around a count.

Reads linked candidates; sets perpetrator, region, place, period, means, certainty and source,
lets parts and restatements inherit, and gives wholes the status of what makes them up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spacy.language import Language

from tollbook.grammar.analysis import Analysis, Candidate
from tollbook.grammar.fighters import Fighters
from tollbook.grammar.inherit import settle
from tollbook.grammar.manner import Manner
from tollbook.grammar.periods import Periods
from tollbook.grammar.perpetrators import Perpetrators
from tollbook.grammar.places import Places
from tollbook.pipes.counts import annotate

if TYPE_CHECKING:
    from spacy.tokens import Doc


class Context:
    """Component that says who, where, when and how of each count."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Fill in the counts of a Doc and write them."""
        analysis = Analysis.of(doc)
        Periods(analysis).run()
        Places(analysis).run()
        sides = Fighters(analysis)
        settle(analysis, sides)
        Perpetrators(sides.parties.mentions).run()
        settle(analysis, sides)
        Manner(analysis).run()
        annotate(doc, finish(analysis))
        doc.spans["counts"].attrs["left_out"] = left_out(analysis)
        return doc


def finish(analysis: Analysis) -> list[Candidate]:
    """The candidates that are counts, with ids and links by id."""
    kept = [item for item in analysis.candidates if not item.reason]
    names = {id(item): f"c{number}" for number, item in enumerate(kept, 1)}
    for item in kept:
        whole = analysis.candidates[item.parent] if item.parent >= 0 else None
        first = analysis.candidates[item.twin] if item.twin >= 0 else None
        data = analysis.segments[item.segment]
        words = analysis.words
        item.record["count_id"] = names[id(item)]
        item.record["part_of"] = names.get(id(whole)) if whole is not None else None
        item.record["same_as"] = names.get(id(first)) if first is not None else None
        item.record["sentence"] = analysis.text[
            words.start[data["start"]] : words.end[data["end"] - 1]
        ]
    return kept


def left_out(analysis: Analysis) -> list[dict[str, Any]]:
    """Every number that is no count, with the reason; offsets in characters of the text."""
    found = [
        {
            "start": item.record["start"],
            "end": item.record["end"],
            "reason": item.reason,
            "rule": item.record["rule"],
        }
        for item in analysis.candidates
        if item.reason and not item.record["implicit"]
    ]
    found += [
        {"start": r["char_start"], "end": r["char_end"], "reason": r["reason"], "rule": ""}
        for r in analysis.rejected
    ]
    return sorted(found, key=lambda entry: (entry["start"], entry["end"]))


@Language.factory("tollbook_context")
def make_context(nlp: Language, name: str) -> Context:
    """Make a `Context` component."""
    return Context(nlp, name)
