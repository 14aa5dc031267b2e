/* tools/cmd/rules_check.c - the faults and oddities of a file of rules. */
#include "projections/rules/rules_check.h"

#include "tools/ask/rules_ref.h"
#include "tools/cli/opt.h"
#include "tools/cli/text.h"
#include "tools/cmd/pages.h"
#include "tools/cmd/rules.h"
#include "tools/print/print_json.h"

#include <stdlib.h>

struct check {
    const struct cmd_env *env;
    const char *path;
    bool strict, as_json;
    const bc_rules *rules;
    struct bc_buf text; /* of the file */
    size_t warning_n;
    struct row_taker *taker; /* of the rows being found */
    struct bc_err *err;
    bc_status rc; /* that the taker gave */
};

/* The excerpt is lines for people; each is made safe to print on its own. */
static void put_excerpt(FILE *out, struct bc_str excerpt)
{
    while (excerpt.len) {
        const char *end = memchr(excerpt.at, '\n', excerpt.len);
        struct bc_str line = { excerpt.at, end ? (size_t)(end - excerpt.at) : excerpt.len };
        size_t taken = line.len + (end != NULL);

        text_put(out, line);
        fputc('\n', out);
        excerpt = (struct bc_str){ excerpt.at + taken, excerpt.len - taken };
    }
}

/* "PATH:LINE:COLUMN" ends with the two numbers. */
static void add_place(struct row *row, const char *context)
{
    const char *column = strrchr(context, ':'), *line = column;

    while (line && line > context && line[-1] != ':')
        line--;
    row_integer(row, "line", line ? strtol(line, NULL, 10) : 0);
    row_integer(row, "column", column ? strtol(column + 1, NULL, 10) : 0);
}

static void take_row(void *payload, enum bc_rules_oddity oddity, const struct bc_err *where)
{
    struct check *check = payload;
    struct row *row = check->taker->row;

    check->warning_n++;
    row_word(row, "kind", bc_rules_oddity_name(oddity));
    add_place(row, where->context);
    row_word(row, "message", where->message);
    if (check->rc == BC_OK)
        check->rc = row_take(check->taker, check->err);
}

static bc_status find(struct row_taker *taker, void *finder, struct bc_err *err)
{
    struct check *check = finder;
    bc_status rc;

    check->taker = taker;
    check->err = err;
    rc = bc_rules_check(check->rules, bc_buf_str(&check->text), check->path, take_row, check, err);
    return rc < 0 ? rc : check->rc;
}

static void fill(struct row *row, const void *source, size_t i)
{
    struct check *check = *(struct check *const *)source;

    (void)i;
    row_word(row, "file", check->path);
    row_word(row, "version", check->rules->version);
    row_rows(row, "warnings", rows_found(find, check));
}

/* For people a warning is no row, but a line and the place in the file below it. */
static void print_warning(void *payload, enum bc_rules_oddity oddity, const struct bc_err *where)
{
    struct check *check = payload;

    (void)oddity;
    check->warning_n++;
    text_put(check->env->out, bc_str_of(where->context));
    fputs(": warning: ", check->env->out);
    text_put(check->env->out, bc_str_of(where->message));
    fputc('\n', check->env->out);
    put_excerpt(check->env->out, bc_str_of(where->excerpt));
}

static void print_sum(const struct check *check)
{
    const bc_rules *rules = check->rules;
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
static bc_status run(struct check *check, struct bc_err *err)
{
    bc_status rc;

    if (check->as_json)
        rc = print_json(check->env, fill, &check, err);
    else
        rc = bc_rules_check(check->rules, bc_buf_str(&check->text), check->path, print_warning,
                            check, err);
    if (rc == BC_OK && !check->as_json)
        print_sum(check);
    return rc == BC_OK && check->warning_n && check->strict ? BC_NO : rc;
}

int cmd_rules_check(const struct cmd_env *env, int argc, char **argv)
{
    struct check check = { .env = env };
    const struct opt opts[] = {
        { NULL, "FILE", .text = &check.path, .required = true, .help = "the rules, as YAML" },
        { "strict", NULL, .flag = &check.strict, .help = "exit with 1 if there are warnings" },
        OPT_JSON(&check.as_json),
        { 0 },
    };
    struct bc_err err = { 0 };
    bc_rules *rules = NULL;
    bc_status rc = opt_parse(opts, cmd_page("backcast rules check"), env, argc, argv, &err);

    if (rc == BC_OK)
        rc = rules_ref_file(&rules, &check.text, check.path, &err);
    check.rules = rules;
    if (rc == BC_OK)
        rc = run(&check, &err);
    bc_buf_release(&check.text);
    bc_rules_free(rules);
    return cmd_exit(env, rc, &err);
}
