/* tools/http/curl_lazy.h - libcurl, loaded by the one command that uses the network.
 *
 * With libcurl come thirty libraries, which would take every other command longer to load than it
 * takes to answer. So nothing is linked to it: its functions are called under their own names, and
 * passed on to the library once it is loaded. */
#ifndef BC_TOOLS_HTTP_CURL_LAZY_H
#define BC_TOOLS_HTTP_CURL_LAZY_H

#include "ledger/base/err.h"

/* Before any call of libcurl's. Loaded once, it stays. BC_E_IO: it cannot be loaded, or is so old
 * that it lacks something. One thread at a time. */
bc_status curl_lazy_load(struct bc_err *err);

#endif
