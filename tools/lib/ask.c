/* tools/lib/ask.c - a question by the words of a terminal, answered as values or as JSON. */
#include "tools/lib/dispatch.h"
#include "tools/lib/handle.h"
#include "tools/lib/held.h"
#include "tools/print/print_json.h"

#include <stdlib.h>
#include <string.h>

/* Is it a command that is there, and no question? */
static bool is_no_question(const char *command)
{
    return !dispatch_answers(command) ? strcmp(command, "verify") != 0
                                      : strcmp(command, "config") == 0;
}

static bool names_ledger(const char *word)
{
    return strcmp(word, "--ledger") == 0 || strncmp(word, "--ledger=", 9) == 0;
}

/* Standard input, or output. */
static bool is_stream(const char *word)
{
    const size_t len = strlen(word);

    return strcmp(word, "-") == 0 || (len > 2 && strcmp(word + len - 2, "=-") == 0);
}

static bc_status check_words(const char *const *words, size_t n, struct bc_err *err)
{
    if (n == 0)
        return bc_err_set(err, BC_E_USAGE, "a question is missing, expected such as metrics");
    if (is_no_question(words[0]))
        return bc_err_set(err, BC_E_USAGE, "'%s' is no question", words[0]);
    for (size_t i = 1; i < n; i++) {
        if (names_ledger(words[i]))
            return bc_err_set(err, BC_E_USAGE, "'%s': the ledger is the one that was opened",
                              words[i]);
        if (is_stream(words[i]))
            return bc_err_set(err, BC_E_USAGE, "'%s': a question has no standard input or output",
                              words[i]);
    }
    return BC_OK;
}

/* The arguments of a program: its name, the words. They are copied, since arguments may be written
 * to. */
static char **make_arguments(const char *const *words, size_t n)
{
    char **argv = bc_calloc(n + 2, sizeof(*argv));

    argv[0] = bc_strdup(BC_STR("backcast"));
    for (size_t i = 0; i < n; i++)
        argv[i + 1] = bc_strdup(bc_str_of(words[i]));
    return argv;
}

static void free_arguments(char **argv)
{
    for (size_t i = 0; argv[i]; i++)
        free(argv[i]);
    free(argv);
}

static enum backcast_status ask(backcast_ledger *ledger, const char *const *words, size_t n,
                                struct answer_taker *taker)
{
    enum backcast_status status;
    struct bc_err err = { 0 };
    struct call call;
    bool printed;
    char **argv;
    bc_status rc;

    call_begin(&call, ledger);
    call.env.answers = taker;
    call.env.commands = &dispatch_commands;
    call.env.topics = dispatch_topics;
    rc = check_words(words, n, &err);
    if (rc == BC_OK)
        rc = call_open(&call, &err);
    if (rc < 0)
        return call_end_as(&call, rc, &err);
    argv = make_arguments(words, n);
    status = call_end(&call, dispatch(&call.env, (int)n + 1, argv), &printed);
    free_arguments(argv);
    if (!printed || status > BACKCAST_NO)
        return status;
    call_say(ledger, "'%s' so asked answers people alone", words[0]);
    return BACKCAST_USAGE;
}

enum backcast_status backcast_ask(backcast_ledger *ledger, const char *const *words, size_t n,
                                  backcast_answer_fn *take, void *to)
{
    struct answer_taker *taker = held_new(take, to);
    enum backcast_status status = ask(ledger, words, n, taker);

    if (held_stopped(taker)) {
        call_say(ledger, "%s", "the answer was not wanted to its end");
        status = BACKCAST_STOPPED;
    }
    held_free(taker);
    return status;
}

struct texts {
    backcast_json_fn *take;
    void *to;
    bool stopped;
};

static bc_status hand_on(void *to, struct bc_str json, struct bc_err *err)
{
    struct texts *texts = to;

    if (!texts->stopped)
        texts->stopped = texts->take(texts->to, json.at, json.len) != 0;
    return texts->stopped ? bc_err_set(err, BC_E_IO, "%s", "") : BC_OK;
}

enum backcast_status backcast_ask_json(backcast_ledger *ledger, const char *const *words, size_t n,
                                       backcast_json_fn *take, void *to)
{
    struct texts texts = { .take = take, .to = to };
    struct answer_taker *taker = print_json_texts_new(hand_on, &texts);
    enum backcast_status status = ask(ledger, words, n, taker);

    if (texts.stopped) {
        call_say(ledger, "%s", "the answer was not wanted to its end");
        status = BACKCAST_STOPPED;
    }
    print_json_texts_free(taker);
    return status;
}
