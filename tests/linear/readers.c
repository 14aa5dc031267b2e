/* tests/linear/readers.c - twice as many foreign bytes cost twice as much work, and what is read
 * piece by piece no more memory. */
#include "ledger/record/codec.h"
#include "ledger/record/evidence.h"
#include "ledger/record/head.h"
#include "ledger/record/note.h"
#include "projections/rules/rules.h"
#include "projections/rules/rules_check.h"
#include "tests/linear/count.h"
#include "tests/support/check.h"
#include "tests/support/every_body.h"
#include "tests/support/file.h"
#include "tools/check/check_impl.h"
#include "tools/discover/discover.h"
#include "tools/import/csv/csv_map.h"
#include "tools/import/importer.h"

#include <inttypes.h>
#include <stdio.h>

/* Makes a text of about n like parts. */
typedef void make_fn(struct bc_buf *out, size_t n);
typedef void read_fn(struct bc_str text);

/* --- readers --- */

static void read_all(struct importer *importer)
{
    const struct bc_event *event;
    struct bc_err err = { 0 };
    bc_status rc;

    do
        rc = importer->next(importer, &event, &err);
    while (rc == BC_OK || (rc == BC_E_INPUT && !importer->broken));
    importer_free(importer);
}

static void read_jsonl(struct bc_str text)
{
    struct importer *importer;
    struct bc_err err = { 0 };

    check_ok(importer_jsonl(&importer, file_make(text), &err), &err);
    count_begin();
    read_all(importer);
    file_remove();
}

static void read_proto(struct bc_str text)
{
    struct importer *importer;
    struct bc_err err = { 0 };

    check_ok(importer_proto(&importer, file_make(text), &err), &err);
    count_begin();
    read_all(importer);
    file_remove();
}

static const char map_text[] = "name: t\n"
                               "deal: \"{id}\"\n"
                               "time: { column: at, formats: [rfc3339] }\n"
                               "crosswalks:\n"
                               "  s: { values: { Won: closed_won } }\n"
                               "events:\n"
                               "  - stageChanged: { to: { column: stage, crosswalk: s } }\n";

static void read_csv(struct bc_str text)
{
    char map_path[256];
    struct importer *importer;
    struct bc_err err = { 0 };

    (void)snprintf(map_path, sizeof(map_path), "%s", file_make(BC_STR(map_text)));
    count_begin();
    if (importer_csv(&importer, file_make(text), map_path, &err) == BC_OK)
        read_all(importer);
    file_remove();
    (void)remove(map_path);
}

static void read_ocel(struct bc_str text)
{
    char map_path[256];
    struct importer *importer;
    struct bc_err err = { 0 };

    (void)snprintf(map_path, sizeof(map_path), "%s",
                   file_make(BC_STR("name: t\nobjects: deal\ndeal: \"{case:ocel:id}\"\n"
                                    "time: { column: ocel:time, formats: [rfc3339] }\n"
                                    "ignore_columns: [ocel:id, case:ocel:qualifier, object:deal]\n"
                                    "events:\n  - stageChanged: { to: \"{ocel:type}\" }\n")));
    count_begin();
    check_ok(importer_ocel(&importer, file_make(text), map_path, &err), &err);
    read_all(importer);
    file_remove();
    (void)remove(map_path);
}

static void read_map(struct bc_str text)
{
    struct bc_err err = { 0 };
    csv_map *map = NULL;

    count_begin();
    (void)csv_map_parse(&map, text, "map.yaml", &err);
    csv_map_free(map);
}

static void read_discover(struct bc_str text)
{
    const char *path = file_make(text);
    const struct discover_table table = { .path = path, .named_after = path, .word = "csv" };
    struct discovered found = { 0 };
    struct bc_err err = { 0 };
    bc_rules *rules = NULL;

    check_ok(bc_rules_default(&rules, &err), &err);
    count_begin();
    check_ok(discover(&found, &table, rules, &err), &err);
    discover_release(&found);
    file_remove();
    bc_rules_free(rules);
}

