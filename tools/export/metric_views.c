#include "tools/export/metric_views.h"

#include "projections/rules/rules.h"

/* The texts, put in by the build. */
extern const char sql_shares[], sql_kind[], sql_metrics[];
extern const size_t sql_shares_len, sql_kind_len, sql_metrics_len;

static void add_kind(struct bc_buf *sql, const char *kind)
{
    static const char mark[] = "@KIND@";
    struct bc_str left = { sql_kind, sql_kind_len };

    while (left.len) {
        const char *at = memmem(left.at, left.len, mark, sizeof(mark) - 1);
        const size_t before = at ? (size_t)(at - left.at) : left.len;

        bc_buf_add(sql, left.at, before);
        if (at)
            bc_buf_printf(sql, "%s", kind);
        left = bc_str_part(left, before + (at ? sizeof(mark) - 1 : 0), left.len);
    }
}

void metric_views_add(struct bc_buf *sql)
{
    bc_buf_add(sql, sql_shares, sql_shares_len);
    for (size_t i = 0; i < BC_METRIC_KIND_N; i++)
        add_kind(sql, bc_metric_kinds[i].word);
    bc_buf_add(sql, sql_metrics, sql_metrics_len);
}
