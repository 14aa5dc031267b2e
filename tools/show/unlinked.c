#include "tools/show/unlinked.h"

#include "tools/cli/text.h"
#include "tools/connect/untied.h"
#include "tools/print/paragraph.h"
#include "tools/print/print_csv.h"
#include "tools/print/print_json.h"
#include "tools/show/service.h"

#include <stdlib.h>

/* Of one source. */
struct of_source {
    struct bc_str source;
    struct connect_untied untied;
    struct connect_loose *loose;
    size_t n;
};

struct unlinked {
    const struct basis *basis;
    int64_t now_us;
    struct of_source *sources;
    size_t n, cap, all;
};

static bc_status see(void *payload, struct bc_str name, struct bc_str value, struct bc_err *err)
{
    struct unlinked *unlinked = payload;
    struct of_source *one;

    (void)err;
    BC_GROW(unlinked->sources, unlinked->n, unlinked->cap);
    one = &unlinked->sources[unlinked->n++];
    *one = (struct of_source){ .source = { bc_strdup(name), name.len } };
    connect_untied_parse(&one->untied, value);
    one->n = connect_untied_list(&one->loose, &one->untied);
    unlinked->all += one->n;
    return BC_OK;
}

static void release(struct unlinked *unlinked)
{
    for (size_t i = 0; i < unlinked->n; i++) {
        free((char *)(uintptr_t)unlinked->sources[i].source.at);
        free(unlinked->sources[i].loose);
        connect_untied_release(&unlinked->sources[i].untied);
    }
    free(unlinked->sources);
}

static void fill_row(struct row *row, const void *source, size_t i)
{
    const struct unlinked *unlinked = source;
    const struct of_source *one = unlinked->sources;
    struct rows rows;

    for (; i >= one->n; one++)
        i -= one->n;
    rows = service_loose_rows(one->loose, one->n);
    row_text(row, "source", one->source);
    rows.fill(row, rows.source, i);
}

static void fill(struct row *row, const void *source, size_t i)
{
    const struct unlinked *unlinked = source;

    (void)i;
    basis_cells(row, unlinked->basis, unlinked->now_us);
    row_count(row, "n", unlinked->all);
    row_rows(row, "unlinked", rows_of(fill_row, unlinked, unlinked->all));
    notes_cells(row, &unlinked->basis->notes);
}

static void print_flat(const struct cmd_env *env, const struct unlinked *unlinked)
{
    static const struct column columns[] = {
        { "source", "source", .dash = false },   { "object", "object", .dash = false },
        { "address", "address", .dash = false }, { "since", "since", .dash = false },
        { "events", "events", .right = true },   { "why", "why", .dash = false },
        { "deal", "deal", .dash = false },
    };

    print_csv_of(env->out, COLUMNS_OF(columns), rows_of(fill_row, unlinked, unlinked->all));
}

static void print(const struct cmd_env *env, const struct unlinked *unlinked)
{
    if (unlinked->all == 0)
        fputs("nothing that services told is without a deal\n", env->out);
    for (size_t i = 0; i < unlinked->n; i++) {
        const struct of_source *one = &unlinked->sources[i];

        if (one->n == 0)
            continue;
        text_put(env->out, one->source);
        fprintf(env->out, ": %zu object%s of no known deal\n", one->n, one->n == 1 ? "" : "s");
        service_loose_table(env, one->source, one->loose, one->n);
    }
    if (unlinked->all > 0)
        paragraph_legend(env, "Such lines in links.yaml say of which deal each is (`backcast help "
                              "links`); the next import then tells its events.");
    notes_print(env, &unlinked->basis->notes);
}

bc_status unlinked_show(const struct cmd_env *env, const struct basis *basis,
                        enum unlinked_form form, struct bc_err *err)
{
    struct unlinked unlinked = { .basis = basis, .now_us = cmd_now_us(env) };
    bc_status rc = bc_meta_each_named(basis->log, BC_META_UNTIED, see, &unlinked, err);

    if (rc == BC_OK && form == UNLINKED_JSON)
        print_json_of(env, fill, &unlinked);
    else if (rc == BC_OK && form == UNLINKED_CSV)
        print_flat(env, &unlinked);
    else if (rc == BC_OK)
        print(env, &unlinked);
    release(&unlinked);
    return rc;
}
