#include "tools/show/log.h"

#include "tools/cli/times.h"
#include "tools/json/event_json.h"
#include "tools/json/event_text.h"
#include "tools/print/print_json.h"
#include "tools/print/print_table.h"

enum { PAGE = 500 }; /* rows lined up together: a log may be longer than memory */

struct walk {
    bc_log *log;
    const struct log_range *range;
};

static void fill(struct row *row, const struct bc_event *event)
{
    if (!row_for_people(row)) {
        (void)event_json_add(row_make(row), event);
        row_made_json(row, NULL);
        return;
    }
    row_seq(row, "seq", event->seq);
    row_instant(row, "occurred", event->occurred_us);
    row_instant(row, "recorded", event->recorded_us);
    row_text(row, "deal", event->deal);
    event_text_add(row_make(row), event, row->times);
    row_made(row, "event");
    row_text(row, "id", event->id);
}

static bc_status find_up(struct row_taker *taker, void *finder, struct bc_err *err)
{
    const struct walk *walk = finder;
    const struct log_range *range = walk->range;
    const struct bc_event *event;
    bc_cursor *cursor = NULL;
    bc_status rc;

    rc = bc_cursor_open(&cursor, walk->log, range->next, range->next + range->count - 1, err);
    while (rc == BC_OK) {
        rc = bc_cursor_next(cursor, &event, NULL, err);
        if (rc == BC_OK) {
            fill(taker->row, event);
            rc = row_take(taker, err);
        }
    }
    bc_cursor_free(cursor);
    return rc == BC_DONE ? BC_OK : rc;
}

static bc_status find_down(struct row_taker *taker, void *finder, struct bc_err *err)
{
    const struct walk *walk = finder;
    bc_arena *arena = bc_arena_new();
    struct bc_buf bytes = { 0 };
    struct bc_event event;
    bc_status rc = BC_OK;

    for (uint64_t i = 0; rc == BC_OK && i < walk->range->count; i++) {
        bc_arena_reset(arena);
        rc = bc_log_get(walk->log, walk->range->next - i, &event, &bytes, arena, err);
        if (rc == BC_OK) {
            fill(taker->row, &event);
            rc = row_take(taker, err);
        }
    }
    bc_buf_release(&bytes);
    bc_arena_free(arena);
    return rc;
}

bc_status log_show(const struct cmd_env *env, bc_log *log, const struct log_range *range, bool json,
                   struct bc_err *err)
{
    static const struct column columns[] = {
        { .name = "SEQ", .key = "seq", .right = true },
        { .name = "OCCURRED", .key = "occurred" },
        { .name = "RECORDED", .key = "recorded", .leave = 1 },
        { .name = "DEAL", .key = "deal", .fit = COLUMN_MIDDLE, .dash = true },
        { .name = "EVENT", .key = "event", .fit = COLUMN_WRAP },
        { .name = "ID", .key = "id", .fit = COLUMN_MIDDLE, .leave = 2 },
    };
    const struct table_form form = { .columns = COLUMNS_OF(columns), .page = PAGE };
    struct walk walk = { log, range };
    const struct rows rows = rows_found(range->down ? find_down : find_up, &walk);
    bc_status rc;

    if (range->count == 0)
        return cmd_written(env, err);
    if (json)
        return print_json_lines(env, &rows, PAGE, err);
    rc = print_table(env, &form, &rows, err);
    if (rc == BC_OK)
        fputc('\n', env->out);
    if (rc == BC_OK)
        times_tell(env);
    return rc;
}
