/* tools/connect/github_discover.c - a first account file: the repositories that the token may read,
 * and of their newest issues the labels and the titles that are alike. */
#include "tools/connect/draft_titles.h"
#include "tools/connect/github.h"

enum { REPOSITORIES_MAX = 100, ISSUES_MAX = 300 };

struct finding {
    struct connect_run *run;
    struct connect_offers repositories, labels, accepted, started, patterns;
    struct connect_titles titles;
    json_t *issues; /* by repository: "label" or its title, each */
    json_t *looked; /* the titles of the repository that is looked at */
    size_t issue_n, entry_n, unlooked;
};

/* A word that a label has in it. */
static const struct connect_guess of_label[] = {
    { "in-service", "started" },   { "in service", "started" },
    { "launched", "started" },     { "accepted", "accepted" },
    { "in progress", "accepted" }, { "in-progress", "accepted" },
    { "hand-off", "handoff" },     { "handoff", "handoff" },
    { "hand off", "handoff" },     { "hub-request", "handoff" },
    { "hub request", "handoff" },  { "new-hub", "handoff" },
    { "new hub", "handoff" },      { "onboard", "handoff" },
    { "provision", "handoff" },    { NULL, NULL }
};
static const struct connect_unit issues = { "issue", "issues" };

/* ---- what there is ---- */

/* True: it says that the issue is a hand-off. */
static bool see_label(struct finding *found, struct bc_str label)
{
    const char *means = connect_guess_of(of_label, label);
    struct connect_offers *of = &found->labels;
    struct connect_offer *offer;

    if (label.len == 0)
        return false;
    if (means && strcmp(means, "accepted") == 0)
        of = &found->accepted;
    else if (means && strcmp(means, "started") == 0)
        of = &found->started;
    offer = connect_offer(of, label);
    offer->n++;
    offer->taken = means != NULL;
    return means && of == &found->labels;
}

static bc_status take_issue(void *payload, const json_t *issue, struct bc_err *err)
{
    struct finding *found = payload;
    const json_t *labels = json_object_get(issue, "labels");
    const struct bc_str title = connect_text(found->run, issue, "title");
    bool handoff = false;

    (void)err;
    if (!json_object_get(issue, "pull_request") && json_is_object(issue)) {
        found->issue_n++;
        for (size_t i = 0; i < json_array_size(labels); i++)
            handoff |= see_label(found, github_label(found->run, json_array_get(labels, i)));
        connect_titles_add(&found->titles, title);
        json_array_append_new(found->looked,
                              handoff ? json_true() : json_stringn(title.at, title.len));
    }
    return ++found->entry_n == ISSUES_MAX ? BC_DONE : BC_OK;
}

/* The newest issues: what is a hand-off now need not have been one years ago. */
static bc_status look_at(struct finding *found, struct bc_str name, struct bc_err *err)
{
    struct bc_buf path = { 0 };
    int status = 0;

    found->entry_n = 0;
    found->looked = json_array();
    json_object_setn_new_nocheck(found->issues, name.at, name.len, found->looked);
    bc_buf_printf(&path, "/repos/%.*s/issues?state=all&sort=created&direction=desc&per_page=100",
                  BC_STR_ARG(name));
    return github_list(found->run, &path, &status, take_issue, found, err);
}

static bc_status take_repository(void *payload, const json_t *repository, struct bc_err *err)
{
    struct finding *found = payload;
    const struct bc_str name = connect_text(found->run, repository, "full_name");

    (void)err;
    if (github_is_repository(name))
        connect_offer(&found->repositories, name);
    return BC_OK;
}

static bc_status look_at_all(struct finding *found, struct bc_err *err)
{
    struct bc_buf path = { 0 };
    bc_status rc;

    bc_buf_add_str(&path, BC_STR("/user/repos?sort=pushed&per_page=100"));
    rc = github_list(found->run, &path, NULL, take_repository, found, err);
    for (size_t i = 0; rc == BC_OK && i < found->repositories.n; i++) {
        if (i < REPOSITORIES_MAX)
            rc = look_at(found, found->repositories.at[i].text, err);
        else
            found->unlooked++;
    }
    return rc;
}

/* ---- what of it are hand-offs ---- */

static void count_handoffs(struct finding *found)
{
    for (size_t i = 0; i < found->repositories.n; i++) {
        struct connect_offer *offer = &found->repositories.at[i];
        const json_t *seen = json_object_getn(found->issues, offer->text.at, offer->text.len);

        for (size_t n = 0; n < json_array_size(seen); n++) {
            const json_t *one = json_array_get(seen, n);
            const struct bc_str title = { json_string_value(one), json_string_length(one) };

            offer->n += json_is_true(one) || connect_titles_fits(&found->patterns, title);
        }
        offer->taken = offer->n > 0;
    }
}

static void write_file(struct finding *found, struct bc_buf *file)
{
    connect_draft_say(file,
                      "Repositories that the token may read, with issues that are hand-offs by "
                      "what is taken below.");
    if (found->unlooked)
        connect_draft_say(file, "Of %zu repositories the issues were not looked at.",
                          found->unlooked);
    connect_draft_list(file, 0, "repositories", &found->repositories,
                       (struct connect_unit){ "hand-off", "hand-offs" });
    connect_draft_say(file,
                      "Labels of the newest %zu issues: an issue with one of them is a "
                      "hand-off.",
                      found->issue_n);
    connect_draft_list(file, 0, "labels", &found->labels, issues);
    connect_draft_say(file, "Titles that are alike: {name} is a deal's, {deal} its id.");
    connect_draft_list(file, 0, "titles", &found->patterns, issues);
    connect_draft_say(file, "Labels by which a hand-off is accepted, and by which service has "
                            "started.");
    connect_draft_list(file, 0, "accepted", &found->accepted, issues);
    connect_draft_list(file, 0, "started", &found->started, issues);
    if (found->titles.more)
        connect_draft_say(file, "%zu titles were not compared.", (size_t)found->titles.more);
}

static void say_found(const struct finding *found, struct bc_buf *out)
{
    const size_t taken = connect_offers_taken(&found->repositories);

    bc_buf_printf(out,
                  "of %zu repositories %zu have issues that are hand-offs, by %zu labels and %zu "
                  "titles; the others stand there as comments: %s",
                  found->repositories.n, taken, connect_offers_taken(&found->labels),
                  connect_offers_taken(&found->patterns),
                  taken ? "look through what was taken"
                        : "say which repositories, and which label or title makes a hand-off");
}

bc_status github_discover(struct connect_run *run, struct bc_buf *file, struct bc_buf *found,
                          struct bc_err *err)
{
    struct finding finding = { .run = run, .issues = json_object() };
    bc_status rc = look_at_all(&finding, err);

    if (rc == BC_OK) {
        connect_titles_patterns(&finding.patterns, &finding.titles, run);
        count_handoffs(&finding);
        write_file(&finding, file);
        say_found(&finding, found);
    }
    connect_offers_release(&finding.repositories);
    connect_offers_release(&finding.labels);
    connect_offers_release(&finding.accepted);
    connect_offers_release(&finding.started);
    connect_offers_release(&finding.patterns);
    connect_titles_release(&finding.titles);
    json_decref(finding.issues);
    return rc;
}
