#!/usr/bin/env python3
"""The daemon's life: new commits under load, signals, its socket's mode, a second start, a stale socket, stops.

Eight clients ask all the while as documents are added, removed and taken up by POST /reload and SIGHUP; not one
request may fail. What was sent before SIGTERM is answered.
"""

import sys

sys.dont_write_bytecode = True

import http.client
import json
import signal
import stat
import subprocess
import threading
import time
import urllib.parse
from pathlib import Path

import harness

QUERY = "应急预案"


def check_reloads(findings, programs, daemon, index, folder, reloads):
    """Eight clients ask while documents come, go and are taken up; no request fails, and the new ones are found."""
    done, failures, asked = threading.Event(), [], [0] * 8

    def ask(number):
        connection = daemon.connect()
        while not done.is_set():
            try:
                status, answer = connection.get("/search", q=[QUERY, '"尾矿库"', "蜱", "老年 助餐"][number % 4])
                if status != 200 or answer["total"]["value"] == 0:
                    failures.append(f"{status} {answer}"[:300])
                asked[number] += 1
            except (OSError, ValueError, KeyError, http.client.HTTPException) as error:
                failures.append(repr(error))
                connection.close()
                connection = daemon.connect()
        connection.close()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    try:
        commit_and_reload(findings, programs, daemon, index, folder, reloads)
    finally:
        done.set()
        for thread in threads:
            thread.join()
    findings.expect(not failures, f"{len(failures)} of {sum(asked)} requests failed during {reloads} reloads: "
                    f"{failures[:3]}")
    print(f"{sum(asked)} requests of 8 clients during {reloads} reloads")


def commit_and_reload(findings, programs, daemon, index, folder, reloads):
    connection = daemon.connect()
    for number in range(reloads):
        path = folder / f"news{number}.jsonl"
        path.write_text(json.dumps({"id": f"news{number}", "text": f"麤龘通告 第{number}号"}, ensure_ascii=False) + "\n",
                        encoding="utf-8")
        programs.must("add", "--index", index, path)
        if number % 3 == 2:
            programs.must("remove", "--index", index, f"news{number - 1}")
        if number % 2 == 0:
            status, _ = connection.ask("POST", "/reload")
            findings.equal(f"reload {number}", status, 200)
        else:
            daemon.process.send_signal(signal.SIGHUP)
        findings.expect(found_within(connection, f'"麤龘通告" AND {number}', 5),
                        f"commit {number} is not found within 5 s of its reload")
    connection.close()


def found_within(connection, query, seconds):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if connection.get("/search", q=query, limit=0)[1]["total"]["value"] > 0:
            return True
        time.sleep(0.005)
    return False


def check_tool_reload(findings, programs, daemon, index, folder):
    """`--socket` of add and remove asks the daemon to take up the result."""
    path = folder / "told.jsonl"
    path.write_text('{"id": "told", "text": "靐靐通知"}\n', encoding="utf-8")
    connection = daemon.connect()
    for verb, operand, expected in (("add", path, 1), ("remove", "told", 0)):
        programs.must(verb, "--index", index, "--socket", daemon.socket_path, operand)
        total = connection.get("/search", q='"靐靐通知"')[1]["total"]["value"]
        findings.equal(f"hits after {verb} --socket", total, expected)
    connection.close()
    body = programs.must("search", "--socket", daemon.socket_path, "--json", QUERY)
    mine = programs.must("search", "--index", index, "--json", QUERY)
    same = [{key: value for key, value in json.loads(text).items() if key != "took_ms"} for text in (body, mine)]
    findings.expect(same[0] == same[1], "search --socket and search --index answer differently")
    findings.equal("status and reload", [programs.ctl(verb, "--socket", daemon.socket_path).returncode
                                         for verb in ("status", "reload")], [0, 0])


