#include "tools/import/csv/csv_row.h"

#include "ledger/record/codec.h"
#include "ledger/record/event.h"
#include "projections/yaml/yaml.h"
#include "tools/import/csv/csv_id.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* All that the row says, independent of the order of the columns. */
static struct csv_digest row_digest(const struct csv_rows *rows)
{
    struct bc_buf bytes = { 0 };
    struct csv_digest digest;

    for (size_t i = 0; i < rows->by_name_n; i++) {
        struct bc_str name = rows->map->columns[rows->by_name[i]].name;
        struct bc_str cell = csv_rows_cell(rows, rows->by_name[i]);

        bc_varint_add(&bytes, name.len);
        bc_buf_add_str(&bytes, name);
        bc_varint_add(&bytes, cell.len);
        bc_buf_add_str(&bytes, cell);
    }
    digest = csv_digest_of(bc_buf_str(&bytes));
    bc_buf_release(&bytes);
    return digest;
}

/* What distinguishes the row from all others: its key, or its content and how often that has
 * occurred. */
static bc_status add_row_key(struct csv_rows *rows, struct bc_buf *out, struct bc_err *err)
{
    const csv_map *map = rows->map;
    const struct csv_sight *before;
    struct csv_digest digest;

    for (size_t i = 0; i < map->key_n; i++) {
        struct bc_str part = csv_rows_cell(rows, map->key[i]);
        bc_status rc = csv_rows_id(rows, &part, map->key[i], err);

        if (rc < 0)
            return rc;
        if (i > 0)
            bc_buf_add_byte(out, ',');
        csv_id_escape(out, part);
    }
    if (map->key_n > 0)
        return BC_OK;
    digest = row_digest(rows);
    before = csv_seen_find(&rows->rows, digest);
    csv_id_digest(out, digest);
    if (before)
        bc_buf_printf(out, ".%" PRIu64, before->times + 1);
    csv_seen_add(&rows->rows, digest, (struct csv_digest){ 0 }, 0);
    return BC_OK;
}

/* How many events said the same, this one too. */
static uint64_t count_said(struct csv_rows *rows, struct csv_digest said, int64_t more)
{
    const struct csv_sight *sight = csv_seen_find(&rows->said, said);
    const int64_t n = (sight ? sight->number : 0) + more;

    csv_seen_add(&rows->said, said, (struct csv_digest){ 0 }, n);
    return (uint64_t)n;
}

/* An event that is not made counts for nothing. */
static void forget_said(struct csv_rows *rows, const struct csv_made *made)
{
    if (made->old_id.len > 0)
        (void)count_said(rows, made->said, -1);
}

static void forget_row(struct csv_rows *rows)
{
    for (size_t i = 0; i < rows->made_n; i++)
        forget_said(rows, &rows->made[i]);
    rows->made_n = 0;
    csv_rows_unnote(rows);
}

/* Where the map has no key, both ids: that of scheme 1 is what an older version gave. */
static void make_ids(struct csv_rows *rows, struct csv_made *made, struct bc_str row_key)
{
    struct bc_buf id = { 0 }, row = { 0 };

    bc_buf_add_str(&row, row_key);
    if (made->rule->each) {
        bc_buf_add_byte(&row, '/');
        csv_id_escape(&row, rows->each);
    }
    csv_id_row(&id, rows->map->prefix, made->event.deal, bc_buf_str(&row), made->rule->label);
    bc_buf_release(&row);
    made->event.id = bc_arena_copy(rows->scratch, bc_buf_str(&id));
    if (rows->map->key_n == 0) {
        made->old_id = made->event.id;
        made->said = csv_id_said(&made->event);
        id.len = 0;
        csv_id_event(&id, rows->map->prefix, &made->event, made->said,
                     count_said(rows, made->said, 1));
        made->event.id = bc_arena_copy(rows->scratch, bc_buf_str(&id));
    }
    bc_buf_release(&id);
}

/* What a change applies to: a deal's property, or a deal's kind of event. */
static struct csv_digest subject_digest(const struct csv_made *made)
{
    const struct bc_event *event = &made->event;
    struct bc_str name = event->body == BC_PROPERTY_CHANGED
                             ? event->value[BC_PROPERTY_CHANGED_NAME].text
                             : bc_str_of(made->rule->label);
    struct bc_buf bytes = { 0 };
    struct csv_digest digest;

    bc_varint_add(&bytes, event->body);
    bc_varint_add(&bytes, event->deal.len);
    bc_buf_add_str(&bytes, event->deal);
    bc_buf_add_str(&bytes, name);
    digest = csv_digest_of(bc_buf_str(&bytes));
    bc_buf_release(&bytes);
    return digest;
}

