/* tools/lib/backcast: what the program answers a program of somebody else can ask, as JSON and as
 * typed rows; what is refused, and how that is said. */
#include "tests/support/library.h"
#include "tools/lib/dispatch.h"

#include <stdio.h>
#include <unistd.h>

static const char rules[] = BC_SOURCE_DIR "/projections/rules/examples/2026-01-22.yaml";
static const char two_rules[] =
    "default," BC_SOURCE_DIR "/projections/rules/examples/2026-01-22.yaml";

static size_t count(const char *const *words)
{
    size_t n = 0;

    while (n < LIBRARY_WORDS_MOST && words[n])
        n++;
    return n;
}

/* --- the same answer in each way --- */

static int add_value(void *to, const struct backcast_value *answer)
{
    assert_null(answer->key);
    library_put_value(to, answer);
    bc_buf_add_byte(to, '\n');
    return 0;
}

static struct question {
    const char *words[LIBRARY_WORDS_MOST];
} questions[] = {
    { { "metrics", LIBRARY_AS_OF } },
    { { "metrics", LIBRARY_AS_OF, "--known-at", "2026-03-30", "--by", "owner" } },
    { { "metrics", LIBRARY_AS_OF, "--rules", two_rules } },
    { { "series", "--from", "2025-04-06", "--to", "2026-03-29", "--every", "4w" } },
    { { "explain", "days_in_discovery", LIBRARY_AS_OF } },
    { { "explain", "sqd", LIBRARY_AS_OF, "--not", "165-larkness" } },
    { { "history", "165-larkness" } },
    { { "audit", LIBRARY_AS_OF, "--all" } },
    { { "diff", LIBRARY_AS_OF, "--vs-as-of", "2026-02-28" } },
    { { "review", LIBRARY_AS_OF } },
    { { "review", LIBRARY_AS_OF, "--monthly" } },
    { { "cohorts", "--at", "discovery", "--by", "owner", LIBRARY_AS_OF } },
    { { "signals", "--at", "discovery", LIBRARY_AS_OF } },
    { { "experiments", LIBRARY_AS_OF } },
    { { "leads", LIBRARY_AS_OF } },
    { { "flow", "--from", "2026-01-01", "--to", "2026-03-29" } },
    { { "deals", LIBRARY_AS_OF } },
    { { "stages", LIBRARY_AS_OF } },
    { { "paths", LIBRARY_AS_OF } },
    { { "red-lines", "--from", "2026-01-01", "--to", "2026-03-29" } },
    { { "losses", LIBRARY_AS_OF } },
    { { "learnings", LIBRARY_AS_OF } },
    { { "handoff", LIBRARY_AS_OF } },
    { { "people", LIBRARY_AS_OF } },
    { { "sources" } },
    { { "revenue", LIBRARY_AS_OF } },
    { { "members", LIBRARY_AS_OF } },
    { { "versions", LIBRARY_AS_OF } },
    { { "report", "list" } },
    { { "restate" } },
    { { "rules", "list" } },
    { { "log", "--deal", "165-larkness", "--kind", "stageChanged" } },
    { { "log", "--reverse", "-n", "3", "--" } },
    { { "head" } },
    { { "verify" } },
};

/* Without the last word where that ends the options: the printed one has --json after it. */
static void question_is_answered_alike(void **state)
{
    const struct question *question = *state;
    const size_t n = count(question->words);
    const bool ends = strcmp(question->words[n - 1], "--") == 0;
    struct bc_buf values = { 0 }, texts = { 0 };
    char *printed = library_printed(question->words, n - ends);

    library_check(backcast_ask(library.sample, question->words, n, add_value, &values),
                  library.sample);
    library_check(backcast_ask_json(library.sample, question->words, n, library_add_json, &texts),
                  library.sample);
    bc_buf_add_byte(&values, '\0');
    bc_buf_add_byte(&texts, '\0');
    assert_true(strlen(printed) > 2);
    assert_string_equal(texts.at, printed);
    assert_string_equal(values.at, printed);
    bc_buf_release(&values);
    bc_buf_release(&texts);
    free(printed);
}

static int look_for_units(void *to, const struct backcast_value *answer)
{
    const struct backcast_value *metrics = backcast_find(answer, "metrics");
    unsigned *seen = to;

    for (size_t i = 0; i < metrics->n; i++)
        *seen |= 1U << backcast_find(&metrics->within[i], "value")->kind;
    assert_int_equal(backcast_find(answer, "asOf")->kind, BACKCAST_INSTANT);
    assert_int_equal(backcast_find(backcast_find(answer, "ledger"), "seq")->kind, BACKCAST_SEQ);
    assert_int_equal(backcast_find(backcast_find(answer, "ledger"), "seq")->integer, 4766);
    assert_null(backcast_find(answer, "nothing"));
    assert_null(backcast_find(metrics, "nothing"));
    assert_null(backcast_find(NULL, "nothing"));
    return 0;
}

