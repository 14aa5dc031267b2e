/* tools/import/csv/csv_value.c - the cells of a row as texts, times and values. */
#include "projections/yaml/yaml.h"
#include "tools/import/csv/csv_blank.h"
#include "tools/import/csv/csv_line.h"
#include "tools/import/csv/csv_row.h"

#include <assert.h>
#include <stdio.h>
#include <strings.h>

/* The cell, or nothing where it is as good as empty. */
static struct bc_str filled(const struct csv_rows *rows, const struct csv_time *time,
                            struct bc_str text)
{
    const struct bc_str line = time->empty_n ? csv_line(rows->scratch, text) : text;

    for (size_t i = 0; i < time->empty_n; i++)
        if (bc_str_eq(time->empty_as[i], line))
            return (struct bc_str){ 0 };
    return text;
}

/* "%m/%d/%Y" or "rfc3339", for a message. */
static void list_formats(char *out, size_t size, const struct csv_time *time)
{
    size_t len = 0;

    out[0] = '\0';
    for (size_t i = 0; i < time->format_n && len < size; i++)
        len += (size_t)snprintf(out + len, size - len, "%s\"%.*s\"", i ? " or " : "",
                                BC_STR_ARG(time->formats[i].text));
}

/* 0000-00-00 00:00:00, in which a database says that there is none. */
static bool is_zero(struct bc_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!strchr("0-/.: T", text.at[i]))
            return false;
    return text.len > 0;
}

/* Reads a cell that is a time or, if `day`, a date. *format: in which of its ways. */
static bc_status moment(const struct csv_rows *rows, struct csv_moment *out, size_t *format,
                        struct bc_str text, const struct csv_time *time, bool day,
                        struct bc_err *err)
{
    char formats[512];

    for (*format = 0; *format < time->format_n; ++*format)
        if (csv_format_parse(out, &time->formats[*format], text))
            return BC_OK;
    for (size_t i = 0; i < time->format_n && !is_zero(text); i++)
        if (csv_format_fits(&time->formats[i], text))
            return csv_rows_fault(
                rows, time->column, err, "there is no day \"%.*s\", written \"%.*s\"",
                BC_STR_ARG(bc_yaml_clip(text)), BC_STR_ARG(time->formats[i].text));
    list_formats(formats, sizeof(formats), time);
    return csv_rows_fault(rows, time->column, err, "\"%.*s\" is no %s, expected it written %s%s",
                          BC_STR_ARG(bc_yaml_clip(text)),
                          day ? "date from 0001 to 9999" : "time from 1970 to 9999", formats,
                          is_zero(text) ? "; `empty_as` takes it as an empty cell" : "");
}

/* The instant of a local time. A date that the map gives a time of day needs no decision: of two
 * the first, and past a gap. */
static bc_status instant(const struct csv_rows *rows, int64_t *us, const struct csv_moment *m,
                         struct bc_str text, const struct csv_time *time, struct bc_err *err)
{
    int64_t local_us = m->us + (m->has_time ? 0 : time->at_us), last;
    int times = bc_zone_instants(time->zone, &last, local_us);

    if (times == 0 && m->has_time && time->missing == CSV_MISSING_REFUSE)
        return csv_rows_fault(rows, time->column, err,
                              "\"%.*s\" does not exist in %s, whose clock skips it; is that its "
                              "`zone`? `missing: forward` moves it past the gap",
                              BC_STR_ARG(bc_yaml_clip(text)), bc_zone_name(time->zone));
    if (times == 2 && m->has_time && time->twice == CSV_TWICE_REFUSE)
        return csv_rows_fault(rows, time->column, err,
                              "\"%.*s\" exists twice in %s, as the clock goes back; say which: "
                              "`twice: first` or `second`",
                              BC_STR_ARG(bc_yaml_clip(text)), bc_zone_name(time->zone));
    *us = times == 2 && time->twice == CSV_TWICE_SECOND ? last
                                                        : bc_zone_instant(time->zone, local_us);
    return BC_OK;
}

bc_status csv_rows_time(const struct csv_rows *rows, int64_t *out_us, bool *given,
                        const struct csv_time *time, struct bc_err *err)
{
    struct csv_moment m = { 0 };
    struct bc_str text;
    size_t format = 0;
    int64_t us = time->fixed_us;
    bc_status rc;

    *given = time->fixed;
    if (!time->fixed) {
        text = filled(rows, time, csv_trimmed(csv_rows_cell(rows, time->column)));
        if (text.len == 0)
            return BC_OK;
        rc = moment(rows, &m, &format, text, time, false, err);
        if (rc < 0)
            return rc;
        us = m.us;
        if (!m.fixed)
            rc = instant(rows, &us, &m, text, time, err);
        if (rc < 0)
            return rc;
        if (us < 0 || us > BC_INSTANT_MAX)
            return csv_rows_fault(rows, time->column, err,
                                  "\"%.*s\" is outside the years 1970 to 9999 in UTC",
                                  BC_STR_ARG(bc_yaml_clip(text)));
        *given = true;
    }
    *out_us = us;
    return BC_OK;
}