static void warn(void *payload, enum bc_rules_oddity oddity, const struct bc_err *where)
{
    (void)payload;
    (void)oddity;
    (void)where;
}

static void read_rules(struct bc_str text)
{
    struct bc_err err = { 0 };
    bc_rules *rules = NULL;

    count_begin();
    if (bc_rules_parse(&rules, text, "rules.yaml", &err) == BC_OK)
        (void)bc_rules_check(rules, text, "rules.yaml", warn, NULL, &err);
    bc_rules_free(rules);
}

static void read_signed(struct bc_str text)
{
    struct bc_note_key key = { .name = "a" };
    struct bc_err err = { 0 };
    struct bc_note note;
    struct bc_head head;

    count_begin();
    check_ok(bc_note_parse(&note, text, &err), &err);
    (void)bc_note_check(&note, &key);
    (void)bc_head_parse(&head, NULL, NULL, note.text, &err);
}

static void read_note(struct bc_str text)
{
    struct bc_err err = { 0 };
    struct bc_note note;
    struct bc_head head;

    count_begin();
    if (bc_note_parse(&note, text, &err) == BC_OK)
        (void)bc_head_parse(&head, NULL, NULL, note.text, &err);
}

static void read_evidence(struct bc_str text)
{
    struct check check = { 0 };
    struct bc_err err = { 0 };
    size_t line;

    count_begin();
    check_ok(bc_evidence_parse(&check.evidence, &line, text, &err), &err);
    check_heads(&check, NULL, NULL, NULL);
    check_records(&check);
    check_lists(&check);
    assert_false(check_passed(&check));
    check_release(&check);
}

/* --- texts --- */

#define EVENT "{\"id\":\"e%zu\",\"occurredAt\":\"2025-01-01T00:00:00Z\",\"deal\":\"d\","

/* Somebody else's file: each names the one before it, or nothing. */
static void add_retractions(struct bc_buf *out, size_t n, const char *target_form)
{
    const struct bc_proof none = { 0 };
    struct bc_buf bytes = { 0 };

    bc_evidence_begin(out, BC_STR("d"), n);
    for (size_t i = 1; i <= n; i++) {
        char id[32], target[32];
        struct bc_event event = { .body = BC_RETRACTED, .has_occurred = true, .occurred_us = 1 };

        (void)snprintf(id, sizeof(id), "r%zu", i);
        (void)snprintf(target, sizeof(target), "%s%zu", target_form, i - 1);
        event.id = bc_str_of(id);
        event.deal = BC_STR("d");
        event.value[BC_RETRACTED_EVENT].text = bc_str_of(target);
        bytes.len = 0;
        bc_encode_prefix(&bytes, i, 1);
        bc_encode_content(&bytes, &event);
        bc_evidence_record(out, i, bc_buf_str(&bytes), &none);
    }
    bc_evidence_head(out, BC_STR("x\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"));
    bc_buf_release(&bytes);
}

static void stray_retractions(struct bc_buf *out, size_t n)
{
    add_retractions(out, n, "x");
}

static void chained_retractions(struct bc_buf *out, size_t n)
{
    add_retractions(out, n, "r");
}

static void lines(struct bc_buf *out, size_t n)
{
    for (size_t i = 0; i < n; i++)
        bc_buf_printf(out, EVENT "\"stageChanged\":{\"to\":\"discovery\"}}\n", i);
}

static void bad_lines(struct bc_buf *out, size_t n)
{
    for (size_t i = 0; i < n; i++)
        bc_buf_printf(out, EVENT "\"stageChanged\":{\"to\":\"\\ud800\"},\"x\":[[[[%zu]]]]}\n", i,
                      i);
}

static void blank_lines(struct bc_buf *out, size_t n)
{
    for (size_t i = 0; i < n; i++)
        bc_buf_add_str(out, BC_STR("\r\n \n"));
}

