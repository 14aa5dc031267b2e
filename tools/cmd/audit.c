/* tools/cmd/audit.c - findings over all deals. */
#include "ledger/base/spelling.h"
#include "tools/ask/ask.h"
#include "tools/cmd/pages.h"
#include "tools/print/csv_out.h"
#include "tools/show/audit_counts.h"
#include "tools/show/finding_out.h"

enum { HELP_LINE = 72 }; /* bytes of a line of --kind's help */

struct args {
    struct ask ask;
    const char *as_of, *by_text;
    struct opt_list kind_names;
    bool all, fail, json, csv;
    bc_finding_set kinds;
    enum audit_by by;
};

/* --- what is asked for --- */

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

static bc_status read_args(struct args *args, struct bc_err *err)
{
    bc_status rc = BC_OK;

    args->kinds = args->all ? bc_findings_all() : args->kind_names.n ? 0 : bc_findings_usual();
    for (size_t i = 0; rc == BC_OK && i < args->kind_names.n; i++)
        rc = read_kind(&args->kinds, args->kind_names.items[i], err);
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

/* --- printing --- */

static void print_json(const struct cmd_env *env, const struct asked *asked,
                       const struct bc_audit *audit, const struct args *args)
{
    struct json_out json = json_out_begin(env->out);

    json_out_object(&json, NULL);
    asked_json(&json, asked, asked->question.as_of_us[0]);
    json_out_array(&json, "findings");
    for (size_t i = 0; i < audit->n; i++)
        finding_json(&json, &audit->findings[i]);
    json_out_array_end(&json);
    if (args->by != AUDIT_BY_NOTHING || args->all) {
        struct audit_counts counts;

        audit_counts_make(&counts, audit, args->by);
        audit_counts_json(&json, &counts);
        audit_counts_release(&counts);
    }
    notes_json(&json, &asked->notes);
    json_out_object_end(&json);
    json_out_line(&json);
    json_out_release(&json);
}

static void print_csv(const struct cmd_env *env, const struct bc_audit *audit)
{
    char time[BC_INSTANT_LEN];
    struct bc_buf text = { 0 };

    fputs("deal,finding,at,event,actor,source,found\n", env->out);
    for (size_t i = 0; i < audit->n; i++) {
        const struct bc_finding *finding = &audit->findings[i];

        csv_out_text(env->out, finding->deal);
        fprintf(env->out, ",%s,", bc_finding_row(finding->kind)->word);
        if (finding->event.len) {
            bc_instant_print(time, finding->at_us);
            fputs(time, env->out);
        }
        fputc(',', env->out);
        csv_out_text(env->out, finding->event);
        fputc(',', env->out);
        csv_out_text(env->out, finding->actor);
        fputc(',', env->out);
        csv_out_text(env->out, finding->source);
        fputc(',', env->out);
        text.len = 0;
        finding_text_add(&text, finding);
        csv_out_text(env->out, bc_buf_str(&text));
        fputc('\n', env->out);
    }
    bc_buf_release(&text);
}

static void print_findings(const struct cmd_env *env, const struct bc_audit *audit)
{
    static const struct table_column columns[] = { { .name = "DEAL" },
                                                   { .name = "AT (UTC)" },
                                                   { .name = "FOUND" },
                                                   { .name = "EVENT", .cut = true } };
    struct table *table = table_new(columns, 4);
    struct bc_buf text = { 0 };

    for (size_t i = 0; i < audit->n; i++) {
        const struct bc_finding *finding = &audit->findings[i];

        table_row(table);
        if (finding->deal.len)
            table_text(table, 0, finding->deal);
        else
            table_null(table, 0);
        if (finding->event.len) {
            table_time(table, 1, finding->at_us);
            table_text(table, 3, finding->event);
        }
        text.len = 0;
        finding_text_add(&text, finding);
        table_text(table, 2, bc_buf_str(&text));
    }
    table_print(env, table);
    table_free(table);
    bc_buf_release(&text);
}

static void print_text(const struct cmd_env *env, const struct asked *asked,
                       const struct bc_audit *audit, enum audit_by by)
{
    struct audit_counts counts;

    audit_counts_make(&counts, audit, by);
    if (audit->n == 0)
        fputs("no findings\n", env->out);
    if (by == AUDIT_BY_NOTHING && audit->n) {
        print_findings(env, audit);
        fputc('\n', env->out);
    }
    audit_counts_print(env, &counts);
    asked_print(env, asked, asked->question.as_of_us);
    audit_counts_release(&counts);
}

static void print(const struct cmd_env *env, const struct asked *asked,
                  const struct bc_audit *audit, const struct args *args)
{
    struct audit_counts counts;

    if (args->json) {
        print_json(env, asked, audit, args);
    } else if (!args->csv) {
        print_text(env, asked, audit, args->by);
    } else if (args->by == AUDIT_BY_NOTHING) {
        print_csv(env, audit);
    } else {
        audit_counts_make(&counts, audit, args->by);
        audit_counts_csv(env, &counts);
        audit_counts_release(&counts);
    }
}

/* BC_NO: there are findings. */
static bc_status answer(const struct cmd_env *env, struct asked *asked, int64_t as_of_us,
                        const struct args *args, struct bc_err *err)
{
    struct bc_audit *audit = NULL;
    bool any;
    bc_status rc;

    asked->question.as_of_us = &as_of_us;
    asked->question.date_n = 1;
    rc = bc_audit_make(&audit, asked->timelines, &asked->question, args->kinds,
                       args->csv || args->by != AUDIT_BY_NOTHING, err);
    if (rc < 0)
        return rc;
    print(env, asked, audit, args);
    any = audit->n > 0;
    bc_audit_free(audit);
    return any ? BC_NO : BC_OK;
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
    bc_buf_printf(out, "only findings of this kind; may be repeated:\n");
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
        { "kind", "KIND", .list = &args.kind_names, .help = kinds_help.at },
        { "by", "WHOM", .text = &args.by_text, .help = "count by actor, or by source" },
        ASK_OPTIONS(&args.ask),
        OPT_VERIFIED(&args.ask.verified),
        { "fail-on-findings", NULL, .flag = &args.fail, .help = "exit with 1 if there are any" },
        { "json", NULL, .flag = &args.json, .help = "print for programs" },
        { "csv", NULL, .flag = &args.csv, .help = "print for spreadsheets: " CSV_OUT_HELP },
        { 0 },
    };
    struct asked asked = { 0 };
    struct bc_err err = { 0 };
    struct when when;
    bc_status rc = opt_parse(opts, cmd_page("backcast audit"), env, argc, argv, &err);

    if (rc == BC_OK)
        rc = read_args(&args, &err);
    if (rc == BC_OK)
        rc = asked_open(&asked, env, &args.ask, &err);
    if (rc == BC_OK)
        rc = asked_when(&when, &asked, env, args.as_of, &err);
    if (rc == BC_OK)
        rc = answer(env, &asked, when_instant(&when, asked.rules->zone), &args, &err);
    if (rc == BC_NO && !args.fail)
        rc = BC_OK;
    asked_close(&asked);
    opt_list_release(&args.kind_names);
    bc_buf_release(&kinds_help);
    return cmd_exit(env, rc, &err);
}
