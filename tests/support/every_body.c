#include "tests/support/every_body.h"

#include "ledger/record/codec.h"
#include "tests/support/check.h"

static const struct bc_str items[] = { { "one", 3 }, { "", 0 }, { "t\xc3\xa9\"\\\n", 6 } };

static struct bc_value value_of(enum bc_type type)
{
    switch (type) {
    case BC_TEXT:
        return (struct bc_value){ .text = BC_STR("a \xf0\x9f\x98\x80 \"text\"\twith \\ /") };
    case BC_BOOL:
        return (struct bc_value){ .yes = true };
    case BC_TIME:
        return (struct bc_value){ .set = true, .us = INT64_C(1711904400123456) };
    case BC_DAY:
        return (struct bc_value){ .text = BC_STR("2024-02-29") };
    case BC_LIST:
        break;
    }
    return (struct bc_value){ .items = items, .item_n = ARRAY_LEN(items) };
}

struct bc_event every_body_event(enum bc_body body)
{
    const struct bc_schema *schema = bc_schema(body);
    struct bc_event event = {
        .id = BC_STR("an id"),
        .has_occurred = true,
        .occurred_us = INT64_C(1711904400000000),
        .has_source_recorded = true,
        .source_recorded_us = INT64_C(1711904400500000),
        .deal = BC_STR("d1"),
        .actor = BC_STR("u1"),
        .source_system = BC_STR("hubspot"),
        .source_ref = BC_STR("deal/1"),
        .source_how = BC_STR("CRM_UI"),
        .body = body,
    };

    for (unsigned i = 1; i <= BC_FIELD_MAX; i++)
        if (schema->field[i].name)
            event.value[i] = value_of(schema->field[i].type);
    return event;
}

void every_body_check_same(const struct bc_event *a, const struct bc_event *b)
{
    struct bc_buf x = { 0 }, y = { 0 };

    bc_encode_content(&x, a);
    bc_encode_content(&y, b);
    assert_int_equal(x.len, y.len);
    assert_memory_equal(x.at, y.at, x.len);
    bc_buf_release(&x);
    bc_buf_release(&y);
}
