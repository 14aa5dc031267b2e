/* tools/print/column.h - which cell of a row is in a column, and how. */
#ifndef BC_TOOLS_PRINT_COLUMN_H
#define BC_TOOLS_PRINT_COLUMN_H

#include <stdbool.h>
#include <stddef.h>

/* What becomes of a cell that is wider than the terminal lets its column be. */
enum column_fit {
    COLUMN_WHOLE,  /* the column is always as wide as its widest cell */
    COLUMN_WRAP,   /* sentences go on below themselves */
    COLUMN_MIDDLE, /* ids: beginning and end stay, "…" between them */
    COLUMN_END,    /* names: the beginning stays, "…" after it */
};

/* What of its cell a column shows to people. */
enum column_shows {
    COLUMN_CELL,
    COLUMN_PERSON, /* of the id of an actor, who that is */
    COLUMN_DEALS,  /* of a list of deals, each with its name */
    /* Of a deal's id. Without any there is no such column. */
    COLUMN_DEAL_NAME,
    COLUMN_DEAL_OWNER,
};

struct html_out; /* tools/print/html_out.h */
struct row;      /* tools/print/row.h */
/* On a page, what stands in the place of a cell's text; or of a heading, where `row` is NULL. */
typedef void column_draw_fn(struct html_out *out, const struct row *row);

struct column {
    const char *name; /* its heading */
    const char *key;  /* of the cell in it, and empty where a row has none; NULL: columns without a
                         key have a row's cells without one, in turn */
    /* For people: */
    bool right; /* numbers */
    enum column_fit fit;
    unsigned char least; /* never narrower than this, unless its cells are; 0: as `fit` has it */
    unsigned char leave; /* 0: is always there; else left out where even narrow columns have no
                            room, the highest number first */
    bool stays;  /* where the table is folded into several, in each, as the first one always is; of
                    the columns next to it */
    bool begins; /* one of these begins here */
    bool dash;   /* a dash where there is no text, too */
    enum column_shows shows;
    /* On a page: */
    bool about;        /* what the row is about */
    const char *class; /* of its cells; or NULL */
    column_draw_fn *draw, *draw_heading;
};

/* The column beside one that has a deal's id under this key. */
#define COLUMN_NAME_OF(key_) COLUMN_NAME_WITH_ROOM(key_, 0)
/* The same where `leave` lets it go. */
#define COLUMN_NAME_WITH_ROOM(key_, leave_)                                                        \
    {                                                                                              \
        .name = "NAME", .key = (key_), .fit = COLUMN_END, .leave = (leave_),                       \
        .shows = COLUMN_DEAL_NAME                                                                  \
    }

struct columns {
    const struct column *at;
    size_t n;
};
/* All of an array. */
#define COLUMNS_OF(array) ((struct columns){ (array), sizeof(array) / sizeof((array)[0]) })

#endif
