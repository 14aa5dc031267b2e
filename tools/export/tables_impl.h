/* tools/export/tables_impl.h - for insiders: a row being filled, and who fills which tables. */
#ifndef BC_TOOLS_EXPORT_TABLES_IMPL_H
#define BC_TOOLS_EXPORT_TABLES_IMPL_H

#include "projections/walk/experiment_words.h"
#include "projections/walk/walk.h"
#include "tools/export/tables.h"
#include "tools/export/tables_ids.h"

struct tables_out {
    const struct tables_ask *ask;
    const bc_rules *rules;
    struct table_sink *sink;
    struct tables_left *left;
};

static inline bool tables_wanted(const struct tables_out *out, enum table_id id)
{
    return out->ask->wanted & TABLE_BIT(id);
}

/* The day of an instant, as tables.h has it. */
int32_t tables_day(const struct tables_out *out, int64_t us);
/* The same where BC_NEVER is TABLES_NEVER. */
int32_t tables_until_day(const struct tables_out *out, int64_t us);

enum { TABLE_DAY_MAX = 4 };

/* A row, filled column by column in their order; a value of another name or type than the column is
 * a fault of the caller's. */
struct tables_row {
    const struct table *table;
    size_t n;
    struct table_value at[TABLE_COLUMN_MAX];
    char days[TABLE_DAY_MAX][BC_DAY_LEN]; /* texts of its own */
    size_t day_n;
};

struct tables_row tables_row_of(enum table_id id);
void tables_text(struct tables_row *row, const char *name, struct bc_str text);
/* Null where it is empty. */
void tables_text_or_null(struct tables_row *row, const char *name, struct bc_str text);
void tables_integer(struct tables_row *row, const char *name, int64_t integer);
void tables_real(struct tables_row *row, const char *name, double real);
void tables_bool(struct tables_row *row, const char *name, bool yes);
void tables_instant(struct tables_row *row, const char *name, int64_t us);
/* A day as a text: 2025-03-31. */
void tables_day_text(struct tables_row *row, const char *name, int32_t day);
/* Null where it is `none`. */
void tables_instant_or_null(struct tables_row *row, const char *name, int64_t us, int64_t none);
void tables_null(struct tables_row *row, const char *name);
/* Hands it to the sink. */
bc_status tables_row_end(struct tables_row *row, const struct tables_out *out, struct bc_err *err);

/* basis, asked */
bc_status tables_write_basis(const struct tables_out *out, struct bc_err *err);
/* days, from that of the first event on, or from the first one asked for */
bc_status tables_write_days(const struct tables_out *out, int64_t first_us, struct bc_err *err);
/* slices, stages, metric_rules, metric_sets */
bc_status tables_write_rules(const struct tables_out *out, struct bc_err *err);
/* deals to experiments; and days, when the first is known */
bc_status tables_write_deals(const struct tables_out *out, struct bc_err *err);
bc_status tables_write_findings(const struct tables_out *out, struct bc_err *err);
bc_status tables_write_events(const struct tables_out *out, struct bc_err *err);

/* What the tables of the deals read beside a deal. */
struct tables_deal {
    const struct tables_out *out;
    const struct bc_walk *walk;
    const struct bc_experiment_list *experiments;
    const struct bc_fact_at **facts; /* of tables_sort_facts */
    size_t fact_cap;
    struct tables_ids ids;                 /* read where a table wants them */
    const struct bc_activity **activities; /* of one kind */
    size_t activity_cap;
    struct bc_buf id; /* of one of them */
};

/* A deal's facts of a kind in `deals->facts`: by their first text, and those of one as they are
 * folded. Returns how many. */
size_t tables_sort_facts(struct tables_deal *deals, const struct bc_deal *deal,
                         enum bc_learning_kind kind);

/* The rows of one deal; the view shows it. */
bc_status tables_write_properties(struct tables_deal *deals, const struct bc_deal *deal,
                                  struct bc_err *err);
bc_status tables_write_standings(const struct tables_deal *deals, const struct bc_deal *deal,
                                 struct bc_err *err);
bc_status tables_write_activity(struct tables_deal *deals, const struct bc_deal *deal,
                                struct bc_err *err);
bc_status tables_write_anchors(struct tables_deal *deals, const struct bc_deal *deal,
                               const struct bc_view *view, struct bc_err *err);

#endif
