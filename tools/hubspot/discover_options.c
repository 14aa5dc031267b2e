/* tools/hubspot/discover_options.c */
#include "tools/hubspot/discover_options.h"

#include "projections/rules/words.h"
#include "projections/yaml/yaml_text.h"
#include "tools/discover/discover_text.h"

#include <ctype.h>
#include <inttypes.h>
#include <strings.h>

/* "VALUE: WORD  # LABEL"; a comment where there is no word, or the value can be no key. */
static void write_option(struct bc_buf *out, const struct hubspot_option *option, const char *word)
{
    bool writable = discover_writable(option->value);

    bc_buf_add_str(out, word && writable ? BC_STR("  ") : BC_STR("  # "));
    if (writable)
        bc_yaml_print_text(out, option->value);
    else
        discover_comment(out, option->value);
    bc_buf_printf(out, ":%s%s", word ? " " : "", word ? word : "");
    if (option->label.len && !bc_str_eq(option->label, option->value)) {
        bc_buf_add_str(out, BC_STR("  # "));
        discover_comment(out, option->label);
    }
    bc_buf_add_byte(out, '\n');
}

/* --- deal types --- */

/* Is a word the first of a text: "New" of "New logo", and not of "Newsletter"? */
static bool is_first_word(struct bc_str text, const char *word)
{
    size_t len = strlen(word);

    return text.len >= len && strncasecmp(text.at, word, len) == 0 &&
           (text.len == len || !isalnum((unsigned char)text.at[len]));
}

/* The one deal type of a slice, or NULL. */
static const char *only_type(const struct bc_slice *slice)
{
    return slice->deal_type_n == 1 ? slice->deal_types[0].at : NULL;
}

struct same_words {
    const struct hubspot_option *option;
    const char *type; /* found */
};

static void see_type(void *payload, struct bc_str type)
{
    struct same_words *search = payload;

    if (discover_alike(search->option->value, type) || discover_alike(search->option->label, type))
        search->type = type.at;
}

/* The deal type of the rules that an option is: by its own words, else by the name of the slice. */
static const char *match_deal_type(const bc_rules *rules, const struct hubspot_option *option)
{
    struct same_words search = { .option = option };

    bc_words_each(rules, BC_WORD_DEAL_TYPE, see_type, &search);
    for (size_t i = 0; !search.type && i < rules->slice_n; i++) {
        const struct bc_slice *slice = &rules->slices[i];

        if (is_first_word(option->label, slice->name) || is_first_word(option->value, slice->name))
            search.type = only_type(slice);
    }
    return search.type;
}

void hubspot_discover_deal_types(struct hubspot_discovered *found, struct hubspot_run *run,
                                 const struct hubspot_defined *property, const bc_rules *rules,
                                 struct bc_buf *out)
{
    bc_buf_add_str(out, BC_STR("\n# HubSpot's deal type: that of the rules' slices. A deal of "
                               "another one counts in no slice but all.\ndeal_types:\n"));
    for (size_t i = 0; property && i < property->option_n; i++) {
        const struct hubspot_option *option = &property->options[i];
        const char *type = match_deal_type(rules, option);

        write_option(out, option, type);
        if (type)
            hubspot_tally_add(run, &found->deal_types,
                              hubspot_print(run, "%.*s is %s", BC_STR_ARG(option->value), type));
        else
            hubspot_tally_add(run, &found->deal_types_unknown, option->value);
    }
}

/* --- meeting types --- */

/* Which of the three kinds that metrics count a label speaks of; NULL: none. */
static const char *match_meeting_type(struct bc_str label)
{
    static const char *const types[] = { "discovery", "renewal", "proposal" };

    for (size_t i = 0; i < 3; i++)
        if (discover_has(label, types[i]))
            return types[i];
    return NULL;
}

void hubspot_discover_meeting_types(const struct hubspot_run *run, struct bc_buf *out)
{
    bc_buf_add_str(out, BC_STR("\n# The account's labels of meetings: discovery, renewal or "
                               "proposal, which metrics count.\nmeeting_types:\n"));
    for (size_t i = 0; i < run->meeting_types.n; i++) {
        const struct hubspot_option option = { .value = run->meeting_types.at[i].text };

        write_option(out, &option, match_meeting_type(option.value));
    }
}

