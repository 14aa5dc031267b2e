#include "tests/support/shared_log_contract.h"

#include "tests/support/check.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>

enum { MANY = 200, SMALL = 40, LONG_MS = 60000, PART_BYTES = 100000 };

struct contract {
    const struct shared_log_side *side;
    bc_shared_log *log;
    const char *name; /* of what is tried */
    uint64_t n;       /* commits so far */
    uint64_t end;     /* position of the last one */
    struct bc_buf last;
    struct bc_err err;
};

#define WANT(contract, condition)                                                                  \
    do {                                                                                           \
        if (!(condition))                                                                          \
            fail_msg("%s, line %d: %s (%s)", (contract)->name, __LINE__, #condition,               \
                     (contract)->err.message);                                                     \
    } while (0)

static void id_of(char out[BC_COMMIT_ID_LEN + 1], uint64_t n)
{
    (void)snprintf(out, BC_COMMIT_ID_LEN + 1, "%032" PRIx64, n);
}

static void make(const struct contract *of, struct bc_buf *out, const char *id, uint64_t n,
                 size_t size)
{
    out->len = 0;
    if (of->side->make) {
        of->side->make(of->side->payload, out, id, n, size);
        return;
    }
    bc_buf_printf(out, "commit %" PRIu64 " %s ", n, id);
    while (out->len < size)
        bc_buf_add_byte(out, (char)(out->len * 31));
    out->len = size;
}

/* --- one call each --- */

static bc_status append(struct contract *of, uint64_t expected, uint64_t n, size_t size,
                        uint64_t *position)
{
    struct bc_buf bytes = { 0 };
    char id[BC_COMMIT_ID_LEN + 1];
    bc_status rc;

    id_of(id, n);
    make(of, &bytes, id, n, size);
    rc = of->log->ops->append_if(of->log->self, expected, id, bc_buf_str(&bytes), position,
                                 &of->err);
    if (rc == BC_OK) {
        of->last.len = 0;
        bc_buf_add_str(&of->last, bc_buf_str(&bytes));
    }
    bc_buf_release(&bytes);
    return rc;
}

/* The next one, which is added. */
static void add(struct contract *of, size_t size)
{
    uint64_t position = 0;

    WANT(of, append(of, of->end, of->n + 1, size, &position) == BC_OK);
    WANT(of, position > of->end);
    of->n++;
    of->end = position;
}

/* Nothing is after the end, and the last commit is what it was. */
static void check_end(struct contract *of)
{
    struct bc_buf bytes = { 0 };
    uint64_t position = 0;
    bc_status rc = of->log->ops->last(of->log->self, &position, &bytes, &of->err);

    WANT(of, rc == (of->n ? BC_OK : BC_DONE));
    WANT(of, position == of->end);
    if (!of->side->make) /* one that is read is made anew elsewhere */
        WANT(of, bc_str_eq(bc_buf_str(&bytes), bc_buf_str(&of->last)));
    WANT(of, of->log->ops->read(of->log->self, of->end, 0, &position, &bytes, &of->err) == BC_DONE);
    bc_buf_release(&bytes);
}

/* --- what holds --- */

static void empty(struct contract *of)
{
    check_end(of);
}

static void first(struct contract *of)
{
    add(of, SMALL);
    check_end(of);
}

static void lost_race(struct contract *of)
{
    struct bc_buf kept = { 0 };
    uint64_t position = 0;

    bc_buf_add_str(&kept, bc_buf_str(&of->last));
    WANT(of, append(of, 0, 1000, SMALL, &position) == BC_DONE);
    WANT(of, bc_str_eq(bc_buf_str(&kept), bc_buf_str(&of->last)));
    bc_buf_release(&kept);
    check_end(of);
    add(of, SMALL);
    WANT(of, append(of, 0, 1000, SMALL, &position) == BC_DONE);
    check_end(of);
}

static void same_again(struct contract *of)
{
    const uint64_t before = of->end;
    uint64_t position = 0;

    add(of, SMALL);
    WANT(of, append(of, before, of->n, SMALL, &position) == BC_OK);
    WANT(of, position == of->end);
    check_end(of);
}

static void largest(struct contract *of)
{
    add(of, of->log->ops->message_max(of->log->self));
    check_end(of);
}

static void part_bytes(struct bc_buf *out, uint32_t number)
{
    out->len = 0;
    for (size_t i = 0; i < PART_BYTES; i++)
        bc_buf_add_byte(out, (char)(i * 7 + number));
}

