#include "tools/show/explain.h"

#include "tools/cli/text.h"
#include "tools/json/event_text.h"
#include "tools/print/cell_text.h"
#include "tools/print/print_json.h"
#include "tools/print/print_table.h"
#include "tools/show/by_value.h"
#include "tools/show/report.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* --- the texts of events, for people --- */

/* The texts of the events behind all items, each named by its index among them. */
struct sayings {
    struct bc_str *texts;
    size_t *first; /* by item: the number of its first event */
    bc_arena *arena;
    const struct times *times;
    const struct names *names; /* of people */
    struct bc_buf scratch;
};

static bc_status take_saying(void *payload, size_t name, const struct bc_event *event,
                             struct bc_err *err)
{
    struct sayings *sayings = payload;

    (void)err;
    sayings->scratch.len = 0;
    event_text_add(&sayings->scratch, event, sayings->times, sayings->names);
    sayings->texts[name] = bc_arena_copy(sayings->arena, bc_buf_str(&sayings->scratch));
    return BC_OK;
}

static bc_status read_sayings(struct sayings *out, bc_log *log,
                              const struct bc_explanation *explanation, const struct cmd_env *env,
                              struct bc_err *err)
{
    struct bc_wanted *wanted;
    size_t n = 0, at = 0;
    bc_status rc;

    for (size_t i = 0; i < explanation->item_n; i++)
        n += explanation->items[i].cause_n;
    wanted = bc_calloc(n, sizeof(*wanted));
    *out = (struct sayings){ .texts = bc_calloc(n, sizeof(*out->texts)),
                             .first = bc_calloc(explanation->item_n, sizeof(*out->first)),
                             .arena = bc_arena_new(),
                             .times = env->times,
                             .names = env->names };
    for (size_t i = 0; i < explanation->item_n; i++) {
        out->first[i] = at;
        for (size_t c = 0; c < explanation->items[i].cause_n; c++, at++)
            wanted[at] = (struct bc_wanted){ explanation->items[i].causes[c].seq, at };
    }
    rc = bc_log_read_each(log, wanted, n, take_saying, out, err);
    free(wanted);
    return rc;
}

static void release_sayings(struct sayings *sayings)
{
    free(sayings->texts);
    free(sayings->first);
    bc_arena_free(sayings->arena);
    bc_buf_release(&sayings->scratch);
}

/* --- rows --- */

struct shown {
    const struct basis *basis;
    const struct bc_explanation *explanation;
    const struct sayings *sayings; /* for people */
    const struct explain_of *of;   /* or NULL */
};

/* The events of an item. */
struct item_events {
    const struct bc_item *item;
    const struct bc_str *says;
};

static void fill_event(struct row *row, const void *source, size_t i)
{
    const struct item_events *events = source;

    row_seq(row, "seq", events->item->causes[i].seq);
    row_instant(row, "occurred", events->item->causes[i].occurred_us);
    row_text(row, "event", events->says[i]);
    row_text(row, "id", events->item->causes[i].id);
}

/* For programs their ids, for people a row each. */
static void add_events(struct row *row, const struct shown *shown, size_t i)
{
    const struct bc_item *item = &shown->explanation->items[i];

    if (row_for_people(row)) {
        struct item_events *events = row_alloc(row, sizeof(*events));

        events->item = item;
        events->says = shown->sayings->texts + shown->sayings->first[i];
        row_rows(row, "events", rows_of(fill_event, events, item->cause_n));
    } else {
        struct bc_str *ids = row_make_texts(row, "events", item->cause_n);

        for (size_t c = 0; c < item->cause_n; c++)
            ids[c] = item->causes[c].id;
    }
}

static void fill_item(struct row *row, const void *source, size_t i)
{
    const struct shown *shown = source;
    const struct bc_item *item = &shown->explanation->items[i];
    const struct bc_kind *kind = bc_rules_kind(shown->explanation->metric);
    enum bc_subject subject = bc_rules_subject(shown->explanation->metric);

    if (subject != BC_OF_MEETINGS)
        row_text(row, "deal", item->deal);
    switch (subject) {
    case BC_OF_DEALS:
        break;
    case BC_OF_MEETINGS:
        row_text(row, "meeting", item->meeting);
        row_texts(row, "deals", item->deals, item->deal_n);
        break;
    case BC_OF_EMAILS:
        row_text(row, "email", item->email);
        row_text(row, "campaign", item->campaign);
        break;
    case BC_OF_ATTEMPTS:
        row_instant(row, "left", item->left_us);
        row_text(row, "to", item->to);
        break;
    }
    switch (kind->measure) {
    case BC_MEASURE_COUNT:
        if (subject == BC_OF_DEALS)
            add_events(row, shown, i);
        break;
    case BC_MEASURE_RATE:
        row_bool(row, kind->hit, item->hit);
        break;
    case BC_MEASURE_DAYS:
        row_figure(row, "days", CELL_TENTHS, item->days);
        break;
    }
}

static struct rows items_of(const struct shown *shown)
{
    return rows_of(fill_item, shown, shown->explanation->item_n);
}

/* As `metrics` has it; its lists are not known here. */
static void fill_figure(struct row *row, const void *source, size_t i)
{
    const struct shown *shown = source;
    const struct bc_explanation *explanation = shown->explanation;

    (void)i;
    report_metric_cells(row, explanation->metric,
                        shown->basis->rules->slices[explanation->slice].name, &explanation->cell);
}

