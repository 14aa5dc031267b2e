/* ledger/log/log.h - the append-only log of events; the only door to what is stored.
 *
 * seq counts 1, 2, 3, ... without holes; recorded times never decrease along it. A call returns
 * BC_OK, BC_DONE (an outcome that is no failure: nothing there, the end), or a failure: then
 * outputs are untouched and *err, unless NULL, says what and where. One bc_log per thread. Nothing
 * here reads the clock, the locale or the environment. */
#ifndef BC_LEDGER_LOG_LOG_H
#define BC_LEDGER_LOG_LOG_H

#include "ledger/log/meta.h"
#include "ledger/record/event.h"
#include "ledger/record/merkle.h"
#include "ledger/store/store.h"

typedef struct bc_log bc_log;       /* opaque; owns its store */
typedef struct bc_append bc_append; /* an append under way; borrows its log, so free it first */
typedef struct bc_cursor bc_cursor; /* a walk; borrows its log, so free it first */

/* Receives each new head once the events below it are on disk, and before they are acknowledged. */
struct bc_head_sink {
    bc_status (*publish)(void *payload, const struct bc_head *head, struct bc_err *err);
    void (*free)(void *payload); /* when the log is closed; NULL is fine */
    void *payload;
};

/* A log over a store, which it owns on success; on failure the caller still does. For writing,
 * leftovers of an append that was killed are removed first. `sink` may be NULL. */
bc_status bc_log_open(bc_log **out, bc_store *store, bool write, const struct bc_head_sink *sink,
                      struct bc_err *err);
void bc_log_close(bc_log *log); /* NULL is fine */
/* It is lent to one more who closes it: one bc_log_close more until it is closed. */
void bc_log_keep(bc_log *log);

/* Size and root of the log as opened, or after the last append through this bc_log. */
const struct bc_head *bc_log_head(const bc_log *log);
/* The head when the log had `size` events, size <= bc_log_head's. */
bc_status bc_log_head_at(bc_log *log, uint64_t size, struct bc_head *out, struct bc_err *err);
/* How many threads a large append, and what is computed beside the log, may use: at least 1, which
 * it is at first. */
void bc_log_set_threads(bc_log *log, unsigned threads);
unsigned bc_log_threads(const bc_log *log);
/* It stays open for questions to come (bc_store_stays). */
void bc_log_stays(bc_log *log);
/* Its folder for temporary files (ledger/spill/temp.h); NULL: it is in memory. */
const char *bc_log_aside(const bc_log *log);
/* For projections alone, which keep their caches beside the log. */
bc_store *bc_log_store(bc_log *log);

/* The event `seq`, 1 <= seq <= size; its texts live in `bytes` and `arena`. */
bc_status bc_log_get(bc_log *log, uint64_t seq, struct bc_event *out, struct bc_buf *bytes,
                     bc_arena *arena, struct bc_err *err);
/* An event to read, and the caller's name for it. */
struct bc_wanted {
    uint64_t seq;
    size_t name;
};
/* Reads events in the order of the log, whatever order they are wanted in: they lie in compressed
 * blocks, and so each block is unpacked only once. Equal seqs are fine. A negative status of
 * `visit`, to which the event is lent, ends it and is returned. */
bc_status bc_log_read_each(bc_log *log, const struct bc_wanted *wanted, size_t n,
                           bc_status (*visit)(void *payload, size_t name,
                                              const struct bc_event *event, struct bc_err *err),
                           void *payload, struct bc_err *err);
/* The seq of an id, or BC_DONE. */
bc_status bc_log_find(bc_log *log, struct bc_str id, uint64_t *out_seq, struct bc_err *err);
/* For a retraction `seq`: the seq of the event that it names, and its root: the first event of the
 * chain that is no retraction itself. BC_DONE: `seq` is no retraction. */
bc_status bc_log_retraction(bc_log *log, uint64_t seq, uint64_t *out_target, uint64_t *out_root,
                            struct bc_err *err);
