/* tools/hubspot/discover_options.c */
#include "tools/hubspot/discover_options.h"

#include "projections/rules/words.h"
#include "projections/yaml/yaml_text.h"
#include "tools/hubspot/discover_text.h"

#include <ctype.h>
#include <strings.h>

/* "VALUE: WORD  # LABEL"; a comment where there is no word, or the value can be no key. */
static void write_option(struct bc_buf *out, const struct hubspot_option *option, const char *word)
{
    bool writable = hubspot_discover_writable(option->value);

    bc_buf_add_str(out, word && writable ? BC_STR("  ") : BC_STR("  # "));
    if (writable)
        bc_yaml_print_text(out, option->value);
    else
        hubspot_discover_comment(out, option->value);
    bc_buf_printf(out, ":%s%s", word ? " " : "", word ? word : "");
    if (option->label.len && !bc_str_eq(option->label, option->value)) {
        bc_buf_add_str(out, BC_STR("  # "));
        hubspot_discover_comment(out, option->label);
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

    if (hubspot_discover_alike(search->option->value, type) ||
        hubspot_discover_alike(search->option->label, type))
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
        if (hubspot_discover_has(label, types[i]))
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
