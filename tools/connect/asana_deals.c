/* tools/connect/asana_deals.c - which deals are in which experiment, by the history of a field: of
 * the experiment, that names deals, or of a deal, that names experiments. */
#include "tools/connect/asana.h"

#include <stdlib.h>

enum { KEY_MAX = 200 };

/* What a field names, once, and since when. */
struct member {
    struct bc_str key; /* in ids: an option's gid, the deal's id */
    struct bc_str text;
    struct asana_when when;
    int64_t until_us; /* that it named something else; INT64_MAX: it does not yet */
    bool gone;        /* taken out of the field again */
};
struct members {
    const struct asana_task *task;
    struct bc_str field;
    bool splits; /* a text may name several */
    bool is_now; /* what is gathered is of the present */
    struct member *at;
    size_t n, cap;
};
/* The same of one value. */
struct names {
    struct name {
        struct bc_str key, text;
    } * at;
    size_t n, cap;
    bool links_only;
    struct bc_str ref; /* of the task, where what is left out is to be said */
};

static const struct connect_kind too_long = {
    "namesTooLong", "name of a deal or experiment is too long: left out",
    "names of deals or experiments are too long: left out"
};

static const struct connect_kind no_deal_linked = {
    "linksToNoDeal", "address in a field of deals leads to no known deal: left out",
    "addresses in fields of deals lead to no known deals: left out"
};

/* ---- a value ---- */

static void add_name(struct names *names, struct connect_run *run, struct bc_str key,
                     struct bc_str text)
{
    if (text.len == 0 || key.len == 0)
        return;
    if (key.len > KEY_MAX) {
        connect_note(run, &too_long, (struct bc_str){ 0 });
        return;
    }
    for (size_t i = 0; i < names->n; i++)
        if (bc_str_eq(names->at[i].key, key))
            return;
    BC_GROW(names->at, names->n, names->cap);
    names->at[names->n++] = (struct name){ key, text };
}

static bool is_blank(char c)
{
    return (unsigned char)c <= ' ';
}

static struct bc_str trim(struct bc_str piece)
{
    while (piece.len && is_blank(piece.at[0]))
        piece = bc_str_part(piece, 1, piece.len);
    while (piece.len && is_blank(piece.at[piece.len - 1]))
        piece.len--;
    return piece;
}

static bool is_name(const struct connect_run *run, struct bc_str text)
{
    const struct bc_str *deals;

    return connect_known_deals_by(run->known, CONNECT_BY_NAME, text, &deals) > 0;
}

/* The deal of a record of HubSpot's, or those of an order's configurator. */
static bool add_linked(struct names *names, struct connect_run *run,
                       const struct connect_clue *clue)
{
    const struct bc_str *deals = NULL;
    size_t n;

    if (clue->kind == CONNECT_DEAL)
        add_name(names, run, clue->text, clue->text);
    if (clue->kind != CONNECT_URL)
        return clue->kind == CONNECT_DEAL;
    n = connect_known_deals_by(run->known, CONNECT_BY_URL, clue->text, &deals);
    for (size_t i = 0; i < n; i++)
        add_name(names, run, deals[i], deals[i]);
    return n > 0;
}

/* An address names the deals that it leads to; another text names one. */
static void add_piece(struct names *names, struct connect_run *run, struct bc_str piece)
{
    struct connect_clues clues = { 0 };

    if (!piece.len || !memmem(piece.at, piece.len, "://", 3)) {
        if (!names->links_only)
            add_name(names, run, piece, piece);
        return;
    }
    connect_clue_text(&clues, piece);
    for (size_t i = 0; i < clues.n; i++)
        if (!add_linked(names, run, &clues.at[i]) && names->ref.len)
            connect_note(run, &no_deal_linked, names->ref);
}

static size_t end_of(struct bc_str text, size_t at)
{
    while (at < text.len && !strchr(",;\n|", text.at[at]))
        at++;
    return at;
}

/* Where a piece ends: a deal's name may have in it what parts them, and the longest one counts. */
static size_t end_of_piece(const struct connect_run *run, struct bc_str text, size_t at)
{
    const size_t first = end_of(text, at);
    size_t end = first;

    for (size_t to = first; to < text.len && to - at <= KEY_MAX;) {
        to = end_of(text, to + 1);
        if (is_name(run, trim(bc_str_part(text, at, to))))
            end = to;
    }
    return end;
}

