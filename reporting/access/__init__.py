"""Who may see what, enforced where the published tables are read."""

from reporting.access.roles import Role, Viewer
from reporting.access.subjects import Subject, subject_of

__all__ = ["Role", "Subject", "Viewer", "subject_of"]
