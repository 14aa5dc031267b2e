/* tools/cmd/export.c - the whole log as JSONL, or as protobuf without any loss. */
#include "ledger/record/codec.h"
#include "tools/ask/open.h"
#include "tools/cli/opt.h"
#include "tools/cli/outfile.h"
#include "tools/cli/progress.h"
#include "tools/cmd/export_formats.h"
#include "tools/cmd/pages.h"
#include "tools/json/event_json.h"

#include <inttypes.h>

enum kind { JSONL, PROTO };

struct args {
    enum kind kind;
    const char *dir, *output;
};

struct exporter {
    enum kind kind;
    FILE *out;
    struct bc_buf text;
    uint64_t events_left, fields_left; /* what this version cannot write as JSON */
};

static bc_status parse(struct args *args, const struct cmd_env *env, int argc, char **argv,
                       struct bc_err *err)
{
    static const char *const commands[] = {
        [JSONL] = "backcast export jsonl", [PROTO] = "backcast export proto"
    };
    const struct opt opts[] = {
        OPT_LEDGER(&args->dir),
        OPT_OUTPUT(&args->output),
        { 0 },
    };

    return opt_parse(opts, cmd_page(commands[args->kind]), env, argc, argv, err);
}

/* An event of an unknown kind is left out whole: a line without a body could not be read back. */
static void add_jsonl(struct exporter *out, const struct bc_event *event)
{
    if (event->body == BC_NO_BODY) {
        out->events_left++;
        return;
    }
    out->fields_left += event_json_add(&out->text, event);
    bc_buf_add_byte(&out->text, '\n');
}

static bc_status walk(struct exporter *out, bc_log *log, const struct cmd_env *env,
                      struct bc_err *err)
{
    struct progress progress = progress_begin(env, "exporting");
    uint64_t size = bc_log_head(log)->size;
    const struct bc_event *event;
    struct bc_str stored;
    bc_cursor *cursor = NULL;
    bc_status rc = size > 0 ? bc_cursor_open(&cursor, log, 1, size, err) : BC_DONE;

    while (rc == BC_OK) {
        rc = bc_cursor_next(cursor, &event, &stored, err);
        if (rc != BC_OK)
            break;
        if (out->kind == JSONL) {
            add_jsonl(out, event);
        } else {
            bc_varint_add(&out->text, stored.len);
            bc_buf_add_str(&out->text, stored);
        }
        if (out->out != env->out || !env->out_tty)
            progress_tick(&progress, event->seq, size, "events");
        if (out->text.len >= OUTFILE_CHUNK && !outfile_flush(out->out, &out->text))
            break; /* the stream keeps its error, which is checked at the end */
    }
    progress_end(&progress);
    bc_cursor_free(cursor);
    if (rc >= 0)
        (void)outfile_flush(out->out, &out->text);
    return rc < 0 ? rc : BC_OK;
}

static void say_left_out(const struct cmd_env *env, const struct exporter *out)
{
    if (out->events_left + out->fields_left == 0)
        return;
    fprintf(env->err,
            "backcast: left out what this version does not know: bodies %" PRIu64
            ", fields %" PRIu64 "; `export proto` keeps them\n",
            out->events_left, out->fields_left);
}

static bc_status run(const struct args *args, const struct cmd_env *env, bc_log *log,
                     struct bc_err *err)
{
    bool to_file = args->output && strcmp(args->output, "-") != 0;
    struct exporter exporter = { .kind = args->kind, .out = env->out };
    struct outfile file = { 0 };
    bc_status rc = BC_OK;

    if (to_file)
        rc = outfile_open(&file, args->output, err);
    if (rc == BC_OK) {
        exporter.out = to_file ? file.file : env->out;
        rc = walk(&exporter, log, env, err);
    }
    if (rc == BC_OK)
        rc = to_file ? outfile_commit(&file, err) : cmd_written(env, err);
    if (rc == BC_OK)
        say_left_out(env, &exporter);
    outfile_release(&file);
    bc_buf_release(&exporter.text);
    return rc;
}

static int export_as(enum kind kind, const struct cmd_env *env, int argc, char **argv)
{
    struct args args = { .kind = kind };
    struct bc_err err = { 0 };
    bc_log *log = NULL;
    bc_status rc = parse(&args, env, argc, argv, &err);

    if (rc == BC_OK && kind == PROTO && !args.output && env->out_tty)
        rc = bc_err_set(&err, BC_E_USAGE,
                        "this is no text for a terminal; give -o FILE, or send it elsewhere");
    if (rc == BC_OK)
        rc = open_ledger(&log, env, args.dir, OPEN_READ, &err);
    if (rc == BC_OK)
        rc = run(&args, env, log, &err);
    bc_log_close(log);
    return cmd_exit(env, rc, &err);
}

static int export_jsonl(const struct cmd_env *env, int argc, char **argv)
{
    return export_as(JSONL, env, argc, argv);
}

static int export_proto(const struct cmd_env *env, int argc, char **argv)
{
    return export_as(PROTO, env, argc, argv);
}

int cmd_export(const struct cmd_env *env, int argc, char **argv)
{
    static const struct cmd commands[] = {
        { "jsonl", export_jsonl },     { "proto", export_proto },
        { "csv", export_csv },         { "sqlite", export_sqlite },
        { "parquet", export_parquet }, { "xes", export_xes },
        { "ocel", export_ocel },       { 0 },
    };
    static const struct cmd_group group = { "backcast export", commands, cmd_pages };

    return cmd_dispatch(env, &group, argc, argv);
}
