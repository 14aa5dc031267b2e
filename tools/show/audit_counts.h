/* tools/show/audit_counts.h - how often each kind of finding is there: in all, by actor, by
 * source. */
#ifndef BC_TOOLS_SHOW_AUDIT_COUNTS_H
#define BC_TOOLS_SHOW_AUDIT_COUNTS_H

#include "projections/audit/audit.h"
#include "tools/print/json_out.h"
#include "tools/print/table.h"

enum audit_by { AUDIT_BY_NOTHING, AUDIT_BY_ACTOR, AUDIT_BY_SOURCE };

struct audit_count {
    struct bc_str who; /* actor or source; empty: by nothing, or none is given */
    enum bc_finding_kind kind;
    size_t times;
};

struct audit_counts {
    enum audit_by by;
    struct audit_count *at; /* by who in byte order, then by kind */
    size_t n, cap;
};

/* Borrows the audit's texts. */
void audit_counts_make(struct audit_counts *out, const struct bc_audit *audit, enum audit_by by);
void audit_counts_release(struct audit_counts *counts);

/* The member "counts". */
void audit_counts_json(struct json_out *json, const struct audit_counts *counts);
void audit_counts_csv(const struct cmd_env *env, const struct audit_counts *counts);
void audit_counts_print(const struct cmd_env *env, const struct audit_counts *counts);

#endif
