/* tools/hubspot/discover.c */
#include "tools/hubspot/discover.h"

#include "projections/yaml/yaml.h"
#include "projections/yaml/yaml_text.h"
#include "tools/hubspot/host.h"

#include <ctype.h>
#include <stdlib.h>

/* Letters and digits only, in lower case: "Closed-Won (complete)" is "closed_won_complete". */
static void squash(char *out, size_t size, struct bc_str text)
{
    size_t n = 0;

    for (size_t i = 0; i < text.len && n + 1 < size; i++)
        if (isalnum((unsigned char)text.at[i]))
            out[n++] = (char)tolower((unsigned char)text.at[i]);
    out[n] = '\0';
}

static bool alike(struct bc_str a, struct bc_str b)
{
    char left[128], right[128];

    squash(left, sizeof(left), a);
    squash(right, sizeof(right), b);
    return left[0] != '\0' && strcmp(left, right) == 0;
}

/* Does a label begin with a stage's words: "Proposal sent"? */
static bool begins(struct bc_str label, const char *stage)
{
    char left[128], right[128];

    squash(left, sizeof(left), label);
    squash(right, sizeof(right), bc_str_of(stage));
    return right[0] != '\0' && strncmp(left, right, strlen(right)) == 0;
}

/* The stage of the rules that a name means, or NULL: the one with the same words, else with the
 * most of them. */
static const char *match_name(const bc_rules *rules, struct bc_str name)
{
    const char *best = NULL;

    for (size_t i = 0; i < rules->stage_n; i++) {
        const struct bc_stage *stage = &rules->stages[i];

        if (alike(name, bc_str_of(stage->id)) ||
            (stage->label && alike(name, bc_str_of(stage->label))))
            return stage->id;
        if (begins(name, stage->id) && (!best || strlen(stage->id) > strlen(best)))
            best = stage->id;
    }
    return best;
}

/* The stage of the rules that one of HubSpot's is, by its label or the label before; or NULL. */
static const char *match_stage(const bc_rules *rules, const struct hubspot_stage *stage)
{
    int known = bc_rules_stage(rules, stage->id);
    const char *to = known == BC_NO_STAGE ? NULL : rules->stages[known].id;

    if (!to && stage->label.len)
        to = match_name(rules, stage->label);
    if (!to && stage->former.len)
        to = match_name(rules, stage->former);
    return to;
}

/* The pipeline whose stages are the rules': the one with the most that match. A stage of another
 * may have the same label and mean something else. */
static struct bc_str main_pipeline(const struct hubspot_run *run, const bc_rules *rules)
{
    struct bc_str best = { 0 };
    size_t best_n = 0;

    for (size_t i = 0; i < run->stage_n; i++) {
        struct bc_str pipeline = run->stages[i].pipeline;
        size_t n = 0;

        for (size_t s = 0; s < run->stage_n; s++)
            n += bc_str_eq(run->stages[s].pipeline, pipeline) &&
                 match_stage(rules, &run->stages[s]) != NULL;
        if (pipeline.len && n > best_n) {
            best = pipeline;
            best_n = n;
        }
    }
    return best;
}

/* A comment with text from the account: one line, whatever is in it. */
static void comment(struct bc_buf *out, struct bc_str text)
{
    while (text.len > 0) {
        size_t good = bc_yaml_control(text);

        bc_buf_add(out, text.at, good);
        if (good == text.len)
            break;
        bc_buf_add_byte(out, ' ');
        text.at += good + 1;
        text.len -= good + 1;
    }
}

/* In quotes wherever they need no escapes, so that an id of digits is visibly a text. */
static void quoted(struct bc_buf *out, struct bc_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (!isalnum((unsigned char)text.at[i]) && !strchr("_-.", text.at[i])) {
            bc_yaml_print_text(out, text);
            return;
        }
    }
    bc_buf_add_byte(out, '"');
    bc_buf_add_str(out, text);
    bc_buf_add_byte(out, '"');
}

