/* tools/ask/rules_ref.c - finding rules by name. */
#include "tools/ask/rules_ref.h"

#include "ledger/base/instant.h"
#include "ledger/base/spelling.h"
#include "ledger/log/prove.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define FILE_MAX (1 << 20) /* bytes of a rules file; more are refused by the reader of rules */

/* A set of rules that was read: published as event `seq`, or from a file, or (neither) the built-in
 * ones. */
struct shelved {
    uint64_t seq;
    const char *path; /* borrowed from the caller: NULL or a part of argv */
    bc_rules *rules;
};

struct rules_shelf {
    bc_timelines *timelines;
    struct bc_published published;
    struct shelved *at;
    size_t n, cap;
    bool no_file; /* nobody's reference is one */
};

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

bc_status rules_ref_file(bc_rules **out, struct bc_buf *text, const char *path, struct bc_err *err)
{
    struct bc_buf own = { 0 };
    bc_status rc = read_file(&own, path, err);

    if (rc == BC_OK)
        rc = bc_rules_parse(out, bc_buf_str(&own), path, err);
    if (rc == BC_OK && text) {
        *text = own;
        return rc;
    }
    bc_buf_release(&own);
    return rc;
}

bool rules_ref_as_then(const char *ref)
{
    return ref && strcmp(ref, "as-then") == 0;
}

/* A single word is hardly meant as a file, unless there is such a file. */
static bool is_path(const char *ref)
{
    return strpbrk(ref, "/.") || access(ref, F_OK) == 0;
}

bc_status rules_ref_without(bc_rules **out, const char *ref, struct bc_err *err)
{
    if (ref && strcmp(ref, "default") == 0)
        return bc_rules_default(out, err);
    if (ref && strchr(ref, '/'))
        return rules_ref_file(out, NULL, ref, err);
    return BC_DONE;
}

