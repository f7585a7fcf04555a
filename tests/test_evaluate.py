import json
from dataclasses import replace

import pytest

from tollbook import gold
from tollbook.evaluate import FIELDS, Agreement, Tally, context, evaluate, pair, same_name
from tollbook.schema import Count

DOC = gold.parse(
    "[At least 16](c1) soldiers, including [nine](c2) officers, were killed and [seven](c3) hurt.\n"
    "In Homs [two](c4) children died.\n"
    "---\n"
    "c1 killed 16 16 - | status=combatant actor=syria-government by=isis region=SY-HI,SY-DY\n"
    "c2 killed 9 9 9 | status=combatant actor=syria-government by=isis traits=officer part_of=c1\n"
    "c3 injured 7 7 7 | status=combatant period='in October'\n"
    "c4 killed 2 2 2 | status=civilian traits=child region=SY-HI\n",
    "wire-01-a.gold.txt",
)


def score(counts, doc=DOC, **settings):
    settings.setdefault("arithmetic", False)
    return evaluate([doc], lambda text, doc_id: counts, **settings)


def changed(ident, **values):
    """The gold's own counts, with some values of one of them changed."""
    return tuple(replace(c, **values) if c.count_id == ident else c for c in DOC.counts)


def test_gold_against_itself_is_perfect():
    result = score(DOC.counts, arithmetic=True)
    perfect = Tally(4, 4, 4)
    assert (result.all.spans, result.all.counts, result.all.rows) == (perfect,) * 3
    assert result.all.links == Tally(1, 1, 1)
    assert result.all.findings.correct == result.all.findings.gold == result.all.findings.predicted
    assert dict(result.all.tolls) == {"killed": Agreement(1, 1), "injured": Agreement(1, 1)}
    assert all(result.all.fields[name].all == Agreement(4, 4) for name in FIELDS)
    assert result.mistakes == ()


def test_a_missed_count_lowers_recall_only():
    result = score(DOC.counts[:3])
    assert result.all.counts == Tally(3, 3, 4)
    assert (result.all.counts.precision, result.all.counts.recall) == (1.0, 0.75)
    (mistake,) = result.mistakes
    assert (mistake.kind, mistake.gold.count_id, mistake.predicted) == ("missed", "c4", None)
    assert mistake.context == "In Homs »two« children died."


def test_an_invented_count_lowers_precision_only():
    extra = Count(count_id="c5", measure="killed", best=1, low=1, high=1, start=80, end=84)
    result = score((*DOC.counts, extra))
    assert result.all.counts == Tally(4, 5, 4)
    assert (result.all.counts.precision, result.all.counts.recall) == (0.8, 1.0)
    assert [m.kind for m in result.mistakes] == ["invented"]


def test_nothing_predicted_is_all_missed():
    result = score(())
    assert result.all.counts == Tally(0, 0, 4)
    assert result.all.counts.f1 == 0.0
    assert result.all.counts.precision is None
    assert result.all.links == Tally(0, 0, 1)


def test_neither_gold_nor_prediction_has_no_rate():
    result = score((), gold.parse("Nothing.\n---\n", "wire-2.gold.txt"), arithmetic=True)
    assert result.all.counts.f1 is None
    assert result.all.tolls["killed"] == Agreement(1, 1)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"measure": "injured"}, "measure"),
        ({"best": 17}, "bounds"),
        ({"low": 17}, "bounds"),
        ({"high": 16}, "bounds"),
    ],
)
def test_measure_and_bounds_make_a_count(values, field):
    result = score(changed("c1", **values))
    assert result.all.spans == Tally(4, 4, 4)
    assert result.all.counts == Tally(3, 4, 4)
    assert result.all.rows == Tally(3, 4, 4)
    assert [m.kind for m in result.mistakes] == [field]
    assert result.all.fields[field].all == Agreement(3, 4)