static void rows_know_their_units(void **state)
{
    static const char *const words[] = { "metrics", LIBRARY_AS_OF };
    unsigned seen = 0;

    (void)state;
    library_check(backcast_ask(library.sample, words, ARRAY_LEN(words), look_for_units, &seen),
                  library.sample);
    assert_true(seen & 1U << BACKCAST_NUMBER);
    assert_true(seen & 1U << BACKCAST_RATE);
    assert_true(seen & 1U << BACKCAST_DAYS);
}

static bool is_among_questions(const char *command)
{
    for (size_t i = 0; i < ARRAY_LEN(questions); i++)
        if (strcmp(questions[i].words[0], command) == 0)
            return true;
    return false;
}

static int take_nothing(void *to, const struct backcast_value *answer)
{
    (void)to;
    (void)answer;
    return 0;
}

/* So that a new command is either in the table above, or is said to be none. */
static void every_command_is_a_question_or_is_refused(void **state)
{
    (void)state;
    for (const struct cmd *cmd = dispatch_commands.commands; cmd->name; cmd++) {
        const char *message;

        if (is_among_questions(cmd->name))
            continue;
        assert_int_equal(backcast_ask(library.sample, &cmd->name, 1, take_nothing, NULL),
                         BACKCAST_USAGE);
        message = backcast_message(library.sample);
        if (!strstr(message, "is no question") && strcmp(cmd->name, "maps") != 0)
            fail_msg("%s: %s", cmd->name, message);
    }
}

/* --- what is refused --- */

static struct refused {
    const char *name, *words[LIBRARY_WORDS_MOST];
    enum backcast_status status;
    const char *message;
} refused_rows[] = {
    { "no word", { NULL }, BACKCAST_USAGE, "a question is missing, expected such as metrics" },
    { "no command", { "metrix" }, BACKCAST_USAGE, "no command 'metrix'; did you mean 'metrics'?" },
    { "no option",
      { "metrics", "--as-fo", "today" },
      BACKCAST_USAGE,
      "no option '--as-fo'; did you mean '--as-of'?" },
    { "no value", { "metrics", "--as-of" }, BACKCAST_USAGE, "--as-of needs a value: --as-of WHEN" },
    { "no metric",
      { "explain", "sqdd", LIBRARY_AS_OF },
      BACKCAST_USAGE,
      "no metric 'sqdd' in these rules, expected one of: sqd, " },
    { "what imports", { "import", "jsonl", "x" }, BACKCAST_USAGE, "'import' is no question" },
    { "what records", { "record", "undo" }, BACKCAST_USAGE, "'record' is no question" },
    { "the settings of the program", { "config" }, BACKCAST_USAGE, "'config' is no question" },
    { "what goes on", { "serve" }, BACKCAST_USAGE, "'serve' is no question" },
    { "what appends",
      { "review", LIBRARY_AS_OF, "--record" },
      BACKCAST_USAGE,
      "a question writes to no ledger" },
    { "what appends rules",
      { "rules", "publish", rules, "--effective", "2026-01-22" },
      BACKCAST_USAGE,
      "a question writes to no ledger" },
    { "a file to be written",
      { "flow", "--from", "2026-01-01", "--svg", "picture.svg" },
      BACKCAST_USAGE,
      "--svg 'picture.svg': a question writes no file" },
    { "a page to be written",
      { "metrics", "--html", "page.html" },
      BACKCAST_USAGE,
      "--html 'page.html': a question writes no file" },
    { "a key to be made", { "head", "keygen", "key" }, BACKCAST_USAGE, "" },
    { "another ledger",
      { "metrics", "--ledger", "other" },
      BACKCAST_USAGE,
      "'--ledger': the ledger is the one that was opened" },
    { "another ledger in one word",
      { "metrics", "--ledger=other" },
      BACKCAST_USAGE,
      "'--ledger=other': the ledger is the one that was opened" },
    { "standard input",
      { "verify", "--against", "-" },
      BACKCAST_USAGE,
      "'-': a question has no standard input or output" },
    { "standard output",
      { "flow", "--from", "2026-01-01", "--svg=-" },
      BACKCAST_USAGE,
      "'--svg=-': a question has no standard input or output" },
    { "help", { "metrics", "--help" }, BACKCAST_USAGE, "'metrics' so asked answers people alone" },
    { "what only people read", { "maps" }, BACKCAST_USAGE, "'maps' so asked answers people alone" },
    { "the help", { "help" }, BACKCAST_USAGE, "'help' so asked answers people alone" },
    { "the help of a command",
      { "help", "metrics" },
      BACKCAST_USAGE,
      "'help' so asked answers people alone" },
    { "a page", { "help", "event" }, BACKCAST_USAGE, "'help' so asked answers people alone" },
    { "a file of rules",
      { "rules", "show" },
      BACKCAST_USAGE,
      "'rules show' so asked answers people alone" },
    { "a group without its command", { "rules" }, BACKCAST_USAGE, "a command is missing; " },
    { "an option that there is not of what people read",
      { "maps", "--all" },
      BACKCAST_USAGE,
      "no option '--all'; " },
    { "a csv", { "flow", "--from", "2026-01-01", "--csv" }, BACKCAST_USAGE, "" },
    { "the answer is no", { "audit", LIBRARY_AS_OF, "--fail-on-findings" }, BACKCAST_NO, "" },
    { "a file that is not there",
      { "metrics", "--rules", "/nowhere/rules.yaml" },
      BACKCAST_IO,
      "cannot read /nowhere/rules.yaml: " },
};

