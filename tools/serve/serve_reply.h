/* tools/serve/serve_reply.h - an answer as it goes out, with the headers that every one has. */
#ifndef BC_TOOLS_SERVE_SERVE_REPLY_H
#define BC_TOOLS_SERVE_SERVE_REPLY_H

#include "tools/serve/mhd_lazy.h"
#include "tools/serve/serve.h"

/* Takes the body. `cookie`: the header's value, or NULL: none is set. NULL where it cannot be made
 * with all its headers: nothing goes out without its policy. */
struct MHD_Response *serve_reply_new(const struct mhd_lazy *mhd, struct serve_answer *answer,
                                     const char *cookie);

/* Adds a whole refusal without a body, "414 URI Too Long", for a connection that is closed then. */
void serve_reply_bare(struct bc_buf *out, const char *status);

/* Adds the value of the header that offers a download under that name: for all readers of the
 * header in letters that it may have, for newer ones in UTF-8. */
void serve_reply_name(struct bc_buf *out, const char *filename);

#endif
