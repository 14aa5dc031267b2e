/* tests/model/law_recount.h - an answer of the learning half beside its recount, both as text: of
 * told stories, and by law on random ledgers. */
#ifndef BC_TESTS_MODEL_LAW_RECOUNT_H
#define BC_TESTS_MODEL_LAW_RECOUNT_H

#include "tests/model/law_world.h"

/* An answer by two ways, each of which adds its text to `out`. `ask` is what is asked beside the
 * question, in a type of the test's own; it is lent. */
struct law_answer {
    void (*project)(struct bc_buf *out, bc_timelines *timelines,
                    const struct recount_question *question, const void *ask);
    void (*recount)(struct bc_buf *out, const struct bc_event *events, size_t n,
                    const struct recount_question *question, const void *ask);
};

/* Both answers about a story, by the projection and by the recount, each ended by a NUL. The caller
 * releases them. */
void law_tell(struct bc_buf *got, struct bc_buf *want, const struct law_answer *answer,
              const char *story, const struct recount_question *question, const void *ask);
/* Fails unless both are `text`. */
void law_told(const struct law_answer *answer, const char *story,
              const struct recount_question *question, const void *ask, const char *text);

/* Of random ledgers, `world_n` of them, and of what they are asked. */
struct law {
    const struct law_answer *answer;
    void (*open)(struct law_world *world, unsigned n);
    unsigned world_n;
    size_t question_n; /* of each world */
    uint64_t seed;
    /* Puts what the i-th question asks into `ask`; may change the question, which is that of
     * law_question. */
    void (*draw)(void *ask, struct recount_question *question, const struct law_world *world,
                 size_t i, uint64_t *random);
    unsigned
        threads[4];  /* each question on each of them up to a 0; none: on 1, 3, 5 or 7 in turn */
    size_t long_len; /* in bytes: an answer is a long one beyond it */
    /* What else must hold of the question; NULL for nothing. */
    void (*also)(const struct law_world *world, const struct recount_question *question,
                 const void *ask);
};

/* The projection answers like the recount. `ask` is room for what is drawn. Returns to how many
 * questions the answers were long, for tests that fail where nothing was compared. */
size_t law_like_recount(const struct law *law, void *ask);
/* Known at an instant it is the answer of the log as it was; of every fifth instant of a world,
 * whatever `question_n` and `threads` say. */
void law_known_at_prefix(const struct law *law, void *ask);

#endif
