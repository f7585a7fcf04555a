"""models/en_tollbook: the saved pipeline is the pipeline that load makes."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest
import spacy

import tollbook
from tollbook import gold
from tollbook.pipeline import STAGES

ROOT = Path(__file__).parent.parent
MODEL = ROOT / "models" / "en_tollbook"
STALE = "models/en_tollbook is not up to date: run python scripts/build_model.py"
GOLD = (
    "note-01-billiard-hall",
    "note-27-brass-boat",
    "sohr-04-khan-arnabah-motorcycle",
    "wire-02-kherson-past-day",
    "wire-10-karabakh-barda",
    "world-02-pakistan-ispr",
)


@pytest.fixture(scope="module")
def saved():
    return spacy.load(MODEL)


@pytest.fixture(scope="module")
def made():
    return tollbook.load()


def text_of(name):
    if name == "homs-bus":
        return (ROOT / "seeds" / "homs-bus.txt").read_text(encoding="utf-8")
    return gold.read(ROOT / "seeds" / "gold" / f"{name}.gold.txt").text


@pytest.mark.parametrize("name", ["homs-bus", *GOLD])
def test_rows_are_identical(saved, made, name):
    text = text_of(name)
    one, other = saved(text), made(text)
    rows = tollbook.read(one, name).to_rows()
    assert rows
    assert rows == tollbook.read(other, name).to_rows()
    assert [(e.text, e.label_) for e in one.ents] == [(e.text, e.label_) for e in other.ents]


def test_load_opens_it_too(made):
    nlp = tollbook.load(MODEL)
    assert nlp.pipe_names == made.pipe_names
    assert len(tollbook.extract(text_of("homs-bus"), nlp=nlp).counts) == 42


def test_spacy_opens_it_without_an_import_of_ours():
    code = (
        f"import spacy; nlp = spacy.load({str(MODEL)!r}); doc = nlp('Ten civilians were killed.');"
        "print(doc.spans['counts'][0].text, doc.spans['counts'].attrs['counts'][0]['measure'])"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error::UserWarning", "-c", code],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "Ten civilians killed"


def test_meta(saved):
    meta = saved.meta
    assert f"{meta['lang']}_{meta['name']}" == MODEL.name
    assert meta["version"] == tollbook.__version__, STALE
    assert meta["license"] == "MIT"
    assert meta["requirements"] == [f"tollbook=={tollbook.__version__}"]
    assert meta["pipeline"] == [stage.factory for stage in STAGES], STALE
    assert meta["spacy_version"] == ">=3.8,<3.9"
    assert any(source["name"] == "GeoNames" for source in meta["sources"])


def test_it_is_what_the_script_makes(tmp_path):
    spec = importlib.util.spec_from_file_location(
        "build_model", ROOT / "scripts" / "build_model.py"
    )
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    target = tmp_path / "en_tollbook"
    script.build(target)
    script.build(target)
    names = {path.name for path in target.iterdir()}
    assert names == {path.name for path in MODEL.iterdir()}, STALE
    assert [path.name for path in tmp_path.iterdir()] == ["en_tollbook"]
    for name in ("config.cfg", "meta.json"):
        old, new = ((folder / name).read_text(encoding="utf-8") for folder in (MODEL, target))
        assert new == old, STALE
    one, other = spacy.load(MODEL), spacy.load(target)
    assert one.tokenizer.to_bytes() == other.tokenizer.to_bytes(), STALE


def test_no_path_of_this_machine_is_in_it():
    for path in MODEL.iterdir():
        assert str(ROOT).encode() not in path.read_bytes()
    assert json.loads((MODEL / "meta.json").read_text(encoding="utf-8"))["lang"] == "en"


def test_settings_of_a_saved_pipeline_are_kept_and_can_be_changed(tmp_path):
    mine = tmp_path / "mine.csv"
    mine.write_text(
        "id,name,aliases,type,country,interaction\n"
        "zorvan-front,Zorvan Front,Zorvanists,rebel,SY,2\n",
        encoding="utf-8",
    )
    text = "Twelve Zorvanists were killed by regime forces in Homs."
    tollbook.load(actors=str(mine)).to_disk(tmp_path / "own")
    own = spacy.load(tmp_path / "own")
    assert tollbook.extract(text, nlp=own).counts[0].actor == "zorvan-front"
    changed = spacy.load(MODEL, config={"components": {"tollbook_actors": {"actors": str(mine)}}})
    assert tollbook.extract(text, nlp=changed).counts[0].actor == "zorvan-front"


def test_load_lays_settings_over_a_saved_pipeline(tmp_path):
    assert tollbook.load(MODEL, country="UA").get_pipe_config("tollbook_actors")["country"] == "UA"
    with pytest.raises(TypeError, match="no setting 'countries'"):
        tollbook.load(MODEL, countries="UA")
