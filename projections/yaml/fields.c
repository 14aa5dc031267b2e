/* projections/yaml/fields.c - reads typed values, and reports any other value. */
#include "projections/yaml/fields.h"

#include "ledger/base/instant.h"
#include "ledger/base/number.h"
#include "ledger/base/spelling.h"
#include "projections/yaml/yaml_text.h"

#include <ctype.h>
#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define TEXT_MAX 256   /* bytes of a text */
#define DAYS_MAX 10000 /* a double of days still distinguishes each microsecond */

__attribute__((format(printf, 3, 0))) static bc_status
fault_at(const struct bc_fields *in, size_t at, const char *format, va_list args)
{
    char message[512];

    vsnprintf(message, sizeof(message), format, args);
    return bc_yaml_fault(in->source, at, in->err, "%s", message);
}

bc_status bc_fields_fault(const struct bc_fields *in, const struct bc_yaml *value,
                          const char *format, ...)
{
    va_list args;

    va_start(args, format);
    bc_status rc = fault_at(in, value->at, format, args);
    va_end(args);
    return rc;
}

bc_status bc_fields_key_fault(const struct bc_fields *in, const struct bc_yaml *value,
                              const char *format, ...)
{
    va_list args;

    va_start(args, format);
    bc_status rc = fault_at(in, value->key.len ? value->key_at : value->at, format, args);
    va_end(args);
    return rc;
}

bc_status bc_fields_unknown(const struct bc_fields *in, size_t at, struct bc_str word,
                            const char *what, bc_fields_candidate *candidate, const void *of,
                            size_t n)
{
    struct bc_spelling spelling = { .word = word };
    struct bc_buf known = { 0 };
    struct bc_str clipped = bc_yaml_clip(word);
    bc_status rc;

    for (size_t i = 0; i < n; i++) {
        struct bc_str one = candidate(of, i);
        bc_spelling_try(&spelling, one);
        if (i < 16)
            bc_buf_printf(&known, "%s%.*s", i ? ", " : "", BC_STR_ARG(bc_yaml_clip(one)));
    }
    if (n > 16)
        bc_buf_add_str(&known, BC_STR(", ..."));
    if (spelling.best.len)
        rc = bc_yaml_fault(in->source, at, in->err, "\"%.*s\" is no %s, did you mean \"%.*s\"?",
                           BC_STR_ARG(clipped), what, BC_STR_ARG(bc_yaml_clip(spelling.best)));
    else
        rc = bc_yaml_fault(in->source, at, in->err, "\"%.*s\" is no %s, expected one of: %.*s",
                           BC_STR_ARG(clipped), what, BC_STR_ARG(bc_buf_str(&known)));
    bc_buf_release(&known);
    return rc;
}

static struct bc_str key_candidate(const void *of, size_t i)
{
    return bc_str_of(((const struct bc_field_key *)of)[i].name);
}

bc_status bc_fields_map(const struct bc_fields *in, const struct bc_yaml *value, const char *what,
                        size_t min, size_t max)
{
    if (value->kind != BC_YAML_MAP)
        return bc_fields_fault(in, value, "%s: expected a map, of \"key: value\" lines", what);
    if (value->n < min)
        return bc_fields_fault(in, value, "%s: expected at least %zu", what, min);
    if (value->n > max)
        return bc_fields_fault(in, value, "%s: %zu are given, expected at most %zu", what, value->n,
                               max);
    return BC_OK;
}

bc_status bc_fields_take(const struct bc_fields *in, const struct bc_yaml **out,
                         const struct bc_yaml *map, const char *what,
                         const struct bc_field_key *keys, size_t n)
{
    bc_status rc = bc_fields_map(in, map, what, 0, SIZE_MAX);
    char name[TEXT_MAX + 64];

    if (rc != BC_OK)
        return rc;
    snprintf(name, sizeof(name), "key of %s", what);
    for (size_t i = 0; i < n; i++)
        out[i] = NULL;
    for (const struct bc_yaml *value = map->first; value; value = value->next) {
        size_t i = 0;
        while (i < n && !bc_str_eq(value->key, bc_str_of(keys[i].name)))
            i++;
        if (i == n)
            return bc_fields_unknown(in, value->key_at, value->key, name, key_candidate, keys, n);
        out[i] = value;
    }
    for (size_t i = 0; i < n; i++) {
        if (!out[i] && keys[i].needed == BC_EVERY_KIND)
            return bc_fields_key_fault(in, map, "%s has no \"%s\"", what, keys[i].name);
    }
    return BC_OK;
}

