/* tools/discover/discover_draft.h - a map as it is written: lines, each with a comment, and what is
 * to be said of it besides. */
#ifndef BC_TOOLS_DISCOVER_DISCOVER_DRAFT_H
#define BC_TOOLS_DISCOVER_DISCOVER_DRAFT_H

#include "tools/discover/discover_guess.h"

enum discover_kind {
    DISCOVER_TOLD,    /* it is so: a comment, and no remark */
    DISCOVER_CHECK,   /* a guess that stands in the map */
    DISCOVER_DECIDE,  /* what the map lacks: the import refuses it until then */
    DISCOVER_LEFT_OUT /* a column that gives nothing */
};

struct discover_remark {
    enum discover_kind kind;
    struct bc_str column; /* or nothing: about the table */
    uint64_t rows;        /* that it concerns */
    struct bc_str text;
};

/* Start with `{ .guess }`. */
struct discover_draft {
    const struct discover_guess *guess;
    struct bc_buf map;
    struct bc_buf line; /* the line that is being written */
    bool *used;         /* of each column: the map names it */
    struct discover_remark *remarks;
    size_t remark_n, remark_cap;
};

/* What a line is for: made for discover_end. */
struct discover_note {
    enum discover_kind kind;
    size_t column; /* or DISCOVER_NO_COLUMN */
    uint64_t rows;
};
#define DISCOVER_SAY                                                                               \
    (struct discover_note)                                                                         \
    {                                                                                              \
        DISCOVER_TOLD, DISCOVER_NO_COLUMN, 0                                                       \
    }

/* Adds to the line. */
void discover_add(struct discover_draft *draft, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* A text as YAML has it. */
void discover_add_text(struct discover_draft *draft, struct bc_str text);
/* A column's name, which the map has used now; as `"{name}"` where it is a `text`. */
void discover_add_column(struct discover_draft *draft, size_t column);
void discover_add_cell(struct discover_draft *draft, size_t column);
/* Ends the line with a comment, which is a remark, too, unless it is only told. */
void discover_end(struct discover_draft *draft, struct discover_note note, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* A line of its own, without a comment; may be empty. */
void discover_end_plain(struct discover_draft *draft);
/* A remark without a line. */
void discover_remark(struct discover_draft *draft, struct discover_note note, const char *format,
                     ...) __attribute__((format(printf, 3, 4)));
/* Frees all but the guess. */
void discover_draft_release(struct discover_draft *draft);

#endif
