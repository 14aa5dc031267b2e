/* tools/sheet/sheet_address.h - where a table is: a Google Sheet, as its link says in whatever form
 * it was copied, or any other address. */
#ifndef BC_TOOLS_SHEET_SHEET_ADDRESS_H
#define BC_TOOLS_SHEET_SHEET_ADDRESS_H

#include "ledger/base/err.h"
#include "ledger/base/mem.h"

enum sheet_kind {
    SHEET_GOOGLE,    /* of a spreadsheet that has an id */
    SHEET_PUBLISHED, /* a copy that was published to the web */
    SHEET_OTHER,     /* of another server */
};

/* All texts end with a NUL; they live as long as the arena that was given. */
struct sheet_address {
    enum sheet_kind kind;
    const char *base;    /* "https://docs.google.com" */
    const char *path;    /* of its CSV, with the query: "/spreadsheets/d/ID/export?format=csv" */
    const char *id;      /* of a spreadsheet; else "" */
    const char *gid;     /* digits: which of its sheets; "": the first one */
    const char *key;     /* its resource key; or "" */
    const char *query;   /* of another address: what may be a secret; else "" */
    struct bc_str shown; /* for messages: without a query, but for the gid */
};

/* Any form of a link: edit, export, of an account (/u/1/) or a domain (/a/example.org/), published.
 * BC_E_INPUT: it is no address of a table, or leads to what cannot be trusted as one; *err says
 * what to give instead. */
bc_status sheet_address_read(struct sheet_address *out, bc_arena *arena, const char *text,
                             struct bc_err *err);

#endif
