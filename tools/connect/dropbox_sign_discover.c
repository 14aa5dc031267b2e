/* tools/connect/dropbox_sign_discover.c - a first account file: what the newest requests have in
 * their metadata and titles, and whether that says of which deal they are. Of addresses only their
 * domains are written. */
#include "tools/connect/draft_titles.h"
#include "tools/connect/dropbox_sign.h"

#include <ctype.h>

enum { PAGES_MAX = 10 };

struct finding {
    struct connect_run *run;
    struct connect_offers metadata, senders, patterns;
    struct connect_titles titles;
    size_t requests, tests, by_metadata;
    int64_t results;
};

static const struct connect_guess of_key[] = { { "deal", "deal" },
                                               { "hubspot", "deal" },
                                               { NULL, NULL } };
static const struct connect_unit requests = { "request", "requests" };

static void see_metadata(struct finding *found, const json_t *metadata)
{
    bool named = false;
    const char *key;
    json_t *value;

    json_object_foreach((json_t *)(uintptr_t)metadata, key, value)
    {
        const struct bc_str text = connect_text(found->run, metadata, key);
        const bool deal = connect_draft_is_deal(found->run, text);
        struct connect_offer *offer;

        if (!*key)
            continue;
        offer = connect_offer(&found->metadata, bc_str_of(key));
        offer->n++;
        offer->deals += deal;
        offer->taken |= deal || connect_guess_of(of_key, offer->text);
        named |= deal || (!found->run->known && offer->taken && text.len);
    }
    found->by_metadata += named;
}

static void see_sender(struct finding *found, struct bc_str address)
{
    const char *at = address.len ? memrchr(address.at, '@', address.len) : NULL;
    struct bc_buf domain = { 0 };

    if (!at)
        return;
    bc_buf_add_str(&domain, bc_str_part(address, (size_t)(at - address.at), address.len));
    for (size_t i = 0; i < domain.len; i++)
        domain.at[i] = (char)tolower((unsigned char)domain.at[i]);
    connect_offer(&found->senders, bc_buf_str(&domain))->n++;
    bc_buf_release(&domain);
}

static void see_request(struct finding *found, const json_t *request)
{
    found->requests++;
    found->tests += json_is_true(json_object_get(request, "test_mode"));
    see_metadata(found, json_object_get(request, "metadata"));
    see_sender(found, connect_text(found->run, request, "requester_email_address"));
    connect_titles_add(&found->titles, connect_text(found->run, request, "title"));
}

/* *pages: how many there are. */
static bc_status read_page(struct finding *found, int64_t number, int64_t *pages,
                           struct bc_err *err)
{
    struct dropbox_sign_page page;
    bc_status rc = dropbox_sign_page(found->run, &page, number, false, err);

    *pages = page.pages;
    found->results = page.results;
    for (size_t i = 0; rc == BC_OK && i < json_array_size(page.requests); i++)
        see_request(found, json_array_get(page.requests, i));
    http_answer_release(&page.answer);
    return rc;
}

static void write_file(struct finding *found, struct bc_buf *file)
{
    connect_draft_say(file,
                      "Names in the metadata of the newest %zu requests; the value of what is "
                      "taken is a deal.",
                      found->requests);
    connect_draft_list(file, 0, "metadata", &found->metadata, requests);
    connect_draft_say(file, "Titles that are alike: {name} is a deal's, {deal} its id.");
    connect_draft_list(file, 0, "titles", &found->patterns, requests);
    connect_draft_say(file, "Who sent them; left out, all are taken.");
    connect_draft_list(file, 0, "senders", &found->senders, requests);
    if (found->tests)
        bc_buf_printf(file, "#test_mode: true  # %zu test%s left out without it\n", found->tests,
                      found->tests == 1 ? ", which is" : "s, which are");
    if (found->titles.more)
        connect_draft_say(file, "%zu titles were not compared.", (size_t)found->titles.more);
}

static void say_found(const struct finding *found, struct bc_buf *out)
{
    size_t by_title = 0;

    for (size_t i = 0; i < found->patterns.n; i++)
        by_title += (size_t)found->patterns.at[i].deals;
    bc_buf_printf(
        out,
        "of %zu requests (of %lld) %zu carry a deal%s in their metadata, and %zu of their "
        "titles name one; look through what was taken",
        found->requests, (long long)found->results, found->by_metadata,
        found->run->known ? " of the ledger" : "", by_title);
}

bc_status dropbox_sign_discover(struct connect_run *run, struct bc_buf *file, struct bc_buf *found,
                                struct bc_err *err)
{
    struct finding finding = { .run = run };
    int64_t pages = 1;
    bc_status rc = BC_OK;

    for (int64_t page = 1; rc == BC_OK && page <= pages && page <= PAGES_MAX; page++)
        rc = read_page(&finding, page, &pages, err);
    if (rc == BC_OK) {
        connect_titles_patterns(&finding.patterns, &finding.titles, run);
        write_file(&finding, file);
        say_found(&finding, found);
    }
    connect_offers_release(&finding.metadata);
    connect_offers_release(&finding.senders);
    connect_offers_release(&finding.patterns);
    connect_titles_release(&finding.titles);
    return rc;
}