/* --- calls --- */

/* The outcome of a meeting that one of a call speaks of; NULL: none. Who was not spoken to was not
 * met, also where a message was left. */
static const char *match_outcome(const struct hubspot_option *option)
{
    static const char *const words[][2] = {
        { "no answer", "no_show" },    { "busy", "no_show" },
        { "voicemail", "no_show" },    { "message", "no_show" },
        { "wrong number", "no_show" }, { "not connected", "no_show" },
        { "no show", "no_show" },      { "rescheduled", "rescheduled" },
        { "canceled", "canceled" },    { "cancelled", "canceled" },
        { "connected", "completed" },  { "completed", "completed" },
    };

    for (size_t i = 0; i < HUBSPOT_CALL_OUTCOME_N; i++)
        if (bc_str_eq(option->value, bc_str_of(hubspot_call_outcome[i].id)))
            return hubspot_call_outcome[i].outcome; /* whatever it is called here */
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (discover_has(option->label, words[i][0]))
            return words[i][1];
    return NULL;
}

static void write_outcome(struct hubspot_discovered *found, struct hubspot_run *run,
                          const struct hubspot_option *option, struct bc_buf *out)
{
    const char *outcome = match_outcome(option);

    write_option(out, option, outcome);
    if (!outcome)
        hubspot_tally_add(run, &found->call_outcomes_unknown,
                          option->label.len ? option->label : option->value);
}

void hubspot_discover_calls(struct hubspot_discovered *found, struct hubspot_run *run,
                            struct bc_buf *out)
{
    bc_buf_add_str(out,
                   BC_STR("\n# Calls count as meetings where this says `meetings`; their types "
                          "are among meeting_types.\ncalls: null\n# What the outcome of a call "
                          "is of a meeting: completed, no_show, rescheduled, canceled.\n"
                          "call_outcomes:\n"));
    for (size_t i = 0; i < run->call_outcome_n; i++)
        write_outcome(found, run, &run->call_outcomes[i], out);
    for (size_t i = 0; run->call_outcome_n == 0 && i < HUBSPOT_CALL_OUTCOME_N; i++) {
        const struct hubspot_option option = { bc_str_of(hubspot_call_outcome[i].id),
                                               bc_str_of(hubspot_call_outcome[i].label) };

        write_outcome(found, run, &option, out);
    }
}

/* --- reasons of loss --- */

/* The reason that an option speaks of; NULL: none. */
static const char *match_reason(const struct hubspot_option *option)
{
    static const char *const words[][2] = {
        { "price", "price" },
        { "pricing", "price" },
        { "expensive", "price" },
        { "budget", "price" },
        { "timing", "timing" },
        { "not now", "timing" },
        { "postponed", "timing" },
        { "competitor", "competitor" },
        { "competition", "competitor" },
        { "feature", "feature_gap" },
        { "functionality", "feature_gap" },
        { "icp", "wrong_icp" },
        { "not a fit", "wrong_icp" },
        { "bad fit", "wrong_icp" },
        { "poor fit", "wrong_icp" },
        { "other", "other" },
    };

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (discover_has(option->label, words[i][0]) || discover_has(option->value, words[i][0]))
            return words[i][1];
    return NULL;
}

static bool is_reason(const struct hubspot_defined *defined)
{
    static const char *const words[] = { "loss reason",     "lost reason",    "reason lost",
                                         "reason for loss", "reason of loss", "why lost" };

    for (size_t i = 0; !defined->calculated && i < sizeof(words) / sizeof(words[0]); i++)
        if (discover_has(defined->name, words[i]) || discover_has(defined->label, words[i]))
            return true;
    return false;
}

/* A property that another may be taken for: "NAME (LABEL)" in the summary, a line in the file. */
static void offer(struct hubspot_run *run, struct hubspot_tally *offered, const char *key,
                  const struct hubspot_option *property, struct bc_buf *out)
{
    hubspot_tally_add(run, offered,
                      hubspot_print(run, "%.*s (%.*s)", BC_STR_ARG(property->value),
                                    BC_STR_ARG(property->label)));
    bc_buf_printf(out, "# %s: ", key);
    discover_comment(out, property->value);
    bc_buf_add_str(out, BC_STR("  # "));
    discover_comment(out, property->label);
    bc_buf_add_byte(out, '\n');
}

