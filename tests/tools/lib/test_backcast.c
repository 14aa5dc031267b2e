/* tools/lib/backcast: what the program answers a program of somebody else can ask, as JSON and as
 * typed rows, and nothing around it is touched. */
#include "ledger/base/instant.h"
#include "ledger/ledger.h"
#include "tests/support/check.h"
#include "tests/support/folder.h"
#include "tools/json/json.h"
#include "tools/lib/backcast.h"
#include "tools/lib/dispatch.h"
#include "tools/print/number.h"

#include <locale.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WORDS_MOST = 12 };
static const char rules[] = BC_SOURCE_DIR "/projections/rules/examples/2026-01-22.yaml";
static const char two_rules[] =
    "default," BC_SOURCE_DIR "/projections/rules/examples/2026-01-22.yaml";
#define NOW INT64_C(1774868400000000) /* 2026-03-30T11:00:00Z */

static char folder[FOLDER_PATH], dir[FOLDER_PATH + 8];
static const struct backcast_options options = { .now_us = NOW };
static backcast_ledger *sample;

#define check_done(call, ledger)                                                                   \
    do {                                                                                           \
        const int check_status = (int)(call);                                                      \
        if (check_status != BACKCAST_OK)                                                           \
            fail_msg("%s: %d: %s", #call, check_status, backcast_message(ledger));                 \
    } while (0)

static int sample_begin(void **state)
{
    struct bc_buf text = { 0 };
    struct bc_err err = { 0 };

    (void)state;
    folder_make(folder);
    (void)snprintf(dir, sizeof(dir), "%s/sample", folder);
    check_ok(bc_ledger_init(dir, false, &err), &err);
    check_done(backcast_open(&sample, dir, &options), sample);
    file_read(&text, BC_SOURCE_DIR "/tests/sample/sample.jsonl");
    check_done(backcast_append(sample, text.at, text.len, NULL), sample);
    bc_buf_release(&text);
    return 0;
}

static int sample_end(void **state)
{
    (void)state;
    backcast_close(sample);
    folder_remove(folder);
    return 0;
}

/* A new ledger with a path of its own; the caller closes it. */
static backcast_ledger *make_ledger(const char *name)
{
    char path[FOLDER_PATH + 32];
    struct bc_err err = { 0 };
    backcast_ledger *ledger;

    (void)snprintf(path, sizeof(path), "%s/%s", folder, name);
    check_ok(bc_ledger_init(path, false, &err), &err);
    check_done(backcast_open(&ledger, path, &options), ledger);
    return ledger;
}

static size_t count(const char *const *words)
{
    size_t n = 0;

    while (n < WORDS_MOST && words[n])
        n++;
    return n;
}

/* --- the same answer in each way --- */

static void put_value(struct bc_buf *out, const struct backcast_value *value)
{
    char text[NUMBER_LEN], instant[BC_INSTANT_LEN];

    switch (value->kind) {
    case BACKCAST_NULL:
        bc_buf_add_str(out, BC_STR("null"));
        break;
    case BACKCAST_BOOL:
        bc_buf_printf(out, "%s", value->integer ? "true" : "false");
        break;
    case BACKCAST_INTEGER:
        bc_buf_printf(out, "%lld", (long long)value->integer);
        break;
    case BACKCAST_SEQ:
        bc_buf_printf(out, "\"%lld\"", (long long)value->integer);
        break;
    case BACKCAST_NUMBER:
    case BACKCAST_RATE:
    case BACKCAST_POINTS:
    case BACKCAST_DAYS:
        number_print(text, value->number);
        bc_buf_add_str(out, bc_str_of(text));
        break;
    case BACKCAST_INSTANT:
        bc_instant_print(instant, value->integer);
        json_add_string(out, bc_str_of(instant));
        break;
    case BACKCAST_AMOUNT:
    case BACKCAST_TEXT:
        assert_int_equal(strlen(value->text), value->text_len);
        json_add_string(out, (struct bc_str){ value->text, value->text_len });
        break;
    case BACKCAST_JSON:
        bc_buf_add(out, value->text, value->text_len);
        break;
    case BACKCAST_LIST:
    case BACKCAST_ROW:
        bc_buf_add_byte(out, value->kind == BACKCAST_LIST ? '[' : '{');
        for (size_t i = 0; i < value->n; i++) {
            bc_buf_printf(out, "%s", i ? ", " : "");
            if (value->kind == BACKCAST_ROW) {
                json_add_string(out, bc_str_of(value->within[i].key));
                bc_buf_add_str(out, BC_STR(": "));
            } else {
                assert_null(value->within[i].key);
            }
            put_value(out, &value->within[i]);
        }
        bc_buf_add_byte(out, value->kind == BACKCAST_LIST ? ']' : '}');
        break;
    }
}

static int add_value(void *to, const struct backcast_value *answer)
{
    assert_null(answer->key);
    put_value(to, answer);
    bc_buf_add_byte(to, '\n');
    return 0;
}

static int add_json(void *to, const char *json, size_t len)
{
    bc_buf_add(to, json, len);
    bc_buf_add_byte(to, '\n');
    return 0;
}

/* What the program prints, with --json. */
static char *print_answer(const char *const *words, size_t n)
{
    char *argv[WORDS_MOST + 3] = { bc_strdup(BC_STR("backcast")) }, *printed = NULL, *said = NULL;
    size_t printed_len, said_len;
    struct cmd_env env = { .out = open_memstream(&printed, &printed_len),
                           .err = open_memstream(&said, &said_len),
                           .now_us = NOW,
                           .rehearsed = true,
                           .ledger_dir = dir };
    int argc = 1;

    for (size_t i = 0; i < n; i++)
        argv[argc++] = bc_strdup(bc_str_of(words[i]));
    argv[argc++] = bc_strdup(BC_STR("--json"));
    assert_int_equal(dispatch(&env, argc, argv), 0);
    fclose(env.out);
    fclose(env.err);
    while (argc > 0)
        free(argv[--argc]);
    free(said);
    return printed;
}

#define AS_OF "--as-of", "2026-03-29"
static struct question {
    const char *words[WORDS_MOST];
} questions[] = {
    { { "metrics", AS_OF } },
    { { "metrics", AS_OF, "--known-at", "2026-03-30", "--by", "owner" } },
    { { "metrics", AS_OF, "--rules", two_rules } },
    { { "series", "--from", "2025-04-06", "--to", "2026-03-29", "--every", "4w" } },
    { { "explain", "days_in_discovery", AS_OF } },
    { { "explain", "sqd", AS_OF, "--not", "165-larkness" } },
    { { "history", "165-larkness" } },
    { { "audit", AS_OF, "--all" } },
    { { "diff", AS_OF, "--vs-as-of", "2026-02-28" } },
    { { "review", AS_OF } },
    { { "review", AS_OF, "--monthly" } },
    { { "cohorts", "--at", "discovery", "--by", "owner", AS_OF } },
    { { "signals", "--at", "discovery", AS_OF } },
    { { "experiments", AS_OF } },
    { { "leads", AS_OF } },
    { { "flow", "--from", "2026-01-01", "--to", "2026-03-29" } },
    { { "deals", AS_OF } },
    { { "stages", AS_OF } },
    { { "paths", AS_OF } },
    { { "red-lines", "--from", "2026-01-01", "--to", "2026-03-29" } },
    { { "losses", AS_OF } },
    { { "learnings", AS_OF } },
    { { "handoff", AS_OF } },
    { { "people", AS_OF } },
    { { "revenue", AS_OF } },
    { { "members", AS_OF } },
    { { "versions", AS_OF } },
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
    char *printed = print_answer(question->words, n - ends);

    check_done(backcast_ask(sample, question->words, n, add_value, &values), sample);
    check_done(backcast_ask_json(sample, question->words, n, add_json, &texts), sample);
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
    static const char *const words[] = { "metrics", AS_OF };
    unsigned seen = 0;

    (void)state;
    check_done(backcast_ask(sample, words, ARRAY_LEN(words), look_for_units, &seen), sample);
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
        assert_int_equal(backcast_ask(sample, &cmd->name, 1, take_nothing, NULL), BACKCAST_USAGE);
        message = backcast_message(sample);
        if (!strstr(message, "is no question") && strcmp(cmd->name, "maps") != 0)
            fail_msg("%s: %s", cmd->name, message);
    }
}

