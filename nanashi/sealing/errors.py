"""What can stop a seal, a backup or a restoring."""


class SealError(OSError):
    """It could not be done; nothing is lost or half done. To the worker a fault of the disk."""
