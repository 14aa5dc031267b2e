#include "tools/show/sources.h"

#include "ledger/base/instant.h"
#include "tools/cli/text.h"
#include "tools/cli/times.h"
#include "tools/connect/record.h"
#include "tools/connect/untied.h"
#include "tools/print/paragraph.h"
#include "tools/print/print_csv.h"
#include "tools/print/print_json.h"
#include "tools/print/print_table.h"
#include "tools/show/log_by.h"

#include <inttypes.h>
#include <stdlib.h>

#define DAY_MINUTES INT64_C(1440)

/* A source: with a kept run, with events, or in sources.yaml. */
struct source {
    struct bc_str name, system;
    const struct connect_scheduled *scheduled; /* or NULL */
    bool ran;
    struct connect_record run; /* its texts are the arena's; no `own` */
    uint64_t unlinked;
};

struct sources {
    const struct cmd_env *env;
    const struct bc_head *head;
    struct log_groups groups; /* events by system */
    struct source *at;        /* by name in byte order */
    size_t n, cap;
    int64_t now_us;
    bc_arena *arena;
};

/* ---- gathering ---- */

static struct source *source_of(struct sources *sources, struct bc_str name)
{
    size_t i = 0;

    while (i < sources->n && bc_str_cmp(sources->at[i].name, name) < 0)
        i++;
    if (i < sources->n && bc_str_eq(sources->at[i].name, name))
        return &sources->at[i];
    BC_GROW(sources->at, sources->n, sources->cap);
    memmove(sources->at + i + 1, sources->at + i, (sources->n - i) * sizeof(*sources->at));
    sources->n++;
    sources->at[i] = (struct source){ .name = bc_arena_copy(sources->arena, name) };
    return &sources->at[i];
}

static bc_status see_run(void *payload, const struct connect_record *record, struct bc_err *err)
{
    struct sources *sources = payload;
    struct source *source = source_of(sources, record->source);
    bc_arena *arena = sources->arena;

    (void)err;
    source->ran = true;
    source->run = *record;
    source->run.own = NULL;
    source->run.state = NULL;
    source->system = source->run.system = bc_arena_copy(arena, record->system);
    source->run.error = bc_arena_copy(arena, record->error);
    for (size_t i = 0; i < record->difference_n; i++) {
        struct connect_kept_difference *one = &source->run.differences[i];

        one->object = bc_arena_copy(arena, one->object);
        one->what = bc_arena_copy(arena, one->what);
        one->ledger = bc_arena_copy(arena, one->ledger);
        one->service = bc_arena_copy(arena, one->service);
    }
    return BC_OK;
}

static bc_status see_unlinked(void *payload, struct bc_str name, struct bc_str value,
                              struct bc_err *err)
{
    struct source *source = source_of(payload, name);
    struct connect_untied untied;
    struct connect_loose *loose = NULL;

    (void)err;
    connect_untied_parse(&untied, value);
    source->unlinked = connect_untied_list(&loose, &untied);
    free(loose);
    connect_untied_release(&untied);
    return BC_OK;
}

static bool has_system(const struct sources *sources, struct bc_str system)
{
    for (size_t i = 0; i < sources->n; i++)
        if (bc_str_eq(sources->at[i].system, system))
            return true;
    return false;
}

/* Systems of events that no kept run is of: imported from files, or by hand. */
static void add_systems(struct sources *sources)
{
    for (size_t i = 0; i < sources->groups.n; i++) {
        const struct bc_str system = sources->groups.at[i].of;

        if (!has_system(sources, system))
            source_of(sources, system)->system = system;
    }
}

static void add_schedule(struct sources *sources, const struct connect_schedule *schedule)
{
    for (size_t i = 0; i < schedule->n; i++)
        source_of(sources, bc_str_of(schedule->at[i].name))->scheduled = &schedule->at[i];
}

/* ---- rows ---- */

static const struct log_group *events_of(const struct sources *sources, const struct source *source)
{
    for (size_t i = 0; i < sources->groups.n; i++)
        if (bc_str_eq(sources->groups.at[i].of, source->system) &&
            (source->system.len || !source->name.len))
            return &sources->groups.at[i];
    return NULL;
}

static void fill_newest(struct row *row, const void *of, size_t i)
{
    const struct log_group *group = of;

    (void)i;
    row_seq(row, "seq", group->seq);
    row_instant(row, "occurredAt", group->occurred_us);
    row_instant(row, "recordedAt", group->recorded_us);
}

static void fill_run(struct row *row, const void *of, size_t i)
{
    const struct connect_record *run = of;

    (void)i;
    row_instant(row, "begun", run->begun_us);
    row_instant(row, "ended", run->ended_us);
    row_bool(row, "failed", run->failed);
    row_said(row, "error", run->error);
}

