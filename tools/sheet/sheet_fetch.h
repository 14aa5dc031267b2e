/* tools/sheet/sheet_fetch.h - a table, as CSV, from where its address says. */
#ifndef BC_TOOLS_SHEET_SHEET_FETCH_H
#define BC_TOOLS_SHEET_SHEET_FETCH_H

#include "tools/http/http.h"
#include "tools/sheet/sheet_address.h"
#include "tools/sheet/sheet_values.h"

/* Google's two services for who has a token. */
#define SHEET_SHEETS_URL "https://sheets.googleapis.com"
#define SHEET_DRIVE_URL  "https://www.googleapis.com"

/* What is asked, and by what it is known to be the same as before. */
struct sheet_source {
    const struct sheet_address *address;
    http_client *client; /* sheet_client_opts; NULL: with a token, by the two below */
    http_client *sheets, *drive;
    /* What the last reading gave; "" where it gave none, or is not to be trusted. */
    const char *etag, *last_modified, *version;
    sheet_is_time *is_time; /* of the map that will read it; NULL: there is none yet */
    const void *map;
};

struct sheet_table {
    bool unchanged; /* since what was said above; then the rest of what is below is not there */
    struct bc_buf text;
    struct bc_buf etag, last_modified, version, zone; /* each ends with a NUL; or empty */
    bool no_version;                                  /* the token may not see it */
    bool trashed;
    bool cut; /* it may be: nothing said how long it is, and its last line has no end */
};

/* Fills in what is particular to the address, for a client without a token, or of the two services:
 * base URL, service, redirects. */
void sheet_client_opts(struct http_opts *out, const struct sheet_address *address);
void sheet_google_opts(struct http_opts *out);

/* BC_E_REMOTE: also where a page for people came in place of a table. */
bc_status sheet_fetch(struct sheet_table *out, const struct sheet_source *source,
                      struct bc_err *err);
void sheet_table_release(struct sheet_table *table); /* `{ 0 }` is fine */

/* sheet_google.c: by the Sheets API, and Drive's version of the file. */
bc_status sheet_google_fetch(struct sheet_table *out, const struct sheet_source *source,
                             struct bc_err *err);

#endif
