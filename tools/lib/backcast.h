/* backcast.h - libbackcast: a ledger of sales deals, opened by a program of yours: asked any
 * question that `backcast` answers, walked event by event, and appended to.
 *
 *     backcast_ledger *ledger;
 *     const char *words[] = { "metrics", "--as-of", "2025-03-31" };
 *
 *     if (backcast_open(&ledger, "sales", NULL) == BACKCAST_OK)
 *         backcast_ask(ledger, words, 3, take_answer, NULL);
 *     fputs(backcast_message(ledger), stderr);
 *     backcast_close(ledger);
 *
 * Stability: none is promised before version 1.0. The soname is 0, and what this header declares
 * may change with any release until then.
 *
 * Errors: a call returns a status. Whatever is not BACKCAST_OK has a sentence in
 * backcast_message(ledger), which lives until the next call with that ledger. Pointers that have to
 * be there and are NULL are a mistake of the caller, and end the process.
 *
 * Ownership: what a callback is given is lent to it, and gone when it returns; what a call leaves
 * in the ledger (messages, lists of places) is gone with the next call. Nothing is to be freed but
 * by backcast_close. Texts are UTF-8, end with a NUL and have none within.
 *
 * Units: an instant is in microseconds since 1970-01-01T00:00:00Z, as UTC counts them, without leap
 * seconds. A rate is a share, of which all is 1. An amount of money is decimal text, exact.
 *
 * Threads: a ledger is used by one thread at a time. Several may be open at once, also of one
 * folder, and be used at once on as many threads. A question computes on threads of its own while
 * it is asked.
 *
 * The process: the library prints nothing, ends nothing, reads nothing of the environment, no
 * settings file and no standard input, and changes no locale and no signal's action. Three things
 * remain. Where memory runs out the process says so on standard error and ends with exit code 4,
 * which loses nothing that was acknowledged. While backcast_append runs, the process's umask is
 * that of the ledger, so that its files are open to nobody else; then it is what it was. And a
 * write to a file beyond a limit (RLIMIT_FSIZE) raises SIGXFSZ, unless the process ignores that. */
#ifndef BACKCAST_H
#define BACKCAST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifdef __GNUC__
#define BACKCAST_API __attribute__((visibility("default")))
#else
#define BACKCAST_API
#endif

/* The numbers are the exit codes of the program. */
enum backcast_status {
    BACKCAST_OK = 0,
    BACKCAST_NO = 1,      /* the answer is "no": `audit --fail-on-findings` found some */
    BACKCAST_USAGE = 2,   /* no such question, option or value */
    BACKCAST_INPUT = 3,   /* bad events, or no ledger there; nothing was written */
    BACKCAST_IO = 4,      /* a file or the ledger cannot be read or written */
    BACKCAST_DAMAGED = 5, /* the ledger is damaged, or was rolled back */
    BACKCAST_BUSY = 6,    /* another writer holds the ledger */
    BACKCAST_NEWER = 7,   /* the ledger was written by a newer version */
    BACKCAST_STOPPED = 64 /* a callback wanted no more */
};

/* Of the library: "0.1.0". */
BACKCAST_API const char *backcast_version(void);

/* --- a ledger --- */

typedef struct backcast_ledger backcast_ledger;

/* `{ 0 }` is what NULL is. */
struct backcast_options {
    int64_t now_us;   /* the time that it is: what "today" means, and when events are recorded;
                         0: the system's clock, at each call */
    unsigned threads; /* that a question may compute on; 0: two */
};

/* Opens the ledger in a folder, as `backcast init` makes it; `options` may be NULL. Whether it can
 * be read is tried. *out is set in any case, so that it has the message, and to be closed.
 *
 * Each call sees all that was acknowledged when it began, whoever wrote it. The ledger's files stay
 * open between the calls, which spares a small question nine tenths of its time. */
BACKCAST_API enum backcast_status backcast_open(backcast_ledger **out, const char *folder,
                                                const struct backcast_options *options);
/* NULL is fine. */
BACKCAST_API void backcast_close(backcast_ledger *ledger);

/* What was wrong with the last call, in one sentence for people; "" where nothing was. */
BACKCAST_API const char *backcast_message(const backcast_ledger *ledger);
/* What the program would have said on standard error besides, a line each: "backcast: warning: ..."
 * "" for nothing. */
BACKCAST_API const char *backcast_remarks(const backcast_ledger *ledger);

/* What identifies the state of a log. */
struct backcast_log_head {
    uint64_t events; /* how many; the last one's seq */
    char root[48];   /* the root of their hash tree, in base64 */
};
BACKCAST_API enum backcast_status backcast_head(backcast_ledger *ledger,
                                                struct backcast_log_head *out);

/* --- questions --- */

enum backcast_kind {
    BACKCAST_NULL, /* there is none */
    BACKCAST_BOOL,
    BACKCAST_INTEGER, /* a count, too */
    BACKCAST_SEQ,     /* the place of an event in the log; in JSON a string */
    BACKCAST_NUMBER,  /* without a unit */
    BACKCAST_RATE,    /* a share: 0.25 is 25 % */
    BACKCAST_POINTS,  /* a difference of rates: 0.25 are 25 percentage points */
    BACKCAST_DAYS,    /* a number of days */
    BACKCAST_AMOUNT,  /* of money; in JSON a string */
    BACKCAST_INSTANT, /* in JSON a string */
    BACKCAST_TEXT,
    BACKCAST_JSON, /* a text that is JSON, and in JSON stands there as it is: a stored event */
    BACKCAST_LIST, /* of values without keys */
    BACKCAST_ROW   /* of values with keys: in JSON an object */
};

