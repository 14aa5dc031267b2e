#include "tests/support/shared_sim.h"

#include "tests/support/check.h"

#include <stdlib.h>

enum { SIDES = 8, LATER = 16, DEEP = 3 };

struct commit {
    char id[BC_COMMIT_ID_LEN + 1];
    uint64_t position;
    struct bc_buf bytes;
};

struct part {
    char id[BC_COMMIT_ID_LEN + 1];
    uint32_t number;
    struct bc_buf bytes;
};

struct side {
    struct shared_sim *sim;
    unsigned number;
    unsigned cut_off; /* for so many calls */
};

struct says {
    struct bc_buf name, text;
};

/* A request that is under way and comes once more. */
struct later {
    uint64_t expected;
    struct commit commit;
};

struct shared_sim {
    uint64_t random;
    size_t message_most;
    struct shared_sim_faults faults;
    void (*go)(void *payload, unsigned side);
    void *payload;
    unsigned depth;
    struct commit *commits;
    size_t n, cap;
    struct part *parts;
    size_t n_parts, cap_parts;
    struct side sides[SIDES];
    struct says says[SIDES];
    size_t n_says;
    struct later later[LATER];
    size_t n_later;
    uint64_t next_position;
};

struct shared_sim *shared_sim_new(uint64_t seed, size_t message_most)
{
    struct shared_sim *sim = bc_calloc(1, sizeof(*sim));

    sim->random = seed * 2 + 1;
    sim->message_most = message_most;
    sim->next_position = 1;
    return sim;
}

void shared_sim_free(struct shared_sim *sim)
{
    for (size_t i = 0; i < sim->n; i++)
        bc_buf_release(&sim->commits[i].bytes);
    for (size_t i = 0; i < sim->n_parts; i++)
        bc_buf_release(&sim->parts[i].bytes);
    for (size_t i = 0; i < sim->n_says; i++) {
        bc_buf_release(&sim->says[i].name);
        bc_buf_release(&sim->says[i].text);
    }
    for (size_t i = 0; i < sim->n_later; i++)
        bc_buf_release(&sim->later[i].commit.bytes);
    free(sim->commits);
    free(sim->parts);
    free(sim);
}

void shared_sim_fail(struct shared_sim *sim, const struct shared_sim_faults *faults)
{
    sim->faults = *faults;
    for (size_t i = 0; i < SIDES; i++)
        sim->sides[i].cut_off = 0;
}

void shared_sim_others(struct shared_sim *sim, void (*go)(void *payload, unsigned side),
                       void *payload)
{
    sim->go = go;
    sim->payload = payload;
}

/* xorshift64*: https://en.wikipedia.org/wiki/Xorshift */
uint64_t shared_sim_draw(struct shared_sim *sim, uint64_t below)
{
    sim->random ^= sim->random >> 12;
    sim->random ^= sim->random << 25;
    sim->random ^= sim->random >> 27;
    return (sim->random * UINT64_C(2685821657736338717) >> 33) % below;
}

size_t shared_sim_commits(const struct shared_sim *sim)
{
    return sim->n;
}

struct bc_buf *shared_sim_commit(struct shared_sim *sim, size_t number)
{
    return &sim->commits[number].bytes;
}

struct bc_buf *shared_sim_part(struct shared_sim *sim, size_t number)
{
    return &sim->parts[number].bytes;
}

void shared_sim_lose(struct shared_sim *sim, size_t commits)
{
    while (commits-- > 0 && sim->n > 0)
        bc_buf_release(&sim->commits[--sim->n].bytes);
    for (size_t i = 0; i < sim->n; i++)
        sim->commits[i].position = i + 1;
    sim->next_position = sim->n + 1;
    for (size_t i = 0; i < sim->n_later; i++)
        bc_buf_release(&sim->later[i].commit.bytes);
    sim->n_later = 0;
}

/* --- what goes wrong --- */

static bool happens(struct shared_sim *sim, unsigned of_1000)
{
    return of_1000 && shared_sim_draw(sim, 1000) < of_1000;
}

