/* tools/connect/slack_discover.c - a first account file: the channels that the token sees, and of
 * one of them the labels in what apps posted there. No answer is kept: of a line only what is
 * before it, and that only where it stands in more than one message. */
#include "tools/connect/draft.h"
#include "tools/connect/paging.h"
#include "tools/connect/slack.h"

enum { PAGE = 200 };

struct finding {
    struct connect_run *run;
    const struct slack_account *account; /* NULL: there is none yet */
    struct bc_buf *file;
    struct connect_offers channels, from, labels, by[SLACK_ASKED_N];
    struct slack_text text;
    struct bc_str channel; /* that is looked at; empty: none is */
    size_t messages, posted, rare;
};

/* A listing, page by page. */
struct listing {
    struct http_pages pages;
    const char *cursor; /* of the next one; NULL: the first */
};

static const struct connect_guess of_channel[] = { { "lead", "leads" },
                                                   { "inbound", "leads" },
                                                   { "inquir", "leads" },
                                                   { "enquir", "leads" },
                                                   { NULL, NULL } };
static const struct connect_guess of_label[] = {
    { "campaign", "campaign" },  { "channel", "channel" },
    { "source", "channel" },     { "hear of us", "channel" },
    { "hear about", "channel" }, { "deal", "deal" },
    { "hubspot", "deal" },       { NULL, NULL }
};
static const char *const asked[SLACK_ASKED_N] = {
    [SLACK_CAMPAIGN] = "campaign", [SLACK_CHANNEL] = "channel", [SLACK_DEAL] = "deal"
};
static const struct connect_unit messages = { "message", "messages" };

/* ---- channels ---- */

static void see_channel(struct finding *found, const json_t *channel)
{
    struct connect_run *run = found->run;
    const struct bc_str id = connect_text(run, channel, "id");
    const struct bc_str name = connect_text(run, channel, "name");
    const bool in = json_is_true(json_object_get(channel, "is_member"));
    struct connect_offer *offer;

    if (!slack_is_channel(id))
        return;
    offer = connect_offer(&found->channels, id);
    offer->called = bc_arena_copy(run->keep, connect_print(run, "%.*s%s", BC_STR_ARG(name),
                                                           in ? "" : " (the app is not in it)"));
    offer->n = (uint64_t)json_integer_value(json_object_get(channel, "num_members"));
    offer->taken = in && connect_guess_of(of_channel, name);
}

/* BC_DONE: that was the last page of a listing, which `list` names. `key`: what is a record's own.
 */
static bc_status next_page(struct listing *listing, const json_t *root, const json_t *records,
                           const char *key, const char *list, struct bc_err *err)
{
    const json_t *meta = NULL;
    const char *next = NULL;
    bc_status rc = connect_paging_object(&meta, root, "response_metadata", list, err);

    if (rc == BC_OK)
        rc = connect_paging_text(&next, meta, "next_cursor", list, err);
    if (rc < 0)
        return rc;
    if (!next || !*next)
        return BC_DONE;
    return http_pages_follow(&listing->pages, &listing->cursor, next,
                             http_pages_new(&listing->pages, records, key), err);
}

/* Asks for a page, `path` being without its cursor. *out is the caller's to release. */
static bc_status ask_page(struct finding *found, struct http_answer *out, struct bc_buf *path,
                          const struct listing *listing, bool refused_ok, struct bc_err *err)
{
    bc_buf_add_byte(path, '\0'); /* as http_query_add wants it */
    path->len--;
    if (listing->cursor)
        http_query_add(path, "cursor", listing->cursor);
    return connect_get(found->run, out, path, &(struct http_request){ .refused_ok = refused_ok },
                       err);
}

/* What the token may not see is said. */
static bc_status list_page(struct finding *found, const char *kind, struct listing *listing,
                           struct bc_err *err)
{
    struct http_answer answer;
    struct bc_buf path = { 0 }, why = { 0 };
    const json_t *channels;
    bc_status rc;

