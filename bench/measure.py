"""Times and memory, on a machine that others use too: processor time of this process, medians."""

from __future__ import annotations

import gc
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

# Runs in a process of its own: memory and time before and after, as one line of JSON.
_LOADER: Final = """
import json, resource, sys, time
def memory():
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * resource.getpagesize()
    except OSError:
        size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return size if sys.platform == "darwin" else size * 1024
import spacy
spacy.blank("en")("One.")
began, held = time.process_time(), memory()
{load}
loaded, size = time.process_time(), memory()
{first}
print(json.dumps([loaded - began, time.process_time() - loaded, size - held, memory() - held]))
"""


def seconds(work: Callable[[], Any]) -> float:
    """Processor seconds that `work` takes; the garbage of what ran before is not its own."""
    gc.collect()
    began = time.process_time()
    work()
    return time.process_time() - began


def loading(load: str, first: str, repeats: int) -> list[float]:
    """What loading costs beyond spaCy itself, each time in a new process.

    Args:
        load: Python statements that load.
        first: statements that read a first text.
        repeats: how often.

    Returns:
        Medians: seconds of loading, seconds of the first text, bytes held after loading, bytes
        held after the first text.

    Raises:
        subprocess.CalledProcessError: the statements fail.
    """
    script = _LOADER.format(load=load, first=first)
    runs = []
    for _ in range(repeats):
        done = subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True, text=True, check=True, cwd=Path(__file__).parent,
        )  # fmt: skip
        runs.append(json.loads(done.stdout.splitlines()[-1]))
    return [statistics.median(run[column] for run in runs) for column in range(4)]


def spread(values: Sequence[float]) -> str:
    """Lowest and highest of some values.

    >>> spread([0.25, 0.2, 0.3])
    '0.20-0.30'
    """
    return f"{min(values):.2f}-{max(values):.2f}"
