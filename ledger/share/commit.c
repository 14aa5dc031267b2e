#include "ledger/share/commit.h"

#include "proto/share.pb-c.h"

#include <sys/random.h>

enum { FORM = 1, ORIGIN_MAX = 512 };

bc_status bc_commit_draw_id(char out[BC_COMMIT_ID_LEN + 1], struct bc_err *err)
{
    static const char digits[] = "0123456789abcdef";
    uint8_t random[BC_COMMIT_ID_LEN / 2];

    if (getrandom(random, sizeof(random), 0) != (ssize_t)sizeof(random))
        return bc_err_errno(err, "read random bytes");
    for (size_t i = 0; i < sizeof(random); i++) {
        out[2 * i] = digits[random[i] >> 4];
        out[2 * i + 1] = digits[random[i] & 15];
    }
    out[BC_COMMIT_ID_LEN] = '\0';
    return BC_OK;
}

/* protobuf-c's structs take bytes that they do not change without saying so. */
static ProtobufCBinaryData binary(const void *at, size_t len)
{
    ProtobufCBinaryData data = { .len = len };

    memcpy(&data.data, &at, sizeof(at));
    return data;
}

void bc_commit_encode(struct bc_buf *out, const struct bc_commit *commit)
{
    Backcast__Commit message = BACKCAST__COMMIT__INIT;
    bc_arena *arena = bc_arena_new();
    struct bc_str origin = bc_arena_copy(arena, commit->origin);
    struct bc_str writer = bc_arena_copy(arena, commit->writer);
    struct bc_str id = bc_arena_copy(arena, bc_str_of(commit->id));
    size_t len;

    message.form = FORM;
    memcpy(&message.id, &id.at, sizeof(id.at));
    memcpy(&message.origin, &origin.at, sizeof(origin.at));
    memcpy(&message.writer, &writer.at, sizeof(writer.at));
    message.first = commit->first;
    message.count = commit->count;
    message.recorded_us = commit->recorded_us;
    message.root = binary(commit->head.root.at, BC_HASH_LEN);
    message.length = commit->length;
    message.n_parts = commit->n_parts;
    message.parts = bc_arena_alloc(arena, commit->n_parts * sizeof(*message.parts));
    for (size_t i = 0; i < commit->n_parts; i++)
        message.parts[i] = binary(commit->parts[i].at, BC_HASH_LEN);
    message.has_contents = commit->n_parts == 0;
    message.contents = binary(commit->contents.at, commit->contents.len);
    len = backcast__commit__get_packed_size(&message);
    backcast__commit__pack(&message, (uint8_t *)bc_buf_room(out, len));
    out->len += len;
    bc_arena_free(arena);
}

/* --- and back --- */

static bool is_id(const char *id)
{
    return strlen(id) == BC_COMMIT_ID_LEN && strspn(id, "0123456789abcdef") == BC_COMMIT_ID_LEN;
}

/* What is wrong with it; NULL: nothing. */
static const char *fault_of(const Backcast__Commit *message)
{
    if (!is_id(message->id))
        return "its id";
    if (message->origin[0] == '\0' || strlen(message->origin) > ORIGIN_MAX)
        return "its origin";
    if (strlen(message->writer) > BC_REPLICA_NAME_MAX)
        return "its writer";
    if (message->first == 0 || message->first > UINT64_MAX / 2 || message->count > UINT64_MAX / 2)
        return "its first event";
    if (message->root.len != BC_HASH_LEN)
        return "its root";
    for (size_t i = 0; i < message->n_parts; i++)
        if (message->parts[i].len != BC_HASH_LEN)
            return "the hash of a part";
    if (message->n_parts ? message->has_contents
                         : !message->has_contents || message->contents.len != message->length)
        return "its contents";
    return NULL;
}

static void take(struct bc_commit *out, const Backcast__Commit *message, bc_arena *arena)
{
    struct bc_hash *parts = bc_arena_alloc(arena, message->n_parts * sizeof(*parts));

    *out = (struct bc_commit){
        .origin = bc_arena_copy(arena, bc_str_of(message->origin)),
        .writer = bc_arena_copy(arena, bc_str_of(message->writer)),
        .first = message->first,
        .count = message->count,
        .recorded_us = message->recorded_us,
        .head.size = message->first - 1 + message->count,
        .length = message->length,
        .parts = parts,
        .n_parts = message->n_parts,
    };
    memcpy(out->id, message->id, BC_COMMIT_ID_LEN);
    memcpy(out->head.root.at, message->root.data, BC_HASH_LEN);
    for (size_t i = 0; i < message->n_parts; i++)
        memcpy(parts[i].at, message->parts[i].data, BC_HASH_LEN);
    if (message->has_contents)
        out->contents = bc_arena_copy(
            arena, (struct bc_str){ (const char *)message->contents.data, message->contents.len });
}

bc_status bc_commit_decode(struct bc_commit *out, struct bc_str bytes, bc_arena *arena,
                           struct bc_err *err)
{
    Backcast__Commit *message =
        backcast__commit__unpack(NULL, bytes.len, (const uint8_t *)bytes.at);
    const char *fault;
    bc_status rc = BC_OK;

    if (!message)
        return bc_err_set(err, BC_E_DAMAGED, "the shared log holds a message that is no commit");
    fault = fault_of(message);
    if (message->form > FORM)
        rc = bc_err_set(err, BC_E_NEWER,
                        "the shared log has a commit of form %u, this program reads form %d",
                        (unsigned)message->form, FORM);
    else if (fault)
        rc = bc_err_set(err, BC_E_DAMAGED,
                        "the shared log holds a commit that contradicts itself: %s", fault);
    else
        take(out, message, arena);
    backcast__commit__free_unpacked(message, NULL);
    return rc;
}
