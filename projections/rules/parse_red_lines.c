/* projections/rules/parse_red_lines.c - red lines and their guards. */
#include "projections/rules/parse.h"

#include <stdio.h>

#define COUNT_MAX 1000000000 /* of deals, meetings, attempts */

enum { K_SLICE, K_VALUE, K_FROM, K_TO, K_THRESHOLD, K_GUARD, K_OPEN_COUNTS_AFTER, K_SAYS, K_N };

#define KIND(kind) (1U << (kind))
#define CONVERSION KIND(true)

static const struct bc_field_key keys[K_N] = {
    [K_SLICE] = { "slice", BC_EVERY_KIND, BC_EVERY_KIND },
    [K_VALUE] = { "value", BC_EVERY_KIND, BC_EVERY_KIND },
    [K_FROM] = { "from", CONVERSION, CONVERSION },
    [K_TO] = { "to", BC_EVERY_KIND, BC_EVERY_KIND },
    [K_THRESHOLD] = { "threshold", BC_EVERY_KIND, BC_EVERY_KIND },
    [K_GUARD] = { "guard", BC_EVERY_KIND, BC_EVERY_KIND },
    [K_OPEN_COUNTS_AFTER] = { "open_counts_after", CONVERSION, CONVERSION },
    [K_SAYS] = { "says", BC_EVERY_KIND, BC_EVERY_KIND },
};

enum { G_KIND, G_NEEDS, G_TYPES, G_OUTCOMES, G_STAGES, G_N };

#define WITH_STAGES (KIND(BC_GUARD_MEETINGS) | KIND(BC_GUARD_ENTRIES))

static const struct bc_field_key guard_keys[G_N] = {
    [G_KIND] = { "kind", BC_EVERY_KIND, BC_EVERY_KIND },
    [G_NEEDS] = { "needs", BC_EVERY_KIND, BC_EVERY_KIND },
    [G_TYPES] = { "types", KIND(BC_GUARD_MEETINGS), KIND(BC_GUARD_MEETINGS) },
    [G_OUTCOMES] = { "outcomes", KIND(BC_GUARD_MEETINGS), KIND(BC_GUARD_MEETINGS) },
    [G_STAGES] = { "stages", WITH_STAGES, WITH_STAGES },
};

static bc_status parse_guard(const struct bc_fields *in, const bc_rules *rules,
                             struct bc_red_line_rule *line, const struct bc_yaml *map)
{
    const struct bc_yaml *part[G_N];
    char what[320], kind_name[64];
    unsigned kind;
    int64_t needs = 0;

    snprintf(what, sizeof(what), "the guard of \"%s\"", line->name);
    bc_status rc = bc_fields_take(in, part, map, what, guard_keys, G_N);
    if (rc == BC_OK)
        rc = bc_fields_word(in, &kind, part[G_KIND], "kind of guard", bc_guard_words, 3);
    if (rc != BC_OK)
        return rc;
    if (kind == BC_GUARD_ATTEMPTS && !line->conversion)
        return bc_fields_fault(in, part[G_KIND],
                               "only conversions have attempts, expected meetings or entries");
    line->guard = (enum bc_guard)kind;
    snprintf(kind_name, sizeof(kind_name), "kind: %s", bc_guard_words[kind]);
    rc = bc_fields_kind(in, part, map, what, kind_name, KIND(kind), guard_keys, G_N);
    if (rc == BC_OK)
        rc = bc_fields_whole(in, &needs, part[G_NEEDS], 0, COUNT_MAX);
    if (rc == BC_OK && part[G_TYPES])
        rc = bc_fields_texts(in, &line->guard_types, &line->guard_type_n, part[G_TYPES], 1);
    if (rc == BC_OK && part[G_OUTCOMES])
        rc =
            bc_fields_texts(in, &line->guard_outcomes, &line->guard_outcome_n, part[G_OUTCOMES], 1);
    if (rc == BC_OK && part[G_STAGES])
        rc = bc_parse_stage_set(in, &line->guard_stages, rules, part[G_STAGES], 1);
    line->guard_needs = (uint64_t)needs;
    return rc;
}

static bc_status parse_red_line(const struct bc_fields *in, const bc_rules *rules,
                                struct bc_red_line_rule *line, const struct bc_yaml *value)
{
    const struct bc_yaml *part[K_N];
    char what[320], kind_name[64];
    unsigned kind;

    bc_status rc = bc_fields_name(in, &line->name, value);
    if (rc != BC_OK)
        return rc;
    snprintf(what, sizeof(what), "red line \"%s\"", line->name);
    rc = bc_fields_take(in, part, value, what, keys, K_N);
    if (rc == BC_OK)
        rc = bc_fields_word(in, &kind, part[K_VALUE], "value of a red line",
                            bc_red_line_value_words, 2);
    if (rc != BC_OK)
        return rc;
    line->conversion = kind == 1;
    snprintf(kind_name, sizeof(kind_name), "value: %s", bc_red_line_value_words[kind]);
    rc = bc_fields_kind(in, part, value, what, kind_name, KIND(kind), keys, K_N);
    if (rc == BC_OK)
        rc = bc_parse_slice(in, &line->slice, rules, part[K_SLICE]);
    if (rc == BC_OK && part[K_FROM])
        rc = bc_parse_stage_set(in, &line->from, rules, part[K_FROM], 1);
    if (rc == BC_OK)
        rc = bc_parse_stage_set(in, &line->to, rules, part[K_TO], 1);
    if (rc == BC_OK)
        rc = bc_fields_decimal(in, &line->threshold, part[K_THRESHOLD], 0,
                               line->conversion ? 1 : COUNT_MAX);
    if (rc == BC_OK)
        rc = parse_guard(in, rules, line, part[K_GUARD]);
    if (rc == BC_OK && part[K_OPEN_COUNTS_AFTER])
        rc = bc_fields_days(in, &line->open_counts_after_us, part[K_OPEN_COUNTS_AFTER]);
    if (rc == BC_OK)
        rc = bc_fields_text(in, &line->says, part[K_SAYS]);
    return rc;
}

bc_status bc_parse_red_lines(const struct bc_fields *in, bc_rules *rules, const struct bc_yaml *map)
{
    bc_status rc = bc_fields_map(in, map, "red_lines", 0, BC_RED_LINE_MAX);

    if (rc != BC_OK)
        return rc;
    rules->red_lines = bc_arena_alloc(in->arena, map->n * sizeof(*rules->red_lines));
    for (const struct bc_yaml *value = map->first; value; value = value->next) {
        rc = parse_red_line(in, rules, &rules->red_lines[rules->red_line_n], value);
        if (rc != BC_OK)
            return rc;
        rules->red_line_n++;
    }
    return BC_OK;
}
