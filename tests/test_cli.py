import csv
import io
import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

import tollbook
from tollbook import gold
from tollbook.bulletin import Bulletin
from tollbook.cli import app, render
from tollbook.errors import DocumentError
from tollbook.schema import Count

SEEDS = Path(__file__).parent.parent / "seeds"
COMMANDS = ("extract", "audit", "explain", "evaluate", "rules")

PERFECT = """Homs: [ten](c1) people were killed; they are as follows:

- [four](c2) soldiers

- [six](c3) civilians

[Two](c4) fled.
---
c1 killed 10 10 10 | region=SY-HI
c2 killed 4 4 4 | status=combatant actor=syria-government region=SY-HI part_of=c1
c3 killed 6 6 6 | status=civilian by=isis region=SY-HI part_of=c1
c4 displaced 2 2 2
"""
WRONG = PERFECT.replace("[six]", "[seven]").replace("c3 killed 6 6 6", "c3 killed 7 7 7")
LARGER = """[Two](c1) died, including [three](c2) men.
---
c1 killed 2 2 2
c2 killed 3 3 3 | part_of=c1"""


def bulletin_of(marked, doc_id="d"):
    doc = gold.parse(marked, doc_id)
    return Bulletin(doc_id=doc_id, text=doc.text, counts=doc.counts)


@pytest.fixture
def api(monkeypatch):
    """A stand-in for the pipeline, which knows some texts by heart."""
    seed = (SEEDS / "gold" / "seed-homs-bus.gold.txt").read_text(encoding="utf-8")
    known = {bulletin_of(marked).text: marked for marked in (PERFECT, WRONG, LARGER, seed)}

    def extract(text, doc_id=None, *, nlp=None):
        if "explode" in text:
            raise RuntimeError("boom")
        if "refuse" in text:
            raise DocumentError(doc_id, "refused", "say something else")
        if text not in known:
            return Bulletin(doc_id=doc_id or "", text=text)
        found = bulletin_of(known[text], doc_id)
        decisions = tuple(
            {
                "start": c.start, "end": c.end, "text": c.text, "outcome": "count",
                "count_id": c.count_id, "rule": "direct", "trigger": "killed",
            }
            for c in found.counts
        )  # fmt: skip
        left = {"start": 0, "end": 4, "text": text[:4], "outcome": "left out", "reason": "a name"}
        return replace(found, decisions=(left, *decisions))

    monkeypatch.setattr(tollbook, "extract", extract)
    monkeypatch.setattr(tollbook, "load", lambda **_: SimpleNamespace(max_length=10_000))


