"""Score extracted counts against gold, as the annotation guidelines define it.

`evaluate` is pure: it takes gold documents and a function that predicts counts, and gives
back `Scores`. What was not predicted counts as missed; nothing is filtered beforehand.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from tollbook.gold import ACTOR_IDS, GoldDocument
from tollbook.schema import Count

if TYPE_CHECKING:
    from tollbook.bulletin import Bulletin

Predict = Callable[[str, str], Sequence[Count]]
"""Takes a text and its id, gives back the counts found in it."""

FIELDS: Final = (
    "measure", "bounds", "status", "actor", "by", "region", "part_of",
    "same_as", "traits", "backer", "period", "implicit",
)  # fmt: skip
"""Fields compared on each pair; a row is right when the first seven agree."""

COUNT_KEY: Final = FIELDS[:2]
ROW_KEY: Final = FIELDS[:7]

ERROR_KINDS: Final = ("missed", "invented", *FIELDS)
"""``missed``: a gold count without a partner; ``invented``: a predicted one; else the field."""

TOLL_MEASURES: Final = ("killed", "injured")

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_ARTICLES: Final = frozenset(("the", "a", "an"))
_SMALL: Final = frozenset(("of", "and", "for", "in", "to", "on"))
_GENERIC: Final = frozenset(
    (
        "gang", "gangs", "group", "groups", "militia", "militias", "militiaman", "militiamen",
        "militant", "militants", "troop", "troops", "fighter", "fighters", "member", "members",
    )
)  # fmt: skip


# --- tallies -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tally:
    """How many were right of how many predicted and how many in the gold.

    Args:
        correct: predicted and right.
        predicted: all that were predicted.
        gold: all that the gold has.

    >>> tally = Tally(correct=3, predicted=4, gold=6)
    >>> tally.precision, tally.recall, tally.f1
    (0.75, 0.5, 0.6)
    """

    correct: int = 0
    predicted: int = 0
    gold: int = 0

    @property
    def precision(self) -> float | None:
        """Share of the predicted that is right; None when nothing was predicted."""
        return self.correct / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        """Share of the gold that was found; None when the gold has none."""
        return self.correct / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of the two; None when there is neither gold nor prediction."""
        both = self.predicted + self.gold
        return 2 * self.correct / both if both else None

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.correct + other.correct,
            self.predicted + other.predicted,
            self.gold + other.gold,
        )

    def to_dict(self) -> dict[str, Any]:
        """The three figures and the three rates."""
        return {
            "precision": self.precision, "recall": self.recall, "f1": self.f1,
            "correct": self.correct, "predicted": self.predicted, "gold": self.gold,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Agreement:
    """In how many of the compared cases two sides agree.

    Args:
        agree: cases that agree.
        compared: cases compared.

    >>> Agreement(9, 12).rate
    0.75
    """

    agree: int = 0
    compared: int = 0

    @property
    def rate(self) -> float | None:
        """Share that agrees; None when nothing was compared."""
        return self.agree / self.compared if self.compared else None

    def __add__(self, other: Agreement) -> Agreement:
        return Agreement(self.agree + other.agree, self.compared + other.compared)

    def to_dict(self) -> dict[str, Any]:
        """The rate and the two figures."""
        return {"rate": self.rate, "agree": self.agree, "compared": self.compared}


@dataclass(frozen=True, slots=True)
class FieldScore:
    """One field over the pairs.

    Args:
        all: every pair; two empty values agree.
        filled: only the values that are filled, on either side: what the field really yields.
    """

    all: Agreement = Agreement()
    filled: Tally = Tally()

    def __add__(self, other: FieldScore) -> FieldScore:
        return FieldScore(self.all + other.all, self.filled + other.filled)

    def to_dict(self) -> dict[str, Any]:
        """Accuracy over all pairs, and precision, recall and F1 over filled values."""
        return {"accuracy": self.all.to_dict(), "filled": self.filled.to_dict()}


@dataclass(frozen=True, slots=True)
class DomainScores:
    """Every score of one domain, or over all.

    Args:
        documents: how many bulletins.
        spans: counts whose number overlaps, whatever else is right.
        counts: measure, best, low and high agree.
        rows: status, actor, by, region and part_of agree as well.
        links: (child, parent) edges of part_of.
        fields: by field name, over the pairs.
        findings: what the audit says of the gold's counts against what it says of the predicted.
        contradictions: of those, what cannot be true.
        tolls: by measure, bulletins whose toll is the same from both.
    """

    documents: int = 0
    spans: Tally = Tally()
    counts: Tally = Tally()
    rows: Tally = Tally()
    links: Tally = Tally()
    fields: Mapping[str, FieldScore] = field(default_factory=dict)
    findings: Tally = Tally()
    contradictions: Tally = Tally()
    tolls: Mapping[str, Agreement] = field(default_factory=dict)

    def __add__(self, other: DomainScores) -> DomainScores:
        return DomainScores(
            self.documents + other.documents,
            self.spans + other.spans,
            self.counts + other.counts,
            self.rows + other.rows,
            self.links + other.links,
            {
                name: self.fields.get(name, FieldScore()) + other.fields.get(name, FieldScore())
                for name in FIELDS
            },
            self.findings + other.findings,
            self.contradictions + other.contradictions,
            {
                name: self.tolls.get(name, Agreement()) + other.tolls.get(name, Agreement())
                for name in TOLL_MEASURES
            },
        )

    def to_dict(self) -> dict[str, Any]:
        """Plain nested dicts, for JSON."""
        return {
            "documents": self.documents,
            "spans": self.spans.to_dict(),
            "counts": self.counts.to_dict(),
            "rows": self.rows.to_dict(),
            "links": self.links.to_dict(),
            "fields": {name: score.to_dict() for name, score in self.fields.items()},
            "findings": self.findings.to_dict(),
            "contradictions": self.contradictions.to_dict(),
            "tolls": {name: toll.to_dict() for name, toll in self.tolls.items()},
        }


@dataclass(frozen=True, slots=True)
class Mistake:
    """One difference between gold and prediction.

    Args:
        kind: one of `ERROR_KINDS`.
        doc_id: the bulletin.
        gold: the gold count; None when it was invented.
        predicted: the predicted count; None when it was missed.
        gold_value, predicted_value: the field on both sides, for the reader.
        context: the text around, with the number between ``»`` and ``«``.
    """

    kind: str
    doc_id: str
    gold: Count | None
    predicted: Count | None
    gold_value: str
    predicted_value: str
    context: str

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return {
            "kind": self.kind,
            "doc_id": self.doc_id,
            "gold_id": self.gold.count_id if self.gold else None,
            "predicted_id": self.predicted.count_id if self.predicted else None,
            "gold_value": self.gold_value,
            "predicted_value": self.predicted_value,
            "rule": self.predicted.rule if self.predicted else None,
            "context": self.context,
        }


@dataclass(frozen=True, slots=True)
class Scores:
    """The result of an evaluation.

    Args:
        domains: scores by domain, in alphabetical order.
        all: the micro average: everything in one pot.
        mistakes: every difference, in the order of documents and text.
    """

    domains: Mapping[str, DomainScores]
    all: DomainScores
    mistakes: tuple[Mistake, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The scores as plain nested dicts; the mistakes are left out."""
        return {
            "all": self.all.to_dict(),
            "domains": {name: scores.to_dict() for name, scores in self.domains.items()},
        }


# --- comparing -----------------------------------------------------------------------------


def pair(gold: Sequence[Count], predicted: Sequence[Count]) -> list[tuple[int, int]]:
    """Pair counts whose number spans overlap, one to one, most overlap first.

    Args:
        gold: gold counts.
        predicted: predicted counts of the same text.

    Returns:
        Indices (gold, predicted), in the order of `gold`. Among equal overlaps, spans that
        differ less come first, then those earlier in the text.

    >>> def at(start, end):
    ...     return Count(start=start, end=end)
    >>> pair([at(0, 4), at(9, 12)], [at(2, 10)])
    [(0, 0)]
    """
    candidates = []
    for i, one in enumerate(gold):
        for j, other in enumerate(predicted):
            overlap = min(one.end, other.end) - max(one.start, other.start)
            if overlap > 0:
                rest = (one.end - one.start) + (other.end - other.start) - 2 * overlap
                candidates.append((-overlap, rest, one.start, other.start, i, j))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for *_, i, j in sorted(candidates):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return sorted(pairs.items())


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two actors are the same, by id or as names.

    Args:
        one, other: an id of the guidelines, a name as written, or nothing.

    Returns:
        True for equal ids, for names one of whose words are all in the other (case, quotes,
        articles and generic nouns such as ``gang`` apart), and for a name and its initials.

    >>> same_name("the “Mai-Mai” militia", "Mai-Mai"), same_name("CRP", "Convention for the Rescue")
    (True, False)
    >>> same_name("SDF", "Somali Defence Force"), same_name("isis", "hts"), same_name(None, None)
    (True, False, True)
    """
    if not one or not other:
        return not one and not other
    a, b = one.casefold().strip(), other.casefold().strip()
    if a == b:
        return True
    if a in ACTOR_IDS and b in ACTOR_IDS:
        return False
    first, second = _name_words(a), _name_words(b)
    if not first or not second:
        return False
    if set(first) <= set(second) or set(second) <= set(first):
        return True
    return _initials(a, b) or _initials(b, a)


def _name_words(name: str) -> list[str]:
    words = [word for word in _WORD.findall(name) if word not in _ARTICLES]
    return [word for word in words if word not in _GENERIC] or words


def _initials(short: str, name: str) -> bool:
    letters = [word for word in _WORD.findall(short.replace(".", "")) if word not in _ARTICLES]
    if len(letters) != 1 or len(letters[0]) < 2:
        return False
    words = [word for word in _WORD.findall(name) if word not in _ARTICLES]
    kept = [word for word in words if word not in _GENERIC]
    for choice in (words, kept):
        for small in (frozenset[str](), _SMALL):
            if letters[0] == "".join(word[0] for word in choice if word not in small):
                return True
    return False


def _plain(words: str | None) -> str:
    return " ".join(w for w in _WORD.findall((words or "").casefold()) if w not in _ARTICLES)


class _Comparison:
    """Two sets of counts over one text, paired."""

    def __init__(self, document: GoldDocument, predicted: Sequence[Count]) -> None:
        self.document = document
        self.gold, self.predicted = document.counts, tuple(predicted)
        self.pairs = [(self.gold[i], self.predicted[j]) for i, j in pair(self.gold, self.predicted)]
        self.gold_of = {p.count_id: g.count_id for g, p in self.pairs}
        self.gold_by_id = {count.count_id: count for count in self.gold}
        self.predicted_by_id = {count.count_id: count for count in self.predicted}

    def agrees(self, name: str, gold: Count, predicted: Count) -> bool:
        if name == "bounds":
            return gold.bounds == predicted.bounds
        one, other = getattr(gold, name), getattr(predicted, name)
        if name in ("actor", "by"):
            written = getattr(predicted, f"{name}_text")
            return same_name(one, other or written) or bool(
                one and written and one not in ACTOR_IDS and same_name(one, written)
            )
        if name in ("part_of", "same_as"):
            return bool(one == (self.gold_of.get(other, "?") if other else None))
        if name == "region":
            return set(one) == set(other)
        if name == "traits":
            return {_plain(item) for item in one} == {_plain(item) for item in other}
        if name in ("period", "backer"):
            return _plain(one) == _plain(other)
        return bool((one or None) == (other or None))

    def shown(self, name: str, count: Count, *, gold: bool) -> str:
        if name == "bounds":
            figures = (count.best, count.low, count.high)
            return " ".join("-" if figure is None else str(figure) for figure in figures)
        value = getattr(count, name)
        if name in ("part_of", "same_as") and value:
            known = self.gold_by_id if gold else self.predicted_by_id
            target = known.get(value)
            return f"{value} ({target.text} {target.measure})" if target else f"{value} (unknown)"
        if isinstance(value, tuple):
            return ", ".join(value) or "-"
        return "-" if value is None or value == "" else str(value)

    def edges(self) -> Tally:
        gold = {(c.count_id, c.part_of) for c in self.gold if c.part_of}
        predicted = [(c.count_id, c.part_of) for c in self.predicted if c.part_of]
        through = {
            (self.gold_of.get(child), self.gold_of.get(parent)) for child, parent in predicted
        }
        return Tally(len(gold & through), len(predicted), len(gold))

    def scores(self) -> DomainScores:
        n_gold, n_predicted = len(self.gold), len(self.predicted)
        agreed = [
            {name: self.agrees(name, gold, predicted) for name in FIELDS}
            for gold, predicted in self.pairs
        ]
        right = sum(all(row[name] for name in COUNT_KEY) for row in agreed)
        full = sum(all(row[name] for name in ROW_KEY) for row in agreed)
        return DomainScores(
            documents=1,
            spans=Tally(len(self.pairs), n_predicted, n_gold),
            counts=Tally(right, n_predicted, n_gold),
            rows=Tally(full, n_predicted, n_gold),
            links=self.edges(),
            fields={name: self._field(name, [row[name] for row in agreed]) for name in FIELDS},
        )

    def _field(self, name: str, agreed: list[bool]) -> FieldScore:
        filled_gold = filled_predicted = filled_right = 0
        for (gold, predicted), right in zip(self.pairs, agreed, strict=True):
            in_gold, in_predicted = _filled(name, gold), _filled(name, predicted)
            filled_gold += in_gold
            filled_predicted += in_predicted
            filled_right += right and in_gold and in_predicted
        return FieldScore(
            Agreement(sum(agreed), len(agreed)), Tally(filled_right, filled_predicted, filled_gold)
        )

    def mistakes(self) -> Iterator[Mistake]:
        found = {gold.count_id: predicted for gold, predicted in self.pairs}
        for gold in self.gold:
            if gold.count_id not in found:
                yield self._mistake("missed", gold, None, _summary(gold), "-")
                continue
            predicted = found[gold.count_id]
            for name in FIELDS:
                if not self.agrees(name, gold, predicted):
                    yield self._mistake(
                        name,
                        gold,
                        predicted,
                        self.shown(name, gold, gold=True),
                        self.shown(name, predicted, gold=False),
                    )
        for predicted in self.predicted:
            if predicted.count_id not in self.gold_of:
                yield self._mistake("invented", None, predicted, "-", _summary(predicted))

    def _mistake(
        self, kind: str, gold: Count | None, predicted: Count | None, left: str, right: str
    ) -> Mistake:
        count = gold or predicted
        assert count is not None
        around = context(self.document.text, count.start, count.end)
        return Mistake(kind, self.document.doc_id, gold, predicted, left, right, around)


def _filled(name: str, count: Count) -> bool:
    if name == "bounds":
        return (count.best, count.low, count.high) != (None, None, None)
    return bool(getattr(count, name))


def _summary(count: Count) -> str:
    return f"{count.bounds} {count.measure}" + (" (implicit)" if count.implicit else "")


def context(text: str, start: int, end: int, width: int = 200) -> str:
    """The text around a span, on one line, with the span between ``»`` and ``«``.

    Args:
        text: the whole text.
        start, end: characters of the span; end exclusive.
        width: at most so many characters on either side; cut at line ends too.

    >>> context("First line.\\nThen 16 died.\\nLast.", 17, 19)
    'Then »16« died.'
    """
    left = max(text.rfind("\n", 0, start) + 1, start - width)
    stop = text.find("\n", end)
    right = min(len(text) if stop < 0 else stop, end + width)
    pieces = (text[left:start], "»", text[start:end], "«", text[end:right])
    return " ".join("".join(pieces).split())


# --- findings and tolls --------------------------------------------------------------------


def _finding_keys(
    bulletin: Bulletin, spans: Mapping[str, tuple[int, int]]
) -> Counter[tuple[Any, ...]]:
    return Counter(
        (
            finding.kind,
            spans[finding.whole.count_id],
            frozenset(spans[part.count_id] for part in finding.parts),
        )
        for finding in bulletin.findings
    )


def _tally(gold: Counter[Any], predicted: Counter[Any]) -> Tally:
    return Tally((gold & predicted).total(), predicted.total(), gold.total())


def _arithmetic(comparison: _Comparison) -> DomainScores:
    from tollbook.bulletin import Bulletin

    document = comparison.document
    gold = Bulletin(doc_id=document.doc_id, text=document.text, counts=document.counts)
    other = Bulletin(doc_id=document.doc_id, text=document.text, counts=comparison.predicted)
    gold_spans = {count.count_id: (count.start, count.end) for count in document.counts}
    # A paired count stands where its gold partner stands: a span that is a word longer
    # does not make another finding of it.
    spans = {count.count_id: (count.start, count.end) for count in comparison.predicted}
    spans |= {ident: gold_spans[partner] for ident, partner in comparison.gold_of.items()}
    left, right = _finding_keys(gold, gold_spans), _finding_keys(other, spans)
    serious = ("contradiction", "subset-larger")
    return DomainScores(
        findings=_tally(left, right),
        contradictions=_tally(
            Counter({key: n for key, n in left.items() if key[0] in serious}),
            Counter({key: n for key, n in right.items() if key[0] in serious}),
        ),
        tolls={
            measure: Agreement(int(gold.toll(measure) == other.toll(measure)), 1)
            for measure in TOLL_MEASURES
        },
    )


# --- the whole -----------------------------------------------------------------------------


def evaluate(
    gold_docs: Iterable[GoldDocument], predict: Predict, *, arithmetic: bool = True
) -> Scores:
    """Score a predictor against gold documents.

    Args:
        gold_docs: the gold.
        predict: takes a text and its id, gives back the counts it finds.
        arithmetic: compare the audit's findings and the tolls as well.

    Returns:
        Scores by domain and over all, and every mistake.

    Raises:
        ValueError: two predicted counts of one document have the same count_id.

    >>> from tollbook import gold
    >>> doc = gold.parse("[Two](c1) died, [six](c2) fled.\\n---\\nc1 killed 2 2 2\\n"
    ...     "c2 displaced 6 6 6", "wire-1.gold.txt")
    >>> scores = evaluate([doc], lambda text, doc_id: doc.counts[:1], arithmetic=False)
    >>> scores.all.counts.precision, scores.all.counts.recall, scores.mistakes[0].kind
    (1.0, 0.5, 'missed')
    """
    domains: dict[str, DomainScores] = {}
    mistakes: list[Mistake] = []
    for document in gold_docs:
        predicted = predict(document.text, document.doc_id)
        ids = Counter(count.count_id for count in predicted)
        repeated = [ident for ident, times in ids.items() if times > 1]
        if repeated:
            raise ValueError(f"{document.doc_id}: count_id {repeated[0]!r} is predicted twice")
        comparison = _Comparison(document, predicted)
        scores = comparison.scores()
        if arithmetic:
            scores += _arithmetic(comparison)
        domains[document.domain] = domains.get(document.domain, DomainScores()) + scores
        mistakes += comparison.mistakes()
    total = sum(domains.values(), DomainScores())
    return Scores(dict(sorted(domains.items())), total, tuple(mistakes))