static void long_text(struct bc_buf *out, size_t n)
{
    bc_buf_printf(out, EVENT "\"propertyChanged\":{\"name\":\"x\",\"value\":\"", n);
    for (size_t i = 0; i < n; i++)
        bc_buf_add_str(out, BC_STR("\\n \xc3\xa9 \\u00e9 "));
    bc_buf_add_str(out, BC_STR("\"}}\n"));
}

static void open_brackets(struct bc_buf *out, size_t n)
{
    for (size_t i = 0; i < n; i++)
        bc_buf_add_str(out, BC_STR("[{\"a\":"));
}

static void records(struct bc_buf *out, size_t n)
{
    struct bc_event event = every_body_event(BC_MEETING_LOGGED);
    struct bc_buf record = { 0 };

    bc_encode_content(&record, &event);
    for (size_t i = 0; i < n; i++) {
        bc_varint_add(out, record.len);
        bc_buf_add_str(out, bc_buf_str(&record));
    }
    bc_buf_release(&record);
}

static void rows(struct bc_buf *out, size_t n)
{
    bc_buf_add_str(out, BC_STR("id,at,stage\n"));
    for (size_t i = 0; i < n; i++)
        bc_buf_printf(out, "%zu,2025-01-01T00:00:00Z,Won\n", i);
}

static void equal_rows(struct bc_buf *out, size_t n)
{
    bc_buf_add_str(out, BC_STR("id,at,stage\n"));
    for (size_t i = 0; i < n; i++)
        bc_buf_add_str(out, BC_STR("1,2025-01-01T00:00:00Z,Won\n"));
}

static void bad_rows(struct bc_buf *out, size_t n)
{
    bc_buf_add_str(out, BC_STR("id,at,stage\n"));
    for (size_t i = 0; i < n; i++)
        bc_buf_printf(out, "%zu,x\"y,Won\n%zu,soon,Won\n1,2\n", i, i);
}

static void unknown_words(struct bc_buf *out, size_t n)
{
    bc_buf_add_str(out, BC_STR("id,at,stage\n"));
    for (size_t i = 0; i < n; i++)
        bc_buf_printf(out, "%zu,2025-01-01T00:00:00Z,word %zu\n", i, i);
}

static void long_cell(struct bc_buf *out, size_t n)
{
    bc_buf_add_str(out, BC_STR("id,at,stage\n\""));
    for (size_t i = 0; i < n; i++)
        bc_buf_add_str(out, BC_STR("a \"\"b\"\",\n"));
    bc_buf_add_str(out, BC_STR("\",2025-01-01T00:00:00Z,Won\n"));
}

static void cells(struct bc_buf *out, size_t n)
{
    bc_buf_add_str(out, BC_STR("id,at,stage\n"));
    for (size_t i = 0; i < n; i++)
        bc_buf_add_str(out, BC_STR("\"x\","));
}

static void header_cells(struct bc_buf *out, size_t n)
{
    bc_buf_add_str(out, BC_STR("id,at,stage"));
    for (size_t i = 0; i < n; i++)
        bc_buf_printf(out, ",column %zu", i);
    bc_buf_add_byte(out, '\n');
}

static void columns(struct bc_buf *out, size_t n)
{
    header_cells(out, n);
    for (size_t row = 0; row < 2; row++) {
        bc_buf_printf(out, "%zu,2025-01-01T00:00:00Z,Won", row);
        for (size_t i = 0; i < n; i++)
            bc_buf_printf(out, ",word %zu", i);
        bc_buf_add_byte(out, '\n');
    }
}

static void twin_columns(struct bc_buf *out, size_t n)
{
    bc_buf_add_str(out, BC_STR("id,at,stage"));
    for (size_t i = 0; i < n; i++)
        bc_buf_add_str(out, BC_STR(",owner"));
    bc_buf_add_str(out, BC_STR("\n1,2025-01-01T00:00:00Z,Won"));
    for (size_t i = 0; i < n; i++)
        bc_buf_add_byte(out, ',');
    bc_buf_add_byte(out, '\n');
}

