"""The house rules that a program can check: which room imports which, what files may not say or must."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "nanashi"
PURE_ROOMS = ("text", "estimates", "identity")
LONGEST_MODULE = 400
# What is not the project's: made by tools, or the operator's own.
FOREIGN = {".git", ".venv", "data", "build", "dist", "node_modules"}
# Joined from parts, or this file would be the first find.
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("crates", "io"),
        ("deb", "debian", "org"),
        ("security", "debian", "org"),
    )
]
PERSONAL_FOLDERS = ("work/", "root/", r"home/\w", r"Users/\w")
MACHINE_PATH = re.compile(rf"(?<![\w.-])/(?:{'|'.join(PERSONAL_FOLDERS)})")
SETTING = re.compile(r"NANASHI_[A-Z0-9_]+|DATABASE_URL")


def project_files(folder: Path = ROOT) -> Iterator[Path]:
    """The project's own files, without what tools make or operators keep there."""
    for path in sorted(folder.iterdir()):
        if path.name in FOREIGN and folder == ROOT:
            continue
        if path.is_dir():
            if not path.name.endswith((".egg-info", "_cache", "__pycache__")) and path.name != ".hypothesis":
                yield from project_files(path)
        else:
            yield path


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    """`file:line: text` for each line of a text file of the project in which the pattern is found."""
    found = []
    for path in project_files():
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        name = path.relative_to(ROOT)
        found += [
            f"{name}:{n}: {line.strip()[:120]}" for n, line in enumerate(lines, 1) if pattern.search(line)
        ]
    return found


def configuration() -> dict[str, dict]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_imports_run_one_way() -> None:
    command = [Path(sys.executable).with_name("lint-imports"), "--no-logo", "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_each_pure_room_is_kept_from_django() -> None:
    contracts = configuration()["tool"]["importlinter"]["contracts"]
    kept = {module for contract in contracts for module in contract.get("source_modules", [])}
    there = {f"nanashi.{room}" for room in PURE_ROOMS if (PACKAGE / room / "__init__.py").exists()}
    assert there <= kept, "add the new room to the contract in pyproject.toml"


def test_no_registry_is_named() -> None:
    assert lines_with(re.compile("|".join(map(re.escape, REGISTRIES)))) == []


def test_no_path_of_a_machine_is_named() -> None:
    assert lines_with(MACHINE_PATH) == []


@pytest.mark.parametrize(
    "path", ["cd |work|x", "'|root|.cache'", "open('|home|ann|a')", "PATH=|Users|ann:|bin"]
)
def test_a_path_of_a_machine_would_be_found(path: str) -> None:
    assert MACHINE_PATH.search(path.replace("|", "/"))


@pytest.mark.parametrize(
    "path", ["homework|x", "https:||a.example|work|", "..|root|x", "|workbench", "|home"]
)
def test_other_words_are_no_path_of_a_machine(path: str) -> None:
    assert not MACHINE_PATH.search(path.replace("|", "/"))


def test_no_module_is_too_long() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in PACKAGE.rglob("*.py")}
    assert lengths
    assert {str(path.relative_to(ROOT)): n for path, n in lengths.items() if n > LONGEST_MODULE} == {}


@pytest.mark.parametrize("document", ["docs/settings.md", "docs/ja/settings.md"])
def test_every_setting_is_documented(document: str) -> None:
    """Each environment setting that the product reads, wherever it reads it, stands on the page of settings."""
    read = set()
    for path in PACKAGE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        constants = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
        read |= {value for value in constants if isinstance(value, str) and SETTING.fullmatch(value)}
    assert "NANASHI_DATA" in read
    documented = set(SETTING.findall((ROOT / document).read_text(encoding="utf-8")))
    assert read - documented == set()


@pytest.mark.parametrize("document", ["README.md", "README.ja.md"])
def test_the_readme_begins_with_both_commands(document: str) -> None:
    readme = (ROOT / document).read_text(encoding="utf-8")
    assert "make run" in readme
    assert "make test" in readme


@pytest.mark.parametrize(
    ("group", "file"), [("dependencies", "runtime.txt"), ("development", "development.txt")]
)
def test_every_dependency_is_pinned_with_hashes(group: str, file: str) -> None:
    project = configuration()
    wanted = project["project"].get(group) or project["dependency-groups"][group]
    text = (ROOT / "requirements" / file).read_text(encoding="utf-8")
    pins = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))
    for requirement in map(Requirement, wanted):
        assert requirement.specifier.contains(pins[requirement.name]), f"run scripts/pins for {requirement}"
    for entry in re.split(r"^(?=\S)", text, flags=re.MULTILINE):
        assert "==" not in entry or "--hash=sha256:" in entry


def test_the_wheel_carries_every_file_of_the_package(tmp_path: Path) -> None:
    """What is installed elsewhere has the templates, styles, catalogs and sample that the tree has."""
    source = tmp_path / "source"
    shutil.copytree(PACKAGE, source / "nanashi", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    build = f"from setuptools import build_meta; build_meta.build_wheel({str(tmp_path)!r})"
    subprocess.run([sys.executable, "-c", build], cwd=source, capture_output=True, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        carried = set(archive.namelist())
    tree = {str(path.relative_to(ROOT)) for path in project_files(PACKAGE)}
    assert tree - carried == set()
