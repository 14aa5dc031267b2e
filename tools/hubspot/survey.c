/* tools/hubspot/survey.c */
#include "tools/hubspot/survey.h"

#include "ledger/base/spelling.h"
#include "tools/discover/discover_text.h"
#include "tools/hubspot/labels.h"
#include "tools/hubspot/read.h"
#include "tools/hubspot/stages.h"
#include "tools/hubspot/value.h"
#include "tools/hubspot/zone.h"

static struct bc_str keep(struct hubspot_run *run, struct bc_str text)
{
    return bc_arena_copy(run->keep, text);
}

/* Reads the number of the account, and its time zone. */
static bc_status take_details(void *payload, const struct http_answer *answer, struct bc_err *err)
{
    struct hubspot_run *run = payload;
    int64_t portal = (int64_t)json_integer_value(json_object_get(answer->root, "portalId"));

    if (answer->status >= 300) /* then nothing shows that the ledger is another account's */
        hubspot_note_refusal(run, "the account's details", answer->status, answer->root);
    else
        hubspot_zone_take(run, hubspot_text(answer->root, "timeZone"));
    if (answer->status >= 300 || portal == 0)
        return BC_OK;
    if (run->state.portal != 0 && run->state.portal != portal)
        return bc_err_set(err, BC_E_INPUT,
                          "this ledger was filled from the HubSpot account %lld, and the token is "
                          "of account %lld",
                          (long long)run->state.portal, (long long)portal);
    run->state.portal = portal;
    return BC_OK;
}

static struct hubspot_stage *add_stage(struct hubspot_run *run, struct bc_str id)
{
    struct hubspot_stage *stage = hubspot_run_stage(run, id);

    if (stage)
        return stage;
    BC_GROW(run->stages, run->stage_n, run->stage_cap);
    stage = &run->stages[run->stage_n++];
    *stage = (struct hubspot_stage){ .id = keep(run, id) };
    return stage;
}

static void take_stage(struct hubspot_run *run, const json_t *given, struct bc_str pipeline)
{
    struct bc_str id = hubspot_text(given, "id");
    struct hubspot_stage *stage;

    if (id.len == 0)
        return;
    stage = add_stage(run, id);
    stage->label = keep(run, hubspot_text(given, "label"));
    stage->pipeline = pipeline;
    stage->live = !json_is_true(json_object_get(given, "archived"));
    stage->ending = hubspot_stages_ending(json_object_get(given, "metadata"));
}

/* A stage in a former state of its pipeline; the newest comes first. */
static void take_former(struct hubspot_run *run, const json_t *given)
{
    struct bc_str id = hubspot_text(given, "stageId"), label = hubspot_text(given, "label");
    struct hubspot_stage *stage;

    if (id.len == 0)
        id = hubspot_text(given, "id"); /* both are read */
    if (id.len == 0 || label.len == 0)
        return;
    stage = add_stage(run, id);
    if (stage->label.len == 0)
        stage->label = keep(run, label);
    else if (label.len && !bc_str_eq(label, stage->label) && stage->former.len == 0)
        stage->former = keep(run, label);
}

/* JSON within a text, or the object itself; NULL: neither. The caller's to json_decref. */
static json_t *raw_object(json_t *given)
{
    if (json_is_object(given))
        return json_incref(given);
    return json_loadb(json_is_string(given) ? json_string_value(given) : "",
                      json_string_length(given), 0, NULL);
}

/* `rawObject` of an audit is a pipeline with its stages, or a stage. */
static bc_status take_audit(void *payload, const struct http_answer *answer, struct bc_err *err)
{
    struct hubspot_run *run = payload;
    const json_t *results = json_object_get(answer->root, "results");

    (void)err;
    if (answer->status >= 300 && answer->status != 404) /* 404: there is none */
        hubspot_note_refusal(run, "audits of pipelines", answer->status, answer->root);
    for (size_t i = 0; i < json_array_size(results); i++) {
        const json_t *one = json_array_get(results, i);
        json_t *former = raw_object(json_object_get(one, "rawObject"));
        const json_t *stages = json_object_get(former, "stages");

        for (size_t s = 0; s < json_array_size(stages); s++)
            take_former(run, json_array_get(stages, s));
        if (!stages)
            take_former(run, former);
        json_decref(former);
    }
    return BC_OK;
}

static void ask(struct hubspot_run *run, struct bc_buf *path, http_take_fn *take, bool optional)
{
    struct http_request request = { .missing_ok = optional, .refused_ok = optional };

    bc_buf_add_byte(path, '\0');
    request.path = path->at;
    http_ask(run->client, &request, take, run);
    bc_buf_release(path);
}

