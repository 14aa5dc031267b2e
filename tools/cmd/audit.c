/* tools/cmd/audit.c - findings over all deals. */
#include "tools/show/audit.h"

#include "ledger/base/spelling.h"
#include "tools/ask/basis.h"
#include "tools/cmd/audit_deals.h"
#include "tools/cmd/deal_owner.h"
#include "tools/cmd/pages.h"
#include "tools/print/print_csv.h"
#include "tools/print/walk.h"

enum { HELP_LINE = 72 }; /* bytes of a line of --kind's help */

struct args {
    struct typed typed;
    const char *as_of, *by_text, *actor, *source;
    struct opt_list kind_names;
    struct audit_deals deals;
    bool all, fail, json, csv;
    bc_finding_set kinds;
    enum audit_by by;
};

/* --- the question --- */

static bc_status read_kind(bc_finding_set *kinds, const char *name, struct bc_err *err)
{
    struct bc_spelling spelling = { .word = bc_str_of(name) };

    for (int kind = 0; kind < BC_FINDING_KIND_N; kind++) {
        const char *known = bc_finding_row((enum bc_finding_kind)kind)->word;

        if (strcmp(name, known) == 0) {
            *kinds |= BC_FINDING_BIT(kind);
            return BC_OK;
        }
        bc_spelling_try(&spelling, bc_str_of(known));
    }
    if (spelling.best.len)
        return bc_err_set(err, BC_E_USAGE, "no finding '%s'; did you mean '%.*s'?", name,
                          BC_STR_ARG(spelling.best));
    return bc_err_set(err, BC_E_USAGE, "no finding '%s'; `backcast audit --help` has them", name);
}

static bc_status check_text(const char *option, const char *text, struct bc_err *err)
{
    return text && text[0] == '\0' ? bc_err_set(err, BC_E_USAGE, "--%s is empty", option) : BC_OK;
}

static bc_status read_args(struct args *args, struct bc_err *err)
{
    bc_status rc = BC_OK;

    args->kinds = args->kind_names.n ? 0 : args->all ? bc_findings_all() : bc_findings_usual();
    for (size_t i = 0; rc == BC_OK && i < args->kind_names.n; i++)
        rc = read_kind(&args->kinds, args->kind_names.items[i], err);
    args->typed.learning =
        args->kinds & bc_findings_of_learning() || audit_deals_asked(&args->deals);
    if (rc < 0)
        return rc;
    if (args->deals.deal && args->deals.deal[0] == '\0')
        return bc_err_set(err, BC_E_USAGE, "--deal is empty, expected a deal's id");
    rc = check_text("actor", args->actor, err);
    if (rc == BC_OK)
        rc = check_text("source", args->source, err);
    if (rc < 0)
        return rc;
    if (args->json && args->csv)
        return bc_err_set(err, BC_E_USAGE, "--json and --csv are two answers; give one of them");
    if (!args->by_text)
        return BC_OK;
    if (strcmp(args->by_text, "actor") == 0)
        args->by = AUDIT_BY_ACTOR;
    else if (strcmp(args->by_text, "source") == 0)
        args->by = AUDIT_BY_SOURCE;
    else
        return bc_err_set(err, BC_E_USAGE, "--by '%s', expected actor or source", args->by_text);
    return BC_OK;
}

/* --- the command --- */

static void print(const struct cmd_env *env, const struct audit_shown *shown,
                  const struct args *args)
{
    if (args->json)
        audit_json(env, shown, args->by != AUDIT_BY_NOTHING || args->all);
    else
        (args->csv ? audit_csv : audit_print)(env, shown);
}

static bool is_of(struct bc_str who, const char *asked)
{
    return !asked || bc_str_eq(who, bc_str_of(asked));
}

/* Those of whom they come from, who was asked for. Returns how many are left out. */
static size_t keep_of(struct bc_audit *audit, const struct args *args)
{
    const size_t before = audit->n;

    audit->n = 0;
    for (size_t i = 0; i < before; i++)
        if (is_of(audit->findings[i].actor, args->actor) &&
            is_of(audit->findings[i].source, args->source))
            audit->findings[audit->n++] = audit->findings[i];
    return before - audit->n;
}

static bool wants_who(const struct cmd_env *env, const struct args *args)
{
    return args->csv || args->by != AUDIT_BY_NOTHING || args->actor || args->source ||
           (env->answers && env->answers->readers & ROW_FOR_PAGES);
}

