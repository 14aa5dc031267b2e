/* tools/cmd/record.c - one event by hand. The options of a body are made from the schema. */
#include "tools/cmd/record.h"

#include "ledger/base/instant.h"
#include "tools/ask/open.h"
#include "tools/ask/rules_ref.h"
#include "tools/byhand/record_append.h"
#include "tools/byhand/record_check.h"
#include "tools/byhand/record_known.h"
#include "tools/byhand/record_sheet.h"
#include "tools/byhand/record_value.h"
#include "tools/byhand/record_words.h"
#include "tools/cli/complete.h"
#include "tools/cli/opt.h"
#include "tools/cli/text.h"
#include "tools/cmd/pages.h"
#include "tools/cmd/record_word.h"
#include "tools/print/print_json.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

#define ENVELOPE     12 /* options that every body has */
#define HELP_MAX_LEN 96
#define COMMAND_LEN  96

/* A field of the word's other body, which is no field of this one. */
struct stray {
    char option[RECORD_NAME_LEN];
    const char *text;
};

/* What was typed. */
struct args {
    enum bc_body body;
    const struct record_word *word; /* that stands for it, or NULL */
    bool closes;                    /* the word's second body */
    const char *dir, *deal, *id, *actor, *occurred, *source_recorded, *source_ref, *source_how;
    bool shared, json, first, anyway;
    const char *text[BC_FIELD_MAX + 1];
    bool yes[BC_FIELD_MAX + 1];
    struct opt_list list[BC_FIELD_MAX + 1];
    char option[BC_FIELD_MAX + 1][RECORD_NAME_LEN]; /* "starts-at" */
    char help[BC_FIELD_MAX + 1][HELP_MAX_LEN];
    struct stray stray[BC_FIELD_MAX + 1];
};

/* The event, and what its texts point into. */
struct draft {
    struct bc_event event;
    char id[RECORD_ID_LEN];
    bc_arena *arena;
};

/* --- options --- */

/* Is a name made where the field is not given? */
static bool made(const struct args *args, unsigned number)
{
    return args->word && record_fills_in(args->body, number);
}

static struct opt field_option(struct args *args, unsigned number)
{
    const struct bc_field *field = &bc_schema(args->body)->field[number];
    struct opt opt = { .value = record_value_word(args->body, number),
                       .required =
                           field->required && field->type != BC_BOOL && !made(args, number) };
    char *help = args->help[number];

    record_kebab(args->option[number], field->name);
    opt.name = args->option[number];
    if (strcmp(field->json_name, opt.name) != 0)
        opt.also = field->json_name;
    if (args->closes && number == 1) { /* what it closes */
        opt.also = opt.name;
        opt.name = args->word->close;
    }
    snprintf(help, HELP_MAX_LEN, "%s%s", record_field_help(args->body, number)->text,
             made(args, number) ? " (default: a new one)"
             : field->required  ? "; must be given"
                                : "");
    opt.help = help;
    if (field->type == BC_BOOL)
        opt.flag = &args->yes[number];
    else if (field->type == BC_LIST)
        opt.list = &args->list[number];
    else
        opt.text = &args->text[number];
    return opt;
}

/* The options of a word's other body: what closes, and fields that are not this body's. They are in
 * the help, and taken so that an error can say what they go with. */
static size_t stray_options(struct opt *opts, struct args *args)
{
    const struct record_word *word = args->word;
    const enum bc_body other = args->closes ? word->body : word->closed;
    size_t n = 0;

    if (!args->closes)
        opts[n++] =
            (struct opt){ word->close, "ID", .text = &args->stray[0].text, .help = word->help };
    for (unsigned number = 1; number <= BC_FIELD_MAX; number++) {
        const struct bc_field *field = &bc_schema(other)->field[number];
        struct stray *stray = &args->stray[number];

        if (!field->name || bc_field_of(args->body, bc_str_of(field->json_name)))
            continue;
        record_kebab(stray->option, field->name);
        opts[n++] =
            (struct opt){ stray->option, record_value_word(other, number), .text = &stray->text,
                          .help = record_field_help(other, number)->text };
    }
    return n;
}

static bc_status check_stray(const struct args *args, struct bc_err *err)
{
    for (unsigned number = 1; number <= BC_FIELD_MAX; number++)
        if (args->stray[number].text)
            return bc_err_set(err, BC_E_USAGE, "--%s goes %s --%s", args->stray[number].option,
                              args->closes ? "without" : "with", args->word->close);
    return BC_OK;
}

