/* tools/site/site.h - the pages that are linked with each other: each is what commands answer to
 * one question, and all that is asked is in its address.
 *
 *     /pipeline?as-of=2026-03-29&rules=R2
 *
 * Nothing is computed here, and nothing written: a page asks the commands in-process, and shows the
 * rows of their JSON. */
#ifndef BC_TOOLS_SITE_SITE_H
#define BC_TOOLS_SITE_SITE_H

#include "tools/cli/cmd.h"
#include "tools/site/frame/request.h"

/* One thread's: several threads have one each. `env` is that of the command that serves, with all
 * commands in env->commands, and is borrowed, as is `dir`, the folder of the ledger, absolute. */
struct site *site_new(const struct cmd_env *env, const char *dir);
void site_free(struct site *site);

/* Answers, whatever is asked; what cannot be answered is a page that says so. */
void site_ask(struct site *site, const struct site_request *request, struct site_answer *out);

#endif
