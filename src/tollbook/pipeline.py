"""The stages of the pipeline: their order, what each reads and what it writes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language


@dataclass(frozen=True, slots=True)
class Stage:
    """One component of the pipeline.

    Args:
        factory: name of its spaCy factory, and of the component.
        reads: what it reads of the Doc.
        writes: what it writes to the Doc.
        settings: settings of `load` that are passed on to it.
    """

    factory: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    settings: tuple[str, ...] = ()


STAGES: Final = (
    Stage("tollbook_normaliser", ("text",), ("token.norm", "spans.normalised")),
    Stage("tollbook_layout", ("text",), ("spans.layout", "token.is_sent_start")),
    Stage(
        "tollbook_numbers", ("text", "token.norm"), ("spans.numbers", "ents"), ("nouns",)
    ),
    Stage(
        "tollbook_regions", ("text",), ("spans.regions", "ents"), ("regions", "country")
    ),
    Stage(
        "tollbook_actors", ("text", "spans.regions"), ("spans.actors", "ents"),
        ("actors", "country"),
    ),
    Stage(
        "tollbook_counts",
        ("spans.layout", "spans.numbers", "spans.regions", "spans.actors"),
        ("spans.counts",), ("nouns", "triggers"),
    ),
    Stage("tollbook_outcomes", ("spans.counts",), ("spans.counts",)),
    Stage("tollbook_links", ("spans.counts",), ("spans.counts",)),
    Stage("tollbook_context", ("spans.counts",), ("spans.counts",)),
)  # fmt: skip
"""The stages in their order; see docs/architecture.md for what each one decides."""


def load(path: str | Path | None = None, **settings: Any) -> Language:
    """Make the pipeline, or open a saved one.

    Args:
        path: folder of a saved pipeline; None for the pipeline of rules on a blank English one.
        settings: of the stages: ``regions``, ``actors``, ``nouns``, ``triggers`` (paths of CSV
            files laid over ours) and ``country`` (ISO 3166-1 alpha-2 code that holds for every
            document). They replace those of a saved pipeline.

    Returns:
        A spaCy ``Language``.

    Raises:
        TypeError: a setting that no stage has.
        RuleError: a CSV file does not fit its table.

    >>> load().pipe_names[:3]
    ['tollbook_normaliser', 'tollbook_layout', 'tollbook_numbers']
    """
    if path is not None:
        import spacy

        changed = {factory: config for factory, config in _configs(settings).items() if config}
        return spacy.load(path, config={"components": changed})
    from tollbook.language import BulletinEnglish

    return add_to(BulletinEnglish.from_config({}), **settings)


def add_to(nlp: Language, **settings: Any) -> Language:
    """Add the stages to the end of a pipeline that is there already.

    Args:
        nlp: any English pipeline.
        settings: see `load`.

    Returns:
        The same pipeline.

    Raises:
        TypeError: a setting that no stage has.
        ValueError: a component of ours is in the pipeline already.
    """
    for factory, config in _configs(settings).items():
        nlp.add_pipe(factory, config=config)
    return nlp


def _configs(settings: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The settings of each component, by factory."""
    known = {name for stage in STAGES for name in stage.settings}
    for name in settings:
        if name not in known:
            there = ", ".join(sorted(known))
            raise TypeError(f"there is no setting {name!r}; there are {there}")
    return {
        stage.factory: {name: settings[name] for name in stage.settings if name in settings}
        for stage in STAGES
    }
