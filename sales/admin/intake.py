"""Imports and what became of each row; stored files. Written by the import alone."""

from django.contrib import admin
from django.utils.safestring import SafeString

from sales.admin import cells
from sales.admin.base import KeptAdmin
from sales.intake.models import Import, ImportRow, StoredFile

IMPORT_FIRST = "Nothing was imported yet. Type: python manage.py import_pipeline FILE --mapping FILE.toml --dry-run"


@admin.register(Import)
class ImportAdmin(KeptAdmin):
    list_display = ["named", "rows", "created", "updated", "unchanged", "rejected", "wins_booked", "state"]
    search_fields = ["file_name", "source"]
    empty_says = IMPORT_FIRST

    @admin.display(description="File", ordering="file_name")
    def named(self, row: Import) -> SafeString:
        return cells.two_lines(row.file_name, f"{cells.moment(row.started_at)}, {cells.who(row)}")

    @admin.display(description="State")
    def state(self, row: Import) -> SafeString:
        if row.undone_at:
            return cells.mark(f"Undone {cells.day(row.undone_at)}", "lead-dash", "neutral")
        done = row.finished_at is not None
        return cells.mark(
            "Finished" if done else "Not finished", "done" if done else "wait", "good" if done else "hold"
        )


@admin.register(ImportRow)
class ImportRowAdmin(KeptAdmin):
    list_display = ["place", "outcome", "lead_reference", "win_key", "reason"]
    list_filter = ["outcome"]
    list_select_related = ["batch"]
    search_fields = ["lead_reference", "win_key", "reason"]
    empty_says = IMPORT_FIRST

    @admin.display(description="Line", ordering="line")
    def place(self, row: ImportRow) -> SafeString:
        return cells.two_lines(f"Line {row.line}", row.batch.file_name)


@admin.register(StoredFile)
class StoredFileAdmin(KeptAdmin):
    list_display = ["name", "media_type", "size_bytes", "stored", "by"]
    search_fields = ["name", "sha256"]
    empty_says = "No file is stored yet. Evidence of a win is kept here."

    @admin.display(description="Stored", ordering="stored_at")
    def stored(self, row: StoredFile) -> str:
        return cells.moment(row.stored_at)

    @admin.display(description="By")
    def by(self, row: StoredFile) -> str:
        return cells.who(row)