static bc_status day(const struct csv_rows *rows, struct bc_str *out, const struct csv_time *time,
                     struct bc_err *err)
{
    struct bc_str text = filled(rows, time, csv_trimmed(csv_rows_cell(rows, time->column)));
    char *date = bc_arena_alloc(rows->scratch, BC_DAY_LEN);
    struct csv_moment m = { 0 };
    size_t format = 0;
    bc_status rc;

    if (text.len == 0)
        return BC_OK;
    rc = moment(rows, &m, &format, text, time, true, err);
    if (rc < 0)
        return rc;
    if (m.fixed && (time->zone_of_day || !time->formats[format].has_day))
        m.day = bc_zone_day(time->zone, m.us);
    if (m.day < bc_day_of_civil(1, 1, 1) || m.day > BC_DAY_MAX)
        return csv_rows_fault(rows, time->column, err,
                              "\"%.*s\" is outside the years 0001 to 9999 in %s",
                              BC_STR_ARG(bc_yaml_clip(text)), bc_zone_name(time->zone));
    bc_day_print(date, m.day);
    *out = bc_str_of(date);
    return BC_OK;
}

static const struct csv_format iso = { .text = { "%Y-%m-%d", 8 }, .has_day = true };

bool csv_is_date(struct bc_str text)
{
    struct csv_moment m;

    return text.len == BC_DAY_LEN - 1 && csv_format_parse(&m, &iso, text);
}

bool csv_is_like_date(struct bc_str text)
{
    return text.len == BC_DAY_LEN - 1 && csv_format_fits(&iso, text);
}

/* Of two columns the words have a NUL between, which a message shows as a stroke. */
struct bc_str csv_rows_shown(bc_arena *arena, struct bc_str word)
{
    char *out;

    if (word.len == 0 || !memchr(word.at, '\0', word.len))
        return word;
    out = bc_arena_alloc(arena, word.len + 1);
    for (size_t i = 0; i < word.len; i++)
        out[i] = (char)(word.at[i] ? word.at[i] : '/');
    return (struct bc_str){ out, word.len };
}

/* Both of two columns, with nothing in either. */
static bool is_none(struct bc_str text)
{
    return text.len == 0 || (text.len == 1 && text.at[0] == '\0');
}

/* A word as a crosswalk has it. */
static struct bc_str word_of(const struct csv_rows *rows, struct bc_str text)
{
    return is_none(text) ? (struct bc_str){ text.at, 0 } : csv_line(rows->scratch, text);
}

size_t csv_rows_words(const struct csv_rows *rows, struct bc_str **out,
                      const struct csv_value *value)
{
    const struct bc_str text = csv_rows_text(rows, &value->text);
    size_t n = 1;

    if (value->kind == CSV_LIST || value->kind == CSV_EACH) {
        n = csv_rows_split(rows, out, text, value->split);
    } else {
        *out = bc_arena_alloc(rows->scratch, sizeof(**out));
        (*out)[0] = filled(rows, &value->time, text);
    }
    for (size_t i = 0; i < n; i++)
        (*out)[i] = word_of(rows, (*out)[i]);
    return n;
}

static bc_status translate(struct csv_rows *rows, struct bc_str *text,
                           const struct csv_value *value, struct bc_err *err)
{
    const struct csv_crosswalk *crosswalk = value->crosswalk;
    size_t column = csv_text_column(&value->text);
    const struct bc_str *to;
    struct bc_str word;

    if (is_none(*text))
        text->len = 0;
    if (!crosswalk || text->len == 0)
        return BC_OK;
    word = word_of(rows, *text);
    to = csv_crosswalk_find(crosswalk, word);
    if (to) {
        *text = *to;
        return BC_OK;
    }
    if (crosswalk->unmapped == CSV_UNMAPPED_KEEP)
        return BC_OK;
    if (crosswalk->unmapped == CSV_UNMAPPED_SKIP)
        return BC_DONE;
    rows->missed = true;
    return csv_rows_fault(rows, column, err, "crosswalk %s has no entry for \"%.*s\"",
                          crosswalk->name,
                          BC_STR_ARG(bc_yaml_clip(csv_rows_shown(rows->scratch, word))));
}