@pytest.fixture
def write(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = bulletin_of(content).text if "\n---\n" in content else content
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        return str(path)

    return write


def run(*args, **settings):
    return CliRunner().invoke(app, [str(arg) for arg in args], **settings)


# --- without the pipeline ------------------------------------------------------------------


@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS)])
def test_help_answers_without_heavy_imports(command):
    code = (
        "import sys\nfrom tollbook.cli import app\n"
        f"try: app({[*command, '--help']!r}, prog_name='tollbook')\nexcept SystemExit: pass\n"
        "heavy = {'spacy', 'pyarrow', 'pandas', 'charset_normalizer'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Usage: tollbook" in done.stdout
    assert done.stderr.strip() == "[]"


def test_version_and_module():
    done = subprocess.run(
        [sys.executable, "-m", "tollbook", "--version"], capture_output=True, text=True, check=True
    )
    assert re.fullmatch(r"tollbook \d+\.\d+\.\S+\n", done.stdout)


def test_every_command_and_option_is_documented():
    from typer.main import get_command

    commands = get_command(app).commands
    assert sorted(commands) == sorted(COMMANDS)
    inner = commands["rules"].commands
    assert sorted(inner) == ["check", "list", "test"]
    for command in (*commands.values(), *inner.values()):
        assert command.help
        assert all(getattr(parameter, "help", "x") for parameter in command.params)


def test_unknown_ending_is_refused_before_any_work(tmp_path):
    result = run("extract", tmp_path, "-o", tmp_path / "a.xlsx")
    assert result.exit_code == 2
    expected = "unknown ending '.xlsx'; use .csv, .jsonl, .parquet, .sqlite or .duckdb"
    assert expected in result.stderr
    assert result.stdout == ""


# --- extract -------------------------------------------------------------------------------


@pytest.mark.usefixtures("api")
class TestExtract:
    def test_table_by_region_with_findings(self, write):
        result = run("extract", write("homs.txt", WRONG))
        assert result.exit_code == 0
        out = result.stdout
        assert "homs 4 counts" in out
        assert out.index("SY-HI") < out.index("seven") < out.index("no region") < out.index("Two")
        assert "Newly reported: killed" in out
        assert "homs:1:7: contradiction: " in out
        assert max(map(len, out.splitlines()[:8])) <= render.PLAIN_WIDTH
        assert "\x1b" not in out

    def test_no_numbers_is_said_plainly(self, write):
        result = run("extract", write("a.txt", "Nothing happened."))
        assert result.exit_code == 0
        assert "No counts found in this text." in result.stdout

    def test_text_is_not_markup_and_controls_are_shown(self, monkeypatch, write):
        text = "[bold]two[/bold] \x1b[31m men"
        count = Count(count_id="c1", measure="killed", best=2, phrase=text)
        monkeypatch.setattr(
            tollbook, "extract", lambda text, doc_id, **_: Bulletin(doc_id, text, (count,))
        )
        result = run("extract", write("a.txt", "Two men."))
        assert "[bold]two[/bold] \ufffd[31m men" in result.stdout

    @pytest.mark.parametrize("ending", [".csv", ".jsonl", ".parquet"])
    def test_rows_are_written(self, write, tmp_path, ending):
        write("in/b.txt", WRONG)
        write("in/a.txt", PERFECT)
        target = tmp_path / f"out{ending}"
        result = run("extract", tmp_path / "in", "-o", target)
        assert result.exit_code == 0, result.output
        assert result.stdout == ""
        assert "8 counts of 2 bulletins written to" in result.stderr
        assert "1 finding; see tollbook audit" in result.stderr
        if ending == ".csv":
            rows = list(csv.DictReader(io.StringIO(target.read_text())))
        elif ending == ".jsonl":
            rows = [json.loads(line) for line in target.read_text().splitlines()]
        else:
            rows = pq.read_table(target).to_pylist()
        assert [row["doc_id"] for row in rows] == ["a"] * 4 + ["b"] * 4
        assert [row["count_id"] for row in rows] == ["c1", "c2", "c3", "c4"] * 2
        assert str(rows[6]["best"]) == "7"

    def test_standard_input(self):
        result = run("extract", "-", input=bulletin_of(PERFECT).text)
        assert result.exit_code == 0
        assert "stdin 4 counts" in result.stdout

    def test_some_bad_inputs_are_listed_at_the_end(self, write, tmp_path):
        paths = [
            write("a.txt", ""),
            write("b.txt", PERFECT),
            write("c.txt", "Please refuse"),
            write("d.txt", "Please explode"),
            tmp_path / "none.txt",
        ]
        result = run("extract", *paths, "-o", tmp_path / "o.csv")
        assert result.exit_code == 0
        lines = result.stderr.splitlines()
        assert f"error: {paths[0]}: the text is empty; give it the text of a bulletin" in lines
        assert f"error: {paths[4]}: no such file or folder; check the name" in lines
        assert any("d.txt: cannot be processed (RuntimeError: boom)" in line for line in lines)
        assert any(f"{paths[2]}: refused; say something else" in line for line in lines)
        assert "warning: 4 inputs left out: " in result.stderr
        assert "4 counts of 1 bulletin written" in result.stderr

    def test_nothing_read_writes_nothing(self, write, tmp_path):
        result = run("extract", write("a.txt", ""), "-o", tmp_path / "o.csv")
        assert result.exit_code == 2
        assert "the text is empty" in result.stderr
        assert not (tmp_path / "o.csv").exists()
        assert sorted(p.name for p in tmp_path.iterdir()) == ["a.txt"]

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            ("Two\0 died", "a NUL character at offset 3"),
            ("Two \ud800 died", "a lone surrogate (U+D800) at offset 4"),
            ("Two. " * 2001, "10,005 characters, more than the limit of 10,000; split it"),
            ("%PDF-1.4", "not text but a PDF"),
        ],
    )
    def test_bad_texts(self, write, content, reason):
        path = write("a.txt", content)
        result = run("extract", path)
        assert result.exit_code == 2
        assert f"error: {path}: {reason}" in result.stderr
        assert result.stdout == ""

    def test_a_guessed_encoding_is_said(self, tmp_path):
        (tmp_path / "a.txt").write_bytes(b"Two died in a caf\xe9.")
        result = run("extract", tmp_path / "a.txt")
        assert result.exit_code == 0
        assert "a.txt: not UTF-8: read as cp1252, which is a guess" in result.stderr


