"""The package index this machine is set up for, and one wheel fetched from it by the standard library.

`scripts/bootstrap.py` needs this once, to put uv into a new environment where Python came without
pip. Settings are read where pip and uv read them: environment variables first, then pip's files.
"""

from __future__ import annotations

import base64
import configparser
import hashlib
import html.parser
import http.client
import json
import os
import platform
import re
import ssl
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Iterable, Mapping, NamedTuple

# Joined from parts: no registry's host is spelled in the tree, so a search for one finds only mistakes.
PUBLIC_INDEX = "https://" + ".".join(("pypi", "org")) + "/simple"
TIMEOUT_SECONDS = 60
ATTEMPTS = 3
# The first HTTP status that another try can change.
SERVER_FAULT = 500
PAUSE_SECONDS = 1.0
# The simple API in its JSON form (PEP 691) if the index has it, else as HTML (PEP 503).
ACCEPT = "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1"
GLIBC_NAMES = {"manylinux1": (2, 5), "manylinux2010": (2, 12), "manylinux2014": (2, 17)}


class SetupError(Exception):
    """Setting up cannot go on; the message says why and what to do."""


class Pin(NamedTuple):
    """One package at one version, and the SHA-256 digests its files may have."""

    name: str
    version: str
    digests: frozenset[str]


class Link(NamedTuple):
    """A file that the index offers."""

    filename: str
    url: str


class Settings(NamedTuple):
    """What is configured: the index's address and a file of CA certificates, "" where nothing is."""

    address: str
    certificates: str


def read_pin(requirements: Path) -> Pin:
    """The single pin of a compiled requirements file."""
    text = requirements.read_text(encoding="utf-8")
    found = re.search(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", text, re.MULTILINE)
    digests = frozenset(re.findall(r"--hash=sha256:([0-9a-f]{64})", text))
    if found is None or not digests:
        raise SetupError(f"{requirements} pins nothing. Restore it, or run scripts/pins to write it anew.")
    return Pin(found[1], found[2], digests)


def read_settings(environ: Mapping[str, str], venv: Path) -> Settings:
    """The index and certificates configured for pip or uv; variables win over files."""
    pip = _read_pip_files(environ, venv)
    address = (
        # uv allows a name before the address: NAME=URL.
        re.sub(r"^[\w.-]+=", "", environ.get("UV_DEFAULT_INDEX", ""))
        or environ.get("UV_INDEX_URL")
        or environ.get("PIP_INDEX_URL")
        or pip.get("index-url", "")
    )
    certificates = (
        environ.get("PIP_CERT")
        or pip.get("cert", "")
        or environ.get("SSL_CERT_FILE")
        # pip and uv bring certificates of their own; what this machine trusts, they shall trust too.
        or ssl.get_default_verify_paths().cafile
    )
    return Settings(address, certificates or "")


def _pip_files(environ: Mapping[str, str], venv: Path) -> list[Path]:
    """pip's configuration files, those that win last."""
    if environ.get("PIP_CONFIG_FILE") == os.devnull:
        return []
    home = Path(environ.get("HOME", "~")).expanduser()
    system = [Path(place) for place in environ.get("XDG_CONFIG_DIRS", "/etc/xdg").split(os.pathsep) if place]
    files = [place / "pip" / "pip.conf" for place in system] + [Path("/etc/pip.conf")]
    user = Path(environ.get("XDG_CONFIG_HOME") or home / ".config")
    if sys.platform == "darwin":
        library = Path("Library", "Application Support", "pip", "pip.conf")
        files += [Path("/") / library, home / library]
    files += [home / ".pip" / "pip.conf", user / "pip" / "pip.conf", venv / "pip.conf"]
    if environ.get("PIP_CONFIG_FILE"):
        files.append(Path(environ["PIP_CONFIG_FILE"]))
    return files


def _read_pip_files(environ: Mapping[str, str], venv: Path) -> dict[str, str]:
    """The options of pip's sections [global] and [install], the second over the first."""
    sections: dict[str, dict[str, str]] = {"global": {}, "install": {}}
    for file in _pip_files(environ, venv):
        parser = configparser.RawConfigParser()
        try:
            parser.read(file, encoding="utf-8")
        except (configparser.Error, UnicodeDecodeError) as error:
            raise SetupError(f"{file} cannot be read as pip's configuration: {error}") from error
        for name, options in sections.items():
            if parser.has_section(name):
                options.update((key.replace("_", "-"), value) for key, value in parser.items(name))
    return {**sections["global"], **sections["install"]}


def without_credentials(url: str) -> str:
    """The address without a user name and password, fit for printing and for a request."""
    parts = urllib.parse.urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


class Index:
    """A package index spoken to through the simple API, over http, https or a folder (`file:`)."""

    def __init__(self, settings: Settings) -> None:
        self._address = (settings.address or PUBLIC_INDEX).rstrip("/") + "/"
        self._certificates = settings.certificates

    def __str__(self) -> str:
        return without_credentials(self._address)

    def links(self, project: str) -> list[Link]:
        """The files of a project. Raises SetupError when the index gives no answer or no list of files."""
        page = urllib.parse.urljoin(self._address, project + "/")
        if page.startswith("file:"):
            page += "index.html"
        body, kind, base = self._get(page)
        if kind.endswith("+json"):
            files = [(file["filename"], file["url"]) for file in json.loads(body)["files"]]
        else:
            files = list(_anchors(body.decode("utf-8", "replace")))
        return [Link(name, urllib.parse.urljoin(base, url)) for name, url in files]

    def wheel(self, pin: Pin) -> bytes:
        """The pinned package's wheel for this machine, its digest checked. Raises SetupError."""
        link = choose_wheel(self.links(pin.name), pin, machine_platform())
        content = self._get(link.url)[0]
        digest = hashlib.sha256(content).hexdigest()
        if digest not in pin.digests:
            raise SetupError(
                f"Hash mismatch: {link.filename} from {self} has the SHA-256 {digest}, which requirements/ "
                "does not list. It was not installed. Try again in case the download broke; if it stays so, "
                "the index serves another file than the one this project was tested with: use another index."
            )
        return content

    def _get(self, url: str) -> tuple[bytes, str, str]:
        """Body, media type and final address; network faults are tried again."""
        request, context = self._request(url), self._tls()
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS, context=context) as answer:
                    return answer.read(), answer.headers.get_content_type(), answer.geturl()
            except urllib.error.HTTPError as error:
                if error.code < SERVER_FAULT or attempt == ATTEMPTS:
                    raise unreachable(str(self), f"{error} for {without_credentials(url)}") from error
            except (OSError, http.client.HTTPException) as error:
                if attempt == ATTEMPTS:
                    raise unreachable(str(self), str(getattr(error, "reason", error))) from error
            time.sleep(PAUSE_SECONDS)
        raise AssertionError("the last attempt returns or raises")

    def _tls(self) -> ssl.SSLContext:
        try:
            return ssl.create_default_context(cafile=self._certificates or None)
        except OSError as error:
            raise SetupError(
                f"The certificates in {self._certificates!r} cannot be used ({error}). Correct PIP_CERT, "
                "SSL_CERT_FILE or `cert` in pip.conf."
            ) from error

    def _request(self, url: str) -> urllib.request.Request:
        """A request that carries the index's credentials to the index's own host and to no other."""
        try:
            request = urllib.request.Request(without_credentials(url), headers={"Accept": ACCEPT})
        except ValueError as error:
            raise SetupError(f"The package index {self} is not an address. Correct PIP_INDEX_URL.") from error
        own = urllib.parse.urlsplit(self._address)
        if own.username and urllib.parse.urlsplit(url).hostname == own.hostname:
            pair = f"{urllib.parse.unquote(own.username)}:{urllib.parse.unquote(own.password or '')}"
            token = base64.b64encode(pair.encode()).decode()
            request.add_unredirected_header("Authorization", f"Basic {token}")
        return request


