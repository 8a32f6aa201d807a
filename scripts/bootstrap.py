"""Set up the project's own environment in .venv: `bootstrap.py [--development]`.

Needs Python 3.11 or newer and nothing else; leaves nothing outside the project but uv's cache of
downloads. What is installed, version and hash, stands in requirements/. A stamp in .venv holds a digest
of everything that decides what is installed, so a second run has nothing to do. A run that was stopped
leaves a mark, and the next one installs all of it again.
"""

from __future__ import annotations

import hashlib
import importlib.util
import io
import os
import re
import subprocess
import sys
import venv
import zipfile
from pathlib import Path
from typing import Mapping, Sequence

from registry import Index, Pin, SetupError, read_pin, read_settings, unreachable

OLDEST_PYTHON = (3, 11)
UNFINISHED = ".nanashi-unfinished"
COMMANDS = ("python", "nanashi")
GROUND = ("pyproject.toml", "requirements/uv.txt", "requirements/build.txt")
REQUIREMENTS = {
    "runtime": ("requirements/runtime.txt",),
    "development": ("requirements/runtime.txt", "requirements/development.txt"),
}
# What uv and pip print when a file is not the pinned one, and when an index gives no answer.
MISMATCH_WORDS = ("Hash mismatch", "DO NOT MATCH THE HASHES")
NETWORK_WORDS = ("Failed to fetch", "error sending request", "No matching distribution")
# How uv's lines begin that name a package put in, taken out or changed.
PACKAGE_LINES = (" + ", " - ", " ~ ")


def check_python(version: tuple[int, int]) -> None:
    """Raise SetupError if this Python is too old to run the project."""
    if version < OLDEST_PYTHON:
        oldest = ".".join(map(str, OLDEST_PYTHON))
        raise SetupError(
            f"This is Python {version[0]}.{version[1]}; Nanashi needs {oldest} or newer. "
            f"Install a newer one and name it: make PYTHON=python{oldest} setup"
        )


