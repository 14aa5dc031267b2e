/* What `import WORD` asks, of whom, and a first account file. */
#include "tools/ask/open.h"
#include "tools/cmd/import_draft.h"
#include "tools/cmd/import_service_job.h"
#include "tools/cmd/pages.h"

#include <inttypes.h>
#include <unistd.h>

#define LINKS_FILE "links.yaml"

bc_status import_service_parse(struct import_service_job *job, int argc, char **argv,
                               struct bc_err *err)
{
    struct import_service_args *args = &job->args;
    char command[64], account_help[120];
    const struct opt discover = { "discover", NULL, .flag = &args->discover,
                                  .help = "write a first account file from the account itself, and "
                                          "import nothing" };
    const struct opt look = { job->is->look.option, job->is->look.value, .text = &args->look_at,
                              .help = job->is->look.help };
    const struct opt opts[] = {
        OPT_LEDGER(&args->dir),
        OPT_SHARED(&args->shared),
        { "account", "FILE", .text = &args->account, .help = account_help },
        { "links", "FILE", .text = &args->links,
          .help = "which object is of which deal (default: " LINKS_FILE ", if there is one)" },
        { "base-url", "URL", .text = &args->remote.base_url,
          .help = "where the service is, and the token goes (default: as the account file says, if "
                  "that is the service's own)" },
        OPT_REMOTE_TOKEN_FILE(&args->remote.token_file),
        OPT_REMOTE_TOKEN_COMMAND(&args->remote.token_command),
        { "again", NULL, .flag = &args->again,
          .help = "read everything, whatever was read before" },
        { "dry-run", NULL, .flag = &args->dry_run, .help = "read everything, append nothing" },
        { "give-up-after", "MINUTES", .text = &args->remote.give_up_after,
          .help = "end when the service answers nothing for so long (default: 5), and after six "
                  "hours in any case" },
        OPT_REMOTE_TRACE(&args->remote.trace_path),
        OPT_JSON(&args->json),
        discover,
        job->is->look.option ? look : (struct opt){ 0 },
        { 0 },
    };
    bc_status rc;

    snprintf(command, sizeof(command), "backcast import %s", job->is->word);
    snprintf(job->account_file, sizeof(job->account_file), "%s.yaml", job->is->word);
    snprintf(account_help, sizeof(account_help), "what is particular to the account (default: %s)",
             job->account_file);
    rc = opt_parse(opts, cmd_page(command), job->env, argc, argv, err);
    if (rc == BC_OK && args->discover && (args->dry_run || args->again || args->links))
        return bc_err_set(err, BC_E_USAGE,
                          "--discover imports nothing, so --dry-run, --again and --links do not go "
                          "with it");
    if (rc == BC_OK && args->look_at && !args->discover)
        return bc_err_set(err, BC_E_USAGE, "--%s goes with --discover alone", job->is->look.option);
    if (!args->account)
        args->account = job->account_file;
    if (!args->links && access(LINKS_FILE, F_OK) == 0)
        args->links = LINKS_FILE;
    return rc;
}

static void show_progress(void *payload, const struct http_counts *counts)
{
    struct import_service_job *job = payload;

    snprintf(job->doing, sizeof(job->doing),
             "reading %s (%" PRIu64 " requests, %" PRId64 " s waited, %" PRIu64 " events kept)",
             job->is->title, counts->requests, counts->waited_us / BC_SECOND_US,
             job->result.appended.added);
    progress_now(&job->progress, job->run.objects, 0, "objects");
}

bc_status import_service_open_client(struct import_service_job *job, struct bc_err *err)
{
    const struct connector *is = job->is;
    struct http_opts opts = { .base_url = job->account->base_url,
                              .auth = is->auth,
                              .service = is->service,
                              .headers = is->headers,
                              .follow = is->follow,
                              .in_flight_max = is->in_flight_max,
                              .limit_n = is->limit_n,
                              .limit_us = is->limit_us,
                              .progress = show_progress,
                              .progress_payload = job };

    if (job->account->server && !job->args.remote.base_url &&
        (job->args.remote.token_file || job->args.remote.token_command))
        return bc_err_set(err, BC_E_USAGE,
                          "%s names the server %s, whose token is $%s; to send another one there, "
                          "say where by --base-url",
                          job->args.account, job->account->server, job->account->token_variable);
    return import_remote_client(&job->run.client, &job->args.remote, job->env,
                                job->account->token_variable, &opts, err);
}

void import_service_give(struct import_service_job *job)
{
    struct connect_run *run = &job->run;

    run->is = job->is;
    run->account = job->account;
    run->links = &job->links;
    run->now_us = cmd_now_us(job->env);
}

bc_status import_service_know(connect_known **out, struct import_service_job *job,
                              struct bc_err *err)
{
    const struct bc_str system = bc_str_of(job->is->system), *properties = NULL;
    const size_t n = connect_links_properties(&job->links, system, &properties, job->run.keep);

    return connect_known_read(out, job->log, system, properties, n, err);
}

/* By it names and ids of deals are known. */
static bc_status know_deals(struct import_service_job *job, struct bc_err *err)
{
    bc_status rc;

    if (!job->args.dir && !job->env->ledger_dir)
        return BC_OK;
    rc = open_ledger(&job->log, job->env, job->args.dir, OPEN_READ, err);
    return rc == BC_OK ? import_service_know(&job->run.known, job, err) : rc;
}

bc_status import_service_discover(struct import_service_job *job, struct bc_err *err)
{
    struct import_draft draft = { .remote = &job->args.remote, .account = job->args.account };
    struct bc_buf file = { 0 }, found = { 0 };
    bc_status rc = import_draft_open(&draft, &job->account, job->is, err);

    if (rc < 0)
        return rc;
    import_service_give(job);
    job->run.look_at = bc_str_of(job->args.look_at ? job->args.look_at : "");
    rc = import_service_open_client(job, err);
    if (rc == BC_OK)
        rc = know_deals(job, err);
    if (rc == BC_OK)
        rc = job->is->discover(&job->run, &file, &found, err);
    if (rc == BC_OK)
        rc = import_draft_write(&draft, &file, err);
    if (rc == BC_OK)
        service_show_discovered(job->env, draft.path, bc_buf_str(&found), job->args.json);
    bc_buf_release(&file);
    bc_buf_release(&found);
    return rc;
}