/* --- what is refused --- */

static struct refused {
    const char *name, *words[WORDS_MOST];
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
      { "explain", "sqdd", AS_OF },
      BACKCAST_USAGE,
      "no metric 'sqdd' in these rules, expected one of: sqd, " },
    { "what imports", { "import", "jsonl", "x" }, BACKCAST_USAGE, "'import' is no question" },
    { "what records", { "record", "undo" }, BACKCAST_USAGE, "'record' is no question" },
    { "the settings of the program", { "config" }, BACKCAST_USAGE, "'config' is no question" },
    { "what appends",
      { "review", AS_OF, "--record" },
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
    { "the answer is no", { "audit", AS_OF, "--fail-on-findings" }, BACKCAST_NO, "" },
    { "a file that is not there",
      { "metrics", "--rules", "/nowhere/rules.yaml" },
      BACKCAST_IO,
      "cannot read /nowhere/rules.yaml: " },
};

static int count_values(void *to, const struct backcast_value *answer)
{
    (void)answer;
    ++*(unsigned *)to;
    return 0;
}

static void refused_row(void **state)
{
    const struct refused *row = *state;
    const size_t n = count(row->words);
    const char *message;
    unsigned answers = 0;
    int status = (int)backcast_ask(sample, row->words, n, count_values, &answers);

    message = backcast_message(sample);
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

    (void)snprintf(path, sizeof(path), "%s", folder);
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
    assert_int_equal(backcast_ask(sample, words, 1, stop, &n[0]), BACKCAST_STOPPED);
    assert_int_equal(backcast_ask_json(sample, words, 1, stop_text, &n[1]), BACKCAST_STOPPED);
    assert_int_equal(backcast_events(sample, 1, 0, stop_event, &n[2]), BACKCAST_STOPPED);
    for (size_t i = 0; i < ARRAY_LEN(n); i++)
        assert_int_equal(n[i], 2);
    assert_string_not_equal(backcast_message(sample), "");
}