@pytest.mark.parametrize(
    ("ident", "values", "field"),
    [
        ("c1", {"status": None}, "status"),
        ("c1", {"actor": "hts"}, "actor"),
        ("c1", {"actor": None}, "actor"),
        ("c3", {"actor": "isis"}, "actor"),
        ("c1", {"by": "turkey"}, "by"),
        ("c1", {"region": ("SY-HI",)}, "region"),
        ("c2", {"part_of": None}, "part_of"),
        ("c2", {"part_of": "c4"}, "part_of"),
        ("c4", {"part_of": "c3"}, "part_of"),
    ],
)
def test_the_row_needs_its_fields(ident, values, field):
    result = score(changed(ident, **values))
    assert result.all.counts == Tally(4, 4, 4)
    assert result.all.rows == Tally(3, 4, 4)
    assert [m.kind for m in result.mistakes] == [field]


@pytest.mark.parametrize(
    ("ident", "values", "field"),
    [
        ("c2", {"traits": ()}, "traits"),
        ("c4", {"traits": ("child", "woman")}, "traits"),
        ("c4", {"same_as": "c1"}, "same_as"),
        ("c3", {"period": "in May"}, "period"),
        ("c3", {"implicit": True}, "implicit"),
        ("c3", {"backer": "Iran"}, "backer"),
    ],
)
def test_other_fields_do_not_touch_the_row(ident, values, field):
    result = score(changed(ident, **values))
    assert result.all.rows == Tally(4, 4, 4)
    assert result.all.fields[field].all == Agreement(3, 4)
    assert [m.kind for m in result.mistakes] == [field]


def test_swapped_fields_are_noticed():
    swapped = changed("c1", actor="isis", by="syria-government")
    result = score(swapped)
    assert result.all.rows == Tally(3, 4, 4)
    assert [m.kind for m in result.mistakes] == ["actor", "by"]
    a, b = DOC.counts[1], DOC.counts[3]
    crossed = (
        DOC.counts[0],
        replace(a, best=b.best, low=b.low, high=b.high),
        DOC.counts[2],
        replace(b, best=a.best, low=a.low, high=a.high),
    )
    assert score(crossed).all.counts == Tally(2, 4, 4)


def test_order_and_case_do_not_matter_where_they_say_nothing():
    result = score(changed("c1", region=("SY-DY", "SY-HI"), actor="Syria-Government"))
    assert result.mistakes == ()
    assert score(changed("c1", by="ISIS fighters")).mistakes == ()
    assert score(changed("c4", traits=("Child",))).mistakes == ()


def test_filled_values_leave_out_agreement_on_nothing():
    result = score(changed("c2", part_of=None))
    assert result.all.fields["part_of"].all == Agreement(3, 4)
    assert result.all.fields["part_of"].filled == Tally(0, 0, 1)
    assert result.all.fields["actor"].filled == Tally(2, 2, 2)


def test_ids_need_not_be_the_same_for_links():
    names = {"c1": "n9", "c2": "n8", "c3": "n7", "c4": "n6", None: None}
    renamed = [replace(c, count_id=names[c.count_id], part_of=names[c.part_of]) for c in DOC.counts]
    result = score(renamed[::-1])
    assert result.mistakes == ()
    assert result.all.links == Tally(1, 1, 1)


def test_a_link_counts_whatever_the_measure_but_needs_both_ends():
    assert score(changed("c1", measure="injured")).all.links == Tally(1, 1, 1)
    result = score(DOC.counts[1:])
    assert result.all.links == Tally(0, 1, 1)
    assert "part_of" in [m.kind for m in result.mistakes]
    assert score(changed("c4", part_of="c1")).all.links == Tally(1, 2, 1)


def test_the_same_id_twice_is_refused():
    with pytest.raises(ValueError, match="'c1' is predicted twice"):
        score((DOC.counts[0], DOC.counts[0]))


def at(start, end):
    return Count(start=start, end=end)


