/* The log is split into parts, each the leaves of one perfect subtree of the hash tree but for the
 * last, which threads walk on their own:
 *
 *   level L+1       o           o        joined at the end, in the order of the parts
 *   level L       o   o       o   .
 *                / \ / \     / \ / \     each part its own
 *   leaves      |....|....| |....|..|
 *
 * What a part cannot know (was its first event recorded before the last of the previous part? does
 * a retraction name an event of another part?) is checked when the parts are joined; so the fault
 * that is reported is the first one of the log. */
#include "ledger/log/verify.h"

#include "ledger/base/instant.h"
#include "ledger/base/parallel.h"
#include "ledger/log/verify_impl.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdlib.h>

enum { PART_LEVEL_LEAST = 12, PROGRESS_EVERY = 4096 };

struct verify {
    bc_log *log;
    struct bc_verify_options options;
    unsigned part_level;
    struct part *parts;
    size_t n;
    struct bc_digest seed; /* a new one each time: whoever made the indexes cannot have known it */
    struct bc_verify_retractions retractions;
    pthread_mutex_t progress_lock;
    uint64_t done;
};

struct part {
    struct verify *verify;
    uint64_t first, last; /* seqs */
    uint64_t seen;        /* events found right */
    bool whole;           /* all were */
    int64_t first_us, last_us;
    struct bc_buf first_id;      /* set once the first event has an id and a time */
    struct bc_frontier frontier; /* of this part's leaves alone */
    struct bc_buf tags;          /* of the current block, as the tree has them */
    struct bc_sum ids;
    uint64_t retractions, nodes;
    size_t next_target;
    bc_status node_rc; /* what comparing a node found */
    struct bc_err *err;
};

/* --- the hash tree --- */

/* A node of the tree must be stored as it is. */
static bc_status check_node(bc_log *log, unsigned level, uint64_t index, const struct bc_hash *hash,
                            struct bc_err *err)
{
    struct bc_buf stored = { 0 };
    char key[BC_NODE_KEY_LEN];
    bc_status rc;

    bc_node_key(key, level, index);
    rc = bc_store_get(log->store, BC_TREE, (struct bc_str){ key, sizeof(key) }, &stored, err);
    if (rc >= 0 && (rc == BC_DONE || stored.len != BC_HASH_LEN ||
                    memcmp(stored.at, hash->at, BC_HASH_LEN) != 0))
        rc = bc_err_damaged(err, "the hash tree does not fit events %" PRIu64 " to %" PRIu64,
                            (index << level) + 1, (index + 1) << level);
    bc_buf_release(&stored);
    return rc < 0 ? rc : BC_OK;
}

/* A node that a part has completed. */
static void see_node(void *payload, unsigned level, uint64_t index, const struct bc_hash *hash)
{
    struct part *part = payload;

    if (level < BC_BLOCK_LEVEL || part->node_rc < 0)
        return;
    part->nodes++;
    part->node_rc =
        check_node(part->verify->log, level, index + ((part->first - 1) >> level), hash, part->err);
}

/* The tags of the block that begins after `size` events. */
static bc_status load_tags(struct part *part, uint64_t size)
{
    bc_log *log = part->verify->log;
    char key[BC_NODE_KEY_LEN];
    bc_status rc;

    if (size / BC_BLOCK_LEAVES == log->head.size / BC_BLOCK_LEAVES) {
        part->tags.len = 0;
        bc_buf_add(&part->tags, log->tags, sizeof(log->tags));
        return BC_OK;
    }
    part->nodes++;
    bc_node_key(key, 0, size / BC_BLOCK_LEAVES);
    rc = bc_store_get(log->store, BC_TREE, (struct bc_str){ key, sizeof(key) }, &part->tags,
                      part->err);
    if (rc >= 0 && (rc == BC_DONE || part->tags.len != sizeof(log->tags)))
        return bc_err_damaged(part->err, "the hash tree does not reach event %" PRIu64, size + 1);
    return rc < 0 ? rc : BC_OK;
}

static bc_status check_hash(struct part *part, uint64_t seq, struct bc_str stored)
{
    size_t in_block = (seq - 1) % BC_BLOCK_LEAVES;
    struct bc_hash leaf = bc_hash_leaf(stored);
    bc_status rc = in_block == 0 ? load_tags(part, seq - 1) : BC_OK;

    if (rc < 0)
        return rc;
    if (memcmp(part->tags.at + in_block * BC_TAG_LEN, leaf.at, BC_TAG_LEN) != 0)
        return bc_err_damaged(part->err, "event %" PRIu64 " is not what was appended", seq);
    bc_frontier_add(&part->frontier, leaf, see_node, part);
    return part->node_rc;
}

/* --- a part of the log --- */

static bc_status recorded_before(uint64_t seq, struct bc_err *err)
{
    return bc_err_damaged(err, "event %" PRIu64 " was recorded before the previous event", seq);
}

