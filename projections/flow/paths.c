/* Each part numbers the paths that it meets and keeps a record a deal; the parts are joined in the
 * order of the deals, and the paths numbered again in one table. */
#include "projections/flow/paths.h"

#include "ledger/base/table.h"
#include "projections/metrics/lengths.h"
#include "projections/walk/walk.h"

#include <stdlib.h>

/* A deal's path, and what it gives to it. */
struct record {
    uint32_t path;
    bool won;
    int64_t us;
};

/* Some of the deals, or all of them. */
struct part {
    const struct making *making;
    struct bc_table table;
    struct bc_str *paths; /* the places of each, as bytes */
    size_t path_n, path_cap;
    struct record *records;
    size_t record_n, record_cap;
    struct bc_str *listed;
    size_t listed_n, listed_cap;
    struct bc_buf path; /* of the deal that is seen */
    bc_arena *arena;
};

struct making {
    const struct bc_paths_ask *ask;
    struct bc_walk walk;
    int64_t as_of_us;
    struct bc_buf wanted; /* the path to list */
    bool can_list;        /* all its stages are known to the rules or the log */
    struct part all;
};

static uint32_t number_of(struct part *part, struct bc_str path)
{
    const uint64_t hash = bc_str_hash(path);
    struct bc_table_probe probe = bc_table_find(&part->table, hash);
    uint32_t number;

    while (bc_table_next(&part->table, &probe, &number))
        if (bc_str_eq(part->paths[number], path))
            return number;
    BC_GROW(part->paths, part->path_n, part->path_cap);
    number = (uint32_t)part->path_n++;
    part->paths[number] = bc_arena_copy(part->arena, path);
    bc_table_add(&part->table, hash, number);
    return number;
}

static void add_record(struct part *part, struct record record)
{
    BC_GROW(part->records, part->record_n, part->record_cap);
    part->records[part->record_n++] = record;
}

static void list_deal(struct part *part, struct bc_str deal)
{
    BC_GROW(part->listed, part->listed_n, part->listed_cap);
    part->listed[part->listed_n++] = bc_arena_copy(part->arena, deal);
}

/* --- one deal --- */

static void add_place(struct bc_buf *path, bc_place place)
{
    bc_buf_add(path, &place, sizeof(place));
}

static bool is_won(const struct making *making, const struct bc_deal *deal)
{
    const struct bc_visit *entry = bc_deal_entry(deal, 0, making->walk.rules->won);

    return entry && entry->entered_us <= making->as_of_us;
}

static bc_status see_deal(void *payload, const struct bc_deal *deal, struct bc_view *view,
                          struct bc_err *err)
{
    struct part *part = payload;
    const struct making *making = part->making;
    struct record record;
    size_t n = 0;

    (void)err;
    if (deal->visit_n == 0 || deal->visits[0].entered_us > making->as_of_us ||
        deal->visits[0].entered_us <= making->ask->since_us)
        return BC_OK;
    bc_view_at(view, deal);
    if (!bc_view_present(view, 0) || !(bc_view_slices(view, 0) >> making->ask->slice & 1))
        return BC_OK;
    part->path.len = 0;
    for (; n < deal->visit_n && deal->visits[n].entered_us <= making->as_of_us; n++)
        add_place(&part->path, bc_place_of(&deal->visits[n]));
    record = (struct record){ .path = number_of(part, bc_buf_str(&part->path)),
                              .won = is_won(making, deal),
                              .us = deal->visits[n - 1].entered_us - deal->visits[0].entered_us };
    add_record(part, record);
    if (making->can_list && (record.won || !making->ask->list_won) &&
        bc_str_eq(bc_buf_str(&part->path), bc_buf_str(&making->wanted)))
        list_deal(part, deal->id);
    return BC_OK;
}

/* --- all of them --- */

static void begin_part(void *payload, void *of)
{
    struct part *part = payload;

    part->making = of;
    part->arena = bc_arena_new();
}

static void join_part(void *payload, void *of)
{
    struct part *all = &((struct making *)payload)->all;
    const struct part *part = of;
    uint32_t *numbers = bc_calloc(part->path_n + 1, sizeof(*numbers));

    for (size_t i = 0; i < part->path_n; i++)
        numbers[i] = number_of(all, part->paths[i]);
    for (size_t i = 0; i < part->record_n; i++) {
        struct record record = part->records[i];

        record.path = numbers[record.path];
        add_record(all, record);
    }
    for (size_t i = 0; i < part->listed_n; i++)
        list_deal(all, part->listed[i]);
    free(numbers);
}

static void end_part(void *payload)
{
    struct part *part = payload;

    bc_table_release(&part->table);
    free(part->paths);
    free(part->records);
    free(part->listed);
    bc_buf_release(&part->path);
    bc_arena_free(part->arena);
}

