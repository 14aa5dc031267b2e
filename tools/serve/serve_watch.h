/* tools/serve/serve_watch.h - connections that take too long to ask.
 *
 * libmicrohttpd hangs up on who sends nothing for a while, but a byte now and then keeps it waiting
 * for hours. Here each connection has that while for a whole request, from its beginning or from
 * its last answer on; then it is shut down, which the library notices. */
#ifndef BC_TOOLS_SERVE_SERVE_WATCH_H
#define BC_TOOLS_SERVE_SERVE_WATCH_H

#include "ledger/base/err.h"

typedef struct serve_watch serve_watch;     /* any thread may call, but for new and free */
typedef struct serve_watched serve_watched; /* a connection */

bc_status serve_watch_new(serve_watch **out, unsigned wait_s, struct bc_err *err);
void serve_watch_free(serve_watch *watch); /* nothing is watched any more; NULL is fine */

serve_watched *serve_watch_begin(serve_watch *watch, int fd);
/* Before the descriptor is closed. */
void serve_watch_end(serve_watch *watch, serve_watched *watched);
/* The request is whole: now it is on us. */
void serve_watch_asked(serve_watch *watch, serve_watched *watched);
/* It was answered: the time for the next one begins. */
void serve_watch_answered(serve_watch *watch, serve_watched *watched);

#endif
