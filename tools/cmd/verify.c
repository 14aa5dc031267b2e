/* tools/cmd/verify.c - was the ledger altered, and is what is computed from it right? */
#include "ledger/log/prove.h"
#include "projections/timelines/deal_proof.h"
#include "tools/ask/notes.h"
#include "tools/ask/open.h"
#include "tools/ask/verify_all.h"
#include "tools/cli/head_file.h"
#include "tools/cli/opt.h"
#include "tools/cli/text.h"
#include "tools/cmd/pages.h"
#include "tools/print/print_json.h"

#include <inttypes.h>

struct args {
    const char *dir, *against, *public_key, *threads_text;
    unsigned threads;
    bool json;
};

/* The result of comparing an earlier head with the log. */
struct verdict {
    struct head_file file;
    struct bc_buf words; /* sentences, a line each */
    bc_status rc;        /* BC_OK: it fits; BC_NO */
};

static bc_status parse(struct args *args, const struct cmd_env *env, int argc, char **argv,
                       struct bc_err *err)
{
    const struct opt opts[] = {
        OPT_LEDGER(&args->dir),
        { "against", "FILE", .text = &args->against,
          .help = "an earlier head, as `backcast head export` or `head sign` wrote it" },
        { "public-key", "PUBLIC_KEY", .text = &args->public_key,
          .help = "a public key or its file; the earlier head must be signed with it" },
        { "json", NULL, .flag = &args->json, .help = "print for programs" },
        OPT_THREADS(&args->threads_text),
        { 0 },
    };
    bc_status rc = opt_parse(opts, cmd_page("backcast verify"), env, argc, argv, err);

    if (rc == BC_OK)
        rc = opt_threads(&args->threads, env, args->threads_text, err);
    if (rc == BC_OK && args->public_key && !args->against)
        return bc_err_set(err, BC_E_USAGE, "--public-key goes with --against");
    return rc;
}

static void say_root_differs(struct verdict *verdict, const struct bc_head *then)
{
    char root[BC_HASH_TEXT_LEN], given[BC_HASH_TEXT_LEN];

    bc_hash_print(root, &then->root);
    bc_hash_print(given, &verdict->file.head.root);
    bc_buf_printf(&verdict->words,
                  "the earlier head does not fit: the first %" PRIu64
                  " events of this log have the root %s, in the head it is %s\n",
                  then->size, root, given);
}

/* The line of deals of a head that fits, where it has one. BC_NO adds a sentence. */
static bc_status compare_deals(struct verdict *verdict, bc_log *log, struct bc_err *err)
{
    const struct head_file *file = &verdict->file;
    struct bc_head deals;
    bc_status rc;

    if (!file->lines.has_deals)
        return BC_OK;
    rc = bc_deals_head(&deals, log, file->head.size, err);
    if (rc < 0 || bc_head_eq(&deals, &file->lines.deals))
        return rc;
    bc_buf_printf(&verdict->words, "its line of deals does not fit: these events make another\n");
    return BC_NO;
}

/* BC_NO adds a sentence. */
static bc_status compare(struct verdict *verdict, bc_log *log, struct bc_str origin,
                         struct bc_err *err)
{
    const struct bc_head *head = bc_log_head(log), *earlier = &verdict->file.head;
    struct bc_head then;
    bc_status rc;

    if (!bc_str_eq(origin, verdict->file.origin)) {
        bc_buf_printf(&verdict->words, "the earlier head is that of another ledger, ");
        text_escape(&verdict->words, verdict->file.origin);
        bc_buf_add_str(&verdict->words, BC_STR("; this is "));
        text_escape(&verdict->words, origin);
        bc_buf_add_byte(&verdict->words, '\n');
        return BC_NO;
    }
    if (earlier->size > head->size) {
        bc_buf_printf(&verdict->words,
                      "the earlier head does not fit: it has %" PRIu64
                      " event%s, this log has %" PRIu64 "\n",
                      earlier->size, earlier->size == 1 ? "" : "s", head->size);
        return BC_NO;
    }
    rc = bc_log_extends(log, earlier, err);
    if (rc == BC_NO) {
        bc_status at = bc_log_head_at(log, earlier->size, &then, err);

        if (at < 0)
            return at;
        say_root_differs(verdict, &then);
    } else if (rc == BC_OK) {
        bc_buf_printf(&verdict->words,
                      "the earlier head fits: the log begins with its %" PRIu64
                      " event%s, and has %" PRIu64 " more\n",
                      earlier->size, earlier->size == 1 ? "" : "s", head->size - earlier->size);
        rc = compare_deals(verdict, log, err);
    }
    return rc;
}