static bc_status check_event(struct part *part, const struct bc_event *event, struct bc_str stored)
{
    struct verify *verify = part->verify;
    struct bc_err why;
    bc_status rc = check_hash(part, event->seq, stored);

    if (rc < 0)
        return rc;
    if (bc_event_check(event, NULL, &why) < 0)
        return bc_err_damaged(part->err, "event %" PRIu64 ": %.300s", event->seq, why.message);
    if (!event->has_recorded || event->recorded_us < part->last_us)
        return recorded_before(event->seq, part->err);
    if (event->seq == part->first) {
        part->first_us = event->recorded_us;
        bc_buf_add_str(&part->first_id, event->id);
    }
    part->last_us = event->recorded_us;
    bc_verify_ids_add(&part->ids, verify->seed, event->id, event->seq);
    part->retractions += event->body == BC_RETRACTED;
    rc = bc_verify_retractions_see(&verify->retractions, &part->next_target, verify->log, event,
                                   part->err);
    if (rc < 0)
        return rc;
    part->seen++;
    if (verify->options.see)
        verify->options.see(verify->options.see_payload, (size_t)(part - verify->parts), event);
    return BC_OK;
}

static void tell_progress(struct verify *verify, uint64_t more)
{
    const struct bc_verify_options *options = &verify->options;

    if (!options->progress)
        return;
    (void)pthread_mutex_lock(&verify->progress_lock);
    verify->done += more;
    options->progress(options->progress_payload, verify->done);
    (void)pthread_mutex_unlock(&verify->progress_lock);
}

static bc_status walk_part(void *payload, size_t index, struct bc_err *err)
{
    struct verify *verify = payload;
    struct part *part = &verify->parts[index];
    const struct bc_event *event;
    bc_cursor *cursor = NULL;
    struct bc_str stored;
    bc_status rc;

    part->err = err;
    part->next_target =
        bc_retracted_from(verify->retractions.targets, verify->retractions.all.n, part->first);
    rc = bc_cursor_open(&cursor, verify->log, part->first, part->last, err);
    while (rc == BC_OK) {
        rc = bc_cursor_next(cursor, &event, &stored, err);
        if (rc == BC_OK)
            rc = check_event(part, event, stored);
        if (rc == BC_OK && part->seen % PROGRESS_EVERY == 0)
            tell_progress(verify, PROGRESS_EVERY);
    }
    bc_cursor_free(cursor);
    part->whole = rc == BC_DONE;
    return rc < 0 ? rc : BC_OK;
}

/* --- the parts together --- */

struct joining {
    struct verify *verify;
    struct bc_frontier frontier; /* over whole parts */
    uint64_t nodes;
    bc_status rc;
    struct bc_err *err;
};

/* A node over whole parts; the lowest are the parts' own. */
static void see_upper_node(void *payload, unsigned level, uint64_t index,
                           const struct bc_hash *hash)
{
    struct joining *joining = payload;

    if (level == 0 || joining->rc < 0)
        return;
    joining->nodes++;
    joining->rc = check_node(joining->verify->log, level + joining->verify->part_level, index, hash,
                             joining->err);
}

/* Joins the sums of a part that was found right. */
static bc_status join_part(struct joining *joining, const struct part *part)
{
    struct verify *verify = joining->verify;
    bc_status rc;

    if (part->first_id.len && part > verify->parts && part->first_us < part[-1].last_us)
        return recorded_before(part->first, joining->err);
    rc = bc_verify_retractions_check(&verify->retractions, verify->log,
                                     part->first + part->seen - 1, joining->err);
    if (rc == BC_OK && part->frontier.size >> verify->part_level) {
        bc_frontier_add(&joining->frontier, part->frontier.node[verify->part_level], see_upper_node,
                        joining);
        rc = joining->rc;
    }
    joining->nodes += part->nodes;
    return rc;
}

/* The frontier of all leaves: the nodes over whole parts, and below them those of the part that is
 * not whole. */
static bc_status check_head(const struct joining *joining)
{
    const struct verify *verify = joining->verify;
    const struct bc_head *head = &verify->log->head;
    const struct part *last = verify->n ? &verify->parts[verify->n - 1] : NULL;
    struct bc_frontier frontier = { .size = joining->frontier.size << verify->part_level };
    struct bc_hash root;

    for (unsigned level = verify->part_level; level < 64; level++)
        frontier.node[level] = joining->frontier.node[level - verify->part_level];
    if (last && !(last->frontier.size >> verify->part_level)) {
        frontier.size += last->frontier.size;
        for (unsigned level = 0; level < verify->part_level; level++)
            frontier.node[level] = last->frontier.node[level];
    }
    root = bc_frontier_root(&frontier);
    if (frontier.size != head->size || memcmp(&root, &head->root, sizeof(root)) != 0)
        return bc_err_damaged(joining->err, "the events have another root than the log's head");
    return BC_OK;
}