static void parts(struct contract *of)
{
    const struct bc_shared_log_ops *ops = of->log->ops;
    struct bc_buf put = { 0 }, got = { 0 };
    char id[BC_COMMIT_ID_LEN + 1];

    if (of->side->no_parts)
        return;
    id_of(id, 2000);
    for (uint32_t i = 0; i < 5; i++) {
        part_bytes(&put, i);
        for (int twice = 0; twice < 2; twice++)
            WANT(of, ops->put_part(of->log->self, id, i, bc_buf_str(&put), &of->err) == BC_OK);
    }
    for (uint32_t i = 0; i < 5; i++) {
        part_bytes(&put, i);
        got.len = 0;
        WANT(of, ops->read_part(of->log->self, id, i, &got, &of->err) == BC_OK);
        WANT(of, bc_str_eq(bc_buf_str(&put), bc_buf_str(&got)));
    }
    WANT(of, ops->read_part(of->log->self, id, 5, &got, &of->err) == BC_DONE);
    id_of(id, 2001);
    WANT(of, ops->read_part(of->log->self, id, 0, &got, &of->err) == BC_DONE);
    bc_buf_release(&put);
    bc_buf_release(&got);
    check_end(of); /* no commit, and so not seen */
}

/* All from one position on, each once, in order; *middle: a position on the way. */
static void walk_from(struct contract *of, uint64_t after, uint64_t count, uint64_t *middle)
{
    struct bc_buf bytes = { 0 };
    uint64_t seen = 0, position = after;
    bc_status rc = BC_OK;

    while (rc == BC_OK) {
        const uint64_t before = position;
        char start[64];

        bytes.len = 0;
        rc = of->log->ops->read(of->log->self, before, 0, &position, &bytes, &of->err);
        WANT(of, rc == BC_OK || rc == BC_DONE);
        if (rc == BC_DONE)
            break;
        WANT(of, position > before);
        seen++;
        if (seen == count / 2 && middle)
            *middle = position;
        (void)snprintf(start, sizeof(start), "commit %" PRIu64 " ", of->n - count + seen);
        if (!of->side->make) /* a side that makes commits anew cuts them as it likes */
            WANT(of, bc_str_begins(bc_buf_str(&bytes), bc_str_of(start)));
    }
    WANT(of, of->side->make || seen == count);
    bc_buf_release(&bytes);
}

static void walk(struct contract *of)
{
    const uint64_t many = of->side->many ? of->side->many : MANY, before = of->n;
    uint64_t middle = 0;

    for (uint64_t i = 0; i < many; i++)
        add(of, i % 50 ? SMALL : PART_BYTES);
    walk_from(of, 0, before + many, &middle);
    if (!of->side->make)
        walk_from(of, middle, of->n - of->n / 2, NULL);
    walk_from(of, 0, of->n, NULL);
    walk_from(of, of->end, 0, NULL);
    check_end(of);
}

static void waits_not_long(struct contract *of)
{
    struct bc_buf bytes = { 0 };
    uint64_t position = 0;

    WANT(of,
         of->log->ops->read(of->log->self, of->end, 30, &position, &bytes, &of->err) == BC_DONE);
    bc_buf_release(&bytes);
}

struct waiting {
    bc_shared_log *log;
    uint64_t after, position;
    struct bc_buf bytes;
    struct bc_err err;
    bc_status rc;
};

static void *wait_for(void *payload)
{
    struct waiting *at = payload;

    at->rc =
        at->log->ops->read(at->log->self, at->after, LONG_MS, &at->position, &at->bytes, &at->err);
    return NULL;
}

/* One waits, and sees what another adds; several times, so that it is waited for at both sides of
 * an append. */
static void waits(struct contract *of)
{
    if (!of->side->other)
        return;
    for (int i = 0; i < 5; i++) {
        struct waiting at = { .log = of->side->other, .after = of->end };
        pthread_t thread;

        WANT(of, pthread_create(&thread, NULL, wait_for, &at) == 0);
        add(of, SMALL);
        WANT(of, pthread_join(thread, NULL) == 0);
        of->err = at.err;
        WANT(of, at.rc == BC_OK);
        WANT(of, at.position == of->end);
        WANT(of, of->side->make || bc_str_eq(bc_buf_str(&at.bytes), bc_buf_str(&of->last)));
        bc_buf_release(&at.bytes);
    }
}

