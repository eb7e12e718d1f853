#!/usr/bin/env python3
"""The daemon as its clients see it: curl, Python's http.client, nginx in front, raw bytes, and every way to be refused.

Statuses and codes are those of docs/api.md. Without curl or nginx the parts that need them say so and are skipped.
"""

import sys

sys.dont_write_bytecode = True

import http.client
import json
import os
import shutil
import socket
import subprocess
import time
import urllib.parse
from pathlib import Path

import harness

QUERY = "应急预案"
PROBLEM = "application/problem+json"


def check_curl(findings, socket_path):
    if not shutil.which("curl"):
        print("skipped curl: it is not installed")
        return
    # As README has it, the characters as they are typed.
    process = subprocess.run(["curl", "-sS", "--max-time", "20", "--unix-socket", socket_path,
                              f"http://localhost/search?q={QUERY}"], capture_output=True)
    findings.equal("curl's status", process.returncode, 0)
    try:
        answer = json.loads(process.stdout)
        findings.equal("curl: the query", answer["query"], QUERY)
        findings.expect(answer["total"]["value"] > 0 and answer["hits"], f"curl finds nothing for {QUERY}")
    except (ValueError, KeyError) as error:
        findings.expect(False, f"curl's answer is none: {error!r}: {process.stdout[:300]}{process.stderr[:300]}")


def check_python(findings, socket_path):
    """http.client with one connection for everything."""
    connection = harness.UnixConnection(socket_path)
    first = None
    for number in range(20):
        status, answer = connection.get("/search", q=QUERY, limit=3)
        first = first or connection.sock
        findings.equal(f"http.client, request {number}: status and hits", (status, len(answer["hits"])), (200, 3))
        findings.expect(connection.sock is first, "http.client: the connection was not kept")
    key = answer["hits"][0]["id"]
    check_shape(findings, answer)
    status, document = connection.get("/documents/" + urllib.parse.quote(key, safe=""))
    findings.equal("GET /documents/{id}", (status, document.get("id")), (200, key))
    findings.expect(document.get("text") and document.get("title") and document.get("source", {}).get("path"),
                    "the document lacks text, title or source")
    for path, name, value in (("/healthz", "status", "ok"), ("/readyz", "status", "ready")):
        status, answer = connection.get(path)
        findings.equal(path, (status, answer.get(name)), (200, value))
    status, answer = connection.get("/stats")
    findings.expect(status == 200 and answer["documents"] > 0 and answer["segments"] > 0, f"/stats: {status} {answer}")
    status, answer = connection.ask("POST", "/reload")
    findings.expect(status == 200 and answer["documents"] > 0, f"POST /reload: {status} {answer}")
    connection.close()


def check_shape(findings, answer):
    """The keys of /search."""
    findings.expect(answer["total"] == {"value": answer["total"]["value"], "exact": True}, f"total: {answer['total']}")
    findings.expect(isinstance(answer["took_ms"], (int, float)) and answer["took_ms"] >= 0, f"took_ms: {answer}")
    for hit in answer["hits"]:
        findings.expect({"id", "score", "title", "source", "snippets"} <= hit.keys(), f"a hit has {list(hit)}")
        findings.expect(set(hit["source"]) == {"path", "start_line", "end_line"}, f"source: {hit['source']}")
        for snippet in hit["snippets"]:
            findings.expect(all(0 <= start < end <= len(snippet["text"]) for start, end in snippet["highlights"]),
                            f"highlights outside of their text: {snippet}")


def refused(socket_path, request, method="GET"):
    raw = harness.Raw(socket_path)
    raw.send(request)
    try:
        return raw.answer(method)
    finally:
        raw.close()