/* --- events --- */

struct seen {
    struct bc_buf json;
    bc_cursor *cursor;
    uint64_t n, first;
};

/* Each field against that of the log itself. */
static int see_event(void *to, const struct backcast_event *event)
{
    const struct bc_event *want;
    struct bc_str stored;
    struct seen *seen = to;
    struct bc_err err = { 0 };

    check_ok(bc_cursor_next(seen->cursor, &want, &stored, &err), &err);
    if (seen->n++ == 0)
        seen->first = event->seq;
    assert_true(bc_str_eq((struct bc_str){ event->stored, event->stored_len }, stored));
    assert_true(event->seq == want->seq && event->occurred_us == want->occurred_us &&
                event->recorded_us == want->recorded_us &&
                event->has_source_recorded == want->has_source_recorded);
    assert_true(bc_str_eq(bc_str_of(event->id), want->id));
    assert_true(bc_str_eq(bc_str_of(event->deal), want->deal));
    assert_true(bc_str_eq(bc_str_of(event->actor), want->actor));
    assert_true(bc_str_eq(bc_str_of(event->system), want->source_system));
    assert_true(bc_str_eq(bc_str_of(event->ref), want->source_ref));
    assert_true(bc_str_eq(bc_str_of(event->how), want->source_how));
    assert_string_equal(event->body.key, bc_schema(want->body)->json_name);
    assert_int_equal(event->unknown, 0);
    return add_json(&seen->json, event->json, event->json_len);
}

static void every_event_is_walked_with_all_of_it(void **state)
{
    static const char *const words[] = { "log" };
    char *printed = print_answer(words, 1);
    struct seen seen = { 0 };
    struct bc_err err = { 0 };
    bc_log *log;

    (void)state;
    check_ok(bc_ledger_open(&log, dir, false, &err), &err);
    check_ok(bc_cursor_open(&seen.cursor, log, 1, 4766, &err), &err);
    check_done(backcast_events(sample, 1, 0, see_event, &seen), sample);
    bc_buf_add_byte(&seen.json, '\0');
    assert_string_equal(seen.json.at, printed);
    bc_cursor_free(seen.cursor);
    bc_log_close(log);
    bc_buf_release(&seen.json);
    free(printed);
}

static int see_seq(void *to, const struct backcast_event *event)
{
    uint64_t *range = to;

    if (range[0] == 0)
        range[0] = event->seq;
    range[1] = event->seq;
    return 0;
}

