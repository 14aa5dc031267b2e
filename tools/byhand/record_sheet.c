#include "tools/byhand/record_sheet.h"

#include "ledger/record/merkle.h"
#include "tools/ask/open.h"
#include "tools/byhand/record_check.h"
#include "tools/cli/text.h"
#include "tools/cli/times.h"
#include "tools/json/event_json.h"
#include "tools/json/event_text.h"
#include "tools/print/print_json.h"
#include "tools/print/print_table.h"

#include <stdlib.h>

void record_sheet_release(struct record_sheet *sheet)
{
    free(sheet->events);
    *sheet = (struct record_sheet){ 0 };
}

struct bc_event record_event_by_hand(enum bc_body body)
{
    return (
        struct bc_event){ .has_occurred = true, .source_system = BC_STR("manual"), .body = body };
}

void record_sheet_add(struct record_sheet *sheet, const struct bc_event *event)
{
    BC_GROW(sheet->events, sheet->n, sheet->cap);
    sheet->events[sheet->n++] = *event;
}

/* --- names --- */

/* The field that names what is new. */
static bool is_name(enum bc_body body, unsigned number)
{
    const char *field = bc_schema(body)->field[number].name;

    return field && ((body == BC_ACTION_DECIDED && strcmp(field, "action") == 0) ||
                     (body == BC_MEETING_LOGGED && strcmp(field, "meeting") == 0) ||
                     (body == BC_EMAIL_SENT && strcmp(field, "email") == 0));
}

bool record_fills_in(enum bc_body body, unsigned number)
{
    return is_name(body, number) ||
           (body == BC_MEETING_LOGGED && number == BC_MEETING_LOGGED_STARTS_AT);
}

static struct bc_str made_name(const struct bc_event *event, bc_arena *arena)
{
    const struct bc_hash hash = bc_hash_bytes(event->id);
    const unsigned char *at = (const unsigned char *)hash.at;
    char name[16];

    snprintf(name, sizeof(name), "%c-%02x%02x%02x%02x", bc_schema(event->body)->name[0], at[0],
             at[1], at[2], at[3]);
    return bc_arena_copy(arena, bc_str_of(name));
}

void record_event_fill_in(struct bc_event *event, bool is_day, bc_arena *arena)
{
    for (unsigned number = 1; number <= BC_FIELD_MAX; number++)
        if (is_name(event->body, number) && event->value[number].text.len == 0)
            event->value[number].text = made_name(event, arena);
    if (event->body == BC_MEETING_LOGGED && !event->value[BC_MEETING_LOGGED_STARTS_AT].set &&
        !is_day) {
        event->value[BC_MEETING_LOGGED_STARTS_AT].set = true;
        event->value[BC_MEETING_LOGGED_STARTS_AT].us = event->occurred_us;
    }
}

/* --- checks --- */

static bool creates(const struct record_sheet *sheet, struct bc_str deal)
{
    for (size_t i = 0; i < sheet->n; i++)
        if (sheet->events[i].body == BC_DEAL_CREATED && bc_str_eq(sheet->events[i].deal, deal))
            return true;
    return false;
}

static bc_status check_event(const struct record_check *check, const struct record_desk *desk,
                             struct record_fault *fault, struct bc_err *err)
{
    const struct bc_schema *schema = bc_schema(check->event->body);
    struct bc_where where = { 0 };
    bc_status rc = bc_event_check(check->event, &where, err);

    fault->field = rc < 0 && strcmp(where.part, schema->json_name) == 0 ? where.field : 0;
    for (unsigned number = 1; rc == BC_OK && number <= BC_FIELD_MAX; number++) {
        if (!schema->field[number].name)
            continue;
        fault->field = number;
        rc = record_check_field(check, number, err);
    }
    if (rc < 0)
        return rc;
    fault->field = 0;
    return record_check_deals(check, desk->timelines, err);
}

bc_status record_sheet_check(const struct record_sheet *sheet, const struct record_desk *desk,
                             const struct cmd_env *env, struct record_leave leave,
                             struct record_fault *fault, struct bc_err *err)
{
    struct record_check check = { .rules = desk->rules, .anyway = leave.anyway };
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < sheet->n; i++) {
        check.event = &sheet->events[i];
        check.first = leave.first || creates(sheet, check.event->deal);
        fault->event = i;
        rc = check_event(&check, desk, fault, err);
    }
    for (size_t i = 0; rc == BC_OK && i < sheet->n; i++) {
        check.event = &sheet->events[i];
        record_check_ahead(&check, env);
    }
    return rc;
}

/* --- their order --- */

struct placed {
    const struct bc_event *event;
    size_t i;
};

static int compare(const void *a, const void *b)
{
    const struct placed *one = a, *other = b;

    if (one->event->occurred_us != other->event->occurred_us)
        return one->event->occurred_us < other->event->occurred_us ? -1 : 1;
    return one->i < other->i ? -1 : one->i > other->i;
}

