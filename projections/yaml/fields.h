/* projections/yaml/fields.h - typed values out of a YAML tree, each fault with its place. */
#ifndef BC_PROJECTIONS_YAML_FIELDS_H
#define BC_PROJECTIONS_YAML_FIELDS_H

#include "projections/yaml/yaml.h"

/* What every reading needs. `arena` owns what is returned. */
struct bc_fields {
    const struct bc_yaml_source *source;
    bc_arena *arena;
    struct bc_err *err;
};

/* BC_E_INPUT about a value (or, below, about its key). */
bc_status bc_fields_fault(const struct bc_fields *in, const struct bc_yaml *value,
                          const char *format, ...) __attribute__((format(printf, 3, 4)));
bc_status bc_fields_key_fault(const struct bc_fields *in, const struct bc_yaml *value,
                              const char *format, ...) __attribute__((format(printf, 3, 4)));

/* The i-th of the allowed words. */
typedef struct bc_str bc_fields_candidate(const void *of, size_t i);
/* A word that is not one of `n` candidates. `what` says what it should be; the message names the
 * one that was probably meant, or lists them. */
bc_status bc_fields_unknown(const struct bc_fields *in, size_t at, struct bc_str word,
                            const char *what, bc_fields_candidate *candidate, const void *of,
                            size_t n);

/* A key that a map may have. `kinds` and `needed` are sets of bits, for maps whose keys depend on
 * their kind: the key has a meaning for `kinds`, and is required for `needed`. */
struct bc_field_key {
    const char *name;
    unsigned kinds, needed;
};
#define BC_EVERY_KIND (~0U)

/* Takes a map apart: out[i] is the value under keys[i], or NULL. BC_E_INPUT: another key, or one
 * that every kind needs is missing. `what` names the map in messages: `stage "lead"`. */
bc_status bc_fields_take(const struct bc_fields *in, const struct bc_yaml **out,
                         const struct bc_yaml *map, const char *what,
                         const struct bc_field_key *keys, size_t n);
/* Once the kind is known: BC_E_INPUT for a key that means nothing for it, or is missing. */
bc_status bc_fields_kind(const struct bc_fields *in, const struct bc_yaml *const *values,
                         const struct bc_yaml *map, const char *what, const char *kind_name,
                         unsigned kind_bit, const struct bc_field_key *keys, size_t n);

/* A map that has `min` to `max` members. */
bc_status bc_fields_map(const struct bc_fields *in, const struct bc_yaml *value, const char *what,
                        size_t min, size_t max);
/* A text of 1 to 256 bytes. */
bc_status bc_fields_text(const struct bc_fields *in, const char **out, const struct bc_yaml *value);
/* The key of a member of a map, taken as its name. */
bc_status bc_fields_name(const struct bc_fields *in, const char **out, const struct bc_yaml *value);
/* One of `n` words; *out is its index. `what` says what they are: "kind of stage". */
bc_status bc_fields_word(const struct bc_fields *in, unsigned *out, const struct bc_yaml *value,
                         const char *what, const char *const *words, size_t n);
/* true or false, or yes or no */
bc_status bc_fields_bool(const struct bc_fields *in, bool *out, const struct bc_yaml *value);
bc_status bc_fields_whole(const struct bc_fields *in, int64_t *out, const struct bc_yaml *value,
                          int64_t min, int64_t max);
bc_status bc_fields_decimal(const struct bc_fields *in, double *out, const struct bc_yaml *value,
                            double min, double max);
/* A number of days, in microseconds. */
bc_status bc_fields_days(const struct bc_fields *in, int64_t *out_us, const struct bc_yaml *value);
/* Texts, each once, at least `min`; one text stands for a list of one. */
bc_status bc_fields_texts(const struct bc_fields *in, const struct bc_str **out, size_t *out_n,
                          const struct bc_yaml *value, size_t min);
/* The members of a list, or the value itself where it is no list. */
const struct bc_yaml *bc_fields_members(const struct bc_yaml *value, size_t *n);
/* BC_E_INPUT: a scalar is in the list twice. */
bc_status bc_fields_once(const struct bc_fields *in, const struct bc_yaml *value);

#endif
