#include "tools/show/people.h"

#include "tools/print/print_csv.h"
#include "tools/print/print_json.h"
#include "tools/print/print_table.h"
#include "tools/show/learning_cells.h"

#include <inttypes.h>
#include <stdlib.h>

enum { BODIES_SHOWN = 3 }; /* of one, in a table */

const char *const people_by[2] = {
    [BC_PEOPLE_BY_ACTOR] = "actor", [BC_PEOPLE_BY_SOURCE] = "source"
};
const char *const people_moves[BC_PERSON_MOVE_N] = {
    [BC_PERSON_FORWARD] = "forward",
    [BC_PERSON_BACKWARD] = "backward",
    [BC_PERSON_LOST] = "lost",
    [BC_PERSON_REOPENED] = "reopened",
};

/* --- kinds of events --- */

struct kind {
    enum bc_body body;
    uint64_t n;
};

static int most_first(const void *a, const void *b)
{
    const struct kind *left = a, *right = b;

    if (left->n != right->n)
        return left->n > right->n ? -1 : 1;
    return strcmp(bc_schema(left->body)->json_name, bc_schema(right->body)->json_name);
}

/* By n downward, then by bytes; they live as long as the row. */
static struct kind *kinds_of(struct row *row, const struct bc_person *person, size_t *out_n)
{
    struct kind *kinds = row_alloc(row, BC_BODY_END * sizeof(*kinds));
    size_t n = 0;

    for (int body = BC_DEAL_CREATED; body < BC_BODY_END; body++)
        if (person->of[body])
            kinds[n++] = (struct kind){ (enum bc_body)body, person->of[body] };
    qsort(kinds, n, sizeof(*kinds), most_first);
    *out_n = n;
    return kinds;
}

static void fill_kind(struct row *row, const void *source, size_t i)
{
    const struct kind *kind = &((const struct kind *)source)[i];

    row_word(row, "body", bc_schema(kind->body)->json_name);
    row_count(row, "n", kind->n);
}

/* For programs a list, for people the most frequent in words, in a CSV all of them in one cell. */
static void kinds_cell(struct row *row, const struct bc_person *person)
{
    size_t n = 0;
    const struct kind *kinds = kinds_of(row, person, &n);
    struct bc_buf *text;

    if (!row_for_people(row)) {
        row_rows(row, "events", rows_of(fill_kind, kinds, n));
        return;
    }
    text = row_make(row);
    for (size_t i = 0; i < n; i++) {
        if (row_for_programs(row)) {
            bc_buf_printf(text, "%s%s", i ? ";" : "", bc_schema(kinds[i].body)->json_name);
        } else if (i < BODIES_SHOWN) {
            bc_buf_printf(text, "%s", i ? ", " : "");
            learning_cells_body(text, kinds[i].body);
        } else {
            bc_buf_printf(text, ", ...");
            break;
        }
        bc_buf_printf(text, " %" PRIu64, kinds[i].n);
    }
    row_made(row, "events");
}

/* --- rows --- */

/* No move is an empty cell to people. */
static void move_cell(struct row *row, const char *key, uint64_t n)
{
    if (n || row_for_programs(row))
        row_count(row, key, n);
}

static void fill_row(struct row *row, const void *source, size_t i)
{
    const struct people_shown *shown = source;
    const struct bc_person *person = &shown->people->rows[i];

    row_text(row, people_by[shown->ask->by],
             person->who.len || row_for_programs(row) ? person->who : BC_STR("none"));
    row_count(row, "n", person->n);
    kinds_cell(row, person);
    for (size_t kind = 0; kind < BC_PERSON_MOVE_N; kind++)
        move_cell(row, people_moves[kind], person->moves[kind]);
    row_count(row, "deals", person->deals);
    if (shown->ask->by == BC_PEOPLE_BY_ACTOR)
        learning_cells_list(row, "roles", person->roles, person->role_n);
}

static struct rows person_rows(const struct people_shown *shown)
{
    return rows_of(fill_row, shown, shown->people->row_n);
}

static void fill(struct row *row, const void *source, size_t i)
{
    const struct people_shown *shown = source;

    (void)i;
    basis_cells(row, shown->basis, shown->basis->as_of_us);
    row_word(row, "slice", shown->basis->rules->slices[shown->ask->slice].name);
    learning_cells_since(row, shown->ask->since_us);
    row_word(row, "by", people_by[shown->ask->by]);
    row_rows(row, "rows", person_rows(shown));
    if (shown->ask->list)
        row_texts(row, "deals", shown->people->deals, shown->people->deal_n);
    notes_cells(row, &shown->basis->notes);
}

void people_show_json(const struct cmd_env *env, const struct people_shown *shown)
{
    print_json_of(env, fill, shown);
}

void people_show_csv(const struct cmd_env *env, const struct people_shown *shown)
{
    const char *by = people_by[shown->ask->by];
    const struct column columns[] = {
        { by, by, .dash = false },
        { "n", "n", .right = true },
        { "events", "events", .dash = false },
        { "forward", "forward", .right = true },
        { "backward", "backward", .right = true },
        { "lost", "lost", .right = true },
        { "reopened", "reopened", .right = true },
        { "deals", "deals", .right = true },
        { "roles", "roles", .dash = false },
    };
    struct columns all = COLUMNS_OF(columns);

    all.n -= shown->ask->by == BC_PEOPLE_BY_SOURCE; /* which have no roles */
    print_csv_of(env->out, all, person_rows(shown));
}

/* Says what columns mean that have something in them. */
static void print_legend(const struct cmd_env *env, const struct bc_people *people)
{
    bool forward = false, backward = false;

    for (size_t i = 0; i < people->row_n; i++) {
        forward |= people->rows[i].moves[BC_PERSON_FORWARD] > 0;
        backward |= people->rows[i].moves[BC_PERSON_BACKWARD] > 0;
    }
    if (people->row_n == 0)
        fputs("nobody did anything\n", env->out);
    else if (forward || backward)
        fprintf(env->out, "\n%s%s%s: moves between stages, by the order of the rules.\n",
                forward ? "FORWARD" : "", forward && backward ? ", " : "", backward ? "BACK" : "");
}

void people_show(const struct cmd_env *env, const struct people_shown *shown)
{
    const bool by_source = shown->ask->by == BC_PEOPLE_BY_SOURCE;
    const struct column columns[] = {
        { by_source ? "SOURCE" : "ACTOR", people_by[shown->ask->by], .fit = COLUMN_MIDDLE,
          .shows = by_source ? COLUMN_CELL : COLUMN_PERSON },
        { "EVENTS", "n", .right = true },
        { "DEALS", "deals", .right = true },
        { "FORWARD", "forward", .right = true },
        { "BACK", "backward", .right = true },
        { "LOST", "lost", .right = true },
        { "REOPENED", "reopened", .right = true, .leave = 1 },
        { "MOST", "events", .fit = COLUMN_WRAP },
        { "ROLES", "roles", .fit = COLUMN_WRAP },
    };
    const struct bc_people *people = shown->people;
    struct columns all = COLUMNS_OF(columns);

    all.n -= by_source;
    fprintf(env->out, "slice %s\n\n", shown->basis->rules->slices[shown->ask->slice].name);
    print_table_of(env, all, person_rows(shown));
    print_legend(env, people);
    if (shown->ask->list)
        learning_cells_deals(env, people->deals, people->deal_n);
    basis_print(env, shown->basis, &shown->basis->as_of_us);
}
