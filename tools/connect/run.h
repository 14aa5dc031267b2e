/* tools/connect/run.h - one reading of a service: what a connector is given, and what it says.
 *
 * Ids and contents of events are made from what the service reports the same way every time, so a
 * history that is read again adds what is new and nothing else; what the service says otherwise
 * than before is taken back and told again. */
#ifndef BC_TOOLS_CONNECT_RUN_H
#define BC_TOOLS_CONNECT_RUN_H

#include "tools/connect/account.h"
#include "tools/connect/known.h"
#include "tools/connect/ties.h"
#include "tools/connect/untied.h"

/* A kind of thing that is to be said of a run: what was left out, what a service does not say. */
struct connect_kind {
    const char *name;       /* in JSON: "kindsUnknown" */
    const char *one, *many; /* after the number: "entry is of a kind that is not known" */
};

enum { CONNECT_NAMED = 20 };
struct connect_noted {
    const struct connect_kind *kind; /* static */
    uint64_t n;
    bool missing;                       /* connect_missing */
    struct bc_str which[CONNECT_NAMED]; /* the first ones, each once */
    size_t which_n;
};

/* Where events go. The event and its texts live until it returns; its id may be exchanged. */
struct connect_sink {
    /* BC_DONE: it cannot be an event, and was left out. */
    bc_status (*take)(void *payload, struct bc_event *event, struct bc_err *err);
    /* What was told so far may be committed, with run->state as the mark. */
    bc_status (*portion)(void *payload, struct bc_err *err);
    void *payload;
};

/* What the service has now, for the comparison at the end. */
struct connect_present {
    bc_string_table *refs; /* of objects that were looked at or listed */
    struct connect_face {
        uint64_t yes, no; /* bodies of which the service says there is an event, or is none */
        bool untied;      /* of no deal: not compared */
        bool left_out;    /* by links.yaml: nothing may be there */
        bool listed;
    } * faces; /* by number - 1 */
    size_t n, cap;
    struct bc_str *whole; /* what refs begin with of which all were listed */
    size_t whole_n, whole_cap;
};

#define CONNECT_FOR_GOOD "forGood"
struct connect_run {
    /* given */
    const struct connector *is;
    const struct connect_account *account;
    http_client *client;
    const struct connect_links *links;
    connect_known *known; /* with what this run told: up to date */
    struct connect_sink sink;
    int64_t now_us;
    /* How far the service was read: an object of the connector's own, empty for the first run, and
     * where the account file, the links or --again say that all is to be read. Committed with what
     * was told. What it has under CONNECT_FOR_GOOD is of objects, not of how far they were read,
     * and stays in any case. */
    json_t *state;
    bool delivered; /* what is told is of a delivery, older than what was read: what stands stays */
    struct bc_str how;     /* source.how of all that is told, instead of its own; or empty */
    struct bc_str look_at; /* by connector.look; or empty */

    /* found */
    struct connect_untied untied;
    struct connect_noted *notes;
    size_t note_n, note_cap;
    unsigned pass;       /* a portion's objects are told in one, from 1 */
    uint64_t objects;    /* read; the connector counts */
    uint64_t tied_later; /* events that were kept without a deal by an earlier run */
    struct connect_present present;
    bc_arena *keep;   /* as long as the run */
    bc_arena *record; /* until connect_portion */
};

/* The caller fills in the given part afterwards. */
void connect_run_init(struct connect_run *run);
void connect_run_release(struct connect_run *run);

/* ---- texts ---- */

