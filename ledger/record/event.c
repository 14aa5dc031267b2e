#include "ledger/record/event.h"

#include "ledger/base/instant.h"

/* One check under way: where a fault would be located. */
struct check {
    struct bc_where where;
    bool sound; /* the texts need no check */
    struct bc_err *err;
};

static bc_status check_text(struct check *check, const char *name, struct bc_str text)
{
    size_t fault;

    if (check->sound)
        return BC_OK;
    if (text.len && memchr(text.at, '\0', text.len))
        return bc_err_set(check->err, BC_E_INPUT, "%s holds U+0000, expected text without it",
                          name);
    fault = bc_str_utf8_fault(text);
    if (fault < text.len)
        return bc_err_set(check->err, BC_E_INPUT, "%s is not UTF-8 at byte %zu", name, fault + 1);
    return BC_OK;
}

static bc_status check_limit(struct check *check, const char *name, struct bc_str text, size_t most)
{
    if (text.len > most)
        return bc_err_set(check->err, BC_E_INPUT, "%s has %zu bytes, expected at most %zu", name,
                          text.len, most);
    return check_text(check, name, text);
}

static bc_status check_instant(struct check *check, const char *name, int64_t us)
{
    if (us < 0 || us > BC_INSTANT_MAX)
        return bc_err_set(check->err, BC_E_INPUT,
                          "%s is out of range, expected the years 1970 to "
                          "9999",
                          name);
    return BC_OK;
}

static bool absent(const struct bc_field *field, const struct bc_value *value)
{
    switch (field->type) {
    case BC_TEXT:
    case BC_DAY:
        return value->text.len == 0;
    case BC_BOOL:
        return !value->yes;
    case BC_TIME:
        return !value->set;
    case BC_LIST:
        return value->item_n == 0;
    }
    return true;
}

static bc_status check_field(struct check *check, const struct bc_field *field,
                             const struct bc_value *value)
{
    bc_status rc = BC_OK;
    int32_t day;

    if (absent(field, value)) {
        if (field->required)
            return bc_err_set(check->err, BC_E_INPUT, "%s has no %s, expected one",
                              check->where.part, field->json_name);
        return BC_OK;
    }
    switch (field->type) {
    case BC_TEXT:
        return check_text(check, field->json_name, value->text);
    case BC_DAY:
        if (!bc_day_parse(&day, value->text) || day < 0)
            return bc_err_set(check->err, BC_E_INPUT,
                              "%s is no date, expected YYYY-MM-DD in the years 1970 to 9999",
                              field->json_name);
        return BC_OK;
    case BC_TIME:
        return check_instant(check, field->json_name, value->us);
    case BC_LIST:
        for (size_t i = 0; rc == BC_OK && i < value->item_n; i++)
            rc = check_text(check, field->json_name, value->items[i]);
        return rc;
    case BC_BOOL:
        break;
    }
    return BC_OK;
}

static bc_status check_body(struct check *check, const struct bc_event *event)
{
    const struct bc_schema *schema;

    if (event->body == BC_NO_BODY) {
        check->where = (struct bc_where){ .part = "" };
        if (event->unknown.len == 0)
            return bc_err_set(check->err, BC_E_INPUT,
                              "the event has no body, expected exactly one");
        return BC_OK;
    }
    schema = bc_schema(event->body);
    if (schema->needs_deal && event->deal.len == 0) {
        check->where = (struct bc_where){ .part = "deal" };
        return bc_err_set(check->err, BC_E_INPUT, "%s has no deal, expected one",
                          schema->json_name);
    }
    for (unsigned i = 1; i < schema->field_end; i++) {
        bc_status rc;

        if (!schema->field[i].name)
            continue;
        check->where = (struct bc_where){ .part = schema->json_name, .field = i };
        rc = check_field(check, &schema->field[i], &event->value[i]);
        if (rc < 0)
            return rc;
    }
    return BC_OK;
}

static bc_status check_envelope(struct check *check, const struct bc_event *event)
{
    const struct {
        const char *part, *name;
        struct bc_str text;
        size_t most;
    } texts[] = {
        { "id", "id", event->id, BC_ID_MAX },
        { "deal", "deal", event->deal, BC_DEAL_MAX },
        { "actor", "actor", event->actor, BC_EVENT_MAX },
        { "source", "source.system", event->source_system, BC_EVENT_MAX },
        { "source", "source.ref", event->source_ref, BC_EVENT_MAX },
        { "source", "source.how", event->source_how, BC_EVENT_MAX },
    };
    bc_status rc;

    check->where = (struct bc_where){ .part = "id" };
    if (event->id.len == 0)
        return bc_err_set(check->err, BC_E_INPUT, "the event has no id, expected 1 to %d bytes",
                          BC_ID_MAX);
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        check->where.part = texts[i].part;
        rc = check_limit(check, texts[i].name, texts[i].text, texts[i].most);
        if (rc < 0)
            return rc;
    }
    check->where.part = "occurredAt";
    if (!event->has_occurred)
        return bc_err_set(check->err, BC_E_INPUT,
                          "the event has no occurredAt, expected a "
                          "timestamp");
    rc = check_instant(check, "occurredAt", event->occurred_us);
    if (rc == BC_OK && event->has_source_recorded) {
        check->where.part = "sourceRecordedAt";
        rc = check_instant(check, "sourceRecordedAt", event->source_recorded_us);
    }
    if (rc == BC_OK && event->has_recorded) {
        check->where.part = "recordedAt";
        rc = check_instant(check, "recordedAt", event->recorded_us);
    }
    return rc;
}

bc_status bc_event_check(const struct bc_event *event, struct bc_where *where, struct bc_err *err)
{
    struct check check = { .sound = event->sound, .err = err };
    bc_status rc = check_envelope(&check, event);

    if (rc == BC_OK)
        rc = check_body(&check, event);
    if (rc < 0 && where)
        *where = check.where;
    return rc;
}
