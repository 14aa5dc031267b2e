/* tests/support/hubspot.h - records of HubSpot through the importer, without a wire. */
#ifndef BC_TESTS_SUPPORT_HUBSPOT_H
#define BC_TESTS_SUPPORT_HUBSPOT_H

#include "tools/hubspot/run.h"

#define HUBSPOT_NOW_US INT64_C(1748736000000000) /* 2025-06-01T00:00:00Z */

/* A run whose events are printed, one a line, into `out`. */
struct hubspot_bench {
    struct hubspot_run run;
    struct hubspot_account *account;
    struct bc_buf out;
    bool ids; /* print ids alone */
};

/* `account` is YAML. */
void hubspot_bench_init(struct hubspot_bench *bench, const char *account);
void hubspot_bench_release(struct hubspot_bench *bench);

/* A JSON value written with ' instead of ". */
json_t *hubspot_json(const char *text);
/* Takes a list of deals, in their order; fails the test where one is refused. */
void hubspot_bench_deals(struct hubspot_bench *bench, const char *deals);
/* The lines so far, less the date of HubSpot's storing them where it is the event's own; then none.
 * Lives until the next call. */
const char *hubspot_bench_lines(struct hubspot_bench *bench);

#endif