/* A text by printf that lives until connect_portion; "%.*s" for what the service gives. */
struct bc_str connect_print(struct connect_run *run, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The same after "SYSTEM:", cut to the longest id there may be by a digest of the rest. */
struct bc_str connect_id(struct connect_run *run, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* A member of a JSON object as text: a string, or a whole number in digits; else empty. Lives as
 * long as the object, or a number's until connect_portion. */
struct bc_str connect_text(struct connect_run *run, const json_t *object, const char *key);
/* The member's instant: RFC 3339, or seconds since 1970 as a number or in digits, with decimals
 * ("1738573963.000200"). False: there is none, or it is none. */
bool connect_instant(int64_t *us, const json_t *object, const char *key);

/* For what a service says without a time: when an earlier run told (or kept) the event of that id,
 * unless it was taken back since; else now, since it was found now. */
int64_t connect_found_us(const struct connect_run *run, struct bc_str id);
/* A time of the service that changes are to be read from: where it lies ahead of now, which is
 * noted, now, since it would hide all that changes until then. */
int64_t connect_not_ahead(struct connect_run *run, int64_t us);
/* How such an event came about: its source.how. */
#define CONNECT_OBSERVED BC_STR("observed")

/* ---- asking ---- */

/* http_get of a path that is built in a buffer, which is released. `how` is the rest of the
 * request; NULL: nothing more. *out is the caller's to release, also after a failure. */
bc_status connect_get(struct connect_run *run, struct http_answer *out, struct bc_buf *path,
                      const struct http_request *how, struct bc_err *err);

/* ---- telling ---- */

/* An event, its id, deal and fields still missing. `ref` is its object in the service. */
struct bc_event connect_event(const struct connect_run *run, enum bc_body body, int64_t occurred_us,
                              struct bc_str ref);
/* Sets a field by its name in JSON, which the body has. */
void connect_set(struct bc_event *event, const char *field, struct bc_str text);

/* Tells an event that is about its deal already, or about none. */
bc_status connect_tell(struct connect_run *run, struct bc_event *event, struct bc_err *err);
/* The same, its deal by the clues. Where they do not say it, the event is kept for the run
 * that knows it. *tied, unless NULL, is what they said. */
bc_status connect_tell_tied(struct connect_run *run, struct bc_event *event,
                            const struct connect_clues *clues, enum connect_tied *tied,
                            struct bc_err *err);
/* Takes an event back that was told, and says so: it is none by what the service says now. Does
 * nothing where it does not stand. `why` goes into the retraction. */
bc_status connect_take_back(struct connect_run *run, struct bc_str id, const char *why,
                            struct bc_err *err);
/* All that there is of an object was told since the last portion: what else stands of it, or is
 * kept of it without a deal, is none any more, and is taken back. `bodies` are those that were
 * looked at: connect_body_bit, or CONNECT_ALL_BODIES. So no connector need know what it told once
 * and tells no more. */
#define CONNECT_ALL_BODIES UINT64_MAX
bc_status connect_told_all(struct connect_run *run, struct bc_str ref, uint64_t bodies,
                           const char *why, struct bc_err *err);
/* What stands under that id stays as it is, and need not be told again. */
void connect_leave(struct connect_run *run, struct bc_str id);
/* The events so far are whole objects, and run->state is up to date with them. What was printed
 * (connect_print, connect_id, connect_text of a number) is gone after it. */
bc_status connect_portion(struct connect_run *run, struct bc_err *err);

/* What was kept without a deal by earlier runs is told where its deal is known by now. For the
 * command, before run->is->read. */
bc_status connect_tell_kept(struct connect_run *run, struct bc_err *err);

/* ---- what is said of the run ---- */

/* Counts one of a kind; `which`, unless empty, names it. */
void connect_note(struct connect_run *run, const struct connect_kind *kind, struct bc_str which);
/* Counts so many, without their names. */
void connect_note_n(struct connect_run *run, const struct connect_kind *kind, uint64_t n);
/* connect_note of what the account file names and the service does not have: what else is read
 * stays, and the run has failed. */
void connect_missing(struct connect_run *run, const struct connect_kind *kind, struct bc_str which);
/* After the run: BC_E_REMOTE, where something was missing. */
bc_status connect_failed(const struct connect_run *run, struct bc_err *err);
/* "3 entries are of a kind that is not known (a, b)" */
void connect_noted_text(struct bc_buf *out, const struct connect_noted *note);

/* ---- what the service has now ---- */

/* By what the service says now, the object has (or has not) an event of that body. The comparison
 * at the end holds the ledger against it. */
void connect_expect(struct connect_run *run, struct bc_str ref, enum bc_body body, bool yes);
/* Events of the object are left out: it is of no known deal, or of none by links.yaml. */
void connect_untold(struct connect_run *run, struct bc_str ref, bool left_out);
/* The object is there. */
bool connect_is_listed(const struct connect_run *run, struct bc_str ref);
void connect_listed(struct connect_run *run, struct bc_str ref);
/* All objects whose refs begin so (a whole ref is one, too) were listed in this run: others that
 * the ledger has are gone. */
void connect_listed_all(struct connect_run *run, const char *prefix);

#endif
