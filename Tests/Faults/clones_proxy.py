"""A relay between the appliers and the emulator that notes when each request began and ended.

The emulator's log has whole seconds and one time a request: enough for its order, not for telling
whether two requests of one account overlapped. A request begins here when its bytes are complete,
and ends when its answer is there, before a client sees a byte of it, or when its client has gone.
"""
import select
import socket
import threading
import time

CHUNK = 65536


class Relay:
    """`on_request` gets each message once the server has it, and nobody its answer."""

    def __init__(self, upstream):
        self.upstream = upstream
        self.on_request = lambda message: None
        self.lock = threading.Lock()
        # (account, begin, end or None, "answered" or "gone"), times in seconds of one clock
        self.intervals = []
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.base_url = "http://127.0.0.1:%d" % self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            client, _ = self.listener.accept()
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client):
        try:
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            rest = b""
            while True:
                message, rest = read_message(client, rest)
                if message is None:
                    return
                if not self.relay(client, message):
                    return
        except OSError:
            pass
        finally:
            client.close()

    def relay(self, client, message):
        """Passes one request on; False where the client has gone meanwhile."""
        entry = [account(message), time.monotonic(), None, None]
        with self.lock:
            self.intervals.append(entry)
        server = socket.create_connection(self.upstream)
        try:
            server.sendall(message)
            self.on_request(message)
            answer = b""
            while True:
                ready, _, _ = select.select([server, client], [], [])
                if server in ready:
                    data = server.recv(CHUNK)
                    answer += data
                    if not data or is_whole(answer):
                        break
                elif not client.recv(1, socket.MSG_PEEK):
                    entry[2:] = [time.monotonic(), "gone"]
                    return False
            entry[2:] = [time.monotonic(), "answered"]
            client.sendall(answer)
            return bool(answer)
        finally:
            if entry[2] is None:
                entry[2:] = [time.monotonic(), "gone"]
            server.close()

    def seen(self):
        with self.lock:
            return [tuple(entry) for entry in self.intervals]


def read_message(connection, rest):
    """One HTTP message with a content-length, and what came after it; None at the end."""
    while not is_whole(rest):
        data = connection.recv(CHUNK)
        if not data:
            return None, b""
        rest += data
    end = length(rest)
    return rest[:end], rest[end:]


def length(message):
    head, separator, _ = message.partition(b"\r\n\r\n")
    body = header(head, b"content-length")
    return len(head) + len(separator) + int(body or 0)


def is_whole(message):
    return b"\r\n\r\n" in message and len(message) >= length(message)


def header(head, name):
    for line in head.split(b"\r\n")[1:]:
        key, _, value = line.partition(b":")
        if key.strip().lower() == name:
            return value.strip()
    return None


def account(message):
    """What tells accounts apart: the pair of credentials, which is never printed."""
    head = message.partition(b"\r\n\r\n")[0]
    return (header(head, b"x-api-key"), header(head, b"server-hash"))
