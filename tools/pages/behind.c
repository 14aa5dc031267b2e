#include "tools/pages/behind.h"

#include "tools/pages/page_cells.h"

#include <string.h>

enum { PAIRS_MAX = 12 };

static bool link_path(struct html_out *out, const struct behind *behind, struct bc_str path)
{
    struct document_pair pairs[PAIRS_MAX] = { { "of", bc_str_of(behind->command) },
                                              { "list", path } };
    size_t n = 2;

    for (size_t i = 0; i < behind->asked_n && n < PAIRS_MAX; i++)
        pairs[n++] = behind->asked[i];
    return document_link(out, "list", pairs, n);
}

/* In a path "none" is the empty value, so one that is called so has none. */
bool behind_link(struct html_out *out, struct bc_str value, const char *count)
{
    const struct behind *behind = page_about(out)->behind;
    const struct bc_str none = BC_STR("none");
    struct bc_buf path = { 0 };
    bool linked;

    if (!behind || bc_str_eq(value, none))
        return false;
    bc_buf_add_str(&path, behind->before);
    bc_buf_add_str(&path, value.len ? value : none);
    if (count)
        bc_buf_printf(&path, ".%s", count);
    linked = link_path(out, behind, bc_buf_str(&path));
    bc_buf_release(&path);
    return linked;
}

void behind_put_count(struct html_out *out, const struct row *row, struct bc_str value,
                      const char *key)
{
    const struct cell *cell = row_find(row, key);
    const bool linked =
        cell && cell->kind == CELL_COUNT && cell->count > 0 && behind_link(out, value, key);

    page_cells_put(out, row, key);
    document_link_end(out, linked);
}

void behind_put_of(struct html_out *out, const struct row *row, struct bc_str value,
                   const char *hit)
{
    behind_put_count(out, row, value, hit);
    html_out_put(out, " of ");
    behind_put_count(out, row, value, "n");
}