static void fill_difference(struct row *row, const void *of, size_t i)
{
    const struct connect_kept_difference *one = &((const struct connect_kept_difference *)of)[i];

    row_text(row, "object", one->object);
    row_text(row, "what", one->what);
    row_said(row, "ledger", one->ledger);
    row_said(row, "service", one->service);
}

/* "3 h", "12 days": for people. */
static void ago_cell(struct row *row, const char *key, int64_t us)
{
    const int64_t minutes = us / (60 * BC_SECOND_US);

    if (us < 0)
        row_word(row, key, "in the future");
    else if (minutes < 120)
        row_format(row, key, "%" PRId64 " min", minutes);
    else if (minutes < 2 * DAY_MINUTES)
        row_format(row, key, "%" PRId64 " h", minutes / 60);
    else
        row_format(row, key, "%" PRId64 " days", minutes / DAY_MINUTES);
}

static void count_cells(struct row *row, const struct sources *sources, const struct source *source)
{
    const struct connect_record *run = &source->run;

    row_count(row, "read", run->read);
    row_count(row, "added", run->added);
    row_count(row, "corrected", run->corrected);
    if (run->compared) {
        row_count(row, "agree", run->agree);
        row_count(row, "differ", run->differ);
        row_rows(row, "differences", rows_of(fill_difference, run->differences, run->difference_n));
    } else {
        row_null(row, "agree");
        row_null(row, "differ");
    }
    if (run->read_us) {
        row_instant(row, "readAt", run->read_us);
        row_integer(row, "behindSeconds", (sources->now_us - run->read_us) / BC_SECOND_US);
    } else {
        row_null(row, "readAt");
        row_null(row, "behindSeconds");
    }
}

static void run_cells(struct row *row, const struct sources *sources, const struct source *source)
{
    row_row(row, "lastRun", fill_run, &source->run);
    if (row_for_pages(row))
        fill_run(row, &source->run, 0);
    count_cells(row, sources, source);
}

static void schedule_cells(struct row *row, const struct sources *sources,
                           const struct source *source)
{
    const struct connect_scheduled *scheduled = source->scheduled;

    if (!scheduled)
        return;
    row_integer(row, "everySeconds", scheduled->every_us / BC_SECOND_US);
    row_bool(
        row, "due",
        connect_schedule_due(scheduled, source->run.begun_us, source->run.failed, sources->now_us));
}

static void people_cells(struct row *row, const struct sources *sources,
                         const struct source *source)
{
    const struct connect_record *run = &source->run;

    if (source->ran && run->read_us)
        ago_cell(row, "behind", sources->now_us - run->read_us);
    row_word(row, "run", !source->ran ? "" : run->failed ? "failed" : "done");
    if (source->ran && run->compared) {
        row_count(row, "agree", run->agree);
        row_count(row, "differ", run->differ);
    }
}

static void fill_source(struct row *row, const void *of, size_t i)
{
    const struct sources *sources = of;
    const struct source *source = &sources->at[i];
    const struct log_group *events = events_of(sources, source);

    row_text(row, "source", source->name);
    row_text(row, "system", source->system);
    row_count(row, "events", events ? events->n : 0);
    if (events && row_for_people(row))
        row_instant(row, "occurredAt", events->occurred_us);
    else if (events)
        row_row(row, "newest", fill_newest, events);
    else if (!row_for_people(row))
        row_null(row, "newest");
    if (row_for_people(row))
        people_cells(row, sources, source);
    else if (source->ran)
        run_cells(row, sources, source);
    else
        row_null(row, "lastRun");
    row_count(row, "unlinked", source->unlinked);
    schedule_cells(row, sources, source);
}

/* A spreadsheet has each in a cell of its own. */
static void fill_flat(struct row *row, const void *of, size_t i)
{
    const struct sources *sources = of;
    const struct source *source = &sources->at[i];
    const struct log_group *events = events_of(sources, source);

    row_text(row, "source", source->name);
    row_text(row, "system", source->system);
    row_count(row, "events", events ? events->n : 0);
    if (events)
        fill_newest(row, events, 0);
    if (source->ran) {
        fill_run(row, &source->run, 0);
        count_cells(row, sources, source);
    }
    row_count(row, "unlinked", source->unlinked);
    schedule_cells(row, sources, source);
}

static void fill(struct row *row, const void *of, size_t i)
{
    const struct sources *sources = of;

    (void)i;
    row_head(row, "ledger", sources->head);
    row_rows(row, "sources", rows_of(fill_source, sources, sources->n));
}