/* "backcast record action", or of a body. */
static struct page page_of(char command[COMMAND_LEN], const struct args *args)
{
    snprintf(command, COMMAND_LEN, "backcast record %s",
             args->word ? args->word->word : bc_schema(args->body)->json_name);
    return (struct page){ command, cmd_page(args->word ? command : "backcast record BODY")->text };
}

static bc_status parse(struct args *args, const struct cmd_env *env, int argc, char **argv,
                       struct bc_err *err)
{
    const struct bc_schema *schema = bc_schema(args->body);
    char command[COMMAND_LEN];
    const struct page page = page_of(command, args);
    struct opt opts[ENVELOPE + 2 * BC_FIELD_MAX + 2] = {
        { "deal", "DEAL", .text = &args->deal, .required = schema->needs_deal,
          .help =
              schema->needs_deal ? "the deal it is about; must be given" : "the deal it is about" },
        { "at", "WHEN", .text = &args->occurred, .also = "occurred-at occurredAt",
          .help = "when it happened (default: now; a date: its end)" },
        { "id", "ID", .text = &args->id,
          .help = "the event's id, unique for ever (default: a new one)" },
        { "actor", "WHO", .text = &args->actor, .help = "who did it" },
        { "source-recorded-at", "WHEN", .text = &args->source_recorded, .also = "sourceRecordedAt",
          .help = "when the source learnt of it" },
        { "source-ref", "TEXT", .text = &args->source_ref, .help = "the object in the source" },
        { "source-how", "TEXT", .text = &args->source_how,
          .help = "the source's word for how it came about" },
        OPT_LEDGER(&args->dir),
        OPT_SHARED(&args->shared),
        { "new", NULL, .flag = &args->first,
          .help = "it is the first event of its deal (dealCreated may always be)" },
        { "anyway", NULL, .flag = &args->anyway,
          .help = "take words that the rules do not know, and values that are no number or date" },
        OPT_JSON(&args->json),
    };
    size_t n = ENVELOPE;
    bc_status rc;

    for (unsigned number = 1; number <= BC_FIELD_MAX; number++)
        if (schema->field[number].name)
            opts[n++] = field_option(args, number);
    if (args->word && args->word->close)
        (void)stray_options(&opts[n], args);
    rc = opt_parse(opts, &page, env, argc, argv, err);
    return rc == BC_OK ? check_stray(args, err) : rc;
}

/* --- the event --- */

static bc_status read_when(int64_t *out_us, const char *option, const char *text,
                           const struct record_reading *in, struct bc_err *err)
{
    bool is_day;
    bc_status rc = record_when_read(out_us, &is_day, text, in, err);

    return rc < 0 ? bc_err_in(err, rc, "--%s", option) : rc;
}

static bc_status read_envelope(struct draft *draft, const struct args *args,
                               const struct record_reading *in, struct bc_err *err)
{
    struct bc_event *event = &draft->event;
    bc_status rc = BC_OK;

    event->body = args->body;
    event->deal = bc_str_of(args->deal);
    event->actor = bc_str_of(args->actor);
    event->source_system = BC_STR("manual");
    event->source_ref = bc_str_of(args->source_ref);
    event->source_how = bc_str_of(args->source_how);
    event->has_occurred = true;
    event->occurred_us = in->now_us;
    if (args->occurred)
        rc = read_when(&event->occurred_us, "at", args->occurred, in, err);
    if (rc == BC_OK && args->source_recorded) {
        event->has_source_recorded = true;
        rc = read_when(&event->source_recorded_us, "source-recorded-at", args->source_recorded, in,
                       err);
    }
    if (rc == BC_OK && !args->id)
        rc = record_new_id(draft->id, err);
    event->id = bc_str_of(args->id ? args->id : draft->id);
    return rc;
}

static bc_status read_field(struct draft *draft, const struct args *args, unsigned number,
                            const struct record_reading *in, struct bc_err *err)
{
    const struct bc_field *field = &bc_schema(args->body)->field[number];
    struct bc_value *value = &draft->event.value[number];
    const struct opt_list *list = &args->list[number];
    bc_status rc = BC_OK;

    if (field->type == BC_BOOL)
        value->yes = args->yes[number];
    else if (field->type == BC_LIST)
        record_value_list(value, list->items, list->n, in->arena);
    else if (args->text[number])
        rc = record_value_read(value, field, args->text[number], in, err);
    return rc < 0 ? bc_err_in(err, rc, "--%s", args->option[number]) : rc;
}

