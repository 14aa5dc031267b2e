#include "tests/model/law_recount.h"

#include "tests/support/check.h"
#include "tests/support/story.h"

/* --- stories --- */

void law_tell(struct bc_buf *got, struct bc_buf *want, const struct law_answer *answer,
              const char *story, const struct recount_question *question, const void *ask)
{
    struct events events = { 0 };
    bc_timelines *timelines;
    bc_log *log = law_log();

    story_tell(&events, story);
    story_append(log, story);
    timelines = law_timelines(log);
    answer->project(got, timelines, question, ask);
    answer->recount(want, events.at, events.n, question, ask);
    bc_buf_add_byte(got, '\0');
    bc_buf_add_byte(want, '\0');
    bc_timelines_free(timelines);
    bc_log_close(log);
    events_release(&events);
}

void law_told(const struct law_answer *answer, const char *story,
              const struct recount_question *question, const void *ask, const char *text)
{
    struct bc_buf got = { 0 }, want = { 0 };

    law_tell(&got, &want, answer, story, question, ask);
    assert_string_equal(want.at, text);
    assert_string_equal(got.at, text);
    bc_buf_release(&got);
    bc_buf_release(&want);
}

/* --- random ledgers --- */

/* Returns whether the answer is a long one. */
static bool like_recount(const struct law *law, const struct law_world *world, unsigned n,
                         struct recount_question *question, const void *ask)
{
    const struct events *logged = &world->history.logged;
    struct bc_buf got = { 0 }, want = { 0 };
    bool is_long = false;

    for (size_t i = 0; i < ARRAY_LEN(law->threads) && law->threads[i]; i++) {
        question->threads = law->threads[i];
        law->answer->project(&got, world->timelines, question, ask);
        is_long = got.len > law->long_len;
        law->answer->recount(&want, logged->at, logged->n, question, ask);
        law_same("recount", n, &got, &want);
    }
    if (law->also)
        law->also(world, question, ask);
    bc_buf_release(&got);
    bc_buf_release(&want);
    return is_long;
}

size_t law_like_recount(const struct law *law, void *ask)
{
    uint64_t random = law->seed;
    struct law one = *law;
    size_t long_n = 0;

    for (unsigned n = 0; n < law->world_n; n++) {
        struct law_world world;

        law->open(&world, n);
        for (size_t i = 0; i < law->question_n; i++) {
            struct recount_question question = law_question(&world, i);

            if (!law->threads[0])
                one.threads[0] = 1 + (unsigned)(i % 4) * 2;
            law->draw(ask, &question, &world, i, &random);
            long_n += like_recount(&one, &world, n, &question, ask);
        }
        law_world_close(&world);
    }
    return long_n;
}

static void known_at_prefix(const struct law *law, const struct law_world *world, unsigned n,
                            struct recount_question *question, const void *ask)
{
    bc_log *part = law_log_by(world, question->known_us);
    bc_timelines *then = law_timelines(part);
    struct bc_buf got = { 0 }, want = { 0 };

    question->has_known = true;
    question->clock_source = false;
    law->answer->project(&got, world->timelines, question, ask);
    question->has_known = false;
    law->answer->project(&want, then, question, ask);
    law_same("known", n, &got, &want);
    bc_timelines_free(then);
    bc_log_close(part);
    bc_buf_release(&got);
    bc_buf_release(&want);
}

void law_known_at_prefix(const struct law *law, void *ask)
{
    uint64_t random = law->seed;

    for (unsigned n = 0; n < law->world_n; n++) {
        struct law_world world;

        law->open(&world, n);
        for (size_t i = 0; i < world.history.known_n; i += 5) {
            struct recount_question question = law_question(&world, i);

            law->draw(ask, &question, &world, i, &random);
            known_at_prefix(law, &world, n, &question, ask);
        }
        law_world_close(&world);
    }
}