static void print_flat(const struct sources *sources)
{
    static const struct column columns[] = {
        { "source", "source", .dash = false },
        { "system", "system", .dash = false },
        { "events", "events", .right = true },
        { "newestSeq", "seq", .right = true },
        { "newestOccurredAt", "occurredAt", .dash = false },
        { "newestRecordedAt", "recordedAt", .dash = false },
        { "begun", "begun", .dash = false },
        { "ended", "ended", .dash = false },
        { "failed", "failed", .dash = false },
        { "error", "error", .dash = false },
        { "read", "read", .right = true },
        { "added", "added", .right = true },
        { "corrected", "corrected", .right = true },
        { "agree", "agree", .right = true },
        { "differ", "differ", .right = true },
        { "unlinked", "unlinked", .right = true },
        { "readAt", "readAt", .dash = false },
        { "behindSeconds", "behindSeconds", .right = true },
        { "everySeconds", "everySeconds", .right = true },
        { "due", "due", .dash = false },
    };

    print_csv_of(sources->env->out, COLUMNS_OF(columns), rows_of(fill_flat, sources, sources->n));
}

/* ---- for people ---- */

/* Why a run failed, what differed, what is due: a line each. */
static void print_said(const struct sources *sources)
{
    for (size_t i = 0; i < sources->n; i++) {
        const struct source *source = &sources->at[i];
        struct bc_buf line = { 0 };

        if (source->ran && source->run.failed)
            bc_buf_printf(&line, "its last run failed: %.*s", BC_STR_ARG(source->run.error));
        for (size_t d = 0; source->ran && d < source->run.difference_n; d++) {
            const struct connect_kept_difference *one = &source->run.differences[d];

            bc_buf_printf(&line, "%s%.*s: %.*s is %.*s in the ledger, %.*s there",
                          line.len ? "; " : "", BC_STR_ARG(one->object), BC_STR_ARG(one->what),
                          BC_STR_ARG(one->ledger.len ? one->ledger : BC_STR("none")),
                          BC_STR_ARG(one->service.len ? one->service : BC_STR("none")));
        }
        if (line.len) {
            struct bc_buf all = { 0 };

            bc_buf_printf(&all, "%.*s: %.*s", BC_STR_ARG(source->name),
                          BC_STR_ARG(bc_buf_str(&line)));
            paragraph_print(sources->env, 0, bc_buf_str(&all));
            bc_buf_release(&all);
        }
        bc_buf_release(&line);
    }
}

static void print(const struct sources *sources)
{
    static const struct column columns[] = {
        { .name = "SOURCE", .key = "source", .fit = COLUMN_MIDDLE, .dash = true },
        { .name = "EVENTS", .key = "events", .right = true },
        { .name = "LAST EVENT", .key = "occurredAt", .dash = true },
        { .name = "LAST RUN", .key = "run", .dash = true },
        { .name = "BEHIND", .key = "behind", .right = true, .dash = true },
        { .name = "AGREE", .key = "agree", .right = true, .dash = true, .leave = 3 },
        { .name = "DIFFER", .key = "differ", .right = true, .dash = true, .leave = 2 },
        { .name = "UNLINKED", .key = "unlinked", .right = true, .leave = 1 },
        { .name = "DUE", .key = "due", .dash = true },
    };

    if (sources->n == 0) {
        fputs("no events, and no import\n", sources->env->out);
        return;
    }
    print_table_of(sources->env, COLUMNS_OF(columns), rows_of(fill_source, sources, sources->n));
    fputc('\n', sources->env->out);
    print_said(sources);
    times_tell(sources->env);
}

bc_status sources_show(const struct cmd_env *env, bc_log *log,
                       const struct connect_schedule *schedule, enum sources_form form,
                       struct bc_err *err)
{
    struct sources sources = {
        .env = env, .head = bc_log_head(log), .now_us = cmd_now_us(env), .arena = bc_arena_new()
    };
    bc_status rc = log_groups_count(&sources.groups, log, LOG_BY_SOURCE, err);

    if (rc == BC_OK)
        rc = connect_record_each(log, see_run, &sources, err);
    if (rc == BC_OK)
        rc = bc_meta_each_named(log, BC_META_UNTIED, see_unlinked, &sources, err);
    if (rc == BC_OK) {
        add_systems(&sources);
        if (schedule)
            add_schedule(&sources, schedule);
        if (form == SOURCES_JSON)
            print_json_of(env, fill, &sources);
        else if (form == SOURCES_CSV)
            print_flat(&sources);
        else
            print(&sources);
    }
    log_groups_release(&sources.groups);
    free(sources.at);
    bc_arena_free(sources.arena);
    return rc;
}