@pytest.mark.parametrize(
    ("gold_spans", "predicted", "pairs"),
    [
        ([(0, 4)], [(4, 8)], []),
        ([(0, 4)], [(3, 8)], [(0, 0)]),
        ([(2, 10), (10, 18)], [(6, 14)], [(0, 0)]),  # four and four: the earlier
        ([(0, 10), (10, 15)], [(6, 15)], [(1, 0)]),
        ([(0, 10)], [(0, 3), (3, 9)], [(0, 1)]),
        ([(0, 2), (3, 12)], [(0, 12)], [(1, 0)]),
        ([(5, 7)], [(0, 30), (5, 7)], [(0, 1)]),  # equal overlap: the one that fits
        ([(0, 5), (6, 9)], [(6, 9), (0, 5)], [(0, 1), (1, 0)]),
    ],
)
def test_pairing(gold_spans, predicted, pairs):
    assert pair([at(*s) for s in gold_spans], [at(*s) for s in predicted]) == pairs


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (None, None, True),
        ("", None, True),
        ("isis", None, False),
        (None, "Mai-Mai", False),
        ("isis", "isis", True),
        ("isis", "iswap", False),
        ("iraq-forces", "ukraine-forces", False),
        ("Taliban", "taliban", True),
        ("the “Vitelhomme” gang", "Vitelhomme", True),
        ("Ansar Allah", "Houthi Ansar Allah movement", True),
        ("Ansar Allah", "Ansar al-Sharia", False),
        ("Somali National Army", "SNA", True),
        ("S.N.A.", "Somali National Army", True),
        ("CNDP", "Congrès national pour la défense du peuple", False),
        ("Movement for the Liberation of Congo", "MLC", True),
        ("MFTLOC", "Movement for the Liberation of Congo", False),
        ("SNA", "Syrian Democratic Forces", False),
        ("gunmen", "armed men", False),
        ("militia", "gang", False),
        ("militia", "the militia", True),
        ("Lord’s Resistance Army", "Lord’s Resistance", True),
        ("security forces", "Indian security forces", True),
    ],
)
def test_names(one, other, same):
    assert same_name(one, other) is same
    assert same_name(other, one) is same


def test_domains_and_micro_average():
    second = replace(DOC, doc_id="sohr-02-b")
    third = replace(DOC, doc_id="wire-03-c")
    result = evaluate(
        [DOC, second, third],
        lambda text, doc_id: DOC.counts[: 1 if doc_id.startswith("sohr") else 4],
        arithmetic=False,
    )
    assert list(result.domains) == ["sohr", "wire"]
    assert result.domains["sohr"].counts == Tally(1, 1, 4)
    assert result.domains["wire"].counts == Tally(8, 8, 8)
    assert result.domains["wire"].documents == 2
    assert result.all.counts == Tally(9, 9, 12)
    assert result.all.documents == 3
    assert result.all.fields["measure"].all == Agreement(9, 9)


def test_to_dict_is_json():
    data = json.loads(json.dumps(score(DOC.counts[:3]).to_dict()))
    assert data["all"]["counts"]["recall"] == 0.75
    assert data["domains"]["wire"]["fields"]["actor"]["accuracy"]["rate"] == 1.0


SUMS = gold.parse(
    "[Ten](c1) people were killed: [four](c2) soldiers and [seven](c3) civilians.\n"
    "---\n"
    "c1 killed 10 10 10\n"
    "c2 killed 4 4 4 | status=combatant part_of=c1\n"
    "c3 killed 7 7 7 | status=civilian part_of=c1\n",
    "wire-04-d.gold.txt",
)


def test_findings_are_compared():
    perfect = score(SUMS.counts, SUMS, arithmetic=True).all
    assert perfect.findings.gold == perfect.findings.predicted == perfect.findings.correct > 0
    assert perfect.contradictions.gold > 0
    fewer = [replace(c, part_of=None) for c in SUMS.counts]
    assert score(fewer, SUMS, arithmetic=True).all.findings == Tally(0, 0, perfect.findings.gold)
    # a span that is a little longer is the same finding; another figure is another toll
    longer = [replace(c, end=c.end + 1) for c in SUMS.counts]
    assert score(longer, SUMS, arithmetic=True).all.findings == perfect.findings
    eleven = [replace(SUMS.counts[0], best=11, low=11, high=11), *SUMS.counts[1:]]
    result = score(eleven, SUMS, arithmetic=True).all
    assert result.contradictions == Tally(0, 0, perfect.contradictions.gold)
    assert result.tolls["killed"] == Agreement(0, 1)
    assert result.tolls["injured"] == Agreement(1, 1)


def test_context_is_cut_at_lines_and_width():
    text = "a\n" + "x" * 300 + " 16 " + "y" * 300 + "\nb"
    where = text.index("16")
    shown = context(text, where, where + 2, width=10)
    assert shown == "xxxxxxxxx »16« yyyyyyyyy"
