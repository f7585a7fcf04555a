"""What the introduction of a list, a label or a heading says of the figures under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbook.rules.topics import topics
from tollbook.rules.word_sets import word_sets

if TYPE_CHECKING:
    from tollbook.grammar.analysis import Candidate
    from tollbook.grammar.figures import Figures


def line_of(figures: Figures, segment: int) -> list[int]:
    """Segments of the line of an introduction up to it: its label and the sentences before."""
    segments = figures.segments
    line = segments[segment]["line"]
    return [
        number
        for number in range(max(0, segment - 3), min(len(segments), segment + 1))
        if segments[number]["line"] == line
    ]


def distributes(figures: Figures, segment: int) -> bool:
    """Whether a segment says that a total is divided: ``as follows``, ``by province``."""
    data = figures.segments[segment]
    low = figures.low
    sets = word_sets()
    return any(
        low[i] in sets.distribution or (low[i] == "by" and low[i + 1] in sets.divisions)
        for i in range(data["start"], data["end"] - 1)
    )


def measure_said(figures: Figures, segment: int) -> str:
    """The measure that a segment names without a figure: ``The fatalities are:``; or empty."""
    data = figures.segments[segment]
    low = figures.low
    lexicon, names = figures.analysis.lists.nouns, topics()
    for index in range(data["start"], data["end"]):
        word = low[index]
        hit = lexicon.at(low, index) if word else None
        if hit is not None and hit[1].measure and hit[1].kind in ("casualty", "event"):
            return hit[1].measure
        if word in names:
            return names[word]
        if word == "toll":
            return "killed"
    sentence = figures.analysis.sentences[segment]
    if sentence is not None:
        for position in sentence.triggers:
            for form in sentence.chunks[position].forms:
                if form.trigger.measure:
                    return form.trigger.measure
    return ""


def is_compatible(figures: Figures, item: Candidate, measure: str) -> bool:
    """Whether a candidate without a measure can be of this one: people or events."""
    chunk = figures.chunk(item)
    if chunk.noun is None and not chunk.lemma and not chunk.actors:
        return True
    event = chunk.noun is not None and chunk.noun.kind == "event"
    return event == (measure == "incidents")


def _is_unknown(figures: Figures, item: Candidate) -> bool:
    """Whether a figure has a noun that no list knows."""
    chunk = figures.chunk(item)
    return bool(chunk.lemma) and chunk.noun is None and not chunk.actors and not chunk.modifiers


def read_labels(figures: Figures) -> None:
    """``Killed: 12``: a label or heading that names the measure of what follows.

    Args:
        figures: the measures of candidates are changed.

    >>> import tollbook
    >>> [count.measure for count in tollbook.extract("Killed: 12.").counts]
    ['killed']
    """
    for item in figures.candidates:
        if item.record["measure"] or item.reason or item.parent >= 0 or item.position > 2:
            continue
        label = figures.segments[item.segment]["label"]
        if label >= 0:
            measure = measure_said(figures, label)
            if measure == "released" and _is_unknown(figures, item):
                # "Recovered: 2 Galil, 1 FAL"
                continue
            if measure and is_compatible(figures, item, measure):
                item.record["measure"] = measure
                item.record["rule"] = "label"