static bc_status read_published(bc_rules **out, bc_log *log, uint64_t seq, struct bc_err *err)
{
    bc_arena *arena = bc_arena_new();
    struct bc_buf bytes = { 0 }, name = { 0 };
    struct bc_event event;
    bc_status rc = bc_log_check_record(log, seq, err);

    if (rc == BC_OK)
        rc = bc_log_get(log, seq, &event, &bytes, arena, err);
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

/* --- the shelf --- */

bc_status rules_shelf_open(rules_shelf **out, bc_timelines *timelines, uint64_t last_seq,
                           struct bc_err *err)
{
    rules_shelf *shelf = bc_calloc(1, sizeof(*shelf));
    bc_status rc = bc_published_read(&shelf->published, timelines, last_seq, err);

    shelf->timelines = timelines;
    if (rc < 0) {
        rules_shelf_free(shelf);
        return rc;
    }
    *out = shelf;
    return BC_OK;
}

void rules_shelf_free(rules_shelf *shelf)
{
    if (!shelf)
        return;
    for (size_t i = 0; i < shelf->n; i++)
        bc_rules_free(shelf->at[i].rules);
    free(shelf->at);
    bc_published_release(&shelf->published);
    free(shelf);
}

const struct bc_published *rules_shelf_published(const rules_shelf *shelf)
{
    return &shelf->published;
}

void rules_shelf_open_no_file(rules_shelf *shelf)
{
    shelf->no_file = true;
}

static bool same_path(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bc_status take(const bc_rules **out, rules_shelf *shelf, uint64_t seq, const char *path,
                      struct bc_err *err);

/* Rules of a file that bear the name of others and say something else: the name alone, under a
 * figure or in an issued report, would say that these were asked. */
static bc_status mark_changed(rules_shelf *shelf, bc_rules *rules, struct bc_err *err)
{
    const struct bc_publication *named =
        bc_published_version(&shelf->published, bc_str_of(rules->version));
    struct bc_buf text = { 0 }, other = { 0 };
    const bc_rules *others;
    bc_status rc;

    if (!named && strcmp(rules->version, "default") != 0)
        return BC_OK;
    rc = take(&others, shelf, named ? named->seq : 0, NULL, err);
    if (rc < 0)
        return rc;
    bc_rules_print(&text, rules);
    bc_rules_print(&other, others);
    if (!bc_str_eq(bc_buf_str(&text), bc_buf_str(&other))) {
        text.len = 0;
        bc_buf_printf(&text, "%s+changed", rules->version);
        rules->version = bc_arena_copy(rules->arena, bc_buf_str(&text)).at;
    }
    bc_buf_release(&text);
    bc_buf_release(&other);
    return BC_OK;
}

static bc_status take(const bc_rules **out, rules_shelf *shelf, uint64_t seq, const char *path,
                      struct bc_err *err)
{
    bc_rules *rules = NULL;
    bc_status rc;

    for (size_t i = 0; i < shelf->n; i++) {
        if (shelf->at[i].seq == seq && same_path(shelf->at[i].path, path)) {
            *out = shelf->at[i].rules;
            return BC_OK;
        }
    }
    if (path) {
        rc = rules_ref_file(&rules, NULL, path, err);
        if (rc == BC_OK)
            rc = mark_changed(shelf, rules, err);
    } else if (seq)
        rc = read_published(&rules, bc_timelines_log(shelf->timelines), seq, err);
    else
        rc = bc_rules_default(&rules, err);
    if (rc < 0) {
        bc_rules_free(rules);
        return rc;
    }
    BC_GROW(shelf->at, shelf->n, shelf->cap);
    shelf->at[shelf->n++] = (struct shelved){ seq, path, rules };
    *out = rules;
    return BC_OK;
}

/* The built-in rules where none were published. */
static bc_status take_published(const bc_rules **out, rules_shelf *shelf,
                                const struct bc_publication *publication, struct bc_err *err)
{
    return take(out, shelf, publication ? publication->seq : 0, NULL, err);
}

static bc_status take_as_then(const bc_rules **out, rules_shelf *shelf, const struct when *when,
                              struct bc_err *err)
{
    const bc_rules *newest;
    bc_status rc = take_published(&newest, shelf, bc_published_latest(&shelf->published), err);
    int64_t us;

    if (rc < 0)
        return rc;
    assert(newest);
    us = when_instant(when, newest->zone);
    return take_published(out, shelf, bc_published_in_force(&shelf->published, us), err);
}

/* When a version was recorded that the shelf does not hold, since it came later. BC_DONE: never. */
static bc_status find_elsewhere(int64_t *out_us, const rules_shelf *shelf, const char *ref,
                                struct bc_err *err)
{
    bc_log *log = bc_timelines_log(shelf->timelines);
    const struct bc_publication *version;
    struct bc_published all = { 0 };
    struct bc_buf bytes = { 0 };
    struct bc_event event;
    bc_arena *arena = bc_arena_new();
    bc_status rc = bc_published_read(&all, shelf->timelines, bc_log_head(log)->size, err);

    version = rc == BC_OK ? bc_published_version(&all, bc_str_of(ref)) : NULL;
    if (rc == BC_OK)
        rc = version ? bc_log_get(log, version->seq, &event, &bytes, arena, err) : BC_DONE;
    if (rc == BC_OK)
        *out_us = event.recorded_us;
    bc_published_release(&all);
    bc_buf_release(&bytes);
    bc_arena_free(arena);
    return rc;
}

static bc_status not_yet(const char *ref, int64_t recorded_us, struct bc_err *err)
{
    char when[BC_INSTANT_LEN];

    bc_instant_print(when, recorded_us);
    return bc_err_set(err, BC_E_USAGE,
                      "no rules '%s' were known then: they were recorded at %s, after --known-at",
                      ref, when);
}

static bc_status unknown(const rules_shelf *shelf, const char *ref, struct bc_err *err)
{
    struct bc_spelling spelling = { .word = bc_str_of(ref) };

    bc_spelling_try(&spelling, BC_STR("latest"));
    bc_spelling_try(&spelling, BC_STR("as-then"));
    bc_spelling_try(&spelling, BC_STR("default"));
    for (size_t i = 0; i < shelf->published.n; i++)
        if (!shelf->published.at[i].retracted_by)
            bc_spelling_try(&spelling, shelf->published.at[i].version);
    if (spelling.best.len)
        return bc_err_set(err, BC_E_USAGE, "no rules '%s'; did you mean '%.*s'?", ref,
                          BC_STR_ARG(spelling.best));
    return bc_err_set(err, BC_E_USAGE,
                      "no rules '%s'; expected latest, as-then, a published version (`backcast "
                      "rules list` has them)%s",
                      ref, shelf->no_file ? " or default" : ", default, or a file");
}

bc_status rules_shelf_get(const bc_rules **out, rules_shelf *shelf, const char *ref,
                          const struct when *when, struct bc_err *err)
{
    const struct bc_publication *version;
    int64_t recorded_us;
    bc_status rc;

    if (!ref || strcmp(ref, "latest") == 0)
        return take_published(out, shelf, bc_published_latest(&shelf->published), err);
    if (rules_ref_as_then(ref))
        return take_as_then(out, shelf, when, err);
    if (strcmp(ref, "default") == 0)
        return take(out, shelf, 0, NULL, err);
    version = bc_published_version(&shelf->published, bc_str_of(ref));
    if (version)
        return take_published(out, shelf, version, err);
    if (!shelf->no_file && is_path(ref))
        return take(out, shelf, 0, ref, err);
    rc = find_elsewhere(&recorded_us, shelf, ref, err);
    if (rc < 0)
        return rc;
    return rc == BC_OK ? not_yet(ref, recorded_us, err) : unknown(shelf, ref, err);
}

bc_status rules_ref_latest(bc_rules **out, bc_log *log, struct bc_err *err)
{
    const struct bc_publication *latest;
    struct bc_published published = { 0 };
    bc_timelines *timelines = NULL;
    bc_status rc = bc_timelines_open(&timelines, log, BC_FROM_CACHE, err);

    if (rc == BC_OK)
        rc = bc_published_read(&published, timelines, bc_log_head(log)->size, err);
    if (rc == BC_OK) {
        latest = bc_published_latest(&published);
        rc = latest ? read_published(out, log, latest->seq, err) : bc_rules_default(out, err);
    }
    bc_published_release(&published);
    bc_timelines_free(timelines);
    return rc;
}