static void split(struct names *names, struct connect_run *run, struct bc_str text)
{
    if (!text.at) /* which the analyzer cannot know to be empty */
        return;
    for (size_t at = 0, end; at < text.len; at = end + 1) {
        end = names->links_only ? end_of(text, at) : end_of_piece(run, text, at);
        add_piece(names, run, trim(bc_str_part(text, at, end)));
    }
}

static struct names names_of(const struct members *members, struct asana_cell cell)
{
    const struct asana_reading *reading = members->task->reading;
    struct names names = { 0 };

    if (members->is_now)
        names.ref = members->task->ref;
    if (cell.kind == ASANA_CELL_MULTI)
        for (size_t i = 0; i < json_array_size(cell.value); i++) {
            const struct asana_cell one = { json_array_get(cell.value, i), ASANA_CELL_ENUM };

            add_name(&names, reading->run, asana_gid(one.value), asana_cell_text(reading, one));
        }
    else if (cell.kind == ASANA_CELL_ENUM)
        add_name(&names, reading->run, asana_gid(cell.value), asana_cell_text(reading, cell));
    else if (members->splits)
        split(&names, reading->run, asana_cell_text(reading, cell));
    else
        add_name(&names, reading->run, asana_cell_text(reading, cell),
                 asana_cell_text(reading, cell));
    return names;
}

static bool is_in(const struct names *names, struct bc_str key)
{
    for (size_t i = 0; i < names->n; i++)
        if (bc_str_eq(names->at[i].key, key))
            return true;
    return false;
}

/* ---- its history ---- */

static struct member *standing(const struct members *members, struct bc_str key)
{
    for (size_t i = 0; i < members->n; i++)
        if (members->at[i].until_us == INT64_MAX && bc_str_eq(members->at[i].key, key))
            return &members->at[i];
    return NULL;
}

/* `when`, whose id is the change's: a change may bring several. Where a field has one value,
 * another one in its place leaves standing what was; where it has many, or none now, what is taken
 * out was a mistake. */
static void change(struct members *members, struct asana_cell cell, struct asana_when when)
{
    struct connect_run *run = members->task->reading->run;
    struct names names = names_of(members, cell);
    const bool takes_out =
        members->splits || cell.kind == ASANA_CELL_MULTI || cell.kind == ASANA_CELL_NONE;

    for (size_t i = 0; i < members->n; i++) {
        struct member *one = &members->at[i];

        if (one->until_us != INT64_MAX || is_in(&names, one->key))
            continue;
        one->until_us = when.us;
        one->gone = takes_out || names.n == 0;
    }
    for (size_t i = 0; i < names.n; i++) {
        struct member one = { names.at[i].key, names.at[i].text, when, INT64_MAX, false };

        if (standing(members, one.key))
            continue;
        one.when.id = connect_print(run, "%.*s/%.*s", BC_STR_ARG(when.id), BC_STR_ARG(one.key));
        if (when.observed)
            one.when.us = connect_found_us(run, one.when.id);
        BC_GROW(members->at, members->n, members->cap);
        members->at[members->n++] = one;
    }
    free(names.at);
}

/* Of what is in the field now, and by no story came there, it is said when it was found. */
static void gather(struct members *members)
{
    const struct asana_task *task = members->task;
    struct connect_run *run = task->reading->run;
    const char *field =
        connect_print(run, "field/%.*s", BC_STR_ARG(members->field)).at; /* of several the one */

    change(members, asana_cell_first(task, members->field), asana_when_made(task, field));
    for (size_t i = 0; i < json_array_size(task->stories); i++) {
        const json_t *story = json_array_get(task->stories, i);

        if (asana_is_change_of(story, members->field))
            change(members, asana_cell_told(story, "new"), asana_when_told(task, story));
    }
    members->is_now = true;
    change(members, asana_cell_now(task, members->field), asana_when_found(task, field));
}

/* ---- an experiment ---- */