bc_status bc_fields_kind(const struct bc_fields *in, const struct bc_yaml *const *values,
                         const struct bc_yaml *map, const char *what, const char *kind_name,
                         unsigned kind_bit, const struct bc_field_key *keys, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (values[i] && !(keys[i].kinds & kind_bit))
            return bc_fields_key_fault(in, values[i], "\"%s\" means nothing for %s with %s",
                                       keys[i].name, what, kind_name);
    }
    for (size_t i = 0; i < n; i++) {
        if (!values[i] && (keys[i].needed & kind_bit))
            return bc_fields_key_fault(in, map, "%s has no \"%s\", expected with %s", what,
                                       keys[i].name, kind_name);
    }
    return BC_OK;
}

static bc_status expected(const struct bc_fields *in, const struct bc_yaml *value, const char *what)
{
    if (value->kind == BC_YAML_MAP)
        return bc_fields_fault(in, value, "a map, expected %s", what);
    if (value->kind == BC_YAML_LIST)
        return bc_fields_fault(in, value, "a list, expected %s", what);
    if (bc_yaml_is_null(value) && value->key.len)
        return bc_fields_fault(in, value, "\"%.*s\" is empty, expected %s",
                               BC_STR_ARG(bc_yaml_clip(value->key)), what);
    return bc_fields_fault(in, value, "\"%.*s\", expected %s",
                           BC_STR_ARG(bc_yaml_clip(value->text)), what);
}

bc_status bc_fields_text(const struct bc_fields *in, const char **out, const struct bc_yaml *value)
{
    if (value->kind != BC_YAML_SCALAR || value->text.len == 0 || bc_yaml_is_null(value))
        return expected(in, value, "a text");
    if (value->text.len > TEXT_MAX)
        return bc_fields_fault(in, value, "a text of %zu bytes, expected at most %d",
                               value->text.len, TEXT_MAX);
    *out = bc_arena_copy(in->arena, value->text).at;
    return BC_OK;
}

bc_status bc_fields_name(const struct bc_fields *in, const char **out, const struct bc_yaml *value)
{
    if (value->key.len > TEXT_MAX)
        return bc_fields_key_fault(in, value, "a name of %zu bytes, expected at most %d",
                                   value->key.len, TEXT_MAX);
    *out = bc_arena_copy(in->arena, value->key).at;
    return BC_OK;
}

static struct bc_str word_candidate(const void *of, size_t i)
{
    return bc_str_of(((const char *const *)of)[i]);
}

bc_status bc_fields_word(const struct bc_fields *in, unsigned *out, const struct bc_yaml *value,
                         const char *what, const char *const *words, size_t n)
{
    if (value->kind != BC_YAML_SCALAR || bc_yaml_is_null(value))
        return expected(in, value, what);
    for (unsigned i = 0; i < n; i++) {
        if (bc_str_eq(value->text, bc_str_of(words[i]))) {
            *out = i;
            return BC_OK;
        }
    }
    return bc_fields_unknown(in, value->at, value->text, what, word_candidate, words, n);
}

bc_status bc_fields_bool(const struct bc_fields *in, bool *out, const struct bc_yaml *value)
{
    static const char *const words[] = { "false", "true", "no", "yes" };

    for (size_t i = 0; value->plain && i < sizeof(words) / sizeof(words[0]); i++)
        if (value->kind == BC_YAML_SCALAR && bc_str_eq(value->text, bc_str_of(words[i]))) {
            *out = i % 2 != 0;
            return BC_OK;
        }
    return expected(in, value, "true or false, or yes or no");
}

