/* tools/export/tables.c - who writes which tables, and in which order. */
#include "tools/export/tables_impl.h"

bc_status tables_write(const struct tables_ask *ask, struct table_sink *sink,
                       struct tables_left *left, struct bc_err *err)
{
    const struct tables_out out = {
        .ask = ask, .rules = ask->basis->rules, .sink = sink, .left = left
    };
    bc_status rc = tables_write_basis(&out, err);

    if (rc == BC_OK)
        rc = tables_write_rules(&out, err);
    if (rc == BC_OK)
        rc = tables_write_deals(&out, err);
    if (rc == BC_OK && tables_wanted(&out, TABLE_FINDINGS))
        rc = tables_write_findings(&out, err);
    if (rc == BC_OK && tables_wanted(&out, TABLE_EVENTS))
        rc = tables_write_events(&out, err);
    return rc;
}