static void fill(struct row *row, const void *source, size_t i)
{
    const struct shown *shown = source;
    const struct bc_explanation *explanation = shown->explanation;
    const struct bc_cell *cell = &explanation->cell;

    (void)i;
    basis_cells(row, shown->basis, shown->basis->question.as_of_us[0]);
    row_word(row, "metric", explanation->metric->name);
    row_word(row, "slice", shown->basis->rules->slices[explanation->slice].name);
    if (shown->of) {
        row_text(row, "by", shown->of->by);
        row_text(row, "of", shown->of->of);
    }
    report_value(row, "value", report_figure(explanation->metric), cell->has_value, cell->value);
    row_count(row, "n", cell->n);
    row_texts(row, "deals", explanation->deals, explanation->deal_n);
    row_rows(row, "items", items_of(shown));
    if (row_for_pages(row))
        row_row(row, "figure", fill_figure, shown);
    notes_cells(row, &shown->basis->notes);
}

/* --- forms --- */

void explain_json(const struct cmd_env *env, const struct basis *basis,
                  const struct bc_explanation *explanation, const struct explain_of *of)
{
    print_json_of(env, fill, &(struct shown){ basis, explanation, NULL, of });
}

/* What a thing is, then how it goes into the value. */
static void print_items(const struct cmd_env *env, const struct shown *shown)
{
    const struct bc_kind *kind = bc_rules_kind(shown->explanation->metric);
    struct column columns[5] = { { .name = "DEAL", .key = "deal", .fit = COLUMN_MIDDLE },
                                 COLUMN_NAME_OF("deal") };
    char hit[32];
    size_t n = 2;

    switch (bc_rules_subject(shown->explanation->metric)) {
    case BC_OF_DEALS:
        break;
    case BC_OF_MEETINGS:
        columns[0] = (struct column){ .name = "MEETING", .key = "meeting", .fit = COLUMN_MIDDLE };
        columns[1] = (struct column){
            .name = "DEALS", .key = "deals", .fit = COLUMN_WRAP, .shows = COLUMN_DEALS
        };
        break;
    case BC_OF_EMAILS:
        columns[n++] = (struct column){ .name = "E-MAIL", .key = "email", .fit = COLUMN_MIDDLE };
        columns[n++] =
            (struct column){ .name = "CAMPAIGN", .key = "campaign", .fit = COLUMN_MIDDLE };
        break;
    case BC_OF_ATTEMPTS:
        columns[n++] = (struct column){ .name = "LEFT", .key = "left" };
        columns[n++] = (struct column){ .name = "TO", .key = "to", .fit = COLUMN_MIDDLE };
        break;
    }
    switch (kind->measure) {
    case BC_MEASURE_COUNT:
        break;
    case BC_MEASURE_RATE:
        (void)snprintf(hit, sizeof(hit), "%s", kind->hit);
        for (char *at = hit; *at; at++)
            *at = (char)toupper((unsigned char)*at);
        columns[n++] = (struct column){ .name = hit, .key = kind->hit };
        break;
    case BC_MEASURE_DAYS:
        columns[n++] = (struct column){ .name = "DAYS", .key = "days", .right = true };
        break;
    }
    print_table_of(env, (struct columns){ columns, n }, items_of(shown));
}

/* Deals that are counted are listed with their events. */
static bc_status print_events(const struct cmd_env *env, const struct shown *shown,
                              struct bc_err *err)
{
    static const struct column columns[] = {
        { .name = "DEAL", .key = "deal", .fit = COLUMN_MIDDLE },
        COLUMN_NAME_WITH_ROOM("deal", 1),
        { .name = "SEQ", .key = "seq", .right = true, .leave = 2 },
        { .name = "OCCURRED", .key = "occurred" },
        { .name = "EVENT", .key = "event", .fit = COLUMN_WRAP, .least = 24 },
        { .name = "ID", .key = "id", .fit = COLUMN_MIDDLE, .leave = 3 },
    };
    const struct table_form form = { .columns = COLUMNS_OF(columns), .below = "events" };
    const struct rows rows = items_of(shown);

    return print_table(env, &form, &rows, err);
}

static void print_head(const struct cmd_env *env, const struct shown *shown)
{
    const struct bc_explanation *explanation = shown->explanation;
    const struct bc_cell *cell = &explanation->cell;
    struct bc_buf value = { 0 };

    cell_text_figure(&value, cell->has_value ? report_figure(explanation->metric) : CELL_NULL,
                     cell->value);
    text_put(env->out, bc_str_of(explanation->metric->name));
    fputs(", slice ", env->out);
    text_put(env->out, bc_str_of(shown->basis->rules->slices[explanation->slice].name));
    if (shown->of) {
        fputs(", ", env->out);
        text_put(env->out, shown->of->by);
        fputc(' ', env->out);
        text_put(env->out, by_value_said(env->names, shown->of->by, shown->of->of));
    }
    fprintf(env->out, ": %.*s; n %" PRIu64 ", deals %zu\n", BC_STR_ARG(bc_buf_str(&value)), cell->n,
            explanation->deal_n);
    bc_buf_release(&value);
}

bc_status explain_print(const struct cmd_env *env, const struct basis *basis,
                        const struct bc_explanation *explanation, const struct explain_of *of,
                        struct bc_err *err)
{
    const struct bc_metric_rule *rule = explanation->metric;
    bool events =
        bc_rules_subject(rule) == BC_OF_DEALS && bc_rules_kind(rule)->measure == BC_MEASURE_COUNT;
    struct sayings sayings;
    const struct shown shown = { basis, explanation, &sayings, of };
    bc_status rc = read_sayings(&sayings, basis->log, explanation, env, err);

    if (rc == BC_OK) {
        print_head(env, &shown);
        if (explanation->item_n)
            fputc('\n', env->out);
        if (events)
            rc = print_events(env, &shown, err);
        else
            print_items(env, &shown);
        basis_print(env, basis, basis->question.as_of_us);
    }
    release_sayings(&sayings);
    return rc;
}
