#include "tools/connect/slack.h"

enum { LOOK_BACK = 7 };

enum { CHANNELS, FROM, FIELDS, LOOK_BACK_DAYS, WITHOUT_DEAL };
const struct bc_field_key slack_keys[SLACK_KEY_N] = {
    [CHANNELS] = { "channels", BC_EVERY_KIND, BC_EVERY_KIND },
    [FROM] = { "from", 0, 0 },
    [FIELDS] = { "fields", 0, 0 },
    [LOOK_BACK_DAYS] = { "look_back", 0, 0 },
    [WITHOUT_DEAL] = { "without_deal", 0, 0 },
};

bool slack_is_channel(struct bc_str text)
{
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    return text.len > 1 && (text.at[0] == 'C' || text.at[0] == 'G') &&
           strspn(text.at, allowed) == text.len;
}

static bc_status take_channels(struct slack_account *account, const struct bc_fields *in,
                               const struct bc_yaml *value)
{
    bc_status rc = bc_fields_texts(in, &account->channels, &account->channel_n, value, 1);

    for (size_t i = 0; rc == BC_OK && i < account->channel_n; i++)
        if (!slack_is_channel(account->channels[i]))
            rc = bc_fields_fault(in, value,
                                 "\"%.100s\" is no channel's id; expected one like C0123456789 "
                                 "(names change, ids do not)",
                                 account->channels[i].at);
    return rc;
}

static bc_status take_labels(struct slack_account *account, const struct bc_fields *in,
                             const struct bc_yaml *value)
{
    static const struct bc_field_key own[SLACK_ASKED_N] = { [SLACK_CAMPAIGN] = { "campaign", 0, 0 },
                                                            [SLACK_CHANNEL] = { "channel", 0, 0 },
                                                            [SLACK_DEAL] = { "deal", 0, 0 } };
    const struct bc_yaml *values[SLACK_ASKED_N];
    bc_status rc = bc_fields_take(in, values, value, "fields", own, SLACK_ASKED_N);

    for (unsigned i = 0; rc == BC_OK && i < SLACK_ASKED_N; i++)
        if (values[i])
            rc = bc_fields_texts(in, &account->labels[i].at, &account->labels[i].n, values[i], 0);
    return rc;
}

bc_status slack_take_account(const void **out, const struct bc_fields *in,
                             const struct bc_yaml *const *values, const struct bc_yaml *file)
{
    static const struct bc_str campaign[] = { { "Campaign", 8 } }, channel[] = { { "Channel", 7 } };
    static const char *const words[] = { "keep", "record" };
    struct slack_account *account = bc_arena_alloc(in->arena, sizeof(*account));
    int64_t days = LOOK_BACK;
    unsigned word = 0;
    bc_status rc = BC_OK;

    (void)file;
    *account = (struct slack_account){
        .labels = { [SLACK_CAMPAIGN] = { campaign, 1 }, [SLACK_CHANNEL] = { channel, 1 } }
    };
    rc = take_channels(account, in, values[CHANNELS]);
    if (rc == BC_OK && values[FROM])
        rc = bc_fields_texts(in, &account->from, &account->from_n, values[FROM], 1);
    if (rc == BC_OK && values[FIELDS])
        rc = take_labels(account, in, values[FIELDS]);
    if (rc == BC_OK && values[LOOK_BACK_DAYS])
        rc = bc_fields_whole(in, &days, values[LOOK_BACK_DAYS], 0, 3650);
    if (rc == BC_OK && values[WITHOUT_DEAL])
        rc = bc_fields_word(in, &word, values[WITHOUT_DEAL], "way with leads of no known deal",
                            words, 2);
    account->look_back_us = days * BC_DAY_US;
    account->record = word == 1;
    *out = account;
    return rc;
}