static void a_walk_has_a_beginning_and_an_end(void **state)
{
    static const uint64_t rows[][4] = { { 1, 3, 1, 3 },
                                        { 4766, 0, 4766, 4766 },
                                        { 4760, 9999, 4760, 4766 },
                                        { 4767, 0, 0, 0 },
                                        { 5, 4, 0, 0 } };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        uint64_t range[2] = { 0 };

        check_done(backcast_events(sample, rows[i][0], rows[i][1], see_seq, range), sample);
        assert_int_equal(range[0], rows[i][2]);
        assert_int_equal(range[1], rows[i][3]);
    }
    assert_int_equal(backcast_events(sample, 0, 0, see_seq, NULL), BACKCAST_USAGE);
}

static int see_fields(void *to, const struct backcast_event *event)
{
    struct bc_buf *out = to;

    bc_buf_printf(out, "%s ", event->body.key);
    put_value(out, &event->body);
    bc_buf_add_byte(out, '\n');
    return 0;
}

#define AT "\"occurredAt\":\"2026-03-01T00:00:00Z\""
#define MEETING(id)                                                                                \
    "{\"id\":\"" id "\"," AT ",\"meetingLogged\":{\"meeting\":\"m\",\"startsAt\":"                 \
    "\"2026-03-02T10:00:00Z\",\"outcome\":\"completed\"}}\n"
#define REVIEW(id, note)                                                                           \
    "{\"id\":\"" id "\"," AT ",\"reviewHeld\":{\"note\":\"" note "\","                             \
    "\"experiments\":[\"a\",\"b\"]}}\n"
#define OBSERVED                                                                                   \
    "{\"id\":\"o\"," AT                                                                            \
    ",\"deal\":\"d\",\"stageChanged\":{\"to\":\"proposal\",\"observed\":true}}\n"

static void a_body_is_a_row_of_the_fields_it_has(void **state)
{
    static const char lines[] = MEETING("m") REVIEW("r", "held") OBSERVED;
    backcast_ledger *ledger = make_ledger("bodies");
    struct bc_buf text = { 0 };

    (void)state;
    check_done(backcast_append(ledger, lines, strlen(lines), NULL), ledger);
    check_done(backcast_events(ledger, 1, 0, see_fields, &text), ledger);
    bc_buf_add_byte(&text, '\0');
    assert_string_equal(text.at,
                        "meetingLogged {\"meeting\": \"m\", \"startsAt\": "
                        "\"2026-03-02T10:00:00.000000Z\", \"outcome\": \"completed\"}\n"
                        "reviewHeld {\"note\": \"held\", \"experiments\": [\"a\", \"b\"]}\n"
                        "stageChanged {\"to\": \"proposal\", \"observed\": true}\n");
    bc_buf_release(&text);
    backcast_close(ledger);
}

/* --- appending --- */

static uint64_t size_of(backcast_ledger *ledger)
{
    struct backcast_log_head head;

    check_done(backcast_head(ledger, &head), ledger);
    return head.events;
}

static void what_is_appended_has_its_places_and_is_asked(void **state)
{
    static const char first[] = REVIEW("a", "1") "\n" REVIEW("b", "2");
    static const char second[] =
        REVIEW("b", "2") REVIEW("c", "3") REVIEW("c", "3") REVIEW("a", "1");
    static const char *const words[] = { "log", "--grep", "3" };
    backcast_ledger *ledger = make_ledger("appended");
    struct backcast_appended appended;
    unsigned answers = 0;

    (void)state;
    check_done(backcast_append(ledger, first, strlen(first), &appended), ledger);
    assert_int_equal(appended.added, 2);
    assert_int_equal(appended.n, 2);
    assert_int_equal(appended.seqs[0], 1);
    assert_int_equal(appended.seqs[1], 2);
    assert_int_equal(size_of(ledger), 2);
    check_done(backcast_append(ledger, second, strlen(second), &appended), ledger);
    assert_int_equal(appended.added, 1);
    assert_int_equal(appended.duplicates, 3);
    assert_int_equal(appended.n, 4);
    assert_int_equal(appended.seqs[0], 2);
    assert_int_equal(appended.seqs[1], 3);
    assert_int_equal(appended.seqs[2], 3);
    assert_int_equal(appended.seqs[3], 1);
    check_done(backcast_ask(ledger, words, ARRAY_LEN(words), count_values, &answers), ledger);
    assert_int_equal(answers, 1);
    check_done(backcast_append(ledger, NULL, 0, &appended), ledger);
    assert_int_equal(appended.n, 0);
    backcast_close(ledger);
}

