/* cli/one_line: whatever is wrong with whatever is read, the program says it in one line of at most
 * 4 KB on standard error, with file, line and column where there are any. */
#include "tests/support/check.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define RULES   "backcast rules check f"
#define METRICS "backcast metrics --rules f"
#define MAP     "backcast import csv table.csv --map f"
#define ACCOUNT "backcast import hubspot --account f --token-file token"
#define JSONL   "backcast import jsonl f"
#define CSV     "backcast import csv f --map map.yaml"
#define PROTO   "backcast import proto f"
#define AGAINST "backcast verify --against f"
#define KEY     "backcast head sign --key f"

static const struct row {
    const char *name, *command;
    struct bc_str text; /* of the file f */
    int code;
    const char *begin; /* of the message, after "backcast: " */
} rows[] = {
    { "rules: an unknown key", RULES, BYTES("version: x\nnonsense: 1\n"), 3, "f:2:1: " },
    { "rules: a list that does not end", RULES, BYTES("version: x\nstages: [a,\n b: {\n"), 3,
      "f:" },
    { "rules: a bad indent", RULES, BYTES("a: 1\n   b: 2\n c: 3\n"), 3, "f:" },
    { "rules: a tab", RULES, BYTES("version:\n\t- x\n"), 3, "f:" },
    { "rules: an anchor", RULES, BYTES("version: &a x\n"), 3, "f:1:10: " },
    { "rules: a control byte", RULES, BYTES("version: \033x\n"), 3, "f:1:10: " },
    { "rules: a control character in a text", RULES, BYTES("version: \"\\e\\n\"\n"), 3,
      "f:1:10: " },
    { "rules: no UTF-8", RULES, BYTES("version: \xff\n"), 3, "f:1:10: " },
    { "rules: nothing", RULES, BYTES(""), 3, "f:1:1: " },
    { "rules: asked with", METRICS, BYTES("version: x\nmetrics: 7\n"), 3, "f:" },
    { "rules: published", "backcast rules publish f --effective 2025-01-01", BYTES("- a\n- b\n"), 3,
      "f:1:1: " },
    { "rules: compared", "backcast rules diff default f", BYTES("version: x\ny: z\n"), 3,
      "f:2:1: " },
    { "a map: an unknown key", MAP, BYTES("name: x\nnonsense: 1\n"), 3, "f:2:1: " },
    { "a map: no YAML", MAP, BYTES("name: \"x\nevents\n"), 3, "f:" },
    { "an account: an unknown key", ACCOUNT, BYTES("nonsense: 1\n"), 3, "f:1:1: " },
    { "an account: no YAML", ACCOUNT, BYTES("{ a: [\n"), 3, "f:" },
    { "events: no JSON", JSONL, BYTES("{\"id\":\"a\n"), 3, "f:1:" },
    { "events: a word", JSONL, BYTES("\n\nhello\nhello\n"), 3, "f:" },
    { "events: NUL", JSONL, BYTES("{\"id\":\"\0\"}\n"), 3, "f:1:" },
    { "events: no UTF-8", JSONL, BYTES("{\"id\":\"\xff\"}\n"), 3, "f:1:" },
    { "events: an unknown body", JSONL,
      BYTES("{\"id\":\"a\",\"occurredAt\":\"2025-01-01T00:00:00Z\",\"x\\ny\":{}}\n"), 3, "f:1:" },
    { "a table: an unknown column", CSV, BYTES("\"d\nx\",t\n1,2\n"), 3, "f:1:" },
    { "a table: a time that is none", CSV, BYTES("d,t\n1,\"2\n3\"\n"), 3, "f:2:3: " },
    { "a table: a quote that does not end", CSV, BYTES("d,t\n1,\"2\n3\n"), 3, "f:2:3: " },
    { "a table: nothing", CSV, BYTES(""), 3, "f:1:1: " },
    { "protobuf: text", PROTO, BYTES("hello\nhello\n"), 3, "f:" },
    { "protobuf: cut", PROTO, BYTES("\x7f\x0a"), 3, "f:" },
    { "a head: text", AGAINST, BYTES("hello\nhello\n"), 3, "f" },
    { "a head: nothing", AGAINST, BYTES(""), 3, "f" },
    { "a key: text", KEY, BYTES("hello\nhello\n"), 3, "f" },
    { "a key: nothing", KEY, BYTES(""), 3, "f" },
    { "a key: a line end", KEY, BYTES("\n"), 3, "f" },
    { "a token: nothing", "backcast import hubspot --account account.yaml --token-file f",
      BYTES(""), 3, "" },
    { "evidence: text", "backcast-check f", BYTES("hello\nhello\n"), 3, "f" },
    { "evidence: nothing", "backcast-check f", BYTES(""), 3, "f" },
    { "a file that is not there", "backcast import jsonl none", BYTES(""), 4, "cannot " },
    { "a folder for a file", "backcast rules check .", BYTES(""), 4, "" },
    { "a ledger that is none", "backcast log --ledger .", BYTES(""), 3, "." },
    { "a command that is none", "backcast none", BYTES(""), 2, "no command 'none'" },
    { "an option that is none", "backcast log --none", BYTES(""), 2, "" },
    { "a date that is none", "backcast metrics --as-of none", BYTES(""), 2, "'none' is no date" },
    { "a date before 1970", "backcast metrics --as-of=-2027y", BYTES(""), 2,
      "'-2027y' is outside of what can be asked: 1970-01-01 to 9999-12-30" },
    { "a metric that is none", "backcast explain none", BYTES(""), 2, "" },
};

