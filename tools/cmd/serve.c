/* tools/cmd/serve.c - the pages, for a browser on this machine, until somebody ends it. */
#include "tools/serve/serve.h"

#include "ledger/base/parallel.h"
#include "tools/ask/open.h"
#include "tools/cli/opt.h"
#include "tools/cli/serving.h"
#include "tools/cmd/pages.h"
#include "tools/site/site.h"

#include <stdlib.h>

struct args {
    const char *dir, *port_text;
    uint64_t port;
    bool open;
};

static bc_status parse(struct args *args, const struct cmd_env *env, int argc, char **argv,
                       struct bc_err *err)
{
    const struct opt opts[] = {
        OPT_LEDGER(&args->dir),
        { "port", "N", .text = &args->port_text,
          .help = "listen at this port, 0 for any that is free (default: the ledger's own)" },
        { "open", NULL, .flag = &args->open, .help = "open the address in the browser" },
        { 0 },
    };
    bc_status rc = opt_parse(opts, cmd_page("backcast serve"), env, argc, argv, err);

    if (rc == BC_OK && args->port_text)
        rc = opt_number(&args->port, "port", args->port_text, 0, 65535, err);
    if (rc == BC_OK && !env->serving)
        return bc_err_set(err, BC_E_USAGE, "pages are served by the program alone");
    return rc;
}

/* --- answering --- */

static void answer_page(void *to, unsigned worker, const struct serve_request *asked,
                        struct serve_answer *answer)
{
    struct site *const *sites = to;
    struct site_pair pairs[SERVE_PAIRS_MOST];
    struct site_answer made;

    for (size_t i = 0; i < asked->pair_n; i++)
        pairs[i] = (struct site_pair){ asked->pairs[i].key, asked->pairs[i].value };
    site_ask(sites[worker],
             &(struct site_request){ .path = asked->path, .pairs = pairs, .pair_n = asked->pair_n },
             &made);
    *answer = (struct serve_answer){ .status = made.status,
                                     .type = made.type,
                                     .body = made.body,
                                     .location = made.location,
                                     .filename = made.filename,
                                     .immutable = made.immutable };
}

/* --- serving --- */

/* On one processor, too, a page that takes long, as one that verifies all, must not hold up the
 * others. */
static unsigned workers_of(const struct cmd_env *env)
{
    const unsigned workers = env->threads ? env->threads : bc_threads_default();

    return workers < 2 ? 2 : workers;
}

/* Where it is, absolute, for the caller to free. BC_E_INPUT and so on: it is no ledger, or cannot
 * be read. */
static bc_status find_ledger(char **out, const struct cmd_env *env, const char *dir,
                             struct bc_err *err)
{
    bc_log *log = NULL;
    bc_status rc = open_dir(&dir, env, dir, err);

    if (rc == BC_OK)
        rc = open_ledger(&log, env, dir, OPEN_READ, err);
    bc_log_close(log);
    if (rc < 0)
        return rc;
    *out = realpath(dir, NULL);
    return *out ? BC_OK : bc_err_errno(err, "find the folder of '%s'", dir);
}

static bc_status start(serve_server **out, const struct args *args, const char *dir,
                       struct site **sites, unsigned workers, const struct cmd_env *env,
                       struct bc_err *err)
{
    const unsigned usual = serve_usual_port(bc_str_of(dir));
    const struct serve_opts opts = { .answer = answer_page,
                                     .to = sites,
                                     .workers = workers,
                                     .port = args->port_text ? (unsigned)args->port : usual,
                                     .or_any = !args->port_text };
    bc_status rc = serve_start(out, &opts, err);

    if (rc == BC_OK && !args->port_text && serve_port(*out) != usual)
        fprintf(env->err, "backcast: port %u, which is this ledger's, is taken; another is used\n",
                usual);
    return rc;
}

static bc_status print_address(const struct cmd_env *env, const serve_server *server,
                               struct bc_err *err)
{
    struct bc_buf address = { 0 };

    serve_address(server, &address);
    fprintf(env->out, "%.*s\n", BC_STR_ARG(bc_buf_str(&address)));
    bc_buf_release(&address);
    return cmd_written(env, err);
}

/* By an address that works once, since other users may see it among the arguments of programs. What
 * does not open a browser is said, and the pages are there all the same. */
static void open_browser(const struct cmd_env *env, serve_server *server)
{
    struct bc_buf address = { 0 };
    struct bc_err err = { 0 };
    bc_status rc = serve_address_once(server, &address, &err);

    bc_buf_add_byte(&address, '\0');
    if (rc == BC_OK)
        rc = env->serving->open(address.at, &err);
    if (rc < 0)
        fprintf(env->err, "backcast: %s; open the address that is printed\n", err.message);
    bc_buf_release(&address);
}

static bc_status serve(const struct args *args, const char *dir, const struct cmd_env *env,
                       struct bc_err *err)
{
    const unsigned workers = workers_of(env);
    struct site **sites = bc_calloc(workers, sizeof(struct site *));
    serve_server *server = NULL;
    bc_status rc;

    for (unsigned i = 0; i < workers; i++)
        sites[i] = site_new(env, dir);
    rc = start(&server, args, dir, sites, workers, env, err);
    if (rc == BC_OK)
        rc = print_address(env, server, err);
    if (rc == BC_OK && args->open)
        open_browser(env, server);
    if (rc == BC_OK)
        env->serving->wait();
    serve_stop(server);
    for (unsigned i = 0; i < workers; i++)
        site_free(sites[i]);
    free(sites);
    return rc;
}

int cmd_serve(const struct cmd_env *env, int argc, char **argv)
{
    struct args args = { 0 };
    struct bc_err err = { 0 };
    char *dir = NULL;
    bc_status rc = parse(&args, env, argc, argv, &err);

    if (rc == BC_OK) {
        env->serving->begin(); /* before the store has threads */
        rc = find_ledger(&dir, env, args.dir, &err);
    }
    if (rc == BC_OK)
        rc = serve(&args, dir, env, &err);
    free(dir);
    return cmd_exit(env, rc, &err);
}
