#include "tests/support/library.h"

#include "ledger/base/instant.h"
#include "ledger/ledger.h"
#include "tools/json/json.h"
#include "tools/lib/dispatch.h"
#include "tools/print/number.h"

#include <stdio.h>

#define NOW INT64_C(1774868400000000) /* 2026-03-30T11:00:00Z */

struct library library = { .options = { .now_us = NOW } };

int library_begin(void **state)
{
    struct bc_buf text = { 0 };
    struct bc_err err = { 0 };

    (void)state;
    folder_make(library.folder);
    (void)snprintf(library.dir, sizeof(library.dir), "%s/sample", library.folder);
    check_ok(bc_ledger_init(library.dir, false, &err), &err);
    library_check(backcast_open(&library.sample, library.dir, &library.options), library.sample);
    file_read(&text, BC_SOURCE_DIR "/tests/sample/sample.jsonl");
    library_check(backcast_append(library.sample, text.at, text.len, NULL), library.sample);
    bc_buf_release(&text);
    return 0;
}

int library_end(void **state)
{
    (void)state;
    backcast_close(library.sample);
    folder_remove(library.folder);
    return 0;
}

backcast_ledger *library_make(const char *name)
{
    char path[FOLDER_PATH + 32];
    struct bc_err err = { 0 };
    backcast_ledger *ledger;

    (void)snprintf(path, sizeof(path), "%s/%s", library.folder, name);
    check_ok(bc_ledger_init(path, false, &err), &err);
    library_check(backcast_open(&ledger, path, &library.options), ledger);
    return ledger;
}

uint64_t library_size(backcast_ledger *ledger)
{
    struct backcast_log_head head;

    library_check(backcast_head(ledger, &head), ledger);
    return head.events;
}

void library_put_value(struct bc_buf *out, const struct backcast_value *value)
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
            library_put_value(out, &value->within[i]);
        }
        bc_buf_add_byte(out, value->kind == BACKCAST_LIST ? ']' : '}');
        break;
    }
}

int library_add_json(void *to, const char *json, size_t len)
{
    bc_buf_add(to, json, len);
    bc_buf_add_byte(to, '\n');
    return 0;
}

char *library_printed(const char *const *words, size_t n)
{
    char *argv[LIBRARY_WORDS_MOST + 3] = { bc_strdup(BC_STR("backcast")) }, *printed = NULL,
                                    *said = NULL;
    size_t printed_len, said_len;
    struct cmd_env env = { .out = open_memstream(&printed, &printed_len),
                           .err = open_memstream(&said, &said_len),
                           .now_us = NOW,
                           .rehearsed = true,
                           .ledger_dir = library.dir };
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

int library_count(void *to, const struct backcast_value *answer)
{
    (void)answer;
    ++*(unsigned *)to;
    return 0;
}
