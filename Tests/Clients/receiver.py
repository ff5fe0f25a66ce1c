"""A webhook endpoint in the standard library: writes its port and the bodies it took into files."""

import http.server
import pathlib
import sys


class Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        if self.headers["content-type"] == "application/json":
            with open(sys.argv[2], "ab") as file:
                file.write(body + b"\n")
        # /status/N answers N, whatever N is.
        words = self.path.split("/")
        self.send_response(int(words[2]) if words[1] == "status" else 200)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
pathlib.Path(sys.argv[1]).write_text(str(server.server_address[1]), encoding="ascii")
server.serve_forever()
