/* tools/cmd/rules_check.c - what is wrong with a file of rules, and what is odd in it. */
#include "projections/rules/rules_check.h"

#include "tools/ask/rules_ref.h"
#include "tools/cli/opt.h"
#include "tools/cli/text.h"
#include "tools/cmd/pages.h"
#include "tools/cmd/rules.h"
#include "tools/print/json_out.h"

#include <stdlib.h>

struct check {
    const struct cmd_env *env;
    const char *path;
    bool strict, as_json;
    struct json_out json;
    size_t warning_n;
};

/* The excerpt is lines for people; each is made safe, and ends where it ended. */
static void put_excerpt(FILE *out, const char *excerpt)
{
    while (*excerpt) {
        size_t len = strcspn(excerpt, "\n");

        text_put(out, (struct bc_str){ excerpt, len });
        fputc('\n', out);
        excerpt += len + (excerpt[len] == '\n');
    }
}

/* "PATH:LINE:COLUMN" ends with the two numbers. */
static void json_place(struct json_out *json, const char *context)
{
    const char *column = strrchr(context, ':'), *line = column;

    while (line && line > context && line[-1] != ':')
        line--;
    json_out_integer(json, "line", line ? strtol(line, NULL, 10) : 0);
    json_out_integer(json, "column", column ? strtol(column + 1, NULL, 10) : 0);
}

static void take_warning(void *payload, enum bc_rules_oddity oddity, const struct bc_err *where)
{
    struct check *check = payload;

    check->warning_n++;
    if (check->as_json) {
        json_out_object(&check->json, NULL);
        json_out_text(&check->json, "kind", bc_rules_oddity_name(oddity));
        json_place(&check->json, where->context);
        json_out_text(&check->json, "message", where->message);
        json_out_object_end(&check->json);
        return;
    }
    text_put(check->env->out, bc_str_of(where->context));
    fputs(": warning: ", check->env->out);
    text_put(check->env->out, bc_str_of(where->message));
    fputc('\n', check->env->out);
    put_excerpt(check->env->out, where->excerpt);
}

static void print_sum(const struct check *check, const bc_rules *rules)
{
    FILE *out = check->env->out;

    text_put(out, bc_str_of(check->path));
    if (check->warning_n)
        fprintf(out, ": %zu warning%s", check->warning_n, check->warning_n > 1 ? "s" : "");
    else
        fputs(": no fault found", out);
    fputs("; version ", out);
    text_put(out, bc_str_of(rules->version));
    fprintf(out, ", %zu stages, %zu slices, %zu metrics, %zu red lines\n", rules->stage_n,
            rules->slice_n, rules->metric_n, rules->red_line_n);
}

/* BC_NO: there are warnings. */
static bc_status run(struct check *check, const bc_rules *rules, struct bc_str text,
                     struct bc_err *err)
{
    bc_status rc;

    if (check->as_json) {
        json_out_object(&check->json, NULL);
        json_out_text(&check->json, "file", check->path);
        json_out_text(&check->json, "version", rules->version);
        json_out_array(&check->json, "warnings");
    }
    rc = bc_rules_check(rules, text, check->path, take_warning, check, err);
    if (check->as_json) {
        json_out_array_end(&check->json);
        json_out_object_end(&check->json);
        json_out_line(&check->json);
    } else if (rc == BC_OK) {
        print_sum(check, rules);
    }
    return rc == BC_OK && check->warning_n && check->strict ? BC_NO : rc;
}

int cmd_rules_check(const struct cmd_env *env, int argc, char **argv)
{
    struct check check = { .env = env, .json = json_out_begin(env->out) };
    const struct opt opts[] = {
        { NULL, "FILE", .text = &check.path, .required = true, .help = "the rules, as YAML" },
        { "strict", NULL, .flag = &check.strict, .help = "exit with 1 if there are warnings" },
        { "json", NULL, .flag = &check.as_json, .help = "print for programs" },
        { 0 },
    };
    struct bc_buf text = { 0 };
    struct bc_err err = { 0 };
    bc_rules *rules = NULL;
    bc_status rc = opt_parse(opts, cmd_page("backcast rules check"), env, argc, argv, &err);

    if (rc == BC_OK)
        rc = rules_ref_file(&rules, &text, check.path, &err);
    if (rc == BC_OK)
        rc = run(&check, rules, bc_buf_str(&text), &err);
    json_out_release(&check.json);
    bc_buf_release(&text);
    bc_rules_free(rules);
    return cmd_exit(env, rc, &err);
}
