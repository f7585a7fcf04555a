"""Worker processes: order, equal output, death and hanging; with the real pipeline."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from bench import corpus

import tollbook
from tollbook.corpus.run import Listener, extract_corpus
from tollbook.corpus.workers import Pool
from tollbook.errors import DocumentError, TollbookError
from tollbook.readers import Document, Rejected

# What a worker process imports before all else, when its path leads here.
TROUBLE = """
import os, signal, time
import tollbook.corpus.batches as batches
real = batches.Extractor.bulletin
def bulletin(self, document):
    if "KILLER" in document.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "ONCE" in document.text and not os.path.exists({mark!r}):
        open({mark!r}, "w").close()
        os._exit(3)
    if "HANGS" in document.text:
        time.sleep(600)
    return real(self, document)
batches.Extractor.bulletin = bulletin
"""


@pytest.fixture
def trouble(tmp_path, monkeypatch):
    """Some words do harm to the worker process that reads them."""
    folder = tmp_path / "path"
    folder.mkdir()
    script = TROUBLE.format(mark=str(tmp_path / "mark"))
    (folder / "sitecustomize.py").write_text(script)
    monkeypatch.syspath_prepend(str(folder))


@pytest.fixture
def texts(tmp_path):
    path = tmp_path / "texts.jsonl"
    with path.open("w") as file:
        for doc_id, text in corpus.bulletins(60, seed=3):
            file.write(json.dumps({"id": doc_id, "text": text}) + "\n")
    return path


def tables(folder):
    return [pq.read_table(folder / name) for name in ("counts", "bulletins")]


def test_any_number_of_workers_gives_the_same(texts, tmp_path):
    for workers in (0, 1, 2):
        extract_corpus(texts, tmp_path / f"out{workers}", id_column="id", workers=workers, part=25)
    first = tables(tmp_path / "out0")
    assert first[1].num_rows == 60
    assert first[0].num_rows > 100
    for other in (tmp_path / "out1", tmp_path / "out2"):
        for mine, theirs in zip(first, tables(other), strict=True):
            assert mine.equals(theirs)


def test_bulletins_of_workers_are_the_same():
    texts = list(corpus.bulletins(40, seed=4))
    found = list(tollbook.extract_many(texts, workers=2))
    assert found == list(tollbook.extract_many(texts))
    assert found[0].explain() == tollbook.extract(texts[0][1], texts[0][0]).explain()
    assert next(tollbook.extract_many(["Two dead."], workers=1)).findings == ()


def test_workers_make_their_own_pipeline():
    with pytest.raises(TypeError, match="leave out nlp, or workers"):
        tollbook.extract_many([], nlp=tollbook.load(), workers=1)
    with pytest.raises(DocumentError, match="d2: holds a lone surrogate"):
        list(tollbook.extract_many([("d1", "Two dead."), ("d2", "\ud800")], workers=1))


@pytest.mark.usefixtures("trouble")
def test_death_and_hanging_cost_one_document(tmp_path):
    words = {5: "KILLER", 20: "ONCE", 33: "HANGS"}
    path = tmp_path / "texts.jsonl"
    with path.open("w") as file:
        for number in range(60):
            file.write(json.dumps({"text": f"{words.get(number, 'There')}: two dead."}) + "\n")
    report = extract_corpus(path, tmp_path / "out", workers=2, timeout=3)
    assert (report.documents, report.rejects) == (58, 2)
    found = tables(tmp_path / "out")[1].column("doc_id").to_pylist()
    assert found == [f"texts:{n + 1}" for n in range(60) if n not in (5, 33)]
    lines = (tmp_path / "out" / "rejects.jsonl").read_text().splitlines()
    first, second = (json.loads(line) for line in lines)
    assert first["id"] == "texts:6"
    assert "ended the worker process that read it (SIGKILL" in first["reason"]
    assert second["id"] == "texts:34"
    assert second["reason"] == "took longer than 3 s; split it, or allow more time"


@pytest.mark.usefixtures("trouble")
def test_a_text_that_ends_its_worker_is_an_error_in_its_place():
    found = tollbook.extract_many([("a", "Two dead."), ("b", "KILLER")], workers=1)
    with pytest.raises(DocumentError, match="b: ended the worker process"):
        list(found)


def test_a_process_that_cannot_be_started(tmp_path, monkeypatch):
    folder = tmp_path / "path"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text("import os\nos._exit(9)")
    monkeypatch.syspath_prepend(str(folder))
    pool = Pool(1, "tables", {})
    with pytest.raises(TollbookError, match="no worker process can be started"):
        list(pool.run([[Document("a", "Two dead.", "a")]]))


def test_a_wrong_rule_file_is_told(tmp_path):
    (tmp_path / "a.csv").write_text("id,what\n")
    pool = Pool(1, "tables", {"actors": str(tmp_path / "a.csv")})
    with pytest.raises(TollbookError, match=r"a\.csv"):
        list(pool.run([[Document("a", "Two dead.", "a")]]))


def test_only_so_much_is_read_ahead():
    taken = []

    def chunks():
        for number in range(100):
            taken.append(number)
            yield [Rejected(f"d{number}", "", "no")]

    results = Pool(1, "tables", {}).run(chunks())
    next(results)
    assert len(taken) <= 20
    results.close()
    assert len(taken) <= 20


def alive(word):
    """Processes whose environment holds a word."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if word.encode() in (place / "environ").read_bytes():
                found.append(int(place.name))
        except OSError:
            continue
    return found


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc")
def test_killed_runs_leave_no_process_and_go_on(texts, tmp_path):
    mark = f"tollbook-test-{os.getpid()}"
    command = [
        sys.executable, "-m", "tollbook", "extract", str(texts), "-o", f"{tmp_path}/out/",
        "--id-column", "id", "-w", "2", "--part", "8", "-q",
    ]  # fmt: skip
    for _ in range(2):
        child = subprocess.Popen(command, env={**os.environ, "MARK": mark})
        deadline = time.monotonic() + 120
        parts = len(list(tmp_path.glob("out/counts/part-*")))
        while len(list(tmp_path.glob("out/counts/part-*"))) <= parts and child.poll() is None:
            assert time.monotonic() < deadline
            time.sleep(0.02)
        child.send_signal(signal.SIGKILL)
        child.wait()
    while alive(mark):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    subprocess.run(command, check=True)
    found = tables(tmp_path / "out")
    whole = tmp_path / "whole"
    extract_corpus(texts, whole, id_column="id", listener=Listener())
    for mine, theirs in zip(found, tables(whole), strict=True):
        assert mine.equals(theirs)
