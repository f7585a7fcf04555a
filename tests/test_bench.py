"""The benchmarks run, and their bulletins are new each time but the same for a seed."""

from __future__ import annotations

from pathlib import Path

from bench import corpus, run


def test_the_corpus_depends_on_the_seed_only() -> None:
    first = list(corpus.bulletins(6, 1))
    assert first == list(corpus.bulletins(6, 1))
    assert not {text for _, text in first} & {text for _, text in corpus.bulletins(6, 2)}


def test_the_page_is_written(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    run.main(["--documents=4", "--repeats=1", "--longest=10000", f"--output={page}"])
    text = page.read_text(encoding="utf-8")
    assert "| tollbook, pipeline |" in text
    assert "÷ tokenizer, warm |" in text
