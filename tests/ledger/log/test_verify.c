/* Verify finds what was altered in the store, and names the first event that is not right. Each row
 * alters a good log through its store. */
#include "ledger/log/log_impl.h"
#include "ledger/log/verify.h"
#include "ledger/record/codec.h"
#include "tests/support/check.h"
#include "tests/support/fault.h"
#include "tests/support/made.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    SIZE = 1000, /* three whole blocks of the tree and an open one */
    PART = 4096,
    LARGE = 2 * PART + 1000, /* in parts, of which the last is not whole */
};

struct world {
    bc_store *store;
    bc_log *log;
    struct bc_err err;
};

static void world_open(struct world *world, uint64_t size)
{
    *world = (struct world){ .store = bc_store_memory() };
    check_ok(bc_log_open(&world->log, world->store, true, NULL, &world->err), &world->err);
    check_ok(made_append(world->log, 1, 600, 0, MADE_NOW_US, &world->err), &world->err);
    check_ok(made_append(world->log, 601, size, 0, MADE_NOW_US, &world->err), &world->err);
}

static void change(struct world *world, enum bc_family family, enum bc_op op, struct bc_str key,
                   struct bc_str value)
{
    struct bc_batch batch = { 0 };

    bc_batch_add(&batch, family, op, key, value);
    check_ok(bc_store_write(world->store, &batch, true, &world->err), &world->err);
    bc_batch_release(&batch);
}

/* Flips the lowest bit of the byte `at` of a value. */
static void flip(struct world *world, enum bc_family family, struct bc_str key, size_t at)
{
    struct bc_buf value = { 0 };

    assert_int_equal(bc_store_get(world->store, family, key, &value, &world->err), BC_OK);
    assert_true(at < value.len);
    value.at[at] ^= 1;
    change(world, family, BC_PUT, key, bc_buf_str(&value));
    bc_buf_release(&value);
}

static struct bc_str seq_key(uint64_t seq)
{
    static char key[BC_SEQ_LEN];

    bc_put_u64(key, seq);
    return (struct bc_str){ key, sizeof(key) };
}

static struct bc_str node_key(unsigned level, uint64_t index)
{
    static char key[BC_NODE_KEY_LEN];

    bc_node_key(key, level, index);
    return (struct bc_str){ key, sizeof(key) };
}

static void nothing(struct world *world, uint64_t at)
{
    (void)world;
    (void)at;
}

static void event_byte(struct world *world, uint64_t at)
{
    struct bc_buf value = { 0 };

    check_ok(bc_log_record(world->log, at, &value, &world->err), &world->err);
    flip(world, BC_LOG, seq_key(at), value.len - 1); /* a letter of a text */
    bc_buf_release(&value);
}

static void event_frame(struct world *world, uint64_t at)
{
    flip(world, BC_LOG, seq_key(at), 0);
}

static void event_gone(struct world *world, uint64_t at)
{
    change(world, BC_LOG, BC_DELETE, seq_key(at), (struct bc_str){ 0 });
}

static void event_of_another(struct world *world, uint64_t at)
{
    struct bc_buf value = { 0 };

    check_ok(bc_log_record(world->log, at + 1, &value, &world->err), &world->err);
    change(world, BC_LOG, BC_PUT, seq_key(at), bc_buf_str(&value));
    bc_buf_release(&value);
}

/* A field that the codec cuts off: the event reads the same, its bytes do not. */
static void event_reads_the_same(struct world *world, uint64_t at)
{
    struct bc_buf value = { 0 };

    check_ok(bc_log_record(world->log, at, &value, &world->err), &world->err);
    bc_buf_add(&value, "\x3a\x00", 2);
    change(world, BC_LOG, BC_PUT, seq_key(at), bc_buf_str(&value));
    bc_buf_release(&value);
}

static struct bc_str id_of(uint64_t n)
{
    static char id[32];

    (void)snprintf(id, sizeof(id), "made/%llu", (unsigned long long)n);
    return bc_str_of(id);
}

static void id_gone(struct world *world, uint64_t at)
{
    change(world, BC_IDS, BC_DELETE, id_of(at), (struct bc_str){ 0 });
}

static void id_of_another(struct world *world, uint64_t at)
{
    change(world, BC_IDS, BC_PUT, id_of(at), seq_key(at + 1));
}

static void id_cut(struct world *world, uint64_t at)
{
    change(world, BC_IDS, BC_PUT, id_of(at), BC_STR("1234"));
}

static void key_between(struct world *world, uint64_t at)
{
    char key[BC_SEQ_LEN + 1] = { 0 };

    bc_put_u64(key, at);
    key[BC_SEQ_LEN] = 'x';
    change(world, BC_LOG, BC_PUT, (struct bc_str){ key, sizeof(key) }, BC_STR("none"));
}

