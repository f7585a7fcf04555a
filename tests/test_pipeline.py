"""The components in pipelines of ours and of the user's, and the functions around them."""

import gc
import pickle
import subprocess
import sys
import weakref
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import tollbook
from tollbook.errors import DocumentError
from tollbook.pipeline import STAGES
from tollbook.records import read

SEED = (Path(__file__).parent.parent / "seeds" / "homs-bus.txt").read_text(encoding="utf-8")
PROSE = (
    "Ten civilians, including two children, were killed by ISIS in Homs on 12 May 2024. "
    "At least 7 Iraqi soldiers were wounded in Mosul; nobody was hurt in Dara’a."
)
TEXTS = (
    SEED,
    PROSE,
    "No figures here.",
    "",
    " \n\t ",
    "Two k*lled – and 3,000 “displaced” \U0001f6b8",
)
FACTORIES = [stage.factory for stage in STAGES]


@pytest.fixture(scope="module")
def nlp():
    return tollbook.load()


@pytest.fixture(scope="module")
def seed(nlp):
    return nlp(SEED)


def rows(doc):
    return read(doc, "d").to_rows()


def ents(doc):
    return [(ent.text, ent.label_) for ent in doc.ents]


# --- what a Doc holds --------------------------------------------------------------------------


def test_entities_are_numbers_regions_and_actors(seed):
    found = ents(seed)
    assert {label for _, label in found} == {"NUMBER", "REGION", "ACTOR"}
    assert ("at least nine", "NUMBER") in found
    assert ("ISIS", "ACTOR") in found
    assert any(label == "REGION" and "Homs" in text for text, label in found)


def test_each_count_is_a_span_that_holds_its_number(seed):
    counts = read(seed).counts
    spans = seed.spans["counts"]
    assert len(spans) == len(counts) == 42
    assert {span.label_ for span in spans} == {"COUNT"}
    for span, count in zip(spans, counts, strict=True):
        assert span.start_char <= count.start < count.end <= span.end_char
        assert span.id_ == count.rule


def test_offsets_are_those_of_the_text(seed):
    for count in read(seed).counts:
        assert SEED[count.start : count.end] == count.text
        assert SEED[count.phrase_start : count.phrase_end] == count.phrase


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_the_text_is_never_altered(nlp, text):
    doc = nlp(text)
    assert doc.text == text
    assert read(doc).text == text


def test_a_second_pass_changes_nothing(nlp):
    doc = nlp(SEED)
    before, found = rows(doc), ents(doc)
    doc = nlp(doc)
    assert rows(doc) == before
    assert ents(doc) == found


def test_what_the_stages_are_said_to_write_is_there(seed):
    written = {name for stage in STAGES for name in stage.writes}
    for name in written:
        if name.startswith("spans."):
            assert name.removeprefix("spans.") in seed.spans
    earlier = {"text"}
    for stage in STAGES:
        assert set(stage.reads) <= earlier, stage.factory
        earlier.update(stage.writes)


# --- pipelines ---------------------------------------------------------------------------------


def test_load_runs_the_stages_in_their_order(nlp):
    assert nlp.pipe_names == FACTORIES
    assert nlp.lang == "en"


def test_components_added_one_by_one(seed):
    nlp = spacy.blank("en")
    for factory in FACTORIES:
        nlp.add_pipe(factory)
    assert rows(nlp(SEED)) == rows(seed)


def test_add_to_a_pipeline_that_is_there(seed):
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    assert tollbook.add_to(nlp) is nlp
    assert nlp.pipe_names == ["sentencizer", *FACTORIES]
    doc = nlp(SEED)
    sentences = [
        sent.text for sent in spacy.blank("en").add_pipe("sentencizer")(nlp.make_doc(SEED)).sents
    ]
    assert [sent.text for sent in doc.sents] == sentences
    assert rows(doc) == rows(seed)


