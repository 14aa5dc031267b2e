/* ledger/share/jetstream_streams.h - the three streams of a shared log: their names and subjects,
 * how they are set up. */
#ifndef BC_LEDGER_SHARE_JETSTREAM_STREAMS_H
#define BC_LEDGER_SHARE_JETSTREAM_STREAMS_H

#include "ledger/share/jetstream_link.h"

enum bc_js_kind { BC_JS_COMMITS, BC_JS_PARTS, BC_JS_REPLICAS };
enum { BC_JS_KINDS = 3 };

/* The name of a stream; the beginning of a subject in it, to which `rest` is added, or NULL. */
void bc_js_stream(char out[BC_JS_NAME], const struct bc_js_link *link, enum bc_js_kind kind);
void bc_js_subject(char out[BC_JS_NAME], const struct bc_js_link *link, enum bc_js_kind kind,
                   const char *rest);

/* BC_E_INPUT: they are not there, or one is set up otherwise than ours. */
bc_status bc_js_streams_check(struct bc_js_link *link, struct bc_err *err);
/* Makes them, the commits' last; what a call that was cut off left is taken up. BC_E_INPUT: the
 * commits' is there already. */
bc_status bc_js_streams_make(struct bc_js_link *link, unsigned *copies, struct bc_err *err);

#endif