static bool is_number(struct bc_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] < '0' || text.at[i] > '9')
            return false;
    return text.len > 0;
}

/* A deal by its id or its name. */
static bc_status tell_member(const struct asana_task *task, const struct member *member,
                             struct bc_str experiment, struct bc_str arm, struct bc_err *err)
{
    struct connect_run *run = task->reading->run;
    const struct bc_str ref =
        connect_print(run, "enrolment/%.*s/%.*s", BC_STR_ARG(task->gid), BC_STR_ARG(member->key));
    const bool by_id = is_number(member->text) || connect_known_deal(run->known, member->text);
    struct connect_clues clues = { 0 };
    struct bc_event event;

    connect_clue(&clues, CONNECT_OBJECT, ref);
    connect_clue(&clues, by_id ? CONNECT_DEAL : CONNECT_NAME, member->text);
    connect_expect(run, ref, BC_DEAL_ENROLLED, !member->gone);
    if (member->gone)
        return BC_OK;
    event = asana_event(task, BC_DEAL_ENROLLED, &member->when, ref);
    connect_set(&event, "experiment", experiment);
    connect_set(&event, "arm", arm);
    return connect_tell_tied(run, &event, &clues, NULL, err);
}

/* The description has no history: what it links to was found there. */
static void gather_linked(struct members *members)
{
    const struct asana_task *task = members->task;
    struct connect_run *run = task->reading->run;
    struct names names = { .links_only = true };

    split(&names, run, connect_text(run, task->json, "notes"));
    for (size_t i = 0; i < names.n; i++) {
        struct member one = { names.at[i].key, names.at[i].text, { 0 }, INT64_MAX, false };

        one.when =
            asana_when_found(task, connect_print(run, "linked/%.*s", BC_STR_ARG(one.key)).at);
        BC_GROW(members->at, members->n, members->cap);
        members->at[members->n++] = one;
    }
    free(names.at);
}

bc_status asana_tell_deals(struct asana_task *task, struct bc_str experiment, struct bc_err *err)
{
    const struct asana_meanings *deals = &task->reading->bound.deals;
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < deals->n; i++) {
        const bool linked = bc_str_eq(deals->at[i].field, ASANA_NOTES);
        struct members members = { .task = task, .field = deals->at[i].field, .splits = true };
        const struct bc_str arm =
            deals->at[i].text.len ? deals->at[i].text : asana_text(task, ASANA_ARM);

        if (linked)
            gather_linked(&members);
        else
            gather(&members);
        for (size_t m = 0; rc == BC_OK && m < members.n; m++)
            rc = tell_member(task, &members.at[m], experiment, arm, err);
        free(members.at);
    }
    return rc;
}

/* ---- a deal ---- */

static bc_status tell_enrolled(const struct asana_task *task, const struct member *member,
                               const struct connect_clues *clues, struct bc_err *err)
{
    struct connect_run *run = task->reading->run;
    const struct bc_str arm = task->reading->bound.source[ASANA_ARM];
    struct bc_event event;

    if (member->gone)
        return BC_OK;
    event = asana_event(task, BC_DEAL_ENROLLED, &member->when, task->ref);
    connect_set(&event, "experiment", member->text);
    if (member->until_us == INT64_MAX)
        connect_set(&event, "arm", asana_text(task, ASANA_ARM));
    else
        connect_set(&event, "arm",
                    asana_cell_text(task->reading, asana_cell_at(task, arm, member->until_us - 1)));
    return connect_tell_tied(run, &event, clues, NULL, err);
}

bc_status asana_tell_deal(struct asana_task *task, struct bc_err *err)
{
    struct members members = { .task = task,
                               .field = task->reading->bound.source[ASANA_EXPERIMENT] };
    struct connect_clues clues = { 0 };
    bool any = false;
    bc_status rc = BC_OK;

    asana_clues(&clues, task);
    gather(&members);
    for (size_t i = 0; rc == BC_OK && i < members.n; i++) {
        rc = tell_enrolled(task, &members.at[i], &clues, err);
        any |= !members.at[i].gone;
    }
    connect_expect(task->reading->run, task->ref, BC_DEAL_ENROLLED, any);
    free(members.at);
    return rc;
}
