/* tools/hubspot/account.c - reads the account file. */
#include "tools/hubspot/account.h"

#include "projections/yaml/fields.h"
#include "tools/http/http.h"
#include "tools/http/http_host.h"

#include <stdio.h>

const char *const hubspot_kind_name[HUBSPOT_KIND_N] = { "meetings", "emails", "companies", "orders",
                                                        "calls" };

const struct hubspot_call_outcome hubspot_call_outcome[HUBSPOT_CALL_OUTCOME_N] = {
    { "f240bbac-87c9-4f6e-bf70-924b57d47db7", "Connected", "completed" },
    { "9d9162e7-6cf3-4944-bf63-4dff82258764", "Busy", "no_show" },
    { "a4c4c377-d246-4b32-a13b-75a56a4cd0ff", "Left live message", "no_show" },
    { "b2cf5968-551e-4856-9783-52b3da59a7d0", "Left voicemail", "no_show" },
    { "73a0d17f-1163-4015-bdd5-ec830791da20", "No answer", "no_show" },
    { "17b47fee-58de-441e-a44c-c6300d46f273", "Wrong number", "no_show" },
};

static const char *const family_name[HUBSPOT_FAMILY_N] = { "objects",    "pipelines",    "owners",
                                                           "properties", "associations", "labels",
                                                           "details" };

/* {version} is `v3` and the like, or the date of a dated version. */
static const struct {
    const char *numbered, *dated;
} templates[HUBSPOT_FAMILY_N] = {
    [HUBSPOT_OBJECTS] = { "/crm/v3/objects/{type}", "/crm/objects/{version}/{type}" },
    [HUBSPOT_PIPELINES] = { "/crm/v3/pipelines/{type}", "/crm/pipelines/{version}/{type}" },
    [HUBSPOT_OWNERS] = { "/crm/v3/owners", "/crm/owners/{version}" },
    [HUBSPOT_PROPERTIES] = { "/crm/v3/properties/{type}", "/crm/properties/{version}/{type}" },
    [HUBSPOT_ASSOCIATIONS] = { "/crm/v4/associations/{from}/{to}/batch/read",
                               "/crm/associations/{version}/{from}/{to}/batch/read" },
    [HUBSPOT_LABELS] = { "/crm/v4/associations/{from}/{to}/labels",
                         "/crm/associations/{version}/{from}/{to}/labels" },
    [HUBSPOT_DETAILS] = { "/account-info/v3/details", "/account-info/{version}/details" },
};

static const char numbered[] = "numbered";

const struct hubspot_pair *hubspot_map_find(const struct hubspot_map *map, struct bc_str from)
{
    for (size_t i = 0; i < map->n; i++)
        if (bc_str_eq(map->pairs[i].from, from))
            return &map->pairs[i];
    return NULL;
}

struct bc_str hubspot_map_key(const struct hubspot_map *map, struct bc_str to)
{
    for (size_t i = 0; i < map->n; i++)
        if (bc_str_eq(map->pairs[i].to, to))
            return map->pairs[i].from;
    return (struct bc_str){ 0 };
}

struct bc_str hubspot_map_word(const struct hubspot_map *map, struct bc_str from)
{
    const struct hubspot_pair *pair = hubspot_map_find(map, from);

    return pair ? pair->to : from;
}

void hubspot_map_add(struct hubspot_account *account, struct hubspot_map *map, struct bc_str from,
                     struct bc_str to)
{
    struct hubspot_pair *pairs = bc_arena_alloc(account->arena, (map->n + 1) * sizeof(*map->pairs));

    if (map->n)
        memcpy(pairs, map->pairs, map->n * sizeof(*pairs));
    pairs[map->n].from = bc_arena_copy(account->arena, from);
    pairs[map->n].to = bc_arena_copy(account->arena, to);
    map->pairs = pairs;
    map->n++;
}

/* Kinds under `read:`. */
#define READ_N HUBSPOT_CALLS

struct hubspot_account *hubspot_account_new(void)
{
    static const char *const standard[][2] = {
        { "dealname", "deal_name" }, { "dealtype", "deal_type" }, { "hubspot_owner_id", "owner" },
        { "amount", "amount" },      { "pipeline", "pipeline" },  { "closedate", "close_date" },
    };
    static const struct bc_str observed[] = { { "IMPORT", 6 }, { "MIGRATION", 9 } };
    struct hubspot_account *account = bc_calloc(1, sizeof(*account));

