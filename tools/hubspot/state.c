/* tools/hubspot/state.c */
#include "tools/hubspot/state.h"

#include <inttypes.h>
#include <stdio.h>

static bool parse(struct hubspot_state *out, const char *text)
{
    struct hubspot_state state = { .there = true };
    char hash[BC_HASH_TEXT_LEN];
    int64_t *seen = state.seen_us;
    int n;

    _Static_assert(BC_HASH_TEXT_LEN == 45, "the width below");
    n = sscanf(text, "1 %" SCNd64 " %44s %" SCNd64 " %" SCNd64 " %" SCNd64 " %" SCNd64,
               &state.portal, hash, &seen[HUBSPOT_SEEN_DEALS], &seen[HUBSPOT_SEEN_MEETINGS],
               &seen[HUBSPOT_SEEN_EMAILS], &seen[HUBSPOT_SEEN_CALLS]);
    if (n < 5 || /* earlier builds read no calls */ !bc_hash_parse(&state.account, bc_str_of(hash)))
        return false;
    *out = state;
    return true;
}

bc_status hubspot_state_load(struct hubspot_state *out, bc_log *log, struct bc_err *err)
{
    struct bc_buf text = { 0 };
    bc_status rc = bc_meta_get(log, BC_META_HUBSPOT, &text, err);

    *out = (struct hubspot_state){ 0 };
    if (rc == BC_OK) {
        bc_buf_add_byte(&text, '\0');
        parse(out, text.at); /* of another form: as if there were none */
    }
    bc_buf_release(&text);
    return rc < 0 ? rc : BC_OK;
}

void hubspot_state_put(const struct hubspot_state *state, bc_append *append)
{
    struct bc_buf text = { 0 };
    char hash[BC_HASH_TEXT_LEN];

    bc_hash_print(hash, &state->account);
    bc_buf_printf(&text, "1 %" PRId64 " %s", state->portal, hash);
    for (size_t i = 0; i < HUBSPOT_SEEN_N; i++)
        bc_buf_printf(&text, " %" PRId64, state->seen_us[i]);
    bc_append_put(append, BC_META_HUBSPOT, bc_buf_str(&text));
    bc_buf_release(&text);
}
