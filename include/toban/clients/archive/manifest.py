"""The manifest: the archive's first file, which says what the others must be."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, NonNegativeInt

MANIFEST = "manifest.json"
MANIFEST_BYTES = 1_000_000  # it has a line or two per table
FORMAT: Literal[1] = 1


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Contents(_Part):
    """One file: its name (never a path), its size in bytes, its checksum, and the rows it holds by table."""

    name: Annotated[str, Field(pattern=r"^[a-z_]{1,60}\.(jsonl|duckdb)$")]
    size: NonNegativeInt
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    rows: dict[str, NonNegativeInt]


class Manifest(_Part):
    """``ledger`` and ``warehouse`` are the numbers of the newest migration that each had."""

    format: Literal[1] = FORMAT
    toban: str
    made_at: AwareDatetime = Field(strict=False)
    ledger: NonNegativeInt
    warehouse: NonNegativeInt
    files: tuple[Contents, ...] = Field(strict=False)
