"""A wire to a server that can be cut where it hurts most: after a commit has arrived, before its answer is back."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress


class Wire:
    """Listens on this machine and passes everything on, in both directions."""

    def __init__(self, host: str, port: int) -> None:
        """Leads to that server."""
        self._to = (host, port)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()
        self.port: int = self._listening.getsockname()[1]
        self.cuts_commits = False

    def close(self) -> None:
        """Nobody is let in any more."""
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for thread in self._threads:
            thread.join(timeout=5)

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            far = socket.create_connection(self._to)
            self._threads += [
                threading.Thread(target=self._pass_on, args=ends, daemon=True) for ends in ((near, far), (far, near))
            ]
            for thread in self._threads[-2:]:
                thread.start()

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while said := source.recv(65536):
                if self.cuts_commits and b"COMMIT" in said:
                    self.cuts_commits = False
                    self._cut(source, target, said)
                    break
                target.sendall(said)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _cut(self, near: socket.socket, far: socket.socket, said: bytes) -> None:
        """The server gets all of it; who sent it hears no more."""
        near.shutdown(socket.SHUT_RDWR)
        far.sendall(said)
        far.shutdown(socket.SHUT_WR)  # the server does what it was told, then it is alone