static void id_extra(struct world *world, uint64_t at)
{
    change(world, BC_IDS, BC_PUT, BC_STR("of nobody"), seq_key(at));
}

static void id_behind_the_head(struct world *world, uint64_t at)
{
    change(world, BC_IDS, BC_PUT, BC_STR("of an append under way"), seq_key(at));
}

static void retraction_root(struct world *world, uint64_t at)
{
    flip(world, BC_RETRACTIONS, seq_key(at), 2 * BC_SEQ_LEN - 1);
}

static void retraction_target(struct world *world, uint64_t at)
{
    flip(world, BC_RETRACTIONS, seq_key(at), BC_SEQ_LEN - 1);
}

static void retraction_gone(struct world *world, uint64_t at)
{
    change(world, BC_RETRACTIONS, BC_DELETE, seq_key(at), (struct bc_str){ 0 });
}

/* An entry that can be, but is of another retraction than the log's. */
static void retraction_of_another(struct world *world, uint64_t at)
{
    char value[2 * BC_SEQ_LEN];

    bc_put_u64(value, at - 14);
    bc_put_u64(value + BC_SEQ_LEN, at - 14);
    change(world, BC_RETRACTIONS, BC_PUT, seq_key(at), (struct bc_str){ value, sizeof(value) });
}

static void retraction_extra(struct world *world, uint64_t at)
{
    char value[2 * BC_SEQ_LEN];

    bc_put_u64(value, 1);
    bc_put_u64(value + BC_SEQ_LEN, 1);
    change(world, BC_RETRACTIONS, BC_PUT, seq_key(at), (struct bc_str){ value, sizeof(value) });
}

static void tag_byte(struct world *world, uint64_t at)
{
    flip(world, BC_TREE, node_key(0, (at - 1) / BC_BLOCK_LEAVES),
         (at - 1) % BC_BLOCK_LEAVES * BC_TAG_LEN);
}

static void tags_gone(struct world *world, uint64_t at)
{
    change(world, BC_TREE, BC_DELETE, node_key(0, (at - 1) / BC_BLOCK_LEAVES),
           (struct bc_str){ 0 });
}

static void node_byte(struct world *world, uint64_t at)
{
    flip(world, BC_TREE, node_key(BC_BLOCK_LEVEL, at), 7);
}

static void node_gone(struct world *world, uint64_t at)
{
    change(world, BC_TREE, BC_DELETE, node_key(BC_BLOCK_LEVEL + 1, at), (struct bc_str){ 0 });
}

static void node_extra(struct world *world, uint64_t at)
{
    change(world, BC_TREE, BC_PUT, node_key(3, at), BC_STR("not one of ours"));
}

static void node_key_odd(struct world *world, uint64_t at)
{
    (void)at;
    change(world, BC_TREE, BC_PUT, BC_STR("x"), BC_STR("not one of ours"));
}

static void node_over_parts(struct world *world, uint64_t at)
{
    flip(world, BC_TREE, node_key(13, at), 7);
}

static void node_over_parts_and_event(struct world *world, uint64_t at)
{
    node_over_parts(world, 0);
    event_byte(world, at);
}

static void event_in_each_part(struct world *world, uint64_t at)
{
    for (; at <= LARGE; at += PART)
        event_byte(world, at);
}

/* With the tag that the tree would have for it. */
static void event_earlier(struct world *world, uint64_t at)
{
    struct bc_buf stored = { 0 }, tags = { 0 }, earlier = { 0 };
    struct bc_str content, block = node_key(0, (at - 1) / BC_BLOCK_LEAVES);
    struct bc_hash leaf;
    int64_t recorded_us;
    uint64_t seq;

    check_ok(bc_log_record(world->log, at, &stored, &world->err), &world->err);
    assert_true(bc_decode_prefix(&content, &seq, &recorded_us, bc_buf_str(&stored)));
    bc_encode_prefix(&earlier, seq, recorded_us - 1);
    bc_buf_add_str(&earlier, content);
    change(world, BC_LOG, BC_PUT, seq_key(at), bc_buf_str(&earlier));
    leaf = bc_hash_leaf(bc_buf_str(&earlier));
    check_ok(bc_store_get(world->store, BC_TREE, block, &tags, &world->err), &world->err);
    memcpy(tags.at + (at - 1) % BC_BLOCK_LEAVES * BC_TAG_LEN, leaf.at, BC_TAG_LEN);
    change(world, BC_TREE, BC_PUT, block, bc_buf_str(&tags));
    bc_buf_release(&stored);
    bc_buf_release(&tags);
    bc_buf_release(&earlier);
}

