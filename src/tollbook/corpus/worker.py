"""The worker process: reads frames of documents, answers with frames of Arrow bytes.

Started by `tollbook.corpus.workers` as a program of its own, so that the caller's script needs no
guard and nothing of its state comes along. Ends when its input ends, whatever it is doing, so
that no worker outlives the one who started it.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import struct
import sys
import threading
from typing import IO, Any, Final

_LENGTH: Final = struct.Struct("<Q")
_GRACE: Final = 10.0


def send(stream: IO[bytes], message: Any) -> None:
    """Write one message.

    Raises:
        OSError: the other side is gone.
    """
    data = pickle.dumps(message, protocol=5)
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Read one message; waits for it.

    Raises:
        EOFError: the other side is gone.
    """
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    data = stream.read(_LENGTH.unpack(head)[0])
    try:
        return pickle.loads(data)
    except pickle.UnpicklingError:
        raise EOFError from None


def _listen(stream: IO[bytes], tasks: queue.SimpleQueue[Any]) -> None:
    while True:
        try:
            tasks.put(receive(stream))
        except (EOFError, OSError):
            os._exit(0)


def main() -> None:
    """Serve until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who started us says when to stop
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints must not get between the frames
    tasks: queue.SimpleQueue[Any] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, tasks), daemon=True).start()
    try:
        task, settings, keep, timeout = tasks.get()
        from tollbook.corpus.batches import Extractor

        extractor = Extractor(settings, keep)
        # spaCy and the rules are loaded, and the tables read, before the first document's time
        extractor.nlp("At least two civilians were killed in Homs.")
    except Exception as error:
        send(answers, ("failed", f"{error}" or type(error).__name__))
        return
    send(answers, ("ready",))
    while True:
        number, items = tasks.get()

        def at(place: int) -> None:
            if timeout and hasattr(signal, "setitimer"):
                # the other side ends us long before; this is for when it is no longer there
                signal.setitimer(signal.ITIMER_REAL, 2 * timeout + _GRACE)
            send(answers, ("at", place))

        if task == "tables":
            done = extractor.process(items, at=at)
            tables = (done.counts.serialize(), done.bulletins.serialize())
            result: Any = (*map(bytes, tables), done.rejects, done.words, done.findings)
        else:
            result = _bulletins(extractor, items, at)
        if timeout and hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)
        send(answers, ("done", number, result))


def _bulletins(extractor: Any, items: Any, at: Any) -> list[Any]:
    """Bulletins, or the errors in their place; the texts stay behind, the caller has them."""
    from dataclasses import replace

    from tollbook.errors import DocumentError
    from tollbook.readers import Document

    found: list[Any] = []
    for place, item in enumerate(items):
        at(place)
        if not isinstance(item, Document):
            found.append(DocumentError(item.doc_id, item.reason))
            continue
        try:
            found.append(replace(extractor.bulletin(item), text=""))
        except DocumentError as error:
            found.append(error)
    return found


if __name__ == "__main__":
    main()