/* The path to list as places: a stage of the rules, or one that was recorded. */
static void read_wanted(struct making *making)
{
    making->can_list = making->ask->list != NULL;
    for (const char *at = making->ask->list; at;) {
        const struct bc_str word = { at, strcspn(at, ",") };
        const int stage = bc_rules_stage(making->walk.rules, word);
        const uint32_t number = bc_string_table_find(making->walk.strings, word);
        const struct bc_visit visit = { .stage = stage, .word = number };

        if (stage == BC_NO_STAGE && number == BC_WORD_NONE)
            making->can_list = false;
        add_place(&making->wanted, bc_place_of(&visit));
        at = at[word.len] ? at + word.len + 1 : NULL;
    }
}

/* --- the end --- */

static int in_order(const void *a, const void *b)
{
    const struct bc_path *left = a, *right = b;
    int order = 0;

    if (left->n != right->n)
        return left->n > right->n ? -1 : 1;
    for (size_t i = 0; order == 0 && i < left->stage_n && i < right->stage_n; i++)
        order = bc_str_cmp(left->stages[i], right->stages[i]);
    return order ? order : (left->stage_n > right->stage_n) - (left->stage_n < right->stage_n);
}

static struct bc_path path_of(const struct making *making, struct bc_str places, bc_arena *arena)
{
    const size_t n = places.len / sizeof(bc_place);
    struct bc_str *stages = bc_arena_alloc(arena, n * sizeof(*stages));

    for (size_t i = 0; i < n; i++) {
        bc_place place;

        memcpy(&place, places.at + i * sizeof(place), sizeof(place));
        stages[i] =
            bc_arena_copy(arena, bc_place_text(place, making->walk.rules, making->walk.strings));
    }
    return (struct bc_path){ .stages = stages, .stage_n = n };
}

/* The lengths of each path stand side by side, from where its records would. */
static void fill_rows(struct bc_paths *paths, const struct part *all)
{
    int64_t *lengths = bc_reallocarray(NULL, all->record_n + 1, sizeof(*lengths));
    size_t *next = bc_calloc(all->path_n + 1, sizeof(*next));

    for (size_t i = 0; i < all->record_n; i++)
        next[all->records[i].path + 1]++;
    for (size_t i = 0; i < all->path_n; i++)
        next[i + 1] += next[i];
    for (size_t i = 0; i < all->record_n; i++) {
        const struct record *record = &all->records[i];

        lengths[next[record->path]++] = record->us;
        paths->rows[record->path].n++;
        paths->rows[record->path].won += record->won;
    }
    for (size_t i = 0, at = 0; i < all->path_n; at += paths->rows[i++].n)
        paths->rows[i].median_days = bc_lengths_of(lengths + at, paths->rows[i].n).median_days;
    free(lengths);
    free(next);
}

static void finish(struct bc_paths *paths, const struct making *making)
{
    const struct part *all = &making->all;

    paths->n = all->record_n;
    paths->row_n = all->path_n;
    paths->rows = bc_calloc(all->path_n + 1, sizeof(*paths->rows));
    for (size_t i = 0; i < all->path_n; i++) {
        paths->rows[i] = path_of(making, all->paths[i], paths->arena);
        paths->list_found |=
            making->can_list && bc_str_eq(all->paths[i], bc_buf_str(&making->wanted));
    }
    fill_rows(paths, all);
    if (paths->row_n)
        qsort(paths->rows, paths->row_n, sizeof(*paths->rows), in_order);
    paths->deals = bc_calloc(all->listed_n + 1, sizeof(*paths->deals));
    for (size_t i = 0; i < all->listed_n; i++)
        paths->deals[i] = bc_arena_copy(paths->arena, all->listed[i]);
    paths->deal_n = all->listed_n;
}

bc_status bc_paths_make(struct bc_paths **out, bc_timelines *timelines,
                        const struct bc_question *question, const struct bc_paths_ask *ask,
                        struct bc_err *err)
{
    static const struct bc_walker walker = { sizeof(struct part), begin_part, see_deal, join_part,
                                             end_part };
    struct making making = { .ask = ask, .as_of_us = question->as_of_us[0] };
    bc_status rc = bc_walk_init(&making.walk, timelines, question, err);

    begin_part(&making.all, &making);
    read_wanted(&making);
    if (rc == BC_OK)
        rc = bc_walk_run(&making.walk, &walker, &making, err);
    if (rc == BC_OK) {
        struct bc_paths *paths = bc_calloc(1, sizeof(*paths));

        paths->arena = bc_arena_new();
        finish(paths, &making);
        *out = paths;
    }
    end_part(&making.all);
    bc_buf_release(&making.wanted);
    bc_walk_release(&making.walk);
    return rc;
}

void bc_paths_free(struct bc_paths *paths)
{
    if (!paths)
        return;
    bc_arena_free(paths->arena);
    free(paths->rows);
    free(paths->deals);
    free(paths);
}