static struct csv_digest body_digest(const struct bc_event *event)
{
    struct bc_event body = { .body = event->body };
    struct bc_buf bytes = { 0 };
    struct csv_digest digest;

    memcpy(body.value, event->value, sizeof(body.value));
    bc_encode_content(&bytes, &body);
    digest = csv_digest_of(bc_buf_str(&bytes));
    bc_buf_release(&bytes);
    return digest;
}

/* BC_DONE: the deal's event before said the same. */
static bc_status check_change(struct csv_rows *rows, const struct csv_made *made,
                              struct bc_err *err)
{
    const struct bc_event *event = &made->event;
    struct csv_note note = { .of = subject_digest(made),
                             .said = body_digest(event),
                             .us = event->occurred_us };
    struct csv_note before = note;
    const bool seen = csv_rows_noted(rows, &before);
    bool unset =
        event->body == BC_PROPERTY_CHANGED && event->value[BC_PROPERTY_CHANGED_VALUE].text.len == 0;

    if (seen && before.us > event->occurred_us)
        return csv_rows_fault(rows, made->rule->about.time.column, err,
                              before.here
                                  ? "earlier than what the row says before it; `changes_only` "
                                    "needs the map's events in order of time"
                                  : "earlier than the deal's previous row; `changes_only` needs a "
                                    "deal's rows in order of time: give the table's `order`");
    csv_rows_note(rows, &note);
    if (!seen)
        return unset ? BC_DONE : BC_OK;
    return csv_digest_same(before.said, note.said) ? BC_DONE : BC_OK;
}

/* BC_DONE: the deal had one before. Another value than that is counted. */
static bc_status check_once(struct csv_rows *rows, const struct csv_made *made)
{
    const struct bc_event *event = &made->event;
    struct csv_note note = { .of = subject_digest(made),
                             .said = body_digest(event),
                             .us = event->occurred_us };
    struct csv_note before = note;

    if (!csv_rows_noted(rows, &before)) {
        csv_rows_note(rows, &note);
        return BC_OK;
    }
    if (!csv_digest_same(before.said, note.said))
        csv_times_add(&rows->summary.other, rows->row->begin.line);
    return BC_DONE;
}

static bc_status make_times(struct csv_rows *rows, struct csv_made *made, struct bc_err *err)
{
    const struct csv_about *about = &made->rule->about;
    struct bc_event *event = &made->event;
    bc_status rc =
        csv_rows_time(rows, &event->occurred_us, &event->has_occurred, &about->time, err);

    if (rc == BC_OK && !event->has_occurred)
        return csv_rows_fault(rows, about->time.column, err,
                              "no time for %s: column \"%.*s\" is empty; a row without one needs "
                              "`skip_rows` or `when`",
                              made->rule->label,
                              BC_STR_ARG(rows->map->columns[about->time.column].name));
    if (rc == BC_OK &&
        (about->source_recorded.fixed || about->source_recorded.column != CSV_NO_COLUMN))
        rc = csv_rows_time(rows, &event->source_recorded_us, &event->has_source_recorded,
                           &about->source_recorded, err);
    return rc;
}

/* BC_DONE: the value is not taken. */
static bc_status check_property(struct csv_rows *rows, struct csv_made *made, struct bc_err *err)
{
    const struct csv_rule *rule = made->rule;
    struct bc_str name = made->event.value[BC_PROPERTY_CHANGED_NAME].text;
    struct bc_str *value = &made->event.value[BC_PROPERTY_CHANGED_VALUE].text;
    size_t column = csv_text_column(&rule->value[BC_PROPERTY_CHANGED_VALUE].text);

    if (value->len == 0)
        return rule->skip_empty ? BC_DONE : BC_OK;
    if (bc_str_eq(name, BC_STR("renews"))) { /* another deal */
        bc_status rc = csv_rows_id(rows, value, column, err);

        return rc == BC_OK && value->len == 0 && rule->skip_empty ? BC_DONE : rc;
    }
    if (bc_property_is_amount(name))
        return csv_rows_plain(rows, *value, column, err);
    if (rule->no_day == CSV_NO_DAY_KEEP || !bc_property_is_day(name) || csv_is_date(*value))
        return BC_OK;
    if (rule->no_day == CSV_NO_DAY_SKIP) {
        csv_times_add(&rows->summary.no_day, rows->row->begin.line);
        return BC_DONE;
    }
    if (csv_is_like_date(*value))
        return csv_rows_fault(rows, column, err, "there is no day \"%.*s\", which %.*s is to be",
                              BC_STR_ARG(bc_yaml_clip(*value)), BC_STR_ARG(bc_yaml_clip(name)));
    return csv_rows_fault(rows, column, err,
                          "\"%.*s\" is no date written YYYY-MM-DD, as %.*s is; give its `formats`",
                          BC_STR_ARG(bc_yaml_clip(*value)), BC_STR_ARG(bc_yaml_clip(name)));
}