static void write_stage_note(struct bc_buf *out, const struct hubspot_stage *stage)
{
    bc_buf_add_str(out, BC_STR("  # "));
    comment(out, stage->label);
    if (stage->former.len) {
        bc_buf_add_str(out, BC_STR(", formerly "));
        comment(out, stage->former);
    }
    if (stage->pipeline.len) {
        bc_buf_add_str(out, BC_STR("; pipeline "));
        comment(out, stage->pipeline);
    }
    if (!stage->live)
        bc_buf_add_str(out, BC_STR("; deleted from the account"));
    if (stage->closed)
        bc_buf_add_str(out, stage->won ? BC_STR("; won") : BC_STR("; lost"));
    bc_buf_add_byte(out, '\n');
}

static void write_stages(struct hubspot_discovered *found, struct hubspot_run *run,
                         const bc_rules *rules, struct bc_buf *out)
{
    struct bc_str pipeline = main_pipeline(run, rules);

    bc_buf_add_str(out, BC_STR("\n# HubSpot's stage: ours. A stage that is not here keeps its id, "
                               "and belongs to no metric.\nstages:\n"));
    for (size_t i = 0; i < run->stage_n; i++) {
        const struct hubspot_stage *stage = &run->stages[i];
        bool writable = bc_yaml_control(stage->id) == stage->id.len; /* no key else */
        const char *to = writable ? match_stage(rules, stage) : NULL;
        bool elsewhere = stage->pipeline.len && !bc_str_eq(stage->pipeline, pipeline);

        found->stages++;
        if (!to || elsewhere) {
            struct bc_str what =
                hubspot_print(run, "%.*s (%.*s%s%.*s)", BC_STR_ARG(stage->id),
                              BC_STR_ARG(stage->label), elsewhere ? ", pipeline " : "",
                              elsewhere ? (int)stage->pipeline.len : 0, stage->pipeline.at);

            hubspot_tally_add(run, &found->unmapped, what);
            bc_buf_add_str(out, BC_STR("  # "));
        } else {
            found->stages_mapped++;
            bc_buf_add_str(out, BC_STR("  "));
        }
        if (writable)
            quoted(out, stage->id);
        else
            comment(out, stage->id);
        bc_buf_printf(out, ":%s%s", to ? " " : "", to ? to : "");
        write_stage_note(out, stage);
    }
}

/* Our properties, and what they are called where an account has its own. */
static const struct {
    const char *ours, *standard;
    const char *labels[6];
} wanted[] = {
    { "deal_name", "dealname", { NULL } },
    { "deal_type", "dealtype", { "deal type" } },
    { "owner", "hubspot_owner_id", { NULL } },
    { "pipeline", "pipeline", { NULL } },
    { "amount", "amount", { NULL } },
    { "close_date", "closedate", { NULL } },
    { "contract_start",
      NULL,
      { "contract start", "contract start date", "start of contract", "service start date" } },
    { "contract_end",
      NULL,
      { "contract end", "contract end date", "end of contract", "service end date" } },
    { "mrr", NULL, { "mrr", "monthly recurring revenue", "monthly fee" } },
    { "tier", NULL, { "tier", "service tier" } },
    { "renews", NULL, { "renews", "renewal of", "renews deal" } },
    { "icp_version", NULL, { "icp version" } },
    { "parked_until", NULL, { "parked until" } },
};

static const struct hubspot_defined *match_property(const struct hubspot_run *run, size_t which)
{
    if (wanted[which].standard)
        return hubspot_run_defined(run, bc_str_of(wanted[which].standard));
    for (size_t l = 0; l < 6 && wanted[which].labels[l]; l++) {
        for (size_t i = 0; i < run->defined_n; i++) {
            const struct hubspot_defined *defined = &run->defined[i];
            struct bc_str label = bc_str_of(wanted[which].labels[l]);

            if (!defined->calculated && defined->name.len > 0 &&
                (alike(defined->label, label) || alike(defined->name, label)))
                return defined;
        }
    }
    return NULL;
}

static void write_properties(struct hubspot_discovered *found, struct hubspot_run *run,
                             struct bc_buf *out)
{
    bc_buf_add_str(out, BC_STR("\n# Ours: HubSpot's name of the property.\nproperties:\n"));
    for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
        const struct hubspot_defined *defined = match_property(run, i);

