/* tools/check/check.c - backcast-check: every record against a head, the head against a key or a
 * head that is trusted. */
#include "tools/check/check.h"

#include "tools/check/check_impl.h"
#include "tools/cli/opt.h"

struct args {
    const char *path, *public_key, *origin, *head;
    bool complete, json;
};

extern const struct page check_pages[]; /* check.scd, put in by the build */

static bc_status parse(struct args *args, const struct cmd_env *env, int argc, char **argv,
                       struct bc_err *err)
{
    const struct opt opts[] = {
        { NULL, "FILE", .text = &args->path, .required = true,
          .help = "the file, at most 256 MiB; - reads standard input" },
        { "public-key", "PUBLIC_KEY", .text = &args->public_key,
          .help = "a public key or its file; the head must be signed with it" },
        { "origin", "NAME", .text = &args->origin, .help = "the ledger that is meant" },
        { "head", "FILE", .text = &args->head,
          .help = "a head that you hold; it must be the file's, or the earlier one in it" },
        { "complete", NULL, .flag = &args->complete,
          .help = "end with 1 also where it is not shown that these are all of the deal's events" },
        { "json", NULL, .flag = &args->json,
          .help = "print for programs: a line a record with its verdict, then one for all" },
        { 0 },
    };

    return opt_parse(opts, &check_pages[0], env, argc, argv, err);
}

static bc_status read_evidence(struct check *check, struct bc_buf *text, const char *path,
                               struct bc_err *err)
{
    size_t line = 1;
    bc_status rc = file_read_whole(text, path, BC_EVIDENCE_MOST, err);

    if (rc < 0)
        return rc;
    rc = bc_evidence_parse(&check->evidence, &line, bc_buf_str(text), err);
    return rc < 0 ? bc_err_in(err, rc, "%s:%zu:1", path, line) : BC_OK;
}

/* Reads the trusted key and head, and then checks the file against them. */
static bc_status judge(struct check *check, const struct args *args, struct bc_err *err)
{
    struct bc_note_key key = { 0 };
    struct head_file held = { 0 };
    bc_status rc = args->public_key ? key_read_public(&key, args->public_key, err) : BC_OK;

    if (rc == BC_OK && args->head)
        rc = head_file_read(&held, args->head, err);
    if (rc == BC_OK) {
        check_heads(check, args->public_key ? &key : NULL, args->origin, args->head ? &held : NULL);
        check_records(check);
        check_lists(check);
        if (args->complete && !check->head.list_fits)
            check_fault(check, "it is not shown that these are all of the deal's events in the log "
                               "of this head");
    }
    head_file_release(&held);
    return rc;
}

int check_evidence(const struct cmd_env *env, int argc, char **argv)
{
    struct bc_buf text = { 0 };
    struct check check = { 0 };
    struct args args = { 0 };
    struct bc_err err = { 0 };
    bc_status rc = parse(&args, env, argc, argv, &err);

    if (rc == BC_OK)
        rc = read_evidence(&check, &text, args.path, &err);
    if (rc == BC_OK)
        rc = judge(&check, &args, &err);
    if (rc == BC_OK) {
        (args.json ? check_print_json : check_print)(env, &check);
        rc = check_passed(&check) ? BC_OK : BC_NO;
    }
    check_release(&check);
    bc_buf_release(&text);
    return cmd_exit(env, rc, &err);
}
