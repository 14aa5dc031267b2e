#include "tools/show/log.h"

#include "tools/cli/times.h"
#include "tools/json/event_json.h"
#include "tools/json/event_text.h"
#include "tools/print/print_json.h"
#include "tools/print/print_table.h"
#include "tools/show/log_cells.h"
#include "tools/show/taken_back.h"

#include <inttypes.h>

enum {
    PAGE = 500,  /* rows lined up together: a log may be longer than memory */
    BLOCK = 1024 /* events looked at together on the way down */
};

struct walk {
    bc_log *log;
    const struct log_range *range;
    struct taken_back taken; /* for people and pages */
    bool open;               /* the filter lets everything through */
    uint64_t shown;          /* so far */
    uint64_t seqs[BLOCK];    /* of a block, those to be shown, upwards */
    size_t n;
};

static void event_cell(struct row *row, const struct walk *walk, const struct bc_event *event)
{
    const uint64_t by = taken_back_by(&walk->taken, event->seq);
    struct bc_buf *text = row_make(row);

    event_text_add(text, event, row->times, row->names);
    if (by)
        bc_buf_printf(text, " (taken back by %" PRIu64 ")", by);
    row_made(row, "event");
}

static bc_status fill_json(struct row *row, const struct walk *walk, const struct bc_event *event,
                           struct bc_str stored, struct bc_err *err)
{
    bc_status rc = BC_OK;

    (void)event_json_add(row_make(row), event);
    row_made_json(row, walk->range->proof ? "event" : NULL);
    if (walk->range->proof)
        rc = log_cells_proof(row, walk->log, event->seq, stored, err);
    if (rc == BC_OK && row_for_pages(row))
        log_cells_event(row, event, taken_back_by(&walk->taken, event->seq), walk->range->proof);
    return rc;
}

/* `stored`: its bytes. */
static bc_status fill(struct row *row, const struct walk *walk, const struct bc_event *event,
                      struct bc_str stored, struct bc_err *err)
{
    if (!row_for_people(row))
        return fill_json(row, walk, event, stored, err);
    row_seq(row, "seq", event->seq);
    row_instant(row, "occurred", event->occurred_us);
    row_instant(row, "recorded", event->recorded_us);
    row_text(row, "deal", event->deal);
    event_cell(row, walk, event);
    row_text(row, "by", event->actor);
    row_text(row, "id", event->id);
    return BC_OK;
}

static bc_status find_up(struct row_taker *taker, void *finder, struct bc_err *err)
{
    struct walk *walk = finder;
    const struct log_range *range = walk->range;
    const struct bc_event *event;
    struct bc_str stored;
    bc_cursor *cursor = NULL;
    bool wanted = false;
    bc_status rc = bc_cursor_open(&cursor, walk->log, range->first, range->last, err);

    while (rc == BC_OK && walk->shown < range->most) {
        rc = bc_cursor_next(cursor, &event, &stored, err);
        if (rc == BC_OK)
            rc = log_filter_lets(&wanted, &range->filter, walk->log, event, err);
        if (rc != BC_OK || !wanted)
            continue;
        rc = fill(taker->row, walk, event, stored, err);
        walk->shown++;
        if (rc == BC_OK)
            rc = row_take(taker, err);
    }
    bc_cursor_free(cursor);
    return rc == BC_DONE ? BC_OK : rc;
}

/* Which of these events are to be shown; without a filter none is read for it. */
static bc_status look_at(struct walk *walk, uint64_t first, uint64_t last, struct bc_err *err)
{
    const struct bc_event *event;
    bc_cursor *cursor = NULL;
    bool wanted = false;
    bc_status rc = BC_OK;

    walk->n = 0;
    for (uint64_t seq = first; walk->open && seq <= last; seq++)
        walk->seqs[walk->n++] = seq;
    if (walk->open)
        return BC_OK;
    rc = bc_cursor_open(&cursor, walk->log, first, last, err);
    while (rc == BC_OK) {
        rc = bc_cursor_next(cursor, &event, NULL, err);
        if (rc == BC_OK)
            rc = log_filter_lets(&wanted, &walk->range->filter, walk->log, event, err);
        if (rc == BC_OK && wanted)
            walk->seqs[walk->n++] = event->seq;
    }
    bc_cursor_free(cursor);
    return rc == BC_DONE ? BC_OK : rc;
}

