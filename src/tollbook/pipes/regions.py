"""REGION spans: places in the text and the first-level region that each lies in.

The longest known name at each capitalised word is taken (`region_names`); what stands around it,
the countries that the document speaks of, and last its size decide between several places of one
name (`region_readings`).
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final

from spacy.language import Language
from spacy.tokens import SpanGroup

from tollbook.gazetteer import Gazetteer
from tollbook.pipes import entities
from tollbook.pipes.region_names import Heads, Mention, lists_of
from tollbook.pipes.region_readings import Readings
from tollbook.words import Words

if TYPE_CHECKING:
    from spacy.tokens import Doc

LABEL: Final = "REGION"
GROUP: Final = "regions"


def find(
    words: Words, *, gazetteer: Gazetteer | None = None, country: str = ""
) -> list[dict[str, Any]]:
    """Find the places in a text and their regions.

    Args:
        words: the words of the Doc.
        gazetteer: the names known; None for those of the package.
        country: ISO 3166-1 code of the country that the text is mostly about, where known.

    Returns:
        One record a place, in text order: ``start``, ``end`` (tokens, end exclusive),
        ``char_start``, ``char_end``, ``text``, ``codes`` (ISO 3166-2, first level), ``country``,
        ``kind`` (``region``, ``town``, ``area``, ``country``), ``place`` (a town as written, else
        empty), ``dateline`` (True for the place of filing: ``OUAGADOUGOU, Aug 4 -``), ``sure``
        (True for a name of our tables, False for one of the index of towns alone).

    >>> import spacy
    >>> doc = spacy.blank("en")("Shelling near Kupiansk, Ukraine, and in Al-Raqqah province")
    >>> [(record["text"], record["codes"]) for record in find(Words.of(doc))]
    [('Kupiansk', ['UA-63']), ('Ukraine', []), ('Al-Raqqah province', ['SY-RA'])]
    """
    gazetteer = gazetteer or Gazetteer.of()
    finder = Readings(words, gazetteer, _heads_of(gazetteer), country)
    mentions, generics = finder.mentions()
    if not mentions and not generics:
        return []
    mentions = [mention for mention in mentions if not finder.blocked(mention)]
    for mention in mentions:
        finder.surround(mention)
    finder.count_votes(mentions)
    finder.resolve(mentions)
    mentions = [mention for mention in mentions if mention.place is not None]
    mentions += finder.unknown(generics, mentions)
    mentions.sort(key=lambda mention: mention.whole)
    finder.inherit(mentions)
    return [_record(finder, mention) for mention in _apart(mentions)]


def _apart(mentions: list[Mention]) -> list[Mention]:
    """Leave out spans that overlap one before them."""
    kept: list[Mention] = []
    end = 0
    for mention in mentions:
        if mention.whole[0] < end:
            if mention.start < end:
                continue
            mention.whole = (mention.start, mention.whole[1])
        kept.append(mention)
        end = mention.whole[1]
    return kept


def _record(finder: Readings, mention: Mention) -> dict[str, Any]:
    words, place = finder.words, mention.place
    assert place is not None
    start, end = mention.whole
    kind = place.kind
    codes = list(place.codes)
    # "northern Iraq" is a part of a country, not the country.
    if kind == "country" and start and finder.low[start - 1] in finder.lists.compass:
        kind = "area"
        start -= 1
    text = _text(words, start, end)
    return {
        "start": start,
        "end": end,
        "char_start": words.start[start],
        "char_end": words.end[end - 1],
        "text": text,
        "codes": codes,
        "country": place.country,
        "kind": kind,
        "place": text if kind == "town" else "",
        "dateline": _filed(words, mention),
        "sure": place.sure,
    }


def _text(words: Words, start: int, end: int) -> str:
    return "".join(
        words.raw[index] + (" " if words.space[index] and not words.raw[index].isspace() else "")
        for index in range(start, end)
    ).strip()


def _filed(words: Words, mention: Mention) -> bool:
    """True for a news agency's place of filing at the head of a paragraph."""
    raw, low = words.raw, words.low
    start, end = mention.start, mention.end
    if start and not raw[start - 1].isspace() and raw[start - 1] not in "/":
        return False
    after = low[end] if end < len(low) else ""
    following = low[end + 1] if end + 1 < len(low) else ""
    if after == "," and (following in lists_of().month or following.isdecimal()):
        return True
    return after == "(" and following in (
        "reuters",
        "ap",
        "afp",
        "xinhua",
        "ani",
        "pti",
        "efe",
        "dpa",
    )


@functools.cache
def _heads_of(gazetteer: Gazetteer) -> Heads:
    return Heads(gazetteer)


class Regions:
    """Component that sets ``doc.spans["regions"]`` and REGION entities.

    Args:
        nlp: the pipeline.
        name: name of the component.
        regions: path of a table of regions laid over the package's; None for ours alone.
        country: ISO 3166-1 code of the country that the texts are about, where all are about one.
        overwrite_ents: True when a REGION replaces overlapping entities of other components.

    Raises:
        RuleError: the user's table does not fit.
        FileNotFoundError: there is no such table.
        ValueError: `country` is not a code of two letters.

    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> _ = nlp.add_pipe("tollbook_regions")
    >>> doc = nlp("Clashes in Mosul, Iraq")
    >>> [(ent.text, ent.label_) for ent in doc.ents]
    [('Mosul', 'REGION'), ('Iraq', 'REGION')]
    >>> doc.spans["regions"].attrs["regions"][0]["codes"]
    ['IQ-NI']
    """

    def __init__(
        self,
        nlp: Language,
        name: str,
        *,
        regions: str | None = None,
        country: str = "",
        overwrite_ents: bool = True,
    ) -> None:
        if country and not (len(country) == 2 and country.isalpha() and country.isupper()):
            raise ValueError(f"country is {country!r}: give an ISO 3166-1 code such as 'SY', or ''")
        self.name = name
        self.country = country
        self.overwrite_ents = overwrite_ents
        self.gazetteer = Gazetteer.of(regions)

    def __call__(self, doc: Doc) -> Doc:
        """Find the places of `doc` and write them into it."""
        records = find(Words.of(doc), gazetteer=self.gazetteer, country=self.country)
        return annotate(doc, records, overwrite_ents=self.overwrite_ents)


def annotate(doc: Doc, records: list[dict[str, Any]], *, overwrite_ents: bool = True) -> Doc:
    """Write what `find` found into the Doc.

    Args:
        doc: the Doc.
        records: as `find` returns them.
        overwrite_ents: True when a REGION replaces overlapping entities of other components.
    """
    words = Words.of(doc)
    spans = [words.span(doc, record["start"], record["end"], LABEL) for record in records]
    doc.spans[GROUP] = SpanGroup(doc, name=GROUP, attrs={GROUP: records}, spans=spans)
    entities.add(doc, spans, overwrite=overwrite_ents)
    return doc


@Language.factory("tollbook_regions")
def make_regions(
    nlp: Language,
    name: str,
    *,
    regions: str | None = None,
    country: str = "",
    overwrite_ents: bool = True,
) -> Regions:
    """Make the component; see `Regions` for the settings."""
    return Regions(nlp, name, regions=regions, country=country, overwrite_ents=overwrite_ents)