class Environment:
    """The environment of one copy of the project: what is in it, and the steps that put it there."""

    def __init__(self, root: Path, environ: Mapping[str, str]) -> None:
        self._root = root
        self._venv = root / ".venv"
        self._bin = self._venv / "bin"
        self._environ = dict(environ)
        self._unfinished = self._venv / UNFINISHED

    def is_ready(self, stage: str) -> bool:
        """Whether all of a stage (a key of REQUIREMENTS) is installed as the files in the tree say."""
        if self._unfinished.exists() or not all((self._bin / name).exists() for name in COMMANDS):
            return False
        try:
            return self._stamp(stage).read_text(encoding="ascii") == self._digest(stage)
        except OSError:
            return False

    def set_up(self, stage: str) -> None:
        """Install a stage. Raises SetupError; stopped at any point, the next call mends what is there."""
        done = [name for name, files in REQUIREMENTS.items() if set(files) <= set(REQUIREMENTS[stage])]
        stamps = {self._stamp(name): self._digest(name) for name in done}
        again = self._unfinished.exists()
        self._create()
        self._unfinished.touch()
        self._install_uv(read_pin(self._root / "requirements" / "uv.txt"))
        self._install_packages(stage, again)
        for stamp, digest in stamps.items():
            stamp.write_text(digest, encoding="ascii")
        self._unfinished.unlink()

    def _stamp(self, stage: str) -> Path:
        return self._venv / f".nanashi-{stage}"

    def _digest(self, stage: str) -> str:
        """A digest of the stage's files and of the place, which the installed commands have in them."""
        total = hashlib.sha256(str(self._root).encode())
        for name in (*GROUND, *REQUIREMENTS[stage]):
            total.update(hashlib.sha256((self._root / name).read_bytes()).digest())
        return total.hexdigest()

    def _create(self) -> None:
        """Make .venv, or make it anew if it does not work here."""
        if not self._works_here():
            self._say(f"making {self._venv} with Python {sys.version.split()[0]}")
            venv.create(self._venv, clear=True, symlinks=True, with_pip=False)

    def _works_here(self) -> bool:
        """Whether .venv has a Python new enough and was made for this place, which its commands name."""
        check = f"import sys; sys.exit(sys.version_info[:2] < {OLDEST_PYTHON})"
        made_for_here = re.compile(r"""\bVIRTUAL_ENV=["']?""" + re.escape(str(self._venv)))
        try:
            subprocess.run([self._bin / "python", "-c", check], check=True)
            return made_for_here.search((self._bin / "activate").read_text(encoding="utf-8")) is not None
        except (OSError, subprocess.CalledProcessError):
            return False

    def _install_uv(self, pin: Pin) -> None:
        """Put the pinned uv at .venv/bin/uv: through pip where Python has it, else by our own hands."""
        if self._uv_version() == f"uv {pin.version}":
            return
        self._say(f"installing uv {pin.version}")
        if importlib.util.find_spec("ensurepip") is None:
            settings = read_settings(self._environ, self._venv)
            self._unpack_program(Index(settings).wheel(pin), "uv")
            return
        python = str(self._bin / "python")
        self._run([python, "-m", "ensurepip", "--default-pip"], quiet=True)
        options = [
            "--quiet",
            "--disable-pip-version-check",
            "--no-cache-dir",
            "--no-deps",
            "--force-reinstall",
        ]
        pinned = ["--require-hashes", "--requirement=requirements/uv.txt"]
        self._run([python, "-m", "pip", "install", *options, *pinned])

    def _uv_version(self) -> str:
        try:
            command = [str(self._bin / "uv"), "--version"]
            answer = subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True)
        except OSError:
            return ""
        return " ".join(answer.stdout.split()[:2])

    def _unpack_program(self, wheel: bytes, name: str) -> None:
        """Take one program out of a wheel's scripts; it appears whole or not at all."""
        with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
            member = next(m for m in archive.namelist() if m.endswith(f".data/scripts/{name}"))
            part = self._bin / f".{name}.part"
            part.write_bytes(archive.read(member))
        part.chmod(0o755)
        part.replace(self._bin / name)

    def _install_packages(self, stage: str, again: bool) -> None:
        """Install the pinned packages, then the project itself in place."""
        uv = [str(self._bin / "uv"), "pip", "install", "--python", str(self._bin / "python")]
        pinned = [*uv, "--require-hashes", "--no-build-isolation", *(["--reinstall"] if again else [])]
        self._say("installing the packages of requirements/")
        # The build backend goes first: unidic-lite comes as source and is built with it.
        self._run([*pinned, "--requirements=requirements/build.txt"])
        self._run([*pinned, *(f"--requirements={name}" for name in REQUIREMENTS[stage])])
        ours = ["--no-build-isolation", "--no-deps", "--reinstall-package=nanashi", "--editable=."]
        self._run([*uv, "--quiet", *ours])

    def _run(self, command: Sequence[str], quiet: bool = False) -> None:
        """Run an installer, passing on what it says. Raises SetupError with the remedy if it fails."""
        process = subprocess.Popen(
            command,
            cwd=self._root,
            env=self._installer_environ(),
            text=True,
            encoding="utf-8",
            errors="replace",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL if quiet else None,
            stderr=subprocess.PIPE,
        )
        said = []
        with process:
            for line in process.stderr or ():
                said.append(line)
                if not line.startswith(PACKAGE_LINES):
                    print(line, end="", file=sys.stderr, flush=True)
        if process.returncode:
            raise self._explain(command, "".join(said))

    def _installer_environ(self) -> dict[str, str]:
        """The environment for pip and uv, each told what was configured for the other."""
        settings = read_settings(self._environ, self._venv)
        environ = {name: value for name, value in self._environ.items() if name != "PYTHONPATH"}
        if settings.address:
            environ.update(PIP_INDEX_URL=settings.address, UV_DEFAULT_INDEX=settings.address)
        if settings.certificates:
            environ.update(PIP_CERT=settings.certificates, SSL_CERT_FILE=settings.certificates)
        return environ

    def _explain(self, command: Sequence[str], said: str) -> SetupError:
        index = str(Index(read_settings(self._environ, self._venv)))
        if any(words in said for words in MISMATCH_WORDS):
            return SetupError(
                f"Hash mismatch: {index} served a file other than the one that requirements/ pins. It was "
                "not installed. Try again in case the download broke; if it stays so, use another index "
                "(PIP_INDEX_URL)."
            )
        if any(words in said for words in NETWORK_WORDS):
            return unreachable(index, "see the lines above")
        return SetupError(
            f"{' '.join(command)} failed; the lines above say why. Mend it and run the same again."
        )

    def _say(self, text: str) -> None:
        print(f"setup: {text}", file=sys.stderr, flush=True)


def main(arguments: Sequence[str]) -> int:
    """Set up what is not set up yet; 0, 1 for an error that was explained, 130 when stopped, 2 for misuse."""
    if list(arguments) not in ([], ["--development"]):
        print(__doc__, file=sys.stderr)
        return 2
    stage = "development" if arguments else "runtime"
    try:
        check_python(sys.version_info[:2])
        environment = Environment(Path(__file__).resolve().parent.parent, os.environ)
        if not environment.is_ready(stage):
            environment.set_up(stage)
    except (SetupError, OSError) as error:
        print(f"setup: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("setup: stopped; the next run goes on from here", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