/* Counts the entries of a family that belong to events up to the head. */
static bc_status check_count(bc_log *log, enum bc_family family, uint64_t want, const char *what,
                             struct bc_err *err)
{
    uint64_t size = log->head.size, n = 0;
    struct bc_str key, value;
    bc_iter *iter = NULL;
    bc_status rc = bc_iter_open(&iter, log->store, family, (struct bc_str){ 0 }, err);

    if (rc < 0)
        return rc;
    while ((rc = bc_iter_next(iter, &key, &value, err)) == BC_OK) {
        unsigned level = 0;
        uint64_t end;

        if (family == BC_TREE && key.len == BC_NODE_KEY_LEN)
            level = key.at[0] ? (uint8_t)key.at[0] % 64 : BC_BLOCK_LEVEL;
        if (key.len < BC_SEQ_LEN) {
            n++;
            continue;
        }
        end = bc_get_u64(key.at + key.len - BC_SEQ_LEN);
        if (family == BC_TREE ? end < size >> level : end <= size)
            n++;
    }
    bc_iter_free(iter);
    if (rc >= 0 && n != want)
        return bc_err_damaged(err, "%s has %" PRIu64 " entries, the log makes %" PRIu64, what, n,
                              want);
    return rc < 0 ? rc : BC_OK;
}

/* The ids that the parts begin with are spread over all ids, so they split the ids, too. */
static bc_status check_ids(struct verify *verify, struct bc_err *err)
{
    struct bc_str bounds[BC_VERIFY_PARTS];
    struct bc_sum ids = { 0 };
    size_t n = 0;

    for (size_t i = 0; i < verify->n; i++) {
        bc_sum_join(&ids, &verify->parts[i].ids);
        if (i)
            bounds[n++] = bc_buf_str(&verify->parts[i].first_id);
    }
    qsort(bounds, n, sizeof(bounds[0]), bc_str_order);
    return bc_verify_ids(verify->log, verify->seed, &ids, bounds, n, verify->options.threads, err);
}

static bc_status check_indexes(struct verify *verify, uint64_t nodes, struct bc_err *err)
{
    uint64_t retractions = 0;
    bc_status rc = check_ids(verify, err);

    for (size_t i = 0; i < verify->n; i++)
        retractions += verify->parts[i].retractions;
    if (rc == BC_OK)
        rc = check_count(verify->log, BC_RETRACTIONS, retractions, "the index of retractions", err);
    if (rc == BC_OK)
        rc = check_count(verify->log, BC_TREE, nodes, "the hash tree", err);
    return rc;
}

/* --- the whole --- */

static void split(struct verify *verify)
{
    uint64_t size = verify->log->head.size, part_size;

    verify->part_level = PART_LEVEL_LEAST;
    while (size > (uint64_t)BC_VERIFY_PARTS << verify->part_level)
        verify->part_level++;
    part_size = UINT64_C(1) << verify->part_level;
    verify->n = (size_t)((size + part_size - 1) >> verify->part_level);
    verify->parts = bc_calloc(verify->n, sizeof(*verify->parts));
    for (size_t i = 0; i < verify->n; i++) {
        uint64_t first = ((uint64_t)i << verify->part_level) + 1;
        uint64_t left = size - first + 1;

        verify->parts[i] =
            (struct part){ .verify = verify,
                           .first = first,
                           .last = first - 1 + (left < part_size ? left : part_size) };
    }
}

static bc_status check_log(struct verify *verify, struct bc_err *err)
{
    struct joining joining = { .verify = verify, .err = err };
    struct bc_err of_a_part = { 0 };
    bc_status rc = bc_digest_seed(&verify->seed, err), parts_rc;

    if (rc == BC_OK)
        rc = bc_verify_retractions_begin(&verify->retractions, verify->log, verify->seed, err);
    if (rc < 0)
        return rc;
    parts_rc = bc_parallel(verify->options.threads, verify->n, walk_part, verify, &of_a_part);
    for (size_t i = 0; rc == BC_OK && i < verify->n; i++) {
        rc = join_part(&joining, &verify->parts[i]);
        if (!verify->parts[i].whole)
            break;
    }
    if (rc == BC_OK && parts_rc < 0) {
        if (err)
            *err = of_a_part;
        return parts_rc;
    }
    if (rc == BC_OK)
        rc = check_head(&joining);
    return rc == BC_OK ? check_indexes(verify, joining.nodes, err) : rc;
}

bc_status bc_log_verify(bc_log *log, const struct bc_verify_options *options, struct bc_err *err)
{
    struct verify verify = { .log = log, .progress_lock = PTHREAD_MUTEX_INITIALIZER };
    bc_status rc;

    if (options)
        verify.options = *options;
    if (verify.options.threads == 0)
        verify.options.threads = bc_threads_default();
    split(&verify);
    rc = check_log(&verify, err);
    bc_verify_retractions_release(&verify.retractions);
    for (size_t i = 0; i < verify.n; i++) {
        bc_buf_release(&verify.parts[i].first_id);
        bc_buf_release(&verify.parts[i].tags);
    }
    free(verify.parts);
    return rc;
}
