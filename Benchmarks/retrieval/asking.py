"""Asks a daemon all queries of a set, and keeps what it answered and how long that took."""

import concurrent.futures
import json
import time
import urllib.parse

from comparison import measure

LIMIT = 100
WARMED = 100        # queries asked before any is measured


class Asked:
    """One query's answer: documents from the best on, the client's time and the daemon's own, both ms."""

    def __init__(self, ranked, client_ms, took_ms):
        self.ranked = ranked
        self.client_ms = client_ms
        self.took_ms = took_ms


def one(connection, query, extra):
    """One request on a kept connection."""
    target = "/search?" + urllib.parse.urlencode({"q": query, "limit": LIMIT, "snippets": 0})
    started = time.perf_counter()
    connection.request("GET", f"{target}&{extra}" if extra else target)
    response = connection.getresponse()
    body = response.read()
    milliseconds = (time.perf_counter() - started) * 1000
    if response.status != 200:
        raise measure.CommandFailed(f"{query}: status {response.status}: {body.decode()}")
    answer = json.loads(body)
    return Asked([hit["id"] for hit in answer["hits"]], milliseconds, answer["took_ms"])


def part(daemon, texts, extras, start, threads):
    """Every `threads`-th query from `start` on. All variants answer a query before the next one is asked, each in turn
    first, so that none has its lists warmed by the others more often."""
    connection = daemon.connect()
    answers = []
    for number in range(start, len(texts), threads):
        turn = number // threads % len(extras)
        order = list(range(len(extras)))
        found = {place: one(connection, texts[number], extras[place]) for place in order[turn:] + order[:turn]}
        answers.append((number, [found[place] for place in order]))
    connection.close()
    return answers


def ask(daemon, texts, extras, threads):
    """For each of the `extras`, what every query was answered."""
    part(daemon, texts[:WARMED], extras, 0, 1)
    with concurrent.futures.ThreadPoolExecutor(threads) as pool:
        parts = pool.map(lambda start: part(daemon, texts, extras, start, threads), range(threads))
        answers = [answer for _, answer in sorted(pair for each in parts for pair in each)]
    return [list(each) for each in zip(*answers)]