def check_problems(findings, socket_path):
    """Each way to be refused: status, media type, code."""
    long_query = urllib.parse.quote("应" * 1001)

    def get(target, *headers):
        lines = [f"GET {target} HTTP/1.1", "Host: localhost", *headers, "", ""]
        return "\r\n".join(lines).encode()

    cases = [
        ("no such path", get("/nothing"), 404, "not_found"),
        ("no such document", get("/documents/nothing"), 404, "document_not_found"),
        ("the wrong method", b"POST /search?q=a HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n", 405,
         "method_not_allowed"),
        ("GET /reload", get("/reload"), 405, "method_not_allowed"),
        ("no query", get("/search"), 400, "query_missing"),
        ("an empty query", get("/search?q="), 400, "query_missing"),
        ("a long query", get(f"/search?q={long_query}"), 400, "query_too_long"),
        ("limit 1001", get("/search?q=a&limit=1001"), 400, "limit_out_of_range"),
        ("limit -1", get("/search?q=a&limit=-1"), 400, "limit_out_of_range"),
        ("limit x", get("/search?q=a&limit=x"), 400, "limit_out_of_range"),
        ("offset -1", get("/search?q=a&offset=-1"), 400, "offset_out_of_range"),
        ("an unknown ranking", get("/search?q=a&rank=best"), 400, "unknown_ranking"),
        ("a parameter twice", get("/search?q=a&q=b"), 400, "bad_request"),
        ("strict syntax", get("/search?syntax=strict&q=" + urllib.parse.quote("甲 AND")), 400, "query_syntax"),
        ("no host", b"GET /healthz HTTP/1.1\r\n\r\n", 400, "bad_request"),
        ("no HTTP", b"hello\r\n\r\n", 400, "bad_request"),
        ("a header without a name", get("/healthz", ": x"), 400, "bad_request"),
        ("a space before the colon", get("/healthz", "X : x"), 400, "bad_request"),
        ("two lengths", get("/healthz", "Content-Length: 1", "Content-Length: 2"), 400, "bad_request"),
        ("a length that is none", get("/healthz", "Content-Length: +1"), 400, "bad_request"),
        ("broken percent-encoding", get("/search?q=%E5%BA"), 400, None),
        ("HTTP/2.0", b"GET /healthz HTTP/2.0\r\nHost: h\r\n\r\n", 505, "http_version_not_supported"),
        ("a chunked body", get("/healthz", "Transfer-Encoding: chunked"), 411, "length_required"),
        ("another transfer coding", get("/healthz", "Transfer-Encoding: gzip"), 501, "not_implemented"),
        ("an unknown method", b"BREW /healthz HTTP/1.1\r\nHost: h\r\n\r\n", 501, "not_implemented"),
        ("a large body", b"POST /reload HTTP/1.1\r\nHost: h\r\nContent-Length: 70000\r\n\r\n", 413, "body_too_large"),
        ("a long request line", get("/search?q=" + "a" * (130 << 10)), 414, "target_too_long"),
        ("long headers", get("/healthz", *(f"X-{n}: {'a' * 7000}" for n in range(10))), 431, "headers_too_large"),
        ("many headers", get("/healthz", *(f"X-{n}: a" for n in range(101))), 431, "headers_too_large"),
    ]
    for what, request, status, code in cases:
        try:
            found, headers, body = refused(socket_path, request)
            problem = json.loads(body)
        except (OSError, ValueError, http.client.HTTPException) as error:
            findings.expect(False, f"{what}: {error!r}")
            continue
        findings.expect(
            found == status and code in (None, problem.get("code")) and problem.get("status") == status
            and headers.get_content_type() == PROBLEM and problem.get("type") and problem.get("title")
            and problem.get("detail"),
            f"{what}: {status} {code} expected, found {found} {headers.get('Content-Type')} {problem}")
        if status == 405:
            findings.expect(headers.get("Allow"), f"{what}: no Allow header")
        if code == "query_syntax":
            findings.expect(isinstance(problem.get("position"), int) and "\n" in problem.get("caret", ""),
                            f"{what}: no position or caret: {problem}")
    # What is no error.
    for what, request, status in (
        ("1,000 characters", get("/search?q=" + urllib.parse.quote("应" * 1000)), 200),
        ("punctuation alone", get("/search?q=" + urllib.parse.quote("。，")), 200),
        ("operators alone", get("/search?q=" + urllib.parse.quote('AND OR NOT -- "')), 200),
        ("limit 0", get("/search?q=a&limit=0"), 200), ("limit 1000", get("/search?q=a&limit=1000"), 200),
        ("a request line of 120 KiB", get("/search?q=a&x=" + "a" * (120 << 10)), 200),
        ("HTTP/1.0", b"GET /healthz HTTP/1.0\r\n\r\n", 200),
        ("raw UTF-8 in the target", get("/search?q=尾矿"), 200),
    ):
        findings.equal(what, refused(socket_path, request)[0], status)


def check_garbage(random, findings, daemon, count):
    """Requests with bytes changed, cut off or made up are answered or closed; the daemon lives on."""
    whole = "GET /search?q=应急预案&limit=2 HTTP/1.1\r\nHost: h\r\nX-A: b\r\n\r\n".encode()
    for _ in range(count):
        data = bytearray(whole if random.random() < 0.8 else random.randbytes(random.randrange(200)))
        for _ in range(random.randrange(4)):
            if data:
                data[random.randrange(len(data))] = random.choice(b"\0\r\n %?&=:/\xff\x80A")
        raw = harness.Raw(daemon.socket_path)
        raw.send(bytes(data[:random.randrange(len(data) + 1)] if random.random() < 0.3 else data))
        try:
            raw.socket.shutdown(socket.SHUT_WR)
            answer = raw.reader.read()
        except OSError as error:
            answer = b""
            findings.expect(isinstance(error, ConnectionError), f"{bytes(data)!r}: {error!r}")
        findings.expect(answer == b"" or answer.startswith(b"HTTP/1.1 "), f"{bytes(data)!r}: {answer[:100]!r}")
        raw.close()
    findings.expect(daemon.process.poll() is None, f"the daemon has ended: {daemon.log_text()[-500:]}")


