"""The package as it is installed: metadata, data files, imports."""

import ast
import importlib
import pkgutil
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import entry_points, version
from pathlib import Path

import pytest

import tollbook
from tollbook.pipeline import STAGES
from tollbook.rules.loader import data_path

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "tollbook"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
OPTIONAL = {"pandas", "trafilatura", "duckdb"}
IMPORTED_AS = {
    "charset-normalizer": "charset_normalizer",
    "spacy-lookups-data": "spacy_lookups_data",
}


def run(code):
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()


def modules():
    return [info.name for info in pkgutil.walk_packages([str(SOURCE)], "tollbook.")]


def test_one_version_everywhere():
    assert PROJECT["version"] == tollbook.__version__ == version("tollbook")
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## \[{re.escape(tollbook.__version__)}\]", changes, re.MULTILINE)


def test_every_stage_is_an_entry_point():
    declared = {
        point.name: point.value
        for point in entry_points(group="spacy_factories")
        if point.name.startswith("tollbook_")
    }
    assert set(declared) == {stage.factory for stage in STAGES}
    for stage in STAGES:
        module, _, name = declared[stage.factory].partition(":")
        assert callable(getattr(importlib.import_module(module), name))


def test_public_names_are_there_and_documented():
    for name in tollbook.__all__:
        assert getattr(tollbook, name).__doc__, name
    assert (SOURCE / "py.typed").is_file()


@pytest.mark.parametrize("module", modules())
def test_every_module_imports_alone_and_says_what_it_is(module):
    if module != "tollbook.__main__":
        importlib.import_module(module)
    path = SOURCE.joinpath(*module.split(".")[1:])
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), module


def test_import_is_light_and_reads_no_data():
    heavy = ("spacy", "numpy", "pandas", "pyarrow", "typer", "rich", "charset_normalizer")
    code = f"import sys, tollbook; print([name for name in {heavy} if name in sys.modules])"
    assert run(code) == "[]"


def test_loading_does_not_need_what_only_some_users_have():
    code = "import sys, tollbook; tollbook.extract('Two dead.'); print('pandas' in sys.modules)"
    assert run(code) == "False"


def test_third_party_imports_are_declared():
    declared = {re.match(r"[\w.-]+", item)[0].lower() for item in PROJECT["dependencies"]}
    extras = {
        name.split(">")[0] for items in PROJECT["optional-dependencies"].values() for name in items
    }
    assert extras >= OPTIONAL
    names = {IMPORTED_AS.get(item, item.replace("-", "_")) for item in declared} | OPTIONAL
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                found = [node.module]
            else:
                continue
            for name in found:
                top = name.split(".")[0]
                assert top in sys.stdlib_module_names or top in {"tollbook", *names}, (path, top)


def test_the_library_never_prints():
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id != "print", f"{path}:{node.lineno}"


def test_data_files_are_found_by_the_package():
    assert data_path("en/actors.csv").is_file()
    assert data_path("towns.bin").is_file()


def test_the_wheel_holds_code_and_data(tmp_path, monkeypatch):
    backend = pytest.importorskip("hatchling.build")
    monkeypatch.chdir(ROOT)
    wheel = zipfile.ZipFile(tmp_path / backend.build_wheel(str(tmp_path)))
    held = set(wheel.namelist())
    for path in SOURCE.rglob("*"):
        if path.suffix in (".py", ".csv", ".bin", ".typed"):
            assert path.relative_to(SOURCE.parent).as_posix() in held
    assert not [name for name in held if name.startswith(("tests/", "seeds/", "scripts/"))]
    assert not [name for name in held if "_cache" in name or name.endswith(".pyc")]
    info = next(name for name in held if name.endswith(".dist-info/METADATA"))
    meta = wheel.read(info).decode()
    assert "License-Expression: MIT" in meta
    assert "Requires-Python: >=3.11" in meta


@pytest.mark.parametrize(
    "command", [["-m", "tollbook"], ["-c", "from tollbook.cli import app; app()"]]
)
def test_version_option(command):
    done = subprocess.run(
        [sys.executable, *command, "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout == f"tollbook {tollbook.__version__}\n"
