/* tools/connect/ties: what names a deal is found in texts, titles and links; the first kind of clue
 * that names any deal decides, if it names one alone, and the ledger has it. */
#include "tests/support/check.h"
#include "tests/support/events.h"
#include "tests/support/memory_log.h"
#include "tools/connect/ties.h"

#include <stdio.h>
#include <unistd.h>

/* ---- clues ---- */

static struct text_row {
    const char *name, *text;
    const char *deal, *url; /* the first of each; NULL: none */
} texts[] = {
    { "a deal's record", "see https://app.hubspot.com/contacts/24/record/0-3/900100", "900100",
      NULL },
    { "the older address, of a hub elsewhere",
      "https://app-eu1.hubspot.com/contacts/24/deal/77/?x=1.", "77", NULL },
    { "a contact's record is no deal's", "https://app.hubspot.com/contacts/24/record/0-1/5", NULL,
      "https://app.hubspot.com/contacts/24/record/0-1/5" },
    { "a portal is a number", "https://app.hubspot.com/contacts/x/deal/77", NULL,
      "https://app.hubspot.com/contacts/x/deal/77" },
    { "in a link of Markdown", "[the deal](https://app.hubspot.com/contacts/1/deal/9).", "9",
      NULL },
    { "a sentence ends after an address", "at https://configure.example.org/c/77. Thanks", NULL,
      "https://configure.example.org/c/77" },
    { "between angle brackets", "<http://x.org/a?b=c>", NULL, "http://x.org/a?b=c" },
    { "http alone is no address", "http and httpx://no", NULL, NULL },
    { "the text ends within one", "https://", NULL, "https" },
    { "none", "", NULL, NULL },
};

static struct bc_str first_of(const struct connect_clues *clues, enum connect_clue_kind kind)
{
    for (size_t i = 0; i < clues->n; i++)
        if (clues->at[i].kind == kind)
            return clues->at[i].text;
    return (struct bc_str){ 0 };
}

static void check_text(struct bc_str got, const char *want)
{
    if (!bc_str_eq(got, bc_str_of(want ? want : "")))
        fail_msg("\"%.*s\", expected \"%s\"", BC_STR_ARG(got), want ? want : "");
}

static void text_row(void **state)
{
    const struct text_row *row = *state;
    struct connect_clues clues = { 0 };

    connect_clue_text(&clues, bc_str_of(row->text));
    check_text(first_of(&clues, CONNECT_DEAL), row->deal);
    if (row->url && strcmp(row->url, "https") != 0)
        check_text(first_of(&clues, CONNECT_URL), row->url);
}

static struct title_row {
    const char *name, *title, *pattern, *deal, *means;
} titles[] = {
    { "the name", "GM agreement Lake Univ", "GM agreement {name}", NULL, "Lake Univ" },
    { "in the middle", "Agreement with Lake, 2025", "Agreement with {name}, 2025", NULL, "Lake" },
    { "an id", "900100: agreement", "{deal}: agreement", "900100", NULL },
    { "nothing where it stands", "GM agreement ", "GM agreement {name}", NULL, NULL },
    { "another beginning", "my GM agreement x", "GM agreement {name}", NULL, NULL },
    { "another end", "{deal}", "{deal}: agreement", NULL, NULL },
    { "a pattern without a hole", "x", "x", NULL, NULL },
};

static void title_row(void **state)
{
    const struct title_row *row = *state;
    struct connect_clues clues = { 0 };

    connect_clue_title(&clues, bc_str_of(row->title), bc_str_of(row->pattern));
    check_text(first_of(&clues, CONNECT_DEAL), row->deal);
    check_text(first_of(&clues, CONNECT_NAME), row->means);
}

