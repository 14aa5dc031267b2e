#include "tools/show/audit_counts.h"

#include "tools/print/csv_out.h"

#include <stdlib.h>

static const char *who_key(const struct audit_counts *counts)
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
    const struct audit_count *left = a, *right = b;
    int order = bc_str_cmp(left->who, right->who);

    return order ? order : (int)left->kind - (int)right->kind;
}

void audit_counts_make(struct audit_counts *out, const struct bc_audit *audit, enum audit_by by)
{
    size_t kept = 0;

    *out = (struct audit_counts){ .by = by };
    for (size_t i = 0; i < audit->n; i++) {
        BC_GROW(out->at, out->n, out->cap);
        out->at[out->n++] =
            (struct audit_count){ who_of(&audit->findings[i], by), audit->findings[i].kind, 1 };
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

void audit_counts_release(struct audit_counts *counts)
{
    free(counts->at);
    *counts = (struct audit_counts){ 0 };
}

void audit_counts_json(struct json_out *json, const struct audit_counts *counts)
{
    json_out_array(json, "counts");
    for (size_t i = 0; i < counts->n; i++) {
        json_out_object(json, NULL);
        if (counts->by != AUDIT_BY_NOTHING)
            json_out_string(json, who_key(counts), counts->at[i].who);
        json_out_text(json, "finding", bc_finding_row(counts->at[i].kind)->word);
        json_out_integer(json, "times", (int64_t)counts->at[i].times);
        json_out_object_end(json);
    }
    json_out_array_end(json);
}

void audit_counts_csv(const struct cmd_env *env, const struct audit_counts *counts)
{
    fprintf(env->out, "%s,finding,times\n", who_key(counts));
    for (size_t i = 0; i < counts->n; i++) {
        csv_out_text(env->out, counts->at[i].who);
        fprintf(env->out, ",%s,%zu\n", bc_finding_row(counts->at[i].kind)->word,
                counts->at[i].times);
    }
}

void audit_counts_print(const struct cmd_env *env, const struct audit_counts *counts)
{
    const struct table_column columns[] = {
        { .name = "FINDING" },
        { .name = "TIMES", .right = true },
        { .name = counts->by == AUDIT_BY_ACTOR ? "ACTOR" : "SOURCE" },
    };
    struct table *table = table_new(columns, counts->by == AUDIT_BY_NOTHING ? 2 : 3);

    for (size_t i = 0; i < counts->n; i++) {
        const struct audit_count *count = &counts->at[i];

        table_row(table);
        table_text(table, 0, bc_str_of(bc_finding_row(count->kind)->word));
        table_format(table, 1, "%zu", count->times);
        if (counts->by == AUDIT_BY_NOTHING)
            continue;
        if (count->who.len)
            table_text(table, 2, count->who);
        else
            table_null(table, 2);
    }
    table_print(env, table);
    table_free(table);
}
