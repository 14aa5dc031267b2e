/* Rules. What is printed reads back to the same rules, and is printed the same; a fault and an
 * oddity have their place in the file. */
#include "projections/rules/rules.h"
#include "projections/rules/rules_check.h"
#include "projections/rules/rules_diff.h"
#include "tests/fuzz/fuzz.h"

static void check_warning(void *payload, enum bc_rules_oddity oddity, const struct bc_err *where)
{
    FUZZ_MUST(bc_rules_oddity_name(oddity)[0] && where->message[0], "an oddity without words");
    fuzz_must_be_within(where->context, *(const struct bc_str *)payload);
}

static void check_same(const bc_rules *rules, const bc_rules *again)
{
    struct bc_rules_diff *diff = NULL;
    struct bc_err err = { 0 };

    FUZZ_MUST(bc_rules_diff_make(&diff, rules, again, &err) == BC_OK, "%s", err.message);
    FUZZ_MUST(diff->n == 0, "printed and read back they differ: %.*s",
              BC_STR_ARG(diff->changes[0].path));
    bc_rules_diff_free(diff);
}

static void check_print(const bc_rules *rules)
{
    struct bc_buf text = { 0 }, same = { 0 };
    bc_rules *again = NULL;
    struct bc_err err = { 0 };

    bc_rules_print(&text, rules);
    FUZZ_MUST(bc_rules_parse(&again, bc_buf_str(&text), "printed.yaml", &err) == BC_OK,
              "our own print is refused: %s: %s", err.context, err.message);
    bc_rules_print(&same, again);
    FUZZ_MUST(bc_str_eq(bc_buf_str(&text), bc_buf_str(&same)), "printed otherwise the second time");
    check_same(rules, again);
    bc_rules_free(again);
    bc_buf_release(&text);
    bc_buf_release(&same);
}

int fuzz_one(const uint8_t *data, size_t len)
{
    struct bc_str text = { (const char *)data, len };
    struct bc_err err = { 0 };
    bc_rules *rules = NULL;

    if (bc_rules_parse(&rules, text, "rules.yaml", &err) < 0) {
        FUZZ_MUST(err.status == BC_E_INPUT, "status %d: %s", err.status, err.message);
        fuzz_must_be_within(err.context, text);
        return 0;
    }
    FUZZ_MUST(bc_rules_check(rules, text, "rules.yaml", check_warning, &text, &err) == BC_OK,
              "rules that are read are not checked: %s", err.message);
    check_print(rules);
    bc_rules_free(rules);
    return 0;
}
