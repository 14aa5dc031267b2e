/* ledger/base/base64.h - bytes as text: RFC 4648 section 4, with padding. */
#ifndef BC_LEDGER_BASE_BASE64_H
#define BC_LEDGER_BASE_BASE64_H

#include "ledger/base/mem.h"

#define BC_BASE64_MOST ((size_t)1 << 30) /* bytes at once */
void bc_base64_add(struct bc_buf *out, const void *bytes, size_t len);

/* Adds the bytes that a text stands for. False, and nothing is added, unless the text is just what
 * bc_base64_add makes of them: one form for each content. */
bool bc_base64_read(struct bc_buf *out, struct bc_str text);

#endif
