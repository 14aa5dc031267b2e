/* tools/cmd/evidence.c - a deal's records, the proofs that they are in the log and that they
 * are all, in one file. */
#include "ledger/record/evidence.h"

#include "ledger/log/prove.h"
#include "projections/timelines/deal_proof.h"
#include "tools/ask/open.h"
#include "tools/ask/verify_all.h"
#include "tools/cli/head_file.h"
#include "tools/cli/opt.h"
#include "tools/cli/outfile.h"
#include "tools/cmd/pages.h"
#include "tools/cmd/signing.h"

#include <inttypes.h>
#include <stdlib.h>

struct args {
    const char *dir, *deal, *output, *head, *since, *key;
    bool first;
};

struct evidence {
    const char *dir;
    bc_log *log;
    bc_timelines *timelines;
    struct bc_buf origin;
    struct bc_head head;           /* the one that the proofs are about */
    struct bc_head_lines lines;    /* the lines that extend it */
    struct head_file given, since; /* those given, if any */
    struct signing signing;
    struct bc_buf text;
    uint64_t *seqs;
    size_t n, later; /* of the deal's records: under the head, and after it */
};

static bc_status parse(struct args *args, const struct cmd_env *env, int argc, char **argv,
                       struct bc_err *err)
{
    const struct opt opts[] = {
        { NULL, "DEAL", .text = &args->deal, .required = true, .help = "the deal's id" },
        OPT_OUTPUT(&args->output),
        { "key", "FILE", .text = &args->key, .writes = true,
          .help = "sign the head with this private key" },
        OPT_FIRST(&args->first),
        { "head", "FILE", .text = &args->head,
          .help = "prove that they are in this earlier head, with its signatures" },
        { "since", "FILE", .text = &args->since,
          .help = "also prove that the log begins with the events of this earlier head" },
        OPT_LEDGER(&args->dir),
        { 0 },
    };
    bc_status rc = opt_parse(opts, cmd_page("backcast evidence"), env, argc, argv, err);

    if (rc == BC_OK && args->first && !args->key)
        return bc_err_set(err, BC_E_USAGE, "--first goes with --key");
    if (rc == BC_OK && args->head && args->key)
        return bc_err_set(err, BC_E_USAGE,
                          "--head and --key do not go together: the earlier head has its own "
                          "signatures, or none");
    return rc;
}

/* An earlier head must be of this ledger, or nothing can be proved with it. */
static bc_status read_earlier(struct evidence *evidence, struct head_file *out, const char *path,
                              struct bc_err *err)
{
    bc_status rc = head_file_read(out, path, err);

    if (rc < 0)
        return rc;
    if (!bc_str_eq(out->origin, bc_buf_str(&evidence->origin)))
        return bc_err_set(err, BC_E_INPUT, "%s is the head of another ledger", path);
    rc = bc_log_extends(evidence->log, &out->head, err);
    if (rc == BC_NO)
        return bc_err_set(err, BC_E_INPUT,
                          "this log never had the head in %s; `backcast verify --against %s` "
                          "says more",
                          path, path);
    return rc;
}

static bc_status open_log(struct evidence *evidence, const struct args *args,
                          const struct cmd_env *env, struct bc_err *err)
{
    bc_status rc =
        args->key ? signing_open(&evidence->signing, args->key, args->first, err) : BC_OK;

    if (rc == BC_OK)
        rc = open_dir(&evidence->dir, env, args->dir, err);
    if (rc == BC_OK && args->key)
        rc = signing_hold(&evidence->signing, evidence->dir, err);
    if (rc == BC_OK)
        rc = open_ledger(&evidence->log, env, evidence->dir, args->key ? OPEN_READ_ALL : OPEN_READ,
                         err);
    if (rc == BC_OK)
        rc = bc_ledger_origin(&evidence->origin, evidence->dir, err);
    if (rc == BC_OK && args->key)
        rc = verify_all(evidence->log, env, 0, err);
    if (rc == BC_OK)
        rc = open_timelines(&evidence->timelines, env, evidence->log, err);
    if (rc == BC_OK && !args->key)
        rc = bc_timelines_check_seqs(evidence->timelines, err);
    return rc;
}