/* Of a pipeline, or of one of its stages. */
static void ask_audit(struct hubspot_run *run, struct bc_str pipeline, struct bc_str stage)
{
    struct bc_buf path = { 0 };
    char *name = bc_strdup(pipeline), *stage_name = bc_strdup(stage);

    hubspot_account_path(run->account, &path, HUBSPOT_PIPELINES, "deals", NULL);
    bc_buf_add_byte(&path, '/');
    http_path_add(&path, name);
    if (stage.len) {
        bc_buf_add_str(&path, BC_STR("/stages/"));
        http_path_add(&path, stage_name);
    }
    bc_buf_add_str(&path, BC_STR("/audit"));
    ask(run, &path, take_audit, true);
    free(name);
    free(stage_name);
}

static void add_pipeline(struct hubspot_run *run, struct bc_str id, struct bc_str label)
{
    for (size_t i = 0; i < run->pipeline_n; i++)
        if (bc_str_eq(run->pipelines[i].id, id))
            return;
    BC_GROW(run->pipelines, run->pipeline_n, run->pipeline_cap);
    run->pipelines[run->pipeline_n++] = (struct hubspot_pipeline){ id, keep(run, label) };
}

static bc_status take_pipelines(void *payload, const struct http_answer *answer, struct bc_err *err)
{
    struct hubspot_run *run = payload;
    const json_t *results = NULL;
    bc_status rc = hubspot_results(&results, answer->root, err);

    for (size_t i = 0; rc == BC_OK && i < json_array_size(results); i++) {
        const json_t *pipeline = json_array_get(results, i);
        const json_t *stages = json_object_get(pipeline, "stages");
        struct bc_str id = keep(run, hubspot_text(pipeline, "id"));

        add_pipeline(run, id, hubspot_text(pipeline, "label"));
        for (size_t s = 0; s < json_array_size(stages); s++)
            take_stage(run, json_array_get(stages, s), id);
    }
    return rc;
}

/* The options of a property, as long as the run. */
static void take_options(struct hubspot_run *run, struct hubspot_defined *defined,
                         const json_t *given)
{
    size_t n = json_array_size(given);
    struct hubspot_option *options = hubspot_keep(run, n * sizeof(*options));

    for (size_t i = 0; i < n; i++)
        options[i] = (struct hubspot_option){
            .value = keep(run, hubspot_text(json_array_get(given, i), "value")),
            .label = keep(run, hubspot_text(json_array_get(given, i), "label")),
        };
    defined->options = options;
    for (size_t i = 0; i < n; i++) { /* a value comes once */
        size_t same = 0;

        while (same < defined->option_n && !bc_str_eq(options[same].value, options[i].value))
            same++;
        if (same == defined->option_n)
            options[defined->option_n++] = options[i];
    }
}

static bc_status take_properties(void *payload, const struct http_answer *answer,
                                 struct bc_err *err)
{
    struct hubspot_run *run = payload;
    const json_t *results = NULL;
    bc_status rc = hubspot_results(&results, answer->root, err);

    for (size_t i = 0; rc == BC_OK && i < json_array_size(results); i++) {
        const json_t *given = json_array_get(results, i);
        struct hubspot_defined *defined;

        BC_GROW(run->defined, run->defined_n, run->defined_cap);
        defined = &run->defined[run->defined_n++];
        *defined = (struct hubspot_defined){
            .name = keep(run, hubspot_text(given, "name")),
            .label = keep(run, hubspot_text(given, "label")),
            .calculated = json_is_true(json_object_get(given, "calculated")),
            .times = bc_str_eq(hubspot_text(given, "type"), BC_STR("datetime")),
        };
        take_options(run, defined, json_object_get(given, "options"));
    }
    return rc;
}

/* The properties of a kind of objects beside the deals. */
struct others {
    struct hubspot_run *run;
    const char *type;
};

/* May a property of e-mails name their campaign? */
static bool is_campaign(const json_t *given)
{
    static const char *const words[] = { "campaign", "template", "sequence" };

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (discover_has(hubspot_text(given, "name"), words[i]) ||
            discover_has(hubspot_text(given, "label"), words[i]))
            return true;
    return false;
}

static void take_outcomes(struct hubspot_run *run, const json_t *options)
{
    for (size_t i = 0; i < json_array_size(options); i++) {
        const json_t *option = json_array_get(options, i);

        BC_GROW(run->call_outcomes, run->call_outcome_n, run->call_outcome_cap);
        run->call_outcomes[run->call_outcome_n++] =
            (struct hubspot_option){ keep(run, hubspot_text(option, "value")),
                                     keep(run, hubspot_text(option, "label")) };
    }
}

/* The labels that meetings may have, the outcomes of calls, the properties of e-mails that may name
 * their campaign, and the one of an order that names its configuration. */
