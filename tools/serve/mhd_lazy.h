/* tools/serve/mhd_lazy.h - libmicrohttpd, loaded by the one command that serves.
 *
 * With it come GnuTLS and what that needs, ten libraries for a protocol that nobody speaks on the
 * loopback address; every other command would take longer to load them than to answer. */
#ifndef BC_TOOLS_SERVE_MHD_LAZY_H
#define BC_TOOLS_SERVE_MHD_LAZY_H

#include "ledger/base/err.h"

#include <microhttpd.h>

/* Every function of libmicrohttpd that is called here. */
#define MHD_LAZY_EACH(X)                                                                           \
    X(add_response_header)                                                                         \
    X(create_response_from_buffer)                                                                 \
    X(destroy_response)                                                                            \
    X(get_connection_info)                                                                         \
    X(get_connection_values_n)                                                                     \
    X(get_version)                                                                                 \
    X(queue_response)                                                                              \
    X(quiesce_daemon)                                                                              \
    X(resume_connection)                                                                           \
    X(set_connection_value_n)                                                                      \
    X(start_daemon)                                                                                \
    X(stop_daemon)                                                                                 \
    X(suspend_connection)

#define MHD_LAZY_POINTER(name) __typeof__(MHD_##name) *name; /* NOLINT: that is a name */
struct mhd_lazy {
    MHD_LAZY_EACH(MHD_LAZY_POINTER)
};
#undef MHD_LAZY_POINTER

/* Loaded once, it stays. BC_E_IO: it cannot be loaded, or is so old that it lacks something. One
 * thread at a time. */
bc_status mhd_lazy_load(const struct mhd_lazy **out, struct bc_err *err);

#endif
