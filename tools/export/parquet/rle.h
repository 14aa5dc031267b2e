/* tools/export/parquet/rle.h - Parquet's hybrid of runs and packed bits: small numbers, of which
 * many are equal to the one before.
 *
 *   run      varint(n << 1)           the value, in as few whole bytes as `width` bits take
 *   packed   varint(groups << 1 | 1)  groups of 8 values of `width` bits, the lowest bit first
 *
 * Only the last group may stand for fewer than 8, so runs begin where a group would. */
#ifndef BC_TOOLS_EXPORT_PARQUET_RLE_H
#define BC_TOOLS_EXPORT_PARQUET_RLE_H

#include "ledger/base/mem.h"

/* Each value is below 1 << width, and width from 1 to 32. */
void rle_add(struct bc_buf *out, const uint32_t *values, size_t n, unsigned width);
/* The bits of the values alone, filled up to whole bytes. */
void rle_pack(struct bc_buf *out, const uint32_t *values, size_t n, unsigned width);
/* The bits that the numbers up to `most` take, at least 1. */
unsigned rle_width(uint32_t most);

#endif
