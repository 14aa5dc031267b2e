/* projections/rules/check_red_lines.c - red lines that cannot be breached, or always are. */
#include "projections/rules/checking.h"

#include <stdio.h>

struct place {
    const char *keys[5];
};

static struct place place_of(const struct bc_red_line_rule *line, const char *key, const char *sub)
{
    return (struct place){ { "red_lines", line->name, key, sub, NULL } };
}

static void warn(const struct bc_checking *checking, const struct bc_red_line_rule *line,
                 enum bc_rules_oddity oddity, struct place place, const char *why)
{
    bc_checking_warn(checking, oddity, bc_checking_at(checking, place.keys),
                     oddity == BC_ODD_NEVER_FIRES ? "red line \"%s\" can never be breached: %s"
                                                  : "red line \"%s\" is always breached: %s",
                     line->name, why);
}

static bc_stage_set all_stages(const bc_rules *rules)
{
    return rules->stage_n == BC_STAGE_MAX ? UINT64_MAX : (UINT64_C(1) << rules->stage_n) - 1;
}

static void check_conversion(const struct bc_checking *checking,
                             const struct bc_red_line_rule *line)
{
    const bc_rules *rules = checking->rules;
    bc_stage_set next = bc_checking_next(rules, line->from);
    bool one = (line->from & (line->from - 1)) == 0; /* a single stage */

    if (!next)
        warn(checking, line, BC_ODD_NEVER_FIRES, place_of(line, "from", NULL),
             "no allowed move leads out of \"from\", so there is no attempt");
    else if (one && (line->to | line->from) == all_stages(rules))
        warn(checking, line, BC_ODD_NEVER_FIRES, place_of(line, "to", NULL),
             "each move out of \"from\" converts");
    else if (!(next & line->to) && line->threshold > 0)
        warn(checking, line, BC_ODD_ALWAYS_FIRES, place_of(line, "to", NULL),
             "no allowed move leads from \"from\" to any of these");
}

/* Where the guard counts the same entries as the value, it says how many there are. */
static void check_entries(const struct bc_checking *checking, const struct bc_red_line_rule *line)
{
    if (line->guard == BC_GUARD_ENTRIES && line->guard_stages == line->to &&
        (double)line->guard_needs >= line->threshold)
        warn(checking, line, BC_ODD_NEVER_FIRES, place_of(line, "threshold", NULL),
             "its guard asks for as many entries into the same stages");
}

static void check_types(const struct bc_checking *checking, const struct bc_red_line_rule *line)
{
    const struct bc_slice *slice = &checking->rules->slices[line->slice];
    const struct bc_type_set types = { slice->deal_types, slice->deal_type_n };
    struct place from = place_of(line, "from", NULL), to = place_of(line, "to", NULL),
                 guard = place_of(line, "guard", "stages");
    char what[640];

    snprintf(what, sizeof(what), "slice \"%s\" of red line \"%s\"", slice->name, line->name);
    bc_checking_types(checking, from.keys, line->from, types, what);
    bc_checking_types(checking, to.keys, line->to, types, what);
    bc_checking_types(checking, guard.keys, line->guard_stages, types, what);
}

void bc_checking_red_lines(const struct bc_checking *checking)
{
    for (size_t i = 0; i < checking->rules->red_line_n; i++) {
        const struct bc_red_line_rule *line = &checking->rules->red_lines[i];

        if (line->threshold <= 0)
            warn(checking, line, BC_ODD_NEVER_FIRES, place_of(line, "threshold", NULL),
                 "nothing is below 0");
        else if (line->conversion)
            check_conversion(checking, line);
        else
            check_entries(checking, line);
        check_types(checking, line);
    }
}
