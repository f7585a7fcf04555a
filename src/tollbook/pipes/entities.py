"""Add entities of ours to ``doc.ents``, which may hold no two that overlap."""

from __future__ import annotations

from functools import cache
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
    types = doc.to_array("ENT_TYPE")
    labels = set(types.tolist())
    labels.discard(0)
    if not labels:
        doc.set_ents(list(spans))
        return
    if labels <= _our_ids():
        # nothing to replace: what is there need not be read and written again
        free = [span for span in spans if not types[span.start : span.end].any()]
        doc.set_ents(free, default="unmodified")
        return
    old = doc.ents
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


@cache
def _our_ids() -> frozenset[int]:
    from spacy.strings import get_string_id

    return frozenset(get_string_id(label) for label in OUR_LABELS)


OUR_LABELS = frozenset(("NUMBER", "REGION", "ACTOR"))
"""The labels of the entities that tollbook sets."""