static struct row {
    const char *name;
    void (*alter)(struct world *world, uint64_t at);
    uint64_t at;
    const char *said; /* NULL: all is well */
    uint64_t size;    /* of the log */
} rows[] = {
    { "a good log", nothing, 0, NULL, SIZE },
    { "a letter of the first event", event_byte, 1, "event 1 ", SIZE },
    { "a letter of an event in a whole block", event_byte, 300, "event 300 ", SIZE },
    { "a letter of the last event of a block", event_byte, 256, "event 256 ", SIZE },
    { "a letter of an event in the open block", event_byte, 900, "event 900 ", SIZE },
    { "a letter of the last event", event_byte, SIZE, "event 1000 ", SIZE },
    { "an event that cannot be read", event_frame, 77, "event 77 ", SIZE },
    { "an event that is gone", event_gone, 500, "event 500 ", SIZE },
    { "the last event gone", event_gone, SIZE, "event 1000 ", SIZE },
    { "an event in the place of another", event_of_another, 42,
      "event 43 is in the place of event 42", SIZE },
    { "an event that reads the same from other bytes", event_reads_the_same, 321, "event 321 ",
      SIZE },
    { "a key between two events", key_between, 90, "event 91 is missing", SIZE },
    { "an id that is gone", id_gone, 333, "event 333 ", SIZE },
    { "an id that points elsewhere", id_of_another, 444, "event 444 ", SIZE },
    { "an id whose entry is cut", id_cut, 555, "entry of an id", SIZE },
    { "an id that no event has", id_extra, 666, "no event", SIZE },
    { "an id after the head is of an append under way", id_behind_the_head, SIZE + 1, NULL, SIZE },
    { "a retraction's root", retraction_root, 26, "retraction", SIZE },
    { "a retraction's target", retraction_target, 39, "retraction", SIZE },
    { "a retraction's entry gone", retraction_gone, 52, "retraction 52 ", SIZE },
    { "a retraction's entry names another event", retraction_of_another, 52, "retraction 52 ",
      SIZE },
    { "an entry of an event that retracts nothing", retraction_extra, 53, "retractions", SIZE },
    { "a tag of the tree", tag_byte, 400, "event 400 ", SIZE },
    { "a block's tags gone", tags_gone, 257, "event 257", SIZE },
    { "a node over a block", node_byte, 1, "events 257 to 512", SIZE },
    { "a node over two blocks gone", node_gone, 0, "events 1 to 512", SIZE },
    { "a node that no tree has", node_extra, 5, "hash tree", SIZE },
    { "an odd key in the tree", node_key_odd, 0, "hash tree", SIZE },
    { "an event recorded before the previous one", event_earlier, 700, "event 700 was recorded",
      SIZE },
    { "in parts, a good log", nothing, 0, NULL, LARGE },
    { "in parts, a letter in the last", event_byte, LARGE, "event 9192 ", LARGE },
    { "in parts, the first of several faults", event_in_each_part, 77, "event 77 ", LARGE },
    { "in parts, the first event of one gone", event_gone, PART + 1, "event 4097 is", LARGE },
    { "in parts, a key between two of them", key_between, PART, "event 4097 is", LARGE },
    { "in parts, an id of the last gone", id_gone, 9000, "event 9000 ", LARGE },
    { "in parts, an id that no event has", id_extra, 9000, "no event", LARGE },
    { "in parts, recorded before the last of the previous part", event_earlier, PART + 1,
      "event 4097 was recorded", LARGE },
    { "in parts, a retraction of an event of the previous part", retraction_of_another, 4108,
      "retraction 4108 ", LARGE },
    { "in parts, a node over two", node_over_parts, 0, "events 1 to 8192", LARGE },
    { "in parts, a node over two and an event after", node_over_parts_and_event, 8500,
      "events 1 to 8192", LARGE },
    { "in parts, a node over two and an earlier event", node_over_parts_and_event, 8100,
      "event 8100 ", LARGE },
};

static void count(void *payload, uint64_t done)
{
    uint64_t *calls = payload;

    assert_true(done <= LARGE);
    ++*calls;
}

static void verify_row(void **state)
{
    const struct row *row = *state;
    struct world world;

    world_open(&world, row->size);
    row->alter(&world, row->at);
    for (unsigned threads = 1; threads <= 3; threads++) {
        uint64_t calls = 0;
        const struct bc_verify_options options = { .threads = threads,
                                                   .progress = count,
                                                   .progress_payload = &calls };
        bc_status rc;

        world.err = (struct bc_err){ 0 };
        rc = bc_log_verify(world.log, &options, &world.err);
        if (!row->said) {
            check_ok(rc, &world.err);
            continue;
        }
        assert_int_equal(rc, BC_E_DAMAGED);
        if (!strstr(world.err.message, row->said))
            fail_msg("\"%s\" does not say \"%s\"", world.err.message, row->said);
    }
    bc_log_close(world.log);
}

