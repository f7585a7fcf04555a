"""From a processed Doc to a `Bulletin`: plain frozen data without spaCy objects."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from tollbook.bulletin import Bulletin
from tollbook.schema import COUNT_FIELDS, Count
from tollbook.words import Words

if TYPE_CHECKING:
    from spacy.tokens import Doc


def read(doc: Doc, doc_id: str | None = None) -> Bulletin:
    """The bulletin that a Doc holds after it went through the pipeline.

    Args:
        doc: a Doc with ``doc.spans["counts"]``.
        doc_id: id of the bulletin; None takes what the Doc carries, or the empty string.

    Raises:
        ValueError: the Doc has not been through the tollbook components.

    >>> import tollbook
    >>> read(tollbook.load()("Ten civilians were killed.")).counts[0].best
    10
    """
    if "counts" not in doc.spans:
        raise ValueError(
            "this Doc has no counts: run it through a pipeline with the tollbook components first"
        )
    ident = doc_id if doc_id is not None else str(doc.user_data.get("doc_id", ""))
    group = doc.spans["counts"]
    records = group.attrs.get("counts", ())
    if any("count_id" not in record for record in records):
        raise ValueError(
            "this Doc is not finished: tollbook_context, the last component, is missing from the "
            "pipeline, or others of tollbook come after it"
        )
    counts = tuple(_count(ident, record) for record in records)
    text = Words.of(doc).text
    return Bulletin(ident, text, counts, tuple(_decisions(doc, text)))


def _count(doc_id: str, record: dict[str, Any]) -> Count:
    values = {name: record[name] for name in COUNT_FIELDS if name in record}
    for name in ("traits", "region"):
        values[name] = tuple(values.get(name) or ())
    for name in ("since", "until"):
        if values.get(name):
            values[name] = date.fromisoformat(values[name])
    return Count(**{**values, "doc_id": doc_id})


def _decisions(doc: Doc, text: str) -> list[dict[str, Any]]:
    """What became of each number, in text order: see `Bulletin.explain`."""
    group = doc.spans["counts"]
    found = [
        {
            "start": record["start"],
            "end": record["end"],
            "text": record["text"],
            "outcome": "count",
            "count_id": record.get("count_id", ""),
            "rule": record["rule"],
            "trigger": record.get("trigger", ""),
            "reason": "",
        }
        for record in group.attrs.get("counts", ())
    ]
    found += [
        {
            **entry,
            "text": text[entry["start"] : entry["end"]],
            "outcome": "left out",
            "count_id": "",
            "trigger": "",
        }
        for entry in group.attrs.get("left_out", ())
    ]
    return sorted(found, key=lambda entry: (entry["start"], entry["end"]))