static void write_reasons(const struct hubspot_defined *property, bool taken, struct bc_buf *out)
{
    for (size_t i = 0; i < property->option_n; i++) {
        if (!taken)
            bc_buf_add_byte(out, '#');
        write_option(out, &property->options[i], match_reason(&property->options[i]));
    }
}

void hubspot_discover_losses(struct hubspot_discovered *found, struct hubspot_run *run,
                             struct bc_buf *out)
{
    const struct hubspot_defined *taken = hubspot_run_defined(run, BC_STR("closed_lost_reason"));

    for (size_t i = 0; !taken && i < run->defined_n; i++)
        if (is_reason(&run->defined[i]))
            taken = &run->defined[i];
    bc_buf_add_str(out, BC_STR("\n# Why a deal was lost: price, timing, competitor, feature_gap, "
                               "wrong_icp; what is not here is other.\nloss_reason: "));
    if (taken)
        bc_yaml_print_text(out, taken->name);
    else
        bc_buf_add_str(out, BC_STR("null"));
    bc_buf_add_byte(out, '\n');
    if (!taken)
        hubspot_tally_add(run, &found->missing, BC_STR("loss_reason"));
    for (size_t i = 0; i < run->defined_n; i++) {
        const struct hubspot_defined *other = &run->defined[i];
        const struct hubspot_option property = { other->name, other->label };

        if (other == taken || !is_reason(other))
            continue;
        offer(run, &found->losses, "loss_reason", &property, out);
        write_reasons(other, false, out);
    }
    bc_buf_add_str(out, BC_STR("loss_reasons:\n"));
    if (taken)
        write_reasons(taken, true, out);
}

/* --- campaigns --- */

void hubspot_discover_campaign(struct hubspot_discovered *found, struct hubspot_run *run,
                               struct bc_buf *out)
{
    static const char *const words[] = { "campaign", "template", "sequence" };
    const struct hubspot_option *taken = NULL;

    for (size_t w = 0; w < sizeof(words) / sizeof(words[0]); w++)
        for (size_t i = 0; !taken && i < run->campaign_n; i++)
            if (discover_has(run->campaigns[i].value, words[w]) ||
                discover_has(run->campaigns[i].label, words[w]))
                taken = &run->campaigns[i];
    bc_buf_add_str(out, BC_STR("\n# Of an e-mail, the property that names its campaign.\n"
                               "email_campaign: "));
    if (taken)
        bc_yaml_print_text(out, taken->value);
    else
        bc_buf_add_str(out, BC_STR("null"));
    if (taken) {
        bc_buf_add_str(out, BC_STR("  # "));
        discover_comment(out, taken->label);
    }
    bc_buf_add_byte(out, '\n');
    if (!taken)
        hubspot_tally_add(run, &found->missing, BC_STR("email_campaign"));
    for (size_t i = 0; i < run->campaign_n; i++)
        if (&run->campaigns[i] != taken)
            offer(run, &found->campaigns, "email_campaign", &run->campaigns[i], out);
}

/* --- renewals --- */

void hubspot_discover_renewals(struct hubspot_discovered *found, struct hubspot_run *run,
                               struct bc_buf *out)
{
    bc_buf_add_str(out,
                   BC_STR("\n# The label that an association between deals has at the one that "
                          "renews the other; or its number.\n# Not with a property "
                          "`renews`.\nrenews_label: null\n"));
    for (size_t i = 0; i < run->label_n; i++) {
        const struct hubspot_label *label = &run->labels[i];

        hubspot_tally_add(
            run, &found->labels,
            hubspot_print(run, "%.*s (%" PRId64 ")", BC_STR_ARG(label->text), label->number));
        bc_buf_add_str(out, BC_STR("# renews_label: "));
        if (discover_writable(label->text)) {
            bc_yaml_print_text(out, label->text);
            bc_buf_printf(out, "  # or %" PRId64 "\n", label->number);
        } else {
            bc_buf_printf(out, "%" PRId64 "  # ", label->number);
            discover_comment(out, label->text);
            bc_buf_add_byte(out, '\n');
        }
    }
}
