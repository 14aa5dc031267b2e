#include "tools/show/labels.h"

struct label {
    const char *name, *text;
};

static const struct label slices[] = {
    { "new", "New business" },
    { "existing", "Existing business" },
    { "all", "All deals" },
    { NULL, NULL },
};

static const struct label steps[] = {
    { "dataComplete", "data complete" },
    { "issueOpened", "issue opened" },
    { "health", "health known" },
    { NULL, NULL },
};

static const struct label states[] = {
    { "ok", "fine" },
    { "would_breach", "would breach" },
    { "not_enough_data", "not enough data" },
    { NULL, NULL },
};

static struct bc_str find(const struct label *labels, struct bc_str name)
{
    for (; labels->name; labels++)
        if (bc_str_eq(name, bc_str_of(labels->name)))
            return bc_str_of(labels->text);
    return name;
}

struct bc_str labels_slice(struct bc_str name)
{
    return find(slices, name);
}

struct bc_str labels_step(struct bc_str name)
{
    return find(steps, name);
}

struct bc_str labels_state(struct bc_str name)
{
    return find(states, name);
}

struct bc_str labels_stage(const bc_rules *rules, struct bc_str id)
{
    for (size_t i = 0; i < rules->stage_n; i++)
        if (bc_str_eq(id, bc_str_of(rules->stages[i].id)) && rules->stages[i].label)
            return bc_str_of(rules->stages[i].label);
    return id;
}

void labels_body_add(struct bc_buf *out, struct bc_str name)
{
    if (bc_str_eq(name, BC_STR("meetingLogged"))) {
        bc_buf_add_str(out, BC_STR("meeting held"));
        return;
    }
    for (size_t i = 0; i < name.len; i++) {
        const unsigned char c = (unsigned char)name.at[i];

        if (c >= 'A' && c <= 'Z')
            bc_buf_printf(out, " %c", c - 'A' + 'a');
        else
            bc_buf_add_byte(out, (char)c);
    }
}