def check_head_and_pipelining(findings, socket_path):
    raw = harness.Raw(socket_path)
    raw.send(b"HEAD /healthz HTTP/1.1\r\nHost: h\r\n\r\n")
    status, headers, body = raw.answer("HEAD")
    findings.expect(status == 200 and body == b"" and int(headers["Content-Length"]) > 0, f"HEAD: {status} {body!r}")
    # The same connection, so that a body behind HEAD would be noticed; then five requests at once.
    targets = ["/healthz", "/search?q=尾矿&limit=1", "/nothing", "/search?q=蜱", "/readyz"]
    raw.send("".join(f"GET {target} HTTP/1.1\r\nHost: h\r\n\r\n" for target in targets).encode())
    answers = [raw.answer() for _ in targets]
    findings.equal("five pipelined requests", [answer[0] for answer in answers], [200, 200, 404, 200, 200])
    findings.equal("their order", json.loads(answers[1][2])["query"], "尾矿")
    raw.send(b"GET /healthz HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
    findings.equal("Connection: close", raw.answer()[0], 200)
    findings.equal("bytes after Connection: close", raw.reader.read(1), b"")
    raw.close()
    slow = harness.Raw(socket_path)
    for byte in b"GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n":
        slow.send(bytes([byte]))
    findings.equal("a request byte by byte", slow.answer()[0], 200)
    slow.close()


def check_nginx(findings, socket_path, folder):
    nginx = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
    if not nginx:
        print("skipped nginx: it is not installed")
        return
    prefix = folder / "nginx"
    prefix.mkdir()
    os.chmod(folder, 0o755)
    port = harness.free_port()
    temporary = "".join(f"  {name}_temp_path {prefix}/{name};\n"
                        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    user = "user root;\n" if os.getuid() == 0 else ""
    (prefix / "nginx.conf").write_text(
        f"{user}daemon off;\nworker_processes 1;\npid {prefix}/pid;\nerror_log {prefix}/error.log;\n"
        f"events {{ worker_connections 64; }}\nhttp {{\n  access_log off;\n{temporary}"
        f"  server {{\n    listen 127.0.0.1:{port};\n"
        f"    location / {{ proxy_pass http://unix:{socket_path}; }}\n  }}\n}}\n")
    process = subprocess.Popen([nginx, "-p", str(prefix), "-e", str(prefix / "error.log"), "-c",
                                str(prefix / "nginx.conf")], stdin=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        connection = connected(port, process)
        if not findings.expect(connection, "nginx does not start"):
            return
        for query in (QUERY, '"应急预案"', "尾矿 AND 演练", "a&b=c%20+"):
            connection.request("GET", "/search?" + urllib.parse.urlencode({"q": query, "limit": 2}))
            answer = connection.getresponse()
            body = json.loads(answer.read())
            findings.equal(f"through nginx: {query}", (answer.status, body.get("query")), (200, query))
        for target, status in (("/nothing", 404), ("/search", 400), ("/healthz", 200)):
            connection.request("GET", target)
            answer = connection.getresponse()
            answer.read()
            findings.equal(f"through nginx: {target}", answer.status, status)
        connection.request("POST", "/reload", body=b"")
        answer = connection.getresponse()
        answer.read()
        findings.equal("through nginx: POST /reload", answer.status, 200)
        connection.close()
    finally:
        process.terminate()
        _, errors = process.communicate(timeout=20)
        if process.returncode != 0:
            print(f"nginx: status {process.returncode}: {errors.decode(errors='replace')[:500]}")


def connected(port, process):
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and process.poll() is None:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            connection.connect()
            return connection
        except OSError:
            time.sleep(0.02)
    return None


def main():
    arguments = harness.parser(__doc__).parse_args()
    random = harness.seeded(arguments.seed)
    findings = harness.Findings()
    with harness.temporary_folder() as name:
        folder = Path(name)
        index, socket_path = folder / "index", folder / "search.sock"
        arguments.programs.must("rebuild", "--index", index, harness.SAMPLE_BULLETINS)
        with harness.Daemon(arguments.programs, index, socket_path) as daemon:
            check_curl(findings, str(socket_path))
            check_python(findings, socket_path)
            check_problems(findings, socket_path)
            check_head_and_pipelining(findings, socket_path)
            check_garbage(random, findings, daemon, 400)
            check_nginx(findings, socket_path, folder)
            log = daemon.log_text()
            findings.expect(QUERY not in log and "尾矿" not in log, "the log holds words of a query")
    return findings.status()


if __name__ == "__main__":
    sys.exit(main())