# --- audit ---------------------------------------------------------------------------------


@pytest.mark.usefixtures("api")
class TestAudit:
    def test_nothing_wrong_ends_0(self, write):
        result = run("audit", write("a.txt", PERFECT))
        assert (result.exit_code, result.stdout) == (0, "")
        assert "in 1 bulletin: 0 findings, 0 contradictions" in result.stderr

    @pytest.mark.parametrize(
        ("marked", "where"), [(WRONG, "1:7: contradiction"), (LARGER, "1:1: subset-larger")]
    )
    def test_a_contradiction_ends_1(self, write, marked, where):
        path = write("a.txt", marked)
        result = run("audit", path)
        assert result.exit_code == 1
        assert result.stdout.startswith(f"{path}:{where}: ")
        assert "1 finding, 1 contradiction" in result.stderr

    def test_the_seed_bulletin(self):
        result = run("audit", SEEDS / "homs-bus.txt")
        assert result.exit_code == 1
        places = [line.split(": ")[:2] for line in result.stdout.splitlines()]
        seed = SEEDS / "homs-bus.txt"
        assert places == [[f"{seed}:8:134", "contradiction"], [f"{seed}:17:5", "contradiction"]]

    def test_all_lists_what_adds_up(self, write):
        result = run("audit", "--all", write("a.txt", PERFECT))
        assert result.exit_code == 0
        assert ":1:7: adds-up: " in result.stdout

    def test_an_error_ends_2(self, tmp_path):
        result = run("audit", tmp_path)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "no bulletins in this folder" in result.stderr


# --- explain -------------------------------------------------------------------------------


@pytest.mark.usefixtures("api")
class TestExplain:
    def test_each_number(self, write):
        result = run("explain", write("a.txt", PERFECT))
        assert result.exit_code == 0
        lines = [line.split() for line in result.stdout.splitlines()]
        assert ["1:1", "Homs", "left", "out", "a", "name"] in lines
        assert ["3:3", "four", "c2", "4", "killed", "direct", "“killed”"] in lines

    def test_counts_without_a_decision_are_shown(self, monkeypatch, write):
        found = bulletin_of(PERFECT)
        monkeypatch.setattr(tollbook, "extract", lambda *_, **__: found)
        result = run("explain", write("a.txt", PERFECT))
        lines = [line.split() for line in result.stdout.splitlines()]
        assert ["7:1", "Two", "c4", "2", "displaced", "gold"] in lines

    def test_no_numbers(self, write):
        result = run("explain", write("a.txt", "Nothing happened."))
        assert result.exit_code == 0
        assert "No numbers found in this text." in result.stdout

    def test_missing_file(self, tmp_path):
        assert run("explain", tmp_path / "a.txt").exit_code == 2


# --- evaluate ------------------------------------------------------------------------------