/* A date in none of its formats: by the map's word as it stands, or not at all. */
static bc_status take_no_day(struct csv_rows *rows, struct bc_value *out,
                             const struct csv_rule *rule, const struct csv_value *value)
{
    if (rule->no_day == CSV_NO_DAY_KEEP) {
        out->text = csv_rows_cell(rows, value->time.column);
        return BC_OK;
    }
    csv_times_add(&rows->summary.no_day, rows->row->begin.line);
    return BC_DONE;
}

/* Fields by which one event names what another is about. */
static bool is_id_field(const struct bc_field *field)
{
    static const char *const names[] = { "meeting",   "email", "into",  "experiment",
                                         "agreement", "order", "event", "experiments" };

    for (size_t i = 0; field->name && i < sizeof(names) / sizeof(names[0]); i++)
        if (strcmp(field->name, names[i]) == 0)
            return true;
    return false;
}

static bc_status check_ids(struct csv_rows *rows, struct bc_value *value, size_t column,
                           struct bc_err *err)
{
    bc_status rc = csv_rows_id(rows, &value->text, column, err);

    for (size_t i = 0; rc == BC_OK && i < value->item_n; i++) /* blanks are cut with the list */
        rc = csv_rows_in_full(rows, value->items[i], column, err);
    return rc;
}

static bc_status make_body(struct csv_rows *rows, struct csv_made *made, struct bc_err *err)
{
    const struct csv_rule *rule = made->rule;
    const struct bc_schema *schema = bc_schema(rule->body);

    made->event.body = rule->body;
    for (unsigned f = 1; f <= BC_FIELD_MAX; f++) {
        bc_status rc = csv_rows_value(rows, &made->event.value[f], schema->field[f].type,
                                      &rule->value[f], err);

        if (rc == BC_E_INPUT && rule->value[f].kind == CSV_DAY && rule->no_day != CSV_NO_DAY_ERROR)
            rc = take_no_day(rows, &made->event.value[f], rule, &rule->value[f]);
        if (rc == BC_OK && is_id_field(&schema->field[f]))
            rc = check_ids(rows, &made->event.value[f], csv_text_column(&rule->value[f].text), err);
        if (rc != BC_OK)
            return rc;
    }
    return rule->body == BC_PROPERTY_CHANGED ? check_property(rows, made, err) : BC_OK;
}

struct csv_place csv_rows_place(const struct csv_rows *rows, const struct csv_made *made,
                                struct bc_where where)
{
    const struct csv_rule *rule = made->rule;
    const struct csv_about *about = &rule->about;
    const struct csv_value *value = &rule->value[where.field];
    size_t column = CSV_NO_COLUMN;

    if (where.field)
        column = value->kind == CSV_TIME || value->kind == CSV_DAY ? value->time.column
                                                                   : csv_text_column(&value->text);
    else if (strcmp(where.part, "occurredAt") == 0)
        column = about->time.column;
    else if (strcmp(where.part, "sourceRecordedAt") == 0)
        column = about->source_recorded.column;
    else if (strcmp(where.part, "actor") == 0)
        column = csv_text_column(&about->actor);
    else if (strcmp(where.part, "source") == 0)
        column = csv_text_column(&about->ref);
    else if (strcmp(where.part, "deal") == 0)
        column = csv_text_column(&about->deal);
    else if (strcmp(where.part, "id") == 0 && rows->map->key_n > 0)
        column = rows->map->key[0];
    return csv_rows_place_of(rows, column);
}

static bc_status check(struct csv_rows *rows, const struct csv_made *made, struct bc_err *err)
{
    struct bc_where where = { 0 };
    bc_status rc = bc_event_check(&made->event, &where, err);
    struct csv_place place;

    if (rc == BC_OK)
        return rc;
    place = csv_rows_place(rows, made, where);
    return bc_err_in(err, rc, "%s:%" PRIu64 ":%zu", rows->file, place.line, place.column);
}

/* BC_DONE: the map leaves it out. */
static bc_status make_event(struct csv_rows *rows, struct csv_made *made, struct bc_str row_key,
                            struct bc_err *err)
{
    const struct csv_about *about = &made->rule->about;
    struct bc_event *event = &made->event;
    bc_status rc = make_body(rows, made, err);

