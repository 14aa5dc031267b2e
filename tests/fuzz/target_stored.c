/* Stored events. What is accepted comes back from its bytes and from its JSON; its line for people
 * commands no terminal and hides nothing. */
#include "ledger/record/codec.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/every_body.h"
#include "tools/cli/text.h"
#include "tools/json/event_text.h"

/* An event of each body, every field filled. */
bool fuzz_made(struct bc_buf *out, size_t i)
{
    struct bc_event event;

    if (BC_DEAL_CREATED + i >= BC_BODY_END)
        return false;
    event = every_body_event((enum bc_body)(BC_DEAL_CREATED + i));
    bc_encode_prefix(out, 1000 + i, INT64_C(1711904401000000));
    bc_encode_content(out, &event);
    return true;
}

static void check_prefix(struct bc_str bytes, const struct bc_event *event)
{
    struct bc_str content = { 0 };
    uint64_t seq = 0;
    int64_t recorded_us = 0;

    if (!bc_decode_prefix(&content, &seq, &recorded_us, bytes))
        return;
    FUZZ_MUST(content.len <= bytes.len && content.at >= bytes.at &&
                  content.at + content.len == bytes.at + bytes.len,
              "the content is not the end of the record");
    if (event)
        FUZZ_MUST(seq == event->seq && recorded_us == event->recorded_us,
                  "the record's front says %ju, the event %ju", (uintmax_t)seq,
                  (uintmax_t)event->seq);
}

static void check_text(const struct bc_event *event)
{
    struct bc_buf text = { 0 }, safe = { 0 };

    event_text_add(&text, event, NULL, NULL);
    text_escape(&safe, bc_buf_str(&text));
    FUZZ_MUST(bc_str_utf8_fault(bc_buf_str(&safe)) == safe.len, "a line that is no UTF-8");
    for (size_t i = 0, len; i < safe.len; i += len)
        FUZZ_MUST(!bc_char_unsafe(bc_str_char(bc_buf_str(&safe), i, &len)),
                  "a character that commands a terminal, or turns or hides text");
    bc_buf_release(&text);
    bc_buf_release(&safe);
}

int fuzz_one(const uint8_t *data, size_t len)
{
    struct bc_str bytes = { (const char *)data, len };
    bc_arena *arena = bc_arena_new();
    struct bc_event event;
    struct bc_err err = { 0 };

    if (bc_decode(&event, bytes, arena, &err) == BC_OK) {
        check_prefix(bytes, &event);
        check_text(&event);
        if (bc_event_check(&event, NULL, &err) == BC_OK)
            fuzz_must_be_event(&event);
    } else {
        check_prefix(bytes, NULL);
    }
    bc_arena_free(arena);
    return 0;
}
