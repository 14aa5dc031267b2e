#include "tools/show/log_by.h"

#include "ledger/base/search.h"
#include "tools/cli/times.h"
#include "tools/hubspot/state.h"
#include "tools/print/print_json.h"
#include "tools/print/print_table.h"

#include <inttypes.h>
#include <stdlib.h>

const char *const log_by_words[] = { "", "source", "actor", "kind" };

struct group {
    struct bc_str of; /* empty: none is given */
    uint64_t n, seq;  /* seq and times of the newest, in the order of the log */
    int64_t occurred_us, recorded_us;
};

struct counted {
    const struct log_range *range;
    const struct bc_head *head;
    struct group *at; /* in byte order */
    size_t n, cap;
    uint64_t events;
    struct hubspot_state account; /* how far it was read, for pages */
    bc_arena *arena;
};

static struct bc_str text_of(const struct bc_event *event, enum log_by by)
{
    switch (by) {
    case LOG_BY_NOTHING:
        break;
    case LOG_BY_SOURCE:
        return event->source_system;
    case LOG_BY_ACTOR:
        return event->actor;
    case LOG_BY_KIND:
        return bc_str_of(event->body == BC_NO_BODY ? "unknown" : bc_schema(event->body)->json_name);
    }
    return (struct bc_str){ 0 };
}

static struct group *group_of(struct counted *counted, struct bc_str of)
{
    size_t at;

    BC_LOWER_BOUND(at, 0, counted->n, bc_str_cmp(counted->at[at].of, of) < 0);
    if (at < counted->n && bc_str_eq(counted->at[at].of, of))
        return &counted->at[at];
    BC_GROW(counted->at, counted->n, counted->cap);
    memmove(counted->at + at + 1, counted->at + at, (counted->n - at) * sizeof(*counted->at));
    counted->n++;
    counted->at[at] = (struct group){ .of = bc_arena_copy(counted->arena, of) };
    return &counted->at[at];
}

static void count(struct counted *counted, const struct bc_event *event)
{
    struct group *group = group_of(counted, text_of(event, counted->range->by));

    counted->events++;
    group->n++;
    group->seq = event->seq;
    group->occurred_us = event->occurred_us;
    group->recorded_us = event->recorded_us;
}

static bc_status walk(struct counted *counted, bc_log *log, struct bc_err *err)
{
    const struct log_range *range = counted->range;
    const struct bc_event *event;
    bc_cursor *cursor = NULL;
    bool wanted = false;
    bc_status rc;

    if (range->first > range->last)
        return BC_OK;
    rc = bc_cursor_open(&cursor, log, range->first, range->last, err);
    while (rc == BC_OK) {
        rc = bc_cursor_next(cursor, &event, NULL, err);
        if (rc == BC_OK)
            rc = log_filter_lets(&wanted, &range->filter, log, event, err);
        if (rc == BC_OK && wanted)
            count(counted, event);
    }
    bc_cursor_free(cursor);
    return rc == BC_DONE ? BC_OK : rc;
}

/* --- forms --- */

/* By HubSpot's clock. */
static void account_cells(struct row *row, const struct hubspot_state *account)
{
    if (account->portal)
        row_format(row, "account", "%" PRId64, account->portal);
    if (account->seen_us[HUBSPOT_SEEN_DEALS])
        row_instant(row, "readUpTo", account->seen_us[HUBSPOT_SEEN_DEALS]);
}

static void fill_group(struct row *row, const void *source, size_t i)
{
    const struct counted *counted = source;
    const struct group *group = &counted->at[i];

    row_text(row, log_by_words[counted->range->by], group->of);
    row_count(row, "n", group->n);
    row_seq(row, "newest", group->seq);
    row_instant(row, "occurredAt", group->occurred_us);
    row_instant(row, "recordedAt", group->recorded_us);
    if (row_for_pages(row) && counted->range->by == LOG_BY_SOURCE &&
        bc_str_eq(group->of, BC_STR("hubspot")))
        account_cells(row, &counted->account);
}

static void fill(struct row *row, const void *source, size_t i)
{
    const struct counted *counted = source;

    (void)i;
    row_head(row, "ledger", counted->head);
    row_word(row, "by", log_by_words[counted->range->by]);
    row_count(row, "n", counted->events);
    row_rows(row, "rows", rows_of(fill_group, counted, counted->n));
}

static void print(const struct cmd_env *env, const struct counted *counted)
{
    static const char *const names[] = { "", "SOURCE", "ACTOR", "KIND" };
    const enum log_by by = counted->range->by;
    const struct column columns[] = {
        { .name = names[by],
          .key = log_by_words[by],
          .fit = COLUMN_MIDDLE,
          .dash = true,
          .shows = by == LOG_BY_ACTOR ? COLUMN_PERSON : COLUMN_CELL },
        { .name = "EVENTS", .key = "n", .right = true },
        { .name = "NEWEST", .key = "newest", .right = true },
        { .name = "OCCURRED", .key = "occurredAt" },
        { .name = "RECORDED", .key = "recordedAt", .leave = 1 },
    };

    if (counted->n == 0)
        fputs("no events\n", env->out);
    print_table_of(env, COLUMNS_OF(columns), rows_of(fill_group, counted, counted->n));
    if (counted->n == 0)
        return;
    fputc('\n', env->out);
    times_tell(env);
}

/* Is it for a page, and one that would show it? */
static bool wants_account(const struct cmd_env *env, const struct log_range *range, bool json)
{
    return json && range->by == LOG_BY_SOURCE && env->answers &&
           env->answers->readers & ROW_FOR_PAGES;
}

bc_status log_by_show(const struct cmd_env *env, bc_log *log, const struct log_range *range,
                      bool json, struct bc_err *err)
{
    struct counted counted = { .range = range, .head = bc_log_head(log), .arena = bc_arena_new() };
    bc_status rc = walk(&counted, log, err);

    if (rc == BC_OK && wants_account(env, range, json))
        rc = hubspot_state_load(&counted.account, log, err);
    if (rc == BC_OK && json)
        print_json_of(env, fill, &counted);
    else if (rc == BC_OK)
        print(env, &counted);
    free(counted.at);
    bc_arena_free(counted.arena);
    return rc;
}
