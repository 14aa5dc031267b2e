/* tools/cmd/rules_publish.c - puts rules into the ledger. */
#include "ledger/record/merkle.h"
#include "tools/ask/open.h"
#include "tools/ask/rules_ref.h"
#include "tools/cli/opt.h"
#include "tools/cli/text.h"
#include "tools/cli/times.h"
#include "tools/cmd/pages.h"
#include "tools/cmd/rules.h"
#include "tools/print/print_json.h"

#include <inttypes.h>

/* --- publish --- */

struct publish {
    const char *path, *effective, *dir;
    bool shared, json;
    bc_rules *rules;
    struct bc_buf text; /* of the file */
    int64_t effective_us;
    bc_log *log;
    uint64_t seq; /* of the publication */
    bool added;
};

/* A day begins with its first microsecond in the zone of the rules themselves. */
static bc_status read_effective(struct publish *publish, const struct cmd_env *env,
                                struct bc_err *err)
{
    const bc_zone *zone = publish->rules->zone;
    struct when when;
    bc_status rc = when_parse(&when, publish->effective, env->now_us, zone, err);

    if (rc < 0)
        return rc;
    publish->effective_us =
        when.is_day ? bc_zone_instant(zone, when_first_day(&when) * BC_DAY_US) : when.us;
    if (publish->effective_us < 0)
        return bc_err_set(err, BC_E_USAGE, "--effective '%s' begins before 1970 in %s",
                          publish->effective, publish->rules->timezone);
    return BC_OK;
}

/* `default` names the built-in rules, so nothing else may have that name. */
static bc_status check_name(const struct publish *publish, struct bc_err *err)
{
    struct bc_buf ours = { 0 }, theirs = { 0 };
    bc_rules *built_in = NULL;
    bc_status rc;

    if (strcmp(publish->rules->version, "default") != 0)
        return BC_OK;
    rc = bc_rules_default(&built_in, err);
    if (rc == BC_OK) {
        bc_rules_print(&ours, built_in);
        bc_rules_print(&theirs, publish->rules);
        if (!bc_str_eq(bc_buf_str(&ours), bc_buf_str(&theirs)))
            rc = bc_err_set(err, BC_E_INPUT,
                            "%s: the version \"default\" is the built-in rules, and these are "
                            "others; give them another name",
                            publish->path);
    }
    bc_buf_release(&ours);
    bc_buf_release(&theirs);
    bc_rules_free(built_in);
    return rc;
}

/* BC_DONE: the same rules, in force from the same instant, are there already. A published version
 * means one text for ever, unless it was retracted. */
static bc_status compare(struct publish *publish, const struct bc_publication *there,
                         struct bc_err *err)
{
    bc_arena *arena = bc_arena_new();
    struct bc_buf bytes = { 0 };
    struct bc_event event;
    bc_status rc = bc_log_get(publish->log, there->seq, &event, &bytes, arena, err);

    if (rc == BC_OK &&
        !bc_str_eq(event.value[BC_RULES_PUBLISHED_TEXT].text, bc_buf_str(&publish->text)))
        rc = bc_err_set(err, BC_E_CONFLICT,
                        "%s: version \"%s\" was published with another text, as event %" PRIu64
                        "; give these rules another version",
                        publish->path, publish->rules->version, there->seq);
    else if (rc == BC_OK && there->effective_us != publish->effective_us)
        rc = bc_err_set(err, BC_E_CONFLICT,
                        "%s: version \"%s\" was published to take effect at another time, as event "
                        "%" PRIu64 "; retract that, or give these rules another version",
                        publish->path, publish->rules->version, there->seq);
    else if (rc == BC_OK)
        rc = BC_DONE;
    publish->seq = there->seq;
    bc_buf_release(&bytes);
    bc_arena_free(arena);
    return rc;
}

static bc_status check_new(struct publish *publish, struct bc_err *err)
{
    struct bc_published published = { 0 };
    const struct bc_publication *there;
    bc_timelines *timelines = NULL;
    bc_status rc = bc_timelines_open(&timelines, publish->log, BC_FROM_CACHE, err);

    if (rc == BC_OK)
        rc = bc_timelines_check_facts(timelines, err);
    if (rc == BC_OK)
        rc = bc_published_read(&published, timelines, bc_log_head(publish->log)->size, err);
    if (rc == BC_OK) {
        there = bc_published_version(&published, bc_str_of(publish->rules->version));
        if (there)
            rc = compare(publish, there, err);
    }
    bc_published_release(&published);
    bc_timelines_free(timelines);
    return rc;
}

/* `rules:VERSION:HASH`; the number after it distinguishes rules that were retracted and published
 * again. */
