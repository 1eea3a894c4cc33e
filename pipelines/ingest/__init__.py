"""Ingestion: delivered files through mapping and contract into the raw lake. See README.md."""

from pipelines.ingest.agreements import AgreementError, agreement_files, agreement_frames
from pipelines.ingest.mapping_file import Mapping, MappingError, load_mapping
from pipelines.ingest.report import Counts, Delivery, FileProblem, IngestReport, Status
from pipelines.ingest.run import ingest_workspace
from pipelines.ingest.tables import (
    active_files,
    declaration_frame,
    delivery_frame,
    odd_columns_frame,
    rejected_frame,
    watermark_frame,
)

__all__ = [
    "AgreementError",
    "Counts",
    "Delivery",
    "FileProblem",
    "IngestReport",
    "Mapping",
    "MappingError",
    "Status",
    "active_files",
    "agreement_files",
    "agreement_frames",
    "declaration_frame",
    "delivery_frame",
    "ingest_workspace",
    "load_mapping",
    "odd_columns_frame",
    "rejected_frame",
    "watermark_frame",
]
