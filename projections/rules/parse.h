/* projections/rules/parse.h - for insiders: what the parts of the rules' reader share. */
#ifndef BC_PROJECTIONS_RULES_PARSE_H
#define BC_PROJECTIONS_RULES_PARSE_H

#include "projections/rules/rules.h"
#include "projections/yaml/fields.h"

/* The words of the file, by the enums of rules.h, which has more of them. */
extern const char *const bc_time_mode_words[3];
extern const char *const bc_red_line_value_words[2]; /* by `conversion`: entries, conversion */
extern const char *const bc_guard_words[3];

/* The properties with a meaning of their own, and the default mode of each. */
struct bc_known_property {
    const char *name;
    enum bc_time_mode mode;
};
#define BC_KNOWN_PROPERTY_N 15
extern const struct bc_known_property bc_known_properties[BC_KNOWN_PROPERTY_N];

/* A stage's leaves_qualified where a file says nothing: rules from before there was such a key
 * meant the stage of one id. */
bool bc_leaves_qualified_usually(const char *stage);

/* The text of default.yaml; made by the build. */
extern const char bc_rules_default_yaml[];
extern const size_t bc_rules_default_yaml_len;

/* Each fills its part of `rules`; slices and stages come before what refers to them. */
bc_status bc_parse_stages(const struct bc_fields *in, bc_rules *rules, const struct bc_yaml *map);
bc_status bc_parse_metrics(const struct bc_fields *in, bc_rules *rules, const struct bc_yaml *map);
bc_status bc_parse_red_lines(const struct bc_fields *in, bc_rules *rules,
                             const struct bc_yaml *map);
/* `map` NULL: the file has none. */
bc_status bc_parse_learning(const struct bc_fields *in, bc_rules *rules, const struct bc_yaml *map);
bc_status bc_parse_revenue(const struct bc_fields *in, bc_rules *rules, const struct bc_yaml *map);

/* References to parts of the rules: some stages (at least `min`), a slice. */
bc_status bc_parse_stage_set(const struct bc_fields *in, bc_stage_set *out, const bc_rules *rules,
                             const struct bc_yaml *value, size_t min);
bc_status bc_parse_slice(const struct bc_fields *in, unsigned *out, const bc_rules *rules,
                         const struct bc_yaml *value);

#endif