/* Flips the lowest bit of the byte `place` of all values of a family in a row. False: there are not
 * so many. */
static bool flip_place(bc_store *store, enum bc_family family, size_t place, struct bc_err *err)
{
    struct bc_batch batch = { 0 };
    struct bc_str key, value;
    bc_iter *iter;
    bc_status rc;

    check_ok(bc_iter_open(&iter, store, family, (struct bc_str){ 0 }, err), err);
    while ((rc = bc_iter_next(iter, &key, &value, err)) == BC_OK && place >= value.len)
        place -= value.len;
    if (rc == BC_OK) {
        bc_batch_add(&batch, family, BC_PUT, key, value);
        batch.bytes.at[key.len + place] ^= 1;
    }
    bc_iter_free(iter);
    check_ok(bc_store_write(store, &batch, true, err), err);
    bc_batch_release(&batch);
    return rc == BC_OK;
}

static void every_byte_of_a_small_log_counts(void **state)
{
    size_t flips = 0;

    (void)state;
    for (enum bc_family family = 0; family < BC_FAMILY_N; family++) {
        bool there = true;

        for (size_t place = 0; there; place++) {
            bc_store *below = bc_store_memory();
            struct fault none = { 0 };
            struct bc_err err = { 0 };
            bc_log *log = NULL;
            bc_status rc;

            check_ok(bc_log_open(&log, fault_store(below, &none), true, NULL, &err), &err);
            check_ok(made_append(log, 1, 27, 0, MADE_NOW_US, &err), &err);
            bc_log_close(log);
            there = flip_place(below, family, place, &err);
            log = NULL;
            rc = bc_log_open(&log, below, false, NULL, &err); /* reads the head */
            if (rc == BC_OK)
                rc = bc_log_verify(log, NULL, &err);
            if (rc != (there ? BC_E_DAMAGED : BC_OK))
                fail_msg("family %d, byte %zu: status %d", (int)family, place, rc);
            flips += there;
            if (log)
                bc_log_close(log);
            else
                bc_store_close(below);
        }
    }
    assert_true(flips > 1000);
}

static void an_empty_log_is_good(void **state)
{
    struct bc_err err = { 0 };
    bc_log *log;

    (void)state;
    check_ok(bc_log_open(&log, bc_store_memory(), false, NULL, &err), &err);
    check_ok(bc_log_verify(log, NULL, &err), &err);
    bc_log_close(log);
}

/* What is seen of a log. */
struct seen {
    uint64_t last[BC_VERIFY_PARTS], n[BC_VERIFY_PARTS];
};

static void see(void *payload, size_t part, const struct bc_event *event)
{
    struct seen *seen = payload;

    assert_true(event->seq > seen->last[part]);
    seen->last[part] = event->seq;
    seen->n[part]++;
}

static void each_event_is_seen_in_its_part(void **state)
{
    struct world world;
    struct seen seen = { 0 };
    const struct bc_verify_options options = { .threads = 2, .see = see, .see_payload = &seen };
    uint64_t n = 0;

    (void)state;
    world_open(&world, LARGE);
    check_ok(bc_log_verify(world.log, &options, &world.err), &world.err);
    for (size_t i = 0; i < BC_VERIFY_PARTS; i++) {
        n += seen.n[i];
        assert_true(!seen.n[i] || seen.last[i] == n);
    }
    assert_int_equal(n, LARGE);
    bc_log_close(world.log);
}

static void progress_is_told_now_and_then(void **state)
{
    struct bc_err err = { 0 };
    uint64_t calls = 0;
    const struct bc_verify_options options = { .progress = count, .progress_payload = &calls };
    bc_log *log;

    (void)state;
    check_ok(bc_log_open(&log, bc_store_memory(), true, NULL, &err), &err);
    check_ok(made_append(log, 1, 9000, 0, MADE_NOW_US, &err), &err);
    check_ok(bc_log_verify(log, &options, &err), &err);
    assert_in_range(calls, 1, 100);
    bc_log_close(log);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 4] = {
        cmocka_unit_test(every_byte_of_a_small_log_counts),
        cmocka_unit_test(an_empty_log_is_good),
        cmocka_unit_test(each_event_is_seen_in_its_part),
        cmocka_unit_test(progress_is_told_now_and_then),
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[4 + i] = (struct CMUnitTest){ rows[i].name, verify_row, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("ledger/log/verify", tests, NULL, NULL);
}