static void take_other(struct hubspot_run *run, const char *type, const json_t *given)
{
    const json_t *options = json_object_get(given, "options");
    struct bc_str name = hubspot_text(given, "name");

    if (run->order_url.len == 0 && name.len && strstr(name.at, "configurator"))
        run->order_url = keep(run, name);
    for (size_t o = 0; bc_str_eq(name, BC_STR("hs_activity_type")) && o < json_array_size(options);
         o++)
        hubspot_tally_add(run, &run->meeting_types,
                          hubspot_text(json_array_get(options, o), "value"));
    if (bc_str_eq(name, BC_STR("hs_call_disposition")))
        take_outcomes(run, options);
    if (strcmp(type, "emails") == 0 && is_campaign(given)) {
        BC_GROW(run->campaigns, run->campaign_n, run->campaign_cap);
        run->campaigns[run->campaign_n++] =
            (struct hubspot_option){ keep(run, name), keep(run, hubspot_text(given, "label")) };
    }
}

static bc_status take_other_properties(void *payload, const struct http_answer *answer,
                                       struct bc_err *err)
{
    const struct others *others = payload;
    const json_t *results = json_object_get(answer->root, "results");

    (void)err;
    if (answer->status >= 300 && answer->status != 404)
        hubspot_note_refusal(others->run, "properties beside those of deals", answer->status,
                             answer->root);
    for (size_t i = 0; i < json_array_size(results); i++)
        take_other(others->run, others->type, json_array_get(results, i));
    return BC_OK;
}

static void ask_other_properties(struct hubspot_run *run, const char *type)
{
    struct http_request request = { .missing_ok = true, .refused_ok = true };
    struct others *others = hubspot_keep(run, sizeof(*others));
    struct bc_buf path = { 0 };

    *others = (struct others){ run, type };
    hubspot_account_path(run->account, &path, HUBSPOT_PROPERTIES, type, NULL);
    bc_buf_add_byte(&path, '\0');
    request.path = path.at;
    http_ask(run->client, &request, take_other_properties, others);
    bc_buf_release(&path);
}

/* Owners, including former ones: two listings. */
struct owners {
    struct hubspot_run *run;
    bool archived;
    struct http_pages *pages;
};

static void ask_owners(struct owners *owners, const char *after);

/* Their names are for people alone, and go into no event. */
static void add_owner(struct hubspot_run *run, const json_t *given, struct bc_str id)
{
    const struct bc_str first = hubspot_text(given, "firstName"),
                        last = hubspot_text(given, "lastName");
    const json_t *user = json_object_get(given, "userIdIncludingInactive");
    struct hubspot_owner *owner;
    struct bc_buf text = { 0 };

    BC_GROW(run->owners, run->owner_n, run->owner_cap);
    owner = &run->owners[run->owner_n++];
    *owner = (struct hubspot_owner){ .id = keep(run, id) };
    bc_buf_add_str(&text, first);
    bc_buf_printf(&text, "%s%.*s", first.len && last.len ? " " : "", BC_STR_ARG(last));
    owner->name = keep(run, text.len ? bc_buf_str(&text) : hubspot_text(given, "email"));
    text.len = 0;
    if (json_is_integer(user))
        bc_buf_printf(&text, "userId:%" JSON_INTEGER_FORMAT, json_integer_value(user));
    owner->user = keep(run, bc_buf_str(&text));
    bc_buf_release(&text);
}

static bc_status take_owners(void *payload, const struct http_answer *answer, struct bc_err *err)
{
    struct owners *owners = payload;
    struct hubspot_run *run = owners->run;
    const json_t *results = NULL;
    const char *after = NULL;
    bc_status rc;

    if (answer->status >= 300) {
        hubspot_note_refusal(run, owners->archived ? "former owners" : "owners", answer->status,
                             answer->root);
        return BC_OK;
    }
    rc = hubspot_results(&results, answer->root, err);
    for (size_t i = 0; rc == BC_OK && i < json_array_size(results); i++) {
        const json_t *given = json_array_get(results, i);
        struct bc_str id = hubspot_id(json_object_get(given, "id"), run->keep);

        if (id.len == 0)
            return bc_err_set(err, BC_E_REMOTE, "an owner without an id");
        bc_string_table_add(run->owner_ids, id);
        add_owner(run, given, id);
    }
    if (rc == BC_OK)
        rc = http_pages_next(owners->pages, &after, answer->root, err);
    if (rc == BC_OK)
        ask_owners(owners, after);
    return rc == BC_DONE ? BC_OK : rc;
}

static void ask_owners(struct owners *owners, const char *after)
{
    struct http_request request = { .refused_ok = true };
    struct bc_buf path = { 0 };

    hubspot_account_path(owners->run->account, &path, HUBSPOT_OWNERS, NULL, NULL);
    http_query_add(&path, "limit", "500");
    http_query_add(&path, "archived", owners->archived ? "true" : "false");
    if (after)
        http_query_add(&path, "after", after);
    bc_buf_add_byte(&path, '\0');
    request.path = path.at;
    http_ask(owners->run->client, &request, take_owners, owners);
    bc_buf_release(&path);
}