static bc_status make_id(struct bc_buf *id, const struct publish *publish, struct bc_err *err)
{
    struct bc_hash hash = bc_hash_bytes(bc_buf_str(&publish->text));
    bc_status rc = BC_OK;
    size_t len;
    uint64_t seq;

    bc_buf_printf(id, "rules:%s:", publish->rules->version);
    for (size_t i = 0; i < 8; i++)
        bc_buf_printf(id, "%02x", (unsigned char)hash.at[i]);
    len = id->len;
    for (unsigned n = 2; rc == BC_OK; n++) {
        rc = bc_log_find(publish->log, bc_buf_str(id), &seq, err);
        if (rc == BC_OK) {
            id->len = len;
            bc_buf_printf(id, ":%u", n);
        }
    }
    return rc < 0 ? rc : BC_OK;
}

static bc_status append(struct publish *publish, const struct cmd_env *env, struct bc_err *err)
{
    struct bc_event event = { .has_occurred = true,
                              .occurred_us = cmd_now_us(env),
                              .source_system = BC_STR("manual"),
                              .body = BC_RULES_PUBLISHED };
    struct bc_buf id = { 0 };
    bc_append *append = NULL;
    bc_status rc = make_id(&id, publish, err);

    event.id = bc_buf_str(&id);
    event.value[BC_RULES_PUBLISHED_VERSION].text = bc_str_of(publish->rules->version);
    event.value[BC_RULES_PUBLISHED_EFFECTIVE_FROM].set = true;
    event.value[BC_RULES_PUBLISHED_EFFECTIVE_FROM].us = publish->effective_us;
    event.value[BC_RULES_PUBLISHED_TEXT].text = bc_buf_str(&publish->text);
    if (rc == BC_OK)
        rc = bc_append_open(&append, publish->log, cmd_now_us(env), err);
    if (rc == BC_OK)
        rc = bc_append_add(append, &event, 1, false, NULL, NULL, err);
    if (rc == BC_OK)
        rc = bc_append_commit(append, err);
    if (rc == BC_OK)
        rc = bc_log_find(publish->log, event.id, &publish->seq, err);
    publish->added = rc == BC_OK;
    bc_append_free(append);
    bc_buf_release(&id);
    return rc;
}

static void fill(struct row *row, const void *source, size_t i)
{
    const struct publish *publish = source;

    (void)i;
    row_word(row, "version", publish->rules->version);
    row_instant(row, "effectiveFrom", publish->effective_us);
    row_seq(row, "seq", publish->seq);
    row_bool(row, "added", publish->added);
}

static void print_publish(const struct cmd_env *env, const struct publish *publish)
{
    const struct times times = { .zone = publish->rules->zone,
                                 .own = env->times ? env->times->own : NULL };
    char effective[TIMES_LEN];

    if (publish->json) {
        print_json_of(env, fill, publish);
        return;
    }
    times_print_exact(effective, &times, publish->effective_us);
    fputs("rules ", env->out);
    text_put(env->out, bc_str_of(publish->rules->version));
    fprintf(env->out,
            publish->added ? " published as event %" PRIu64 ", in force from %s\n"
                           : " are there already, as event %" PRIu64 ", in force from %s\n",
            publish->seq, effective);
}

int cmd_rules_publish(const struct cmd_env *env, int argc, char **argv)
{
    struct publish publish = { 0 };
    const struct opt opts[] = {
        { NULL, "FILE", .text = &publish.path, .required = true, .help = "the rules, as YAML" },
        { "effective", "WHEN", .text = &publish.effective, .required = true,
          .help = "in force from then on; a day from its beginning, in the\nrules' own time zone" },
        OPT_LEDGER(&publish.dir),
        OPT_SHARED(&publish.shared),
        OPT_JSON(&publish.json),
        { 0 },
    };
    struct bc_err err = { 0 };
    bc_status rc = opt_parse(opts, cmd_page("backcast rules publish"), env, argc, argv, &err);

    if (rc == BC_OK)
        rc = rules_ref_file(&publish.rules, &publish.text, publish.path, &err);
    if (rc == BC_OK)
        rc = check_name(&publish, &err);
    if (rc == BC_OK)
        rc = read_effective(&publish, env, &err);
    if (rc == BC_OK)
        rc = open_to_append(&publish.log, env, publish.dir, publish.shared, &err);
    if (rc == BC_OK) {
        rc = check_new(&publish, &err);
        if (rc == BC_OK)
            rc = append(&publish, env, &err);
        if (rc >= 0)
            rc = open_catch_up(publish.log, &err);
        if (rc == BC_OK)
            print_publish(env, &publish);
    }
    bc_log_close(publish.log);
    bc_buf_release(&publish.text);
    bc_rules_free(publish.rules);
    return cmd_exit(env, rc, &err);
}
