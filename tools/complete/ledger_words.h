/* tools/complete/ledger_words.h - words of a ledger as candidates: of its rules, of its deals, of
 * its latest events.
 *
 * The ledger is opened for reading when the first is asked for. Somebody is typing: so whatever
 * fails gives no candidates and says nothing, and no answer takes longer in a larger ledger. */
#ifndef BC_TOOLS_COMPLETE_LEDGER_WORDS_H
#define BC_TOOLS_COMPLETE_LEDGER_WORDS_H

#include "projections/rules/rules.h"
#include "projections/timelines/timelines.h"
#include "tools/cli/cmd.h"
#include "tools/cli/complete.h"

enum {
    LEDGER_WORDS_DEALS = 200,   /* candidates at most */
    LEDGER_WORDS_EVENTS = 5000, /* how many of the latest are looked at */
};

/* Begin with `env`, `dir` and `help`. */
struct ledger_words {
    const struct cmd_env *env;
    const char *dir; /* as --ledger has it, or NULL */
    bool help;       /* the candidates' help is shown, as what deals are called */
    bool tried;
    bc_log *log; /* NULL: none could be opened */
    bc_timelines *timelines;
    bc_rules *rules; /* the latest */
};
void ledger_words_release(struct ledger_words *words);

typedef void ledger_words_fn(struct complete *complete, struct ledger_words *words);

ledger_words_fn ledger_words_deals; /* the first ones in byte order */
ledger_words_fn ledger_words_experiments, ledger_words_reports, ledger_words_versions;
/* Of the rules: */
ledger_words_fn ledger_words_stages, ledger_words_slices, ledger_words_metrics,
    ledger_words_red_lines, ledger_words_deal_types, ledger_words_meeting_types,
    ledger_words_meeting_outcomes, ledger_words_loss_reasons;
/* Of the latest events: */
ledger_words_fn ledger_words_people, ledger_words_sources, ledger_words_properties,
    ledger_words_members, ledger_words_topics;

#endif
