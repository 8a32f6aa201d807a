"""No image of this process's memory on a disk: it holds master secrets while it answers."""

import resource


def forbid_core_dumps() -> None:
    """Have the system write no core file for this process and those that it starts."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
