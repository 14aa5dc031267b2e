#include "tools/show/log_by.h"

#include "ledger/base/search.h"
#include "tools/cli/times.h"
#include "tools/hubspot/state.h"
#include "tools/print/print_json.h"
#include "tools/print/print_table.h"

#include <inttypes.h>
#include <stdlib.h>

const char *const log_by_words[] = { "", "source", "actor", "kind" };

struct counted {
    const struct log_range *range;
    const struct bc_head *head;
    struct log_groups groups;
    struct hubspot_state account; /* how far it was read, for pages */
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

static struct log_group *group_of(struct log_groups *groups, struct bc_str of)
{
    size_t at;

    BC_LOWER_BOUND(at, 0, groups->n, bc_str_cmp(groups->at[at].of, of) < 0);
    if (at < groups->n && bc_str_eq(groups->at[at].of, of))
        return &groups->at[at];
    BC_GROW(groups->at, groups->n, groups->cap);
    memmove(groups->at + at + 1, groups->at + at, (groups->n - at) * sizeof(*groups->at));
    groups->n++;
    groups->at[at] = (struct log_group){ .of = bc_arena_copy(groups->arena, of) };
    return &groups->at[at];
}

static void count(struct log_groups *groups, const struct bc_event *event, enum log_by by)
{
    struct log_group *group = group_of(groups, text_of(event, by));

    groups->events++;
    group->n++;
    group->seq = event->seq;
    group->occurred_us = event->occurred_us;
    group->recorded_us = event->recorded_us;
}

static bc_status walk(struct log_groups *out, const struct log_range *range, bc_log *log,
                      struct bc_err *err)
{
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
            count(out, event, range->by);
    }
    bc_cursor_free(cursor);
    return rc == BC_DONE ? BC_OK : rc;
}

bc_status log_groups_count(struct log_groups *out, bc_log *log, enum log_by by, struct bc_err *err)
{
    const struct log_range all = {
        .first = 1, .last = bc_log_head(log)->size, .by = by, .filter = LOG_FILTER_ALL
    };

    *out = (struct log_groups){ .arena = bc_arena_new() };
    return walk(out, &all, log, err);
}

void log_groups_release(struct log_groups *groups)
{
    free(groups->at);
    bc_arena_free(groups->arena);
    *groups = (struct log_groups){ 0 };
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
    const struct log_group *group = &counted->groups.at[i];

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
    row_count(row, "n", counted->groups.events);
    row_rows(row, "rows", rows_of(fill_group, counted, counted->groups.n));
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

    if (counted->groups.n == 0)
        fputs("no events\n", env->out);
    print_table_of(env, COLUMNS_OF(columns), rows_of(fill_group, counted, counted->groups.n));
    if (counted->groups.n == 0)
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
    struct counted counted = { .range = range,
                               .head = bc_log_head(log),
                               .groups = { .arena = bc_arena_new() } };
    bc_status rc = walk(&counted.groups, range, log, err);

    if (rc == BC_OK && wants_account(env, range, json))
        rc = hubspot_state_load(&counted.account, log, err);
    if (rc == BC_OK && json)
        print_json_of(env, fill, &counted);
    else if (rc == BC_OK)
        print(env, &counted);
    log_groups_release(&counted.groups);
    return rc;
}