#define OCEL_EVENT "{\"events\":[{\"id\":\"e\",\"type\":\"t\",\"time\":\"2025-01-01T00:00:00Z\","
#define OCEL_DEAL  "{\"id\":\"%zu\",\"type\":\"deal\"}"

static void one_deal_again(struct bc_buf *out, size_t n)
{
    bc_buf_add_str(out, BC_STR(OCEL_EVENT "\"relationships\":["));
    for (size_t i = 0; i < n; i++)
        bc_buf_printf(out, "%s{\"objectId\":\"0\",\"qualifier\":\"q\"}", i ? "," : "");
    bc_buf_printf(out, "]}],\"objects\":[" OCEL_DEAL "]}", (size_t)0);
}

static void many_deals(struct bc_buf *out, size_t n)
{
    bc_buf_add_str(out, BC_STR(OCEL_EVENT "\"relationships\":["));
    for (size_t i = 0; i < n; i++)
        bc_buf_printf(out, "%s{\"objectId\":\"%zu\"}", i ? "," : "", i);
    bc_buf_add_str(out, BC_STR("]}],\"objects\":["));
    for (size_t i = 0; i < n; i++)
        bc_buf_printf(out, "%s" OCEL_DEAL, i ? "," : "", i);
    bc_buf_add_str(out, BC_STR("]}"));
}

static void ignored(struct bc_buf *out, size_t n)
{
    bc_buf_add_str(out, BC_STR("name: t\ndeal: \"{id}\"\ntime: { column: at, formats: [rfc3339] }\n"
                               "events:\n  - dealDeleted: {}\nignore_columns:\n"));
    for (size_t i = 0; i < n; i++)
        bc_buf_printf(out, "  - column %zu\n", i);
}

static void pairs(struct bc_buf *out, size_t n)
{
    bc_buf_add_str(out, BC_STR("name: t\ndeal: \"{id}\"\ntime: { column: at, formats: [rfc3339] }\n"
                               "events:\n  - dealDeleted: {}\ncrosswalks:\n  s:\n    values:\n"));
    for (size_t i = 0; i < n; i++)
        bc_buf_printf(out, "      \"word %zu\": to %zu\n", i, i % 7);
}

static void comments(struct bc_buf *out, size_t n)
{
    bc_buf_add_str(out, BC_STR("version: r\n"));
    for (size_t i = 0; i < n; i++)
        bc_buf_add_str(out, BC_STR("# a line\n\n"));
}

static void unknown_keys(struct bc_buf *out, size_t n)
{
    bc_buf_add_str(out, BC_STR("version: r\n"));
    for (size_t i = 0; i < n; i++)
        bc_buf_printf(out, "key%zu: [a, b, %zu]\n", i, i);
}

static void text_lines(struct bc_buf *out, size_t n)
{
    for (size_t i = 0; i < n; i++)
        bc_buf_add_str(out, BC_STR("a line\n"));
}

static void empty_lines(struct bc_buf *out, size_t n)
{
    bc_buf_add_str(out, BC_STR("a\n"));
    for (size_t i = 0; i < n; i++)
        bc_buf_add_byte(out, '\n');
}

static void signatures(struct bc_buf *out, size_t n)
{
    bc_buf_add_str(out, BC_STR("a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"));
    for (size_t i = 0; i < n; i++)
        bc_buf_add_str(out, BC_STR("\xe2\x80\x94 a x08go/ZJkuBS9UG/SffcvIA=\n"));
}

/* --- the law --- */

