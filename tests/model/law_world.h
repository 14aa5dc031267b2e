/* tests/model/law_world.h - what laws about answers of the learning half are tried on: random
 * ledgers, some of which have a cache and a tail. */
#ifndef BC_TESTS_MODEL_LAW_WORLD_H
#define BC_TESTS_MODEL_LAW_WORLD_H

#include "projections/report/question.h"
#include "tests/model/recount.h"
#include "tests/support/history.h"

enum { LAW_WORLDS = 16 };

struct law_world {
    bc_zone *zone;
    bc_rules *rules;
    struct history history; /* its `logged` is all that the log holds */
    struct events added;    /* by worlds of a special kind, to the usual one */
    bc_log *log;
    bc_timelines *timelines;
};
void law_world_open(struct law_world *world, unsigned n);
/* Appends what was `added`, which is recorded after all the rest. Once a world. */
void law_world_append(struct law_world *world);
void law_world_close(struct law_world *world);

/* The i-th way of asking about a world, on one thread. */
struct recount_question law_question(const struct law_world *world, size_t i);
/* The same question for a projection; it borrows that one. */
struct bc_question law_asked(const struct recount_question *question);

bc_log *law_log(void); /* an empty one in memory */
bc_timelines *law_timelines(bc_log *log);
/* What is known at an instant by the ledger's clock, as a log of its own. */
bc_log *law_log_by(const struct law_world *world, int64_t known_us);

/* The last instant of a date in the rules' zone; of a WHEN of stories (tests/support/story.h) that
 * instant. */
int64_t law_day_end(const bc_rules *rules, const char *text);

/* Fails where two answers differ, and empties them. */
void law_same(const char *what, unsigned n, struct bc_buf *got, struct bc_buf *want);

#endif