static bc_status judge(struct verdict *verdict, const struct args *args, const char *dir,
                       bc_log *log, struct bc_err *err)
{
    struct bc_note_key key = { 0 };
    struct bc_buf origin = { 0 };
    bc_status rc = BC_OK;

    if (args->public_key)
        rc = key_read_public(&key, args->public_key, err);
    if (rc == BC_OK)
        rc = bc_ledger_origin(&origin, dir, err);
    if (rc == BC_OK)
        rc = compare(verdict, log, bc_buf_str(&origin), err);
    if (rc >= 0) {
        bc_status by =
            head_signatures(&verdict->words, &verdict->file.note, args->public_key ? &key : NULL);

        bc_buf_add_byte(&verdict->words, '\n');
        if (args->public_key && key_is_of_other(&key, bc_buf_str(&origin))) {
            bc_buf_printf(&verdict->words, "the key is named for another ledger\n");
            by = BC_NO;
        }
        verdict->rc = rc == BC_OK && by == BC_OK ? BC_OK : BC_NO;
    }
    bc_buf_release(&origin);
    return rc < 0 ? rc : BC_OK;
}

/* What is printed. */
struct answer {
    const struct bc_head *head;
    const struct verdict *verdict; /* NULL: no earlier head was given */
    struct notes notes;
};

static void fill(struct row *row, const void *source, size_t i)
{
    const struct answer *answer = source;
    char root[BC_HASH_TEXT_LEN];

    (void)i;
    bc_hash_print(root, &answer->head->root);
    row_seq(row, "seq", answer->head->size);
    row_format(row, "root", "%s", root);
    if (answer->verdict) {
        row_head(row, "against", &answer->verdict->file.head);
        row_bool(row, "fits", answer->verdict->rc == BC_OK);
    }
    notes_cells(row, &answer->notes);
}

static void print(const struct cmd_env *env, const struct answer *answer, bool as_json)
{
    const struct bc_head *head = answer->head;
    char root[BC_HASH_TEXT_LEN];

    if (as_json) {
        print_json_of(env, fill, answer);
        return;
    }
    bc_hash_print(root, &head->root);
    fprintf(env->out, "no fault found: %" PRIu64 " events, root %s\n", head->size, root);
    if (answer->verdict)
        fwrite(answer->verdict->words.at, 1, answer->verdict->words.len, env->out);
    notes_print(env, &answer->notes);
}

int cmd_verify(const struct cmd_env *env, int argc, char **argv)
{
    struct verdict verdict = { 0 };
    struct answer answer = { 0 };
    struct args args = { 0 };
    struct bc_err err = { 0 };
    bc_log *log = NULL;
    bc_status rc = parse(&args, env, argc, argv, &err);

    if (rc == BC_OK)
        rc = open_dir(&args.dir, env, args.dir, &err);
    if (rc == BC_OK && args.against)
        rc = head_file_read(&verdict.file, args.against, &err);
    if (rc == BC_OK)
        rc = open_ledger(&log, env, args.dir, OPEN_READ_ALL, &err);
    if (rc == BC_OK)
        rc = verify_all(log, env, args.threads, &err);
    if (rc == BC_OK && args.against)
        rc = judge(&verdict, &args, args.dir, log, &err);
    if (rc == BC_OK) {
        notes_add_recorded(&answer.notes, log, env);
        answer.head = bc_log_head(log);
        answer.verdict = args.against ? &verdict : NULL;
        print(env, &answer, args.json);
    }
    bc_log_close(log);
    notes_release(&answer.notes);
    head_file_release(&verdict.file);
    bc_buf_release(&verdict.words);
    return cmd_exit(env, rc == BC_OK ? verdict.rc : rc, &err);
}