static bc_status yes_or_no(const struct csv_rows *rows, bool *out, struct bc_str text,
                           size_t column, struct bc_err *err)
{
    static const char *const words[] = { "false", "true", "no", "yes", "0", "1" };

    *out = false;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (text.len == strlen(words[i]) && strncasecmp(text.at, words[i], text.len) == 0) {
            *out = i % 2 == 1;
            return BC_OK;
        }
    }
    if (text.len == 0)
        return BC_OK;
    return csv_rows_fault(rows, column, err, "\"%.*s\", expected true or false",
                          BC_STR_ARG(bc_yaml_clip(text)));
}

static bc_status list(struct csv_rows *rows, struct bc_value *out, const struct csv_value *value,
                      struct bc_err *err)
{
    struct bc_str *items;
    bc_status rc = BC_OK;

    out->item_n = csv_rows_split(rows, &items, csv_rows_text(rows, &value->text), value->split);
    for (size_t i = 0; rc == BC_OK && i < out->item_n; i++)
        rc = translate(rows, &items[i], value, err);
    out->items = items;
    return rc;
}

bc_status csv_rows_value(struct csv_rows *rows, struct bc_value *out, enum bc_type type,
                         const struct csv_value *value, struct bc_err *err)
{
    struct bc_str text;
    bc_status rc;

    *out = (struct bc_value){ 0 };
    switch (value->kind) {
    case CSV_NOTHING:
        return BC_OK;
    case CSV_TIME:
        return csv_rows_time(rows, &out->us, &out->set, &value->time, err);
    case CSV_DAY:
        return day(rows, &out->text, &value->time, err);
    case CSV_LIST:
        return list(rows, out, value, err);
    case CSV_TEXT:
    case CSV_EACH:
        text = value->kind == CSV_EACH ? rows->each : csv_rows_text(rows, &value->text);
        text = filled(rows, &value->time, text);
        rc = translate(rows, &text, value, err);
        if (rc == BC_OK && value->decimal)
            rc = csv_rows_number(rows, &text, value->decimal, csv_text_column(&value->text), err);
        if (rc == BC_OK && type == BC_BOOL)
            return yes_or_no(rows, &out->yes, text, csv_text_column(&value->text), err);
        out->text = text;
        return rc;
    }
    return BC_OK;
}

/* `*` stands for any bytes, `?` for one. After a star, the next one takes over: linear but for the
 * bytes between two of them. */
static bool matches(struct bc_str pattern, struct bc_str text)
{
    size_t p = 0, t = 0, star = SIZE_MAX, back = 0;

    while (t < text.len) {
        if (p < pattern.len && pattern.at[p] == '*') {
            star = p++;
            back = t;
        } else if (p < pattern.len && (pattern.at[p] == '?' || pattern.at[p] == text.at[t])) {
            p++;
            t++;
        } else if (star != SIZE_MAX) {
            p = star + 1;
            t = ++back;
        } else {
            return false;
        }
    }
    while (p < pattern.len && pattern.at[p] == '*')
        p++;
    return p == pattern.len;
}

static size_t how_many_hold(const struct csv_rows *rows, const struct csv_conditions *conditions,
                            size_t enough);

static bool clause_holds(const struct csv_rows *rows, const struct csv_clause *clause)
{
    struct bc_str text = clause->of ? (struct bc_str){ 0 } : csv_rows_cell(rows, clause->column);
    bool among = false;

    switch (clause->test) {
    case CSV_EMPTY:
    case CSV_FILLED:
        return (text.len == 0) == (clause->test == CSV_EMPTY);
    case CSV_ANY:
    case CSV_NONE:
        return (how_many_hold(rows, clause->of, 1) > 0) == (clause->test == CSV_ANY);
    case CSV_ALL:
        assert(clause->of);
        return how_many_hold(rows, clause->of, clause->of->n) == clause->of->n;
    case CSV_MATCHES:
        text = csv_line(rows->scratch, text);
        for (size_t i = 0; i < clause->n && !among; i++)
            among = matches(clause->values[i], text);
        return among;
    case CSV_IN:
    case CSV_NOT_IN:
        break;
    }
    text = csv_line(rows->scratch, text);
    for (size_t i = 0; i < clause->n && !among; i++)
        among = bc_str_eq(clause->values[i], text);
    return among == (clause->test == CSV_IN);
}

/* Of the conditions; not looked at further once there are enough. */
static size_t how_many_hold(const struct csv_rows *rows, const struct csv_conditions *conditions,
                            size_t enough)
{
    size_t n = 0;

    assert(conditions);
    for (size_t i = 0; i < conditions->n && n < enough; i++) {
        const struct csv_condition *all = &conditions->any[i];
        size_t held = 0;

        while (held < all->n && clause_holds(rows, &all->clauses[held]))
            held++;
        n += held == all->n;
    }
    return n;
}

bool csv_rows_hold(const struct csv_rows *rows, const struct csv_conditions *conditions)
{
    return how_many_hold(rows, conditions, 1) > 0;
}
