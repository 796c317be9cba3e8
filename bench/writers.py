"""64 people who save at the same time, each as soon as the last save is acknowledged.

Usage: writers.py ORIGIN EMAIL PASSWORD KIND SECONDS
KIND is `draft` (an article that saves itself while it is written: about ten statements) or `language` (the language of
one's desk: one row). Prints saves per second, and how long one took in the middle and at the 99th of a hundred.
Every save says that it comes through a proxy from another network, as those of a whole province would; the pace that
one network is allowed is not what is measured here. Any answer but success ends the run.
"""

import asyncio
import http.client
import itertools
import re
import sys
import time
import urllib.parse

N_PEOPLE = 64
TEXT = "Tổ công nghệ số cộng đồng đến từng nhà để hướng dẫn người dân nộp hồ sơ trực tuyến. " * 6

networks = (f"10.{n >> 8 & 255}.{n & 255}.1" for n in itertools.count())


def head(path, cookie, body):
    """A POST as a browser of the site sends it."""
    return (
        f"POST {path} HTTP/1.1\r\nHost: {HOST}\r\nCookie: {cookie}\r\nSec-Fetch-Site: same-origin\r\n"
        f"X-Forwarded-For: {next(networks)}\r\nX-Loa-Autosave: 1\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


def ask(path, form, cookie=""):
    """One POST on a connection of its own: status and headers."""
    connection = http.client.HTTPConnection(HOST)
    headers = {
        "Sec-Fetch-Site": "same-origin",
        "X-Forwarded-For": next(networks),
        "Content-Type": "application/x-www-form-urlencoded",
    }
    if cookie:
        headers["Cookie"] = cookie
    connection.request("POST", path, urllib.parse.urlencode(form), headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != 303:
        sys.exit(f"{path} was answered {answer.status}")
    return answer.headers


def signed_in(email, password):
    """The cookie of a new session."""
    lines = ask("/desk/sign-in", {"email": email, "password": password}).get_all("Set-Cookie")
    return next(line.split(";")[0] for line in lines if line.startswith("loa="))


class Draft:
    """An article of one's own, which saves itself."""

    def __init__(self, cookie):
        self.cookie, self.revision, self.n = cookie, 1, 0
        self.path = ask("/desk/newsroom/articles", {}, cookie)["Location"].replace("/edit", "/draft")

    def save(self):
        self.n += 1
        form = {"title": f"Chuyện ở tổ hòa giải, {self.n}", "lead": TEXT[:84], "body_text": TEXT, "revision": self.revision}
        return head(self.path, self.cookie, urllib.parse.urlencode(form))

    def saved(self, answer):
        self.revision = int(re.search(rb'"revision":"(\d+)"', answer)[1])


class Language:
    """The language of one's desk: another one each time, for SQLite writes nothing when nothing changes."""

    def __init__(self, cookie):
        self.cookie, self.langs = cookie, itertools.cycle(["en", "vi"])

    def save(self):
        return head("/desk/language", self.cookie, f"lang={next(self.langs)}&back=/desk")

    def saved(self, answer):
        if not answer.startswith(b"HTTP/1.1 303") or b"sign-in" in answer:
            sys.exit(f"not saved: {answer[:300]}")


class Person(asyncio.Protocol):
    """One connection; saves again and again."""

    def __init__(self, work, times):
        self.work, self.times, self.received = work, times, b""

    def connection_made(self, transport):
        self.transport = transport
        self.begin()

    def begin(self):
        self.began = time.perf_counter()
        self.transport.write(self.work.save())

    def data_received(self, data):
        self.received += data
        top, separator, body = self.received.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: (\d+)", top)
        if not separator or len(body) < int(length[1] if length else 0):
            return
        if not top.startswith((b"HTTP/1.1 200", b"HTTP/1.1 303")):
            sys.exit(f"not saved: {self.received[:300]}")
        self.work.saved(self.received)
        self.times.append(time.perf_counter() - self.began)
        self.received = b""
        self.begin()


async def main(email, password, kind, seconds):
    """Everybody at once, for so many seconds."""
    cookie = signed_in(email, password)
    work = {"draft": Draft, "language": Language}[kind]
    times, loop = [], asyncio.get_running_loop()
    host, port = HOST.split(":")
    works = [work(cookie) for _ in range(N_PEOPLE)]
    began, used = time.perf_counter(), time.process_time()
    for one in works:
        await loop.create_connection(lambda one=one: Person(one, times), host, int(port))
    await asyncio.sleep(seconds)
    took, used = time.perf_counter() - began, time.process_time() - used
    times.sort()
    at = lambda share: times[int(len(times) * share)] * 1000
    print(f"{len(times) / took:.0f} {at(0.5):.1f} {at(0.99):.1f} {used / took:.2f}")


HOST = sys.argv[1].removeprefix("http://")
asyncio.run(main(sys.argv[2], sys.argv[3], sys.argv[4], float(sys.argv[5])))