@pytest.mark.usefixtures("api")
class TestEvaluate:
    @pytest.fixture
    def folder(self, tmp_path):
        (tmp_path / "wire-1.gold.txt").write_text(PERFECT)
        (tmp_path / "sohr-1.gold.txt").write_text(
            LARGER.replace("c1 killed 2 2 2", "c1 injured 2 2 2") + " actor=isis"
        )
        (tmp_path / "sohr-2.gold.txt").write_text("[Nine](c1) fled.\n---\nc1 displaced 9 9 9")
        (tmp_path / "list").write_text("sohr-1.gold.txt\n")
        return tmp_path

    def test_table(self, folder):
        result = run("evaluate", folder)
        assert result.exit_code == 0, result.output
        words = [line.split() for line in result.stdout.splitlines()]
        assert [line[:3] for line in words if line[:1] == ["wire"]] == [["wire", "1", "4"]]
        assert [line[:3] for line in words if line[:1] == ["all"]] == [["all", "3", "7"]]
        assert "==" not in result.stdout

    def test_json(self, folder):
        result = run("evaluate", folder, "--json", "--errors", 1)
        data = json.loads(result.stdout)
        assert data["all"]["counts"] == {
            "precision": 5 / 6, "recall": 5 / 7, "f1": 10 / 13,
            "correct": 5, "predicted": 6, "gold": 7,
        }  # fmt: skip
        assert list(data["domains"]) == ["sohr", "wire"]
        assert [error["kind"] for error in data["errors"]] == ["measure", "actor", "missed"]
        assert "errors" not in json.loads(run("evaluate", folder, "--json").stdout)

    def test_files(self, folder):
        result = run("evaluate", folder, "--json", "--files", folder / "list")
        assert json.loads(result.stdout)["all"]["documents"] == 1

    def test_errors(self, folder):
        result = run("evaluate", folder, "--errors", 5)
        assert "== missed: 1, first 1" in result.stdout
        assert "sohr-2 c1/-  gold 9 displaced | predicted -  no number seen there" in result.stdout
        assert "    »Nine« fled." in result.stdout
        assert "sohr-1 c1/c1  gold injured | predicted killed  [gold]" in result.stdout

    def test_errors_of_one_field(self, folder):
        result = run("evaluate", folder, "--field", "actor")
        assert "== actor: 1, first 1" in result.stdout
        assert "gold isis | predicted -" in result.stdout
        assert "== m" not in result.stdout

    @pytest.mark.parametrize(
        ("args", "message"),
        [
            (["none"], "no such file or folder"),
            ([".", "--field", "actors"], "--field actors: no such kind of error; one of missed,"),
            ([".", "--files", "none"], "none: cannot be read"),
        ],
    )
    def test_bad_input(self, folder, monkeypatch, args, message):
        monkeypatch.chdir(folder)
        result = run("evaluate", *args)
        assert result.exit_code == 2
        assert message in result.stderr

    def test_a_broken_gold_file_is_named(self, folder):
        (folder / "z.gold.txt").write_text("[Two](c1)\n---\nc1 slain 2 2 2")
        result = run("evaluate", folder)
        assert result.exit_code == 2
        assert "error: z.gold.txt, line 3: c1: unknown measure 'slain'" in result.stderr


# --- with the pipeline ---------------------------------------------------------------------


def test_the_seed_bulletin_from_end_to_end(tmp_path):
    seed = SEEDS / "homs-bus.txt"
    result = run("extract", seed, "-o", tmp_path / "o.jsonl")
    assert result.exit_code == 0, result.output
    rows = [json.loads(line) for line in (tmp_path / "o.jsonl").read_text().splitlines()]
    assert len(rows) == 42
    assert {row["doc_id"] for row in rows} == {"homs-bus"}
    text = seed.read_text(encoding="utf-8")
    assert all(text[row["start"] : row["end"]] == row["text"] for row in rows)
    result = run("audit", seed)
    assert result.exit_code == 1
    assert f"{seed}:8:134: contradiction: " in result.stdout
    result = run("evaluate", SEEDS / "gold" / "seed-homs-bus.gold.txt", "--json", "--errors", 1)
    assert json.loads(result.stdout)["all"]["spans"]["gold"] == 42
    result = run("explain", seed)
    assert "Nearly 25" in result.stdout


def test_a_text_without_numbers_is_no_error(write):
    path = write("a.txt", "The council met in Homs to talk about the harvest.")
    for command, words in (("extract", "No counts found"), ("explain", ""), ("audit", "")):
        result = run(command, path)
        assert result.exit_code == 0
        assert words in result.stdout


def test_place():
    assert [render.place("ab\ncd\n", n) for n in (0, 1, 2, 3, 5)] == [
        "1:1", "1:2", "1:3", "2:1", "2:3",
    ]  # fmt: skip


# --- rules of the user's own ---------------------------------------------------------------

NOUNS = "id,noun,kind,status,trait,examples\nzorker,zorker,person,civilian,*,two zorkers\n"
TRIGGERS = (
    "id,pos,words,frame,measure,examples\nzork,verb,zork,object,injured,They zorked two men\n"
)


@pytest.fixture
def mine(tmp_path):
    (tmp_path / "nouns.csv").write_text(NOUNS)
    (tmp_path / "triggers.csv").write_text(TRIGGERS)
    return ["--nouns", tmp_path / "nouns.csv", "--triggers", tmp_path / "triggers.csv"]


