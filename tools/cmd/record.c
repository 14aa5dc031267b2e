/* tools/cmd/record.c - one event by hand. The options of a body are made from the schema. */
#include "ledger/base/instant.h"
#include "ledger/base/spelling.h"
#include "tools/ask/open.h"
#include "tools/ask/rules_ref.h"
#include "tools/ask/when.h"
#include "tools/cli/opt.h"
#include "tools/cli/text.h"
#include "tools/cmd/pages.h"
#include "tools/cmd/record_check.h"
#include "tools/print/print_json.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/random.h>

#define NAME_MAX_LEN RECORD_OPTION_LEN
#define ENVELOPE     11 /* options that every body has */

/* What was typed. */
struct args {
    enum bc_body body;
    const char *dir, *deal, *id, *actor, *occurred, *source_recorded, *source_ref, *source_how;
    bool json, first, anyway;
    const char *text[BC_FIELD_MAX + 1];
    bool yes[BC_FIELD_MAX + 1];
    struct opt_list list[BC_FIELD_MAX + 1];
    char option[BC_FIELD_MAX + 1][NAME_MAX_LEN]; /* "starts-at" */
};

/* The event, and what its texts point into. */
struct draft {
    struct bc_event event;
    char id[sizeof("manual:") + 32];
    char days[BC_FIELD_MAX + 1][BC_DAY_LEN];
    struct bc_str *items[BC_FIELD_MAX + 1];
};

/* --- options --- */

/* stage_changed, stageChanged -> stage-changed */
static void kebab(char out[NAME_MAX_LEN], const char *name)
{
    size_t n = 0;

    for (; *name && n + 2 < NAME_MAX_LEN; name++) {
        if (*name >= 'A' && *name <= 'Z') {
            out[n++] = '-';
            out[n++] = (char)(*name - 'A' + 'a');
        } else {
            out[n] = *name;
            if (*name == '_')
                out[n] = '-';
            n++;
        }
    }
    out[n] = '\0';
}

static struct opt field_option(struct args *args, unsigned number)
{
    const struct bc_field *field = &bc_schema(args->body)->field[number];
    struct opt opt = { .help = field->required ? "must be given" : "",
                       .required = field->required && field->type != BC_BOOL };

    kebab(args->option[number], field->name);
    opt.name = args->option[number];
    if (strcmp(field->json_name, opt.name) != 0)
        opt.also = field->json_name;
    opt.text = field->type == BC_BOOL || field->type == BC_LIST ? NULL : &args->text[number];
    switch (field->type) {
    case BC_TEXT:
        opt.value = "TEXT";
        break;
    case BC_BOOL:
        opt.flag = &args->yes[number];
        break;
    case BC_TIME:
        opt.value = "TIME";
        break;
    case BC_DAY:
        opt.value = "DATE";
        break;
    case BC_LIST:
        opt.value = "TEXT";
        opt.list = &args->list[number];
        break;
    }
    return opt;
}

static bc_status parse(struct args *args, const struct cmd_env *env, int argc, char **argv,
                       struct bc_err *err)
{
    const struct bc_schema *schema = bc_schema(args->body);
    char command[96];
    const struct page page = { command, cmd_page("backcast record BODY")->text };
    struct opt opts[ENVELOPE + BC_FIELD_MAX + 1] = {
        { "deal", "ID", .text = &args->deal, .required = schema->needs_deal,
          .help =
              schema->needs_deal ? "the deal it is about; must be given" : "the deal it is about" },
        { "occurred-at", "WHEN", .text = &args->occurred, .also = "occurredAt",
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
        { "new", NULL, .flag = &args->first,
          .help = "it is the first event of its deal (dealCreated may always be)" },
        { "anyway", NULL, .flag = &args->anyway,
          .help = "take words that the rules do not know, and values that are no number or date" },
        OPT_JSON(&args->json),
    };
    size_t n = ENVELOPE;