static void there_is_room_for_so_many_clues_and_no_more(void **state)
{
    static const char words[] = "abcdefghijklmnopqrstuvwxyzABCDE";
    struct connect_clues clues = { 0 };

    (void)state;
    for (size_t i = 0; i < CONNECT_CLUES_MAX + 5; i++)
        connect_clue(&clues, CONNECT_URL, (struct bc_str){ words + i, 1 });
    assert_int_equal(clues.n, CONNECT_CLUES_MAX);
    assert_int_equal(clues.dropped, 5);
    for (size_t i = 0; i < CONNECT_CLUES_MAX + 5; i++) /* before addresses */
        connect_clue(&clues, CONNECT_DEAL, (struct bc_str){ words + i, 1 });
    assert_int_equal(clues.n, CONNECT_CLUES_MAX);
    for (size_t i = 0; i < CONNECT_CLUES_MAX; i++)
        assert_int_equal(clues.at[i].kind, CONNECT_DEAL);
    connect_clue(&clues, CONNECT_DEAL, BC_STR("a")); /* there already */
    assert_int_equal(clues.dropped, 5 + CONNECT_CLUES_MAX + 5);
}

/* ---- of which deal ---- */

static const char links_text[] = "links:\n"
                                 "  \"github:issue/1\": \"d1\"\n"
                                 "  \"https://x.org/i/2\": \"d2\"\n"
                                 "  \"github:issue/3\": ~\n"
                                 "  \"github:issue/4\": \"nowhere\"\n"
                                 "properties: { github: [handoff, handoff_url] }\n";

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

/* Three deals; d2 and d3 are of one name. */
static void fill_log(bc_log *log)
{
    struct events events = { 0 };

    events_add(&events, BC_DEAL_CREATED, "a", "d1", 1, 1);
    events_set_text(&events, BC_DEAL_CREATED_NAME, "Lake");
    events_add(&events, BC_DEAL_CREATED, "b", "d2", 1, 1);
    events_set_text(&events, BC_DEAL_CREATED_NAME, "Hill");
    events_add(&events, BC_DEAL_CREATED, "c", "d3", 1, 1);
    events_set_text(&events, BC_DEAL_CREATED_NAME, "Hill");
    events_add(&events, BC_PROPERTY_CHANGED, "d", "d3", 1, 1);
    events_set_text(&events, BC_PROPERTY_CHANGED_NAME, "handoff");
    events_set_text(&events, BC_PROPERTY_CHANGED_VALUE, "o/r#5");
    events_add(&events, BC_PROPERTY_CHANGED, "e", "d1", 2, 2);
    events_set_text(&events, BC_PROPERTY_CHANGED_NAME, "deal_name");
    events_set_text(&events, BC_PROPERTY_CHANGED_VALUE, "Sea");
    events_add(&events, BC_ORDER_PLACED, "f", "d2", 2, 2);
    events_set_text(&events, BC_ORDER_PLACED_ORDER, "o");
    events_set_text(&events, BC_ORDER_PLACED_CONFIGURATOR_URL, "https://c.org/77");
    events_append(log, events.at, events.n);
    events_release(&events);
}

static struct tie_row {
    const char *name;
    struct connect_clue clues[3];
    enum connect_tied tied;
    const char *deal;
} ties[] = {
    { "a link by the object's name wins over all",
      { { CONNECT_OBJECT, BYTES("issue/1") }, { CONNECT_DEAL, BYTES("d3") } },
      CONNECT_TIED,
      "d1" },
    { "a link by its address",
      { { CONNECT_OBJECT, BYTES("https://x.org/i/2") } },
      CONNECT_TIED,
      "d2" },
    { "a link to no deal",
      { { CONNECT_OBJECT, BYTES("issue/3") }, { CONNECT_DEAL, BYTES("d1") } },
      CONNECT_LEFT_OUT,
      "" },
    { "a link to a deal that is not there",
      { { CONNECT_OBJECT, BYTES("issue/4") } },
      CONNECT_NOT_THERE,
      "nowhere" },
    { "a property of a deal",
      { { CONNECT_OBJECT, BYTES("o/r#5") }, { CONNECT_DEAL, BYTES("d1") } },
      CONNECT_TIED,
      "d3" },
    { "the object names it, twice",
      { { CONNECT_DEAL, BYTES("d2") }, { CONNECT_DEAL, BYTES("d2") } },
      CONNECT_TIED,
      "d2" },
    { "the object names two",
      { { CONNECT_DEAL, BYTES("d2") }, { CONNECT_DEAL, BYTES("d1") } },
      CONNECT_SEVERAL,
      "d2" },
    { "it names one that is not there",
      { { CONNECT_DEAL, BYTES("d9") } },
      CONNECT_NOT_THERE,
      "d9" },
    { "an order's configurator",
      { { CONNECT_URL, BYTES("https://c.org/77") } },
      CONNECT_TIED,
      "d2" },
    { "its name as it is now", { { CONNECT_NAME, BYTES("Sea") } }, CONNECT_TIED, "d1" },
    { "the name that it had", { { CONNECT_NAME, BYTES("Lake") } }, CONNECT_TIED, "d1" },
    { "a name that two have", { { CONNECT_NAME, BYTES("Hill") } }, CONNECT_SEVERAL, "d2" },
    { "nothing", { { CONNECT_OBJECT, BYTES("issue/9") } }, CONNECT_NO_CLUE, "" },
};