static void let_others(struct side *side)
{
    struct shared_sim *sim = side->sim;

    if (!sim->go || sim->depth >= DEEP || !happens(sim, sim->faults.others))
        return;
    sim->depth++;
    sim->go(sim->payload, side->number);
    sim->depth--;
}

static bc_status unreachable(struct bc_err *err)
{
    return bc_err_set(err, BC_E_REMOTE, "the shared log does not answer");
}

/* The request's way there. */
static bc_status go_there(struct side *side, struct bc_err *err)
{
    struct shared_sim *sim = side->sim;

    let_others(side);
    if (side->cut_off == 0 && happens(sim, sim->faults.partition))
        side->cut_off = 1 + (unsigned)shared_sim_draw(sim, 6);
    if (side->cut_off > 0) {
        side->cut_off--;
        return unreachable(err);
    }
    return happens(sim, sim->faults.lost_request) ? unreachable(err) : BC_OK;
}

/* The answer's way back. */
static bc_status come_back(struct side *side, bc_status rc, struct bc_err *err)
{
    let_others(side);
    return happens(side->sim, side->sim->faults.lost_answer) ? unreachable(err) : rc;
}

/* --- the log --- */

static uint64_t last_position(const struct shared_sim *sim)
{
    return sim->n ? sim->commits[sim->n - 1].position : 0;
}

static bc_status add(struct shared_sim *sim, uint64_t expected, const char *id, struct bc_str bytes,
                     uint64_t *position)
{
    struct commit *commit;

    for (size_t i = 0; i < sim->n; i++)
        if (strcmp(sim->commits[i].id, id) == 0) {
            *position = sim->commits[i].position;
            return BC_OK;
        }
    if (expected != last_position(sim))
        return BC_DONE;
    BC_GROW(sim->commits, sim->n, sim->cap);
    commit = &sim->commits[sim->n++];
    *commit = (struct commit){ .position = sim->next_position };
    memcpy(commit->id, id, sizeof(commit->id));
    bc_buf_add_str(&commit->bytes, bytes);
    sim->next_position += 1 + shared_sim_draw(sim, 3);
    *position = commit->position;
    return BC_OK;
}

static void keep_for_later(struct shared_sim *sim, uint64_t expected, const char *id,
                           struct bc_str bytes)
{
    struct later *later;

    if (sim->n_later == LATER)
        return;
    later = &sim->later[sim->n_later++];
    *later = (struct later){ .expected = expected };
    memcpy(later->commit.id, id, sizeof(later->commit.id));
    bc_buf_add_str(&later->commit.bytes, bytes);
}

static void deliver_late(struct shared_sim *sim)
{
    while (sim->n_later > 0 && shared_sim_draw(sim, 2)) {
        struct later *later = &sim->later[--sim->n_later];
        uint64_t unused;

        (void)add(sim, later->expected, later->commit.id, bc_buf_str(&later->commit.bytes),
                  &unused);
        bc_buf_release(&later->commit.bytes);
    }
}

/* --- the side --- */

static size_t message_max(const void *self)
{
    return ((const struct side *)self)->sim->message_most;
}

static bc_status last(void *self, uint64_t *position, struct bc_buf *out, struct bc_err *err)
{
    struct side *side = self;
    const struct shared_sim *sim = side->sim;
    bc_status rc = go_there(side, err);

    if (rc < 0)
        return rc;
    if (sim->n == 0)
        return come_back(side, BC_DONE, err);
    *position = last_position(sim);
    bc_buf_add_str(out, bc_buf_str(&sim->commits[sim->n - 1].bytes));
    return come_back(side, BC_OK, err);
}

static bc_status read_next(void *self, uint64_t after, unsigned wait_ms, uint64_t *position,
                           struct bc_buf *out, struct bc_err *err)
{
    struct side *side = self;
    const struct shared_sim *sim = side->sim;
    bc_status rc = go_there(side, err);

    (void)wait_ms;
    for (size_t i = 0; rc == BC_OK && i < sim->n; i++)
        if (sim->commits[i].position > after) {
            *position = sim->commits[i].position;
            bc_buf_add_str(out, bc_buf_str(&sim->commits[i].bytes));
            return come_back(side, BC_OK, err);
        }
    return rc == BC_OK ? come_back(side, BC_DONE, err) : rc;
}

