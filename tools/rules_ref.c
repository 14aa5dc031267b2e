/* tools/rules_ref.c - finding rules by name. */
#include "tools/rules_ref.h"

#include "projections/rules/published.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define FILE_MAX (1 << 20) /* bytes of a rules file; more are refused by the reader of rules */

static bc_status read_file(struct bc_buf *text, const char *path, struct bc_err *err)
{
    FILE *file = fopen(path, "re");
    bc_status rc = BC_OK;
    size_t n;

    if (!file)
        return bc_err_errno(err, "read %s", path);
    do {
        n = fread(bc_buf_room(text, BUFSIZ), 1, BUFSIZ, file);
        text->len += n;
    } while (n > 0 && text->len <= FILE_MAX);
    if (ferror(file))
        rc = bc_err_errno(err, "read %s", path);
    fclose(file);
    return rc;
}

bc_status rules_ref_file(bc_rules **out, const char *path, struct bc_err *err)
{
    struct bc_buf text = { 0 };
    bc_status rc = read_file(&text, path, err);

    if (rc == BC_OK)
        rc = bc_rules_parse(out, bc_buf_str(&text), path, err);
    bc_buf_release(&text);
    return rc;
}

static bc_status read_published(bc_rules **out, bc_log *log, uint64_t seq, struct bc_err *err)
{
    bc_arena *arena = bc_arena_new();
    struct bc_buf bytes = { 0 }, name = { 0 };
    struct bc_event event;
    bc_status rc = bc_log_get(log, seq, &event, &bytes, arena, err);

    if (rc == BC_OK) {
        bc_buf_printf(&name, "rules published as %.*s",
                      BC_STR_ARG(event.value[BC_RULES_PUBLISHED_VERSION].text));
        bc_buf_add_byte(&name, '\0');
        rc = bc_rules_parse(out, event.value[BC_RULES_PUBLISHED_TEXT].text, name.at, err);
    }
    bc_buf_release(&name);
    bc_buf_release(&bytes);
    bc_arena_free(arena);
    return rc;
}

static bc_status read_latest(bc_rules **out, bc_log *log, uint64_t last_seq, struct bc_err *err)
{
    uint64_t seq;
    bc_status rc = bc_published_latest(&seq, log, last_seq, err);

    if (rc == BC_OK)
        return read_published(out, log, seq, err);
    return rc == BC_DONE ? bc_rules_default(out, err) : rc;
}

bc_status rules_ref_read(bc_rules **out, const char *ref, bc_log *log, uint64_t last_seq,
                         struct bc_err *err)
{
    if (!ref || strcmp(ref, "latest") == 0)
        return read_latest(out, log, last_seq, err);
    if (strcmp(ref, "default") == 0)
        return bc_rules_default(out, err);
    /* A single word was hardly meant as a file. */
    if (!strpbrk(ref, "/.") && access(ref, F_OK) != 0)
        return bc_err_set(err, BC_E_USAGE, "no rules '%s'; expected latest, default, or a file",
                          ref);
    return rules_ref_file(out, ref, err);
}