    bc_buf_printf(&path, "/conversations.list?exclude_archived=true&limit=%d&types=%s", PAGE, kind);
    rc = ask_page(found, &answer, &path, listing, true, err);
    channels = json_object_get(answer.root, "channels");
    if (rc == BC_OK && !json_is_true(json_object_get(answer.root, "ok"))) {
        http_refusal_add(found->run->client, &why, answer.status, answer.root);
        connect_draft_say(found->file, "Not listed, %s: %.*s", kind, BC_STR_ARG(bc_buf_str(&why)));
        rc = BC_DONE;
    }
    for (size_t i = 0; rc == BC_OK && i < json_array_size(channels); i++)
        see_channel(found, json_array_get(channels, i));
    if (rc == BC_OK)
        rc = next_page(listing, answer.root, channels, "id", "GET /conversations.list", err);
    http_answer_release(&answer);
    bc_buf_release(&why);
    return rc;
}

static bc_status list_channels(struct finding *found, struct bc_err *err)
{
    static const char *const kinds[] = { "public_channel", "private_channel" };
    bc_status rc = BC_OK;

    for (size_t i = 0; rc >= 0 && i < 2; i++) {
        struct listing listing = { 0 };

        do
            rc = list_page(found, kinds[i], &listing, err);
        while (rc == BC_OK);
        http_pages_release(&listing.pages);
    }
    return rc < 0 ? rc : BC_OK;
}

/* The one that is given, or of the account file, or the only one that was taken by its name. */
static void choose(struct finding *found)
{
    const struct bc_str given = found->run->look_at;

    found->channel = given;
    for (size_t i = 0; found->account && i < found->account->channel_n; i++) {
        connect_offer(&found->channels, found->account->channels[i])->taken = true;
        if (found->channel.len == 0)
            found->channel = found->account->channels[i];
    }
    if (given.len)
        connect_offer(&found->channels, given)->taken = true;
    for (size_t i = 0; i < found->channels.n; i++)
        if (found->channel.len == 0 && connect_offers_taken(&found->channels) == 1 &&
            found->channels.at[i].taken)
            found->channel = found->channels.at[i].text;
}

/* ---- messages ---- */

static void see_from(struct finding *found, struct bc_str name, const char *what, json_t *seen)
{
    struct connect_offer *offer;

    if (name.len == 0 || json_object_getn(seen, name.at, name.len))
        return;
    json_object_setn_new_nocheck(seen, name.at, name.len, json_true());
    offer = connect_offer(&found->from, name);
    offer->called = bc_str_of(what);
    offer->n++;
}

static void see_labels(struct finding *found, const json_t *message)
{
    json_t *seen = json_object();
    struct bc_str label;
    size_t at = 0;

    slack_text_read(&found->text, message);
    while (slack_text_next_label(&label, &found->text, &at)) {
        if (json_object_getn(seen, label.at, label.len))
            continue; /* text and blocks say the same */
        json_object_setn_new_nocheck(seen, label.at, label.len, json_true());
        connect_offer(&found->labels, label)->n++;
    }
    json_decref(seen);
}

static void see_message(struct finding *found, const json_t *message)
{
    struct connect_run *run = found->run;
    const json_t *profile = json_object_get(message, "bot_profile");
    json_t *seen;

    found->messages++;
    if (!slack_has_app(run, message) ||
        slack_is_reply(run, message, connect_text(run, message, "ts")))
        return;
    found->posted++;
    seen = json_object();
    see_from(found, connect_text(run, message, "workflow_id"), "a workflow", seen);
    see_from(found, connect_text(run, message, "app_id"), "an app", seen);
    see_from(found, connect_text(run, message, "username"), "a name", seen);
    see_from(found, connect_text(run, profile, "name"), "a name", seen);
    json_decref(seen);
    see_labels(found, message);
}

static bc_status look_at_page(struct finding *found, struct listing *listing, struct bc_err *err)
{
    struct http_answer answer;
    struct bc_buf path = { 0 };
    const json_t *list;
    bc_status rc;

    bc_buf_printf(&path, "/conversations.history?channel=%.*s&limit=%d&include_all_metadata=true",
                  BC_STR_ARG(found->channel), PAGE);
    rc = ask_page(found, &answer, &path, listing, false, err);
    list = json_object_get(answer.root, "messages");
    for (size_t i = 0; rc == BC_OK && i < json_array_size(list); i++)
        see_message(found, json_array_get(list, i));
    if (rc == BC_OK)
        rc = next_page(listing, answer.root, list, "ts", "GET /conversations.history", err);
    http_answer_release(&answer);
    return rc;
}

