/* tools/byhand/record_sheet.h - several events by hand: checked together, appended in one. */
#ifndef BC_TOOLS_BYHAND_RECORD_SHEET_H
#define BC_TOOLS_BYHAND_RECORD_SHEET_H

#include "tools/byhand/record_append.h"
#include "tools/byhand/record_desk.h"

struct record_sheet {
    struct bc_event *events; /* their texts are the desk's */
    size_t n, cap;
};

void record_sheet_release(struct record_sheet *sheet);
/* An event of source `manual`, to fill in. */
struct bc_event record_event_by_hand(enum bc_body body);
/* Adds a copy. */
void record_sheet_add(struct record_sheet *sheet, const struct bc_event *event);

/* Whether a field that must be given may be left out: what names a new action, meeting or e-mail is
 * made of the event's id ("a-1f2e3d4c", "m-...", "e-..."), and a meeting begins when the event
 * happened, where that is a time of day. */
bool record_fills_in(enum bc_body body, unsigned number);
/* Fills those in. `is_day`: of the event's time only the day is known. */
void record_event_fill_in(struct bc_event *event, bool is_day, bc_arena *arena);

/* Where a sheet is at fault: an event of it, and its field, or 0. */
struct record_fault {
    size_t event;
    unsigned field;
};
struct record_leave {
    bool first;  /* an event may be its deal's first though it does not create it */
    bool anyway; /* words, numbers and dates are taken as they are */
};
/* As record_check.h, each event. BC_E_INPUT or BC_E_USAGE: *fault says where. What is after now is
 * warned of. */
bc_status record_sheet_check(const struct record_sheet *sheet, const struct record_desk *desk,
                             const struct cmd_env *env, struct record_leave leave,
                             struct record_fault *fault, struct bc_err *err);
/* Puts the events into the order of their instants, equal ones as they are. order[i]: which one was
 * added as the i-th; the caller frees it. */
size_t *record_sheet_sort(struct record_sheet *sheet);

/* Prints the events as a table. */
void record_sheet_show(const struct record_sheet *sheet, const struct cmd_env *env);

/* Appends all of it, and prints what became of it; with `dry`, only what would. For programs where
 * `json`. Of a failure to take an event, *fault says where. */
struct record_done {
    bool dry, json;
};
bc_status record_sheet_take(const struct record_sheet *sheet, struct record_desk *desk,
                            const struct cmd_env *env, struct record_done how,
                            struct record_fault *fault, struct bc_err *err);

#endif