bc_status hubspot_survey(struct hubspot_run *run, bool thorough, struct bc_err *err)
{
    const struct hubspot_account *account = run->account;
    struct bc_buf path = { 0 };
    bc_status rc;

    hubspot_account_path(account, &path, HUBSPOT_DETAILS, NULL, NULL);
    ask(run, &path, take_details, true);
    hubspot_account_path(account, &path, HUBSPOT_PIPELINES, "deals", NULL);
    ask(run, &path, take_pipelines, false);
    hubspot_account_path(account, &path, HUBSPOT_PROPERTIES, "deals", NULL);
    ask(run, &path, take_properties, false);
    for (int archived = 0; archived < 2; archived++) {
        struct owners *owners = hubspot_keep(run, sizeof(*owners));

        *owners = (struct owners){ run, archived != 0, hubspot_keep_pages(run) };
        ask_owners(owners, NULL);
    }
    if (thorough || account->renews_label)
        hubspot_labels_ask(run);
    if (thorough) {
        ask_other_properties(run, "meetings");
        ask_other_properties(run, "emails");
        ask_other_properties(run, "orders");
        ask_other_properties(run, "calls");
    }
    rc = http_run(run->client, err);
    if (rc == BC_OK && thorough)
        rc = hubspot_survey_audits(run, err);
    for (size_t i = 0; rc == BC_OK && thorough && i < run->stage_n; i++)
        if (run->stages[i].pipeline.len)
            ask_audit(run, run->stages[i].pipeline, run->stages[i].id);
    return rc == BC_OK ? http_run(run->client, err) : rc;
}

bc_status hubspot_survey_audits(struct hubspot_run *run, struct bc_err *err)
{
    bc_string_table *asked = bc_string_table_new();

    for (size_t i = 0; i < run->stage_n; i++) {
        struct bc_str pipeline = run->stages[i].pipeline;

        if (pipeline.len && bc_string_table_find(asked, pipeline) == BC_WORD_NONE)
            ask_audit(run, pipeline, (struct bc_str){ 0 });
        bc_string_table_add(asked, pipeline);
    }
    bc_string_table_free(asked);
    return http_run(run->client, err);
}

static bc_status check_name(struct hubspot_run *run, struct bc_str name, struct bc_err *err)
{
    const struct hubspot_defined *defined = hubspot_run_defined(run, name);
    struct bc_spelling spelling = { .word = name };

    if (defined && defined->calculated)
        hubspot_tally_add(run, &run->notes.calculated, name);
    if (defined)
        return BC_OK;
    for (size_t i = 0; i < run->defined_n; i++)
        bc_spelling_try(&spelling, run->defined[i].name);
    if (spelling.best.len)
        return bc_err_set(err, BC_E_INPUT,
                          "the account file names the property \"%.*s\", which deals do not have; "
                          "is \"%.*s\" meant?",
                          BC_STR_ARG(name), BC_STR_ARG(spelling.best));
    return bc_err_set(err, BC_E_INPUT,
                      "the account file names the property \"%.*s\", which deals do not have",
                      BC_STR_ARG(name));
}

/* Of a pipeline that the account does not have, no deal would ever be read. */
static bc_status check_pipeline(const struct hubspot_run *run, struct bc_str id, struct bc_err *err)
{
    struct bc_spelling spelling = { .word = id };

    for (size_t i = 0; i < run->pipeline_n; i++) {
        if (bc_str_eq(run->pipelines[i].id, id))
            return BC_OK;
        if (discover_alike(run->pipelines[i].label, id))
            spelling.best = run->pipelines[i].id; /* a label is no id */
        else if (spelling.best.len == 0)
            bc_spelling_try(&spelling, run->pipelines[i].id);
    }
    return bc_err_set(err, BC_E_INPUT,
                      "the account file names the pipeline \"%.*s\", which the account does not "
                      "have%s%.*s%s",
                      BC_STR_ARG(id), spelling.best.len ? "; is \"" : "", BC_STR_ARG(spelling.best),
                      spelling.best.len ? "\" meant?" : "");
}

bc_status hubspot_survey_check(struct hubspot_run *run, struct bc_err *err)
{
    const struct hubspot_map *map = &run->account->properties;
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < run->account->pipeline_n; i++)
        rc = check_pipeline(run, run->account->pipelines[i], err);
    for (size_t i = 0; rc == BC_OK && i < map->n; i++)
        rc = check_name(run, map->pairs[i].from, err);
    if (rc == BC_OK && run->account->loss_reason)
        rc = check_name(run, bc_str_of(run->account->loss_reason), err);
    return rc == BC_OK ? hubspot_labels_check(run, err) : rc;
}