bc_status bc_fields_whole(const struct bc_fields *in, int64_t *out, const struct bc_yaml *value,
                          int64_t min, int64_t max)
{
    char range[96];
    int64_t number = 0;
    bool minus = min < 0 && value->text.len > 1 && value->text.at[0] == '-';
    bool fine = value->kind == BC_YAML_SCALAR && value->plain && value->text.len > 0 &&
                value->text.len <= 18;

    for (size_t i = minus; fine && i < value->text.len; i++) {
        fine = isdigit((unsigned char)value->text.at[i]) != 0;
        number = fine ? number * 10 + (value->text.at[i] - '0') : 0;
    }
    if (minus)
        number = -number;
    if (!fine || number < min || number > max) {
        snprintf(range, sizeof(range), "a whole number from %" PRId64 " to %" PRId64, min, max);
        return expected(in, value, range);
    }
    *out = number;
    return BC_OK;
}

bc_status bc_fields_decimal(const struct bc_fields *in, double *out, const struct bc_yaml *value,
                            double min, double max)
{
    char range[96];
    double number = 0;
    bool fine = value->kind == BC_YAML_SCALAR && value->plain &&
                bc_number_parse(&number, value->text) && value->text.at[0] != '-';

    if (!fine || !(number >= min && number <= max)) {
        snprintf(range, sizeof(range), "a number from %g to %.15g", min, max);
        return expected(in, value, range);
    }
    *out = number;
    return BC_OK;
}

bc_status bc_fields_days(const struct bc_fields *in, int64_t *out_us, const struct bc_yaml *value)
{
    double days = 0;
    bc_status rc = bc_fields_decimal(in, &days, value, 0, DAYS_MAX);

    if (rc == BC_OK)
        *out_us = llround(days * (double)BC_DAY_US);
    return rc;
}

const struct bc_yaml *bc_fields_members(const struct bc_yaml *value, size_t *n)
{
    *n = value->kind == BC_YAML_LIST ? value->n : 1;
    return value->kind == BC_YAML_LIST ? value->first : value;
}

static int by_text(const void *left, const void *right)
{
    const struct bc_yaml *a = *(const struct bc_yaml *const *)left;
    const struct bc_yaml *b = *(const struct bc_yaml *const *)right;
    int order = bc_str_cmp(a->text, b->text);
    return order ? order : (a->at > b->at) - (a->at < b->at);
}

bc_status bc_fields_once(const struct bc_fields *in, const struct bc_yaml *value)
{
    size_t n, i = 0;
    const struct bc_yaml *member = bc_fields_members(value, &n), *again = NULL;
    const struct bc_yaml **sorted = bc_reallocarray(NULL, n, sizeof(*sorted));

    for (; i < n; member = member->next)
        sorted[i++] = member;
    if (n > 1)
        qsort(sorted, n, sizeof(*sorted), by_text);
    for (i = 1; i < n; i++) {
        if (bc_str_eq(sorted[i - 1]->text, sorted[i]->text) &&
            (!again || sorted[i]->at < again->at))
            again = sorted[i];
    }
    free(sorted);
    if (again)
        return bc_fields_fault(in, again, "\"%.*s\" is in this list twice",
                               BC_STR_ARG(bc_yaml_clip(again->text)));
    return BC_OK;
}

bc_status bc_fields_texts(const struct bc_fields *in, const struct bc_str **out, size_t *out_n,
                          const struct bc_yaml *value, size_t min)
{
    size_t n, i = 0;
    const struct bc_yaml *member = bc_fields_members(value, &n);
    bc_status rc = BC_OK;

    if (value->kind == BC_YAML_MAP)
        return expected(in, value, "a list of texts");
    if (n < min)
        return bc_fields_fault(in, value, "an empty list, expected at least %zu", min);
    struct bc_str *texts = bc_arena_alloc(in->arena, n * sizeof(*texts));
    for (; rc == BC_OK && i < n; member = member->next) {
        const char *text = NULL;
        rc = bc_fields_text(in, &text, member);
        texts[i++] = bc_str_of(text);
    }
    if (rc == BC_OK)
        rc = bc_fields_once(in, value);
    if (rc == BC_OK) {
        *out = texts;
        *out_n = n;
    }
    return rc;
}