/* BC_NO: there are findings. */
static bc_status answer(const struct cmd_env *env, struct basis *basis, const struct args *args,
                        struct bc_err *err)
{
    struct bc_audit *audit = NULL;
    size_t others = 0;
    bool any;
    bc_status rc;

    rc = bc_audit_make(&audit, basis->timelines, &basis->question, args->kinds,
                       wants_who(env, args), err);
    if (rc == BC_OK && audit_deals_asked(&args->deals))
        rc = audit_deals_keep(&others, audit, basis, &args->deals, err);
    if (rc == BC_OK && (args->actor || args->source))
        others += keep_of(audit, args);
    if (rc == BC_OK)
        print(env, &(struct audit_shown){ basis, audit, args->by, others }, args);
    any = audit && audit->n > 0;
    bc_audit_free(audit);
    return rc < 0 ? rc : any ? BC_NO : BC_OK;
}

/* Lists kinds in lines of the help. */
static void add_kinds(struct bc_buf *out, bool usual, const char *end)
{
    size_t line = out->len;
    const char *before = "";

    for (int kind = 0; kind < BC_FINDING_KIND_N; kind++) {
        const struct bc_finding_row *row = bc_finding_row((enum bc_finding_kind)kind);

        if (row->usual != usual)
            continue;
        bc_buf_printf(out, "%s", before);
        if (out->len - line + strlen(row->word) > HELP_LINE) {
            out->at[out->len - 1] = '\n';
            line = out->len;
        }
        bc_buf_printf(out, "%s", row->word);
        before = ", ";
    }
    bc_buf_printf(out, "%s", end);
}

static void make_kinds_help(struct bc_buf *out)
{
    bc_buf_printf(out, "only findings of this kind, also beside --all:\n");
    add_kinds(out, true, " (these by default);\n");
    add_kinds(out, false, "");
    bc_buf_add_byte(out, '\0');
}

int cmd_audit(const struct cmd_env *env, int argc, char **argv)
{
    struct args args = { 0 };
    struct bc_buf kinds_help = { 0 };
    make_kinds_help(&kinds_help);
    const struct opt opts[] = {
        { "as-of", "WHEN", .text = &args.as_of,
          .help = "look at what had happened by then (default: today)" },
        { "all", NULL, .flag = &args.all,
          .help = "also what is about the playbook's habits, and counts in JSON" },
        { "kind", "FINDING", .list = &args.kind_names, .help = kinds_help.at },
        { "deal", "DEAL", .text = &args.deals.deal, .help = "only findings about this deal" },
        { "owner", "OWNER", .text = &args.deals.owner,
          .help = DEAL_OWNER_HELP("only about deals") },
        { "stage", "STAGE,...", .text = &args.deals.stage,
          .help = "only about deals in this stage, or in one of these" },
        { "actor", "WHO", .text = &args.actor,
          .help = "only what comes from an event that this one did, an id" },
        { "source", "SYSTEM", .text = &args.source,
          .help = "only what comes from an event of this system" },
        { "by", "actor|source", .text = &args.by_text, .help = "count by actor, or by source" },
        QUESTION_OPTIONS(&args.typed),
        OPT_VERIFIED(&args.typed.verified),
        { "fail-on-findings", NULL, .flag = &args.fail, .help = "exit with 1 if there are any" },
        OPT_JSON(&args.json),
        { "csv", NULL, .flag = &args.csv, .help = "print for spreadsheets: " PRINT_CSV_HELP },
        { 0 },
    };
    struct basis basis = { 0 };
    struct bc_err err = { 0 };
    struct when when;
    bc_status rc = opt_parse(opts, cmd_page("backcast audit"), env, argc, argv, &err);

    if (rc == BC_OK)
        rc = read_args(&args, &err);
    if (rc == BC_OK)
        rc = basis_open(&basis, env, &args.typed, &err);
    if (rc == BC_OK)
        rc = basis_when(&when, &basis, env, args.as_of, &err);
    if (rc == BC_OK)
        basis_set_date(&basis, &when);
    if (rc == BC_OK)
        rc = answer(env, &basis, &args, &err);
    if (rc == BC_NO && !args.fail)
        rc = BC_OK;
    basis_close(&basis);
    opt_list_release(&args.kind_names);
    bc_buf_release(&kinds_help);
    return cmd_exit(env, rc, &err);
}