    account->arena = bc_arena_new();
    account->base_url = "https://api.hubapi.com";
    account->api = numbered;
    for (size_t i = 0; i < sizeof(standard) / sizeof(standard[0]); i++)
        hubspot_map_add(account, &account->properties, bc_str_of(standard[i][0]),
                        bc_str_of(standard[i][1]));
    account->loss_reason = "closed_lost_reason";
    account->observed_sources = observed;
    account->observed_source_n = 2;
    for (size_t i = 0; i < HUBSPOT_CALL_OUTCOME_N; i++)
        hubspot_map_add(account, &account->call_outcomes, bc_str_of(hubspot_call_outcome[i].id),
                        bc_str_of(hubspot_call_outcome[i].outcome));
    for (size_t i = 0; i < READ_N; i++)
        account->read[i] = true;
    account->hash = bc_hash_bytes(BC_STR(""));
    return account;
}

void hubspot_account_free(struct hubspot_account *account)
{
    if (!account)
        return;
    bc_zone_free(account->zone);
    bc_arena_free(account->arena);
    free(account);
}

/* `swapped`: the file says `ours: theirs`, since people look for ours. */
static bc_status read_map(struct hubspot_account *account, const struct bc_fields *in,
                          struct hubspot_map *out, const struct bc_yaml *node, const char *what,
                          bool swapped)
{
    bc_status rc;

    if (!node)
        return BC_OK;
    out->n = 0;
    if (bc_yaml_is_null(node))
        return BC_OK;
    rc = bc_fields_map(in, node, what, 0, 1000);
    for (const struct bc_yaml *one = node->first; rc == BC_OK && one; one = one->next) {
        const char *text = NULL;

        rc = bc_fields_text(in, &text, one);
        if (rc < 0)
            break;
        if (swapped && hubspot_map_find(out, bc_str_of(text)))
            return bc_fields_fault(in, one, "a second name for HubSpot's \"%s\"", text);
        if (swapped)
            hubspot_map_add(account, out, bc_str_of(text), one->key);
        else
            hubspot_map_add(account, out, one->key, bc_str_of(text));
    }
    return rc;
}

/* `hubspot-name: [ours]` would be ambiguous, so a property that is missing is simply left out. */
static bc_status read_name(const struct bc_fields *in, const char **out, const struct bc_yaml *node)
{
    if (!node)
        return BC_OK;
    if (bc_yaml_is_null(node)) {
        *out = NULL;
        return BC_OK;
    }
    return bc_fields_text(in, out, node);
}

/* "/..." on the base URL's host, of characters allowed in an address. */
static bool is_path(const char *text)
{
    for (const char *at = text; *at; at++)
        if ((unsigned char)*at <= ' ' || (unsigned char)*at >= 0x7f)
            return false;
    return text[0] == '/' && text[1] != '/';
}

static bc_status read_base_url(struct hubspot_account *account, const struct bc_fields *in,
                               const struct bc_yaml *node, const char *given)
{
    bc_status rc = node ? bc_fields_text(in, &account->base_url, node) : BC_OK;

    if (rc == BC_OK && given)
        account->base_url = given;
    else if (rc == BC_OK && !http_host_is_own(account->base_url, HUBSPOT_DOMAIN))
        rc = bc_fields_fault(in, node,
                             "\"%.200s\" is not HubSpot's, and the token would go there; expected "
                             "https://api.hubapi.com or another host of hubapi.com (to mean it, "
                             "give it by --base-url)",
                             account->base_url);
    return rc;
}

static bc_status read_urls(struct hubspot_account *account, const struct bc_fields *in,
                           const struct bc_yaml *node)
{
    struct bc_field_key keys[HUBSPOT_FAMILY_N];
    const struct bc_yaml *part[HUBSPOT_FAMILY_N] = { 0 };
    bc_status rc;

    if (!node || bc_yaml_is_null(node))
        return BC_OK;
    for (size_t i = 0; i < HUBSPOT_FAMILY_N; i++)
        keys[i] = (struct bc_field_key){ family_name[i], 0, 0 };
    rc = bc_fields_take(in, part, node, "urls", keys, HUBSPOT_FAMILY_N);
    for (size_t i = 0; rc == BC_OK && i < HUBSPOT_FAMILY_N; i++) {
        if (!part[i])
            continue;
        rc = bc_fields_text(in, &account->urls[i], part[i]);
        if (rc == BC_OK && !is_path(account->urls[i]))
            rc = bc_fields_fault(in, part[i], "expected a path, such as %s", templates[i].numbered);
    }
    return rc;
}