def check_socket_life(findings, programs, index, folder):
    """Mode, second start, graceful stop, stale socket, what is no socket."""
    path = folder / "life.sock"
    with harness.Daemon(programs, index, path) as daemon:
        findings.equal("the socket's mode", oct(stat.S_IMODE(path.stat().st_mode)), "0o660")
        second = subprocess.run(daemon.command, capture_output=True, text=True, timeout=20)
        findings.expect(second.returncode == 2 and str(path) in second.stderr and second.stderr.count("\n") == 1,
                        f"a second start: status {second.returncode}: {second.stderr}")
        connection = daemon.connect()
        findings.equal("after the second start", connection.get("/healthz")[0], 200)
        # An idle connection does not hold up the stop.
        idle = daemon.connect()
        findings.equal("an idle connection", idle.get("/healthz")[0], 200)
        findings.equal("SIGTERM: the exit status", daemon.stop(), 0)
        findings.expect(not path.exists(), "SIGTERM: the socket is still there")
        connection.close()
        idle.close()
    with harness.Daemon(programs, index, path, "--mode", "0600") as daemon:
        findings.equal("the socket's mode with --mode 0600", oct(stat.S_IMODE(path.stat().st_mode)), "0o600")
        daemon.process.kill()
        daemon.process.wait()
    findings.expect(path.exists(), "after kill -9 there is no stale socket; the next check would check nothing")
    with harness.Daemon(programs, index, path) as daemon:
        connection = daemon.connect()
        findings.equal("on a stale socket's path", connection.get("/readyz")[0], 200)
        connection.close()
        findings.equal("SIGINT: the exit status", daemon.stop(signal.SIGINT), 0)
    path.write_text("no socket")
    process = subprocess.run([programs.searchd, "--index", index, "--socket", path], capture_output=True, text=True,
                             timeout=20)
    findings.expect(process.returncode == 2 and str(path) in process.stderr and path.read_text() == "no socket",
                    f"a file in the socket's place: status {process.returncode}: {process.stderr}")
    check_stop_under_load(findings, programs, index, folder / "load.sock")


def check_stop_under_load(findings, programs, index, path):
    """Requests that were sent whole before SIGTERM are answered whole."""
    with harness.Daemon(programs, index, path) as daemon:
        clients = [harness.Raw(path) for _ in range(8)]
        for client in clients:
            client.send("GET /search?q=应急预案&limit=1000 HTTP/1.1\r\nHost: h\r\n\r\n".encode())
        time.sleep(0.05)
        findings.equal("SIGTERM with eight requests sent: the exit status", daemon.stop(), 0)
        for client in clients:
            try:
                status, _, body = client.answer()
                findings.expect(status == 200 and json.loads(body)["hits"], f"a request before SIGTERM: {status}")
            except (OSError, ValueError, http.client.HTTPException) as error:
                findings.expect(False, f"a request before SIGTERM: {error!r}")
            client.close()


def check_loopback(findings, programs, index, folder):
    port = harness.free_port()
    with harness.Daemon(programs, index, folder / "tcp.sock", "--listen", f"127.0.0.1:{port}"):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("GET", "/search?" + urllib.parse.urlencode({"q": QUERY}))
        answer = connection.getresponse()
        findings.expect(answer.status == 200 and json.loads(answer.read())["hits"], f"over TCP: {answer.status}")
        connection.close()
    process = subprocess.run([programs.searchd, "--index", index, "--socket", folder / "no.sock", "--listen",
                              "0.0.0.0:0"], capture_output=True, text=True, timeout=20)
    findings.expect(process.returncode == 2 and "0.0.0.0" in process.stderr, f"--listen 0.0.0.0: {process.stderr}")


def main():
    parser = harness.parser(__doc__)
    parser.add_argument("--reloads", type=int, default=20, help="commits taken up under load (20)")
    arguments = parser.parse_args()
    findings, programs = harness.Findings(), arguments.programs
    with harness.temporary_folder() as name:
        folder = Path(name)
        index = folder / "index"
        programs.must("rebuild", "--index", index, harness.SAMPLE_BULLETINS)
        with harness.Daemon(programs, index, folder / "search.sock") as daemon:
            check_reloads(findings, programs, daemon, index, folder, arguments.reloads)
            check_tool_reload(findings, programs, daemon, index, folder)
            log = daemon.log_text()
            findings.expect(QUERY not in log and "尾矿" not in log, "the log holds words of a query")
        check_socket_life(findings, programs, index, folder)
        check_loopback(findings, programs, index, folder)
    return findings.status()


if __name__ == "__main__":
    sys.exit(main())