static bc_status read_heads(struct evidence *evidence, const struct args *args, struct bc_err *err)
{
    bc_status rc = BC_OK;

    if (args->head)
        rc = read_earlier(evidence, &evidence->given, args->head, err);
    if (rc == BC_OK) {
        evidence->head = args->head ? evidence->given.head : *bc_log_head(evidence->log);
        evidence->lines = evidence->given.lines;
    }
    if (rc == BC_OK && args->since)
        rc = read_earlier(evidence, &evidence->since, args->since, err);
    if (rc == BC_OK && args->since && evidence->since.head.size > evidence->head.size)
        rc = bc_err_set(err, BC_E_USAGE, "the head of --since is later than that of --head");
    return rc;
}

static bc_status find_records(struct evidence *evidence, const char *deal, struct bc_err *err)
{
    size_t n = 0;
    bc_status rc =
        bc_deal_proof_list(evidence->timelines, bc_str_of(deal), &evidence->seqs, &n, err);

    if (rc < 0)
        return rc;
    while (evidence->n < n && evidence->seqs[evidence->n] <= evidence->head.size)
        evidence->n++;
    evidence->later = n - evidence->n;
    if (evidence->n == 0)
        return bc_err_set(err, BC_E_USAGE, "the %s has no event about the deal '%s'",
                          n > 0 ? "earlier head" : "ledger", deal);
    return BC_OK;
}

static bc_status add_records(struct evidence *evidence, struct bc_err *err)
{
    bc_arena *arena = bc_arena_new();
    struct bc_buf bytes = { 0 };
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < evidence->n; i++) {
        uint64_t seq = evidence->seqs[i];
        struct bc_event event;
        struct bc_proof proof;

        bc_arena_reset(arena);
        rc = bc_log_get(evidence->log, seq, &event, &bytes, arena, err);
        if (rc == BC_OK)
            rc = bc_log_prove_record(evidence->log, seq, evidence->head.size, &proof, err);
        if (rc == BC_OK && !bc_proof_holds_record(&proof, seq, bc_buf_str(&bytes), &evidence->head))
            rc = bc_err_damaged(err, "event %" PRIu64 " does not fit the hash tree", seq);
        if (rc == BC_OK)
            bc_evidence_record(&evidence->text, seq, bc_buf_str(&bytes), &proof);
    }
    bc_buf_release(&bytes);
    bc_arena_free(arena);
    return rc;
}

/* The deal's list under a head; if that has a line of deals, the list is checked against it. */
static bc_status prove_list(struct evidence *evidence, const char *deal, const struct bc_head *head,
                            const struct bc_head_lines *lines, struct bc_deal_proof *out,
                            struct bc_err *err)
{
    bc_status rc = bc_deal_proof_make(out, evidence->timelines, head->size, bc_str_of(deal), err);

    if (rc == BC_OK && lines->has_deals && !bc_head_eq(&out->deals, &lines->deals))
        rc = bc_err_set(
            err, BC_E_DAMAGED,
            "the ledger's lists of events do not match the line of deals in the head of %" PRIu64
            " events; `backcast verify` says which of them is right",
            head->size);
    return rc;
}

static bc_status add_list(struct evidence *evidence, const struct args *args, struct bc_err *err)
{
    struct bc_deal_proof list;
    bc_status rc;

    if (args->head && !evidence->lines.has_deals)
        return BC_OK;
    rc = prove_list(evidence, args->deal, &evidence->head, &evidence->lines, &list, err);
    if (rc < 0)
        return rc;
    evidence->lines.has_deals = true;
    evidence->lines.deals = list.deals;
    if (list.has_deal)
        bc_evidence_list(&evidence->text, list.index, &list.proof);
    return BC_OK;
}

