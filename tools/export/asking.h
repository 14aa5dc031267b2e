/* tools/export/asking.h - what every export of tables is asked: as of when, known when, under which
 * rules (of one version: not as-then), and at which dates its metrics. */
#ifndef BC_TOOLS_EXPORT_ASKING_H
#define BC_TOOLS_EXPORT_ASKING_H

#include "tools/ask/dates.h"
#include "tools/export/tables.h"

struct export_args {
    struct typed typed;
    const char *as_of, *from, *to, *every;
};

#define EXPORT_ARGS ((struct export_args){ .typed = { .learning = true }, .every = "1w" })

#define EXPORT_OPTIONS(args)                                                                       \
    { "as-of", "WHEN", .text = &(args)->as_of,                                                     \
      .help = "how deals, anchors, experiments and findings were then\n(default: today)" },        \
        { "from", "DATE", .text = &(args)->from,                                                   \
          .help = "the first date in `asked` (default: 52 weeks before the\nlast)" },              \
        { "to", "DATE", .text = &(args)->to,                                                       \
          .help = "the last, if a step falls on it (default: --as-of's day, or\nthe end of a "     \
                  "period that --from is)" },                                                      \
        { "every", "STEP", .text = &(args)->every, .help = "1d, 1w, 1m, 3m, 1y (default: 1w)" },   \
        QUESTION_OPTIONS(&(args)->typed), OPT_VERIFIED(&(args)->typed.verified)

/* `{ 0 }` holds nothing. */
struct export_asked {
    struct basis basis;
    struct tables_ask ask; /* all tables are wanted */
    int32_t *days;
};

/* Opens the ledger; released also when that failed. */
bc_status export_asked_open(struct export_asked *out, const struct cmd_env *env,
                            const struct export_args *args, struct bc_err *err);
void export_asked_close(struct export_asked *asked);

/* Says on standard error what is remarkable about the answer, and what of the log this version does
 * not know, and left out. */
void export_say(const struct cmd_env *env, const struct basis *basis,
                const struct tables_left *left);

#endif
