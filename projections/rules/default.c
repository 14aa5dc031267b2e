/* projections/rules/default.c - the built-in rules: default.yaml, read like any others. */
#include "projections/rules/parse.h"

bc_status bc_rules_default(bc_rules **out, struct bc_err *err)
{
    struct bc_str yaml = { bc_rules_default_yaml, bc_rules_default_yaml_len };

    return bc_rules_parse(out, yaml, "built-in rules", err);
}
