/* tools/cmd/import_preview.h - what an import would do, for `--dry-run`: its first events, how many
 * of each kind, and the figures at the last of them, as they would read. Nothing is written: the
 * figures are those of a log in memory. */
#ifndef BC_TOOLS_CMD_IMPORT_PREVIEW_H
#define BC_TOOLS_CMD_IMPORT_PREVIEW_H

#include "tools/cli/cmd.h"
#include "tools/show/report.h"

#define PREVIEW_ROWS   5      /* whose events are shown, */
#define PREVIEW_EVENTS 20     /* of which these at most */
#define PREVIEW_MOST   300000 /* events of the ledger and the file, for figures */

struct preview_event {
    uint64_t line;     /* 0: of none, but what the table lacks */
    char *deal, *text; /* "stageChanged to=discovery" */
    int64_t occurred_us;
};

/* Start with import_preview_open. */
struct import_preview {
    struct preview_event first[PREVIEW_EVENTS];
    size_t first_n;
    uint64_t seen; /* all that would be added */
    size_t row_n;  /* rows that these are of */
    uint64_t kinds[BC_BODY_END];
    int64_t last_us; /* when the last of them happened, but for retractions */
    uint64_t events;
    bc_log *scratch; /* NULL: too many events */
    bc_append *append;
    bc_timelines *timelines;
    struct bc_report *report; /* NULL: no figures */
    struct report_part part;
};

/* Copies the ledger's events into memory, unless they are too many. */
bc_status import_preview_open(struct import_preview *out, bc_log *log, int64_t now_us,
                              struct bc_err *err);
/* An event that would be added, from a line of the source, or 0. */
bc_status import_preview_see(struct import_preview *preview, const struct bc_event *event,
                             uint64_t line, bool keep_recorded, struct bc_err *err);
/* After the last: computes the figures. Borrows the rules. */
bc_status import_preview_end(struct import_preview *preview, const bc_rules *rules,
                             struct bc_err *err);
void import_preview_release(struct import_preview *preview); /* a zeroed one is fine */

/* For programs: the key "preview". */
void import_preview_cells(struct row *row, const struct import_preview *preview);
/* For people: the events and how many of each kind; then, after the rest, the figures. */
void import_preview_print(const struct cmd_env *env, const struct import_preview *preview);
void import_preview_print_figures(const struct cmd_env *env, const struct import_preview *preview);

#endif
