/* tools/cmd/log.c - the log, as people read it or as JSONL. */
#include "ledger/base/instant.h"
#include "tools/ask/open.h"
#include "tools/cli/opt.h"
#include "tools/cmd/pages.h"
#include "tools/json/event_json.h"
#include "tools/json/event_text.h"
#include "tools/print/table.h"

#include <inttypes.h>

#define PAGE 500 /* rows lined up together: a log may be longer than memory */

struct args {
    const char *dir, *from, *to, *limit;
    bool reverse, json;
};

/* The events to show: count of them, from `next` up or down. */
struct range {
    uint64_t next, count;
    bool down;
};

struct printer {
    const struct cmd_env *env;
    struct table *table; /* NULL: JSONL */
    size_t rows;
    struct bc_buf text;
};

enum { SEQ, OCCURRED, RECORDED, DEAL, EVENT, ID, COLUMN_N };

static struct table *new_table(void)
{
    static const struct table_column columns[COLUMN_N] = {
        [SEQ] = { "SEQ", .right = true },          [OCCURRED] = { .name = "OCCURRED (UTC)" },
        [RECORDED] = { .name = "RECORDED (UTC)" }, [DEAL] = { .name = "DEAL" },
        [EVENT] = { "EVENT", .cut = true },        [ID] = { "ID", .cut = true },
    };

    return table_new(columns, COLUMN_N);
}

static bc_status parse(struct args *args, const struct cmd_env *env, int argc, char **argv,
                       struct bc_err *err)
{
    const struct opt opts[] = {
        OPT_LEDGER(&args->dir),
        { "from-seq", "N", .text = &args->from, .help = "from event N on" },
        { "to-seq", "N", .text = &args->to, .help = "up to event N" },
        { "limit", "N", .text = &args->limit, .help = "N events at most" },
        { "reverse", NULL, .flag = &args->reverse, .help = "the last ones first" },
        { "json", NULL, .flag = &args->json, .help = "print for programs: JSON, one event a line" },
        { 0 },
    };

    return opt_parse(opts, cmd_page("backcast log"), env, argc, argv, err);
}

static bc_status choose(struct range *out, const struct args *args, uint64_t size,
                        struct bc_err *err)
{
    uint64_t from = 1, to = size, limit = UINT64_MAX;
    bc_status rc = BC_OK;

    if (args->from)
        rc = opt_number(&from, "from-seq", args->from, 1, UINT64_MAX, err);
    if (rc == BC_OK && args->to)
        rc = opt_number(&to, "to-seq", args->to, 1, UINT64_MAX, err);
    if (rc == BC_OK && args->limit)
        rc = opt_number(&limit, "limit", args->limit, 1, UINT64_MAX, err);
    if (rc < 0)
        return rc;
    if (args->from && args->to && from > to)
        return bc_err_set(err, BC_E_USAGE, "--from-seq %" PRIu64 " lies behind --to-seq %" PRIu64,
                          from, to);
    to = to < size ? to : size;
    out->down = args->reverse;
    out->count = from <= to ? to - from + 1 : 0;
    out->count = out->count < limit ? out->count : limit;
    out->next = out->down ? to : from;
    return BC_OK;
}

static void print_row(struct printer *printer, const struct bc_event *event)
{
    struct table *table = printer->table;

    table_row(table);
    table_format(table, SEQ, "%" PRIu64, event->seq);
    table_time(table, OCCURRED, event->occurred_us);
    table_time(table, RECORDED, event->recorded_us);
    if (event->deal.len > 0)
        table_text(table, DEAL, event->deal);
    else
        table_null(table, DEAL);
    printer->text.len = 0;
    event_text_add(&printer->text, event);
    table_text(table, EVENT, bc_buf_str(&printer->text));
    table_text(table, ID, event->id);
}

static bc_status flush(struct printer *printer, struct bc_err *err)
{
    if (printer->table && printer->rows > 0) {
        table_print(printer->env, printer->table);
        table_free(printer->table);
        printer->table = new_table();
    }
    printer->rows = 0;
    return cmd_written(printer->env, err);
}

static bc_status print(struct printer *printer, const struct bc_event *event, struct bc_err *err)
{
    if (printer->table) {
        print_row(printer, event);
    } else {
        printer->text.len = 0;
        event_json_add(&printer->text, event);
        bc_buf_add_byte(&printer->text, '\n');
        fwrite(printer->text.at, 1, printer->text.len, printer->env->out);
    }
    return ++printer->rows == PAGE ? flush(printer, err) : BC_OK;
}

static bc_status list_up(struct printer *printer, bc_log *log, const struct range *range,
                         struct bc_err *err)
{
    const struct bc_event *event;
    bc_cursor *cursor = NULL;
    bc_status rc;

    rc = bc_cursor_open(&cursor, log, range->next, range->next + range->count - 1, err);
    while (rc == BC_OK) {
        rc = bc_cursor_next(cursor, &event, NULL, err);
        if (rc == BC_OK)
            rc = print(printer, event, err);
    }
    bc_cursor_free(cursor);
    return rc == BC_DONE ? BC_OK : rc;
}

static bc_status list_down(struct printer *printer, bc_log *log, const struct range *range,
                           struct bc_err *err)
{
    bc_arena *arena = bc_arena_new();
    struct bc_buf bytes = { 0 };
    struct bc_event event;
    bc_status rc = BC_OK;

    for (uint64_t i = 0; rc == BC_OK && i < range->count; i++) {
        bc_arena_reset(arena);
        rc = bc_log_get(log, range->next - i, &event, &bytes, arena, err);
        if (rc == BC_OK)
            rc = print(printer, &event, err);
    }
    bc_buf_release(&bytes);
    bc_arena_free(arena);
    return rc;
}

static bc_status list(const struct cmd_env *env, bc_log *log, const struct args *args,
                      struct bc_err *err)
{
    struct printer printer = { .env = env, .table = args->json ? NULL : new_table() };
    struct range range = { 0 };
    bc_status rc = choose(&range, args, bc_log_head(log)->size, err);

    if (rc == BC_OK && range.count > 0)
        rc = (range.down ? list_down : list_up)(&printer, log, &range, err);
    if (rc == BC_OK)
        rc = flush(&printer, err);
    table_free(printer.table);
    bc_buf_release(&printer.text);
    return rc;
}

int cmd_log(const struct cmd_env *env, int argc, char **argv)
{
    struct args args = { 0 };
    struct bc_err err = { 0 };
    bc_log *log = NULL;
    bc_status rc = parse(&args, env, argc, argv, &err);

    if (rc == BC_OK)
        rc = open_ledger(&log, env, args.dir, false, &err);
    if (rc == BC_OK)
        rc = list(env, log, &args, &err);
    bc_log_close(log);
    return cmd_exit(env, rc, &err);
}
