/* tests/support/place.h - a folder with a ledger, an account file and a fake HubSpot: what an
 * import from HubSpot needs, and what is checked afterwards. Each fails the test where it
 * cannot. */
#ifndef BC_TESTS_SUPPORT_PLACE_H
#define BC_TESTS_SUPPORT_PLACE_H

#include "tests/support/fake_hubspot.h"
#include "tests/support/folder.h"
#include "tools/cli/cmd.h"

/* 2025-04-20T00:00:00Z, before what comes later */
#define PLACE_APRIL_US INT64_C(1745107200000000)

struct place {
    struct fake_hubspot fake;
    char folder[FOLDER_PATH], ledger[FOLDER_PATH + 48], account[FOLDER_PATH + 16];
    int64_t now_us;                 /* PLACE_APRIL_US at first */
    const struct http_clock *clock; /* NULL at first */
    char *out, *err;                /* of the last command */
};

/* Begins one in April 2025: the fake has these further arguments, a ledger is there, and an account
 * file as it was discovered. */
struct place *place_begin(const char *const *arguments);
void place_end(struct place *place);
/* An empty ledger by that name takes the place of the present one; a copy of another one does. */
void place_ledger(struct place *place, const char *name);
void place_copy(struct place *place, const char *from, const char *name);
/* It is June, and HubSpot has changed. */
void place_later(struct place *place);

/* Runs a command in this process; its exit code. */
int place_run(struct place *place, cmd_fn *command, const char *const *args);
#define RUN(place, command, ...)                                                                   \
    place_run(place, command, (const char *const[]){ __VA_ARGS__, NULL })
#define IMPORT(place, ...)                                                                         \
    RUN(place, cmd_import, "import", "hubspot", "--account", (place)->account, "--base-url",       \
        (place)->fake.url, __VA_ARGS__)
void place_check_code(const struct place *place, int code, int want);

/* The answer of an import, for the caller to json_decref; and a number in it. `more`: an argument,
 * or NULL. */
json_t *place_import(struct place *place, const char *more);
long long place_number(const json_t *answer, const char *key);
/* Imports, and holds some numbers of the answer against what is wanted; -1: any. */
void place_check_import(struct place *place, const char *more, long long added, long long agree,
                        long long differ);

/* Fails where the last command did not say so. */
void place_check_says(const struct place *place, const char *what);

/* From now on these are the associations, as in the fake's associations.json, written with '
 * instead of ". */
void place_links(struct place *place, const char *links);
/* Puts `now` in the place of `before`, which is there once, in the account file. */
void place_account(struct place *place, const char *before, const char *now);

/* How many events the ledger holds. */
uint64_t place_count(struct place *place);
/* What they are, whatever the order and the time at which they were taken: a list of lines, sorted,
 * that ends with NULL. */
char **place_content(struct place *place);
void place_content_free(char **lines);
void place_check_same(char **got, char **want);

#endif
