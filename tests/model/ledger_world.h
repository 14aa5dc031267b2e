/* tests/model/ledger_world.h - ledgers in memory, told or random, that projections and the recount
 * are asked of alike. */
#ifndef BC_TESTS_MODEL_LEDGER_WORLD_H
#define BC_TESTS_MODEL_LEDGER_WORLD_H

#include "projections/report/question.h"
#include "tests/model/recount.h"
#include "tests/support/history.h"

bc_log *ledger_new(void);
/* A log's timelines; fails the test where they cannot be opened. */
bc_timelines *ledger_timelines(bc_log *log);
/* The last instant of a date in the rules' zone; a WHEN of a story is that instant. */
int64_t ledger_day_end(const bc_rules *rules, const char *text);
/* The recount's question, put to a projection; borrows it. */
struct bc_question ledger_question(const struct recount_question *question);

/* A random ledger, with the rules to ask it by: part of it is in the cache, the rest in its tail.
 */
struct ledger_world {
    bc_zone *zone;
    bc_rules *rules;
    struct history history;
    bc_log *log;
    bc_timelines *timelines;
};

void ledger_world_open(struct ledger_world *world, unsigned n);
void ledger_world_close(struct ledger_world *world);
/* Its i-th question, of one date on one thread: known at and by the source's clock in turn. */
struct recount_question ledger_world_question(const struct ledger_world *world, size_t i);

/* Fails with both texts where they differ; empties them. */
void ledger_same(const char *what, unsigned n, struct bc_buf *got, struct bc_buf *want);

#endif
