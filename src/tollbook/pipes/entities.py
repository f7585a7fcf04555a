"""Add entities of ours to ``doc.ents``, which may hold no two that overlap."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Span


def add(doc: Doc, spans: Sequence[Span], *, overwrite: bool = True) -> None:
    """Add `spans` to ``doc.ents``; of two that overlap only one stays.

    Args:
        doc: the Doc; its text is not changed.
        spans: labelled spans of `doc` that do not overlap each other.
        overwrite: True when a span of ours replaces the entities of another component that it
            overlaps; False when those stay and ours is left out. Entities that tollbook itself
            set before always stay.

    >>> import spacy
    >>> from spacy.tokens import Span
    >>> doc = spacy.blank("en")("Nearly 25 men")
    >>> add(doc, [Span(doc, 0, 2, label="NUMBER")])
    >>> [(ent.text, ent.label_) for ent in doc.ents]
    [('Nearly 25', 'NUMBER')]
    """
    if not spans:
        return
    old = doc.ents
    if not old:
        doc.ents = tuple(spans)
        return
    fixed = [ent for ent in old if not overwrite or ent.label_ in OUR_LABELS]
    taken = {index for ent in fixed for index in range(ent.start, ent.end)}
    ours = [span for span in spans if taken.isdisjoint(range(span.start, span.end))]
    taken.update(index for span in ours for index in range(span.start, span.end))
    rest = [
        ent
        for ent in old
        if overwrite
        and ent.label_ not in OUR_LABELS
        and taken.isdisjoint(range(ent.start, ent.end))
    ]
    doc.ents = (*fixed, *ours, *rest)


OUR_LABELS = frozenset(("NUMBER", "REGION", "ACTOR"))
"""The labels of the entities that tollbook sets."""
