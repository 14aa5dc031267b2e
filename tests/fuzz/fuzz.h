/* tests/fuzz/fuzz.h - a target: a reader of foreign bytes, and what must hold whatever they are.
 *
 * A file target_NAME.c defines fuzz_one and, where it wants to, the two below it. The same
 * functions are driven by libFuzzer (engine.c, `./run fuzz`) and over the corpus by replay.c, the
 * test fuzz/NAME. */
#ifndef BC_TESTS_FUZZ_FUZZ_H
#define BC_TESTS_FUZZ_FUZZ_H

#include "ledger/base/err.h"
#include "ledger/base/mem.h"

#include <stdio.h>

/* Reads the bytes and ends the process by fuzz_fail where something does not hold. Returns 0. */
int fuzz_one(const uint8_t *data, size_t len);
/* Once, before all. */
void fuzz_begin(void);
/* Seeds that no file could keep: adds the i-th, or returns false where there are no more. */
bool fuzz_made(struct bc_buf *out, size_t i);

/* Ends the process with a sentence. */
void fuzz_fail(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));
#define FUZZ_MUST(condition, ...)                                                                  \
    do {                                                                                           \
        if (!(condition))                                                                          \
            fuzz_fail(__VA_ARGS__);                                                                \
    } while (0)

enum { FUZZ_FILES = 2 };
/* The path of a file that holds these bytes, its owner's alone; the n-th (below FUZZ_FILES) until
 * the next n-th. */
const char *fuzz_file(unsigned n, struct bc_str bytes);
/* A stream that goes nowhere. */
FILE *fuzz_nowhere(void);

/* The bytes before the first line that is only "%%", and those after it; false: there is no such
 * line, and *first is all. */
bool fuzz_cut(struct bc_str *first, struct bc_str *rest, struct bc_str bytes);

/* Fails unless "PATH:LINE:COLUMN", at the end of an error's context, is a place in `text`, or the
 * one after its end. */
void fuzz_must_be_within(const char *context, struct bc_str text);

struct bc_event;
/* Fails unless the event is sound, and comes back the same from its bytes, and from its JSON. */
void fuzz_must_be_event(const struct bc_event *event);

struct importer;
/* Reads all that an importer of an event log has, which must be sound events and said faults, whose
 * places are in `log`; where that has no text, they are not looked at. */
void fuzz_read_events(struct importer *importer, struct bc_str log);

#endif
