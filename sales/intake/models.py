"""Tables of intake: stored files and imports. What came in, by whom, and what became of each row."""

from django.db import models
from django.db.models import Q

from sales.access.models import Signed


class StoredFile(Signed):
    """Raw bytes, kept in the database so that one backup covers all; purging leaves the hash."""

    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100, blank=True)
    size_bytes = models.PositiveBigIntegerField()
    content = models.BinaryField(null=True, blank=True)
    stored_at = models.DateTimeField()
    purged_at = models.DateTimeField(null=True, blank=True)

    class Meta(Signed.Meta):
        constraints = [
            *Signed.Meta.constraints,
            models.CheckConstraint(
                name="stored_file_purged_or_there",
                condition=Q(content__isnull=False, purged_at__isnull=True)
                | Q(content__isnull=True, purged_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Import(Signed):
    """One run of a file through a mapping. Undoing it reverses its wins and withdraws its leads."""

    file_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64)
    mapping_sha256 = models.CharField(max_length=64)
    source = models.CharField(max_length=32)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    rows = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    wins_booked = models.PositiveIntegerField(default=0)

    class Meta(Signed.Meta):
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.file_name}, {self.started_at:%Y-%m-%d %H:%M}"


class ImportRow(models.Model):
    """What became of one row. Leads and wins are cited by key: they live above this room."""

    class Outcome(models.TextChoices):
        CREATED = "created", "Created"
        UPDATED = "updated", "Updated"
        UNCHANGED = "unchanged", "Unchanged"
        REJECTED = "rejected", "Rejected"

    batch = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="lines")
    line = models.PositiveIntegerField()
    outcome = models.CharField(max_length=9, choices=Outcome)
    lead_reference = models.CharField(max_length=160, blank=True)
    win_key = models.CharField(max_length=170, blank=True)
    content_sha256 = models.CharField(max_length=64, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["batch", "line"]
        indexes = [models.Index(fields=["lead_reference"])]
        constraints = [models.UniqueConstraint(fields=["batch", "line"], name="import_row_once")]

    def __str__(self) -> str:
        return f"line {self.line}: {self.outcome}"