def unreachable(index: str, reason: str) -> SetupError:
    """The error for an index that gives no answer, with what to try."""
    return SetupError(
        f"The package index {index} cannot be reached: {reason}\nCheck the network. Behind a proxy, set "
        "HTTPS_PROXY; with certificates of your own, SSL_CERT_FILE; for a mirror, PIP_INDEX_URL. "
        "Then run the same command again: it goes on from here."
    )


class _AnchorParser(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get("href")
        if tag == "a" and address:
            self.addresses.append(address)


def _anchors(page: str) -> Iterable[tuple[str, str]]:
    """File name and address of each anchor of a project's page (PEP 503)."""
    parser = _AnchorParser()
    parser.feed(page)
    for address in parser.addresses:
        path = urllib.parse.urlsplit(address).path
        yield urllib.parse.unquote(path.rpartition("/")[2]), urllib.parse.urldefrag(address).url


def machine_platform() -> str:
    """This machine as the tag of the newest wheels it runs, such as `manylinux_2_36_x86_64`."""
    machine = platform.machine().lower()
    if sys.platform == "darwin":
        major, minor = f"{platform.mac_ver()[0]}.0".split(".")[:2]
        return f"macosx_{major}_{minor}_{machine}"
    library, version = platform.libc_ver()
    if library == "glibc":
        major, minor = version.split(".")[:2]
        return f"manylinux_{major}_{minor}_{machine}"
    # Python before 3.13 cannot tell musl's version; every musl in use is 1.2 or newer.
    return f"musllinux_1_2_{machine}"


def _fits(tag: str, here: str) -> bool:
    """Whether wheels with this platform tag run here: same system and processor, no newer library."""
    for old, (major, minor) in GLIBC_NAMES.items():
        tag = re.sub(rf"^{old}_", f"manylinux_{major}_{minor}_", tag)
    shape = re.compile(r"([a-z]+)_(\d+)_(\d+)_(.+)")
    theirs, ours = shape.fullmatch(tag), shape.fullmatch(here)
    if theirs is None or ours is None or theirs[1] != ours[1] or theirs[4] not in (ours[4], "universal2"):
        return False
    return (int(theirs[2]), int(theirs[3])) <= (int(ours[2]), int(ours[3]))


def choose_wheel(links: Iterable[Link], pin: Pin, here: str) -> Link:
    """The wheel of the pinned version that runs on the platform `here`. Raises SetupError if none does."""
    start = f"{pin.name}-{pin.version}-"
    for link in links:
        if link.filename.startswith(start) and link.filename.endswith(".whl"):
            tags = link.filename[: -len(".whl")].rpartition("-")[2].split(".")
            if "any" in tags or any(_fits(tag, here) for tag in tags):
                return link
    raise SetupError(
        f"The index has no wheel of {pin.name} {pin.version} for {here}. If it is a mirror, it may lag "
        f"behind: set PIP_INDEX_URL to another. On a platform without such wheels, put a {pin.name} program "
        "of that version at .venv/bin yourself, then run the same command again."
    )
