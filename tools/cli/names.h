/* tools/cli/names.h - what people call the deals that an answer shows, beside their ids, and each
 * other, in the place of theirs.
 *
 * Who prints asks for the names of what is printed, one at a time; the question that was opened
 * knows where they are found. */
#ifndef BC_TOOLS_CLI_NAMES_H
#define BC_TOOLS_CLI_NAMES_H

#include "ledger/base/err.h"
#include "ledger/base/str.h"

/* Empty where there is none; the texts are lent until the next deal is asked for. */
struct names_deal {
    struct bc_str name, owner;
};

typedef bc_status names_find_fn(void *finder, struct names_deal *out, struct bc_str deal,
                                struct bc_err *err);

/* Who is meant by the id of an actor or owner. */
struct names_person {
    struct bc_str id, name;
};

/* `{ 0 }` knows no names. */
struct names {
    bool off; /* --no-names */
    size_t
        most; /* columns that a name within a sentence takes, on a terminal; 0: all that it needs */
    names_find_fn *find;
    void *finder;
    const struct names_person *people; /* by their ids, in byte order; borrowed */
    size_t people_n;
    bc_status failed; /* the first failure; from then on nothing is looked for. cmd_exit tells it */
    struct bc_err err;
};

/* `names` may be NULL, and `deal` empty: no name. */
struct names_deal names_of_deal(struct names *names, struct bc_str deal);
/* The id itself where nobody says who that is; `names` may be NULL. */
struct bc_str names_of_person(const struct names *names, struct bc_str id);

#endif
