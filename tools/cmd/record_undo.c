/* tools/cmd/record_undo.c - takes back the event by hand that stands last. */
#include "tools/ask/ledger_times.h"
#include "tools/ask/open.h"
#include "tools/byhand/dialogue.h"
#include "tools/byhand/record_append.h"
#include "tools/cli/opt.h"
#include "tools/cli/text.h"
#include "tools/cli/times.h"
#include "tools/cmd/pages.h"
#include "tools/cmd/record.h"
#include "tools/json/event_text.h"
#include "tools/print/print_json.h"

#include <inttypes.h>
#include <stdlib.h>

struct undo {
    const char *dir, *actor, *reason;
    bool shared, yes, json;
    bc_arena *arena; /* of the event */
    struct bc_buf bytes;
    struct bc_event event;
};

/* --- which one --- */

/* Downwards, so that whatever takes an event back was seen before the event itself. */
struct search {
    bc_log *log;
    unsigned char *taken_back; /* a bit an event */
};

static bool is_taken_back(const struct search *search, uint64_t seq)
{
    return search->taken_back[seq / 8] >> seq % 8 & 1;
}

static bc_status see_retraction(struct search *search, uint64_t seq, struct bc_err *err)
{
    uint64_t target, root;
    bc_status rc;

    if (is_taken_back(search, seq))
        return BC_OK;
    rc = bc_log_retraction(search->log, seq, &target, &root, err);
    if (rc == BC_OK)
        search->taken_back[target / 8] |= (unsigned char)(1 << target % 8);
    return rc < 0 ? rc : BC_OK;
}

/* Rules and reports are published and issued: they are no slip of the hand. */
static bool is_by_hand(const struct undo *undo, const struct bc_event *event)
{
    return bc_str_eq(event->source_system, BC_STR("manual")) &&
           bc_str_eq(event->actor, bc_str_of(undo->actor)) && event->body != BC_RULES_PUBLISHED &&
           event->body != BC_REPORT_ISSUED;
}

/* Finds the last one that stands; BC_DONE: there is none. */
static bc_status find(struct undo *undo, bc_log *log, struct bc_err *err)
{
    uint64_t seq = bc_log_head(log)->size;
    struct search search = { log, bc_calloc(seq / 8 + 1, 1) };
    bool found = false;
    bc_status rc = BC_OK;

    for (; rc == BC_OK && !found && seq > 0; seq--) {
        bc_arena_reset(undo->arena);
        rc = bc_log_get(log, seq, &undo->event, &undo->bytes, undo->arena, err);
        if (rc == BC_OK && undo->event.body == BC_RETRACTED)
            rc = see_retraction(&search, seq, err);
        else if (rc == BC_OK)
            found = is_by_hand(undo, &undo->event) && !is_taken_back(&search, seq);
    }
    free(search.taken_back);
    return rc < 0 ? rc : found ? BC_OK : BC_DONE;
}

/* --- what is said --- */

static void show(const struct cmd_env *env, const struct bc_event *event, bc_log *log)
{
    struct ledger_times times;
    struct bc_buf text = { 0 };
    char when[TIMES_LEN];

    ledger_times_open(&times, env, log);
    times_print_short(when, env->times, event->occurred_us);
    fprintf(env->out, "event %" PRIu64 ", id ", event->seq);
    text_put(env->out, event->id);
    fprintf(env->out, ", of %s", when);
    fputs(event->deal.len ? ", deal " : "", env->out);
    text_put(env->out, event->deal);
    event_text_add(&text, event, env->times, env->names);
    fputs(": ", env->out);
    text_put(env->out, bc_buf_str(&text));
    fputc('\n', env->out);
    bc_buf_release(&text);
    ledger_times_close(&times);
}

static bc_status say_none(const struct cmd_env *env, const struct undo *undo)
{
    fputs("backcast: no event by hand ", env->err);
    fputs(undo->actor ? "of " : "without an actor", env->err);
    text_put(env->err, bc_str_of(undo->actor));
    fputs(" stands\n", env->err);
    return BC_NO;
}

/* Before the ledger is held: an answer may take long. */
static bc_status ask(const struct cmd_env *env, struct undo *undo, struct bc_err *err)
{
    bc_arena *arena = bc_arena_new();
    struct dialogue dialogue = { 0 };
    bc_log *log = NULL;
    bc_status rc = open_ledger(&log, env, undo->dir, OPEN_READ, err);

    if (rc == BC_OK)
        rc = find(undo, log, err);
    if (rc == BC_OK)
        show(env, &undo->event, log);
    bc_log_close(log);
    if (rc == BC_OK) {
        rc = dialogue_open(&dialogue, env, arena, err);
        if (rc == BC_OK)
            rc = dialogue_confirm(&dialogue, "take it back? (yes or no)", err);
        dialogue_close(&dialogue);
        if (rc == BC_NO)
            fputs("backcast: nothing was taken back\n", env->err);
    }
    bc_arena_free(arena);
    return rc;
}

