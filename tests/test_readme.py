"""The README says what is so: its commands print what it shows, its links and figures hold.

Its Python examples run as doctests, by the settings of pytest in pyproject.toml.
"""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

import tollbook
from tollbook import evaluate, gold
from tollbook.cli import app
from tollbook.pipeline import STAGES
from tollbook.rules.actors import ACTORS
from tollbook.rules.loader import data_path, load
from tollbook.rules.nouns import NOUNS
from tollbook.rules.places import REGIONS
from tollbook.rules.triggers import TRIGGERS
from tollbook.schema import COUNT_FIELDS, FINDING_KINDS, MEASURES

ROOT = Path(__file__).parent.parent
PAGES = ("README.md", "CHANGELOG.md", "docs/architecture.md", "docs/data.md", "docs/scaling.md")
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(text, language):
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def sessions():
    """Command and what it is said to print, for each command line shown on a page."""
    for page in PAGES:
        for block in blocks((ROOT / page).read_text(encoding="utf-8"), "console"):
            for piece in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                command, _, output = piece.partition("\n")
                yield pytest.param(command, output, id=f"{page}: {command}")


def agrees(shown, printed):
    """True when the lines are equal; a line ``...`` stands for any lines."""
    pattern = "".join(
        r"(?:.*\n)*?" if line == "..." else re.escape(line.rstrip()) + r"\n"
        for line in shown.splitlines()
    )
    lines = "".join(line.rstrip() + "\n" for line in printed.splitlines())
    return re.fullmatch(pattern, lines) is not None


@pytest.mark.parametrize(("command", "shown"), list(sessions()))
def test_commands_print_what_is_shown(command, shown, tmp_path, monkeypatch):
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    program, *arguments = shlex.split(command)
    assert program == "tollbook"
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code in (0, 1), result.output
    assert agrees(shown, result.output), result.output


def test_agrees_can_fail():
    assert agrees("a\n...\nc\n", "a\nb\nb\nc \n")
    assert agrees("...\nc\n", "c\n")
    assert not agrees("a\nc\n", "a\nb\nc\n")
    assert not agrees("a\n", "a\nb\n")


def test_the_example_is_shown_in_few_lines():
    first = blocks(README, "console")[0]
    assert (
        len([line for line in first.splitlines() if line not in ("...", "") and line[0] != "$"])
        == 5
    )


def test_the_two_commands_for_a_fresh_machine():
    install, check = (block.strip() for block in blocks(README, "sh"))
    assert "\n" not in install + check
    assert install.endswith("tollbook extract seeds/homs-bus.txt")
    assert check.endswith("pytest")
    for command in (install, check):
        assert command.startswith("python3.11 -m venv .venv && .venv/bin/pip install ")


def test_ci_runs_the_commands_of_the_readme():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "README.md" in script
    pattern = re.search(r"grep -E '([^']+)' README\.md", script)[1]
    found = [line for line in README.splitlines() if re.search(pattern, line)]
    assert found == [block.strip() for block in blocks(README, "sh")]


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page):
    path = ROOT / page
    for target in re.findall(r"\]\(([^)]+)\)", path.read_text(encoding="utf-8")):
        if not target.startswith("http"):
            assert (path.parent / target.partition("#")[0]).exists(), target


@pytest.mark.parametrize("page", PAGES)
def test_files_named_on_the_pages_exist(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    known = {path.name for path in (ROOT / "src").rglob("*") if path.is_file()}
    for name in re.findall(r"`([\w./]+\.(?:py|csv|bin|txt))`", text):
        if name not in ("mine.csv", "counts.csv", "places.csv", "my-places.csv"):
            folders = (ROOT, ROOT / "src" / "tollbook", ROOT / "src" / "tollbook/rules/data/en")
            assert any((folder / name).exists() for folder in folders) or name in known, name


@pytest.mark.parametrize(
    ("table", "file", "ident"),
    [(TRIGGERS, "en/triggers.csv", "waylay"), (NOUNS, "en/nouns.csv", "bee-keeper")],
)
def test_rows_shown_on_the_data_page_fit_their_tables(table, file, ident, tmp_path):
    page = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
    row = re.search(rf"^{ident},.*$", page, re.MULTILINE)[0]
    columns = [column.name for column in table.columns]
    mine = tmp_path / "mine.csv"
    mine.write_text(",".join(columns) + "\n" + row + "\n", encoding="utf-8")
    before = {row[table.id_column] for row in load(table, data_path(file))}
    after = {row[table.id_column] for row in load(table, data_path(file), mine)}
    assert after - before == {ident}


def test_every_column_of_the_tables_is_explained():
    page = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(\w+)`", page))
    for table in (ACTORS, REGIONS, TRIGGERS, NOUNS):
        for column in table.columns:
            assert column.name in named or column.name == "guideline", (table.name, column.name)


def test_every_command_is_listed():
    from typer.main import get_command

    commands = set(get_command(app).commands)
    assert set(re.findall(r"^\| `tollbook (\w+)", README, re.MULTILINE)) == commands


def test_every_field_is_in_the_table():
    section = README.partition("## The row")[2].partition("\n## ")[0]
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    named = [name for row in rows for name in re.findall(r"`(\w+)`", row)]
    assert sorted(named) == sorted(COUNT_FIELDS)
    assert ", ".join(MEASURES) in section


def test_every_kind_of_finding_is_in_the_table():
    section = README.partition("## How the audit reads")[2].partition("\n## ")[0]
    assert tuple(re.findall(r"^\| `([\w-]+)` \|", section, re.MULTILINE)) == FINDING_KINDS


def test_the_components_are_named_in_their_order():
    names = [stage.factory.removeprefix("tollbook_") for stage in STAGES]
    block = next(block for block in blocks(README, "python") if "add_pipe" in block)
    assert re.findall(r'"(\w+)"', block)[1 : len(names) + 1] == names


def test_the_scores_are_not_overstated():
    rows = re.findall(
        r"^ *\| (\w+) \| (\d\.\d\d) \| (\d\.\d\d) \| (\d\.\d\d) \|$", README, re.MULTILINE
    )
    documents = gold.read_folder(ROOT / "seeds" / "gold")
    assert f"{len(documents)} annotated bulletins in `seeds/gold`" in README
    scores = evaluate.evaluate(
        documents, lambda text, doc_id: tollbook.extract(text, doc_id).counts
    )
    found = {**scores.domains, "all": scores.all}
    assert {name for name, *_ in rows} == set(found)
    for name, *stated in rows:
        for kind, value in zip(("counts", "rows", "links"), stated, strict=True):
            measured = getattr(found[name], kind).f1
            assert measured >= float(value), f"{name}: {kind} F1 in the README is too high"
