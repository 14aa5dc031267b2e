/* Contract JSONL. A line alone reads as it does within its file, and a sound one comes back from
 * what is written of it; the strict parser takes whatever the fast reader takes, and otherwise says
 * why; line, column and raw text are those of the file. */
#include "ledger/record/codec.h"
#include "tests/fuzz/fuzz.h"
#include "tools/import/importer.h"
#include "tools/json/event_json.h"
#include "tools/json/json.h"

#include <stdlib.h>

static event_reader *alone;
static json_parser *strict;

void fuzz_begin(void)
{
    alone = event_reader_new();
    strict = json_parser_new();
}

/* The n-th line of a file, from 1, without its end and the mark that may begin the file. */
static struct bc_str line_of(struct bc_str file, uint64_t n)
{
    const char *end = file.at + file.len, *at = file.at, *newline;
    struct bc_str line;

    for (uint64_t i = 1; i < n && at; i++) {
        at = memchr(at, '\n', (size_t)(end - at));
        at = at ? at + 1 : NULL;
    }
    FUZZ_MUST(at && at < end, "line %ju is after the end", (uintmax_t)n);
    newline = memchr(at, '\n', (size_t)(end - at));
    line = (struct bc_str){ at, (size_t)((newline ? newline : end) - at) };
    if (newline && line.len && line.at[line.len - 1] == '\r')
        line.len--;
    if (n == 1 && line.len >= 3 && memcmp(line.at, "\xef\xbb\xbf", 3) == 0)
        line = (struct bc_str){ line.at + 3, line.len - 3 };
    return line;
}

static void check_strict(bc_status rc, const struct bc_err *err, struct bc_str line)
{
    const struct json_node *nodes;
    struct bc_err why = { 0 };
    size_t n, column;
    bool json = json_parse(strict, &nodes, &n, &column, line, &why) == BC_OK;

    FUZZ_MUST(json || rc == BC_E_INPUT, "taken, though it is no JSON: %s", why.message);
    FUZZ_MUST(json || strcmp(err->message, why.message) == 0, "\"%s\", but it is no JSON: \"%s\"",
              err->message, why.message);
    FUZZ_MUST(!json || strcmp(err->message, "no JSON that can be read") != 0,
              "refused as no JSON, which it is");
    FUZZ_MUST(json || (column >= 1 && column <= line.len + 1), "column %zu of %zu", column,
              line.len);
}

static void check_event(const struct bc_event *event, const struct bc_event *same)
{
    struct bc_buf a = { 0 }, b = { 0 };

    bc_encode_content(&a, event);
    bc_encode_content(&b, same);
    FUZZ_MUST(bc_str_eq(bc_buf_str(&a), bc_buf_str(&b)), "a line alone is another event");
    bc_buf_release(&a);
    bc_buf_release(&b);
    fuzz_must_be_event(event);
}

static void check_columns(struct importer *importer, const struct bc_event *event)
{
    static const char *const parts[] = { "id", "occurredAt", "deal", "source", "nothing" };
    const char *body = bc_schema(event->body)->json_name;

    for (unsigned i = 0; i < sizeof(parts) / sizeof(parts[0]) + BC_FIELD_MAX + 1; i++) {
        unsigned field = i < 5 ? 0 : i - 5;
        struct bc_where where = { i < 5 ? parts[i] : body, field };
        size_t column = importer->column(importer, where);

        FUZZ_MUST(column >= 1 && column <= importer->raw.len, "%s.%u stands at %zu of %zu",
                  where.part, field, column, importer->raw.len);
    }
}

static void check_entry(struct importer *importer, bc_status rc, const struct bc_event *event,
                        const struct bc_err *err, struct bc_str file)
{
    struct bc_str raw = importer->raw;
    char *line = bc_malloc(raw.len);
    struct bc_event same;
    struct bc_err why = { 0 };
    size_t column = 0, line_end;

    memcpy(line, raw.at, raw.len);
    FUZZ_MUST(bc_str_eq(raw, line_of(file, importer->line)), "line %ju is another one",
              (uintmax_t)importer->line);
    line_end = event_reader_read(alone, &same, &column, (struct bc_str){ line, raw.len }, &why);
    FUZZ_MUST((bc_status)line_end == rc, "a line alone: %s; in its file: %s", why.message,
              err->message);
    check_strict(rc, err, (struct bc_str){ line, raw.len });
    if (rc == BC_OK) {
        check_event(event, &same);
        check_columns(importer, event);
    } else {
        char place[64];
        const char *found = strrchr(err->context, ':');

        (void)snprintf(place, sizeof(place), ":%zu", column);
        FUZZ_MUST(strcmp(err->message, why.message) == 0 && found && strcmp(found, place) == 0,
                  "a line alone: %s at %zu; in its file: %s: %s", why.message, column, err->context,
                  err->message);
        fuzz_must_be_within(err->context, file);
    }
    free(line);
}

int fuzz_one(const uint8_t *data, size_t len)
{
    struct bc_str file = { (const char *)data, len };
    struct importer *importer = NULL;
    const struct bc_event *event = NULL;
    struct bc_err err = { 0 };
    uint64_t line = 0;
    bc_status rc = importer_jsonl(&importer, fuzz_file(0, file), &err);

    FUZZ_MUST(rc == BC_OK, "%s", err.message);
    for (;;) {
        err = (struct bc_err){ 0 };
        rc = importer->next(importer, &event, &err);
        if (rc != BC_OK && rc != BC_E_INPUT)
            break;
        FUZZ_MUST(importer->line > line, "line %ju again", (uintmax_t)importer->line);
        line = importer->line;
        check_entry(importer, rc, event, &err, file);
    }
    FUZZ_MUST(rc == BC_DONE && importer->bytes == len, "it ended early: %s", err.message);
    importer_free(importer);
    return 0;
}
