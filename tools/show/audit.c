#include "tools/show/audit.h"

#include "tools/print/print_csv.h"
#include "tools/print/print_json.h"
#include "tools/print/print_table.h"
#include "tools/show/finding.h"

#include <stdlib.h>

/* --- how often --- */

struct count {
    struct bc_str who; /* actor or source; empty: by nothing, or none is given */
    enum bc_finding_kind kind;
    size_t times;
};

struct counts {
    enum audit_by by;
    struct count *at; /* by who in byte order, then by kind */
    size_t n, cap;
};

static const char *who_key(const struct counts *counts)
{
    return counts->by == AUDIT_BY_ACTOR ? "actor" : "source";
}

static struct bc_str who_of(const struct bc_finding *finding, enum audit_by by)
{
    switch (by) {
    case AUDIT_BY_NOTHING:
        break;
    case AUDIT_BY_ACTOR:
        return finding->actor;
    case AUDIT_BY_SOURCE:
        return finding->source;
    }
    return (struct bc_str){ 0 };
}

static int in_order(const void *a, const void *b)
{
    const struct count *left = a, *right = b;
    int order = bc_str_cmp(left->who, right->who);

    return order ? order : (int)left->kind - (int)right->kind;
}

/* Borrows the audit's texts. `whole`: whatever their kinds. */
static void count_of(struct counts *out, const struct bc_audit *audit, enum audit_by by, bool whole)
{
    size_t kept = 0;

    *out = (struct counts){ .by = by };
    for (size_t i = 0; i < audit->n; i++) {
        const struct bc_finding *finding = &audit->findings[i];

        BC_GROW(out->at, out->n, out->cap);
        out->at[out->n++] =
            (struct count){ who_of(finding, by), whole ? BC_START_NOT_ALLOWED : finding->kind, 1 };
    }
    if (out->n > 1)
        qsort(out->at, out->n, sizeof(*out->at), in_order);
    for (size_t i = 0; i < out->n; i++) {
        if (kept && in_order(&out->at[kept - 1], &out->at[i]) == 0)
            out->at[kept - 1].times++;
        else
            out->at[kept++] = out->at[i];
    }
    out->n = kept;
}

static void count(struct counts *out, const struct bc_audit *audit, enum audit_by by)
{
    count_of(out, audit, by, false);
}

/* The most first. */
static int by_times(const void *a, const void *b)
{
    const struct count *left = a, *right = b;

    if (left->times != right->times)
        return left->times < right->times ? 1 : -1;
    return in_order(a, b);
}

static void fill_count(struct row *row, const void *source, size_t i)
{
    const struct counts *counts = source;

    if (counts->by != AUDIT_BY_NOTHING)
        row_text(row, who_key(counts), counts->at[i].who);
    row_word(row, "finding", bc_finding_row(counts->at[i].kind)->word);
    row_count(row, "times", counts->at[i].times);
}

static struct rows count_rows(const struct counts *counts)
{
    return rows_of(fill_count, counts, counts->n);
}

/* --- for pages --- */

/* By kind, by actor and by source. */
struct totals {
    struct counts kinds, actors, sources;
};

static void total(struct counts *out, const struct bc_audit *audit, enum audit_by by)
{
    count_of(out, audit, by, by != AUDIT_BY_NOTHING);
    if (out->n > 1)
        qsort(out->at, out->n, sizeof(*out->at), by_times);
}

static void fill_total(struct row *row, const void *source, size_t i)
{
    const struct counts *counts = source;

    if (counts->by == AUDIT_BY_NOTHING)
        row_word(row, "finding", bc_finding_row(counts->at[i].kind)->word);
    else
        row_text(row, who_key(counts), counts->at[i].who);
    row_count(row, "times", counts->at[i].times);
}

static void total_cells(struct row *row, const struct totals *totals)
{
    row_rows(row, "kinds", rows_of(fill_total, &totals->kinds, totals->kinds.n));
    row_rows(row, "actors", rows_of(fill_total, &totals->actors, totals->actors.n));
    row_rows(row, "sources", rows_of(fill_total, &totals->sources, totals->sources.n));
}

/* --- forms --- */

struct json_source {
    const struct audit_shown *shown;
    const struct counts *counts; /* or NULL */
    const struct totals *totals; /* or NULL */
};