/* Those of a block, the last ones first. */
static bc_status show_down(struct row_taker *taker, struct walk *walk, struct bc_err *err)
{
    bc_arena *arena = bc_arena_new();
    struct bc_buf bytes = { 0 };
    struct bc_event event;
    bc_status rc = BC_OK;

    for (size_t i = walk->n; rc == BC_OK && i-- > 0 && walk->shown < walk->range->most;) {
        bc_arena_reset(arena);
        rc = bc_log_get(walk->log, walk->seqs[i], &event, &bytes, arena, err);
        if (rc == BC_OK)
            rc = fill(taker->row, walk, &event, bc_buf_str(&bytes), err);
        walk->shown++;
        if (rc == BC_OK)
            rc = row_take(taker, err);
    }
    bc_buf_release(&bytes);
    bc_arena_free(arena);
    return rc;
}

static bc_status find_down(struct row_taker *taker, void *finder, struct bc_err *err)
{
    struct walk *walk = finder;
    const struct log_range *range = walk->range;
    uint64_t end = range->last + 1; /* of what was not looked at */
    bc_status rc = BC_OK;

    while (rc == BC_OK && end > range->first && walk->shown < range->most) {
        const uint64_t n = end - range->first < BLOCK ? end - range->first : BLOCK;

        rc = look_at(walk, end - n, end - 1, err);
        if (rc == BC_OK)
            rc = show_down(taker, walk, err);
        end -= n;
    }
    return rc;
}

static void say_none(FILE *out, const char *before, const struct log_range *range)
{
    const uint64_t n = range->last - range->first + 1;

    fprintf(out, "%snothing matched: %" PRIu64 " event%s looked at\n", before, n,
            n == 1 ? " was" : "s were");
}

static bc_status print(const struct cmd_env *env, struct walk *walk, bool json, struct bc_err *err)
{
    static const struct column columns[] = {
        { .name = "SEQ", .key = "seq", .right = true },
        { .name = "OCCURRED", .key = "occurred" },
        { .name = "RECORDED", .key = "recorded", .leave = 1 },
        { .name = "DEAL", .key = "deal", .fit = COLUMN_MIDDLE, .dash = true },
        COLUMN_NAME_WITH_ROOM("deal", 2),
        { .name = "EVENT", .key = "event", .fit = COLUMN_WRAP },
        { .name = "BY", .key = "by", .fit = COLUMN_MIDDLE, .leave = 4, .shows = COLUMN_PERSON },
        { .name = "ID", .key = "id", .fit = COLUMN_MIDDLE, .leave = 3 },
    };
    const struct table_form form = { .columns = COLUMNS_OF(columns), .page = PAGE };
    const struct rows rows = rows_found(walk->range->down ? find_down : find_up, walk);
    bc_status rc = BC_OK;

    if (!json || (env->answers && env->answers->readers & ROW_FOR_PAGES))
        rc = taken_back_read(&walk->taken, walk->log, err);
    if (rc == BC_OK)
        rc = json ? print_json_lines(env, &rows, PAGE, err) : print_table(env, &form, &rows, err);
    taken_back_release(&walk->taken);
    return rc;
}

bc_status log_show(const struct cmd_env *env, bc_log *log, const struct log_range *range, bool json,
                   struct bc_err *err)
{
    struct walk walk = { .log = log, .range = range, .open = log_filter_is_open(&range->filter) };
    bc_status rc;

    if (range->first > range->last)
        return cmd_written(env, err);
    rc = print(env, &walk, json, err);
    if (rc == BC_OK && walk.shown == 0)
        say_none(json ? env->err : env->out, json ? "backcast: " : "", range);
    if (rc == BC_OK && walk.shown > 0 && !json) {
        fputc('\n', env->out);
        times_tell(env);
    }
    return rc;
}