static bc_status add_since(struct evidence *evidence, const struct args *args, struct bc_err *err)
{
    const struct head_file *since = &evidence->since;
    struct bc_deal_proof list = { 0 };
    struct bc_proof proof;
    bc_status rc =
        bc_log_prove_prefix(evidence->log, since->head.size, evidence->head.size, &proof, err);

    if (rc == BC_OK && !bc_proof_holds_prefix(&proof, &since->head, &evidence->head))
        rc = bc_err_damaged(err, "its hash tree does not fit");
    if (rc == BC_OK && since->lines.has_deals)
        rc = prove_list(evidence, args->deal, &since->head, &since->lines, &list, err);
    if (rc < 0)
        return rc;
    bc_evidence_since(&evidence->text, bc_buf_str(&evidence->origin), &since->head, &proof);
    if (list.has_deal)
        bc_evidence_since_list(&evidence->text, list.index, &list.proof);
    return BC_OK;
}

static bc_status add_head(struct evidence *evidence, const struct args *args,
                          const struct cmd_env *env, struct bc_err *err)
{
    struct bc_buf text = { 0 };
    bc_status rc = BC_OK;

    if (args->head) {
        bc_buf_add_str(&text, bc_buf_str(&evidence->given.bytes));
    } else if (args->key) {
        evidence->lines.has_signed = true;
        evidence->lines.signed_us = cmd_now_us(env);
        rc = signing_sign(&evidence->signing, &text, env, evidence->log, evidence->dir,
                          &evidence->lines, err);
    } else {
        bc_head_text(&text, bc_buf_str(&evidence->origin), &evidence->head);
        bc_head_lines_add(&text, &evidence->lines);
    }
    if (rc == BC_OK)
        bc_evidence_head(&evidence->text, bc_buf_str(&text));
    bc_buf_release(&text);
    return rc;
}

static bc_status make(struct evidence *evidence, const struct args *args, const struct cmd_env *env,
                      struct bc_err *err)
{
    bc_status rc = find_records(evidence, args->deal, err);

    if (rc == BC_OK) {
        bc_evidence_begin(&evidence->text, bc_str_of(args->deal), evidence->n);
        rc = add_records(evidence, err);
    }
    if (rc == BC_OK)
        rc = add_list(evidence, args, err);
    if (rc == BC_OK && args->since)
        rc = add_since(evidence, args, err);
    return rc == BC_OK ? add_head(evidence, args, env, err) : rc;
}

/* Prints what the file rests on, and what it does not contain or show. */
static void say_limits(const struct cmd_env *env, const struct args *args,
                       const struct evidence *evidence)
{
    if (evidence->later)
        fprintf(env->err,
                "backcast: left out what was appended after the earlier head: %zu of the deal's "
                "records\n",
                evidence->later);
    if (args->key)
        fputs(verify_all_said, env->err);
    if (!evidence->lines.has_deals)
        fputs("backcast: the earlier head has no line of deals: the file shows that the records "
              "are in the log, not that they are all\n",
              env->err);
}

int cmd_evidence(const struct cmd_env *env, int argc, char **argv)
{
    struct evidence evidence = { .signing = SIGNING_NONE };
    struct args args = { 0 };
    struct bc_err err = { 0 };
    bc_status rc = parse(&args, env, argc, argv, &err);

    if (rc == BC_OK)
        rc = open_log(&evidence, &args, env, &err);
    if (rc == BC_OK)
        rc = read_heads(&evidence, &args, &err);
    if (rc == BC_OK)
        rc = make(&evidence, &args, env, &err);
    if (rc == BC_OK)
        rc = outfile_write(env, args.output, bc_buf_str(&evidence.text), &err);
    if (rc == BC_OK)
        say_limits(env, &args, &evidence);
    bc_timelines_free(evidence.timelines);
    bc_log_close(evidence.log);
    head_file_release(&evidence.given);
    head_file_release(&evidence.since);
    signing_close(&evidence.signing);
    bc_buf_release(&evidence.origin);
    bc_buf_release(&evidence.text);
    free(evidence.seqs);
    return cmd_exit(env, rc, &err);
}
