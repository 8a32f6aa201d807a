"""No image of a server's memory ends up on a disk."""

import subprocess
import sys

CODE = """
import resource
from nanashi.accounts.core_dumps import forbid_core_dumps
forbid_core_dumps()
print(*resource.getrlimit(resource.RLIMIT_CORE))
"""


def test_no_core_file_is_written() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    assert done.stdout == "0 0\n"
