/* tools/cli/opt.c - reading arguments by a table, and printing the table. */
#include "tools/cli/opt.h"

#include "ledger/base/ledger_dir.h"
#include "ledger/base/parallel.h"
#include "ledger/base/spelling.h"
#include "tools/cli/complete.h"
#include "tools/cli/opt_find.h"

#include <stdlib.h>
#include <string.h>

struct parse {
    const struct opt *opts;
    const struct page *page;
    const struct cmd_env *env;
    char **argv;
    int argc, i;
    bool *seen; /* one for each line of the table */
    struct bc_err *err;
};

static size_t opt_count(const struct opt *opts)
{
    size_t n = 0;

    while (opts[n].name || opts[n].value)
        n++;
    return n;
}

void opt_list_add(struct opt_list *list, const char *item)
{
    BC_GROW(list->items, list->n, list->cap);
    list->items[list->n++] = item;
}

void opt_list_release(struct opt_list *list)
{
    free(list->items);
    *list = (struct opt_list){ 0 };
}

bc_status opt_number(uint64_t *out, const char *name, const char *text, uint64_t min, uint64_t max,
                     struct bc_err *err)
{
    uint64_t number = 0;
    bool good = *text != '\0';

    for (const char *at = text; *at && good; at++) {
        unsigned digit = (unsigned)*at - '0';
        good = digit <= 9 && number <= (UINT64_MAX - digit) / 10;
        number = number * 10 + digit;
    }
    if (!good || number < min || number > max) {
        if (max == UINT64_MAX)
            return bc_err_set(err, BC_E_USAGE, "--%s '%s': expected a whole number from %llu up",
                              name, text, (unsigned long long)min);
        return bc_err_set(err, BC_E_USAGE, "--%s '%s': expected a whole number from %llu to %llu",
                          name, text, (unsigned long long)min, (unsigned long long)max);
    }
    *out = number;
    return BC_OK;
}

bc_status opt_threads(unsigned *out, const struct cmd_env *env, const char *text,
                      struct bc_err *err)
{
    uint64_t asked;
    bc_status rc;

    if (!text) {
        *out = env->threads ? env->threads : bc_threads_default();
        return BC_OK;
    }
    rc = opt_number(&asked, "threads", text, 1, UINT64_MAX, err);
    if (rc == BC_OK)
        *out = asked < bc_processors() ? (unsigned)asked : bc_processors();
    return rc;
}

/* --- help --- */

/* "-o, --output FILE" */
static void opt_label(struct bc_buf *out, const struct opt *opt)
{
    if (opt->brief)
        bc_buf_printf(out, "-%c, ", opt->brief);
    if (opt->name)
        bc_buf_printf(out, "--%s%s", opt->name, opt->value ? " " : "");
    if (opt->value)
        bc_buf_add_str(out, bc_str_of(opt->value));
}

static void help_usage(FILE *out, const struct opt *opts, const struct page *page)
{
    bool rest = false;

    fputs(page->command, out);
    for (const struct opt *opt = opts; opt->name || opt->value; opt++) {
        const char *more = opt->list ? "..." : "";
        if (opt->name && !opt->required)
            rest = true;
        else if (opt->name)
            fprintf(out, " --%s %s", opt->name, opt->value);
        else
            fprintf(out, opt->required ? " %s%s" : " [%s%s]", opt->value, more);
    }
    fputs(rest ? " [options]\n" : "\n", out);
}

static void help_line(FILE *out, const struct opt *opt, size_t width)
{
    struct bc_buf line = { 0 };

    bc_buf_add_str(&line, BC_STR("  "));
    opt_label(&line, opt);
    while (line.len < width + 4)
        bc_buf_add_byte(&line, ' ');
    for (const char *at = opt->help; *at; at++) {
        bc_buf_add_byte(&line, *at);
        if (*at == '\n') /* continues on a line below */
            bc_buf_printf(&line, "%*s", (int)width + 4, "");
    }
    if (opt->name && opt->list)
        bc_buf_add_str(&line, BC_STR(" (may be repeated)"));
    while (line.at[line.len - 1] == ' ')
        line.len--;
    bc_buf_add_byte(&line, '\n');
    fwrite(line.at, 1, line.len, out);
    bc_buf_release(&line);
}

static void help_lines(FILE *out, const struct opt *opts, bool named, const char *title)
{
    struct bc_buf label = { 0 };
    size_t width = named ? strlen("-h, --help") : 0;
    bool any = named;

    for (const struct opt *opt = opts; opt->name || opt->value; opt++) {
        label.len = 0;
        opt_label(&label, opt);
        any = any || (opt->name != NULL) == named;
        if (label.len > width && (opt->name != NULL) == named)
            width = label.len;
    }
    if (any)
        fprintf(out, "\n%s:\n", title);
    for (const struct opt *opt = opts; opt->name || opt->value; opt++) {
        if ((opt->name != NULL) == named)
            help_line(out, opt, width);
    }
    if (named)
        fprintf(out, "  %-*s  print this\n", (int)width, "-h, --help");
    bc_buf_release(&label);
}