static void tie_row(void **state)
{
    const struct tie_row *row = *state;
    struct connect_clues clues = { 0 };
    struct connect_links links;
    const struct bc_str *properties = NULL;
    struct bc_str deal = { 0 };
    struct memory_log *memory;
    connect_known *known = NULL;
    struct bc_err err = { 0 };
    char path[] = "/tmp/backcast-links-XXXXXX";
    void *fixture = NULL;
    size_t n;

    memory_log_begin(&fixture);
    memory = fixture;
    fill_log(memory->log);
    close(mkstemp(path));
    write_file(path, links_text);
    check_ok(connect_links_read(&links, path, &err), &err);
    unlink(path);
    n = connect_links_properties(&links, BC_STR("github"), &properties, links.arena);
    assert_int_equal(n, 2);
    check_ok(connect_known_read(&known, memory->log, BC_STR("github"), properties, n, &err), &err);
    for (size_t i = 0; i < 3; i++)
        connect_clue(&clues, row->clues[i].kind, row->clues[i].text);
    assert_int_equal(connect_tie(&deal, &links, known, BC_STR("github"), &clues), row->tied);
    check_text(deal, row->deal);
    connect_known_free(known);
    connect_links_release(&links);
    memory_log_end(&fixture);
}

static struct fault_row {
    const char *name, *text, *says;
} faults[] = {
    { "another key", "link: {}\n", "link" },
    { "a deal that is a list", "links: { a: [b] }\n", "text" },
    { "no map", "links: [a]\n", "map" },
    { "a property without a name", "properties: { github: [] }\n", "" },
};

static void fault_row(void **state)
{
    const struct fault_row *row = *state;
    char path[] = "/tmp/backcast-links-XXXXXX";
    struct connect_links links;
    struct bc_err err = { 0 };

    close(mkstemp(path));
    write_file(path, row->text);
    assert_int_equal(connect_links_read(&links, path, &err), BC_E_INPUT);
    unlink(path);
    assert_non_null(strstr(err.message, row->says));
    assert_non_null(strstr(err.context, ":1:"));
    connect_links_release(&links);
}

int main(void)
{
    struct CMUnitTest
        tests[ARRAY_LEN(texts) + ARRAY_LEN(titles) + ARRAY_LEN(ties) + ARRAY_LEN(faults) + 1];
    size_t n = 0;

    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        tests[n++] = (struct CMUnitTest){ texts[i].name, text_row, NULL, NULL, &texts[i] };
    for (size_t i = 0; i < ARRAY_LEN(titles); i++)
        tests[n++] = (struct CMUnitTest){ titles[i].name, title_row, NULL, NULL, &titles[i] };
    for (size_t i = 0; i < ARRAY_LEN(ties); i++)
        tests[n++] = (struct CMUnitTest){ ties[i].name, tie_row, NULL, NULL, &ties[i] };
    for (size_t i = 0; i < ARRAY_LEN(faults); i++)
        tests[n++] = (struct CMUnitTest){ faults[i].name, fault_row, NULL, NULL, &faults[i] };
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(there_is_room_for_so_many_clues_and_no_more);
    return cmocka_run_group_tests_name("tools/connect/ties", tests, NULL, NULL);
}