    if (rc == BC_OK)
        rc = make_times(rows, made, err);
    if (rc != BC_OK)
        return rc;
    rc = csv_rows_deal(rows, &event->deal, about, err);
    if (rc < 0)
        return rc;
    event->actor = csv_rows_text(rows, &about->actor);
    event->source_system = csv_rows_text(rows, &about->system);
    event->source_ref = csv_rows_text(rows, &about->ref);
    event->source_how = csv_rows_text(rows, &about->how);
    make_ids(rows, made, row_key);
    rc = check(rows, made, err);
    if (rc == BC_OK && made->rule->once)
        return check_once(rows, made);
    if (rc == BC_OK && made->rule->changes_only)
        rc = check_change(rows, made, err);
    if (rc == BC_OK)
        csv_rows_stage(rows, made);
    return rc;
}

/* BC_DONE: the map leaves it out. */
static bc_status make(struct csv_rows *rows, const struct csv_rule *rule, struct bc_str row_key,
                      struct bc_err *err)
{
    struct csv_made made = { .rule = rule };
    bc_status rc = rule->initial ? csv_rows_initial(rows, rule, err) : BC_OK;

    if (rc == BC_OK)
        rc = make_event(rows, &made, row_key, err);
    if (rc == BC_DONE || (rc < 0)) {
        forget_said(rows, &made);
        return rc;
    }
    BC_GROW(rows->made, rows->made_n, rows->made_cap);
    rows->made[rows->made_n++] = made;
    return BC_OK;
}

static bc_status take(struct csv_rows *rows, struct bc_str row_key, struct bc_err *err)
{
    const csv_map *map = rows->map;
    bool met = false;

    rows->named = !map->has_events;
    for (size_t i = 0; i < map->rule_n; i++) {
        const struct csv_rule *rule = &map->rules[i];
        bc_status rc;

        if (rule->conditional && !csv_rows_hold(rows, &rule->when))
            continue;
        met = true;
        rows->named |= !rule->property || rule->conditional;
        rc = csv_rows_each(rows, rule, row_key, make, err);
        if (rc < 0)
            return rc;
    }
    if (!met)
        return csv_rows_fault(rows, CSV_NO_COLUMN, err,
                              "the map makes no event of this row, and does not skip it");
    if (!rows->named)
        csv_times_add(rows->made_n ? &rows->summary.bare : &rows->summary.unnamed,
                      rows->row->begin.line);
    return BC_OK;
}

/* A number that lost its last digits puts rows in no order. */
static bc_status check_order(const struct csv_rows *rows, struct bc_err *err)
{
    const csv_map *map = rows->map;

    if (map->order != CSV_ORDER_BY)
        return BC_OK;
    return csv_rows_in_full(rows, csv_rows_cell(rows, map->order_by), map->order_by, err);
}

bc_status csv_rows_take(struct csv_rows *rows, const struct csv_row *row, struct bc_err *err)
{
    struct bc_buf row_key = { 0 };
    bc_status rc;

    rows->row = row;
    rows->made_n = 0;
    csv_rows_unnote(rows);
    rows->missed = false;
    rows->named = true;
    bc_arena_reset(rows->scratch);
    if (row->cell_n != rows->cell_n) {
        struct csv_place place = csv_row_place(row, row->cell_n > rows->cell_n ? rows->cell_n : 0);

        bc_err_set(err, BC_E_INPUT, "%zu cell%s, expected %zu as in the header", row->cell_n,
                   row->cell_n == 1 ? "" : "s", rows->cell_n);
        return bc_err_in(err, BC_E_INPUT, "%s:%" PRIu64 ":%zu", rows->file, place.line,
                         place.column);
    }
    if (csv_rows_hold(rows, &rows->map->skip))
        return BC_OK;
    rc = check_order(rows, err);
    if (rc == BC_OK)
        rc = add_row_key(rows, &row_key, err);
    if (rc == BC_OK)
        rc = take(rows, bc_buf_str(&row_key), err);
    bc_buf_release(&row_key);
    if (rc < 0)
        forget_row(rows);
    for (size_t i = 0; i < rows->note_n; i++)
        csv_seen_add(&rows->values, rows->notes[i].of, rows->notes[i].said, rows->notes[i].us);
    return rc;
}

bool csv_rows_when(struct csv_rows *rows, int64_t *out_us, const struct csv_row *row)
{
    const struct csv_time *time = &rows->map->time;
    bool given = false;

    rows->row = row;
    return row->cell_n == rows->cell_n && !time->fixed && time->column != CSV_NO_COLUMN &&
           csv_rows_time(rows, out_us, &given, time, NULL) == BC_OK && given;
}

void csv_rows_release(struct csv_rows *rows)
{
    csv_seen_release(&rows->rows);
    csv_seen_release(&rows->said);
    csv_seen_release(&rows->values);
    bc_arena_free(rows->scratch);
    free(rows->cell_of);
    free(rows->by_name);
    free(rows->made);
    csv_rows_unnote(rows);
    free(rows->notes);
}