/* When the last event was recorded; 0 for an empty log. */
int64_t bc_log_last_recorded(const bc_log *log);
/* Whether a recorded time lies in the future of a clock, by more than clocks differ. */
#define BC_CLOCKS_DIFFER_US (INT64_C(5) * 60 * 1000000)
static inline bool bc_log_in_future(int64_t recorded_us, int64_t clock_us)
{
    return recorded_us - clock_us > BC_CLOCKS_DIFFER_US;
}
/* The last seq that was recorded at or before an instant; 0 if none. */
bc_status bc_log_seq_recorded_by(bc_log *log, int64_t recorded_us, uint64_t *out_seq,
                                 struct bc_err *err);

/* Walks first, first+1, ..., last. A hole is BC_E_DAMAGED. */
bc_status bc_cursor_open(bc_cursor **out, bc_log *log, uint64_t first, uint64_t last,
                         struct bc_err *err);
/* BC_OK: *out (and *stored, unless NULL: the record's bytes) live until the next call on this
 * cursor. BC_DONE: the end; all was seen. Negative: the walk broke off. */
bc_status bc_cursor_next(bc_cursor *cursor, const struct bc_event **out, struct bc_str *stored,
                         struct bc_err *err);
void bc_cursor_free(bc_cursor *cursor); /* NULL is fine */

/* What an append did. */
struct bc_appended {
    uint64_t added, duplicates;
};

/* Begins to collect events that will be recorded at `now_us` (or, if that runs backwards, at the
 * time of the last event in the log). The log holds one append at a time. */
bc_status bc_append_open(bc_append **out, bc_log *log, int64_t now_us, struct bc_err *err);
/* Adds an event, which is checked first (bc_event_check). BC_OK: new. BC_DONE: a duplicate,
 * counted. BC_E_CONFLICT: its id has another content in the log or in this append. BC_E_INPUT: bad
 * in itself, or it retracts an id that no earlier event has, or merges a deal into itself. After
 * these two the append goes on as if the event had not come. *where (unless NULL) says which part
 * is at fault. `place` is the caller's name for it, a line number, for messages. With
 * `keep_recorded` the event's own recorded time is kept: it must have one, not before the previous
 * event's, and not in the future of `now_us`. *out_seq (unless NULL): of a new event, the seq that
 * it has once the append is committed. Keeps no pointer. */
bc_status bc_append_add(bc_append *append, const struct bc_event *event, uint64_t place,
                        bool keep_recorded, uint64_t *out_seq, struct bc_where *where,
                        struct bc_err *err);
/* Adds a record of another ledger just as it is stored there: it must have the next seq, and an id
 * that is new here. `event` is the record decoded. BC_E_DAMAGED where it does not fit; then the
 * append is spent. */
bc_status bc_append_add_stored(bc_append *append, const struct bc_event *event,
                               struct bc_str stored, struct bc_err *err);
/* Stores the value of an importer beside the log, in the write that commits the append: it is there
 * if, and only if, the events are. An append without events writes it alone. */
void bc_append_put(bc_append *append, enum bc_meta_owner owner, struct bc_str value);
/* The same of an owner of several values, under a name of 1 to BC_META_NAME_MAX bytes. */
void bc_append_put_named(bc_append *append, enum bc_meta_owner owner, struct bc_str name,
                         struct bc_str value);
/* The recorded time of the events that keep none. */
int64_t bc_append_now_us(const bc_append *append);
/* After BC_E_CONFLICT with an event of this append: the place of that one; else 0. */
uint64_t bc_append_taken_by(const bc_append *append);
/* What was added so far. */
struct bc_appended bc_append_sum(const bc_append *append);
/* Puts all of it into the log at once, on disk when it returns; then the append is spent. On
 * failure the log shows none of it, or (BC_E_IO) all of it after the next opening: adding it again
 * then is safe. Until that opening the log can be read but accepts no other append. */
bc_status bc_append_commit(bc_append *append, struct bc_err *err);
/* Without a commit before, nothing was appended. NULL is fine. */
void bc_append_free(bc_append *append);

#endif
