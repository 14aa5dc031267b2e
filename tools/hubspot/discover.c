/* tools/hubspot/discover.c */
#include "tools/hubspot/discover.h"

#include "ledger/record/event.h"
#include "projections/yaml/yaml_text.h"
#include "tools/discover/discover_text.h"
#include "tools/http/http_host.h"
#include "tools/hubspot/discover_options.h"
#include "tools/hubspot/discover_stages.h"
#include "tools/hubspot/zone.h"

#include <stdlib.h>

/* Our properties, and what they are called where an account has its own. */
enum { DEAL_TYPE = 1 };
static const struct {
    const char *ours, *standard;
    const char *labels[6];
} wanted[] = {
    { "deal_name", "dealname", { NULL } },
    [DEAL_TYPE] = { "deal_type", "dealtype", { "deal type" } },
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

/* A property whose label or name is one of ours; or NULL. */
static const struct hubspot_defined *match_label(const struct hubspot_run *run, size_t which,
                                                 bool calculated)
{
    for (size_t l = 0; l < 6 && wanted[which].labels[l]; l++) {
        for (size_t i = 0; i < run->defined_n; i++) {
            const struct hubspot_defined *defined = &run->defined[i];
            struct bc_str label = bc_str_of(wanted[which].labels[l]);

            if (defined->calculated == calculated && defined->name.len > 0 &&
                (discover_alike(defined->label, label) || discover_alike(defined->name, label)))
                return defined;
        }
    }
    return NULL;
}

/* The property that is ours by that name: HubSpot's own, else one whose label says so, rather one
 * with a history than one that HubSpot computes; or NULL. */
static const struct hubspot_defined *match_property(const struct hubspot_run *run, size_t which)
{
    const struct hubspot_defined *found = NULL;

    if (wanted[which].standard)
        found = hubspot_run_defined(run, bc_str_of(wanted[which].standard));
    if (!found)
        found = match_label(run, which, false);
    return found ? found : match_label(run, which, true);
}

/* Says that a property of days holds times. */
static void write_times(struct hubspot_discovered *found, struct hubspot_run *run,
                        const struct hubspot_defined *defined, const char *ours, struct bc_buf *out)
{
    const bc_zone *zone = hubspot_zone(run);
    const char *name = zone ? bc_zone_name(zone) : "UTC";

    if (!defined->times || !bc_property_is_day(bc_str_of(ours)))
        return;
    bc_buf_printf(out, "; holds times: they are days in %s", name);
    hubspot_tally_add(run, &found->times,
                      hubspot_print(run, "%.*s in %s", BC_STR_ARG(defined->name), name));
}

/* The zone in which HubSpot shows times as days. */
static void write_zone(const struct hubspot_run *run, struct bc_buf *out)
{
    const bc_zone *zone = hubspot_zone(run);

    bc_buf_add_str(out,
                   BC_STR("\n# The account's time zone: a property that holds times is the day "
                          "that they show there.\ntimezone: "));
    bc_buf_add_str(out, zone ? bc_str_of(bc_zone_name(zone)) : BC_STR("null"));
    bc_buf_add_byte(out, '\n');
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
            discover_comment(out, defined->label);
            if (defined->calculated)
                bc_buf_add_str(out, BC_STR("; computed by HubSpot: taken as found"));
            write_times(found, run, defined, wanted[i].ours, out);
            bc_buf_add_byte(out, '\n');
        } else {
            hubspot_tally_add(run, &found->missing, bc_str_of(wanted[i].ours));
            bc_buf_printf(out, "  # %s:\n", wanted[i].ours);
        }
    }
}

/* The rest: what was found, and what holds for any account. */
static void write_rest(const struct hubspot_run *run, struct bc_buf *out)
{
    bc_buf_add_str(out, BC_STR("\n# Of an order, the property that holds its configuration.\n"
                               "order_url: "));
    if (run->order_url.len)
        bc_yaml_print_text(out, run->order_url);
    else
        bc_buf_add_str(out, BC_STR("null"));
    bc_buf_add_str(out, BC_STR("\n\n# A first stage that came so was found, not entered.\n"
                               "observed_sources: [IMPORT, MIGRATION]\n"
                               "\n# What is read beside the deals.\n"
                               "read: [meetings, emails, companies, orders]\n"));
}

static void write_person(struct bc_buf *out, struct bc_str id, struct bc_str name)
{
    if (id.len == 0 || name.len == 0)
        return;
    bc_buf_add_str(out, BC_STR("#   "));
    bc_yaml_print_text(out, id);
    bc_buf_add_str(out, BC_STR(": "));
    bc_yaml_print_text(out, name);
    bc_buf_add_byte(out, '\n');
}

static int by_id(const void *a, const void *b)
{
    return bc_str_cmp(((const struct hubspot_owner *)a)->id, ((const struct hubspot_owner *)b)->id);
}

/* For the reader's settings: what is a comment here is copied there, or not. */
static void write_people(struct hubspot_run *run, struct bc_buf *out)
{
    if (run->owner_n == 0)
        return;
    qsort(run->owners, run->owner_n, sizeof(*run->owners), by_id); /* they come in any order */
    bc_buf_add_str(out, BC_STR("\n# Who is who: no event has these names. In your backcast.yaml "
                               "(`backcast help config`),\n# without the marks before them, tables "
                               "show them.\n# people:\n"));
    for (size_t i = 0; i < run->owner_n; i++) {
        write_person(out, run->owners[i].id, run->owners[i].name);
        write_person(out, run->owners[i].user, run->owners[i].name);
    }
}

void hubspot_discover(struct hubspot_discovered *found, struct hubspot_run *run,
                      const bc_rules *rules, struct bc_buf *out)
{
    const struct hubspot_account *account = run->account;

    *found = (struct hubspot_discovered){ 0 };
    bc_buf_add_str(out, BC_STR("# What is particular to this HubSpot account; written by "
                               "`backcast import hubspot --discover`.\n\n"));
    if (!http_host_is_own(account->base_url, HUBSPOT_DOMAIN))
        bc_buf_add_str(out, BC_STR("# Not HubSpot's own: taken only where --base-url says so.\n"));
    bc_buf_add_str(out, BC_STR("base_url: "));
    bc_yaml_print_text(out, bc_str_of(account->base_url));
    bc_buf_add_str(out, BC_STR("\n# `numbered`, or a dated version of the API such as "
                               "\"2026-03\": moves every address.\napi: "));
    discover_quoted(out, bc_str_of(account->api));
    bc_buf_add_byte(out, '\n');
    write_zone(run, out);
    hubspot_discover_stages(found, run, rules, out);
    write_properties(found, run, out);
    hubspot_discover_deal_types(found, run, match_property(run, DEAL_TYPE), rules, out);
    hubspot_discover_meeting_types(run, out);
    hubspot_discover_calls(found, run, out);
    hubspot_discover_losses(found, run, out);
    hubspot_discover_campaign(found, run, out);
    hubspot_discover_renewals(found, run, out);
    write_rest(run, out);
    write_people(run, out);
}

void hubspot_discovered_release(struct hubspot_discovered *found)
{
    free(found->pipelines.at);
    free(found->pipelines_left.at);
    free(found->unmapped.at);
    free(found->misleading.at);
    free(found->times.at);
    free(found->call_outcomes_unknown.at);
    free(found->losses.at);
    free(found->campaigns.at);
    free(found->labels.at);
    free(found->deal_types.at);
    free(found->deal_types_unknown.at);
    free(found->missing.at);
    *found = (struct hubspot_discovered){ 0 };
}