static const struct reading {
    const char *name;
    make_fn *make;
    read_fn *read;
    size_t n;
    bool piecewise; /* holds no more, the longer it is */
} readings[] = {
    { "jsonl: lines", lines, read_jsonl, 4096, true },
    { "jsonl: bad lines", bad_lines, read_jsonl, 4096, true },
    { "jsonl: blank lines", blank_lines, read_jsonl, 65536, true },
    { "jsonl: a long text", long_text, read_jsonl, 131072, false },
    { "jsonl: open brackets", open_brackets, read_jsonl, 16384, false },
    { "proto: records", records, read_proto, 4096, true },
    { "csv: rows", rows, read_csv, 1024, false },
    { "csv: equal rows", equal_rows, read_csv, 1024, true },
    { "csv: bad rows", bad_rows, read_csv, 1024, true },
    { "csv: words that the crosswalk lacks", unknown_words, read_csv, 512, false },
    { "csv: a long cell", long_cell, read_csv, 65536, false },
    { "csv: cells", cells, read_csv, 16384, false },
    { "csv: columns", header_cells, read_csv, 1024, false },
    { "ocel: one deal again and again", one_deal_again, read_ocel, 4096, false },
    { "map: pairs of a crosswalk", pairs, read_map, 1024, false },
    { "map: columns", ignored, read_map, 2048, false },
    { "discover: columns", columns, read_discover, 1024, false },
    { "discover: columns of one name", twin_columns, read_discover, 1024, false },
    { "map: unknown keys", unknown_keys, read_map, 1024, false },
    { "rules: comments", comments, read_rules, 4096, false },
    { "rules: unknown keys", unknown_keys, read_rules, 1024, false },
    { "note: lines", text_lines, read_note, 16384, false },
    { "note: empty lines", empty_lines, read_note, 16384, false },
    { "note: signatures", signatures, read_signed, 50, false }, /* at most 100 are read */
    { "evidence: retractions that fit nothing", stray_retractions, read_evidence, 1024, false },
    { "evidence: a chain of retractions", chained_retractions, read_evidence, 1024, false },
};

static struct cost cost_of(const struct reading *reading, size_t n)
{
    struct bc_buf text = { 0 };
    struct cost cost;

    reading->make(&text, n);
    reading->read(bc_buf_str(&text));
    cost = count_end();
    bc_buf_release(&text);
    return cost;
}

/* A square would be 4 times the work; n log n is 2.2. */
static void reading_row(void **state)
{
    const struct reading *reading = *state;
    struct cost once, twice;

    (void)cost_of(reading, 16); /* what is done once a process */
    once = cost_of(reading, reading->n);
    twice = cost_of(reading, 2 * reading->n);
    if (twice.steps > once.steps / 10 * 23)
        fail_msg("%zu parts take %" PRIu64 " steps, twice as many %" PRIu64, reading->n, once.steps,
                 twice.steps);
    if (reading->piecewise && twice.memory > once.memory + 4096)
        fail_msg("%zu parts take %zu bytes, twice as many %zu", reading->n, once.memory,
                 twice.memory);
}

/* n rows that are n long: the work is a square, the memory not. */
static void rows_of_one_event(void **state)
{
    const struct reading reading = { .make = many_deals, .read = read_ocel };
    struct cost once, twice;

    (void)state;
    (void)cost_of(&reading, 16);
    once = cost_of(&reading, 512);
    twice = cost_of(&reading, 1024);
    if (twice.memory > once.memory / 10 * 23)
        fail_msg("512 deals take %zu bytes, twice as many %zu", once.memory, twice.memory);
}

int main(void)
{
    enum { MADE = 1 };
    struct CMUnitTest tests[MADE + ARRAY_LEN(readings)] = { cmocka_unit_test(rows_of_one_event) };

    for (size_t i = 0; i < ARRAY_LEN(readings); i++)
        tests[MADE + i] = (struct CMUnitTest){ readings[i].name, reading_row, NULL, NULL,
                                               (void *)(uintptr_t)&readings[i] };
    return cmocka_run_group_tests_name("linear", tests, NULL, NULL);
}
