/* tools/export/parquet/thrift.h - Thrift's compact protocol, written: Parquet's own structures are
 * stored in it.
 *
 * A struct is its fields in the order of their ids, and a byte 0; a field is a byte that says how
 * much larger its id is than that of the field before, and its type, then the value. */
#ifndef BC_TOOLS_EXPORT_PARQUET_THRIFT_H
#define BC_TOOLS_EXPORT_PARQUET_THRIFT_H

#include "ledger/base/mem.h"

enum { THRIFT_DEPTH = 8 };

/* `out` is borrowed; `{ .out = ... }` is fit for use. */
struct thrift {
    struct bc_buf *out;
    int last[THRIFT_DEPTH]; /* the id of the field before, in each struct that is open */
    int depth;
};

/* What a list may hold. */
enum thrift_type { THRIFT_I32 = 5, THRIFT_BINARY = 8, THRIFT_STRUCT = 12 };

/* A struct that is no field: the outermost one, or one in a list. */
void thrift_begin(struct thrift *to);
/* Ends the struct that was begun last, a field or not. */
void thrift_end(struct thrift *to);

/* Fields; ids ascend by at most 15. */
void thrift_bool(struct thrift *to, int id, bool value);
void thrift_i32(struct thrift *to, int id, int32_t value);
void thrift_i64(struct thrift *to, int id, int64_t value);
void thrift_binary(struct thrift *to, int id, struct bc_str value);
void thrift_struct(struct thrift *to, int id); /* begins it */
/* So many items follow, each by thrift_begin ... thrift_end, or thrift_item_*. */
void thrift_list(struct thrift *to, int id, enum thrift_type type, size_t n);

void thrift_item_i32(struct thrift *to, int32_t value);
void thrift_item_binary(struct thrift *to, struct bc_str value);

#endif
