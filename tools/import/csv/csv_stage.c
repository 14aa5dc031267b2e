/* tools/import/csv/csv_stage.c - what rows say of the stages that their deals came from. */
#include "tools/import/csv/csv_row.h"

static struct csv_digest digest_of_deal(const char *word, struct bc_str deal)
{
    struct bc_buf bytes = { 0 };
    struct csv_digest digest;

    bc_buf_add(&bytes, word, strlen(word) + 1);
    bc_buf_add_str(&bytes, deal);
    digest = csv_digest_of(bc_buf_str(&bytes));
    bc_buf_release(&bytes);
    return digest;
}

/* The first row of a deal decides, also where it names no stage before. */
static bc_status is_first(struct csv_rows *rows, int64_t *us, const struct csv_rule *rule,
                          struct bc_err *err)
{
    const struct csv_time *time = &rows->map->change->about.time;
    struct csv_note note = { 0 }, before;
    struct bc_str deal;
    bool given = false;
    bc_status rc = csv_rows_deal(rows, &deal, &rule->about, err);

    if (rc == BC_OK)
        rc = csv_rows_time(rows, us, &given, time, err);
    if (rc < 0)
        return rc;
    if (!given)
        return BC_DONE; /* of the change that is said */
    note.of = digest_of_deal("initial", deal);
    note.us = *us;
    before = note;
    if (!csv_rows_noted(rows, &before)) {
        csv_rows_note(rows, &note);
        return BC_OK;
    }
    if (*us < before.us)
        return csv_rows_fault(rows, time->column, err,
                              "earlier than the deal's first row; `initial` needs a deal's rows in "
                              "order of time: give the table's `order`");
    return BC_DONE;
}

bc_status csv_rows_initial(struct csv_rows *rows, const struct csv_rule *rule, struct bc_err *err)
{
    struct bc_value from;
    int64_t change_us = 0, us = 0;
    bool given = false;
    bc_status rc = is_first(rows, &change_us, rule, err);

    if (rc == BC_OK)
        rc = csv_rows_value(rows, &from, BC_TEXT, &rule->value[BC_STAGE_CHANGED_TO], err);
    if (rc == BC_OK && from.text.len == 0)
        rc = BC_DONE; /* the deal begins with this row */
    if (rc == BC_OK)
        rc = csv_rows_time(rows, &us, &given, &rule->about.time, err);
    if (rc == BC_OK && given && us > change_us)
        return csv_rows_fault(rows, rule->about.time.column, err,
                              "later than the deal's first change, before which it came to its "
                              "first stage (`initial`)");
    return rc;
}

/* The stage that an event leads to, or nothing. */
static struct bc_str stage_of(const struct bc_event *event)
{
    if (event->body == BC_STAGE_CHANGED)
        return event->value[BC_STAGE_CHANGED_TO].text;
    return event->body == BC_DEAL_CREATED ? event->value[BC_DEAL_CREATED_STAGE].text
                                          : (struct bc_str){ 0 };
}

/* What a change says of where it came from, held against the deal's change before it. */
static void compare(struct csv_rows *rows, struct bc_str from, const struct csv_note *note,
                    const struct csv_note *before, bool seen)
{
    struct csv_summary *summary = &rows->summary;
    const uint64_t line = rows->row->begin.line;
    const bool at_once = seen && before->us == note->us;

    if (from.len == 0) {
        if (at_once && rows->map->order == CSV_AUTO && !before->here &&
            !csv_digest_same(before->said, note->said))
            csv_times_add(&summary->at_once, line);
        return;
    }
    if (!seen)
        csv_times_add(&summary->beginning, line);
    else if (!csv_digest_same(before->said, csv_digest_of(from)))
        csv_times_add(at_once ? &summary->tie : &summary->from, line);
}

void csv_rows_stage(struct csv_rows *rows, const struct csv_made *made)
{
    const struct bc_event *event = &made->event;
    struct bc_str stage = stage_of(event), from = { 0 };
    struct csv_note note = { .us = event->occurred_us }, before;
    bool seen;

    if (stage.len == 0)
        return;
    if (event->body == BC_STAGE_CHANGED)
        from = event->value[BC_STAGE_CHANGED_FROM].text;
    note.of = digest_of_deal("stage", event->deal);
    note.said = csv_digest_of(stage);
    before = note;
    seen = csv_rows_noted(rows, &before);
    if (seen && before.us > note.us)
        return; /* of rows that are not in order nothing is known */
    compare(rows, from, &note, &before, seen);
    csv_rows_note(rows, &note);
}
