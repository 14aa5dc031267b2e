#include "tests/model/recount_paths.h"

#include "tests/model/recount_world.h"

#include <inttypes.h>
#include <stdlib.h>

void recount_paths_print(struct bc_buf *out, const struct bc_paths *paths)
{
    for (size_t i = 0; i < paths->row_n; i++) {
        const struct bc_path *path = &paths->rows[i];

        for (size_t s = 0; s < path->stage_n; s++)
            bc_buf_printf(out, "%s%.*s", s ? " > " : "", BC_STR_ARG(path->stages[s]));
        bc_buf_printf(out, ": %" PRIu64 ", %" PRIu64 " won, %.6f days\n", path->n, path->won,
                      path->median_days);
    }
}

static bool same_path(const struct deal *a, const struct deal *b)
{
    if (a->visit_n != b->visit_n)
        return false;
    for (size_t i = 0; i < a->visit_n; i++)
        if (!bc_str_eq(a->visits[i].id, b->visits[i].id))
            return false;
    return true;
}

static bool is_won(const struct world *world, const struct deal *deal)
{
    for (size_t i = 0; i < deal->visit_n; i++)
        if (!deal->visits[i].observed && deal->visits[i].stage != BC_NO_STAGE &&
            world->rules->stages[deal->visits[i].stage].kind == BC_STAGE_WON)
            return true;
    return false;
}

static bool is_counted(const struct world *world, const struct deal *deal,
                       const struct bc_paths_ask *ask)
{
    return deal->visit_n && deal->visits[0].entered_us > ask->since_us &&
           deal_counts(world, deal, ask->slice);
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* All deals that go the way of the i-th. */
static struct bc_path count_path(const struct world *world, size_t i,
                                 const struct bc_paths_ask *ask)
{
    const struct deal *of = &world->deals[i];
    double *days = bc_arena_alloc(world->arena, world->deal_n * sizeof(*days));
    struct bc_str *stages = bc_arena_alloc(world->arena, of->visit_n * sizeof(*stages));
    struct bc_path path = { .stages = stages, .stage_n = of->visit_n };

    for (size_t v = 0; v < of->visit_n; v++)
        stages[v] = of->visits[v].id;
    for (size_t j = 0; j < world->deal_n; j++) {
        const struct deal *deal = &world->deals[j];

        if (!is_counted(world, deal, ask) || !same_path(of, deal))
            continue;
        days[path.n++] =
            (double)(deal->visits[deal->visit_n - 1].entered_us - deal->visits[0].entered_us) /
            (double)BC_DAY_US;
        path.won += is_won(world, deal);
    }
    qsort(days, path.n, sizeof(*days), by_size);
    path.median_days = (days[(path.n - 1) / 2] + days[path.n / 2]) / 2;
    return path;
}

static int in_order(const void *a, const void *b)
{
    const struct bc_path *x = a, *y = b;

    if (x->n != y->n)
        return x->n > y->n ? -1 : 1;
    for (size_t i = 0; i < x->stage_n && i < y->stage_n; i++)
        if (!bc_str_eq(x->stages[i], y->stages[i]))
            return bc_str_cmp(x->stages[i], y->stages[i]);
    return x->stage_n < y->stage_n ? -1 : x->stage_n > y->stage_n;
}

void recount_paths(struct bc_buf *out, const struct bc_event *events, size_t n,
                   const struct recount_question *question, const struct bc_paths_ask *ask)
{
    bc_arena *arena = bc_arena_new();
    struct bc_paths paths = { 0 };
    struct world world;

    world_make(&world, events, n, question, arena);
    paths.rows = bc_arena_alloc(arena, (world.deal_n + 1) * sizeof(*paths.rows));
    for (size_t i = 0; i < world.deal_n; i++) {
        bool seen = !is_counted(&world, &world.deals[i], ask);

        for (size_t j = 0; j < i; j++)
            seen = seen || (is_counted(&world, &world.deals[j], ask) &&
                            same_path(&world.deals[i], &world.deals[j]));
        if (!seen)
            paths.rows[paths.row_n++] = count_path(&world, i, ask);
    }
    if (paths.row_n)
        qsort(paths.rows, paths.row_n, sizeof(*paths.rows), in_order);
    recount_paths_print(out, &paths);
    bc_arena_free(arena);
}
