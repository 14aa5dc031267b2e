/* tools/import/csv/csv_gaps.c - makes no events: only what would be put into our words is looked
 * at, in each row that is not skipped, whatever else may be wrong with it. */
#include "tools/import/csv/csv_gaps.h"

#include "projections/yaml/yaml.h"
#include "tools/import/csv/csv_row.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define LIST_MAX 1500 /* bytes of a list in a message */

/* A word that a crosswalk has no entry for, and where it occurs first. */
struct gap {
    const struct csv_crosswalk *crosswalk;
    struct bc_str word;
    uint64_t line;
};
struct gaps {
    struct gap *at;
    size_t n, cap;
    struct csv_seen seen; /* which they are */
    bc_arena *arena;      /* of the words */
};

static void add(struct gaps *gaps, const struct csv_crosswalk *crosswalk, struct bc_str word,
                uint64_t line)
{
    struct bc_buf name = { 0 };
    struct csv_digest of;

    bc_buf_add(&name, crosswalk->name, strlen(crosswalk->name) + 1);
    bc_buf_add_str(&name, word);
    of = csv_digest_of(bc_buf_str(&name));
    bc_buf_release(&name);
    if (csv_seen_find(&gaps->seen, of))
        return;
    csv_seen_add(&gaps->seen, of, of, 0);
    BC_GROW(gaps->at, gaps->n, gaps->cap);
    gaps->at[gaps->n++] =
        (struct gap){ crosswalk, bc_arena_copy(gaps->arena, csv_rows_shown(gaps->arena, word)),
                      line };
}

static void see_value(struct gaps *gaps, const struct csv_rows *rows, const struct csv_value *value)
{
    const size_t column = csv_text_column(&value->text);
    struct bc_str *words;
    size_t n;

    if (!value->crosswalk)
        return;
    n = csv_rows_words(rows, &words, value);
    for (size_t i = 0; i < n; i++)
        if (csv_crosswalk_lacks(value->crosswalk, words[i]))
            add(gaps, value->crosswalk, words[i], csv_rows_place_of(rows, column).line);
}

static void see_row(struct gaps *gaps, struct csv_rows *rows, const struct csv_row *row)
{
    const csv_map *map = rows->map;

    rows->row = row;
    bc_arena_reset(rows->scratch);
    if (row->cell_n != rows->cell_n || csv_rows_hold(rows, &map->skip))
        return;
    for (size_t i = 0; i < map->rule_n; i++) {
        const struct csv_rule *rule = &map->rules[i];

        for (unsigned f = 1; f <= BC_FIELD_MAX; f++)
            if (!rule->conditional || csv_rows_hold(rows, &rule->when))
                see_value(gaps, rows, &rule->value[f]);
    }
}

static void see_table(struct gaps *gaps, struct csv_rows *rows, csv_reader *reader,
                      struct csv_row *row)
{
    bc_status rc = csv_reader_next(reader, row, NULL);

    if (rc == BC_OK)
        rc = csv_rows_bind(rows, row, NULL);
    if (rc != BC_OK) /* it was read before, and has changed since */
        return;
    do {
        rc = csv_reader_next(reader, row, NULL);
        if (rc == BC_OK)
            see_row(gaps, rows, row);
    } while (rc == BC_OK || (rc == BC_E_INPUT && !csv_reader_broken(reader)));
}

static void print(struct bc_buf *out, const struct gaps *gaps)
{
    for (size_t i = 0; i < gaps->n; i++) {
        const struct gap *gap = &gaps->at[i];

        if (out->len > LIST_MAX) {
            bc_buf_printf(out, " and %zu more", gaps->n - i);
            break;
        }
        bc_buf_printf(out, "%s%s \"%.*s\" (line %" PRIu64 ")", i ? ", " : "", gap->crosswalk->name,
                      BC_STR_ARG(bc_yaml_clip(gap->word)), gap->line);
    }
    bc_buf_add_byte(out, '\0');
}

void csv_gaps_list(const csv_map *map, const char *file, const csv_reader *first,
                   struct bc_err *err)
{
    struct gaps gaps = { .arena = bc_arena_new() };
    struct csv_rows rows = { .map = map, .file = file };
    csv_reader *reader = csv_reader_again(first);
    struct bc_buf list = { 0 };
    struct csv_row row;

    see_table(&gaps, &rows, reader, &row);
    print(&list, &gaps);
    if (gaps.n > 1 && err)
        (void)snprintf(err->message, sizeof(err->message), "the crosswalks lack %zu words: %s",
                       gaps.n, list.at);
    csv_reader_close(reader);
    csv_rows_release(&rows);
    bc_buf_release(&list);
    csv_seen_release(&gaps.seen);
    bc_arena_free(gaps.arena);
    free(gaps.at);
}