static void help_print(FILE *out, const struct opt *opts, const struct page *page)
{
    fputs("usage: ", out);
    help_usage(out, opts, page);
    fputc('\n', out);
    page_print_description(out, page);
    help_lines(out, opts, false, "arguments");
    help_lines(out, opts, true, "options");
    page_print_rest(out, page);
}

/* --- the manual --- */

static void man_line(FILE *out, const char *label, const char *text)
{
    fputc('*', out);
    page_escape(out, label);
    fputs("*\n", out);
    if (*text != '\0') {
        fputc('\t', out);
        for (; *text; text++) {
            char one[] = { *text, '\0' };

            page_escape(out, one);
            if (*text == '\n')
                fputc('\t', out);
        }
        fputc('\n', out);
    }
    fputc('\n', out);
}

static void man_lines(FILE *out, const struct opt *opts, bool named, const char *title)
{
    struct bc_buf label = { 0 };
    bool any = named;

    for (const struct opt *opt = opts; opt->name || opt->value; opt++)
        any = any || (opt->name != NULL) == named;
    if (any)
        fprintf(out, "# %s\n\n", title);
    for (const struct opt *opt = opts; opt->name || opt->value; opt++) {
        if ((opt->name != NULL) != named)
            continue;
        label.len = 0;
        opt_label(&label, opt);
        if (opt->name && opt->list)
            bc_buf_add_str(&label, BC_STR(" (may be repeated)"));
        bc_buf_add_byte(&label, '\0');
        man_line(out, label.at, opt->help);
    }
    if (named)
        man_line(out, "-h, --help", "print this");
    bc_buf_release(&label);
}

static void man_print(FILE *out, const struct opt *opts, const struct page *page)
{
    const struct page_parts parts = page_parts(page);

    page_print_man(out, parts.front);
    fputs("# SYNOPSIS\n\n```\n", out);
    help_usage(out, opts, page);
    fputs("```\n\n", out);
    page_print_man(out, parts.description);
    fputc('\n', out);
    man_lines(out, opts, false, "ARGUMENTS");
    man_lines(out, opts, true, "OPTIONS");
    page_print_man(out, parts.rest);
}

/* --- reading --- */

static bc_status unknown_option(const struct parse *p, const char *word, size_t len)
{
    char *name = bc_strdup((struct bc_str){ word, len });
    struct bc_spelling spelling = { .word = bc_str_of(name) };
    bc_status rc;

    for (const struct opt *opt = p->opts; opt->name || opt->value; opt++) {
        if (opt->name)
            bc_spelling_try(&spelling, bc_str_of(opt->name));
        for (const char *also = opt->name ? opt->also : NULL; also && *also;) {
            size_t one = strcspn(also, " ");

            bc_spelling_try(&spelling, (struct bc_str){ also, one });
            also += one + (also[one] == ' ');
        }
    }
    bc_spelling_try(&spelling, bc_str_of("help"));
    if (spelling.best.len > 0)
        rc = bc_err_set(p->err, BC_E_USAGE, "no option '--%s'; did you mean '--%.*s'?", name,
                        BC_STR_ARG(spelling.best));
    else
        rc = bc_err_set(p->err, BC_E_USAGE, "no option '--%s'; `%s --help` lists them", name,
                        p->page->command);
    free(name);
    return rc;
}

bool opt_yes_no(bool *out, const char *text)
{
    const bool yes = strcmp(text, "yes") == 0 || strcmp(text, "true") == 0;

    if (!yes && strcmp(text, "no") != 0 && strcmp(text, "false") != 0)
        return false;
    *out = yes;
    return true;
}

/* A flag with a value takes the next word, unless that is an option. */
static bc_status take_flag(struct parse *p, const struct opt *opt, const char *value)
{
    if (!value && opt->value && p->i + 1 < p->argc && p->argv[p->i + 1][0] != '-')
        value = p->argv[++p->i];
    *opt->flag = true;
    p->seen[opt - p->opts] = true;
    if (value && !opt_yes_no(opt->flag, value))
        return bc_err_set(p->err, BC_E_USAGE, "--%s '%s': expected yes, no or no value", opt->name,
                          value);
    return BC_OK;
}

/* A file that is to be written. */
static bc_status check_output(const struct parse *p, const struct opt *opt, const char *value)
{
    if (strcmp(value, "-") == 0)
        return BC_OK;
    if (p->env->only_asks)
        return bc_err_set(p->err, BC_E_USAGE, "%s%s '%s': a question writes no file",
                          opt->name ? "--" : "", opt->name ? opt->name : opt->value, value);
    return bc_ledger_dir_refuse(value, p->err);
}

static bc_status take_value(struct parse *p, const struct opt *opt, const char *value)
{
    bool *seen = &p->seen[opt - p->opts];

    if (opt->list) {
        opt_list_add(opt->list, value);
    } else if (*seen) {
        return bc_err_set(p->err, BC_E_USAGE, "--%s was given twice", opt->name);
    } else {
        *opt->text = value;
    }
    *seen = true;
    return opt->writes ? check_output(p, opt, value) : BC_OK;
}

