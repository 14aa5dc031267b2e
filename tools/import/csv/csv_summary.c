#include "tools/import/csv/csv_summary.h"

#include <inttypes.h>
#include <stdio.h>

void csv_times_add(struct csv_times *times, uint64_t line)
{
    if (times->n++ == 0)
        times->line = line;
}

/* "3 rows that ... (the first on line 7)", and what can be done. */
void csv_times_tell(const struct csv_times *times, const char *note, const char *one,
                    const char *many, const char *rest, importer_say *say, void *to)
{
    char text[512];

    if (times->n == 0)
        return;
    snprintf(text, sizeof(text), "%" PRIu64 " %s (%sline %" PRIu64 ")%s", times->n,
             times->n == 1 ? one : many, times->n == 1 ? "" : "the first on ", times->line, rest);
    say(to, note, text);
}

void csv_summary_tell(const struct csv_summary *summary, importer_say *say, void *to)
{
    csv_times_tell(&summary->unnamed, "unnamed",
                   "row that no `when` of the map names gave no event",
                   "rows that no `when` of the map names gave no event",
                   "; rows to leave out belong in `skip_rows`", say, to);
    csv_times_tell(&summary->bare, "unnamed",
                   "row that no `when` of the map names gave properties alone",
                   "rows that no `when` of the map names gave properties alone", "", say, to);
    if (summary->newest_first)
        say(to, "order",
            "the times fall from row to row, so the rows were taken from the last to the first; "
            "`order` in the map says otherwise");
    csv_times_tell(
        &summary->at_once, "order",
        "change has the day, or the instant, of its deal's change before it, and was taken "
        "as the rows stand",
        "changes have the day, or the instant, of their deal's change before them, and were "
        "taken as the rows stand",
        "; a time of day, `order` or `order_by` says which came first", say, to);
    csv_times_tell(&summary->tie, "order",
                   "change at the instant of another does not go on from it, by its `from`",
                   "changes at the instant of another do not go on from it, by their `from`",
                   "; is `order` or `order_by` to be given?", say, to);
    csv_times_tell(&summary->from, "from",
                   "change does not go on from where the deal's change before led, by its `from`",
                   "changes do not go on from where the deal's change before led, by their `from`",
                   "; `backcast audit --kind from_differs` finds such", say, to);
    csv_times_tell(
        &summary->beginning, "from",
        "change, its deal's first in the table, names a stage before it, of which no row is",
        "changes, their deals' first in the table, name a stage before them, of which no row is",
        "; `initial` in the map takes it", say, to);
    csv_times_tell(
        &summary->other, "once", "value that the map takes once is another later, and was left out",
        "values that the map takes once are others later, and were left out", "", say, to);
    csv_times_tell(&summary->blanks, "blanks", "row had blanks around an id, which were cut",
                   "rows had blanks around an id, which were cut", "", say, to);
    csv_times_tell(&summary->no_number, "no_number", "amount that is no number was taken as it is",
                   "amounts that are no numbers were taken as they are", "", say, to);
    csv_times_tell(&summary->either, "decimal",
                   "amount such as 12.500 was taken with a decimal point",
                   "amounts such as 12.500 were taken with a decimal point",
                   "; where they are thousands, `decimal: comma` in the map says so, and `decimal: "
                   "point` where they are not",
                   say, to);
    csv_times_tell(&summary->no_day, "no_day",
                   "value that is no date was left out, as the map says",
                   "values that are no dates were left out, as the map says", "", say, to);
}
