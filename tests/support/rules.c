#include "tests/support/rules.h"

#include "tests/support/check.h"

bc_rules *rules_default(void)
{
    struct bc_err err = { 0 };
    bc_rules *rules = NULL;

    check_ok(bc_rules_default(&rules, &err), &err);
    return rules;
}

bc_rules *rules_parsed(struct bc_str yaml)
{
    struct bc_err err = { 0 };
    bc_rules *rules = NULL;

    check_ok(bc_rules_parse(&rules, yaml, "rules.yml", &err), &err);
    return rules;
}

/* A text with the first `find` replaced. */
void rules_edit(struct bc_buf *out, struct bc_str text, const char *find, const char *put)
{
    const char *at = memmem(text.at, text.len, find, strlen(find));

    if (!at)
        fail_msg("\"%s\" is not in the text", find);
    bc_buf_add(out, text.at, (size_t)(at - text.at));
    bc_buf_add_str(out, bc_str_of(put));
    at += strlen(find);
    bc_buf_add(out, at, text.len - (size_t)(at - text.at));
}

void rules_check_round_trip(const bc_rules *rules)
{
    struct bc_buf once = { 0 }, again = { 0 };

    bc_rules_print(&once, rules);
    bc_rules *back = rules_parsed(bc_buf_str(&once));
    bc_rules_print(&again, back);
    bc_buf_add_byte(&once, '\0');
    bc_buf_add_byte(&again, '\0');
    assert_string_equal(once.at, again.at);
    bc_rules_free(back);
    bc_buf_release(&once);
    bc_buf_release(&again);
}