    snprintf(command, sizeof(command), "backcast record %s", schema->json_name);
    for (unsigned number = 1; number <= BC_FIELD_MAX; number++)
        if (schema->field[number].name)
            opts[n++] = field_option(args, number);
    return opt_parse(opts, &page, env, argc, argv, err);
}

/* --- the event --- */

static bc_status new_id(char out[sizeof("manual:") + 32], struct bc_err *err)
{
    unsigned char random[16];

    if (getrandom(random, sizeof(random), 0) != (ssize_t)sizeof(random))
        return bc_err_errno(err, "draw a random id");
    strcpy(out, "manual:");
    for (size_t i = 0; i < sizeof(random); i++)
        snprintf(out + strlen("manual:") + 2 * i, 3, "%02x", random[i]);
    return BC_OK;
}

/* A date means the end of that day; while the day is not over, it means now. */
static bc_status read_when(int64_t *out_us, const char *option, const char *text, int64_t now_us,
                           const bc_zone *zone, struct bc_err *err)
{
    struct when when;
    bc_status rc = when_parse(&when, text, now_us, zone, err);

    if (rc < 0)
        return bc_err_in(err, rc, "--%s", option);
    *out_us = when_instant(&when, zone);
    if (when.is_day && *out_us > now_us && when.day <= bc_zone_day(zone, now_us))
        *out_us = now_us;
    return BC_OK;
}

static bc_status read_envelope(struct draft *draft, const struct args *args, int64_t now_us,
                               const bc_zone *zone, struct bc_err *err)
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
    event->occurred_us = now_us;
    if (args->occurred)
        rc = read_when(&event->occurred_us, "occurred-at", args->occurred, now_us, zone, err);
    if (rc == BC_OK && args->source_recorded) {
        event->has_source_recorded = true;
        rc = read_when(&event->source_recorded_us, "source-recorded-at", args->source_recorded,
                       now_us, zone, err);
    }
    if (rc == BC_OK && !args->id)
        rc = new_id(draft->id, err);
    event->id = bc_str_of(args->id ? args->id : draft->id);
    return rc;
}

/* A time within a body needs a time of day: a date will not do. */
static bc_status read_time(struct bc_value *value, const char *option, const char *text,
                           int64_t now_us, const bc_zone *zone, struct bc_err *err)
{
    struct when when;
    bc_status rc = when_parse(&when, text, now_us, zone, err);

    if (rc == BC_OK && when.is_day)
        rc = bc_err_set(err, BC_E_USAGE,
                        "'%s' has no time of day; expected one like 2025-03-31T09:30:00Z", text);
    if (rc < 0)
        return bc_err_in(err, rc, "--%s", option);
    value->set = true;
    value->us = when.us;
    return BC_OK;
}

static bc_status read_day(struct draft *draft, unsigned number, const char *option,
                          const char *text, int64_t now_us, const bc_zone *zone, struct bc_err *err)
{
    struct when when;
    bc_status rc = when_parse(&when, text, now_us, zone, err);

    if (rc == BC_OK && !when.is_day)
        rc = bc_err_set(err, BC_E_USAGE, "'%s' is no date; expected one like 2025-03-31", text);
    if (rc < 0)
        return bc_err_in(err, rc, "--%s", option);
    bc_day_print(draft->days[number], when.day);
    draft->event.value[number].text = bc_str_of(draft->days[number]);
    return BC_OK;
}

static void read_list(struct draft *draft, unsigned number, const struct opt_list *list)
{
    struct bc_value *value = &draft->event.value[number];

    draft->items[number] = bc_calloc(list->n + 1, sizeof(struct bc_str));
    for (size_t i = 0; i < list->n; i++)
        draft->items[number][i] = bc_str_of(list->items[i]);
    value->items = draft->items[number];
    value->item_n = list->n;
}

static bc_status read_field(struct draft *draft, const struct args *args, unsigned number,
                            int64_t now_us, const bc_zone *zone, struct bc_err *err)
{
    struct bc_value *value = &draft->event.value[number];
    const char *option = args->option[number], *text = args->text[number];
    bool given = text && text[0] != '\0';

    switch (bc_schema(args->body)->field[number].type) {
    case BC_TEXT:
        value->text = bc_str_of(text);
        return BC_OK;
    case BC_BOOL:
        value->yes = args->yes[number];
        return BC_OK;
    case BC_TIME:
        return given ? read_time(value, option, text, now_us, zone, err) : BC_OK;
    case BC_DAY:
        return given ? read_day(draft, number, option, text, now_us, zone, err) : BC_OK;
    case BC_LIST:
        read_list(draft, number, &args->list[number]);
        return BC_OK;
    }
    return BC_OK;
}

static bc_status read_event(struct draft *draft, const struct args *args, int64_t now_us,
                            const bc_zone *zone, struct bc_err *err)
{
    const struct bc_schema *schema = bc_schema(args->body);
    bc_status rc = read_envelope(draft, args, now_us, zone, err);

    for (unsigned number = 1; rc == BC_OK && number <= BC_FIELD_MAX; number++)
        if (schema->field[number].name)
            rc = read_field(draft, args, number, now_us, zone, err);
    if (rc == BC_OK && bc_event_check(&draft->event, NULL, err) < 0)
        rc = BC_E_USAGE; /* it was typed, and not read */
    return rc;
}

