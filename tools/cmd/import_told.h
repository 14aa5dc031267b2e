/* tools/cmd/import_told.h - what a source told in earlier imports, as the log has it: remembered,
 * and found again. import_again.h decides by it.
 *
 * A telling is an event under the id that the importer makes, or under "<id>/as/<digest>.<n>" where
 * it came with other content: of one id the last one stands for all. What retracts it is a taking.
 */
#ifndef BC_TOOLS_CMD_IMPORT_TOLD_H
#define BC_TOOLS_CMD_IMPORT_TOLD_H

#include "ledger/record/event.h"
#include "tools/connect/told_ids.h"
#include "tools/import/csv/csv_id.h"

#define TOLD_NONE SIZE_MAX /* no telling */

struct telling {
    struct bc_str id, deal;
    struct csv_digest content; /* without its id */
    struct csv_digest said;    /* where ids are made of that (csv_id.h) */
    unsigned told;             /* how often another content came */
    unsigned taken;            /* how often an import has taken it back, as it stands */
    bool retracted, by_import; /* by an import, and not by hand */
    bool now;                  /* this import told it */
    bool gives_way;            /* its source.how is that of import_told.gives_way */
};

/* An event that takes a telling back, or takes that back. */
struct told_taking {
    size_t telling;
    struct bc_str id; /* under which the telling stood */
    bool back;
};

/* Of the tellings that say the same, one, and the next. */
struct told_alike {
    size_t telling, next;
};

struct import_told {
    struct bc_str prefix; /* of the ids */
    bool by_content;      /* ids are made of what events say */
    struct bc_str
        gives_way; /* unless empty, nothing is kept but what has this source.how, or had */
    struct telling *tellings;
    size_t n, cap;
    struct told_taking *takings;
    size_t taking_n, taking_cap;
    struct csv_seen by_base; /* the id that the importer makes: a telling */
    struct csv_seen by_id;   /* the id under which it stands: a telling */
    struct csv_seen by_taking;
    struct csv_seen by_said; /* what tellings say: the first that are alike */
    struct told_alike *alike;
    size_t alike_n, alike_cap;
    bc_arena *arena;
};

/* Keeps the prefix; `gives_way` is borrowed. */
void import_told_init(struct import_told *out, struct bc_str prefix, bool by_content,
                      struct bc_str gives_way);
bool import_told_gives_way(const struct import_told *told, const struct bc_event *event);
void import_told_release(struct import_told *told);

/* An event of the log, in its order: of others than the source's nothing is kept. */
void import_told_see(struct import_told *told, const struct bc_event *event);
/* The same of a retraction that this import appends: what it takes back may be told once more. */
void import_told_take_back(struct import_told *told, const struct bc_event *retraction);
/* A telling, in the place of one before it; `now`: by this import. */
void import_told_add(struct import_told *told, const struct bc_event *event, bool now);

/* What an event says, and how it was learnt, without its id. */
struct csv_digest import_told_content(const struct bc_event *event);
/* The id that the importer made: without "/as/<digest>.<n>"; *told is n, or 0. */
struct bc_str import_told_base(struct bc_str id, unsigned *told);

/* The telling of an id that the importer makes, or TOLD_NONE. */
size_t import_told_find(const struct import_told *told, struct bc_str base);
/* The one of those that say the same which fits best and does not stand for another one now, or
 * TOLD_NONE. */
size_t import_told_alike(struct import_told *told, const struct bc_event *event);

/* Numbers by text. */
void import_told_set(struct csv_seen *map, struct bc_str key, size_t value);
bool import_told_get(const struct csv_seen *map, struct bc_str key, size_t *value);

#endif
