#include "tools/cli/complete.h"

#include "tools/cli/opt_find.h"

#include <stdlib.h>
#include <string.h>

void complete_begin(struct complete *out, const char *last_word)
{
    *out = (struct complete){ .word = bc_str_of(last_word), .arena = bc_arena_new() };
}

void complete_release(struct complete *complete)
{
    free(complete->at);
    bc_arena_free(complete->arena);
    *complete = (struct complete){ 0 };
}

/* --- candidates --- */

static bool is_safe(struct bc_str text)
{
    if (bc_str_utf8_fault(text) < text.len)
        return false;
    for (size_t at = 0, len; at < text.len; at += len)
        if (bc_char_unsafe(bc_str_char(text, at, &len)))
            return false;
    return true;
}

/* Its lines as one. */
static struct bc_str keep_help(const struct complete *complete, struct bc_str help)
{
    struct bc_buf line = { 0 };
    struct bc_str kept;

    for (size_t i = 0; i < help.len; i++)
        bc_buf_add(&line, help.at[i] == '\n' ? " " : help.at + i, 1);
    kept = bc_arena_copy(complete->arena, bc_buf_str(&line));
    bc_buf_release(&line);
    return kept;
}

static bool is_there(const struct complete *complete, struct bc_str text)
{
    for (size_t i = 0; i < complete->n; i++)
        if (bc_str_eq(complete->at[i].text, text))
            return true;
    return false;
}

/* Would a value be taken for an option? After a `=` it is none. */
static bool is_option(const struct complete *complete, struct bc_str text)
{
    return complete->value && complete->lead.len == 0 && text.at[0] == '-';
}

void complete_add(struct complete *complete, struct bc_str text, struct bc_str help)
{
    struct bc_buf whole = { 0 };

    bc_buf_add_str(&whole, complete->lead);
    bc_buf_add_str(&whole, text);
    if (text.len == 0 || !bc_str_begins(text, complete->word) || !is_safe(text) ||
        is_option(complete, text) || is_there(complete, bc_buf_str(&whole))) {
        bc_buf_release(&whole);
        return;
    }
    BC_GROW(complete->at, complete->n, complete->cap);
    complete->at[complete->n++] =
        (struct complete_candidate){ bc_arena_copy(complete->arena, bc_buf_str(&whole)),
                                     keep_help(complete, help) };
    bc_buf_release(&whole);
}

/* --- options and values --- */

/* What the words before the last one leave open. */
struct place {
    const struct opt *wants; /* the option whose value comes next, or NULL */
    size_t argument_n;       /* arguments that were given */
    bool ended;              /* after "--" there are only arguments */
};

/* Is the value of this option the word after it? */
static bool takes_next(const struct opt *opt, const char *word)
{
    return opt->value && !strchr(word, '=');
}

/* A flag does without its yes or no where an option follows. */
static bool takes(const struct opt *opt, const char *word)
{
    return opt && !(opt->flag && word[0] == '-');
}

static const struct opt *find(const struct complete *complete, const struct opt *opts,
                              const char *word)
{
    const struct opt *opt = opt_find(opts, word);

    return opt || !complete->options ? opt : opt_find(complete->options, word);
}

static struct place read_place(const struct complete *complete, const struct opt *opts, int argc,
                               char **argv)
{
    struct place place = { 0 };

    for (int i = 1; i < argc - 1; i++) {
        const char *word = argv[i];
        const struct opt *opt = place.ended ? NULL : find(complete, opts, word);

        if (takes(place.wants, word)) {
            place.wants = NULL;
            continue;
        }
        place.wants = NULL;
        if (!place.ended && strcmp(word, "--") == 0) {
            place.ended = true;
        } else if (opt && takes_next(opt, word)) {
            place.wants = opt;
        } else if (place.ended || word[0] != '-' || word[1] == '\0') {
            place.argument_n++;
        }
    }
    return place;
}

static void want(struct complete *complete, const struct opt *opt)
{
    complete->value = bc_arena_copy(complete->arena, bc_str_of(opt->value)).at;
}

/* Was it given before the last word, so that it may not be again? */
static bool is_given(const struct opt *opts, const struct opt *option, int argc, char **argv)
{
    for (int i = 1; i < argc - 1 && !option->list; i++)
        if (opt_find(opts, argv[i]) == option)
            return true;
    return false;
}

static void add_option(struct complete *complete, const char *name, const char *help)
{
    struct bc_buf text = { 0 };

    bc_buf_printf(&text, "--%s", name);
    complete_add(complete, bc_buf_str(&text), bc_str_of(help));
    bc_buf_release(&text);
}

static void add_options(struct complete *complete, const struct opt *opts, int argc, char **argv)
{
    for (const struct opt *opt = opts; opt->name || opt->value; opt++)
        if (opt->name && !is_given(opts, opt, argc, argv))
            add_option(complete, opt->name, opt->help);
}

void complete_options(struct complete *complete, const struct opt *opts, int argc, char **argv)
{
    const struct place place = read_place(complete, opts, argc, argv);
    const char *last = argc > 1 ? argv[argc - 1] : "";
    const char *equals = strncmp(last, "--", 2) == 0 ? strchr(last, '=') : NULL;
    const struct opt *argument = opt_find_argument(opts, place.argument_n);
    const struct opt *option = !place.ended && equals ? find(complete, opts, last) : NULL;

    if (argc < 2 || complete->help_only)
        return;
    if (takes(place.wants, last)) {
        want(complete, place.wants);
    } else if (option && option->value) {
        complete->lead = bc_str_part(bc_str_of(last), 0, (size_t)(equals + 1 - last));
        complete->word = bc_str_of(equals + 1);
        want(complete, option);
    } else if (argument && last[0] != '-') {
        want(complete, argument);
    } else if (!place.ended) {
        add_options(complete, opts, argc, argv);
        add_option(complete, "help", "print this");
        if (complete->options)
            add_options(complete, complete->options, argc, argv);
    }
}
