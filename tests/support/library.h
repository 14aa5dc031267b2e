/* tests/support/library.h - a ledger of the sample, opened by the library (tools/lib/backcast.h),
 * new ones beside it, and its answers as lines of text. */
#ifndef BC_TESTS_SUPPORT_LIBRARY_H
#define BC_TESTS_SUPPORT_LIBRARY_H

#include "tests/support/check.h"
#include "tests/support/folder.h"
#include "tools/lib/backcast.h"

#define LIBRARY_AS_OF "--as-of", "2026-03-29"
enum { LIBRARY_WORDS_MOST = 12 };

/* Of the group: a folder, in it the sample's ledger, opened. */
struct library {
    char folder[FOLDER_PATH], dir[FOLDER_PATH + 8];
    struct backcast_options options;
    backcast_ledger *sample;
};
extern struct library library;
int library_begin(void **state);
int library_end(void **state);

#define library_check(call, ledger)                                                                \
    do {                                                                                           \
        const int library_status = (int)(call);                                                    \
        if (library_status != BACKCAST_OK)                                                         \
            fail_msg("%s: %d: %s", #call, library_status, backcast_message(ledger));               \
    } while (0)

/* A new ledger with a path of its own in the folder; the caller closes it. */
backcast_ledger *library_make(const char *name);
uint64_t library_size(backcast_ledger *ledger);

/* A value as JSON has it. */
void library_put_value(struct bc_buf *out, const struct backcast_value *value);
/* For backcast_ask: counts the answers in an unsigned. For backcast_ask_json: adds each to a
 * struct bc_buf, as a line. */
int library_count(void *to, const struct backcast_value *answer);
int library_add_json(void *to, const char *json, size_t len);
/* What the program prints of it, with --json; the caller frees it. */
char *library_printed(const char *const *words, size_t n);

/* Lines of events. */
#define LIBRARY_AT "\"occurredAt\":\"2026-03-01T00:00:00Z\""
#define LIBRARY_REVIEW(id, note)                                                                   \
    "{\"id\":\"" id "\"," LIBRARY_AT ",\"reviewHeld\":{\"note\":\"" note "\","                     \
    "\"experiments\":[\"a\",\"b\"]}}\n"

#endif