/* --- the command --- */

struct undone {
    struct bc_str event;
    struct bc_str id;
    uint64_t seq;
};

static void fill(struct row *row, const void *source, size_t i)
{
    const struct undone *undone = source;

    (void)i;
    row_text(row, "event", undone->event);
    row_text(row, "id", undone->id);
    row_seq(row, "seq", undone->seq);
}

static bc_status retract(const struct cmd_env *env, const struct undo *undo, bc_log *log,
                         struct bc_err *err)
{
    struct bc_event event = { .has_occurred = true,
                              .occurred_us = cmd_now_us(env),
                              .deal = undo->event.deal,
                              .actor = undo->event.actor,
                              .source_system = BC_STR("manual"),
                              .body = BC_RETRACTED };
    struct record_taken taken = { 0 };
    struct bc_where where;
    char id[RECORD_ID_LEN];
    size_t bad;
    bc_status rc = record_new_id(id, err);

    event.id = bc_str_of(id);
    event.value[BC_RETRACTED_EVENT].text = undo->event.id;
    event.value[bc_field_of(BC_RETRACTED, BC_STR("reason"))].text = bc_str_of(undo->reason);
    if (rc == BC_OK)
        rc = record_append(&taken, log, &event, 1, cmd_now_us(env), &bad, &where, err);
    if (rc == BC_OK)
        rc = open_catch_up(log, err);
    if (rc < 0)
        return rc;
    if (undo->json)
        print_json_of(env, fill, &(struct undone){ undo->event.id, event.id, taken.seq });
    else
        fprintf(env->out, "taken back by event %" PRIu64 ", id %s\n", taken.seq, id);
    return BC_OK;
}

/* `confirmed`: the seq that was confirmed, or 0 where nothing was asked. */
static bc_status take_back(const struct cmd_env *env, struct undo *undo, uint64_t confirmed,
                           struct bc_err *err)
{
    bc_log *log = NULL;
    bc_status rc = open_to_append(&log, env, undo->dir, undo->shared, err);

    if (rc == BC_OK)
        rc = find(undo, log, err);
    if (rc == BC_OK && !confirmed && !undo->json)
        show(env, &undo->event, log);
    if (rc == BC_OK && confirmed && confirmed != undo->event.seq)
        rc = bc_err_set(err, BC_E_BUSY,
                        "meanwhile the ledger took more: event %" PRIu64
                        " is the last one now; nothing was taken back",
                        undo->event.seq);
    if (rc == BC_OK)
        rc = retract(env, undo, log, err);
    bc_log_close(log);
    return rc;
}

static bc_status parse(struct undo *undo, const struct cmd_env *env, int argc, char **argv,
                       struct bc_err *err)
{
    const struct opt opts[] = {
        { "actor", "WHO", .text = &undo->actor,
          .help = "of the events that WHO recorded (default: of those without --actor)" },
        { "reason", "TEXT", .text = &undo->reason, .help = "why" },
        { "yes", NULL, .flag = &undo->yes, .help = "do not ask" },
        OPT_LEDGER(&undo->dir),
        OPT_SHARED(&undo->shared),
        OPT_JSON(&undo->json),
        { 0 },
    };
    bc_status rc = opt_parse(opts, cmd_page("backcast record undo"), env, argc, argv, err);

    if (rc == BC_OK && undo->json && !undo->yes)
        return bc_err_set(err, BC_E_USAGE, "--json asks nothing; --yes must be said with it");
    return rc;
}

int record_undo(const struct cmd_env *env, int argc, char **argv)
{
    struct undo undo = { .arena = bc_arena_new() };
    struct bc_err err = { 0 };
    bc_status rc = parse(&undo, env, argc, argv, &err);

    if (rc == BC_OK && !undo.yes)
        rc = ask(env, &undo, &err);
    else if (rc == BC_DONE) /* the help */
        goto done;
    if (rc == BC_OK)
        rc = take_back(env, &undo, undo.yes ? 0 : undo.event.seq, &err);
    if (rc == BC_DONE)
        rc = say_none(env, &undo);
done:
    bc_buf_release(&undo.bytes);
    bc_arena_free(undo.arena);
    return cmd_exit(env, rc, &err);
}
