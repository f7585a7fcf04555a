"""The corpus of the benchmarks is varied and repeatable, and the measuring code measures."""

from __future__ import annotations

import re

import pytest
from bench import corpus, run


def test_one_seed_gives_one_corpus():
    assert list(corpus.bulletins(12, 3)) == list(corpus.bulletins(12, 3))
    assert list(corpus.bulletins(12, 3))[:5] == list(corpus.bulletins(5, 3))
    assert corpus.long_text(5_000, 3) == corpus.long_text(5_000, 3)


def test_another_seed_gives_other_bulletins():
    first = {text for _, text in corpus.bulletins(40, 1)}
    assert first.isdisjoint(text for _, text in corpus.bulletins(40, 2))


def test_no_two_bulletins_are_alike():
    found = list(corpus.bulletins(400, 1))
    assert len({name for name, _ in found}) == len({text for _, text in found}) == 400


def test_bulletins_share_little_but_phrases():
    # names and figures in capitals or digits: most of a bulletin's own are in no other
    own = [
        {word for word in re.findall(r"\w+", text) if word[0].isupper() or word[0].isdigit()}
        for _, text in corpus.bulletins(60, 1)
    ]
    fresh = [len(words - set().union(*own[:at])) / len(words) for at, words in enumerate(own)]
    assert sum(fresh[30:]) / 30 > 0.25


def test_length_and_density_are_those_of_news():
    sizes = [len(text.split()) for _, text in corpus.bulletins(200, 1)]
    assert min(sizes) > 80
    assert 150 < sorted(sizes)[100] < 400
    assert max(sizes) < 600
    text = " ".join(text for _, text in corpus.bulletins(200, 1))
    digits = len(re.findall(r"\b\d", text))
    assert 20 < len(text.split()) / digits < 80


@pytest.mark.parametrize("style", ["wire", "sohr", "note", "world"])
def test_each_style_can_be_had_alone(style):
    assert {name.partition("-")[0] for name, _ in corpus.bulletins(4, 1, style=style)} == {style}


def test_every_slot_is_filled():
    assert all("{" not in text and "}" not in text for _, text in corpus.bulletins(200, 5))


def test_an_unknown_style_is_refused():
    with pytest.raises(ValueError, match="no style 'poem'"):
        list(corpus.bulletins(1, style="poem"))


def test_an_unknown_slot_is_refused_with_its_line(tmp_path, monkeypatch):
    file = tmp_path / "phrases.csv"
    file.write_text("id,slot,text\nfact-1,fact,{nobody} came\n", encoding="utf-8")
    monkeypatch.setattr(corpus, "PHRASES", file)
    with pytest.raises(corpus.RuleError, match=r"phrases\.csv, line 2.*'nobody'"):
        corpus.phrases.__wrapped__()


def test_a_long_text_has_exactly_the_length_asked_for():
    assert [len(corpus.long_text(size)) for size in (1, 999, 10_000)] == [1, 999, 10_000]


def test_all_contestants_read_the_same_new_bulletins():
    seen: dict[str, list[list[str]]] = {"a": [], "b": []}
    runners = [run.Contestant(name, lambda name=name: seen[name].append) for name in seen]
    run.race(runners, documents=3, repeats=2, seed=1)
    assert seen["a"] == seen["b"]
    assert len({text for texts in seen["a"] for text in texts}) == 9
    assert [len(one.speeds) for one in runners] == [2, 2]


def test_a_contestant_apart_reads_bulletins_of_its_own():
    seen: dict[str, list[list[str]]] = {"a": [], "b": []}
    runners = [
        run.Contestant(name, lambda name=name: seen[name].append, apart=name == "b")
        for name in seen
    ]
    run.race(runners, documents=3, repeats=1, seed=1)
    assert {t for ts in seen["a"] for t in ts}.isdisjoint(t for ts in seen["b"] for t in ts)


def test_the_page_is_written(tmp_path):
    page = tmp_path / "page.md"
    run.main(["--documents=4", "--repeats=1", "--longest=10000", f"--output={page}"])
    text = page.read_text(encoding="utf-8")
    assert "| tollbook, pipeline |" in text
    assert "÷ tokenizer, warm |" in text
