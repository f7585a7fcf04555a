from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, DocBin

from tollbook.pipes.normaliser import Normaliser, find
from tollbook.rules.broken import broken_words
from tollbook.rules.loader import RuleError
from tollbook.words import Words

NLP = spacy.blank("en")


def read(text: str) -> list[str]:
    return [item["word"] for item in find(Words.of(NLP(text)))]


@pytest.mark.parametrize(
    "text",
    [
        "pro-government, so-called, twenty-five, al-Sham, Abu-Salim, anti-terror, car-bomb",
        "killed* and *updated, **bold**, dead/injured, killed/wounded, e.g. i.e. U.S. a.m.",
        "shoot-to-kill, kill-or-capture, dead-or-alive, hit-and-run, bomb - making",
        "it is - is it not, Is-Is, h.t.s, 12-year-old, self-defence, well-known, AK-47, C-60",
        "www.example.org/attack-killed, someone@example.org, #Syria, a_b, 10-15, 3,000, 5.56",
        "The dead. Attack, killed; wounded: shot",
    ],
)
def test_ordinary_words_are_left_alone(text: str) -> None:
    assert read(text) == []


def test_unicode_hyphens_and_invisible_signs() -> None:
    assert read("twenty‑five Iranian‑backed") == ["twenty-five", "iranian-backed"]
    assert read("kil\u200bled and att\u00adack") == ["killed", "attack"]


def test_only_norm_changes() -> None:
    text = "3 kil*led, “IS-IS” att - ack; pro-government"
    doc = Normaliser(NLP, "normaliser")(NLP(text))
    assert doc.text == text
    assert [(span.text, span[0].norm_) for span in doc.spans["normalised"]] == [
        ("kil*led", "killed"),
        ("IS-IS", "isis"),
        ("att - ack", "attack"),
    ]
    assert Words.of(doc).low == [
        *("3", "killed", ",", "", "isis", "", "", "", "attack", "", "", ";"),
        *("pro", "-", "government"),
    ]


def test_annotations_survive_docbin_and_bytes() -> None:
    doc = Normaliser(NLP, "normaliser")(NLP("3 kil*led in an att-ack"))
    again = next(DocBin(attrs=["NORM"], store_user_data=True, docs=[doc]).get_docs(NLP.vocab))
    for copy in (again, Doc(NLP.vocab).from_bytes(doc.to_bytes())):
        assert copy.spans["normalised"].attrs == doc.spans["normalised"].attrs
        assert Words.of(copy).low == Words.of(doc).low


def test_users_words_are_laid_over_ours(tmp_path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("id,words,whole,acronym,examples\nphoto,photo;photos,,,ph*to = photo\n")
    words = Words.of(NLP("ph*to of the kil*led"))
    assert [item["word"] for item in find(words, broken_words(str(path)))] == ["photo", "killed"]
    assert [item["word"] for item in find(words)] == ["killed"]


def test_a_word_in_two_rows_is_refused(tmp_path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("id,words,whole,acronym,examples\nmine-1,killed,,,kil*led = killed\n")
    with pytest.raises(RuleError, match=r"mine.csv, line 2, column 'words': 'killed' stands in"):
        broken_words(str(path))


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("kiledatISsc*-.|@#‑\u200b“” \n12")), max_size=40))
def test_the_text_never_changes(text: str) -> None:
    doc = Normaliser(NLP, "normaliser")(NLP(text))
    assert doc.text == text
    words = Words.of(doc)
    assert [doc[token].text for token in words.token] == words.raw


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(broken_words().words - broken_words().acronyms)), st.data())
def test_a_sign_anywhere_inside_is_seen_through(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(word) - 1))
    sign = data.draw(st.sampled_from("*-"))
    assert read(f"they {word[:at]}{sign}{word[at:]} now") == [word]
