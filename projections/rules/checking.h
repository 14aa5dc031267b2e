/* projections/rules/checking.h - for insiders: what the checks of rules share. */
#ifndef BC_PROJECTIONS_RULES_CHECKING_H
#define BC_PROJECTIONS_RULES_CHECKING_H

#include "projections/rules/rules_check.h"
#include "projections/yaml/yaml.h"

struct bc_checking {
    const bc_rules *rules;
    const struct bc_yaml_source *source;
    const struct bc_yaml *root;
    bc_stage_set reach[BC_STAGE_MAX]; /* the stages that can be reached from each */
    bc_rules_warn *warn;
    void *payload;
};

/* The place of something in the text: as deep as the keys, up to a NULL, exist. */
size_t bc_checking_at(const struct bc_checking *checking, const char *const *keys);
/* The place of a stage in the list (or the single text) below the keys. */
size_t bc_checking_stage_at(const struct bc_checking *checking, const char *const *keys,
                            const char *stage);
void bc_checking_warn(const struct bc_checking *checking, enum bc_rules_oddity oddity, size_t at,
                      const char *format, ...) __attribute__((format(printf, 4, 5)));

/* The types of deals that something counts; n 0: of any. */
struct bc_type_set {
    const struct bc_str *at;
    size_t n;
};
/* Warns of the stages of a set that are for deals of other types. `what` counts only `types`. */
void bc_checking_types(const struct bc_checking *checking, const char *const *keys,
                       bc_stage_set stages, struct bc_type_set types, const char *what);
/* Is any stage of a set for deals of these types? */
bool bc_checking_any_of_types(const struct bc_checking *checking, bc_stage_set stages,
                              struct bc_type_set types);

void bc_checking_metrics(const struct bc_checking *checking);
void bc_checking_red_lines(const struct bc_checking *checking);

/* The stages that one move reaches from some. */
static inline bc_stage_set bc_checking_next(const bc_rules *rules, bc_stage_set from)
{
    bc_stage_set next = 0;

    for (size_t i = 0; i < rules->stage_n; i++)
        if (from >> i & 1)
            next |= rules->stages[i].next & ~(UINT64_C(1) << i);
    return next;
}

static inline bc_stage_set bc_checking_reach(const struct bc_checking *checking, bc_stage_set from)
{
    bc_stage_set reach = 0;

    for (size_t i = 0; i < checking->rules->stage_n; i++)
        if (from >> i & 1)
            reach |= checking->reach[i];
    return reach;
}

#endif