/* --- the command --- */

static bc_status append(bc_log *log, const struct bc_event *event, int64_t now_us, bool *added,
                        struct bc_err *err)
{
    bc_append *append = NULL;
    bc_status rc = bc_append_open(&append, log, now_us, err);

    if (rc == BC_OK) {
        rc = bc_append_add(append, event, 1, false, NULL, NULL, err);
        *added = rc == BC_OK;
    }
    if (rc >= 0)
        rc = bc_append_commit(append, err);
    bc_append_free(append);
    return rc;
}

struct recorded {
    const struct bc_event *event;
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
}

static void print(const struct cmd_env *env, const struct recorded *recorded, bool as_json)
{
    const struct bc_event *event = recorded->event;

    if (as_json) {
        print_json_of(env->out, fill, recorded);
        return;
    }
    fputs(bc_schema(event->body)->json_name, env->out);
    fprintf(env->out,
            recorded->added ? " recorded as event %" PRIu64 ", id "
                            : " is there already, as event %" PRIu64 ", id ",
            recorded->seq);
    text_put(env->out, event->id);
    fputc('\n', env->out);
}

static bc_status record(const struct cmd_env *env, const struct args *args, struct bc_err *err)
{
    struct draft draft = { 0 };
    bc_rules *rules = NULL;
    bc_log *log = NULL;
    bool added = false;
    uint64_t seq = 0;
    bc_status rc = open_to_append(&log, env, args->dir, err);

    if (rc == BC_OK)
        rc = rules_ref_latest(&rules, log, err);
    if (rc == BC_OK)
        rc = read_event(&draft, args, cmd_now_us(env), rules->zone, err);
    if (rc == BC_OK)
        rc = record_check(&(struct record_check){ .event = &draft.event,
                                                  .option = args->option,
                                                  .rules = rules,
                                                  .first = args->first,
                                                  .anyway = args->anyway },
                          log, env, err);
    if (rc == BC_OK)
        rc = append(log, &draft.event, cmd_now_us(env), &added, err);
    if (rc == BC_OK)
        rc = bc_log_find(log, draft.event.id, &seq, err);
    if (rc == BC_OK)
        rc = open_catch_up(log, err);
    if (rc == BC_OK)
        print(env, &(struct recorded){ &draft.event, seq, added }, args->json);
    for (unsigned number = 1; number <= BC_FIELD_MAX; number++)
        free(draft.items[number]);
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

/* stageChanged, stage-changed and stage_changed are one. */
static enum bc_body find_body(const char *name, struct bc_err *err)
{
    struct bc_spelling spelling = { .word = bc_str_of(name) };
    char asked[NAME_MAX_LEN], known[NAME_MAX_LEN];

    kebab(asked, name);
    for (int body = BC_DEAL_CREATED; body < BC_BODY_END; body++) {
        const struct bc_schema *schema = bc_schema((enum bc_body)body);

        kebab(known, schema->name);
        if (strcmp(known, asked) == 0)
            return (enum bc_body)body;
        bc_spelling_try(&spelling, bc_str_of(schema->json_name));
    }
    if (spelling.best.len > 0)
        bc_err_set(err, BC_E_USAGE, "no body '%s'; did you mean '%s'?", name, spelling.best.at);
    else
        bc_err_set(err, BC_E_USAGE, "no body '%s'; `backcast record --help` lists them", name);
    return BC_NO_BODY;
}

int cmd_record(const struct cmd_env *env, int argc, char **argv)
{
    struct args args = { 0 };
    struct bc_err err = { 0 };
    bc_status rc = BC_E_USAGE;

    if (argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) {
        print_help(env->out);
        return cmd_exit(env, BC_OK, NULL);
    }
    if (argc > 1 && strcmp(argv[1], "--help=man") == 0) {
        print_man(env->out);
        return cmd_exit(env, BC_OK, NULL);
    }
    if (argc < 2 || argv[1][0] == '-') {
        bc_err_set(&err, rc, "BODY is missing; `backcast record --help` lists them");
        return cmd_exit(env, rc, &err);
    }
    args.body = find_body(argv[1], &err);
    if (args.body != BC_NO_BODY)
        rc = parse(&args, env, argc - 1, argv + 1, &err);
    if (rc == BC_OK)
        rc = record(env, &args, &err);
    for (unsigned number = 1; number <= BC_FIELD_MAX; number++)
        opt_list_release(&args.list[number]);
    return cmd_exit(env, rc, &err);
}
