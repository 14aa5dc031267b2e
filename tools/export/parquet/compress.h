/* tools/export/parquet/compress.h - Zstandard, as Parquet's pages have it: a frame a page. */
#ifndef BC_TOOLS_EXPORT_PARQUET_COMPRESS_H
#define BC_TOOLS_EXPORT_PARQUET_COMPRESS_H

#include "ledger/base/mem.h"

/* Adds the bytes, compressed. */
void compress_add(struct bc_buf *out, struct bc_str bytes);

#endif
