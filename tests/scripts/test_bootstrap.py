"""`make setup` on a machine that has Python and nothing else: scripts/bootstrap.py and registry.py."""

import base64
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import bootstrap
import pytest
import registry
from hypothesis import given
from hypothesis import strategies as st
from packaging.tags import platform_tags

ROOT = Path(__file__).resolve().parents[2]
FILE = "uv-1.2.3-py3-none-any.whl"
# Stands in for uv, so that no package need be fetched: says its version, notes what it is asked to
# install, and puts the project's command in place when asked for the project itself.
PROGRAM = """#!/bin/sh
[ "$1" = --version ] && { echo "uv 1.2.3 (test)"; exit; }
here=$(dirname "$0")
echo "$UV_DEFAULT_INDEX $*" >> "$here/../log"
[ -e "$here/../../fail" ] && { cat "$here/../../fail" >&2; exit 1; }
case "$*" in *--editable=.*) touch "$here/nanashi" ;; esac
"""


def wheel_of(program: str = PROGRAM) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("uv-1.2.3.data/scripts/uvx", "#!/bin/sh\nexit 1\n")
        archive.writestr("uv-1.2.3.data/scripts/uv", program)
    return file.getvalue()


class IndexServer:
    """A package index on loopback with one project, uv, spoken to through the simple API."""

    def __init__(self, speaks_json: bool) -> None:
        self.files = {FILE: wheel_of()}
        self.login = ""
        self.asked: list[tuple[str, str]] = []
        self.speaks_json = speaks_json
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def address(self) -> str:
        login = self.login + "@" if self.login else ""
        return f"http://{login}127.0.0.1:{self._server.server_port}/simple"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def page(self) -> tuple[str, bytes]:
        if self.speaks_json:
            files = [{"filename": name, "url": f"../../files/{name}", "hashes": {}} for name in self.files]
            return "application/vnd.pypi.simple.v1+json", json.dumps({"files": files}).encode()
        anchors = [f'<a href="../../files/{name}#sha256=0">{name}</a><br>' for name in self.files]
        return "text/html; charset=utf-8", f"<!doctype html><body>{''.join(anchors)}</body>".encode()

    def _handler(index) -> type[BaseHTTPRequestHandler]:  # noqa: N805 - `self` is the handler's
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                index.asked.append((self.path, self.headers.get("Authorization", "")))
                kind, body = "application/octet-stream", index.files.get(self.path.rpartition("/")[2], b"")
                if self.path == "/simple/uv/":
                    kind, body = index.page()
                self.send_response(200 if body else 404)
                self.send_header("Content-Type", kind)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler


