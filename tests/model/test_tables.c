/* tests/model/test_tables.c - the tables of an export say of each deal what the recount finds:
 * visits, properties, where it stands; which events are taken back; and anchors what cohorts count.
 */
#include "projections/cohorts/cohorts.h"
#include "tests/model/law_database.h"
#include "tests/model/recount_world.h"
#include "tests/support/check.h"

enum { WORLDS = 12, TURNS = 3 };

/* One database, and the deals that the recount finds at its date. */
struct compared {
    struct law_database database;
    struct world world;
    bc_arena *arena;
    char as_of[BC_INSTANT_LEN];
};

/* A text of the first row; NULL: it is null, or there is none. Lives until the statement ends. */
static const char *first(sqlite3_stmt *asked)
{
    return sqlite3_step(asked) == SQLITE_ROW ? (const char *)sqlite3_column_text(asked, 0) : NULL;
}

/* Where `want` is empty the answer is null, or no row. */
static void check_text(const struct compared *compared, const char *what, struct bc_str want,
                       const char *sql, const struct bc_str *texts, size_t n)
{
    sqlite3_stmt *asked = law_database_ask(&compared->database, sql, texts, n);
    const char *got = first(asked);

    if (want.len ? !got || !bc_str_eq(bc_str_of(got), want) : got != NULL)
        fail_msg("asked in way %zu, deal %.*s, %s: %s, wanted '%.*s'", compared->database.way,
                 BC_STR_ARG(texts[0]), what, got ? got : "nothing", BC_STR_ARG(want));
    (void)sqlite3_finalize(asked);
}

static long long count_of(const struct compared *compared, const char *sql,
                          const struct bc_str *texts, size_t n)
{
    sqlite3_stmt *asked = law_database_ask(&compared->database, sql, texts, n);
    long long got;

    assert_int_equal(sqlite3_step(asked), SQLITE_ROW);
    got = sqlite3_column_int64(asked, 0);
    (void)sqlite3_finalize(asked);
    return got;
}

/* --- a deal --- */

/* Whether anything was recorded of it up to the date; some events carry a deal, and are about all.
 */
static bool is_told(const struct deal *deal)
{
    for (size_t i = 0; i < deal->folded; i++)
        if (event_tells(deal->events[i]))
            return true;
    return false;
}

static void check_visits(const struct compared *compared, const struct deal *deal)
{
    const struct bc_str texts[] = { deal->id, bc_str_of(compared->as_of) };
    const size_t n = deal->visit_n;

    assert_int_equal(count_of(compared,
                              "SELECT count(*) FROM visits WHERE deal = ?1 AND entered <= ?2",
                              texts, ARRAY_LEN(texts)),
                     n);
    check_text(compared, "stage", n ? deal->visits[n - 1].id : (struct bc_str){ 0 },
               "SELECT stage FROM visits WHERE deal = ?1 AND entered <= ?2 ORDER BY visit DESC",
               texts, ARRAY_LEN(texts));
    assert_int_equal(
        count_of(compared, "SELECT count(*) FROM deals WHERE deal = ?1 AND there", texts, 1),
        !deal->gone && is_told(deal));
}

static void check_property(const struct compared *compared, const struct deal *deal,
                           enum bc_property property)
{
    static const char *const standing[BC_P_N] = {
        [BC_P_DEAL_TYPE] = "SELECT deal_type FROM standings WHERE deal = ?1 AND ",
        [BC_P_CONTRACT_START] = "SELECT contract_start FROM standings WHERE deal = ?1 AND ",
        [BC_P_CONTRACT_END] = "SELECT contract_end FROM standings WHERE deal = ?1 AND ",
        [BC_P_MRR] = "SELECT mrr FROM standings WHERE deal = ?1 AND ",
        [BC_P_RENEWS] = "SELECT renews FROM standings WHERE deal = ?1 AND ",
        [BC_P_PARKED_UNTIL] = "SELECT parked_until FROM standings WHERE deal = ?1 AND ",
    };
    static const char then[] = "(begins IS NULL OR begins <= ?2) AND (ends IS NULL OR ends > ?2)";
    const struct bc_str texts[] = { deal->id, bc_str_of(compared->as_of),
                                    bc_str_of(bc_property_name(property)) };
    struct bc_str value = deal->property[property];
    struct bc_buf sql = { 0 };
    int32_t day;

