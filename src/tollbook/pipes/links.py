"""What is part of what, what is said again, and what a list takes from its introduction.

Reads candidates with their outcomes. Sets parents and twins; a part or an item that says no
measure takes that of its whole; what then has none is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language

from tollbook.grammar.analysis import Analysis
from tollbook.grammar.anaphora import link_rest, link_they_are
from tollbook.grammar.bare import link_further_parts, link_predicates, link_sums, read_bare
from tollbook.grammar.columns import read_columns
from tollbook.grammar.fates import link_bare_fates, link_same_people
from tollbook.grammar.figures import Figures
from tollbook.grammar.introductions import read_labels
from tollbook.grammar.lists import link_items
from tollbook.grammar.parts import (
    link_among,
    link_in_sentences,
    link_of_these,
    link_of_whom,
    link_partitives,
)
from tollbook.grammar.regionwise import link_region_runs
from tollbook.grammar.retelling import link_definite, link_headline, point_to_nearest
from tollbook.grammar.sections import link_sections
from tollbook.grammar.settle import hand_down, leave_out, part_circles
from tollbook.grammar.shares import link_shares
from tollbook.grammar.sums import link_made_up, link_sums_in_sentences
from tollbook.grammar.totals import (
    link_raised,
    link_summed_up,
    link_superseded,
    link_with_this_one,
    read_sums,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc


def link(analysis: Analysis) -> None:
    """Link the candidates of a Doc. Each step relies on those before it.

    Args:
        analysis: parents, twins, inherited measures and reasons of its candidates are set.
    """
    figures = Figures(analysis)
    # what a header says
    read_columns(figures)
    # what words say
    link_in_sentences(figures)
    link_among(figures)
    # what the layout says
    read_labels(figures)
    link_items(figures)
    link_of_whom(figures)
    # what words say of the sentences before
    link_partitives(figures)
    link_of_these(figures)
    link_predicates(figures)
    link_further_parts(figures)
    link_they_are(figures)
    link_rest(figures)
    link_sums(figures)
    link_raised(figures)
    link_superseded(figures)
    link_with_this_one(figures)
    # what the figures say
    read_sums(figures)
    link_shares(figures)
    link_sums_in_sentences(figures)
    read_bare(figures)
    link_summed_up(figures)
    hand_down(figures)
    link_sections(figures)
    link_same_people(figures)
    link_bare_fates(figures)
    leave_out(figures)
    link_headline(figures)
    link_definite(figures)
    link_made_up(figures)
    link_region_runs(figures)
    point_to_nearest(figures)
    part_circles(figures)


class Links:
    """Component that links candidates, and leaves out those without an outcome."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Link the candidates of a Doc."""
        link(Analysis.of(doc))
        return doc


@Language.factory("tollbook_links")
def make_links(nlp: Language, name: str) -> Links:
    """Make a `Links` component."""
    return Links(nlp, name)
