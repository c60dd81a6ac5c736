"""Running an import: batch by batch, intake enters the leads and closing books the wins, in one transaction each.

It stands above the blocks because blocks never call each other. A crash leaves whole batches, and running the same
file again goes on from there (DESIGN section 7).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.db import transaction

from carolverse.db.locks import write_lock
from sales.access.actor import Actor
from sales.blocks.closing.forms import RegistryStale, WinForm
from sales.blocks.closing.work import book_wins
from sales.blocks.intake.known import known_registry
from sales.blocks.intake.mapping import Mapping
from sales.blocks.intake.plans import Rejected, RowPlan
from sales.blocks.intake.rejects import Rejects
from sales.blocks.intake.rows import look_through, rows_of
from sales.blocks.intake.rules import plan_row
from sales.blocks.intake.work import Entered, Outcome, enter_batch
from sales.intake.models import Import, ImportRow
from sales.leads.models import Cadence
from sales.registry.freshness import age_words, is_stale, last_good_read

BATCH_ROWS = 500
TWICE = "The reference stands in the file twice: the first row counts. Remove one of them, or correct its number."
FIGURES = ("rows", "created", "updated", "unchanged", "rejected", "wins_booked")


@dataclass(slots=True)
class Report:
    """What came of an import; ``run`` is unsaved after a dry run. Each rejected row counts under its first reason."""

    run: Import
    dry_run: bool
    reasons: Counter[str] = field(default_factory=Counter)


def import_file(
    path: Path,
    mapping: Mapping,
    *,
    by: Actor,
    now: datetime,
    dry_run: bool = False,
    rejects: Path | None = None,
    progress: Callable[[int, int], None] = lambda done, rows: None,
) -> Report:
    """Import a file through a mapping. A dry run takes the same way and takes every batch back.

    Raises:
        BadFile, BadMapping: the file or the mapping can't be used; nothing was written.
        RegistryStale: the mirror is too old to sell on.
    """
    read = last_good_read()
    if is_stale(read_at=read.at if read else None, now=now):
        raise RegistryStale(
            f"The registry was {age_words(read_at=read.at if read else None, now=now)}: too long ago to import on"
            " it. Sync the registry, then import again."
        )
    sheet, known = look_through(path, mapping), known_registry(mapping)
    run = Import(
        file_name=path.name[:200],
        file_sha256=sheet.sha256,
        mapping_sha256=mapping.sha256,
        source=mapping.source,
        started_at=now,
        **by.signature(),
    )
    report, done = Report(run, dry_run), 0
    planned = (plan_row(row, sheet, mapping, known, today=now.date()) for row in rows_of(sheet))
    with Rejects(rejects, sheet, mapping=mapping.path) as rejected_rows:
        if not dry_run:
            run.save(force_insert=True)
        for batch in _batches(_once(planned)):
            rejected_rows.write(_import_batch(batch, report, by=by, now=now))
            done += len(batch)
            progress(done, sheet.rows)
    run.finished_at = now
    if dry_run:
        run.pk = None
    else:
        run.save()
    return report


def _once(planned: Iterable[RowPlan | Rejected]) -> Iterator[RowPlan | Rejected]:
    """The rows, a reference's second one rejected."""
    seen: set[str] = set()
    for plan in planned:
        if plan.reference in seen:
            yield Rejected(plan.line, plan.cells, (TWICE,), plan.reference)
            continue
        seen |= {plan.reference} - {""}
        yield plan


def _batches(rows: Iterator[RowPlan | Rejected]) -> Iterator[list[RowPlan | Rejected]]:
    while batch := list(islice(rows, BATCH_ROWS)):
        yield batch


def _import_batch(batch: Sequence[RowPlan | Rejected], report: Report, *, by: Actor, now: datetime) -> list[Rejected]:
    """Enter and book a batch in one transaction; what booking refuses is taken out and the batch done again.

    So a refused win leaves no lead behind: its row can be mended and fed back as new.
    """
    run, rejected = report.run, [row for row in batch if isinstance(row, Rejected)]
    plans = [row for row in batch if isinstance(row, RowPlan)]
    while True:
        with transaction.atomic():
            write_lock()
            if report.dry_run:
                run.pk = None
                run.save(force_insert=True)
            entered = enter_batch(plans, run=run, by=by, now=now)
            wins, refused = _book(entered, run=run, by=by, now=now)
            if not refused:
                rejected += [item.plan.rejected(item.reason) for item in entered if item.reason]
                _record(entered, wins, rejected, report)
            if refused or report.dry_run:
                transaction.set_rollback(True)
        if not refused:
            return sorted(rejected, key=lambda row: row.line)
        rejected += [plan.rejected(refused[plan.reference]) for plan in plans if plan.reference in refused]
        plans = [plan for plan in plans if plan.reference not in refused]


def _book(
    entered: Sequence[Entered], *, run: Import, by: Actor, now: datetime
) -> tuple[dict[str, str], dict[str, str]]:
    """Book what was won; the wins' keys and the refusals' sentences, by reference."""
    plans = [item.plan for item in entered if item.to_book]
    outcomes = book_wins([_form(plan, run) for plan in plans], by=by, now=now) if plans else []
    wins, refused = {}, {}
    for plan, outcome in zip(plans, outcomes, strict=True):
        if outcome.win:
            wins[plan.reference] = outcome.win.key
        elif outcome.refusal:
            refused[plan.reference] = outcome.refusal.sentence
    return wins, refused


def _form(plan: RowPlan, run: Import) -> WinForm:
    if plan.amount_minor is None or plan.sold_date is None:
        raise TypeError("A won row has its amount and its date: plan_row rejects it otherwise.")
    return WinForm(
        lead=plan.reference,
        amount_minor=plan.amount_minor,
        currency=plan.currency,
        sold_date=plan.sold_date,
        evidence_reference=plan.evidence,
        service=plan.service.key,
        quantity=plan.quantity,
        cadence=Cadence.MONTHLY if plan.months else Cadence.ONCE,
        term_months=plan.months,
        batch=run,
    )


def _record(entered: Sequence[Entered], wins: dict[str, str], rejected: Sequence[Rejected], report: Report) -> None:
    """Keep what became of each row that changed something or was rejected, and add up the import's figures."""
    run = report.run
    written = [item for item in entered if item.outcome in (Outcome.CREATED, Outcome.UPDATED)]
    ImportRow.objects.bulk_create(
        [
            ImportRow(
                batch=run,
                line=item.plan.line,
                outcome=item.outcome,
                lead_reference=item.plan.reference,
                win_key=wins.get(item.plan.reference, ""),
                content_sha256=item.plan.content_sha256,
            )
            for item in written
        ]
        + [
            ImportRow(
                batch=run,
                line=row.line,
                outcome=Outcome.REJECTED,
                lead_reference=row.reference,
                reason=" ".join(row.reasons),
            )
            for row in rejected
        ]
    )
    counted = Counter(item.outcome for item in entered if not item.reason)
    run.rows += sum(counted.values()) + len(rejected)
    run.created += counted[Outcome.CREATED]
    run.updated += counted[Outcome.UPDATED]
    run.unchanged += counted[Outcome.UNCHANGED]
    run.rejected += len(rejected)
    run.wins_booked += len(wins)
    report.reasons.update(row.reasons[0] for row in rejected)
    run.save(update_fields=FIGURES)
