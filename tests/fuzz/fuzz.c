/* tests/fuzz/fuzz.c - what targets share. */
#include "tests/fuzz/fuzz.h"

#include "ledger/record/codec.h"
#include "tools/import/importer.h"
#include "tools/json/event_json.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

__attribute__((weak)) void fuzz_begin(void)
{
}

__attribute__((weak)) bool fuzz_made(struct bc_buf *out, size_t i)
{
    (void)out;
    (void)i;
    return false;
}

void fuzz_fail(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    fputs("does not hold: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    abort();
}

const char *fuzz_file(unsigned n, struct bc_str bytes)
{
    static int fds[FUZZ_FILES];
    static char paths[FUZZ_FILES][32];

    if (fds[n] == 0) {
        fds[n] = memfd_create("fuzz", MFD_CLOEXEC);
        FUZZ_MUST(fds[n] > 0 && fchmod(fds[n], 0600) == 0, "no file in memory can be made");
        (void)snprintf(paths[n], sizeof(paths[n]), "/proc/self/fd/%d", fds[n]);
    }
    FUZZ_MUST(ftruncate(fds[n], 0) == 0 &&
                  (bytes.len == 0 || pwrite(fds[n], bytes.at, bytes.len, 0) == (ssize_t)bytes.len),
              "a file in memory cannot be written");
    return paths[n];
}

FILE *fuzz_nowhere(void)
{
    static FILE *nowhere;

    if (!nowhere)
        nowhere = fopen("/dev/null", "we");
    FUZZ_MUST(nowhere, "no /dev/null");
    return nowhere;
}

bool fuzz_cut(struct bc_str *first, struct bc_str *rest, struct bc_str bytes)
{
    static const char mark[] = "\n%%\n";
    const char *at = bytes.len ? memmem(bytes.at, bytes.len, mark, sizeof(mark) - 1) : NULL;

    *first = bytes;
    *rest = (struct bc_str){ 0 };
    if (!at)
        return false;
    first->len = (size_t)(at - bytes.at) + 1;
    rest->at = at + sizeof(mark) - 1;
    rest->len = bytes.len - first->len - (sizeof(mark) - 2);
    return true;
}

/* The number before `*end`, which goes back to the colon before that. */
static size_t number_back(const char *begin, const char **end)
{
    const char *at = *end;

    while (at > begin && at[-1] >= '0' && at[-1] <= '9')
        at--;
    FUZZ_MUST(at > begin && at[-1] == ':' && at < *end, "no place: %s", begin);
    *end = at - 1;
    return strtoul(at, NULL, 10);
}

/* Lines end with LF, CRLF or CR: readers differ there, and so a place may be any of theirs. */
void fuzz_must_be_within(const char *context, struct bc_str text)
{
    const char *end = context + strlen(context);
    size_t column = number_back(context, &end), line = number_back(context, &end), lines = 1;

    for (size_t i = 0; i < text.len; i++)
        lines += text.at[i] == '\n' || text.at[i] == '\r';
    FUZZ_MUST(line >= 1 && line <= lines, "%s is after the last of %zu lines", context, lines);
    FUZZ_MUST(column >= 1 && column <= text.len + 1, "%s is after the end of the text", context);
}

static void must_be_same(const struct bc_buf *a, const struct bc_buf *b, const char *what)
{
    FUZZ_MUST(bc_str_eq(bc_buf_str(a), bc_buf_str(b)), "an event %s is another one", what);
}

static bool is_known(const struct bc_event *event)
{
    return event->body != BC_NO_BODY && event->unknown.len == 0 && event->source_unknown.len == 0 &&
           event->body_unknown.len == 0;
}

static void must_survive_json(const struct bc_event *event, const struct bc_buf *content)
{
    static event_reader *reader;
    struct bc_buf json = { 0 }, again = { 0 };
    struct bc_event back;
    struct bc_err err = { 0 };
    size_t column;

    if (!reader)
        reader = event_reader_new();
    event_json_add(&json, event);
    FUZZ_MUST(bc_str_utf8_fault(bc_buf_str(&json)) == json.len, "JSON that is no UTF-8");
    for (size_t i = 0; i < json.len; i++)
        FUZZ_MUST((uint8_t)json.at[i] >= ' ', "JSON with a control character");
    if (is_known(event)) {
        FUZZ_MUST(event_reader_read(reader, &back, &column, bc_buf_str(&json), &err) == BC_OK,
                  "our own JSON is refused: %s: %.*s", err.message, (int)json.len, json.at);
        bc_encode_content(&again, &back);
        must_be_same(content, &again, "read from its JSON");
    }
    bc_buf_release(&json);
    bc_buf_release(&again);
}

void fuzz_must_be_event(const struct bc_event *event)
{
    struct bc_buf content = { 0 }, again = { 0 };
    bc_arena *arena = bc_arena_new();
    struct bc_event back;
    struct bc_err err = { 0 };

    FUZZ_MUST(bc_event_check(event, NULL, &err) == BC_OK, "an unsound event: %s", err.message);
    bc_encode_content(&content, event);
    FUZZ_MUST(bc_decode(&back, bc_buf_str(&content), arena, &err) == BC_OK,
              "our own bytes are refused: %s", err.message);
    bc_encode_content(&again, &back);
    must_be_same(&content, &again, "read from its bytes");
    must_survive_json(event, &content);
    bc_arena_free(arena);
    bc_buf_release(&content);
    bc_buf_release(&again);
}

static void see_note(void *to, const char *note, const char *text)
{
    (void)to;
    FUZZ_MUST(note[0] && text[0], "a note without words");
}

void fuzz_read_events(struct importer *importer, struct bc_str log)
{
    const struct bc_event *event = NULL;
    struct bc_err err = { 0 };
    bc_status rc;

    do {
        rc = importer->next(importer, &event, &err);
        if (rc == BC_OK)
            fuzz_must_be_event(event);
        else if (rc == BC_E_INPUT && log.at)
            fuzz_must_be_within(err.context, log);
    } while (rc == BC_OK || (rc == BC_E_INPUT && !importer->broken));
    FUZZ_MUST(rc == BC_DONE || importer->broken, "it ended early: %s", err.message);
    importer->tell(importer, see_note, NULL);
}