/* A value: a cell of a row, an item of a list, or an answer. What its kind has no use for is 0. */
struct backcast_value {
    const char *key; /* within a row, as in JSON: "asOf"; else NULL */
    enum backcast_kind kind;
    const char *text; /* of TEXT, JSON, AMOUNT; else NULL */
    size_t text_len;
    int64_t integer; /* of INTEGER, SEQ, INSTANT; of BOOL 0 or 1 */
    double number;   /* of NUMBER, RATE, POINTS, DAYS; of INTEGER, SEQ, AMOUNT the nearest */
    const struct backcast_value *within; /* of LIST and ROW, `n` values in the order of the JSON */
    size_t n;
};

/* The value of a key in a row, or NULL: it has none, or the value is no row, or NULL. */
BACKCAST_API const struct backcast_value *backcast_find(const struct backcast_value *row,
                                                        const char *key);

/* Takes an answer as a tree of values. Other than 0: no more. */
typedef int backcast_answer_fn(void *to, const struct backcast_value *answer);
/* Takes one as JSON, without a line end. Other than 0: no more. */
typedef int backcast_json_fn(void *to, const char *json, size_t len);

/* Asks what `backcast WORDS... --json` would answer, by the same names, options and defaults, which
 * `backcast help` lists: { "metrics", "--as-of", "2025-03-31", "--by", "owner" }. Words are those
 * of a shell after its quotes are gone; `--ledger` and `-` are refused.
 *
 * The callback has an answer for each line that would be printed, in that order: one, but several
 * of `series` (a date each), of several --rules, and of `log` (an event each). Each is held in
 * memory while it is handed over, and forgotten then. Where something fails later, those before
 * stand.
 *
 * A question writes nothing: what appends to a ledger, makes files (--svg, -o) or imports is
 * BACKCAST_USAGE, and so is what answers people alone (--help, --csv). */
BACKCAST_API enum backcast_status backcast_ask(backcast_ledger *ledger, const char *const *words,
                                               size_t n, backcast_answer_fn *take, void *to);
BACKCAST_API enum backcast_status backcast_ask_json(backcast_ledger *ledger,
                                                    const char *const *words, size_t n,
                                                    backcast_json_fn *take, void *to);

/* --- events --- */

/* An event of the log. Texts that it does not have are "". */
struct backcast_event {
    uint64_t seq; /* 1, 2, 3, ... */
    const char *id, *deal, *actor;
    const char *system, *ref, *how; /* its source */
    int64_t occurred_us, recorded_us;
    int64_t source_recorded_us; /* where has_source_recorded */
    bool has_source_recorded;
    /* A row of the fields that it has; its key is the name of the body, "stageChanged". NULL
     * without a key where this version does not know the body. Texts, lists of texts, BOOL and
     * INSTANT. */
    struct backcast_value body;
    size_t unknown; /* fields and bodies that this version does not know, and which are left out */
    const char *json; /* the event in its JSON form */
    size_t json_len;
    const void *stored; /* the record as it is stored and hashed: protobuf */
    size_t stored_len;
};

/* Other than 0: no more. */
typedef int backcast_event_fn(void *to, const struct backcast_event *event);

/* Walks the events `first` to `last`, both counted, in the order of the log; `last` 0, or past the
 * end: to the end. `first` is 1 or more; past the end there are none. */
BACKCAST_API enum backcast_status backcast_events(backcast_ledger *ledger, uint64_t first,
                                                  uint64_t last, backcast_event_fn *take, void *to);

/* What became of an append. */
struct backcast_appended {
    uint64_t added, duplicates;
    size_t n;             /* events that were given: added + duplicates */
    const uint64_t *seqs; /* of each its place in the log, in their order; of a duplicate that of
                             the event that was there */
};

/* Appends events in their JSON form, one a line (empty lines are passed over): all of them, or
 * none. `seq` and `recordedAt` are left out of account, and given anew. When it returns with
 * BACKCAST_OK they are on disk. An event that is there already, with the same content, is a
 * duplicate, and counts as done. BACKCAST_INPUT: an event is bad, or its id is taken by other
 * content; the message begins with the line and the column: "events:3:17: ...". BACKCAST_BUSY: try
 * again later; nothing waits.
 *
 * A ledger that is a replica of a shared log is appended to by the program alone (BACKCAST_USAGE).
 * After BACKCAST_INPUT, BACKCAST_BUSY and BACKCAST_USAGE none of them is in the log. After any
 * other failure either none is or all are: the disk may have failed as they were acknowledged, or
 * as caches followed them. Then append the same lines again: those that are there are duplicates.
 *
 * Appends of one process are done one after the other, whatever their ledgers. `out` may be NULL.
 */
BACKCAST_API enum backcast_status backcast_append(backcast_ledger *ledger, const char *lines,
                                                  size_t len, struct backcast_appended *out);

#ifdef __cplusplus
}
#endif

#endif
