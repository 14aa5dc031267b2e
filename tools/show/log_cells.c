#include "tools/show/log_cells.h"

#include "ledger/base/base64.h"
#include "ledger/base/instant.h"
#include "ledger/log/prove.h"
#include "tools/json/event_text.h"

#include <inttypes.h>

/* --- the proof --- */

struct path {
    struct bc_proof proof;
    struct bc_head head;
    uint64_t seq;
    struct bc_hash gives[BC_PROOF_MOST]; /* what each is hashed to with all before it */
};

static void hash_cell(struct row *row, const char *key, const struct bc_hash *hash)
{
    char text[BC_HASH_TEXT_LEN];

    bc_hash_print(text, hash);
    row_format(row, key, "%s", text);
}

static bool is_left(const struct path *path, size_t i)
{
    return bc_proof_is_left(path->seq - 1, path->head.size, i);
}

static void fill_step(struct row *row, const void *source, size_t i)
{
    const struct path *path = source;

    row_word(row, "side", is_left(path, i) ? "left" : "right");
    hash_cell(row, "hash", &path->proof.at[i]);
    if (row_for_pages(row))
        hash_cell(row, "gives", &path->gives[i]);
}

static void walk_path(struct path *path, struct bc_hash node)
{
    for (size_t i = 0; i < path->proof.n; i++) {
        node = is_left(path, i) ? bc_hash_node(&path->proof.at[i], &node)
                                : bc_hash_node(&node, &path->proof.at[i]);
        path->gives[i] = node;
    }
}

bc_status log_cells_proof(struct row *row, bc_log *log, uint64_t seq, struct bc_str stored,
                          struct bc_err *err)
{
    const struct bc_hash leaf = bc_hash_leaf(stored);
    struct path *path = row_alloc(row, sizeof(*path));
    bc_status rc;

    path->head = *bc_log_head(log);
    path->seq = seq;
    rc = bc_log_prove_record(log, seq, path->head.size, &path->proof, err);
    if (rc == BC_OK && !bc_proof_holds_record(&path->proof, seq, stored, &path->head))
        rc = bc_err_damaged(err, "event %" PRIu64 " does not fit the hash tree", seq);
    if (rc < 0)
        return rc;
    walk_path(path, leaf);
    bc_base64_add(row_make(row), stored.at, stored.len);
    row_made(row, "stored");
    hash_cell(row, "leaf", &leaf);
    row_rows(row, "path", rows_of(fill_step, path, path->proof.n));
    row_head(row, "ledger", &path->head);
    if (row_for_pages(row))
        row_count(row, "bytes", stored.len);
    return BC_OK;
}

/* --- the event --- */

struct fields {
    const struct bc_event *event;
    unsigned numbers[BC_FIELD_MAX + 1];
    size_t n;
};

static bool is_there(const struct bc_value *value)
{
    return value->text.len || value->yes || value->set || value->item_n;
}

static void fill_field(struct row *row, const void *source, size_t i)
{
    const struct fields *fields = source;
    const struct bc_event *event = fields->event;
    const struct bc_field *field = &bc_schema(event->body)->field[fields->numbers[i]];
    const struct bc_value *value = &event->value[fields->numbers[i]];

    row_word(row, "name", field->json_name);
    switch (field->type) {
    case BC_TEXT:
    case BC_DAY:
        row_text(row, "value", value->text);
        break;
    case BC_BOOL:
        row_bool(row, "value", value->yes);
        break;
    case BC_TIME:
        row_instant(row, "value", value->us);
        break;
    case BC_LIST:
        row_texts(row, "value", value->items, value->item_n);
        break;
    }
}

static void fields_cell(struct row *row, const struct bc_event *event)
{
    struct fields *fields = row_alloc(row, sizeof(*fields));

    fields->event = event;
    for (unsigned number = 1; event->body != BC_NO_BODY && number <= BC_FIELD_MAX; number++)
        if (bc_schema(event->body)->field[number].name && is_there(&event->value[number]))
            fields->numbers[fields->n++] = number;
    row_rows(row, "fields", rows_of(fill_field, fields, fields->n));
    row_bool(row, "more",
             event->unknown.len || event->source_unknown.len || event->body_unknown.len);
}

/* How long after it happened it was recorded, or before. */
static void late_cell(struct row *row, const struct bc_event *event)
{
    const int64_t late_us = event->recorded_us - event->occurred_us;
    const int64_t us = late_us < 0 ? -late_us : late_us, minutes = us / (60 * BC_SECOND_US);
    const int64_t days = us / BC_DAY_US, hours = minutes / 60 % 24;
    const char *when = late_us < 0 ? "before it happened" : "after it happened";

    if (days && hours)
        row_format(row, "late", "%" PRId64 " d %" PRId64 " h %s", days, hours, when);
    else if (days)
        row_format(row, "late", "%" PRId64 " d %s", days, when);
    else if (minutes)
        row_format(row, "late", "%" PRId64 " h %" PRId64 " min %s", hours, minutes % 60, when);
    else if (late_us)
        row_format(row, "late", "%.3f s %s", (double)us / (double)BC_SECOND_US, when);
    else
        row_word(row, "late", "at the instant at which it happened");
}

void log_cells_event(struct row *row, const struct bc_event *event, uint64_t taken_back_by,
                     bool whole)
{
    row_seq(row, "seq", event->seq);
    row_text(row, "id", event->id);
    row_word(row, "kind",
             event->body == BC_NO_BODY ? "unknown" : bc_schema(event->body)->json_name);
    row_instant(row, "occurred", event->occurred_us);
    row_instant(row, "recorded", event->recorded_us);
    if (event->has_source_recorded)
        row_instant(row, "sourceRecorded", event->source_recorded_us);
    late_cell(row, event);
    row_text(row, "deal", event->deal);
    row_text(row, "by", event->actor);
    row_text(row, "system", event->source_system);
    row_text(row, "ref", event->source_ref);
    row_text(row, "how", event->source_how);
    event_text_add(row_make(row), event, row->times, row->names);
    row_made(row, "says");
    if (taken_back_by)
        row_seq(row, "takenBackBy", taken_back_by);
    if (whole)
        fields_cell(row, event);
}