static bc_status read_event(struct draft *draft, const struct args *args,
                            const struct record_reading *in, struct bc_err *err)
{
    const struct bc_schema *schema = bc_schema(args->body);
    bc_status rc = read_envelope(draft, args, in, err);

    for (unsigned number = 1; rc == BC_OK && number <= BC_FIELD_MAX; number++)
        if (schema->field[number].name)
            rc = read_field(draft, args, number, in, err);
    if (rc == BC_OK && args->word)
        record_event_fill_in(&draft->event, true, draft->arena);
    if (rc == BC_OK && bc_event_check(&draft->event, NULL, err) < 0)
        rc = BC_E_USAGE; /* it was typed, and not read */
    return rc;
}

/* What a word closes must be there, and the event is about the same deal unless another is named.
 */
static bc_status take_closed(struct draft *draft, const struct args *args, bc_log *log,
                             struct bc_err *err)
{
    const struct record_word *word = args->word;
    const struct bc_str name = draft->event.value[1].text;
    struct bc_str deal = { 0 };
    bc_status rc = record_known(&deal, log, word->body, 1, name, draft->arena, err);

    if (rc == BC_DONE && !args->anyway)
        return bc_err_set(err, BC_E_USAGE,
                          "--%s '%.*s': no %s recorded so far names it; --anyway takes it",
                          word->close, BC_STR_ARG(name), bc_schema(word->body)->json_name);
    if (rc == BC_OK && !args->deal)
        draft->event.deal = deal;
    return rc < 0 ? rc : BC_OK;
}

static bc_status check_deals(const struct record_check *check, bc_log *log, struct bc_err *err)
{
    bc_timelines *timelines = NULL;
    bc_status rc = bc_timelines_open(&timelines, log, BC_FROM_CACHE, err);

    if (rc == BC_OK)
        rc = record_check_deals(check, timelines, err);
    bc_timelines_free(timelines);
    return rc;
}

static bc_status check_event(const struct record_check *check, const struct cmd_env *env,
                             bc_log *log, struct bc_err *err)
{
    const struct bc_schema *schema = bc_schema(check->event->body);
    bc_status rc = BC_OK;

    for (unsigned number = 1; rc == BC_OK && number <= BC_FIELD_MAX; number++)
        if (schema->field[number].name)
            rc = record_check_field(check, number, err);
    if (rc == BC_OK)
        rc = check_deals(check, log, err);
    if (rc == BC_OK)
        record_check_ahead(check, env);
    return rc;
}

/* --- the command --- */

struct recorded {
    const struct bc_event *event;
    struct bc_str action; /* its name, of a new one */
    uint64_t seq;
    bool added;
};

static void fill(struct row *row, const void *source, size_t i)
{
    const struct recorded *recorded = source;

    (void)i;
    row_text(row, "id", recorded->event->id);
    row_seq(row, "seq", recorded->seq);
    row_bool(row, "added", recorded->added);
    if (recorded->action.len > 0)
        row_text(row, "action", recorded->action);
}

static void print(const struct cmd_env *env, const struct recorded *recorded, bool as_json)
{
    const struct bc_event *event = recorded->event;

    if (as_json) {
        print_json_of(env, fill, recorded);
        return;
    }
    fputs(bc_schema(event->body)->json_name, env->out);
    fprintf(env->out,
            recorded->added ? " recorded as event %" PRIu64 ", id "
                            : " is there already, as event %" PRIu64 ", id ",
            recorded->seq);
    text_put(env->out, event->id);
    fputs(recorded->action.len > 0 ? ", action " : "", env->out);
    text_put(env->out, recorded->action);
    fputc('\n', env->out);
}

/* What an action is closed by. */
static struct bc_str action_of(const struct args *args, const struct bc_event *event)
{
    return args->word && event->body == BC_ACTION_DECIDED ? event->value[1].text
                                                          : (struct bc_str){ 0 };
}

static bc_status record(const struct cmd_env *env, const struct args *args, struct bc_err *err)
{
    struct draft draft = { .arena = bc_arena_new() };
    bc_rules *rules = NULL;
    bc_log *log = NULL;
    struct record_taken taken = { 0 };
    struct bc_where where;
    size_t bad;
    bc_status rc = open_to_append(&log, env, args->dir, args->shared, err);

    if (rc == BC_OK)
        rc = rules_ref_latest(&rules, log, err);
    if (rc == BC_OK)
        rc = read_event(&draft, args,
                        &(struct record_reading){ cmd_now_us(env), rules->zone, draft.arena }, err);
    if (rc == BC_OK && args->closes)
        rc = take_closed(&draft, args, log, err);
    if (rc == BC_OK)
        rc = check_event(&(struct record_check){ .event = &draft.event,
                                                 .options = true,
                                                 .rules = rules,
                                                 .first = args->first,
                                                 .anyway = args->anyway },
                         env, log, err);
    if (rc == BC_OK)
        rc = record_append(&taken, log, &draft.event, 1, cmd_now_us(env), &bad, &where, err);
    if (rc == BC_OK)
        rc = open_catch_up(log, err);
    if (rc == BC_OK)
        print(env,
              &(struct recorded){ &draft.event, action_of(args, &draft.event), taken.seq,
                                  taken.added },
              args->json);
    bc_arena_free(draft.arena);
    bc_rules_free(rules);
    bc_log_close(log);
    return rc;
}

