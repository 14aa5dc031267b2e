#include "tools/hubspot/quiet.h"

#define VERSION "1"
#define UNDATED "undated " /* before the key of one that has no time */

static void add_key(struct bc_buf *out, const char *word, struct bc_str object, struct bc_str deal)
{
    bc_buf_printf(out, "%s %.*s %.*s", word, BC_STR_ARG(object), BC_STR_ARG(deal));
}

/* "1 HASH\n", and a line for each. */
static void head(struct bc_buf *out, const struct hubspot_run *run)
{
    char hash[BC_HASH_TEXT_LEN];

    bc_hash_print(hash, &run->account->hash);
    bc_buf_printf(out, VERSION " %s\n", hash);
}

bc_status hubspot_quiet_load(struct hubspot_run *run, bc_log *log, struct bc_err *err)
{
    struct bc_buf text = { 0 }, wanted = { 0 };
    bc_status rc = bc_meta_get(log, BC_META_QUIET, &text, err);
    struct bc_str rest = bc_buf_str(&text);

    head(&wanted, run);
    if (rc == BC_OK && rest.len >= wanted.len && memcmp(rest.at, wanted.at, wanted.len) == 0) {
        for (size_t at = wanted.len; at < rest.len;) {
            const char *end = memchr(rest.at + at, '\n', rest.len - at);
            size_t len = end ? (size_t)(end - rest.at) - at : rest.len - at;

            if (len > 0)
                bc_string_table_add(run->quiet_was, (struct bc_str){ rest.at + at, len });
            at += len + 1;
        }
    }
    bc_buf_release(&text);
    bc_buf_release(&wanted);
    return rc < 0 ? rc : BC_OK;
}

void hubspot_quiet_put(const struct hubspot_run *run, bc_append *append)
{
    struct bc_buf text = { 0 };

    head(&text, run);
    for (uint32_t i = 1; i < bc_string_table_count(run->quiet_now); i++) {
        bc_buf_add_str(&text, bc_string_table_text(run->quiet_now, i));
        bc_buf_add_byte(&text, '\n');
    }
    bc_append_put(append, BC_META_QUIET, bc_buf_str(&text));
    bc_buf_release(&text);
}

static bool has(const bc_string_table *keys, const char *before, const char *word,
                struct bc_str object, struct bc_str deal)
{
    struct bc_buf key = { 0 };
    bool found;

    bc_buf_printf(&key, "%s", before);
    add_key(&key, word, object, deal);
    found = bc_string_table_find(keys, bc_buf_str(&key)) != BC_WORD_NONE;
    bc_buf_release(&key);
    return found;
}

bool hubspot_quiet_has(const struct hubspot_run *run, const char *word, struct bc_str object,
                       struct bc_str deal)
{
    /* An earlier version may have left both: then it is read again. */
    return has(run->quiet_was, "", word, object, deal) !=
           has(run->quiet_was, UNDATED, word, object, deal);
}

bool hubspot_quiet_is(const struct hubspot_run *run, const char *word, struct bc_str object,
                      struct bc_str deal)
{
    return has(run->quiet_now, "", word, object, deal) ||
           has(run->quiet_now, UNDATED, word, object, deal);
}

void hubspot_quiet_add(struct hubspot_run *run, const char *word, struct bc_str object,
                       struct bc_str deal, bool undated)
{
    struct bc_buf key = { 0 };

    bc_buf_printf(&key, "%s", undated ? UNDATED : "");
    add_key(&key, word, object, deal);
    if (!memchr(key.at, '\n', key.len)) /* no id has one; else it is read again */
        bc_string_table_add(run->quiet_now, bc_buf_str(&key));
    bc_buf_release(&key);
}

void hubspot_quiet_keep(struct hubspot_run *run, const char *word, struct bc_str object,
                        struct bc_str deal)
{
    bool undated = has(run->quiet_was, UNDATED, word, object, deal);

    run->notes.emails_undated += undated;
    hubspot_quiet_add(run, word, object, deal, undated);
}