def test_factories_are_there_without_importing_tollbook():
    code = (
        "import sys, spacy; nlp = spacy.blank('en'); nlp.add_pipe('tollbook_numbers');"
        "print([ent.text for ent in nlp('Nearly 25 men died').ents])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['Nearly 25']"


@pytest.mark.parametrize("factory", FACTORIES)
def test_misspelt_settings_are_refused(factory):
    with pytest.raises(ValueError, match="unexpected argument: 'colour'"):
        spacy.blank("en").add_pipe(factory, config={"colour": "red"})


def test_load_refuses_settings_that_no_stage_has():
    with pytest.raises(TypeError, match=r"no setting 'countries'; there are .*country"):
        tollbook.load(countries="SY")


def test_add_to_refuses_settings_that_no_stage_has():
    nlp = spacy.blank("en")
    with pytest.raises(TypeError, match="no setting 'countries'"):
        tollbook.add_to(nlp, countries="SY")
    assert nlp.pipe_names == []


@pytest.mark.parametrize("country", ["Syria", "sy", "S1"])
def test_a_country_that_is_no_code_is_refused(country):
    with pytest.raises(ValueError, match="country is"):
        tollbook.load(country=country)


def test_settings_reach_the_components():
    nlp = tollbook.load(country="UA")
    for stage in STAGES:
        config = nlp.get_pipe_config(stage.factory)
        if "country" in stage.settings:
            assert config["country"] == "UA"


def test_an_actor_list_of_the_users(tmp_path):
    mine = tmp_path / "mine.csv"
    mine.write_text(
        "id,name,aliases,type,country,interaction\n"
        "zorvan-front,Zorvan Front,Zorvanists;Front of Zorvan,rebel,SY,2\n",
        encoding="utf-8",
    )
    text = "Twelve Zorvanists were killed by regime forces in Homs."
    assert tollbook.extract(text).counts[0].actor != "zorvan-front"
    assert (
        tollbook.extract(text, nlp=tollbook.load(actors=str(mine))).counts[0].actor
        == "zorvan-front"
    )


def test_a_list_with_a_mistake_is_refused_with_its_place(tmp_path):
    mine = tmp_path / "mine.csv"
    mine.write_text("id,name,type,interaction\nx,X,army,1\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"mine\.csv, line 2, column 'type': 'army' is not one of"):
        tollbook.load(actors=str(mine))


# --- beside entities of other components ---------------------------------------------------------


@Language.component("test_foreign_entities")
def foreign_entities(doc):
    """Stands in for a trained entity recogniser: labels of its own, other borders."""
    wanted = {
        "Iraqi": "NORP",
        "ISIS": "ORG",
        "Homs on 12 May 2024": "GPE",
        "two": "CARDINAL",
        "wounded": "EVENT",
    }
    doc.ents = [
        span
        for text, label in wanted.items()
        if (span := doc.char_span(start := doc.text.index(text), start + len(text), label))
    ]
    return doc


def with_foreign(**config):
    nlp = spacy.blank("en")
    nlp.add_pipe("test_foreign_entities")
    for stage in STAGES:
        nlp.add_pipe(stage.factory, config=config.get(stage.factory, {}))
    return nlp


def test_our_entities_win_over_others_that_they_overlap(nlp):
    doc = with_foreign()(PROSE)
    assert {("two", "NUMBER"), ("ISIS", "ACTOR"), ("Homs", "REGION")} <= set(ents(doc))
    assert ("wounded", "EVENT") in ents(doc)
    assert not {"CARDINAL", "ORG", "GPE"} & {label for _, label in ents(doc)}
    assert rows(doc) == rows(nlp(PROSE))


def test_entities_of_others_can_be_kept(nlp):
    doc = with_foreign(
        tollbook_numbers={"overwrite": False},
        tollbook_regions={"overwrite_ents": False},
        tollbook_actors={"overwrite_ents": False},
    )(PROSE)
    assert {("two", "CARDINAL"), ("ISIS", "ORG"), ("Homs on 12 May 2024", "GPE")} <= set(ents(doc))
    assert ("Ten", "NUMBER") in ents(doc)
    assert ("two", "NUMBER") not in ents(doc)
    assert rows(doc) == rows(nlp(PROSE)), "the counts do not rest on doc.ents"


def test_an_entity_ruler_after_ours_keeps_ours(nlp):
    both = tollbook.add_to(spacy.blank("en"))
    both.add_pipe("entity_ruler").add_patterns(
        [{"label": "ORG", "pattern": "ISIS"}, {"label": "WORD", "pattern": "killed"}]
    )
    doc = both(PROSE)
    assert ("ISIS", "ACTOR") in ents(doc)
    assert ("killed", "WORD") in ents(doc)


# --- the Doc on its way ------------------------------------------------------------------------


def through_bytes(doc):
    return Doc(spacy.blank("en").vocab).from_bytes(doc.to_bytes())


def through_docbin(doc):
    data = DocBin(docs=[doc], store_user_data=True).to_bytes()
    return next(DocBin().from_bytes(data).get_docs(spacy.blank("en").vocab))


def through_pickle(doc):
    return pickle.loads(pickle.dumps(doc))


@pytest.mark.parametrize("way", [through_bytes, through_docbin, through_pickle, Doc.copy])
def test_counts_survive(seed, way):
    again = way(seed)
    assert read(again, "d") == read(seed, "d")
    assert rows(again) == rows(seed)
    assert ents(again) == ents(seed)
    assert [s.text for s in again.spans["counts"]] == [s.text for s in seed.spans["counts"]]
    assert read(again).findings == read(seed).findings


def test_counts_come_back_from_other_processes(nlp):
    texts = [SEED, PROSE, "", SEED]
    for doc, text in zip(nlp.pipe(texts, n_process=2, batch_size=2), texts, strict=True):
        assert doc.text == text
        assert rows(doc) == rows(nlp(text))


def test_pipe_with_contexts(nlp):
    pairs = [(PROSE, "a"), ("Two dead.", "b")]
    found = {name: len(read(doc).counts) for doc, name in nlp.pipe(pairs, as_tuples=True)}
    assert found == {"a": 4, "b": 1}


# --- read, extract, extract_many -----------------------------------------------------------------


def test_read_takes_the_id_given_or_the_one_of_the_doc(nlp):
    doc = nlp("Two dead.")
    assert read(doc).doc_id == ""
    assert read(doc, "given").counts[0].doc_id == "given"
    doc.user_data["doc_id"] = "carried"
    assert read(doc).counts[0].doc_id == "carried"
    assert read(doc, "given").doc_id == "given"


def test_read_refuses_a_doc_that_was_not_processed():
    with pytest.raises(ValueError, match="run it through a pipeline with the tollbook components"):
        read(spacy.blank("en")("Ten civilians were killed."))
    with pytest.raises(ValueError, match="tollbook components"):
        tollbook.extract("Ten civilians were killed.", nlp=spacy.blank("en"))


def test_read_refuses_a_doc_that_is_not_finished():
    nlp = tollbook.load()
    nlp.remove_pipe("tollbook_context")
    with pytest.raises(ValueError, match="tollbook_context"):
        read(nlp(PROSE))


def test_extract_is_load_and_read(nlp, seed):
    bulletin = tollbook.extract(SEED, doc_id="homs-bus")
    assert bulletin == read(seed, "homs-bus")
    assert bulletin == tollbook.extract(SEED, "homs-bus", nlp=nlp)
    assert {count.doc_id for count in bulletin.counts} == {"homs-bus"}
    assert bulletin.toll("killed") == tollbook.Bounds.exactly(16)
    assert bulletin.toll("injured") == tollbook.Bounds.exactly(7)
    assert [finding.kind for finding in bulletin.findings] == ["contradiction"] * 2


@pytest.mark.parametrize("text", ["", " \n ", "The committee met on 12 May 2024 at 10 a.m."])
def test_a_text_without_counts(text):
    bulletin = tollbook.extract(text)
    assert (bulletin.counts, bulletin.findings) == ((), ())
    assert bulletin.to_rows() == []
    assert bulletin.toll("killed") == tollbook.Bounds.exactly(0)
    assert bulletin.to_frame().empty


@pytest.mark.parametrize(
    "text", ["Two \0 men killed", "Two\ufeff men were\u200b killed", "𝟙2 ٣ killed"]
)
def test_odd_characters_do_no_harm(nlp, text):
    assert nlp(text).text == text
    assert all(text[c.start : c.end] == c.text for c in tollbook.extract(text).counts)


@pytest.mark.parametrize("text", [None, 12, ["Two dead."]])
def test_extract_refuses_what_is_no_text(text):
    with pytest.raises((TypeError, ValueError)):
        tollbook.extract(text)


def test_extract_refuses_a_text_that_is_too_long():
    nlp = tollbook.load()
    nlp.max_length = 10
    with pytest.raises(ValueError, match="exceeds maximum of 10"):
        tollbook.extract("Ten civilians were killed.", nlp=nlp)


def test_extract_refuses_lone_surrogates_with_what_to_do():
    with pytest.raises(DocumentError, match=r"march: .*surrogate"):
        tollbook.extract("Two \ud800 killed", doc_id="march")


def test_unknown_measures_and_statuses_are_refused():
    bulletin = tollbook.extract(PROSE)
    with pytest.raises(ValueError, match="murdered"):
        bulletin.toll("murdered")
    with pytest.raises(ValueError, match="soldier"):
        bulletin.toll("killed", status="soldier")


def test_extract_many_reads_texts_as_they_are_needed():
    taken = []

    def texts():
        for number in range(1, 100):
            taken.append(number)
            yield f"b{number}", f"{number} civilians were killed."

    bulletins = tollbook.extract_many(texts())
    assert taken == []
    first, second = next(bulletins), next(bulletins)
    assert taken == [1, 2]
    assert [first.doc_id, second.doc_id] == ["b1", "b2"]
    assert [first.counts[0].best, second.counts[0].best] == [1, 2]


def test_extract_many_keeps_no_bulletin_alive(nlp):
    bulletins = tollbook.extract_many((PROSE for _ in range(20)), nlp=nlp)
    seen = [weakref.ref(bulletin) for bulletin in bulletins]
    gc.collect()
    assert len(seen) == 20
    assert sum(ref() is not None for ref in seen) <= 1


def test_extract_many_takes_texts_and_pairs_and_a_pipeline():
    nlp = tollbook.load(country="SY")
    found = list(tollbook.extract_many(["Two dead.", ("b", "Three dead.")], nlp=nlp))
    assert [(b.doc_id, b.counts[0].best) for b in found] == [("", 2), ("b", 3)]
    assert list(tollbook.extract_many([])) == []


def test_extract_many_refuses_a_single_text():
    with pytest.raises(TypeError, match="extract"):
        list(tollbook.extract_many("Two dead."))


def test_extract_many_goes_up_to_the_bad_item():
    bulletins = tollbook.extract_many(["Two dead.", None])
    assert next(bulletins).counts[0].best == 2
    with pytest.raises((TypeError, ValueError)):
        next(bulletins)


def test_the_word_lists_are_read_once():
    from tollbook.rules.nouns import nouns
    from tollbook.rules.triggers import triggers
    from tollbook.rules.word_lists import word_lists

    assert word_lists().nouns is nouns()
    assert word_lists().triggers is triggers()
    assert word_lists(None, None).nouns is word_lists("", "").nouns is nouns()