static void fill(struct row *row, const void *source, size_t i)
{
    const struct json_source *json = source;
    const struct audit_shown *shown = json->shown;

    (void)i;
    basis_cells(row, shown->basis, shown->basis->question.as_of_us[0]);
    row_rows(row, "findings", finding_rows(shown->audit));
    if (json->counts)
        row_rows(row, "counts", count_rows(json->counts));
    if (json->totals && row_for_pages(row))
        total_cells(row, json->totals);
    notes_cells(row, &shown->basis->notes);
}

void audit_json(const struct cmd_env *env, const struct audit_shown *shown, bool with_counts)
{
    const bool paged = env->answers && env->answers->readers & ROW_FOR_PAGES;
    struct counts counts = { 0 };
    struct totals totals = { 0 };

    if (with_counts)
        count(&counts, shown->audit, shown->by);
    if (paged) {
        total(&totals.kinds, shown->audit, AUDIT_BY_NOTHING);
        total(&totals.actors, shown->audit, AUDIT_BY_ACTOR);
        total(&totals.sources, shown->audit, AUDIT_BY_SOURCE);
    }
    print_json_of(
        env, fill,
        &(struct json_source){ shown, with_counts ? &counts : NULL, paged ? &totals : NULL });
    free(counts.at);
    free(totals.kinds.at);
    free(totals.actors.at);
    free(totals.sources.at);
}

static void csv_counts(const struct cmd_env *env, const struct counts *counts)
{
    const char *who = who_key(counts);
    const struct column columns[] = { { .name = who, .key = who },
                                      { .name = "finding", .key = "finding" },
                                      { .name = "times", .key = "times" } };

    print_csv_of(env->out, COLUMNS_OF(columns), count_rows(counts));
}

void audit_csv(const struct cmd_env *env, const struct audit_shown *shown)
{
    static const struct column columns[] = {
        { .name = "deal", .key = "deal" },      { .name = "finding", .key = "finding" },
        { .name = "at", .key = "when" },        { .name = "event", .key = "cause" },
        { .name = "actor", .key = "actor" },    { .name = "source", .key = "source" },
        { .name = "found", .key = "sentence" },
    };

    struct counts counts;

    if (shown->by == AUDIT_BY_NOTHING) {
        print_csv_of(env->out, COLUMNS_OF(columns), finding_rows(shown->audit));
        return;
    }
    count(&counts, shown->audit, shown->by);
    csv_counts(env, &counts);
    free(counts.at);
}

static void print_counts(const struct cmd_env *env, const struct counts *counts)
{
    const struct column columns[] = {
        { .name = "FINDING", .key = "finding" },
        { .name = "TIMES", .key = "times", .right = true },
        { .name = counts->by == AUDIT_BY_ACTOR ? "ACTOR" : "SOURCE",
          .key = who_key(counts),
          .fit = COLUMN_MIDDLE,
          .dash = true,
          .shows = counts->by == AUDIT_BY_ACTOR ? COLUMN_PERSON : COLUMN_CELL },
    };

    print_table_of(env, (struct columns){ columns, counts->by == AUDIT_BY_NOTHING ? 2 : 3 },
                   count_rows(counts));
}

static void print_none(const struct cmd_env *env, size_t others)
{
    if (others)
        fprintf(env->out, "no findings (%zu about others)\n", others);
    else
        fputs("no findings\n", env->out);
}

void audit_print(const struct cmd_env *env, const struct audit_shown *shown)
{
    static const struct column columns[] = {
        { .name = "DEAL", .key = "deal", .fit = COLUMN_MIDDLE, .dash = true },
        COLUMN_NAME_WITH_ROOM("deal", 1),
        { .name = "OWNER",
          .key = "deal",
          .fit = COLUMN_END,
          .least = 7,
          .leave = 2,
          .shows = COLUMN_DEAL_OWNER },
        { .name = "AT", .key = "when" },
        { .name = "FOUND", .key = "sentence", .fit = COLUMN_WRAP, .least = 20 },
        { .name = "EVENT", .key = "cause", .fit = COLUMN_MIDDLE, .leave = 3 },
    };
    struct counts counts;

    if (shown->audit->n == 0)
        print_none(env, shown->others);
    if (shown->by == AUDIT_BY_NOTHING && shown->audit->n) {
        print_table_of(env, COLUMNS_OF(columns), finding_rows(shown->audit));
        fputc('\n', env->out);
    }
    count(&counts, shown->audit, shown->by);
    print_counts(env, &counts);
    free(counts.at);
    basis_print(env, shown->basis, shown->basis->question.as_of_us);
}