static bc_status read_api(struct hubspot_account *account, const struct bc_fields *in,
                          const struct bc_yaml *node)
{
    int year = 0, month = 0, end = 0;
    bc_status rc = node ? bc_fields_text(in, &account->api, node) : BC_OK;

    if (rc < 0 || strcmp(account->api, numbered) == 0)
        return rc;
    if (sscanf(account->api, "%4d-%2d%n", &year, &month, &end) != 2 || end != 7 ||
        account->api[7] != '\0' || month < 1 || month > 12)
        return bc_fields_fault(in, node,
                               "expected `numbered`, or a dated version such as "
                               "\"2026-03\"");
    return BC_OK;
}

static bc_status read_zone(struct hubspot_account *account, const struct bc_fields *in,
                           const struct bc_yaml *node)
{
    const char *name = NULL;
    bc_status rc = read_name(in, &name, node);

    if (rc == BC_OK && name && bc_zone_open(&account->zone, bc_str_of(name), NULL) < 0)
        rc = bc_fields_fault(
            in, node, "no time zone \"%.200s\"; expected a name as America/New_York, or UTC", name);
    return rc;
}

static bc_status read_kinds(struct hubspot_account *account, const struct bc_fields *in,
                            const struct bc_yaml *node)
{
    size_t n = 0;
    const struct bc_yaml *one;
    bc_status rc = BC_OK;

    if (!node)
        return BC_OK;
    for (size_t i = 0; i < READ_N; i++)
        account->read[i] = false;
    if (bc_yaml_is_null(node))
        return BC_OK;
    one = bc_fields_members(node, &n);
    for (size_t i = 0; rc == BC_OK && i < n; i++, one = one->next) {
        unsigned kind = 0;

        rc = bc_fields_word(in, &kind, one, "kind of object", hubspot_kind_name, READ_N);
        if (rc == BC_OK)
            account->read[kind] = true;
    }
    return rc;
}

/* What calls count as: meetings, or nothing. */
static bc_status read_calls(struct hubspot_account *account, const struct bc_fields *in,
                            const struct bc_yaml *node)
{
    static const char *const words[] = { "meetings" };
    unsigned as = 0;

    if (!node || bc_yaml_is_null(node))
        return BC_OK;
    account->read[HUBSPOT_CALLS] = true;
    return bc_fields_word(in, &as, node, "way to count calls", words, 1);
}

/* A deal renews another by a property or by an association: by both it might renew two. */
static bc_status read_renews(struct hubspot_account *account, const struct bc_fields *in,
                             const struct bc_yaml *node)
{
    struct bc_str property = hubspot_map_key(&account->properties, BC_STR("renews"));
    bc_status rc = read_name(in, &account->renews_label, node);

    if (rc == BC_OK && account->renews_label && property.len)
        rc = bc_fields_fault(in, node,
                             "what a deal renews is the property \"%.*s\" already; expected one of "
                             "the two",
                             BC_STR_ARG(property));
    return rc;
}

enum key {
    BASE_URL,
    API,
    URLS,
    TIMEZONE,
    PIPELINES,
    STAGES,
    PROPERTIES,
    DEAL_TYPES,
    MEETING_TYPES,
    CALLS,
    CALL_OUTCOMES,
    LOSS_REASON,
    LOSS_REASONS,
    EMAIL_CAMPAIGN,
    RENEWS_LABEL,
    ORDER_URL,
    OBSERVED_SOURCES,
    READ,
    KEY_N
};

