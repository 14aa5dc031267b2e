/* tools/cmd_audit.c - findings over all deals. */
#include "tools/ask.h"
#include "tools/finding_out.h"
#include "tools/table.h"

static void print_json(const struct cmd_env *env, const struct asked *asked,
                       const struct bc_audit *audit)
{
    struct json_out json = json_out_begin(env->out);

    json_out_object(&json, NULL);
    asked_json(&json, asked, asked->question.as_of_us[0]);
    json_out_array(&json, "findings");
    for (size_t i = 0; i < audit->n; i++)
        finding_json(&json, &audit->findings[i]);
    json_out_array_end(&json);
    json_out_object_end(&json);
    json_out_line(&json);
    json_out_release(&json);
}

static void print_counts(const struct cmd_env *env, const struct bc_audit *audit)
{
    static const struct table_column columns[] = { { .name = "FINDING" },
                                                   { .name = "TIMES", .right = true } };
    struct table *table = table_new(columns, 2);
    size_t counts[BC_FINDING_KIND_N] = { 0 };

    for (size_t i = 0; i < audit->n; i++)
        counts[audit->findings[i].kind]++;
    for (int kind = 0; kind < BC_FINDING_KIND_N; kind++) {
        if (!counts[kind])
            continue;
        table_row(table);
        table_text(table, 0, bc_str_of(bc_finding_name((enum bc_finding_kind)kind)));
        table_format(table, 1, "%zu", counts[kind]);
    }
    table_print(env, table);
    table_free(table);
}

static void print_text(const struct cmd_env *env, const struct asked *asked,
                       const struct bc_audit *audit)
{
    static const struct table_column columns[] = { { .name = "DEAL" },
                                                   { .name = "AT (UTC)" },
                                                   { .name = "FOUND" },
                                                   { .name = "EVENT", .cut = true } };
    struct table *table = table_new(columns, 4);
    struct bc_buf text = { 0 };
    char time[BC_INSTANT_LEN];

    for (size_t i = 0; i < audit->n; i++) {
        const struct bc_finding *finding = &audit->findings[i];

        table_row(table);
        if (finding->deal.len)
            table_text(table, 0, finding->deal);
        else
            table_null(table, 0);
        if (finding->event.len) {
            bc_instant_print(time, finding->at_us);
            table_format(table, 1, "%.10s %.8s", time, time + 11);
            table_text(table, 3, finding->event);
        }
        text.len = 0;
        finding_text_add(&text, finding);
        table_text(table, 2, bc_buf_str(&text));
    }
    table_print(env, table);
    if (audit->n)
        fputc('\n', env->out);
    else
        fputs("no findings\n", env->out);
    print_counts(env, audit);
    asked_print(env, asked, asked->question.as_of_us);
    table_free(table);
    bc_buf_release(&text);
}

/* BC_NO: there are findings. */
static bc_status answer(const struct cmd_env *env, struct asked *asked, int64_t as_of_us,
                        bool as_json, struct bc_err *err)
{
    struct bc_audit *audit = NULL;
    bool any;
    bc_status rc;

    asked->question.as_of_us = &as_of_us;
    asked->question.date_n = 1;
    rc = bc_audit_make(&audit, asked->timelines, &asked->question, err);
    if (rc < 0)
        return rc;
    if (as_json)
        print_json(env, asked, audit);
    else
        print_text(env, asked, audit);
    any = audit->n > 0;
    bc_audit_free(audit);
    return any ? BC_NO : BC_OK;
}

int cmd_audit(const struct cmd_env *env, int argc, char **argv)
{
    static const char *const examples[] = { "backcast audit --as-of 2025-03-31",
                                            "backcast audit --fail-on-findings --json", NULL };
    static const struct opt_page page = { "backcast audit",
                                          "Prints what the rules find odd about the deals as of a "
                                          "date. A finding never changes a figure.",
                                          examples };
    const char *as_of = NULL;
    struct ask ask = { 0 };
    bool json = false, fail = false;
    const struct opt opts[] = {
        { "as-of", "WHEN", .text = &as_of,
          .help = "look at what had happened by then (default: today)" },
        ASK_OPTIONS(&ask),
        { "fail-on-findings", NULL, .flag = &fail, .help = "exit with 1 if there are any" },
        { "json", NULL, .flag = &json, .help = "print for programs" },
        { 0 },
    };
    struct asked asked = { 0 };
    struct bc_err err = { 0 };
    struct when when;
    bc_status rc = opt_parse(opts, &page, env, argc, argv, &err);

    if (rc == BC_OK)
        rc = asked_open(&asked, env, &ask, &err);
    if (rc == BC_OK)
        rc = asked_when(&when, &asked, env, as_of, &err);
    if (rc == BC_OK)
        rc = answer(env, &asked, when_instant(&when, asked.rules->zone), json, &err);
    if (rc == BC_NO && !fail)
        rc = BC_OK;
    asked_close(&asked);
    return cmd_exit(env, rc, &err);
}
