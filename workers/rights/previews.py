"""A person's values in the previews of files and of changes of rank, taken out when the person is erased."""

from ..models import FeedBatch, FeedState, RankChange


def forget(rows: list[int]) -> None:
    """No line of these rows is left; of a file that is no longer to be decided no line of anybody's.

    Lines of newcomers name no row, so only the state of the file tells that they may have become one.
    """
    gone = set(rows)
    for batch in FeedBatch.objects.select_for_update().filter(counts__has_key="samples").order_by("pk"):
        open_ = batch.state in (FeedState.CHECKED, FeedState.APPLYING)
        found = batch.counts["samples"] if open_ else {}
        kept = {outcome: _without(lines, gone) for outcome, lines in found.items()}
        if kept != batch.counts["samples"]:
            FeedBatch.objects.filter(pk=batch.pk).update(counts={**batch.counts, "samples": kept})
    for change in RankChange.objects.select_for_update().filter(counts__has_key="sample").order_by("pk"):
        kept = _without(change.counts["sample"], gone)
        if kept != change.counts["sample"]:
            RankChange.objects.filter(pk=change.pk).update(counts={**change.counts, "sample": kept})


def _without(lines: list[dict], gone: set[int]) -> list[dict]:
    return [line for line in lines if line.get("worker_id") not in gone]
