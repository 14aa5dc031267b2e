/* projections/rules/parse_refs.c - references to the stages and slices that rules have. */
#include "projections/rules/parse.h"

static struct bc_str stage_candidate(const void *of, size_t i)
{
    return bc_str_of(((const bc_rules *)of)->stages[i].id);
}

/* Only by the rules' own ids: a file does not refer to its stages by the CRM's. */
static bc_status stage_of(const struct bc_fields *in, int *out, const bc_rules *rules,
                          const struct bc_yaml *value)
{
    const char *id;
    bc_status rc = bc_fields_text(in, &id, value);

    for (size_t i = 0; rc == BC_OK && i < rules->stage_n; i++) {
        if (bc_str_eq(value->text, bc_str_of(rules->stages[i].id))) {
            *out = (int)i;
            return BC_OK;
        }
    }
    if (rc != BC_OK)
        return rc;
    return bc_fields_unknown(in, value->at, value->text, "stage", stage_candidate, rules,
                             rules->stage_n);
}

bc_status bc_parse_stage_set(const struct bc_fields *in, bc_stage_set *out, const bc_rules *rules,
                             const struct bc_yaml *value, size_t min)
{
    size_t n;
    const struct bc_yaml *member = bc_fields_members(value, &n);
    bc_stage_set set = 0;

    if (n < min)
        return bc_fields_fault(in, value, "an empty list, expected at least %zu stage", min);
    for (size_t i = 0; i < n; i++, member = member->next) {
        int stage = 0;
        bc_status rc = stage_of(in, &stage, rules, member);
        if (rc != BC_OK)
            return rc;
        if (set & (UINT64_C(1) << stage))
            return bc_fields_fault(in, member, "\"%s\" is in this list twice",
                                   rules->stages[stage].id);
        set |= UINT64_C(1) << stage;
    }
    *out = set;
    return BC_OK;
}

static struct bc_str slice_candidate(const void *of, size_t i)
{
    return bc_str_of(((const bc_rules *)of)->slices[i].name);
}

bc_status bc_parse_slice(const struct bc_fields *in, unsigned *out, const bc_rules *rules,
                         const struct bc_yaml *value)
{
    const char *name;
    bc_status rc = bc_fields_text(in, &name, value);

    if (rc != BC_OK)
        return rc;
    int slice = bc_rules_slice(rules, value->text);
    if (slice < 0)
        return bc_fields_unknown(in, value->at, value->text, "slice", slice_candidate, rules,
                                 rules->slice_n);
    *out = (unsigned)slice;
    return BC_OK;
}