static void refused_row(void **state)
{
    const struct refused *row = *state;
    const size_t n = count(row->words);
    const char *message;
    unsigned answers = 0;
    int status = (int)backcast_ask(library.sample, row->words, n, library_count, &answers);

    message = backcast_message(library.sample);
    if (status != (int)row->status || strncmp(message, row->message, strlen(row->message)) != 0)
        fail_msg("%d: %s", status, message);
    assert_true((message[0] == '\0') == (status == BACKCAST_NO));
    assert_int_equal(answers, status == BACKCAST_NO);
    assert_int_equal(access("picture.svg", F_OK), -1);
}

static void a_ledger_that_is_not_there_is_said(void **state)
{
    struct backcast_log_head head;
    backcast_ledger *ledger;
    char path[FOLDER_PATH + 16];

    (void)state;
    assert_int_equal(backcast_open(&ledger, "/nowhere/at all", NULL), BACKCAST_IO);
    assert_non_null(strstr(backcast_message(ledger), "/nowhere/at all"));
    assert_int_equal(backcast_head(ledger, &head), BACKCAST_USAGE);
    assert_int_equal(backcast_events(ledger, 1, 0, NULL, NULL), BACKCAST_USAGE);
    assert_int_equal(backcast_append(ledger, "", 0, NULL), BACKCAST_USAGE);
    assert_string_equal(backcast_message(ledger), "the ledger was not opened");
    backcast_close(ledger);

    (void)snprintf(path, sizeof(path), "%s", library.folder);
    assert_int_equal(backcast_open(&ledger, path, NULL), BACKCAST_INPUT);
    assert_non_null(strstr(backcast_message(ledger), "is no ledger"));
    backcast_close(ledger);
    backcast_close(NULL);
}

static int stop(void *to, const struct backcast_value *answer)
{
    (void)answer;
    return ++*(int *)to == 2;
}

static int stop_text(void *to, const char *json, size_t len)
{
    (void)json;
    (void)len;
    return ++*(int *)to == 2;
}

static int stop_event(void *to, const struct backcast_event *event)
{
    (void)event;
    return ++*(int *)to == 2;
}

static void who_has_enough_is_asked_no_more(void **state)
{
    static const char *const words[] = { "log" };
    int n[3] = { 0 };

    (void)state;
    assert_int_equal(backcast_ask(library.sample, words, 1, stop, &n[0]), BACKCAST_STOPPED);
    assert_int_equal(backcast_ask_json(library.sample, words, 1, stop_text, &n[1]),
                     BACKCAST_STOPPED);
    assert_int_equal(backcast_events(library.sample, 1, 0, stop_event, &n[2]), BACKCAST_STOPPED);
    for (size_t i = 0; i < ARRAY_LEN(n); i++)
        assert_int_equal(n[i], 2);
    assert_string_not_equal(backcast_message(library.sample), "");
}

int main(void)
{
    enum { MADE = 4 };
    struct CMUnitTest tests[ARRAY_LEN(questions) + ARRAY_LEN(refused_rows) + MADE] = {
        cmocka_unit_test(rows_know_their_units),
        cmocka_unit_test(every_command_is_a_question_or_is_refused),
        cmocka_unit_test(a_ledger_that_is_not_there_is_said),
        cmocka_unit_test(who_has_enough_is_asked_no_more),
    };
    size_t n = MADE;

    for (size_t i = 0; i < ARRAY_LEN(questions); i++)
        tests[n++] = (struct CMUnitTest){ questions[i].words[0], question_is_answered_alike, NULL,
                                          NULL, &questions[i] };
    for (size_t i = 0; i < ARRAY_LEN(refused_rows); i++)
        tests[n++] =
            (struct CMUnitTest){ refused_rows[i].name, refused_row, NULL, NULL, &refused_rows[i] };
    return _cmocka_run_group_tests("tools/lib/backcast", tests, n, library_begin, library_end);
}
