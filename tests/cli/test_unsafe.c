/* cli/unsafe: a ledger whose every text holds what commands a terminal or turns, hides and breaks
 * the text around it, read by every command: none of it comes out as it is.
 *
 * The characters are listed here again, to compare with what the program takes for unsafe. They
 * come in chunks, for a value is shown to some length only: a deal to each chunk, with an event of
 * every body. */
#include "tests/support/check.h"
#include "tests/support/every_body.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"
#include "tools/json/event_json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NOW "2025-04-01T08:00:00Z"

/* --- the characters --- */

static const uint32_t unsafe[][2] = {
    { 0x01, 0x1f },     { 0x7f, 0x9f },     { 0x61c, 0x61c },
    { 0x200b, 0x200f }, { 0x2028, 0x202e }, { 0x2060, 0x206f },
    { 0xfeff, 0xfeff }, { 0xfff9, 0xfffb }, { 0xe0000, 0xe007f },
};

enum { CHUNK_BYTES = 48, CHUNK_MOST = 32 };

static char chunks[CHUNK_MOST][CHUNK_BYTES + 8];
static size_t chunk_n = 1;

static void add_char(char *out, uint32_t c)
{
    static const unsigned char lead[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
    size_t len = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;

    out += strlen(out);
    for (size_t i = 1; i < len; i++)
        out[i] = (char)(0x80 | (c >> (6 * (len - 1 - i)) & 0x3f));
    out[0] = (char)(len == 1 ? c : lead[len] | c >> (6 * (len - 1)));
}

static void make_chunks(void)
{
    for (size_t i = 0; i < ARRAY_LEN(unsafe); i++) {
        for (uint32_t c = unsafe[i][0]; c <= unsafe[i][1]; c++) {
            if (strlen(chunks[chunk_n - 1]) + 4 > CHUNK_BYTES)
                chunk_n++;
            assert_true(chunk_n <= CHUNK_MOST);
            add_char(chunks[chunk_n - 1], c);
        }
    }
}

static bool is_unsafe(uint32_t c)
{
    for (size_t i = 0; i < ARRAY_LEN(unsafe); i++)
        if (c >= unsafe[i][0] && c <= unsafe[i][1])
            return true;
    return c == 0;
}

/* --- the ledger's files --- */

static char folder[FOLDER_PATH];

static void write_in_folder(const char *name, struct bc_buf *text)
{
    char path[FOLDER_PATH + 64];

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    file_write(path, bc_buf_str(text));
    bc_buf_release(text);
}

/* Fills every text of an event. */
static void add_event(struct bc_buf *out, struct bc_event *event, const char *id, const char *deal,
                      const char *chunk)
{
    const struct bc_schema *schema = bc_schema(event->body);
    struct bc_str text = bc_str_of(chunk);
    char whole_id[128], whole_deal[128];

    snprintf(whole_id, sizeof(whole_id), "%s%d%s", id, event->body, chunk);
    snprintf(whole_deal, sizeof(whole_deal), "%s%s", deal, chunk);
    event->id = bc_str_of(whole_id);
    event->deal = bc_str_of(whole_deal);
    event->actor = event->source_system = event->source_ref = event->source_how = text;
    for (unsigned i = 1; i <= BC_FIELD_MAX; i++) {
        if (!schema->field[i].name)
            continue;
        if (schema->field[i].type == BC_TEXT && event->value[i].text.len == 0)
            event->value[i].text = text;
        if (schema->field[i].type == BC_LIST)
            event->value[i] = (struct bc_value){ .items = &text, .item_n = 1 };
    }
    event_json_add(out, event);
    bc_buf_add_byte(out, '\n');
}

/* A deal that figures count. */
static void add_counted(struct bc_buf *out, const char *chunk)
{
    static const char *const stages[] = { "enrichment", "outreach", "discovery", "closed_won" };
    int64_t us = INT64_C(1740000000000000);

    for (size_t i = 0; i < ARRAY_LEN(stages); i++) {
        struct bc_event event = { .has_occurred = true,
                                  .occurred_us = us + (int64_t)i * 86400000000,
                                  .body = i ? BC_STAGE_CHANGED : BC_DEAL_CREATED };

        event.value[i ? BC_STAGE_CHANGED_TO : BC_DEAL_CREATED_STAGE].text = bc_str_of(stages[i]);
        if (i == 0)
            event.value[BC_DEAL_CREATED_DEAL_TYPE].text = BC_STR("newbusiness");
        add_event(out, &event, stages[i], "d", chunk);
    }
}

static void add_every_body(struct bc_buf *out, const char *chunk)
{
    for (enum bc_body body = BC_DEAL_CREATED; body < BC_BODY_END; body++) {
        struct bc_event event = every_body_event(body);
        const struct bc_schema *schema = bc_schema(body);

        if (body == BC_RETRACTED || body == BC_RULES_PUBLISHED) /* would have to make sense */
            continue;
        for (unsigned i = 1; i <= BC_FIELD_MAX; i++)
            if (schema->field[i].name && schema->field[i].type == BC_TEXT)
                event.value[i].text.len = 0;
        add_event(out, &event, "b", "b", chunk);
    }
}

static void write_events(void)
{
    struct bc_buf good = { 0 }, bad = { 0 };

    for (size_t i = 0; i < chunk_n; i++) {
        add_counted(&good, chunks[i]);
        add_every_body(&good, chunks[i]);
        bc_buf_printf(&bad, "{\"id\":\"x%s\"}\n{\"x%s\":1}\n%s\n", chunks[i], chunks[i], chunks[i]);
    }
    write_in_folder("good.jsonl", &good);
    write_in_folder("bad.jsonl", &bad);
}

/* The built-in rules with the characters in names that people give. A YAML text takes all but C0,
 * C1 and separators, which have a file of their own, to be refused. */
#define NAME "\xd8\x9c\xe2\x80\x8b\xe2\x80\xae\xe2\x81\xa6\xef\xbf\xb9\xf3\xa0\x81\x81"

static void write_form(void)
{
    struct bc_buf form = { 0 };

    bc_buf_printf(&form, "deal: \"d" NAME "\"\nactor: \"" NAME "\"\nevents:\n"
                         "  - stageChanged: { to: \"" NAME "\" }\n");
    write_in_folder("form.yaml", &form);
}

static void write_rules(void)
{
    char command[2 * FOLDER_PATH + 512];
    struct bc_buf bad = { 0 }, map = { 0 }, head = { 0 }, table = { 0 };

    snprintf(command, sizeof(command),
             "cd %s && '%s/backcast' rules show default | sed 's/^version:.*/version: \"v" NAME
             "\"/; s/label: Enrichment/label: \"l" NAME "\"/; s/closed_lost/\"lost" NAME
             "\"/g; s/sqd_net_new/\"net" NAME "\"/g; s/\\bnewbusiness\\b/\"new" NAME
             "\"/g' > rules.yaml",
             folder, BC_BINARY_DIR);
    assert_int_equal(system(command), 0); // NOLINT(cert-env33-c): two paths of ours
    bc_buf_printf(&bad, "version: x\n\"a" NAME "\\e\\u009b\": \"" NAME "\"\n");
    write_in_folder("bad.yaml", &bad);
    bc_buf_printf(&map, "name: m\ndeal: \"{d" NAME "}\"\nevents: []\nx" NAME ": 1\n");
    write_in_folder("map.yaml", &map);
    bc_buf_printf(&table, "d" NAME ",t\n1,2\n");
    write_in_folder("table.csv", &table);
    bc_buf_printf(&head, "backcast/ledger/" NAME "\n1\n"
                         "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n");
    write_in_folder("evil.head", &head);
}

/* --- the commands --- */

static struct row {
    const char *command;
    int code;
    const char *may; /* what may come out as it is */
    bool each;       /* for each chunk, else for the first */
} rows[] = {
    { "backcast init", 0, "\n", false },
    { "backcast import jsonl good.jsonl", 0, "\n", false },
    { "backcast import jsonl bad.jsonl", 3, "\n", false },
    { "backcast import jsonl bad.jsonl --rejects rejects%", 0, "\n", true },
    { "backcast import jsonl absent%", 4, "\n", true },
    { "backcast import csv table.csv --map map.yaml", 3, "\n", false },
    { "backcast import sheet https://x%.example.org/t --map map.yaml", 3, "\n", true },
    { "backcast import sheet https://example.org/t --map map.yaml", 3, "\n", false },
    { "backcast import webhook-log bad.jsonl", 3, "\n", false },
    { "backcast import webhook-log absent%", 4, "\n", true },
    { "backcast import proto bad.jsonl", 3, "\n", false },
    { "backcast maps %", 2, "\n", false },
    { "backcast import hubspot --account bad.yaml --token-file absent%", 3, "\n", false },
    { "backcast record stageChanged --deal d% --to % --id r% --new --anyway", 0, "\n", true },
    { "backcast record stageChanged --deal d% --to % --occurred-at %", 2, "\n", true },
    { "backcast record action --text % --deal d% --id a% --new", 0, "\n", true },
    { "backcast record action --close x%", 2, "\n", true },
    { "backcast record undo --yes", 0, "\n", true },
    { "backcast record undo --actor x%", 1, "\n", true },
    { "backcast record form --file form.yaml", 3, "\n", false },
    { "backcast record form --file form.yaml --anyway --new --dry-run", 0, "\n", false },
    { "backcast record form --file bad.yaml", 3, "\n", false },
    { "backcast metrics", 0, "\n", false },
    { "backcast metrics --as-of %", 2, "\n", true },
    { "backcast metrics --rules rules.yaml,default", 0, "\n", false },
    { "backcast metrics --rules bad.yaml", 3, "\n", false },
    { "backcast series --from 2025-02-01 --every 1m --rules rules.yaml", 0, "\n", false },
    { "backcast series --from 2025-02-01 --every 1m --rules rules.yaml,default", 0, "\n", false },
    { "backcast series --from 2025-02-01 --every 1m --rules rules.yaml --chart", 0, "\n", false },
    { "backcast series --from 2025-02-01 --every 1m --rules rules.yaml --svg -", 0, "\n", false },
    { "backcast flow --from 2025-02-01 --to 2025-03-01 --slice all --rules rules.yaml --svg -", 0,
      "\n", false },
    { "backcast revenue --as-of 2025-03-01 --rules rules.yaml --svg -", 0, "\n", false },
    { "backcast red-lines --from 2025-02-01 --rules rules.yaml --svg -", 0, "\n", false },
    { "backcast experiments --svg -", 0, "\n", false },
    { "backcast series --from 2025-02-01 --every 1m --rules rules.yaml,default --csv", 0, "\n",
      false },
    { "backcast explain sqd --as-of 2025-02-22", 0, "\n", false },
    { "backcast explain sqd --rules rules.yaml --as-of 2025-02-22", 0, "\n", false },
    { "backcast explain sqd --not d%", 0, "\n", true },
    { "backcast explain x%", 2, "\n", true },
    { "backcast history d%", 0, "\n", true },
    { "backcast history b%", 0, "\n", true },
    { "backcast history %", 2, "\n", false },
    { "backcast audit --all", 0, "\n", false },
    { "backcast audit --all --rules rules.yaml", 0, "\n", false },
    { "backcast audit --all --by actor", 0, "\n", false },
    { "backcast audit --all --by source", 0, "\n", false },
    { "backcast audit --all --csv", 0, "\n\t\r", false },
    { "backcast audit --all --by actor --csv", 0, "\n\t\r", false },
    { "backcast cohorts --at outreach --by owner --by tier", 0, "\n", false },
    { "backcast serve --ledger absent%", 3, "\n", true },
    { "backcast cohorts --at outreach --by tier --list none", 0, "\n", false },
    { "backcast metrics --by owner --slice all", 0, "\n", false },
    { "backcast metrics --by %", 0, "\n", true },
    { "backcast series --from 2025-02-22 --to 2025-02-22 --by tier --csv", 0, "\n\t\r", false },
    { "backcast explain sqd --by owner", 0, "\n", false },
    { "backcast signals --at outreach --slice all", 0, "\n", false },
    { "backcast signals --at outreach --slice all --csv --table rows", 0, "\n\t\r", false },
    { "backcast signals --at outreach --list x%,y", 2, "\n", true },
    { "backcast experiments --rules rules.yaml", 0, "\n", false },
    { "backcast experiments --csv --table arms", 0, "\n\t\r", false },
    { "backcast experiments --list x%", 2, "\n", true },
    { "backcast leads --rules rules.yaml", 0, "\n", false },
    { "backcast leads --csv", 0, "\n\t\r", false },
    { "backcast flow --from 2024-01-01 --list after", 0, "\n", false },
    { "backcast flow --from 2024-01-01 --slice all --csv", 0, "\n\t\r", false },
    { "backcast stages --slice all", 0, "\n", false },
    { "backcast stages --slice all --csv", 0, "\n\t\r", false },
    { "backcast paths", 0, "\n", false },
    { "backcast paths --list %", 2, "\n", true },
    { "backcast paths --csv", 0, "\n\t\r", false },
    { "backcast losses --list n", 0, "\n", false },
    { "backcast losses --list byReason.x%", 2, "\n", true },
    { "backcast losses --csv --table byReason", 0, "\n\t\r", false },
    { "backcast learnings", 0, "\n", false },
    { "backcast learnings --csv --table learnings", 0, "\n\t\r", false },
    { "backcast handoff", 0, "\n", false },
    { "backcast handoff --csv --table deals", 0, "\n\t\r", false },
    { "backcast review --since 2024-01-01", 0, "\n", false },
    { "backcast review --since 2024-01-01 --rules rules.yaml", 0, "\n", false },
    { "backcast review --monthly --since 2024-01-01 --rules rules.yaml", 0, "\n", false },
    { "backcast revenue", 0, "\n", false },
    { "backcast revenue --csv", 0, "\n\t\r", false },
    { "backcast members", 0, "\n", false },
    { "backcast members --csv", 0, "\n\t\r", false },
    { "backcast deals --rules rules.yaml", 0, "\n", false },
    { "backcast deals --csv", 0, "\n\t\r", false },
    { "backcast people", 0, "\n", false },
    { "backcast people --by source --csv", 0, "\n\t\r", false },
    { "backcast people --list x%", 2, "\n", true },
    { "backcast red-lines --from 2025-01-05 --rules rules.yaml", 0, "\n", false },
    { "backcast red-lines --from 2025-01-05 --csv --table pivots", 0, "\n\t\r", false },
    { "backcast versions", 0, "\n", false },
    { "backcast versions --csv", 0, "\n\t\r", false },
    { "backcast diff --as-of 2025-02-22 --vs-as-of 2025-03-31 --vs-rules rules.yaml", 0, "\n",
      false },
    { "backcast report issue q% --rules default", 0, "\n", true },
    { "backcast report list", 0, "\n", false },
    { "backcast report html pages%", 0, "\n", false },
    { "backcast config", 0, "\n", false },
    { "backcast restate", 0, "\n", false },
    { "backcast rules check rules.yaml", 0, "\n", false },
    { "backcast rules check bad.yaml", 3, "\n", false },
    { "backcast rules show rules.yaml", 0, "\n", false },
    { "backcast rules diff default rules.yaml", 0, "\n", false },
    { "backcast rules diff default rules.yaml --from 2025-02-22 --to 2025-03-22", 0, "\n", false },
    { "backcast rules publish rules.yaml --effective 2025-03-01", 0, "\n", false },
    { "backcast rules list", 0, "\n", false },
    { "backcast series --from 2025-02-01 --every 1m --rules as-then", 0, "\n", false },
    { "backcast restate", 0, "\n", false },
    { "backcast log", 0, "\n", false },
    { "backcast sources", 0, "\n", false },
    { "backcast sources --csv", 0, "\n\t\r", false },
    { "backcast export jsonl -o export%", 0, "\n", false },
    { "backcast complete -- history %", 0, "\n", false },
    { "backcast export xes", 0, "\n", false },
    { "backcast export ocel -o export%.json", 0, "\n", false },
    { "backcast head", 0, "\n", false },
    { "backcast head keygen key%", 0, "\n", false },
    { "backcast head sign --key key% -o signed", 0, "\n", false },
    { "backcast verify --against evil.head", 1, "\n", false },
    { "backcast verify --against absent%", 4, "\n", false },
    { "backcast verify", 0, "\n", false },
    { "backcast rebuild", 0, "\n", false },
    { "backcast evidence d% -o evidence", 0, "\n", false },
    { "backcast-check evidence --head evil.head", 1, "\n", false },
    { "backcast-check absent%", 4, "\n", false },
    { "backcast backup copy%", 0, "\n", false },
    { "backcast restore --ledger again% copy%", 0, "\n", false },
    { "backcast share init %", 2, "\n", true },
    { "backcast share init nats://127.0.0.1:1/% --name r", 3, "\n", true },
    { "backcast share join nats://127.0.0.1:1/x --name % --ledger joined", 2, "\n", true },
    { "backcast share status", 2, "\n", false },
    { "backcast % x", 2, "\n", true },
    { "backcast log --%", 2, "\n", true },
};

static void check_output(const struct row *row, struct bc_str text)
{
    assert_int_equal(bc_str_utf8_fault(text), text.len);
    for (size_t i = 0, len; i < text.len; i += len) {
        uint32_t c = bc_str_char(text, i, &len);

        if (is_unsafe(c) && !(c > 0 && c < 0x20 && strchr(row->may, (int)c)))
            fail_msg("%s: U+%04X at byte %zu of\n%.*s", row->command, (unsigned)c, i,
                     BC_STR_ARG(text));
    }
}

static void run_row(void **state)
{
    const struct row *row = *state;

    for (size_t i = 0; i < (row->each ? chunk_n : 1); i++) {
        struct bc_buf out = { 0 }; /* of both streams */
        int code = program_run(BC_BINARY_DIR, row->command, chunks[i], &out, &out);

        if (code != row->code)
            fail_msg("%s: %d, expected %d\n%.*s", row->command, code, row->code,
                     BC_STR_ARG(bc_buf_str(&out)));
        check_output(row, bc_buf_str(&out));
        bc_buf_release(&out);
    }
}

/* A command that is added is added here. */
static void every_command_is_among_them(void **state)
{
    struct bc_buf out = { 0 };
    char *line, *rest;

    (void)state;
    assert_int_equal(program_run(BC_BINARY_DIR, "backcast --help", "", &out, &out), 0);
    bc_buf_add_byte(&out, '\0');
    rest = strstr(out.at, "commands:\n");
    assert_non_null(rest);
    for (strsep(&rest, "\n"); (line = strsep(&rest, "\n")) && line[0] == ' ';) {
        char name[32], prefix[64];
        bool found = false;

        assert_int_equal(sscanf(line, " %31s", name), 1);
        snprintf(prefix, sizeof(prefix), "backcast %s", name);
        for (size_t i = 0; i < ARRAY_LEN(rows); i++)
            found |= strncmp(rows[i].command, prefix, strlen(prefix)) == 0;
        if (!found)
            fail_msg("no row runs %s", name);
    }
    bc_buf_release(&out);
}

static int set_up(void **state)
{
    (void)state;
    folder_make(folder);
    strcat(folder, "/in");
    make_chunks();
    setenv("BACKCAST_NOW", NOW, 1);
    setenv("BACKCAST_LEDGER", "ledger", 1);
    if (mkdir(folder, 0700) != 0 || chdir(folder) != 0)
        return -1;
    write_events();
    write_form();
    write_rules();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    folder[strlen(folder) - strlen("/in")] = '\0';
    folder_remove(folder);
    return 0;
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 1] = { cmocka_unit_test(
        every_command_is_among_them) };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[i + 1] = (struct CMUnitTest){ rows[i].command, run_row, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("cli/unsafe", tests, set_up, tear_down);
}
