#include "tools/show/log_filter.h"

#include "ledger/base/mem.h"

_Static_assert(BC_BODY_END <= 64, "a bit a body");

/* --- a text in a text --- */

static char small(char letter)
{
    return (char)(letter >= 'A' && letter <= 'Z' ? letter - 'A' + 'a' : letter);
}

static bool begins(const char *at, struct bc_str part)
{
    size_t i = 0;

    while (i < part.len && small(at[i]) == small(part.at[i]))
        i++;
    return i == part.len;
}

static bool has(struct bc_str text, struct bc_str part)
{
    for (size_t i = 0; i + part.len <= text.len; i++)
        if (begins(text.at + i, part))
            return true;
    return false;
}

static bool value_has(const struct bc_value *value, enum bc_type type, struct bc_str part)
{
    if (type == BC_TEXT || type == BC_DAY)
        return has(value->text, part);
    for (size_t i = 0; type == BC_LIST && i < value->item_n; i++)
        if (has(value->items[i], part))
            return true;
    return false;
}

static bool body_has(const struct bc_event *event, struct bc_str part)
{
    const struct bc_schema *schema;

    if (event->body == BC_NO_BODY)
        return false;
    schema = bc_schema(event->body);
    if (has(bc_str_of(schema->json_name), part))
        return true;
    for (unsigned number = 1; number <= BC_FIELD_MAX; number++)
        if (schema->field[number].name &&
            value_has(&event->value[number], schema->field[number].type, part))
            return true;
    return false;
}

static bool event_has(const struct bc_event *event, struct bc_str part)
{
    return has(event->id, part) || has(event->deal, part) || has(event->actor, part) ||
           has(event->source_system, part) || has(event->source_ref, part) ||
           has(event->source_how, part) || body_has(event, part);
}

/* --- the filter --- */

static bool is(struct bc_str text, struct bc_str wanted)
{
    return wanted.len == 0 || bc_str_eq(text, wanted);
}

bool log_filter_is_open(const struct log_filter *filter)
{
    return filter->deal.len == 0 && filter->actor.len == 0 && filter->source.len == 0 &&
           filter->grep.len == 0 && filter->kinds == 0 && filter->since_us == INT64_MIN &&
           filter->until_us == INT64_MAX;
}

/* All but the deal. */
static bool fits(const struct log_filter *filter, const struct bc_event *event)
{
    return is(event->actor, filter->actor) && is(event->source_system, filter->source) &&
           (filter->kinds == 0 || filter->kinds & LOG_FILTER_KIND(event->body)) &&
           event->occurred_us >= filter->since_us && event->occurred_us <= filter->until_us &&
           (filter->grep.len == 0 || event_has(event, filter->grep));
}

/* Of the event at the end of a chain of retractions. */
static bc_status root_is(bool *out, bc_log *log, uint64_t seq, struct bc_str deal,
                         struct bc_err *err)
{
    bc_arena *arena = bc_arena_new();
    struct bc_buf bytes = { 0 };
    uint64_t target, root = 0;
    struct bc_event event;
    bc_status rc = bc_log_retraction(log, seq, &target, &root, err);

    if (rc == BC_OK)
        rc = bc_log_get(log, root, &event, &bytes, arena, err);
    if (rc == BC_OK)
        *out = bc_str_eq(event.deal, deal);
    bc_buf_release(&bytes);
    bc_arena_free(arena);
    return rc;
}

bc_status log_filter_lets(bool *out, const struct log_filter *filter, bc_log *log,
                          const struct bc_event *event, struct bc_err *err)
{
    *out = false;
    if (!fits(filter, event))
        return BC_OK;
    if (filter->deal.len && event->deal.len == 0 && event->body == BC_RETRACTED)
        return root_is(out, log, event->seq, filter->deal, err);
    *out = is(event->deal, filter->deal);
    return BC_OK;
}