static struct part *find_part(const struct shared_sim *sim, const char *id, uint32_t number)
{
    for (size_t i = 0; i < sim->n_parts; i++)
        if (sim->parts[i].number == number && strcmp(sim->parts[i].id, id) == 0)
            return &sim->parts[i];
    return NULL;
}

static bc_status read_part(void *self, const char *id, uint32_t number, struct bc_buf *out,
                           struct bc_err *err)
{
    struct side *side = self;
    const struct part *part;
    bc_status rc = go_there(side, err);

    if (rc < 0)
        return rc;
    part = find_part(side->sim, id, number);
    if (part)
        bc_buf_add_str(out, bc_buf_str(&part->bytes));
    return come_back(side, part ? BC_OK : BC_DONE, err);
}

static bc_status put_part(void *self, const char *id, uint32_t number, struct bc_str bytes,
                          struct bc_err *err)
{
    struct side *side = self;
    struct shared_sim *sim = side->sim;
    struct part *part;
    bc_status rc = go_there(side, err);

    if (rc < 0)
        return rc;
    assert_true(bytes.len <= sim->message_most);
    if (!find_part(sim, id, number)) {
        BC_GROW(sim->parts, sim->n_parts, sim->cap_parts);
        part = &sim->parts[sim->n_parts++];
        *part = (struct part){ .number = number };
        memcpy(part->id, id, sizeof(part->id));
        bc_buf_add_str(&part->bytes, bytes);
    }
    return come_back(side, BC_OK, err);
}

static bc_status append_if(void *self, uint64_t expected, const char *id, struct bc_str bytes,
                           uint64_t *position, struct bc_err *err)
{
    struct side *side = self;
    struct shared_sim *sim = side->sim;
    bc_status rc = go_there(side, err);

    assert_true(bytes.len <= sim->message_most);
    if (rc < 0) {
        if (happens(sim, 500)) /* it may arrive when nobody waits for it any more */
            keep_for_later(sim, expected, id, bytes);
        return rc;
    }
    deliver_late(sim);
    rc = add(sim, expected, id, bytes, position);
    if (happens(sim, sim->faults.twice))
        keep_for_later(sim, expected, id, bytes);
    return come_back(side, rc, err);
}

static struct says *says_of(struct shared_sim *sim, struct bc_str name)
{
    struct says *says;

    for (size_t i = 0; i < sim->n_says; i++)
        if (bc_str_eq(bc_buf_str(&sim->says[i].name), name))
            return &sim->says[i];
    assert_true(sim->n_says < SIDES);
    says = &sim->says[sim->n_says++];
    bc_buf_add_str(&says->name, name);
    return says;
}

static bc_status put_replica(void *self, struct bc_str name, struct bc_str text, struct bc_err *err)
{
    struct side *side = self;
    struct says *says;
    bc_status rc = go_there(side, err);

    if (rc < 0)
        return rc;
    says = says_of(side->sim, name);
    says->text.len = 0;
    bc_buf_add_str(&says->text, text);
    return come_back(side, BC_OK, err);
}

static bc_status each_replica(void *self, bc_replica_see *see, void *payload, struct bc_err *err)
{
    struct side *side = self;
    const struct shared_sim *sim = side->sim;
    bc_status rc = go_there(side, err);

    for (size_t i = 0; rc == BC_OK && i < sim->n_says; i++)
        if (sim->says[i].text.len)
            rc = see(payload, bc_buf_str(&sim->says[i].name), bc_buf_str(&sim->says[i].text), err);
    return rc;
}

static uint64_t passed_over(const void *self)
{
    (void)self;
    return 0;
}

static void close_side(void *self)
{
    (void)self;
}

bc_shared_log shared_sim_side(struct shared_sim *sim, unsigned number)
{
    static const struct bc_shared_log_ops ops = {
        message_max, last,        read_next,    read_part,   put_part,
        append_if,   put_replica, each_replica, passed_over, close_side,
    };

    assert_true(number < SIDES);
    sim->sides[number].sim = sim;
    sim->sides[number].number = number;
    return (bc_shared_log){ &ops, &sim->sides[number] };
}
