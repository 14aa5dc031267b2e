#include "tools/sheet/sheet_kept.h"

static const char *text_of(const json_t *state, const char *key)
{
    const char *text = json_string_value(json_object_get(state, key));

    return text ? text : "";
}

static struct bc_hash hash_of(const json_t *state, const char *key)
{
    const struct bc_str text = bc_str_of(text_of(state, key));
    struct bc_hash hash = { 0 };

    if (text.len >= BC_HASH_TEXT_LEN || !bc_hash_parse(&hash, text))
        return (struct bc_hash){ 0 };
    return hash;
}

static uint64_t count_of(const json_t *state, const char *key)
{
    const json_int_t n = json_integer_value(json_object_get(state, key));

    return n > 0 ? (uint64_t)n : 0;
}

struct sheet_kept sheet_kept_of(const json_t *state)
{
    return (struct sheet_kept){ .place = hash_of(state, "address"),
                                .body = hash_of(state, "body"),
                                .etag = text_of(state, "etag"),
                                .last_modified = text_of(state, "lastModified"),
                                .version = text_of(state, "version"),
                                .zone = text_of(state, "zone"),
                                .bytes = count_of(state, "bytes"),
                                .rejected = count_of(state, "rejected") };
}

json_t *sheet_kept_state(const struct sheet_kept *kept)
{
    char place[BC_HASH_TEXT_LEN], body[BC_HASH_TEXT_LEN];

    bc_hash_print(place, &kept->place);
    bc_hash_print(body, &kept->body);
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:I, s:I}", "address", place, "body", body,
                     "etag", kept->etag, "lastModified", kept->last_modified, "version",
                     kept->version, "zone", kept->zone, "bytes", (json_int_t)kept->bytes,
                     "rejected", (json_int_t)kept->rejected);
}

static const char *found_or(const struct bc_buf *found, const char *before, bool unchanged)
{
    return found->len ? found->at : unchanged ? before : "";
}

struct sheet_kept sheet_kept_after(const struct sheet_kept *before, const struct sheet_table *table)
{
    const bool same = table->unchanged;
    struct sheet_kept after = *before;

    after.rejected = 0;
    after.etag = found_or(&table->etag, before->etag, same);
    after.last_modified = found_or(&table->last_modified, before->last_modified, same);
    after.version = found_or(&table->version, before->version, same);
    after.zone = found_or(&table->zone, before->zone, same);
    if (same)
        return after;
    after.bytes = table->text.len;
    after.body = bc_hash_bytes(bc_buf_str(&table->text));
    return after;
}
