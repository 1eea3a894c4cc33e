"""The reconciliation pack: what a controller files for one company and period."""

from reporting.pack.write import write_pack

__all__ = ["write_pack"]