size_t *record_sheet_sort(struct record_sheet *sheet)
{
    struct placed *placed = bc_calloc(sheet->n + 1, sizeof(*placed));
    struct bc_event *sorted = bc_calloc(sheet->n + 1, sizeof(*sorted));
    size_t *order = bc_calloc(sheet->n + 1, sizeof(*order));

    for (size_t i = 0; i < sheet->n; i++)
        placed[i] = (struct placed){ &sheet->events[i], i };
    qsort(placed, sheet->n, sizeof(*placed), compare);
    for (size_t i = 0; i < sheet->n; i++) {
        order[i] = placed[i].i;
        sorted[i] = *placed[i].event;
    }
    free(placed);
    free(sheet->events);
    sheet->events = sorted;
    sheet->cap = sheet->n + 1;
    return order;
}

/* --- into the log --- */

struct outcome {
    const struct record_sheet *sheet;
    const struct record_taken *taken; /* NULL: nothing was looked up */
    size_t added;
    bool dry; /* nothing was appended; what is not `added` was there already */
};

static void fill_event(struct row *row, const void *source, size_t i)
{
    const struct outcome *outcome = source;
    const struct bc_event *event = &outcome->sheet->events[i];
    const struct record_taken *taken = outcome->taken ? &outcome->taken[i] : NULL;

    if (!row_for_people(row) && (outcome->dry || !taken)) {
        (void)event_json_add(row_make(row), event);
        row_made_json(row, NULL);
        return;
    }
    if (!row_for_people(row)) {
        row_text(row, "id", event->id);
        row_seq(row, "seq", taken->seq);
        row_bool(row, "added", taken->added);
        return;
    }
    if (taken && !taken->added)
        row_word(row, "seq", "there");
    else if (taken && !outcome->dry)
        row_seq(row, "seq", taken->seq);
    row_instant(row, "occurred", event->occurred_us);
    row_text(row, "deal", event->deal);
    event_text_add(row_make(row), event, row->times, row->names);
    row_made(row, "event");
    row_text(row, "id", event->id);
}

static void fill(struct row *row, const void *source, size_t i)
{
    const struct outcome *outcome = source;

    (void)i;
    row_bool(row, "dryRun", outcome->dry);
    row_count(row, "added", outcome->added);
    row_rows(row, "events", rows_of(fill_event, outcome, outcome->sheet->n));
}

static const struct column columns[] = {
    { .name = "SEQ", .key = "seq", .right = true },
    { .name = "OCCURRED", .key = "occurred" },
    { .name = "DEAL", .key = "deal", .dash = true },
    { .name = "EVENT", .key = "event", .fit = COLUMN_WRAP },
    { .name = "ID", .key = "id", .fit = COLUMN_MIDDLE },
};

/* Without what the log and the ids would say. */
void record_sheet_show(const struct record_sheet *sheet, const struct cmd_env *env)
{
    const struct outcome outcome = { .sheet = sheet };

    print_table_of(env, (struct columns){ &columns[1], 3 },
                   rows_of(fill_event, &outcome, sheet->n));
    times_tell(env);
}

static void print(const struct cmd_env *env, const struct outcome *outcome, bool as_json)
{
    const size_t n = outcome->sheet->n;

    if (as_json) {
        print_json_of(env, fill, outcome);
        return;
    }
    print_table_of(env, COLUMNS_OF(columns), rows_of(fill_event, outcome, n));
    fputc('\n', env->out);
    times_tell(env);
    fprintf(env->out, "%zu event%s %s, %zu there already%s\n", outcome->added,
            text_plural(outcome->added), outcome->dry ? "to record" : "recorded",
            n - outcome->added, outcome->dry ? ": a dry run, nothing was appended" : "");
    if (n > outcome->added)
        fputs("what of it was taken back stays so; told in other words it is a new event\n",
              env->out);
}

/* What an append would find to be there. */
static bc_status look_up(struct record_taken *taken, const struct record_sheet *sheet, bc_log *log,
                         struct bc_err *err)
{
    bc_status rc = BC_OK;

    for (size_t i = 0; rc >= 0 && i < sheet->n; i++) {
        rc = bc_log_find(log, sheet->events[i].id, &taken[i].seq, err);
        taken[i].added = rc == BC_DONE;
    }
    return rc < 0 ? rc : BC_OK;
}

bc_status record_sheet_take(const struct record_sheet *sheet, struct record_desk *desk,
                            const struct cmd_env *env, struct record_done how,
                            struct record_fault *fault, struct bc_err *err)
{
    struct record_taken *taken = bc_calloc(sheet->n + 1, sizeof(*taken));
    struct outcome outcome = { .sheet = sheet, .taken = taken, .dry = how.dry };
    struct bc_where where = { 0 };
    bc_status rc;

    bc_timelines_free(desk->timelines);
    desk->timelines = NULL;
    if (how.dry) {
        rc = look_up(taken, sheet, desk->log, err);
    } else {
        rc = record_append(taken, desk->log, sheet->events, sheet->n, cmd_now_us(env),
                           &fault->event, &where, err);
        fault->field = where.field;
        if (rc == BC_OK)
            rc = open_catch_up(desk->log, err);
    }
    for (size_t i = 0; i < sheet->n; i++)
        outcome.added += taken[i].added;
    if (rc == BC_OK)
        print(env, &outcome, how.json);
    free(taken);
    return rc;
}
