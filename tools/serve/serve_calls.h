/* tools/serve/serve_calls.h - what libmicrohttpd calls, on its thread, as connections come and ask.
 */
#ifndef BC_TOOLS_SERVE_SERVE_CALLS_H
#define BC_TOOLS_SERVE_SERVE_CALLS_H

#include "tools/serve/mhd_lazy.h"
#include "tools/serve/serve_gate.h"
#include "tools/serve/serve_watch.h"
#include "tools/serve/serve_work.h"

#include <pthread.h>

struct serve_server {
    const struct mhd_lazy *mhd;
    struct MHD_Daemon *daemon;
    serve_work *work;
    serve_watch *watch;
    unsigned port;
    char cookie[128]; /* as it is set */
    pthread_mutex_t lock;
    pthread_cond_t quiet;   /* `asked` is less */
    struct serve_gate gate; /* under the lock */
    unsigned asked; /* under the lock: exchanges that were handed over and are not through */
};

/* Each has the server as its payload. MHD_OPTION_NOTIFY_CONNECTION; */
void serve_calls_connection(void *payload, struct MHD_Connection *connection, void **context,
                            enum MHD_ConnectionNotificationCode code);
/* MHD_OPTION_URI_LOG_CALLBACK: the line of a request is there; */
void *serve_calls_line(void *payload, const char *target, struct MHD_Connection *connection);
/* the headers are, then once more where no body follows them, and when a worker has made an answer;
 */
enum MHD_Result serve_calls_request(void *payload, struct MHD_Connection *connection,
                                    const char *path, const char *method, const char *version,
                                    const char *body, size_t *body_len, void **context);
/* MHD_OPTION_NOTIFY_COMPLETED. */
void serve_calls_completed(void *payload, struct MHD_Connection *connection, void **context,
                           enum MHD_RequestTerminationCode how);

/* For the workers' hold and ready. */
void serve_calls_hold(void *payload, struct serve_exchange *exchange);
void serve_calls_ready(void *payload, struct serve_exchange *exchange);

#endif
