/* tools/lib/append.c - events in their JSON form into the log, as `import jsonl` takes them. */
#include "ledger/base/umask.h"
#include "tools/ask/open.h"
#include "tools/ask/rules_ref.h"
#include "tools/cmd/import_run.h"
#include "tools/import/importer.h"
#include "tools/lib/handle.h"

#include <pthread.h>
#include <stdlib.h>

/* The umask is the process's, and a ledger's while it is written to: so one append at a time. */
static pthread_mutex_t appending = PTHREAD_MUTEX_INITIALIZER;

/* An event that was there, or came twice: its place is known once all are in the log. */
struct twice {
    size_t i;
    struct bc_str id;
};

struct places {
    uint64_t *seqs; /* by event; 0: not known yet */
    size_t n, cap;
    struct twice *twice;
    size_t twice_n, twice_cap;
    bc_arena *ids;
};

static void see(void *to, const struct bc_event *event, uint64_t seq)
{
    struct places *places = to;

    if (seq == 0) {
        BC_GROW(places->twice, places->twice_n, places->twice_cap);
        places->twice[places->twice_n++] =
            (struct twice){ places->n, bc_arena_copy(places->ids, event->id) };
    }
    BC_GROW(places->seqs, places->n, places->cap);
    places->seqs[places->n++] = seq;
}

static bc_status find_twice(struct places *places, bc_log *log, struct bc_err *err)
{
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < places->twice_n; i++)
        rc = bc_log_find(log, places->twice[i].id, &places->seqs[places->twice[i].i], err);
    return rc;
}

/* What is odd about what was appended, and no fault: to who reads remarks. */
static void remark(const struct cmd_env *env, const struct unknown_words *words)
{
    struct cmd_env said = *env;

    said.out = env->err;
    unknown_words_print(&said, words);
}

static bc_status append(struct import_sum *sum, struct places *places, struct importer *source,
                        const struct cmd_env *env, struct bc_err *err)
{
    struct unknown_words words = { 0 };
    const struct import_job job = { .source = source, .words = &words, .taken = see, .to = places };
    bc_rules *rules = NULL;
    bc_log *log = NULL;
    bc_status rc = open_to_append(&log, env, NULL, false, err);

    if (rc == BC_OK)
        rc = rules_ref_latest(&rules, log, err);
    words.rules = rules;
    if (rc == BC_OK)
        rc = import_run(sum, &job, log, env, err);
    if (rc == BC_OK)
        rc = find_twice(places, log, err);
    if (rc == BC_OK)
        rc = open_catch_up(log, err);
    if (rc == BC_OK)
        remark(env, &words);
    unknown_words_release(&words);
    bc_rules_free(rules);
    bc_log_close(log);
    return rc;
}

static void give(struct backcast_appended *out, backcast_ledger *ledger,
                 const struct import_sum *sum, struct places *places)
{
    ledger->seqs = places->seqs;
    places->seqs = NULL;
    *out = (struct backcast_appended){
        .added = sum->added, .duplicates = sum->duplicates, .n = places->n, .seqs = ledger->seqs
    };
}

enum backcast_status backcast_append(backcast_ledger *ledger, const char *lines, size_t len,
                                     struct backcast_appended *out)
{
    struct importer *source = importer_jsonl_text("events", (struct bc_str){ lines, len });
    struct places places = { .ids = bc_arena_new() };
    struct import_sum sum = { 0 };
    struct bc_err err = { 0 };
    struct call call;
    bc_status rc;

    call_begin(&call, ledger);
    call.env.only_asks = false;
    (void)pthread_mutex_lock(&appending);
    rc = ledger->dir ? append(&sum, &places, source, &call.env, &err)
                     : bc_err_set(&err, BC_E_USAGE, "the ledger was not opened");
    bc_umask_give_back();
    (void)pthread_mutex_unlock(&appending);
    if (rc == BC_OK && out)
        give(out, ledger, &sum, &places);
    importer_free(source);
    import_sum_release(&sum);
    free(places.seqs);
    free(places.twice);
    bc_arena_free(places.ids);
    return call_end_as(&call, rc, &err);
}
