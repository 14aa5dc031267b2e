/* tools/print/json_out.h - JSON, written as it comes, to a stream or into memory.
 *
 * Each call writes one value: within an object under `key`, elsewhere `key` is NULL. Nesting up to
 * JSON_OUT_DEPTH. Only assertions check it, since our own code writes it. */
#ifndef BC_TOOLS_PRINT_JSON_OUT_H
#define BC_TOOLS_PRINT_JSON_OUT_H

#include "ledger/base/mem.h"
#include "ledger/record/merkle.h"

#include <stdio.h>

#define JSON_OUT_DEPTH 16

struct json_out {
    FILE *out; /* NULL: into memory alone */
    unsigned depth;
    bool filled[JSON_OUT_DEPTH + 1]; /* does the container at this depth have a member? */
    struct bc_buf text;              /* what has not gone out */
};

struct json_out json_out_begin(FILE *out);
/* Ends the line, and is ready for the next. */
void json_out_line(struct json_out *json);
/* What was written so far goes to the stream; until then it is kept. */
void json_out_flush(struct json_out *json);
/* Flushes, too. */
void json_out_release(struct json_out *json);

void json_out_object(struct json_out *json, const char *key);
void json_out_object_end(struct json_out *json);
void json_out_array(struct json_out *json, const char *key);
void json_out_array_end(struct json_out *json);

void json_out_string(struct json_out *json, const char *key, struct bc_str value);
/* A value that is JSON already. */
void json_out_raw(struct json_out *json, const char *key, struct bc_str value);
void json_out_text(struct json_out *json, const char *key, const char *value);
void json_out_integer(struct json_out *json, const char *key, int64_t value);
void json_out_count(struct json_out *json, const char *key, uint64_t value);
/* With as many digits as are needed to read the same number back; null where it is not finite. */
void json_out_number(struct json_out *json, const char *key, double value);
void json_out_bool(struct json_out *json, const char *key, bool value);
void json_out_null(struct json_out *json, const char *key);
/* A 64-bit count as a string, as proto3's JSON has it: `seq`. */
void json_out_seq(struct json_out *json, const char *key, uint64_t value);
/* `2025-03-31T23:59:59.999999Z` */
void json_out_instant(struct json_out *json, const char *key, int64_t us);
/* `{"seq": "48211", "root": "..."}` */
void json_out_head(struct json_out *json, const char *key, const struct bc_head *head);

#endif