        if (defined) {
            bc_buf_printf(out, "  %s: ", wanted[i].ours);
            bc_yaml_print_text(out, defined->name);
            bc_buf_add_str(out, BC_STR("  # "));
            comment(out, defined->label);
            bc_buf_add_byte(out, '\n');
        } else {
            hubspot_tally_add(run, &found->missing, bc_str_of(wanted[i].ours));
            bc_buf_printf(out, "  # %s:\n", wanted[i].ours);
        }
    }
}

/* Which of the three kinds that metrics count a label speaks of; NULL: none. */
static const char *match_type(struct bc_str label)
{
    static const char *const types[][2] = { { "discovery", "discovery" },
                                            { "renewal", "renewal" },
                                            { "proposal", "proposal" } };
    char squashed[128];

    squash(squashed, sizeof(squashed), label);
    for (size_t i = 0; i < 3; i++)
        if (strstr(squashed, types[i][0]))
            return types[i][1];
    return NULL;
}

/* The rest: what was found, and what holds for any account. */
static void write_rest(const struct hubspot_run *run, struct bc_buf *out)
{
    bool reason = hubspot_run_defined(run, BC_STR("closed_lost_reason")) != NULL;

    bc_buf_printf(out,
                  "\n# Why a deal was lost: price, timing, competitor, feature_gap, wrong_icp; "
                  "what is not here is other.\nloss_reason: %s\nloss_reasons:\n",
                  reason ? "closed_lost_reason" : "null");
    bc_buf_add_str(out, BC_STR("\n# Of an e-mail, the property that names its campaign; of an "
                               "order, its configuration.\nemail_campaign: null\norder_url: "));
    if (run->order_url.len)
        bc_yaml_print_text(out, run->order_url);
    else
        bc_buf_add_str(out, BC_STR("null"));
    bc_buf_add_str(out, BC_STR("\n\n# A first stage that came so was found, not entered.\n"
                               "observed_sources: [IMPORT, MIGRATION]\n"
                               "\n# What is read beside the deals.\n"
                               "read: [meetings, emails, companies, orders]\n"));
}

static void write_types(const struct hubspot_run *run, struct bc_buf *out)
{
    bc_buf_add_str(out, BC_STR("\n# The account's labels of meetings: discovery, renewal or "
                               "proposal, which metrics count.\nmeeting_types:\n"));
    for (size_t i = 0; i < run->meeting_types.n; i++) {
        struct bc_str label = run->meeting_types.at[i].text;
        bool writable = bc_yaml_control(label) == label.len; /* no key else */
        const char *type = writable ? match_type(label) : NULL;

        bc_buf_add_str(out, type ? BC_STR("  ") : BC_STR("  # "));
        if (writable)
            bc_yaml_print_text(out, label);
        else
            comment(out, label);
        bc_buf_printf(out, ":%s%s\n", type ? " " : "", type ? type : "");
    }
}

void hubspot_discover(struct hubspot_discovered *found, struct hubspot_run *run,
                      const bc_rules *rules, struct bc_buf *out)
{
    const struct hubspot_account *account = run->account;

    *found = (struct hubspot_discovered){ 0 };
    bc_buf_add_str(out, BC_STR("# What is particular to this HubSpot account; written by "
                               "`backcast import hubspot --discover`.\n\n"));
    if (!hubspot_host_is_own(account->base_url))
        bc_buf_add_str(out, BC_STR("# Not HubSpot's own: taken only where --base-url says so.\n"));
    bc_buf_add_str(out, BC_STR("base_url: "));
    bc_yaml_print_text(out, bc_str_of(account->base_url));
    bc_buf_add_str(out, BC_STR("\n# `numbered`, or a dated version of the API such as "
                               "\"2026-03\": moves every address.\napi: "));
    quoted(out, bc_str_of(account->api));
    bc_buf_add_byte(out, '\n');
    write_stages(found, run, rules, out);
    write_properties(found, run, out);
    write_types(run, out);
    write_rest(run, out);
}

void hubspot_discovered_release(struct hubspot_discovered *found)
{
    free(found->unmapped.at);
    free(found->missing.at);
    *found = (struct hubspot_discovered){ 0 };
}
