"""Write models/en_tollbook: the pipeline of rules, saved so that spacy.load opens it.

The rules themselves stay in the package: the folder holds the order of the components, their
settings and the tokenizer. Run it again when a component or a setting is added, and when the
version of tollbook or of spaCy changes.

    python scripts/build_model.py [FOLDER]
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import tollbook

TARGET = Path(__file__).parent.parent / "models" / "en_tollbook"
SPACY = ">=3.8,<3.9"

META: dict[str, Any] = {
    "name": "tollbook",
    "version": tollbook.__version__,
    "description": "Reads conflict bulletins and keeps the count: every figure of killed, injured, "
    "detained, displaced people and of incidents, with bounds, who, where, when, by whom, and "
    "which figure is part of which. Rules only; nothing is trained.",
    "author": "The tollbook authors",
    "license": "MIT",
    "requirements": [f"tollbook=={tollbook.__version__}"],
    "sources": [
        {"name": "GeoNames", "url": "https://www.geonames.org", "license": "CC BY 4.0"},
        {"name": "pycountry (ISO 3166-2)", "url": "https://pypi.org/project/pycountry/"},
        {"name": "spacy-lookups-data", "url": "https://pypi.org/project/spacy-lookups-data/"},
    ],
}


def build(target: Path) -> None:
    """Save the pipeline in a folder, in place of what was there.

    Args:
        target: the folder; written beside it first and then moved into place.
    """
    nlp = tollbook.load()
    nlp.meta.update(META)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        made = Path(folder) / target.name
        # lookups are read from spacy-lookups-data, vectors there are none
        nlp.to_disk(made, exclude=["vocab"])
        _settle(made / "meta.json")
        if target.exists():
            shutil.rmtree(target)
        made.rename(target)


def _settle(path: Path) -> None:
    """Keep what depends on the machine that ran the script out of the meta data."""
    meta = json.loads(path.read_text(encoding="utf-8"))
    meta["spacy_version"] = SPACY
    for name in ("spacy_git_version", "vectors", "labels", "performance"):
        meta.pop(name, None)
    path.write_text(json.dumps(meta, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) > 2 or any(item.startswith("-") for item in sys.argv[1:]):
        sys.exit(__doc__)
    build(Path(sys.argv[1]) if len(sys.argv) == 2 else TARGET)
