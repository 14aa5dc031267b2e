/* tools/json/event_text.c - an event in one line, by the schema. */
#include "tools/json/event_text.h"

#include "tools/cli/text.h"

#define VALUE_MAX 60 /* bytes shown of one value */
#define ITEMS_MAX 4  /* values shown of a list */

static void add_value(struct bc_buf *out, struct bc_str value)
{
    size_t len = text_cut(value, VALUE_MAX);

    bc_buf_add(out, value.at, len);
    if (len < value.len)
        bc_buf_add_str(out, BC_STR("…"));
}

static void add_list(struct bc_buf *out, const struct bc_value *value)
{
    for (size_t i = 0; i < value->item_n; i++) {
        if (i > 0)
            bc_buf_add_byte(out, ',');
        if (i == ITEMS_MAX && value->item_n > ITEMS_MAX + 1) {
            bc_buf_printf(out, "… (%zu in all)", value->item_n);
            return;
        }
        add_value(out, value->items[i]);
    }
}

/* Is a field's value the id of somebody? */
static bool is_person(const struct bc_event *event, unsigned number)
{
    static const char *const fields[] = { "owner", "person", "signer" };
    const char *name = bc_schema(event->body)->field[number].name;

    if (event->body == BC_PROPERTY_CHANGED)
        return number == BC_PROPERTY_CHANGED_VALUE &&
               bc_str_eq(event->value[BC_PROPERTY_CHANGED_NAME].text, BC_STR("owner"));
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
        if (strcmp(name, fields[i]) == 0)
            return true;
    return false;
}

static void add_field(struct bc_buf *out, const struct bc_event *event, unsigned number,
                      const struct times *times, const struct names *names)
{
    const struct bc_field *field = &bc_schema(event->body)->field[number];
    const struct bc_value *value = &event->value[number];
    char time[TIMES_LEN];

    switch (field->type) {
    case BC_TEXT:
    case BC_DAY:
        if (value->text.len == 0)
            return;
        bc_buf_printf(out, " %s=", field->json_name);
        add_value(out,
                  is_person(event, number) ? names_of_person(names, value->text) : value->text);
        return;
    case BC_BOOL:
        if (value->yes)
            bc_buf_printf(out, " %s", field->json_name);
        return;
    case BC_TIME:
        if (!value->set)
            return;
        times_print_short(time, times, value->us);
        bc_buf_printf(out, " %s=%s", field->json_name, time);
        return;
    case BC_LIST:
        if (value->item_n == 0)
            return;
        bc_buf_printf(out, " %s=", field->json_name);
        add_list(out, value);
        return;
    }
}

void event_text_add(struct bc_buf *out, const struct bc_event *event, const struct times *times,
                    const struct names *names)
{
    const struct bc_schema *schema;

    if (event->body == BC_NO_BODY) {
        bc_buf_add_str(out, BC_STR("(of a kind that this version does not know)"));
        return;
    }
    schema = bc_schema(event->body);
    bc_buf_add_str(out, bc_str_of(schema->json_name));
    for (unsigned number = 1; number <= BC_FIELD_MAX; number++)
        if (schema->field[number].name)
            add_field(out, event, number, times, names);
}
