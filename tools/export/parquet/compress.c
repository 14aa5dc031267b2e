#include "tools/export/parquet/compress.h"

#include <zstd.h>

void compress_add(struct bc_buf *out, struct bc_str bytes)
{
    size_t most = ZSTD_compressBound(bytes.len);
    size_t len = ZSTD_compress(bc_buf_room(out, most), most, bytes.len ? bytes.at : "", bytes.len,
                               ZSTD_CLEVEL_DEFAULT);

    if (ZSTD_isError(len))
        bc_out_of_memory(); /* nothing else can fail: there is room for the worst case */
    out->len += len;
}