static void a_bad_event_leaves_the_ledger_as_it_was(void **state)
{
    static const struct {
        const char *lines, *message;
    } rows[] = {
        { REVIEW("x", "1") "{\"id\":\"y\"," AT "}\n", "events:2:1: " },
        { REVIEW("x", "1") "\n{\"id\":1}\n", "events:3:7: " },
        { REVIEW("x", "1") REVIEW("x", "2"),
          "events:2:7: the id \"x\" is taken: line 1 has other content" },
        { REVIEW("x", "1") REVIEW("there", "2"), "events:2:" },
        { "{", "events:1:" },
    };
    backcast_ledger *ledger = make_ledger("refused");
    struct backcast_appended appended = { .n = 7 };

    (void)state;
    check_done(backcast_append(ledger, REVIEW("there", "1"), strlen(REVIEW("there", "1")), NULL),
               ledger);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const char *message;

        assert_int_equal(backcast_append(ledger, rows[i].lines, strlen(rows[i].lines), &appended),
                         BACKCAST_INPUT);
        message = backcast_message(ledger);
        if (strncmp(message, rows[i].message, strlen(rows[i].message)) != 0)
            fail_msg("%zu: %s", i, message);
        assert_int_equal(size_of(ledger), 1);
    }
    assert_int_equal(appended.n, 7);
    backcast_close(ledger);
}

static void what_others_append_is_seen_at_the_next_call(void **state)
{
    backcast_ledger *one = make_ledger("shared"), *other;
    char path[FOLDER_PATH + 32];

    (void)state;
    (void)snprintf(path, sizeof(path), "%s/shared", folder);
    check_done(backcast_open(&other, path, &options), other);
    for (uint64_t n = 1; n <= 3; n++) {
        char line[256];

        (void)snprintf(line, sizeof(line), REVIEW("e%d", ""), (int)n);
        check_done(backcast_append(other, line, strlen(line), NULL), other);
        assert_int_equal(size_of(one), n);
        assert_int_equal(size_of(other), n);
    }
    backcast_close(one);
    backcast_close(other);
}

static void another_writer_is_not_waited_for(void **state)
{
    backcast_ledger *ledger = make_ledger("held");
    char path[FOLDER_PATH + 32];
    struct bc_err err = { 0 };
    bc_log *writer;

    (void)state;
    (void)snprintf(path, sizeof(path), "%s/held", folder);
    check_ok(bc_ledger_open(&writer, path, true, &err), &err);
    assert_int_equal(backcast_append(ledger, "", 0, NULL), BACKCAST_BUSY);
    assert_int_equal(size_of(ledger), 0);
    bc_log_close(writer);
    check_done(backcast_append(ledger, "", 0, NULL), ledger);
    backcast_close(ledger);
}

static void remarks_are_of_the_last_call(void **state)
{
    static const char lines[] =
        "{\"id\":\"s\"," AT ",\"deal\":\"d\",\"stageChanged\":{\"to\":\"limbo\"}}\n";
    static const char *const words[] = { "log", "--grep", "nowhere" };
    backcast_ledger *ledger = make_ledger("remarks");

    (void)state;
    check_done(backcast_append(ledger, lines, strlen(lines), NULL), ledger);
    assert_non_null(strstr(backcast_remarks(ledger), "limbo"));
    check_done(backcast_ask(ledger, words, ARRAY_LEN(words), count_values, NULL), ledger);
    assert_string_equal(backcast_remarks(ledger),
                        "backcast: nothing matched: 1 event was looked at\n");
    (void)size_of(ledger);
    assert_string_equal(backcast_remarks(ledger), "");
    backcast_close(ledger);
}

/* --- the process around it --- */