/* --- two that append at once: one of them does, and the other is told so --- */

struct racer {
    bc_shared_log *log;
    uint64_t expected, position;
    char id[BC_COMMIT_ID_LEN + 1];
    struct bc_buf bytes;
    struct bc_err err;
    bc_status rc;
};

static void *race_on(void *payload)
{
    struct racer *at = payload;

    at->rc = at->log->ops->append_if(at->log->self, at->expected, at->id, bc_buf_str(&at->bytes),
                                     &at->position, &at->err);
    return NULL;
}

static void race_once(struct contract *of)
{
    struct racer two[] = { { .log = of->log }, { .log = of->side->other } };
    pthread_t thread;
    size_t winner;

    for (size_t i = 0; i < 2; i++) {
        two[i].expected = of->end;
        id_of(two[i].id, 3000 + 2 * of->n + i);
        make(of, &two[i].bytes, two[i].id, of->n + 1, SMALL);
    }
    WANT(of, pthread_create(&thread, NULL, race_on, &two[1]) == 0);
    (void)race_on(&two[0]);
    WANT(of, pthread_join(thread, NULL) == 0);
    of->err = two[two[0].rc >= 0].err;
    WANT(of, (two[0].rc == BC_OK && two[1].rc == BC_DONE) ||
                 (two[0].rc == BC_DONE && two[1].rc == BC_OK));
    winner = two[1].rc == BC_OK;
    of->n++;
    of->end = two[winner].position;
    of->last.len = 0;
    bc_buf_add_str(&of->last, bc_buf_str(&two[winner].bytes));
    for (size_t i = 0; i < 2; i++)
        bc_buf_release(&two[i].bytes);
}

static void races(struct contract *of)
{
    if (!of->side->other || of->side->one_writes)
        return;
    for (int i = 0; i < 50; i++)
        race_once(of);
    check_end(of);
    walk_from(of, 0, of->n, NULL);
}

/* --- replicas --- */

static bc_status note_replica(void *payload, struct bc_str name, struct bc_str text,
                              struct bc_err *err)
{
    (void)err;
    bc_buf_printf(payload, "%.*s=%.*s;", BC_STR_ARG(name), BC_STR_ARG(text));
    return BC_OK;
}

static void check_replicas(struct contract *of, const char *one, const char *or_so)
{
    struct bc_buf seen = { 0 };

    WANT(of, of->log->ops->each_replica(of->log->self, note_replica, &seen, &of->err) == BC_OK);
    WANT(of, bc_str_eq(bc_buf_str(&seen), bc_str_of(one)) ||
                 bc_str_eq(bc_buf_str(&seen), bc_str_of(or_so)));
    bc_buf_release(&seen);
}

static void say(struct contract *of, const char *name, const char *text)
{
    WANT(of, of->log->ops->put_replica(of->log->self, bc_str_of(name), bc_str_of(text), &of->err) ==
                 BC_OK);
}

static void replicas(struct contract *of)
{
    if (of->side->no_replicas)
        return;
    check_replicas(of, "", "");
    say(of, "berta-1", "at 7");
    say(of, "anna_2", "at 5");
    check_replicas(of, "berta-1=at 7;anna_2=at 5;", "anna_2=at 5;berta-1=at 7;");
    say(of, "berta-1", "at 9");
    check_replicas(of, "anna_2=at 5;berta-1=at 9;", "berta-1=at 9;anna_2=at 5;");
    say(of, "anna_2", "");
    check_replicas(of, "berta-1=at 9;", "berta-1=at 9;");
    check_end(of);
}

void shared_log_contract(const struct shared_log_side *side)
{
    static const struct {
        const char *name;
        void (*hold)(struct contract *of);
    } rows[] = {
        { "an empty log", empty },
        { "the first commit", first },
        { "a commit after what is not the end", lost_race },
        { "the same commit again", same_again },
        { "the largest commit", largest },
        { "parts", parts },
        { "many commits, read in order", walk },
        { "a short wait for nothing", waits_not_long },
        { "a wait for a commit", waits },
        { "two at once", races },
        { "replicas", replicas },
    };
    struct contract of = { .side = side, .log = side->log };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        of.name = rows[i].name;
        rows[i].hold(&of);
    }
    bc_buf_release(&of.last);
}