static char folder[FOLDER_PATH];

static void check_line(const struct row *row, struct bc_str said)
{
    struct bc_buf begin = { 0 };

    bc_buf_printf(&begin, "%.*s: %s", (int)strcspn(row->command, " "), row->command, row->begin);
    if (said.len < begin.len || memcmp(said.at, begin.at, begin.len) != 0 || said.len > 4096 ||
        memchr(said.at, '\n', said.len) != said.at + said.len - 1)
        fail_msg("expected one line \"%.*s...\", got\n%.*s", BC_STR_ARG(bc_buf_str(&begin)),
                 BC_STR_ARG(said));
    bc_buf_release(&begin);
}

static void error_row(void **state)
{
    const struct row *row = *state;
    struct bc_buf out = { 0 }, err = { 0 };
    int code;

    file_write("f", row->text);
    code = program_run(BC_BINARY_DIR, row->command, "", &out, &err);
    if (code != row->code)
        fail_msg("exit code %d, expected %d: %.*s", code, row->code, BC_STR_ARG(bc_buf_str(&err)));
    check_line(row, bc_buf_str(&err));
    assert_int_equal(out.len, 0);
    bc_buf_release(&out);
    bc_buf_release(&err);
}

static void long_texts_are_cut(void **state)
{
    static const struct row row = { .command = RULES, .begin = "f:2:1: " };
    struct bc_buf text = { 0 }, out = { 0 }, err = { 0 };

    (void)state;
    bc_buf_add_str(&text, BC_STR("version: \"x\"\n\""));
    for (int i = 0; i < 20000; i++)
        bc_buf_add_str(&text, BC_STR("\xe2\x80\xae"));
    bc_buf_add_str(&text, BC_STR("\": 1\n"));
    file_write("f", bc_buf_str(&text));
    assert_int_equal(program_run(BC_BINARY_DIR, RULES, "", &out, &err), 3);
    check_line(&row, bc_buf_str(&err));
    bc_buf_release(&text);
    bc_buf_release(&out);
    bc_buf_release(&err);
}

static int set_up(void **state)
{
    struct bc_buf out = { 0 };

    (void)state;
    folder_make(folder);
    setenv("BACKCAST_LEDGER", "ledger", 1);
    if (chdir(folder) != 0 || program_run(BC_BINARY_DIR, "backcast init", "", &out, &out) != 0)
        return -1;
    file_write("token", BC_STR("pat-na1-none\n"));
    file_write("table.csv", BC_STR("d,t\n1,2\n"));
    file_write("map.yaml",
               BC_STR("name: x\ndeal: \"{d}\"\ntime: { column: t, formats: [rfc3339], zone: UTC }\n"
                      "events:\n  - stageChanged: { to: a }\n"));
    bc_buf_release(&out);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    folder_remove(folder);
    return 0;
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 1] = { cmocka_unit_test(long_texts_are_cut) };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[i + 1] =
            (struct CMUnitTest){ rows[i].name, error_row, NULL, NULL, (void *)(uintptr_t)&rows[i] };
    return cmocka_run_group_tests_name("cli/one_line", tests, set_up, tear_down);
}