/* An option: `value` is the text after its '=', or NULL. */
static bc_status take_option(struct parse *p, const struct opt *opt, const char *value)
{
    if (opt->flag)
        return take_flag(p, opt, value);
    if (!value) {
        /* A forgotten value must not swallow the next option; one that begins so is given by '='.
         */
        if (p->i + 1 >= p->argc || strncmp(p->argv[p->i + 1], "--", 2) == 0)
            return bc_err_set(p->err, BC_E_USAGE, "--%s needs a value: --%s %s", opt->name,
                              opt->name, opt->value);
        value = p->argv[++p->i];
    }
    return take_value(p, opt, value);
}

static bc_status take_argument(struct parse *p, const char *word)
{
    const struct opt *opt = p->opts;

    while ((opt->name || opt->value) && (opt->name || (p->seen[opt - p->opts] && !opt->list)))
        opt++;
    if (!opt->value)
        return bc_err_set(p->err, BC_E_USAGE,
                          "unexpected argument '%s'; `%s --help` says what it takes", word,
                          p->page->command);
    return take_value(p, opt, word);
}

static bc_status take_word(struct parse *p)
{
    const char *word = p->argv[p->i];
    const struct opt *opt = opt_find(p->opts, word);

    if (strncmp(word, "--", 2) == 0) {
        size_t len = strcspn(word + 2, "=");
        const char *value = word[2 + len] == '=' ? word + 2 + len + 1 : NULL;

        return opt ? take_option(p, opt, value) : unknown_option(p, word + 2, len);
    }
    if (word[0] == '-' && word[1] != '\0') {
        if (!opt)
            return bc_err_set(p->err, BC_E_USAGE, "no option '%s'; `%s --help` lists them", word,
                              p->page->command);
        return take_option(p, opt, NULL);
    }
    return take_argument(p, word);
}

static bc_status check_required(const struct parse *p)
{
    for (const struct opt *opt = p->opts; opt->name || opt->value; opt++) {
        if (!opt->required || p->seen[opt - p->opts])
            continue;
        return bc_err_set(p->err, BC_E_USAGE, "%s%s%s%s is missing; `%s --help` says more",
                          opt->name ? "--" : "", opt->name ? opt->name : opt->value,
                          opt->name ? " " : "", opt->name ? opt->value : "", p->page->command);
    }
    return BC_OK;
}

/* What stands for options that were not given (env->rules, env->slice, env->shared). */
static void take_settings(const struct parse *p, const struct cmd_env *env)
{
    for (const struct opt *opt = p->opts; opt->name || opt->value; opt++) {
        if (!opt->name || p->seen[opt - p->opts])
            continue;
        if (opt->flag && strcmp(opt->name, "shared") == 0)
            *opt->flag = env->shared.yes;
        if (!opt->text)
            continue;
        if (strcmp(opt->name, "rules") == 0 && env->rules.value)
            *opt->text = env->rules.value;
        else if (strcmp(opt->name, "slice") == 0 && env->slice.value)
            *opt->text = env->slice.value;
    }
}

/* A question is asked by a program, and answered for one. */
static bc_status take_json(const struct parse *p)
{
    const char *command = strchr(p->page->command, ' '); /* less the program */

    for (const struct opt *opt = p->opts; opt->name || opt->value; opt++)
        if (opt->name && opt->flag && strcmp(opt->name, "json") == 0) {
            *opt->flag = true;
            return BC_OK;
        }
    return bc_err_set(p->err, BC_E_USAGE, "'%s' so asked answers people alone",
                      command ? command + 1 : p->page->command);
}

typedef void print_fn(FILE *out, const struct opt *opts, const struct page *page);

/* What prints the help that is asked for, or NULL. */
static print_fn *wanted_help(int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
            return help_print;
        if (strcmp(argv[i], "--help=man") == 0)
            return man_print;
    }
    return NULL;
}

bc_status opt_parse(const struct opt *opts, const struct page *page, const struct cmd_env *env,
                    int argc, char **argv, struct bc_err *err)
{
    struct parse p = { opts, page, env, argv, argc, 1, NULL, err };
    print_fn *print = wanted_help(argc, argv);
    bc_status rc = BC_OK;
    bool ended = false; /* after "--" there are only arguments */

    if (env->complete) {
        complete_options(env->complete, opts, argc, argv);
        return BC_DONE;
    }
    if (print) {
        print(env->out, opts, page);
        return BC_DONE;
    }
    p.seen = bc_calloc(opt_count(opts) + 1, sizeof(*p.seen));
    for (; p.i < argc && rc == BC_OK; p.i++) {
        if (!ended && strcmp(argv[p.i], "--") == 0)
            ended = true;
        else
            rc = ended ? take_argument(&p, argv[p.i]) : take_word(&p);
    }
    if (rc == BC_OK)
        rc = check_required(&p);
    if (rc == BC_OK && env->only_asks && !env->asks_text)
        rc = take_json(&p);
    if (rc == BC_OK)
        take_settings(&p, env);
    free(p.seen);
    return rc;
}