static void print_bodies(FILE *out)
{
    for (int body = BC_DEAL_CREATED; body < BC_BODY_END; body++)
        fprintf(out, "  %s\n", bc_schema((enum bc_body)body)->json_name);
}

#define USAGE "backcast record BODY [--deal ID] [--FIELD VALUE ...] [options]"
#define MORE  "`backcast record BODY --help` lists its fields."

static void print_help(FILE *out)
{
    const struct page *page = cmd_page("backcast record");

    fputs("usage: " USAGE "\n\n", out);
    page_print_description(out, page);
    fputc('\n', out);
    print_bodies(out);
    fputs("\n" MORE "\n", out);
    page_print_rest(out, page);
}

static void print_man(FILE *out)
{
    const struct page_parts parts = page_parts(cmd_page("backcast record"));

    page_print_man(out, parts.front);
    fputs("# SYNOPSIS\n\n```\n" USAGE "\n```\n\n", out);
    page_print_man(out, parts.description);
    fputs("```\n", out);
    print_bodies(out);
    fputs("```\n\n", out);
    page_print_man(out, BC_STR(MORE "\n\n"));
    page_print_man(out, parts.rest);
}

/* Words that are no body. */
static const struct cmd others[] = {
    { "undo", record_undo }, { "form", record_form }, { "deal", record_deal }, { 0 }
};

static cmd_fn *find_other(const char *word)
{
    for (const struct cmd *other = others; other->name; other++)
        if (strcmp(other->name, word) == 0)
            return other->run;
    return NULL;
}

/* What may come after `record`. */
static void add_candidates(struct complete *complete)
{
    static const struct cmd_group group = { "backcast record", others, cmd_pages };
    const struct record_word *word;

    for (size_t i = 0; (word = record_word_at(i)); i++) {
        char command[COMMAND_LEN];

        snprintf(command, COMMAND_LEN, "backcast record %s", word->word);
        complete_add(complete, bc_str_of(word->word), page_summary(cmd_page(command)));
    }
    cmd_candidates(complete, &group);
    for (int body = BC_DEAL_CREATED; body < BC_BODY_END; body++)
        complete_add(complete, bc_str_of(bc_schema((enum bc_body)body)->json_name),
                     (struct bc_str){ 0 });
}

int cmd_record(const struct cmd_env *env, int argc, char **argv)
{
    struct args args = { 0 };
    struct bc_err err = { 0 };
    bc_status rc = BC_E_USAGE;

    if (env->complete && argc == 2) {
        add_candidates(env->complete);
        return argv[1][0] == '-' ? record_form(env, argc, argv) : 0;
    }
    if (argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) {
        print_help(env->out);
        return cmd_exit(env, BC_OK, NULL);
    }
    if (argc > 1 && strcmp(argv[1], "--help=man") == 0) {
        print_man(env->out);
        return cmd_exit(env, BC_OK, NULL);
    }
    if (argc > 1 && find_other(argv[1]))
        return find_other(argv[1])(env, argc - 1, argv + 1);
    if (argc > 1 && (strcmp(argv[1], "--file") == 0 || strncmp(argv[1], "--file=", 7) == 0))
        return record_form(env, argc, argv);
    if (argc < 2 || argv[1][0] == '-') {
        bc_err_set(&err, rc, "BODY is missing; `backcast record --help` lists them");
        return cmd_exit(env, rc, &err);
    }
    args.word = record_word_of(argv[1]);
    args.closes = args.word && record_word_closes(args.word, argc - 1, argv + 1);
    if (args.word)
        args.body = args.closes ? args.word->closed : args.word->body;
    else
        args.body = record_body_of(argv[1], &err);
    if (args.body != BC_NO_BODY)
        rc = parse(&args, env, argc - 1, argv + 1, &err);
    if (rc == BC_OK)
        rc = record(env, &args, &err);
    for (unsigned number = 1; number <= BC_FIELD_MAX; number++)
        opt_list_release(&args.list[number]);
    return cmd_exit(env, rc, &err);
}
