#include "tools/site/parts/ask_with.h"

#include <string.h>

enum { WORDS_MAX = 2 * ASK_WITH_KEYS };

static const struct ask_with_command commands[] = {
    { "cohorts", { "at", "to", "by", "mature", "days", "since", "late-values", NULL }, "cohorts" },
    { "experiments", { "mature", "days", "since", NULL }, "experiments" },
    { "flow", { "from", "to", "stages", NULL }, "pipeline" },
    { "handoff", { "pending", "days", "since", NULL }, NULL },
    { "leads", { "by", "mature", "days", "since", NULL }, "leads" },
    { "learnings", { "topic", "days", "since", NULL }, NULL },
    { "losses", { "days", "since", NULL }, "losses" },
    { "members", { NULL }, "members" },
    { "paths", { "top", "days", "since", NULL }, "paths" },
    { "people", { "by", "days", "since", NULL }, "people" },
    { "revenue", { "from", "to", NULL }, "revenue" },
    { "signals", { "at", "to", "mature", "days", "since", NULL }, "signals" },
    { "stages", { "days", "since", NULL }, "pipeline" },
    { "versions", { "days", "since", NULL }, NULL },
};

const struct ask_with_command *ask_with_command(struct bc_str name)
{
    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
        if (bc_str_eq(name, bc_str_of(commands[i].name)))
            return &commands[i];
    return NULL;
}

/* The first by which leads qualify, as in the monthly review; without any the rules' first. */
static struct bc_str usual_stage(const bc_rules *rules)
{
    const bc_stage_set qualified = bc_rules_qualified(rules);

    for (size_t i = 0; i < rules->stage_n; i++)
        if (bc_stage_in(qualified, (int)i))
            return bc_str_of(rules->stages[i].id);
    return bc_str_of(rules->stages[0].id);
}

struct bc_str ask_with_value(const struct call_page *call, const char *key)
{
    const struct bc_str value = call_param(call, key);

    return value.len == 0 && strcmp(key, "at") == 0 ? usual_stage(call->basis.rules) : value;
}

bool ask_with_is_flag(const char *key)
{
    return strcmp(key, "late-values") == 0 || strcmp(key, "pending") == 0;
}

/* Its word; NULL: nothing is asked. */
static const char *word_of(struct call_page *call, const char *key)
{
    const struct bc_str value = ask_with_value(call, key);
    struct bc_buf option = { 0 };
    const char *word;

    if (value.len == 0)
        return NULL;
    bc_buf_printf(&option, "--%s", key);
    if (!ask_with_is_flag(key))
        bc_buf_printf(&option, "=%.*s", BC_STR_ARG(value));
    word = bc_arena_copy(call->arena, bc_buf_str(&option)).at;
    bc_buf_release(&option);
    return word;
}

/* The two dates of a flow are its own options. */
static unsigned options_of(const struct call_page *call, const char *name)
{
    if (strcmp(name, "flow") != 0 || call_param(call, "to").len == 0)
        return CALL_ALL;
    return CALL_ALL & ~(unsigned)CALL_AS_OF;
}

/* Is this option among the words? */
static bool is_said(const char *const *words, const char *key)
{
    const size_t len = strlen(key);

    for (; words && *words; words++)
        if (strncmp(*words, "--", 2) == 0 && strncmp(*words + 2, key, len) == 0 &&
            (*words)[2 + len] == '=')
            return true;
    return false;
}

bc_status ask_with(const struct row **out, struct call_page *call, const char *name,
                   const char *const *more, struct bc_err *err)
{
    const struct ask_with_command *command = ask_with_command(bc_str_of(name));
    const char *words[WORDS_MAX + 1] = { command->name };
    size_t n = 1;

    for (const char *const *key = command->keys; *key; key++) {
        words[n] = is_said(more, *key) ? NULL : word_of(call, *key);
        n += words[n] != NULL;
    }
    for (; more && *more && n < WORDS_MAX; more++)
        words[n++] = *more;
    words[n] = NULL;
    return call_ask(out, call, options_of(call, name), words, err);
}

void ask_with_links(struct ask_with_behind *out, struct call_page *call, const char *name)
{
    const struct ask_with_command *command = ask_with_command(bc_str_of(name));
    size_t n = 0;

    *out = (struct ask_with_behind){ .behind = { .command = command->name } };
    for (const char *const *key = command->keys; *key; key++) {
        const struct bc_str value = ask_with_value(call, *key);

        if (value.len)
            out->pairs[n++] = (struct document_pair){ *key, value };
    }
    out->behind.asked = out->pairs;
    out->behind.asked_n = n;
    call->about.behind = &out->behind;
}
