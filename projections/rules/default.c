/* projections/rules/default.c - the built-in rules: default.yaml, read like any others. */
#include "projections/rules/parse.h"

struct bc_str bc_rules_default_text(void)
{
    return (struct bc_str){ bc_rules_default_yaml, bc_rules_default_yaml_len };
}

bc_status bc_rules_default(bc_rules **out, struct bc_err *err)
{
    return bc_rules_parse(out, bc_rules_default_text(), "built-in rules", err);
}