static bc_status read_account(struct hubspot_account *account, const struct bc_fields *in,
                              const struct bc_yaml *root, const char *base_url)
{
    static const struct bc_field_key keys[KEY_N] = {
        [BASE_URL] = { "base_url", 0, 0 },
        [API] = { "api", 0, 0 },
        [URLS] = { "urls", 0, 0 },
        [TIMEZONE] = { "timezone", 0, 0 },
        [PIPELINES] = { "pipelines", 0, 0 },
        [STAGES] = { "stages", 0, 0 },
        [PROPERTIES] = { "properties", 0, 0 },
        [DEAL_TYPES] = { "deal_types", 0, 0 },
        [MEETING_TYPES] = { "meeting_types", 0, 0 },
        [CALLS] = { "calls", 0, 0 },
        [CALL_OUTCOMES] = { "call_outcomes", 0, 0 },
        [LOSS_REASON] = { "loss_reason", 0, 0 },
        [LOSS_REASONS] = { "loss_reasons", 0, 0 },
        [EMAIL_CAMPAIGN] = { "email_campaign", 0, 0 },
        [RENEWS_LABEL] = { "renews_label", 0, 0 },
        [ORDER_URL] = { "order_url", 0, 0 },
        [OBSERVED_SOURCES] = { "observed_sources", 0, 0 },
        [READ] = { "read", 0, 0 },
    };
    const struct bc_yaml *part[KEY_N] = { 0 };
    bc_status rc = bc_fields_take(in, part, root, "an account", keys, KEY_N);

    if (rc == BC_OK)
        rc = read_base_url(account, in, part[BASE_URL], base_url);
    if (rc == BC_OK)
        rc = read_api(account, in, part[API]);
    if (rc == BC_OK)
        rc = read_urls(account, in, part[URLS]);
    if (rc == BC_OK)
        rc = read_zone(account, in, part[TIMEZONE]);
    if (rc == BC_OK && part[PIPELINES] && !bc_yaml_is_null(part[PIPELINES]))
        rc = bc_fields_texts(in, &account->pipelines, &account->pipeline_n, part[PIPELINES], 1);
    if (rc == BC_OK)
        rc = read_map(account, in, &account->stages, part[STAGES], "stages", false);
    if (rc == BC_OK)
        rc = read_map(account, in, &account->properties, part[PROPERTIES], "properties", true);
    if (rc == BC_OK)
        rc = read_map(account, in, &account->deal_types, part[DEAL_TYPES], "deal types", false);
    if (rc == BC_OK)
        rc = read_map(account, in, &account->meeting_types, part[MEETING_TYPES], "meeting types",
                      false);
    if (rc == BC_OK)
        rc = read_calls(account, in, part[CALLS]);
    if (rc == BC_OK)
        rc = read_map(account, in, &account->call_outcomes, part[CALL_OUTCOMES], "call outcomes",
                      false);
    if (rc == BC_OK)
        rc = read_map(account, in, &account->loss_reasons, part[LOSS_REASONS], "loss reasons",
                      false);
    if (rc == BC_OK)
        rc = read_name(in, &account->loss_reason, part[LOSS_REASON]);
    if (rc == BC_OK)
        rc = read_name(in, &account->email_campaign, part[EMAIL_CAMPAIGN]);
    if (rc == BC_OK)
        rc = read_name(in, &account->order_url, part[ORDER_URL]);
    if (rc == BC_OK)
        rc = read_renews(account, in, part[RENEWS_LABEL]);
    if (rc == BC_OK && part[OBSERVED_SOURCES])
        rc = bc_fields_texts(in, &account->observed_sources, &account->observed_source_n,
                             part[OBSERVED_SOURCES], 0);
    if (rc == BC_OK)
        rc = read_kinds(account, in, part[READ]);
    return rc;
}

bc_status hubspot_account_parse(struct hubspot_account **out, struct bc_str text, const char *path,
                                const char *base_url, struct bc_err *err)
{
    struct hubspot_account *account = hubspot_account_new();
    const struct bc_yaml_source source = { path, text };
    const struct bc_fields in = { &source, account->arena, err };
    const struct bc_yaml *root = NULL;
    bc_status rc = bc_yaml_read(&root, account->arena, &source, err);

    if (rc == BC_OK)
        rc = read_account(account, &in, root, base_url);
    if (rc < 0) {
        hubspot_account_free(account);
        return rc;
    }
    account->hash = bc_hash_bytes(text);
    *out = account;
    return BC_OK;
}

bc_status hubspot_account_read(struct hubspot_account **out, const char *path, const char *base_url,
                               struct bc_err *err)
{
    struct bc_buf text = { 0 };
    bc_status rc = bc_yaml_load(&text, path, err);

    if (rc == BC_DONE)
        rc = bc_err_set(err, BC_E_INPUT,
                        "there is no account file %s; `backcast import hubspot --discover` "
                        "writes a first one",
                        path);
    if (rc == BC_OK)
        rc = hubspot_account_parse(out, bc_buf_str(&text), path, base_url, err);
    bc_buf_release(&text);
    return rc;
}

void hubspot_account_path(const struct hubspot_account *account, struct bc_buf *path,
                          enum hubspot_family family, const char *type, const char *to)
{
    bool dated = strcmp(account->api, numbered) != 0;
    const char *at = account->urls[family];
    const struct {
        const char *name, *value;
    } holes[] = { { "{type}", type },
                  { "{from}", type },
                  { "{to}", to },
                  { "{version}", dated ? account->api : "v3" } };

    if (!at)
        at = dated ? templates[family].dated : templates[family].numbered;
    while (*at) {
        size_t i = 0;

        while (i < 4 && strncmp(at, holes[i].name, strlen(holes[i].name)) != 0)
            i++;
        if (i == 4) {
            bc_buf_add_byte(path, *at++);
            continue;
        }
        if (holes[i].value)
            http_path_add(path, holes[i].value);
        at += strlen(holes[i].name);
    }
}
