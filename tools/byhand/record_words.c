#include "tools/byhand/record_words.h"

#include "ledger/base/spelling.h"
#include "tools/cli/opt.h"

#include <assert.h>

void record_kebab(char out[RECORD_NAME_LEN], const char *name)
{
    size_t n = 0;

    for (; *name && n + 2 < RECORD_NAME_LEN; name++) {
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

enum bc_body record_body_of(const char *name, struct bc_err *err)
{
    struct bc_spelling spelling = { .word = bc_str_of(name) };
    char asked[RECORD_NAME_LEN], known[RECORD_NAME_LEN];

    record_kebab(asked, name);
    for (int body = BC_DEAL_CREATED; body < BC_BODY_END; body++) {
        const struct bc_schema *schema = bc_schema((enum bc_body)body);

        record_kebab(known, schema->name);
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

/* --- what fields take --- */

/* A field of every body that has no line of its own. */
#define ANY BC_NO_BODY

static const struct line {
    enum bc_body body;
    const char *field;
    struct record_field_help help;
} lines[] = {
    { BC_DEAL_CREATED, "name", { NULL, "what people call it" } },
    { BC_DEAL_CREATED, "pipeline", { NULL, "the pipeline it is in" } },
    { BC_DEAL_CREATED, "stage", { "STAGE", "the stage it began in, of `rules show`" } },
    { BC_DEAL_CREATED,
      "deal_type",
      { "DEAL_TYPE", "newbusiness, ...: of the slices of `rules show`" } },
    { BC_DEAL_CREATED, "owner", { "WHO", "whose deal it is" } },
    { ANY, "observed", { NULL, "found so, not begun so then" } },
    { BC_STAGE_CHANGED, "to", { "STAGE", "the stage it came to, of `rules show`" } },
    { BC_STAGE_CHANGED, "from", { "STAGE", "the stage it left; no figure is made of it" } },
    { BC_PROPERTY_CHANGED,
      "name",
      { "PROPERTY", "mrr, tier, owner, contract_start, ...: any name" } },
    { BC_PROPERTY_CHANGED, "value", { "VALUE", "a text, number or date; empty: unset" } },
    { ANY, "reason", { NULL, "why" } },
    { BC_DEAL_MERGED, "into", { "DEAL", "the deal that it goes on as" } },
    { ANY, "campaign", { NULL, "the campaign it belongs to" } },
    { ANY, "channel", { NULL, "mail, event, referral, ...: any word" } },
    { BC_QUALIFICATION_RECORDED, "need", { NULL, "do they need it?" } },
    { BC_QUALIFICATION_RECORDED, "budget", { NULL, "have they the money?" } },
    { BC_QUALIFICATION_RECORDED,
      "icp_fit",
      { NULL, "are they such customers as are looked for?" } },
    { BC_QUALIFICATION_RECORDED,
      "icp_version",
      { NULL, "the version of the ICP it was held against" } },
    { ANY, "note", { NULL, "in your own words" } },
    { BC_LOSS_RECORDED,
      "reason",
      { "REASON", "price, timing, competitor, feature_gap, wrong_icp, other" } },
    { BC_LOSS_RECORDED, "reengage_after", { NULL, "not before that day again" } },
    { ANY, "agreement", { "ID", "which agreement: the same for sent, signed, declined" } },
    { ANY, "signer", { "WHO", "who is to sign, or did" } },
    { BC_ORDER_PLACED, "order", { "ID", "which order" } },
    { ANY, "configurator_url", { "URL", "where it is configured" } },
    { ANY, "issue_url", { "URL", "the issue that hands it over" } },
    { BC_HEALTH_RECORDED, "status", { NULL, "green, yellow, red, ...: any word" } },
    { BC_HEALTH_RECORDED, "source", { NULL, "what it was read off" } },
    { BC_HEALTH_RECORDED, "score", { "NUMBER", "as the source writes it" } },
    { BC_RENEWAL_INTENT_RECORDED,
      "intent",
      { "confirmed|declined|undecided", "what they mean to do" } },
    { BC_MEETING_LOGGED, "meeting", { "ID", "which meeting: the same for each word about it" } },
    { BC_MEETING_LOGGED, "starts_at", { NULL, "when it begins" } },
    { BC_MEETING_LOGGED,
      "outcome",
      { "MEETING_OUTCOME", "scheduled, completed, no_show, canceled,\nrescheduled" } },
    { BC_MEETING_LOGGED, "type", { "MEETING_TYPE", "discovery, renewal, proposal, other" } },
    { ANY, "title", { NULL, "its title" } },
    { ANY, "email", { "ID", "which e-mail: the same for sent, opened, replied" } },
    { BC_EMAIL_SENT, "subject", { NULL, "its subject" } },
    { ANY, "counted", { NULL, "known from a counter: it was then or before" } },
    { ANY, "experiment", { "EXPERIMENT", "which experiment: the name it has in every event" } },
    { BC_EXPERIMENT_STARTED, "hypothesis", { NULL, "what is believed, and is to be tried" } },
    { BC_EXPERIMENT_STARTED, "kind", { NULL, "icp, messaging, channel, offer, ...: any word" } },
    { BC_EXPERIMENT_STARTED, "metric", { "METRIC", "what tells, of the metrics of `rules show`" } },
    { BC_EXPERIMENT_STARTED, "target", { "NUMBER", "what the metric is to reach: 0.3, or days" } },
    { BC_EXPERIMENT_STARTED, "campaign", { NULL, "the campaign whose leads its cost brought" } },
    { BC_EXPERIMENT_STARTED, "cost", { "AMOUNT", "what it costs: 950.50" } },
    { BC_EXPERIMENT_STARTED, "currency", { NULL, "of the cost (default: the rules')" } },
    { BC_EXPERIMENT_CONCLUDED, "outcome", { "validated|refuted|inconclusive", "what came of it" } },
    { BC_EXPERIMENT_CONCLUDED, "learning", { NULL, "what it taught" } },
    { BC_DEAL_ENROLLED, "arm", { NULL, "the arm it is in: control, or another word" } },
    { BC_LEARNING_RECORDED, "text", { NULL, "what it taught" } },
    { BC_LEARNING_RECORDED, "topic", { NULL, "what it is about: any word" } },
    { ANY, "version", { "VERSION", "its name" } },
    { ANY, "text", { NULL, "all of it" } },
    { ANY, "changelog", { NULL, "what is other than before" } },
    { BC_ARTIFACT_LINKED, "kind", { NULL, "proposal, discovery_notes, win_loss_analysis, ..." } },
    { BC_ARTIFACT_LINKED, "url", { "URL", "where it is" } },
    { BC_REVIEW_HELD, "experiments", { "EXPERIMENT", "an experiment that was looked at" } },
    { ANY, "action", { "ID", "which action: what names it when it is closed, too" } },
    { BC_ACTION_DECIDED, "text", { NULL, "what is to be done" } },
    { BC_ACTION_DECIDED, "owner", { "WHO", "who is to do it" } },
    { BC_ACTION_DECIDED, "due", { NULL, "by that day" } },
    { BC_ACTION_CLOSED, "outcome", { NULL, "how it ended: any words" } },
    { BC_ROLE_ASSIGNED, "person", { "WHO", "who, as --actor names them" } },
    { BC_ROLE_ASSIGNED, "role", { NULL, "as what: any words" } },
    { BC_ROLE_ASSIGNED, "ended", { NULL, "no longer held" } },
    { BC_PIVOT_DECIDED, "red_line", { "RED_LINE", "the red line it answers (default: all)" } },
    { BC_PIVOT_DECIDED, "decision", { NULL, "what was decided" } },
    { BC_PIVOT_DECIDED, "stay", { NULL, "it was decided not to pivot: resets nothing" } },
    { BC_REPORT_ISSUED, "name", { NULL, "the report's name; `report issue` makes all of it" } },
    { BC_REPORT_ISSUED, "basis", { "JSON", "the basis of its answer" } },
    { BC_REPORT_ISSUED, "values", { "JSON", "a row of it" } },
    { BC_REPORT_ISSUED, "page", { "HTML", "the page that was given out" } },
    { BC_RULES_PUBLISHED, "version", { NULL, "their name; `rules publish` makes all of it" } },
    { BC_RULES_PUBLISHED, "effective_from", { NULL, "in force from then on" } },
    { BC_RULES_PUBLISHED, "text", { NULL, "the rules file, whole" } },
    { BC_RETRACTED, "event", { "ID", "the event that no longer counts; see `record undo`" } },
};

const struct record_field_help *record_field_help(enum bc_body body, unsigned number)
{
    const char *field = bc_schema(body)->field[number].name;
    const struct record_field_help *found = NULL;

    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
        if (strcmp(lines[i].field, field) == 0 &&
            (lines[i].body == body || (lines[i].body == ANY && !found)))
            found = &lines[i].help;
    assert(found);
    return found;
}

const char *record_value_word(enum bc_body body, unsigned number)
{
    const char *value = record_field_help(body, number)->value;

    if (value)
        return value;
    switch (bc_schema(body)->field[number].type) {
    case BC_BOOL:
        return OPT_YES_NO;
    case BC_TIME:
        return "TIME";
    case BC_DAY:
        return "DATE";
    case BC_TEXT:
    case BC_LIST:
        break;
    }
    return "TEXT";
}
