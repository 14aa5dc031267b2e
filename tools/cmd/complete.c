/* tools/cmd/complete.c - what may follow a command line that is being typed: for shells. */
#include "tools/cli/complete.h"

#include "tools/cli/opt_find.h"
#include "tools/cmd/pages.h"
#include "tools/complete/shell.h"

#include <stdlib.h>

struct args {
    const char *shell;
    struct opt_list words; /* all but the program's name; the last is being typed */
};

static bc_status read_shell(enum shell *out, const char *typed, struct bc_err *err)
{
    static const char *const shells[] = {
        [SHELL_BASH] = "bash", [SHELL_ZSH] = "zsh", [SHELL_FISH] = "fish"
    };

    *out = SHELL_NONE;
    for (size_t i = SHELL_BASH; typed && i <= SHELL_FISH; i++)
        if (strcmp(typed, shells[i]) == 0)
            *out = (enum shell)i;
    if (typed && *out == SHELL_NONE)
        return bc_err_set(err, BC_E_USAGE, "--shell '%s', expected bash, zsh or fish", typed);
    return BC_OK;
}

/* --- the program's own options --- */

enum { OWN_MOST = 16 };
struct own_options {
    struct opt at[OWN_MOST + 1];
    size_t n;
};

/* "--color WHEN   auto, always or never": up to `gap` it is option and VALUE. */
static void read_own(struct own_options *own, bc_arena *arena, struct bc_str line)
{
    const char *const text = bc_arena_copy(arena, line).at, *const gap = strstr(text, "  ");
    const struct bc_str label = bc_str_part(line, 0, gap ? (size_t)(gap - text) : line.len);
    const size_t name = strcspn(text, " ");
    struct opt *opt = &own->at[own->n];

    if (own->n == OWN_MOST || line.len < 3 || strncmp(text, "--", 2) != 0)
        return;
    own->n++;
    *opt = (struct opt){ .name = bc_arena_copy(arena, bc_str_part(line, 2, name)).at,
                         .help = gap ? gap + strspn(gap, " ") : "" };
    if (name < label.len)
        opt->value = bc_arena_copy(arena, bc_str_part(line, name + 1, label.len)).at;
}

/* Those that a section of the program's page lists. */
static void read_section(struct own_options *own, bc_arena *arena, const struct cmd_group *program,
                         const char *name)
{
    struct bc_str text = page_section(page_find(program->pages, program->name), name);

    *own = (struct own_options){ 0 };
    while (text.len > 0) {
        const char *end = memchr(text.at, '\n', text.len);
        const size_t len = end ? (size_t)(end - text.at) : text.len;

        read_own(own, arena, bc_str_part(text, 0, len));
        text = bc_str_part(text, end ? len + 1 : len, text.len);
    }
}

/* --- the words --- */

/* A command line without the options that the program takes itself. */
struct line {
    char **argv; /* with the program's name, and the last word */
    int argc;
    const char *ledger;        /* as --ledger names it, wherever it stands, or NULL */
    const struct opt *unended; /* the option of the program whose value is being typed, or NULL */
    struct own_options before, every;
};

/* --ledger, which is an option of the commands, too. */
static void see_ledger(struct line *line, const char *word, const char *next)
{
    if (strncmp(word, "--ledger=", 9) == 0)
        line->ledger = word + 9;
    else if (strcmp(word, "--ledger") == 0 && next)
        line->ledger = next;
}

static void read_line(struct line *line, char **words, size_t n)
{
    for (size_t i = 0; i + 1 < n; i++) {
        const struct opt *own = opt_find(line->every.at, words[i]);
        const bool first = line->argc == 1;

        see_ledger(line, words[i], i + 2 < n ? words[i + 1] : NULL);
        if (!own && first)
            own = opt_find(line->before.at, words[i]);
        if (!own)
            line->argv[line->argc++] = words[i];
        else if (own->value && !strchr(words[i], '=') && i++ + 2 == n)
            line->unended = own;
    }
    line->argv[line->argc++] = words[n - 1];
    line->argv[line->argc] = NULL;
}

static enum values_more gather(struct complete *complete, const struct cmd_env *env,
                               struct line *line, bool help)
{
    struct cmd_env inner = *env;
    struct ledger_words words = { .env = env, .help = help, .dir = line->ledger };
    enum values_more more = VALUES_NO_MORE;
    char *last[] = { line->argv[0], line->argv[line->argc - 1], NULL };

    inner.complete = complete;
    complete->options = line->every.at;
    if (line->unended)
        complete->value = line->unended->value;
    else if (line->argc == 2 && last[1][0] == '-')
        complete_options(complete, line->before.at, 2, last);
    else
        (void)cmd_dispatch(&inner, env->commands, line->argc, line->argv);
    if (complete->value)
        more = values_add(complete, &words);
    ledger_words_release(&words);
    return more;
}

static char *copy(bc_arena *arena, struct bc_str text)
{
    char *kept = bc_arena_alloc(arena, text.len + 1);

    memcpy(kept, text.len ? text.at : "", text.len);
    kept[text.len] = '\0';
    return kept;
}

/* Words as bash has them become what they mean; *open: the quote that is open in the last. */
static char **read_words(bc_arena *arena, char *open, const struct opt_list *typed,
                         enum shell shell)
{
    char **words = bc_arena_alloc(arena, (typed->n + 1) * sizeof(*words));

    *open = 0;
    words[0] = copy(arena, BC_STR(""));
    for (size_t i = 0; i < typed->n; i++) {
        struct bc_buf word = { 0 };

        if (shell == SHELL_BASH)
            shell_word_read(&word, open, typed->items[i]);
        else
            bc_buf_add_str(&word, bc_str_of(typed->items[i]));
        words[i] = copy(arena, bc_buf_str(&word));
        bc_buf_release(&word);
    }
    return words;
}

static bc_status answer(const struct cmd_env *env, const struct args *args, struct bc_err *err)
{
    bc_arena *arena = bc_arena_new();
    struct complete complete = { 0 };
    struct line line = { 0 };
    enum values_more more;
    enum shell shell;
    char open;
    bc_status rc = read_shell(&shell, args->shell, err);

    if (rc == BC_OK && env->commands) {
        const size_t n = args->words.n ? args->words.n : 1;
        char **words = read_words(arena, &open, &args->words, shell);

        line.argv = bc_arena_alloc(arena, (n + 2) * sizeof(*line.argv));
        line.argv[line.argc++] = copy(arena, BC_STR("backcast"));
        read_section(&line.before, arena, env->commands, "OPTIONS BEFORE THE COMMAND");
        read_section(&line.every, arena, env->commands, "OPTIONS OF EVERY COMMAND");
        read_line(&line, words, n);
        complete_begin(&complete, words[n - 1]);
        more = gather(&complete, env, &line, shell != SHELL_BASH);
        shell_print(env->out, shell, open, &complete, more);
        complete_release(&complete);
    }
    bc_arena_free(arena);
    return rc;
}

int cmd_complete(const struct cmd_env *env, int argc, char **argv)
{
    struct args args = { 0 };
    const struct opt opts[] = {
        { NULL, "WORD", .list = &args.words,
          .help = "the words after `backcast`, as far as typed" },
        { "shell", "bash|zsh|fish", .text = &args.shell,
          .help = "print for this shell (default: for people)" },
        { 0 },
    };
    struct bc_err err = { 0 };
    bc_status rc = opt_parse(opts, cmd_page("backcast complete"), env, argc, argv, &err);

    if (rc == BC_OK)
        rc = answer(env, &args, &err);
    opt_list_release(&args.words);
    return cmd_exit(env, rc, &err);
}