    bc_buf_printf(&sql, "SELECT value FROM properties WHERE deal = ?1 AND property = ?3 AND %s",
                  then);
    bc_buf_add_byte(&sql, '\0');
    check_text(compared, texts[2].at, value, sql.at, texts, ARRAY_LEN(texts));
    if ((property == BC_P_CONTRACT_START || property == BC_P_CONTRACT_END ||
         property == BC_P_PARKED_UNTIL) &&
        !bc_day_parse(&day, value))
        value.len = 0; /* no date: unset */
    if (deal->gone)
        value.len = 0;
    sql.len = 0;
    bc_buf_printf(&sql, "%s%s", standing[property], then);
    bc_buf_add_byte(&sql, '\0');
    check_text(compared, "standing", value, sql.at, texts, 2);
    bc_buf_release(&sql);
}

static void tables_tell_of_deals_what_the_recount_finds(const struct compared *compared)
{
    for (size_t i = 0; i < compared->world.deal_n; i++) {
        const struct deal *deal = &compared->world.deals[i];

        check_visits(compared, deal);
        for (unsigned property = 0; property < BC_P_N; property++)
            check_property(compared, deal, (enum bc_property)property);
    }
}

/* --- all of them --- */

static void events_are_those_that_count(const struct compared *compared)
{
    const struct world *world = &compared->world;

    for (size_t i = 0; i < world->event_n; i++) {
        const struct bc_str id = world->events[i]->id;

        assert_int_equal(count_of(compared,
                                  "SELECT count(*) FROM events WHERE id = ?1 AND NOT retracted",
                                  &id, 1),
                         1);
    }
    assert_int_equal(count_of(compared, "SELECT count(*) FROM events WHERE NOT retracted", NULL, 0),
                     world->event_n);
}

/* Of every stage, over all deals. */
static void check_anchors(const struct compared *compared, size_t stage)
{
    static const char sql[] = "SELECT count(*) FROM anchors WHERE anchor = 'entry' AND key = ?1 "
                              "AND outcome = ?2";
    const bc_rules *rules = compared->database.world->rules;
    const struct bc_cohort_ask ask = { .anchor = BC_ANCHOR_ENTRY,
                                       .at = (bc_stage_set)1 << stage,
                                       .to = bc_rules_target(rules, (bc_stage_set)1 << stage),
                                       .slice = bc_rules_usual_slice(rules, BC_STR("all")),
                                       .since_us = INT64_MIN,
                                       .mature = BC_NOT_MATURE };
    struct bc_str texts[] = { bc_str_of(rules->stages[stage].id), BC_STR("converted") };
    struct bc_cohorts *cohorts = NULL;
    struct bc_err err = { 0 };

    check_ok(bc_cohorts_make(&cohorts, compared->database.world->timelines,
                             &compared->database.basis.question, &ask, &err),
             &err);
    assert_int_equal(count_of(compared, sql, texts, 2), cohorts->all.converted);
    texts[1] = BC_STR("failed");
    assert_int_equal(count_of(compared, sql, texts, 2), cohorts->all.failed);
    texts[1] = BC_STR("open");
    assert_int_equal(count_of(compared, sql, texts, 2), cohorts->all.open);
    texts[1] = BC_STR("already");
    assert_int_equal(count_of(compared, sql, texts, 2), cohorts->all.already);
    bc_cohorts_free(cohorts);
}

static void compare(const struct law_world *world, size_t way)
{
    struct compared compared = { .arena = bc_arena_new() };
    const struct events *logged = &world->history.logged;

    law_database_open(&compared.database, world, way);
    bc_instant_print(compared.as_of, compared.database.question.as_of_us);
    world_make(&compared.world, logged->at, logged->n, &compared.database.question, compared.arena);
    tables_tell_of_deals_what_the_recount_finds(&compared);
    events_are_those_that_count(&compared);
    for (size_t stage = 0; stage < world->rules->stage_n; stage++)
        check_anchors(&compared, stage);
    law_database_close(&compared.database);
    bc_arena_free(compared.arena);
}

static void tables_agree_with_the_recount(void **state)
{
    (void)state;
    for (unsigned n = 0; n < WORLDS; n++) {
        struct law_world world;

        law_world_open(&world, n);
        for (unsigned turn = 0; turn < TURNS; turn++)
            compare(&world, n + turn);
        law_world_close(&world);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_agree_with_the_recount),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