class TestRules:
    def test_list_names_every_file_and_its_option(self):
        lines = {line.split()[0]: line.split() for line in run("rules", "list").stdout.splitlines()}
        assert lines["triggers"][2] == "--triggers"
        assert int(lines["nouns"][1]) > 3000
        assert "--cues" not in lines["cues"]

    def test_list_shows_the_rows_of_a_file_with_the_users(self, mine):
        lines = run("rules", "list", "triggers", *mine).stdout.splitlines()
        assert any(line.startswith("kill: pos verb") for line in lines)
        assert lines[-1].startswith("zork: pos verb, words zork, frame object, measure injured")
        assert lines[-1].endswith("(triggers.csv, line 2)")

    def test_an_unknown_file_names_those_there_are(self):
        result = run("rules", "list", "zork")
        assert result.exit_code == 2
        assert "there is no rule file 'zork'; there are actor_patterns, actors" in result.stderr

    def test_check_says_what_changes(self, mine, tmp_path):
        (tmp_path / "nouns.csv").write_text(
            NOUNS.replace("examples", "examples,off").replace("two zorkers", "two zorkers,")
            + "person,,,combatant,,,\nsoldier,,,,,,yes\n"
        )
        result = run("rules", "check", *mine)
        assert result.exit_code == 0, result.output
        assert "nouns.csv: 1 added, 1 overridden, 1 switched off" in result.stdout
        assert "triggers.csv: 1 added" in result.stdout

    @pytest.mark.parametrize(
        ("setting", "lines", "reason"),
        [
            ("nouns", "id,noun,kind\na,zork,peson\n", "line 2, column 'kind': 'peson' is not one"),
            ("nouns", "id,noun,kin\na,zork,person\n", "line 1, column 'kin': unknown column"),
            ("nouns", "id,noun,kind\na,child,person\n", "'child' is a form of"),
            ("triggers", TRIGGERS + TRIGGERS.split("\n")[1], "line 3, column 'id': 'zork' stands"),
            ("actors", "id,name,type\na,A,rebel\n", "line 2, column 'interaction': is required"),
            ("regions", "id,code,name,off\nXX-1,,,yes\n", "is not there to be switched off"),
        ],
    )
    @pytest.mark.parametrize("command", ["rules check", "rules test", "extract"])
    def test_a_faulty_row_is_refused(self, command, setting, lines, reason, tmp_path):
        file = tmp_path / "mine.csv"
        file.write_text(lines)
        source = [SEEDS / "homs-bus.txt"] if command == "extract" else []
        result = run(*command.split(), f"--{setting}", file, *source)
        assert result.exit_code == 2
        assert "error: mine.csv, line " in result.stderr
        assert reason in " ".join(result.stderr.split())
        assert result.stdout == ""

    def test_nothing_to_check_is_said(self):
        result = run("rules", "check")
        assert result.exit_code == 2
        assert "no file to check; give one or more of --actors" in result.stderr

    def test_examples_are_run(self, mine, tmp_path):
        result = run("rules", "test", *mine)
        assert result.exit_code == 0, result.output
        assert "examples: 0 do not hold" in result.stderr
        (tmp_path / "triggers.csv").write_text(TRIGGERS.replace("zorked two", "corked two"))
        result = run("rules", "test", *mine)
        assert result.exit_code == 1
        assert result.stdout == ("triggers.csv, line 2: zork: does not hold: They corked two men\n")

    def test_the_words_reach_the_rows_of_every_command(self, mine, tmp_path):
        (tmp_path / "a.txt").write_text("They zorked two zorkers.")
        target = tmp_path / "out.jsonl"
        assert run("extract", tmp_path / "a.txt", *mine, "-o", target).exit_code == 0
        row = json.loads(target.read_text())
        assert (row["measure"], row["status"], row["traits"]) == ("injured", "civilian", ["zorker"])
        assert "zork" in run("explain", tmp_path / "a.txt", *mine).stdout
        (tmp_path / "a.gold.txt").write_text(
            "They zorked [two](c1) zorkers.\n---\nc1 injured 2 2 2\n"
        )
        scores = json.loads(run("evaluate", tmp_path / "a.gold.txt", "--json", *mine).stdout)
        assert json.loads(run("evaluate", tmp_path / "a.gold.txt", "--json").stdout) != scores
