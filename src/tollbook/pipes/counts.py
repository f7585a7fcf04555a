"""Number + noun group = a candidate for a count.

Reads the layout, numbers, regions and actors of a Doc. Writes ``doc.spans["counts"]``, one COUNT
span a candidate (``Ten civilians``), with their records in ``attrs["counts"]``. The stages
after it fill the records in and take out those that are no counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from spacy.language import Language
from spacy.tokens import Span, SpanGroup

from tollbook.grammar.analysis import Analysis, Candidate
from tollbook.grammar.people import describe
from tollbook.rules import syntax as syn
from tollbook.rules.word_lists import word_lists

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from tollbook.grammar.chunk import Chunk

Record = dict[str, Any]

_AGE_FILLERS: Final = frozenset(("were", "was", "are", "the", "age", "of", "aged", ""))


def find(analysis: Analysis) -> list[Candidate]:
    """Every noun group with a number, in text order.

    Args:
        analysis: of a Doc whose layout, numbers, regions and actors are known.
    """
    found: list[Candidate] = []
    actor_at = {record["start"]: index for index, record in enumerate(analysis.actors)}
    for number, sentence in enumerate(analysis.sentences):
        if sentence is None:
            continue
        for position, chunk in enumerate(sentence.chunks):
            if chunk.kind == "Q":
                item = candidate(analysis, number, position, chunk, actor_at)
                _predicate(analysis, item, sentence.chunks, actor_at)
                _apposed(analysis, item, sentence.chunks, actor_at)
                found.append(item)
    return found


def _predicate(
    analysis: Analysis, item: Candidate, chunks: list[Chunk], actor_at: dict[int, int]
) -> None:
    """``seven were militiamen of X``: what follows the verb says who they are."""
    at = item.position + 1
    chunk = chunks[item.position]
    of_the_dead = chunk.partitive == "np" and chunk.noun is not None and not item.record["status"]
    if (chunk.noun is not None and not of_the_dead) or at + 1 >= len(chunks):
        return
    if chunks[at].mask & syn.BE and _minors(analysis, item, chunks):
        item.record["status"], item.record["traits"] = "civilian", ["child"]
        return
    if chunks[at].mask & syn.BE and chunks[at + 1].kind == "N":
        end = analysis.segments[item.segment]["end"]
        said = describe(chunks[at + 1], analysis.words, analysis.actors, actor_at, end)
        for key in ("noun", "status", "actor", "actor_text", "backer", "traits"):
            item.record[key] = item.record[key] or said[key]


def _apposed(
    analysis: Analysis, item: Candidate, chunks: list[Chunk], actor_at: dict[int, int]
) -> None:
    """``both occupants, farmers from a village,``: what stands in apposition says who they are."""
    chunk, record = chunks[item.position], item.record
    at = item.position + 1
    if record["status"] is not None or record["best"] == 1 or at + 2 >= len(chunks):
        return
    if chunk.noun is None or chunk.noun.kind != "person" or chunks[at].word != ",":
        return
    told, after = chunks[at + 1], chunks[at + 2]
    if told.kind != "N" or told.noun is None or not told.noun.plural:
        return
    if told.det and analysis.words.low[told.start] not in ("all", "both"):
        return
    if after.kind in "TQ" or after.mask & (syn.SPEECH | syn.VERB | syn.CONJ | syn.BE):
        return  # "ten people, police said", "three people, soldiers and a farmer"
    end = analysis.segments[item.segment]["end"]
    said = describe(told, analysis.words, analysis.actors, actor_at, end)
    for key in ("status", "actor", "actor_text", "backer"):
        record[key] = record[key] or said[key]
    record["traits"] += [trait for trait in said["traits"] if trait not in record["traits"]]


def _minors(analysis: Analysis, item: Candidate, chunks: list[Chunk]) -> bool:
    """``490 were under the age of eighteen``: children."""
    low = analysis.words.low
    start = chunks[item.position].end
    said = [word for word in low[start : start + 8] if word not in _AGE_FILLERS]
    return len(said) > 1 and said[0] in ("under", "below") and said[1] in ("18", "eighteen")


def candidate(
    analysis: Analysis, segment: int, position: int, chunk: Chunk, actor_at: dict[int, int]
) -> Candidate:
    """A candidate for one noun group, with what the group says of itself."""
    words = analysis.words
    number = chunk.number
    end = analysis.segments[segment]["end"]
    said = describe(chunk, words, analysis.actors, actor_at, end)
    phrase_end = said.pop("phrase_end")
    implicit = number is None
    if number is not None:
        start, stop = number["char_start"], number["char_end"]
        best, low, high = number["best"], number["low"], number["high"]
    else:
        start, stop = words.start[chunk.start], words.end[max(chunk.noun_end, chunk.start + 1) - 1]
        best = low = high = 1
    phrase_start = min(start, words.start[chunk.start])
    phrase_stop = max(stop, words.end[phrase_end - 1])
    record: Record = {
        "measure": "",
        "best": best,
        "low": low,
        "high": high,
        "text": analysis.text[start:stop],
        "start": start,
        "end": stop,
        "phrase": analysis.text[phrase_start:phrase_stop],
        "phrase_start": phrase_start,
        "phrase_end": phrase_stop,
        "implicit": implicit,
        **said,
        "by": None,
        "by_text": None,
        "means": None,
        "region": [],
        "region_text": None,
        "place": None,
        "since": None,
        "until": None,
        "period": None,
        "certainty": "asserted",
        "source": None,
        "rule": number["rule"] if number is not None else "implicit",
    }
    return Candidate(segment, position, record)


def annotate(doc: Doc, candidates: list[Candidate]) -> None:
    """Write candidates into the Doc as COUNT spans with their records."""
    spans = []
    for item in candidates:
        record = item.record
        span = doc.char_span(
            record["phrase_start"],
            record["phrase_end"],
            label="COUNT",
            alignment_mode="expand",
            span_id=record["rule"],
        )
        if span is None:
            span = Span(doc, 0, 1, label="COUNT", span_id=record["rule"])
        spans.append(span)
    doc.spans["counts"] = SpanGroup(
        doc,
        name="counts",
        attrs={"counts": [item.record for item in candidates]},
        spans=spans,
    )


class Counts:
    """Component that finds numbers with their noun groups.

    Args:
        nlp: the pipeline.
        name: name of the component.
        nouns: path of a CSV file laid over ``nouns.csv``, or None.
        triggers: path of a CSV file laid over ``triggers.csv``, or None.

    Raises:
        tollbook.rules.loader.RuleError: a file does not fit its table.
        FileNotFoundError: a file is missing.
    """

    def __init__(
        self, nlp: Language, name: str, *, nouns: str | None = None, triggers: str | None = None
    ) -> None:
        self.name = name
        self.lists = word_lists(nouns, triggers)

    def __call__(self, doc: Doc) -> Doc:
        """Find the candidates of a Doc."""
        analysis = Analysis.restart(doc, self.lists)
        analysis.parse()
        analysis.candidates = find(analysis)
        annotate(doc, analysis.candidates)
        return doc


@Language.factory("tollbook_counts")
def make_counts(
    nlp: Language, name: str, *, nouns: str | None = None, triggers: str | None = None
) -> Counts:
    """Make the component; see `Counts` for the settings."""
    return Counts(nlp, name, nouns=nouns, triggers=triggers)