/* The newest messages of the channel. */
static bc_status look_at(struct finding *found, struct bc_err *err)
{
    struct listing listing = { 0 };
    bc_status rc = BC_OK;

    while (rc == BC_OK && found->channel.len && found->messages < PAGE)
        rc = look_at_page(found, &listing, err);
    http_pages_release(&listing.pages);
    if (rc < 0)
        return bc_err_in(err, rc, "channel %.*s", BC_STR_ARG(found->channel));
    return BC_OK;
}

/* What stands in one message alone may be an answer. */
static void sort_labels(struct finding *found, struct connect_offers *others)
{
    for (size_t i = 0; i < found->labels.n; i++) {
        const struct connect_offer *label = &found->labels.at[i];
        const char *means = connect_guess_of(of_label, label->text);
        struct connect_offers *of = others;
        struct connect_offer *offer;

        if (label->n == 1 && !means) {
            found->rare++;
            continue;
        }
        for (unsigned a = 0; means && a < SLACK_ASKED_N; a++)
            of = strcmp(means, asked[a]) == 0 ? &found->by[a] : of;
        offer = connect_offer(of, label->text);
        offer->n = label->n;
        offer->taken = means != NULL;
    }
}

/* ---- the file ---- */

static void write_fields(struct finding *found)
{
    struct connect_offers others = { 0 };
    size_t taken = 0;

    sort_labels(found, &others);
    for (unsigned i = 0; i < SLACK_ASKED_N; i++)
        taken += connect_offers_taken(&found->by[i]);
    connect_draft_say(found->file,
                      "Labels before answers, in %zu of the newest %zu messages of %.*s, "
                      "which apps posted.",
                      found->posted, found->messages, BC_STR_ARG(found->channel));
    bc_buf_printf(found->file, "%sfields:\n", taken ? "" : "#");
    for (unsigned i = 0; i < SLACK_ASKED_N; i++)
        if (found->by[i].n)
            connect_draft_list(found->file, 2, asked[i], &found->by[i], messages);
    if (others.n)
        connect_draft_list(found->file, 2, "KEY", &others, messages);
    if (found->rare)
        connect_draft_say(found->file, "and %zu that stand in one message each", found->rare);
    connect_offers_release(&others);
}

static void write_file(struct finding *found)
{
    connect_draft_say(found->file, "Channels that the token sees.");
    connect_draft_list(found->file, 0, "channels", &found->channels,
                       (struct connect_unit){ "member", "members" });
    if (found->channel.len == 0)
        return;
    connect_draft_say(found->file, "Whose messages are leads; left out, all that apps post.");
    connect_draft_list(found->file, 0, "from", &found->from, messages);
    write_fields(found);
}

static void say_found(const struct finding *found, struct bc_buf *out)
{
    bc_buf_printf(out, "of %zu channels %zu are taken by their names or as they were given",
                  found->channels.n, connect_offers_taken(&found->channels));
    if (found->channel.len)
        bc_buf_printf(out,
                      "; of %zu messages of %.*s %zu are of apps, with %zu labels: look through "
                      "what they mean",
                      found->messages, BC_STR_ARG(found->channel), found->posted, found->labels.n);
    else
        bc_buf_add_str(out,
                       BC_STR("; no messages were looked at for labels: say in which channel by "
                              "--channel, or in the account file"));
}

bc_status slack_discover(struct connect_run *run, struct bc_buf *file, struct bc_buf *found,
                         struct bc_err *err)
{
    struct finding finding = { .run = run, .account = run->account->own, .file = file };
    bc_status rc;

    if (run->look_at.len && !slack_is_channel(run->look_at))
        return bc_err_set(err, BC_E_USAGE,
                          "--channel: \"%.*s\" is no channel's id; expected one like C0123456789",
                          BC_STR_ARG(run->look_at));
    rc = list_channels(&finding, err);
    if (rc == BC_OK) {
        choose(&finding);
        rc = look_at(&finding, err);
    }
    if (rc == BC_OK) {
        write_file(&finding);
        say_found(&finding, found);
    }
    connect_offers_release(&finding.channels);
    connect_offers_release(&finding.from);
    connect_offers_release(&finding.labels);
    for (unsigned i = 0; i < SLACK_ASKED_N; i++)
        connect_offers_release(&finding.by[i]);
    slack_text_release(&finding.text);
    return rc;
}