static void the_process_is_as_it_was(void **state)
{
    static const char *const words[] = { "metrics", AS_OF };
    locale_t own = newlocale(LC_ALL_MASK, "C.UTF-8", (locale_t)0), before = uselocale(own);
    backcast_ledger *ledger = make_ledger("around");
    mode_t mask = umask(0022);
    struct stat status;
    char path[FOLDER_PATH + 32];

    (void)state;
    check_done(backcast_append(ledger, REVIEW("a", ""), strlen(REVIEW("a", "")), NULL), ledger);
    check_done(backcast_ask(ledger, words, ARRAY_LEN(words), count_values, &(unsigned){ 0 }),
               ledger);
    assert_ptr_equal(uselocale((locale_t)0), own);
    assert_int_equal(umask(mask), 0022);
    (void)snprintf(path, sizeof(path), "%s/around/head", folder);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    backcast_close(ledger);
    (void)uselocale(before);
    freelocale(own);
}

struct thread {
    pthread_t id;
    const char *name;
    bool failed;
};

/* On a ledger of its own, and on one that all share, whose writers may find it held. */
static void *work(void *payload)
{
    static const char *const words[] = { "metrics", AS_OF };
    struct thread *thread = payload;
    char own[FOLDER_PATH + 32], line[256];
    backcast_ledger *ledgers[2];
    unsigned answers = 0;

    (void)snprintf(own, sizeof(own), "%s/%s", folder, thread->name);
    thread->failed = backcast_open(&ledgers[0], own, &options) != BACKCAST_OK;
    thread->failed |= backcast_open(&ledgers[1], dir, &options) != BACKCAST_OK;
    for (int i = 0; i < 5 && !thread->failed; i++) {
        (void)snprintf(line, sizeof(line), REVIEW("%s%d", ""), thread->name, i);
        for (size_t at = 0; at < 2; at++)
            thread->failed |= backcast_ask(ledgers[at], words, ARRAY_LEN(words), count_values,
                                           &answers) != BACKCAST_OK;
        thread->failed |= backcast_append(ledgers[0], line, strlen(line), NULL) != BACKCAST_OK;
    }
    backcast_close(ledgers[0]);
    backcast_close(ledgers[1]);
    thread->failed |= answers != 10;
    return NULL;
}

static void ledgers_are_used_on_threads_at_once(void **state)
{
    struct thread threads[3] = { { .name = "one" }, { .name = "two" }, { .name = "three" } };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(threads); i++)
        backcast_close(make_ledger(threads[i].name));
    for (size_t i = 0; i < ARRAY_LEN(threads); i++)
        assert_int_equal(pthread_create(&threads[i].id, NULL, work, &threads[i]), 0);
    for (size_t i = 0; i < ARRAY_LEN(threads); i++) {
        assert_int_equal(pthread_join(threads[i].id, NULL), 0);
        assert_false(threads[i].failed);
    }
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(questions) + ARRAY_LEN(refused_rows) + 14] = {
        cmocka_unit_test(rows_know_their_units),
        cmocka_unit_test(every_command_is_a_question_or_is_refused),
        cmocka_unit_test(a_ledger_that_is_not_there_is_said),
        cmocka_unit_test(who_has_enough_is_asked_no_more),
        cmocka_unit_test(every_event_is_walked_with_all_of_it),
        cmocka_unit_test(a_walk_has_a_beginning_and_an_end),
        cmocka_unit_test(a_body_is_a_row_of_the_fields_it_has),
        cmocka_unit_test(what_is_appended_has_its_places_and_is_asked),
        cmocka_unit_test(a_bad_event_leaves_the_ledger_as_it_was),
        cmocka_unit_test(what_others_append_is_seen_at_the_next_call),
        cmocka_unit_test(another_writer_is_not_waited_for),
        cmocka_unit_test(remarks_are_of_the_last_call),
        cmocka_unit_test(the_process_is_as_it_was),
        cmocka_unit_test(ledgers_are_used_on_threads_at_once),
    };
    size_t n = 14;

    for (size_t i = 0; i < ARRAY_LEN(questions); i++)
        tests[n++] = (struct CMUnitTest){ questions[i].words[0], question_is_answered_alike, NULL,
                                          NULL, &questions[i] };
    for (size_t i = 0; i < ARRAY_LEN(refused_rows); i++)
        tests[n++] =
            (struct CMUnitTest){ refused_rows[i].name, refused_row, NULL, NULL, &refused_rows[i] };
    return _cmocka_run_group_tests("tools/lib/backcast", tests, n, sample_begin, sample_end);
}