@pytest.fixture(params=[True, False], ids=["json", "html"])
def index(request: pytest.FixtureRequest) -> Iterator[IndexServer]:
    server = IndexServer(request.param)
    yield server
    server.close()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what setting up reads, with the stand-in for uv pinned."""
    root = tmp_path / "project"
    (root / "scripts").mkdir(parents=True)
    (root / "requirements").mkdir()
    for name in ("bootstrap.py", "registry.py"):
        shutil.copy(ROOT / "scripts" / name, root / "scripts")
    for name in ("build", "runtime", "development"):
        (root / "requirements" / f"{name}.txt").write_text("")
    (root / "pyproject.toml").write_text("")
    digest = hashlib.sha256(wheel_of()).hexdigest()
    (root / "requirements" / "uv.txt").write_text(f"uv==1.2.3 \\\n    --hash=sha256:{digest}\n")
    return root


def environ_for(project: Path, **settings: str) -> dict[str, str]:
    """An environment in which only these settings count and Python has no ensurepip."""
    hide = project.parent / "hide"
    hide.mkdir(exist_ok=True)
    (hide / "sitecustomize.py").write_text(
        "import importlib.util\n"
        "found = importlib.util.find_spec\n"
        "importlib.util.find_spec = lambda name, *rest: name != 'ensurepip' and found(name, *rest) or None\n"
    )
    plain = {"PATH": os.environ["PATH"], "HOME": str(project.parent), "PIP_CONFIG_FILE": os.devnull}
    return {**plain, "PYTHONPATH": str(hide), **settings}


def set_up(project: Path, environ: Mapping[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(project / "scripts" / "bootstrap.py"), *arguments]
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=False)


def installed(project: Path) -> str:
    """What the stand-in for uv was asked to install, one command a line."""
    log = project / ".venv" / "log"
    return log.read_text() if log.exists() else ""


def test_a_python_without_pip_gets_uv_from_the_configured_index(project: Path, index: IndexServer) -> None:
    done = set_up(project, environ_for(project, PIP_INDEX_URL=index.address))
    assert done.returncode == 0, done.stderr
    assert os.access(project / ".venv/bin/uv", os.X_OK)
    commands = installed(project).splitlines()
    assert [line.rpartition("=")[2] for line in commands] == [
        "requirements/build.txt",
        "requirements/runtime.txt",
        ".",
    ]
    assert all(line.startswith(index.address) for line in commands), "uv is told pip's index"
    assert all("--require-hashes" in line for line in commands[:2])
    assert "--no-deps" in commands[2]


def test_a_second_run_does_nothing(project: Path, index: IndexServer) -> None:
    environ = environ_for(project, PIP_INDEX_URL=index.address)
    set_up(project, environ)
    before = installed(project)
    again = set_up(project, environ)
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert installed(project) == before


def test_running_and_developing_are_two_stages_side_by_side(project: Path, index: IndexServer) -> None:
    environ = environ_for(project, PIP_INDEX_URL=index.address)
    set_up(project, environ)
    assert "development.txt" not in installed(project)
    set_up(project, environ, "--development")
    before = installed(project)
    assert "development.txt" in before
    set_up(project, environ)
    set_up(project, environ, "--development")
    assert installed(project) == before


def test_setting_up_for_development_is_enough_to_run(project: Path, index: IndexServer) -> None:
    environ = environ_for(project, PIP_INDEX_URL=index.address)
    set_up(project, environ, "--development")
    before = installed(project)
    assert set_up(project, environ).stderr == ""
    assert installed(project) == before


@pytest.mark.parametrize("name", ["pyproject.toml", "requirements/runtime.txt", "requirements/build.txt"])
def test_a_changed_requirement_is_installed(project: Path, index: IndexServer, name: str) -> None:
    environ = environ_for(project, PIP_INDEX_URL=index.address)
    set_up(project, environ)
    before = installed(project)
    with (project / name).open("a") as file:
        file.write("# changed\n")
    assert set_up(project, environ).returncode == 0
    assert len(installed(project)) > len(before)


def test_a_run_that_failed_is_mended_by_the_next(project: Path, index: IndexServer) -> None:
    environ = environ_for(project, PIP_INDEX_URL=index.address)
    (project / "fail").write_text("disk full\n")
    failed = set_up(project, environ)
    assert failed.returncode == 1
    assert "disk full" in failed.stderr
    assert "Traceback" not in failed.stderr
    (project / "fail").unlink()
    assert set_up(project, environ).returncode == 0
    assert "--reinstall " in installed(project), "what the failed run left half done is not trusted"


@pytest.mark.parametrize("harm", ["python", "activate", "uv", "nanashi"])
def test_a_damaged_environment_is_mended(project: Path, index: IndexServer, harm: str) -> None:
    environ = environ_for(project, PIP_INDEX_URL=index.address)
    set_up(project, environ)
    (project / ".venv/bin" / harm).unlink()
    (project / "pyproject.toml").write_text("# changed\n")
    done = set_up(project, environ)
    assert done.returncode == 0, done.stderr
    assert (project / ".venv/bin" / harm).exists()


def test_a_project_that_was_moved_gets_a_new_environment(project: Path, index: IndexServer) -> None:
    environ = environ_for(project, PIP_INDEX_URL=index.address)
    set_up(project, environ)
    moved = project.rename(project.with_name("elsewhere"))
    assert set_up(moved, environ).returncode == 0
    assert f"{moved}/.venv" in (moved / ".venv/bin/activate").read_text()


def test_a_wheel_with_another_hash_is_refused(project: Path, index: IndexServer) -> None:
    index.files[FILE] = wheel_of("#!/bin/sh\necho something else\n")
    done = set_up(project, environ_for(project, PIP_INDEX_URL=index.address))
    assert done.returncode == 1
    assert "Hash mismatch" in done.stderr
    assert "use another index" in done.stderr
    assert not (project / ".venv/bin/uv").exists()


def test_uvs_own_hash_mismatch_is_explained(project: Path, index: IndexServer) -> None:
    (project / "fail").write_text("error: Failed to read `x==1`\n  Caused by: Hash mismatch for `x==1`\n")
    done = set_up(project, environ_for(project, PIP_INDEX_URL=index.address))
    assert "setup: Hash mismatch: http://127.0.0.1" in done.stderr


def test_an_index_that_does_not_answer_is_named_with_what_to_try(project: Path, index: IndexServer) -> None:
    index.close()
    address = index.address.replace("//", "//reader:secret@")
    done = set_up(project, environ_for(project, PIP_INDEX_URL=address))
    assert done.returncode == 1
    assert index.address in done.stderr
    assert "secret" not in done.stderr
    for remedy in ("HTTPS_PROXY", "SSL_CERT_FILE", "PIP_INDEX_URL"):
        assert remedy in done.stderr


def test_an_index_without_the_pinned_version_is_explained(project: Path, index: IndexServer) -> None:
    index.files = {"uv-1.2.2-py3-none-any.whl": b"old", "uv-1.2.3.tar.gz": b"source"}
    done = set_up(project, environ_for(project, PIP_INDEX_URL=index.address))
    assert done.returncode == 1
    assert "no wheel of uv 1.2.3 for" in done.stderr


def test_credentials_go_to_the_index_and_nowhere_else(project: Path, index: IndexServer) -> None:
    index.login = "reader:p%40ss"
    other = IndexServer(speaks_json=True)
    page = index.page()
    absolute = page[1].replace(
        b"../../files/", other.address.replace("127.0.0.1", "localhost").encode() + b"/"
    )
    index.page = lambda: (page[0], absolute)  # type: ignore[method-assign]
    done = set_up(project, environ_for(project, PIP_INDEX_URL=index.address))
    other.close()
    assert done.returncode == 0, done.stderr
    token = base64.b64encode(b"reader:p@ss").decode()
    assert index.asked[0] == ("/simple/uv/", f"Basic {token}")
    assert other.asked == [(f"/simple/{FILE}", "")]


def test_a_folder_can_be_the_index(project: Path) -> None:
    folder = project.parent / "index" / "uv"
    folder.mkdir(parents=True)
    (folder / FILE).write_bytes(wheel_of())
    (folder / "index.html").write_text(f'<a href="{FILE}">{FILE}</a>')
    done = set_up(project, environ_for(project, PIP_INDEX_URL=folder.parent.as_uri()))
    assert done.returncode == 0, done.stderr


def test_an_old_python_is_told_so() -> None:
    with pytest.raises(bootstrap.SetupError, match=r"Python 3\.9.*needs 3\.11 or newer.*PYTHON="):
        bootstrap.check_python((3, 9))
    bootstrap.check_python((3, 11))


def test_misuse_prints_the_usage(project: Path) -> None:
    done = set_up(project, environ_for(project), "--nonsense")
    assert done.returncode == 2
    assert "bootstrap.py [--development]" in done.stderr


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, "http://user"),
        ({"PIP_INDEX_URL": "http://variable"}, "http://variable"),
        ({"PIP_INDEX_URL": "http://variable", "UV_INDEX_URL": "http://uv"}, "http://uv"),
        ({"UV_DEFAULT_INDEX": "mirror=http://named?a=b", "UV_INDEX_URL": "http://uv"}, "http://named?a=b"),
        ({"PIP_CONFIG_FILE": "own.conf"}, "http://own"),
        ({"PIP_CONFIG_FILE": os.devnull}, ""),
    ],
)
def test_the_index_is_read_where_pip_and_uv_read_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], expected: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "etc/pip").mkdir(parents=True)
    (tmp_path / "etc/pip/pip.conf").write_text("[global]\nindex-url = http://system\ncert = /system.pem\n")
    (tmp_path / ".config/pip").mkdir(parents=True)
    (tmp_path / ".config/pip/pip.conf").write_text("[global]\nindex_url = http://user\n")
    (tmp_path / "own.conf").write_text(
        "[global]\nindex-url = http://not\n[install]\nindex-url = http://own\n"
    )
    places = {"HOME": str(tmp_path), "XDG_CONFIG_DIRS": str(tmp_path / "etc")}
    settings = registry.read_settings({**places, **environ}, tmp_path / ".venv")
    assert settings.address == expected


def test_a_broken_pip_configuration_is_named(project: Path) -> None:
    file = project.parent / "pip.conf"
    file.write_text("index-url = http://without.a.section\n")
    done = set_up(project, environ_for(project, PIP_CONFIG_FILE=str(file)))
    assert done.returncode == 1
    assert str(file) in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("here", "suffix"),
    [
        ("manylinux_2_36_x86_64", "manylinux_2_17_x86_64.manylinux2014_x86_64"),
        ("manylinux_2_36_aarch64", "manylinux_2_28_aarch64"),
        ("manylinux_2_17_aarch64", "manylinux2014_aarch64"),
        ("musllinux_1_2_x86_64", "musllinux_1_1_x86_64"),
        ("macosx_14_5_arm64", "macosx_11_0_arm64"),
        ("macosx_10_15_x86_64", "macosx_10_12_universal2"),
    ],
)
def test_the_wheel_that_runs_here_is_chosen(here: str, suffix: str) -> None:
    suffixes = [
        "win_amd64",
        "manylinux_2_17_x86_64.manylinux2014_x86_64",
        "manylinux_2_28_aarch64",
        "manylinux2014_aarch64",
        "musllinux_1_1_x86_64",
        "macosx_11_0_arm64",
        "macosx_10_12_universal2",
    ]
    links = [registry.Link(f"uv-1.0-py3-none-{name}.whl", "") for name in suffixes]
    pin = registry.Pin("uv", "1.0", frozenset())
    assert registry.choose_wheel(links, pin, here).filename == f"uv-1.0-py3-none-{suffix}.whl"


@given(ours=st.integers(0, 60), theirs=st.integers(0, 60))
def test_a_wheel_for_a_newer_system_library_is_not_chosen(ours: int, theirs: int) -> None:
    links = [registry.Link(f"uv-1.0-py3-none-manylinux_2_{theirs}_x86_64.whl", "")]
    pin = registry.Pin("uv", "1.0", frozenset())
    if theirs <= ours:
        assert registry.choose_wheel(links, pin, f"manylinux_2_{ours}_x86_64") == links[0]
    else:
        with pytest.raises(registry.SetupError, match="no wheel"):
            registry.choose_wheel(links, pin, f"manylinux_2_{ours}_x86_64")


def test_this_machines_platform_is_one_that_installers_accept() -> None:
    assert registry.machine_platform() in set(platform_tags())


@given(st.text(alphabet="abc:%@/", max_size=8), st.text(alphabet="abc%:", max_size=8))
def test_no_credential_is_ever_printed(user: str, password: str) -> None:
    user = user.replace("/", "")
    address = f"https://{user}:{password}@index.example/simple"
    assert registry.without_credentials(address) == "https://index.example/simple"
