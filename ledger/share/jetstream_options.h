/* ledger/share/jetstream_options.h - an address of a shared log, checked, and as libnats has it. */
#ifndef BC_LEDGER_SHARE_JETSTREAM_OPTIONS_H
#define BC_LEDGER_SHARE_JETSTREAM_OPTIONS_H

#include "ledger/share/jetstream.h"
#include "ledger/share/nats_lazy.h"

/* BC_E_INPUT: it is none. */
bc_status bc_js_address_check(const struct bc_jetstream_address *address, struct bc_err *err);
/* How to connect to one that was checked; the caller destroys it. */
bc_status bc_js_options(natsOptions **out, const struct nats_lazy *nats,
                        const struct bc_jetstream_address *address, struct bc_err *err);
/* What libnats says of its last failure on this thread, or what the status means. */
const char *bc_js_text(const struct nats_lazy *nats, natsStatus status);

#endif
