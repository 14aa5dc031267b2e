/* A source that tells again what it told before: what is corrected, taken back and gone. */
#include "ledger/store/store.h"
#include "tests/support/check.h"
#include "tools/cmd/import_again.h"
#include "tools/import/csv/csv_id.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define PREFIX "csv:t/"
enum { NOW_US = 1000000, ARGS = 40 };

/* Imports, one after another: "A=x" tells that deal A is in stage x, under the id "csv:t/A/s".
 * "snapshot" is an import of whole deals, which takes back what it lacks; "hand ID" is a retraction
 * by hand. `want` has a letter for each telling: n new, s the same, c corrected, ! refused; b for
 * each that is taken back, then the deals that are gone; last come the ids and stages of the events
 * that then stand. */
struct row {
    const char *name, *imports[6], *want;
};
static const struct row keyed[] = {
    { "what was never told is new", { "A=x B=y" }, "nn; A/s=x B/s=y" },
    { "told the same, it is a duplicate", { "A=x", "A=x" }, "n s; A/s=x" },
    { "with other content, it is corrected", { "A=x", "A=y" }, "n c; A/s/as/#.1=y" },
    { "and is a duplicate after that", { "A=x", "A=y", "A=y" }, "n c s; A/s/as/#.1=y" },
    { "corrected again, it has the next number",
      { "A=x", "A=y", "A=z", "A=z" },
      "n c c s; A/s/as/#.2=z" },
    { "and back to what it was first", { "A=x", "A=y", "A=x", "A=x" }, "n c c s; A/s/as/#.2=x" },
    { "what one import tells twice is told once", { "A=x A=x" }, "ns; A/s=x" },
    { "but not otherwise", { "A=x A=y" }, "n!; A/s=x" },
    { "nor after a correction", { "A=x", "A=y A=z" }, "n c!; A/s/as/#.1=y" },
    { "what does not come stays, where deals are not whole",
      { "A=x B=y", "A=x" },
      "nn s; A/s=x B/s=y" },
    { "retracted by hand, it stays retracted", { "A=x", "hand csv:t/A/s", "A=x" }, "n h s;" },
    { "until it comes with other content",
      { "A=x", "hand csv:t/A/s", "A=y", "A=y" },
      "n h c s; A/s/as/#.1=y" },
    { "a retraction by hand, retracted, is none",
      { "A=x", "hand csv:t/A/s", "hand hand1", "A=x" },
      "n h h s; A/s=x" },
    { "of what was told before the last correction it means nothing",
      { "A=x", "A=y", "hand csv:t/A/s/retracted", "A=y" },
      "n c h s; A/s=x A/s/as/#.1=y" },
    { "a whole deal has no more than is told",
      { "A=x A2=y", "snapshot A=x" },
      "nn sgA2; A/s=x A2/s=y" },
    { "what a deal that comes no more has is taken back",
      { "A=x A+=y", "snapshot A=x", "snapshot A=x" },
      "nn sb s; A/s=x" },
    { "and stands again when it is told again",
      { "A=x A+=y", "snapshot A=x", "snapshot A=x A+=y", "snapshot A=x A+=y" },
      "nn sb sc ss; A/s=x A/+/as/#.1=y" },
    { "given back by hand, it is taken back again",
      { "A=x A+=y", "snapshot A=x", "hand csv:t/A/+/retracted", "snapshot A=x",
        "hand csv:t/A/+/retracted/2", "snapshot A=x" },
      "nn sb h sb h sb; A/s=x" },
    { "deals that are gone are named, and stay",
      { "A=x B=y C=z", "snapshot B=y" },
      "nnn sgAgC; A/s=x B/s=y C/s=z" },
    { "those of another map are none of ours",
      { "other=x", "snapshot B=y" },
      "n n; other=x B/s=y" },
};

/* The same without a key: "A=x@eve" says who did it, too, and "A=x~word" is how the row writes it,
 * which the id of scheme 1 is made of; "old" is an import that gave such ids, and "correct" one
 * that may correct. The ids that stand are without what they say. */
static const struct row keyless[] = {
    { "what comes again is the same",
      { "A=x B=y", "B=y A=x" },
      "nn ss; A/stageChanged/##=x B/stageChanged/##=y" },
    { "equal ones are counted",
      { "A=x A=x", "A=x A=x" },
      "nn ss; A/stageChanged/##=x A/stageChanged/##.2=x" },
    { "one more is new",
      { "A=x", "A=x A=x", "A=x" },
      "n sn s; A/stageChanged/##=x A/stageChanged/##.2=x" },
    { "another spelling is the same", { "A=x~1", "A=x~2" }, "n s; A/stageChanged/##=x" },
    { "another content is new", { "A=x", "A=y" }, "n n; A/stageChanged/##=x A/stageChanged/##=y" },
    { "by somebody else it is a conflict", { "A=x@eve", "A=x@bob" }, "n !; A/stageChanged/##=x" },
    { "or a correction",
      { "A=x@eve", "correct A=x@bob", "correct A=x@bob" },
      "n c s; A/stageChanged/##/as/#.1=x" },
    { "but whose is whose does not go by their order",
      { "A=x@a A=x@b", "A=x@b A=x@a" },
      "nn ss; A/stageChanged/##=x A/stageChanged/##.2=x" },
    { "what has an old id is the same", { "old A=x", "A=x" }, "o s; A/x/s=x" },
    { "also in another spelling", { "old A=x~1 A=x~2", "A=x~3 A=x~2" }, "oo ss; A/1/s=x A/2/s=x" },
    { "and equal ones beyond the old ones are new",
      { "old A=x", "A=x A=x", "A=x A=x" },
      "o sn ss; A/x/s=x A/stageChanged/##.2=x" },
    { "as is what was not there before",
      { "old A=x", "A=x A=y" },
      "o sn; A/x/s=x A/stageChanged/##=y" },
    { "an old row that says something else now is a conflict",
      { "old A=x~1", "A=y~1" },
      "o !; A/1/s=x" },
    { "or a correction", { "old A=x~1", "correct A=y~1", "A=y~2" }, "o c s; A/1/s/as/#.1=y" },
    { "after which the number that is free is given",
      { "old A=x~1", "A=x~1 A=x~2", "correct A=y~1", "A=x~3 A=x~4" },
      "o sn c sn; A/stageChanged/##.2=x A/1/s/as/#.1=y A/stageChanged/##=x" },
    { "a whole deal has what it has now",
      { "A=x B=x", "snapshot A=y" },
      "nn nbgB; B/stageChanged/##=x A/stageChanged/##=y" },
    { "of old ones, too",
      { "old A=x A=y", "snapshot A=y~1 A=z" },
      "oo snb; A/y/s=y A/stageChanged/##=z" },
    { "what was taken back stands again",
      { "A=x A=y", "snapshot A=y", "snapshot A=x A=y", "snapshot A=y A=x" },
      "nn sb cs ss; A/stageChanged/##=y A/stageChanged/##/as/#.1=x" },
    { "one of equal ones that was retracted by hand is not the one that stays",
      { "old A=x~1 A=x~2", "hand csv:t/A/1/s", "snapshot A=x~3" },
      "oo h s; A/2/s=x" },
};

struct world {
    struct importer source;
    struct csv_seen said;
    bool old;
    bc_log *log;
    import_again *again;
    bc_append *append;
    struct bc_buf got;
    unsigned hands;
    struct bc_err err;
};

static void commit(struct world *world)
{
    check_ok(bc_append_commit(world->append, &world->err), &world->err);
    bc_append_free(world->append);
    world->append = NULL;
}

static void add(struct world *world, struct bc_event event, struct bc_str old_id)
{
    const struct bc_str before = event.id;
    struct bc_event retraction;
    bc_status rc =
        import_again_tell(world->again, &event, &retraction, old_id, NOW_US, &world->err);

    if (rc == BC_OK)
        rc = bc_append_add(world->append, &event, 0, false, NULL, NULL, &world->err);
    if (rc == BC_E_CONFLICT) {
        bc_buf_add_byte(&world->got, '!');
        return;
    }
    check_ok(rc, &world->err);
    bc_buf_add_byte(&world->got, rc == BC_DONE                 ? 's'
                                 : strstr(event.id.at, "/as/") ? 'c'
                                 : before.len > 0              ? 'n'
                                                               : '?');
    if (retraction.body != BC_NO_BODY)
        check_ok(bc_append_add(world->append, &retraction, 0, false, NULL, NULL, &world->err),
                 &world->err);
    import_again_told(world->again);
}

/* "A=x", or "A+=x" for another event of the deal; "other=x" is of another source. */
static void tell_by_key(struct world *world, const char *text)
{
    const char *equals = strchr(text, '=');
    size_t deal = strcspn(text, "+=");
    bool other = strncmp(text, "other", 5) == 0;
    char id[64];
    struct bc_event event = {
        .body = BC_STAGE_CHANGED, .deal = { text, deal }, .has_occurred = true, .occurred_us = 1
    };

    (void)snprintf(id, sizeof(id), other ? "other" : PREFIX "%.*s/%c", (int)deal, text,
                   equals[-1] == '+' ? '+' : 's');
    event.id = bc_str_of(id);
    event.value[BC_STAGE_CHANGED_TO].text = bc_str_of(equals + 1);
    add(world, event, (struct bc_str){ 0 });
}

static void tell_by_content(struct world *world, const char *text)
{
    const char *equals = strchr(text, '='), *by = strchr(text, '@'), *row = strchr(text, '~');
    struct bc_event event = { .body = BC_STAGE_CHANGED,
                              .deal = { text, (size_t)(equals - text) },
                              .has_occurred = true,
                              .occurred_us = 1 };
    struct bc_buf id = { 0 }, old_id = { 0 };
    const struct csv_sight *before;
    struct csv_digest said;

    event.value[BC_STAGE_CHANGED_TO].text =
        (struct bc_str){ equals + 1, strcspn(equals + 1, "@~") };
    if (by)
        event.actor = bc_str_of(by + 1);
    bc_buf_printf(&old_id, PREFIX "%.*s/%s/s", BC_STR_ARG(event.deal), row ? row + 1 : equals + 1);
    said = csv_id_said(&event);
    csv_seen_add(&world->said, said, said, 0);
    before = csv_seen_find(&world->said, said);
    csv_id_event(&id, PREFIX, &event, said, before->times);
    event.id = bc_buf_str(world->old ? &old_id : &id);
    if (world->old) {
        check_ok(bc_append_add(world->append, &event, 0, false, NULL, NULL, &world->err),
                 &world->err);
        bc_buf_add_byte(&world->got, 'o');
    } else {
        add(world, event, bc_buf_str(&old_id));
    }
    bc_buf_release(&id);
    bc_buf_release(&old_id);
}

static void by_hand(struct world *world, const char *target)
{
    char id[16];
    struct bc_event event = { .body = BC_RETRACTED, .has_occurred = true, .occurred_us = 1 };

    (void)snprintf(id, sizeof(id), "hand%u", ++world->hands);
    event.id = bc_str_of(id);
    event.value[BC_RETRACTED_EVENT].text = bc_str_of(target);
    check_ok(bc_append_add(world->append, &event, 0, false, NULL, NULL, &world->err), &world->err);
    bc_buf_add_byte(&world->got, 'h');
}

static void rest(struct world *world)
{
    struct bc_event retraction;
    const struct bc_str *gone;
    size_t n;

    while (import_again_rest(world->again, &retraction, NOW_US) == BC_OK) {
        check_ok(bc_append_add(world->append, &retraction, 0, false, NULL, NULL, &world->err),
                 &world->err);
        bc_buf_add_byte(&world->got, 'b');
    }
    n = import_again_gone(world->again, &gone);
    for (size_t i = 0; i < n; i++) {
        bc_buf_add_byte(&world->got, 'g');
        bc_buf_add_str(&world->got, gone[i]);
    }
}

static void import(struct world *world, const char *text)
{
    char words[128], *at = words, *word;
    bool by_content = world->source.by_content, whole = strncmp(text, "snapshot", 8) == 0;

    world->old = strncmp(text, "old", 3) == 0;
    world->source.corrects = !by_content || whole || strncmp(text, "correct", 7) == 0;
    (void)snprintf(words, sizeof(words), "%s", text);
    check_ok(bc_append_open(&world->append, world->log, NOW_US, &world->err), &world->err);
    check_ok(import_again_read(&world->again, world->log, &world->source, &world->err),
             &world->err);
    while ((word = strsep(&at, " "))) {
        if (strcmp(word, "hand") == 0)
            by_hand(world, strsep(&at, " "));
        else if (strchr(word, '=') && by_content)
            tell_by_content(world, word);
        else if (strchr(word, '='))
            tell_by_key(world, word);
    }
    if (whole)
        rest(world);
    import_again_free(world->again);
    world->again = NULL;
    csv_seen_release(&world->said);
    commit(world);
}

/* " A/s/as/#.1=y": without the prefix, and without the digest. */
static void print_event(struct bc_buf *out, const struct bc_event *event)
{
    size_t from = strncmp(event->id.at, PREFIX, sizeof(PREFIX) - 1) == 0 ? sizeof(PREFIX) - 1 : 0;
    size_t hex = 0;

    bc_buf_add_byte(out, ' ');
    for (size_t i = from; i < event->id.len; i++) {
        hex = isxdigit((unsigned char)event->id.at[i]) ? hex + 1 : 0;
        bc_buf_add_byte(out, event->id.at[i]);
        if (hex == 16) {
            out->len -= 16;
            bc_buf_add_byte(out, '#');
            hex = 0;
        }
    }
    bc_buf_printf(out, "=%.*s", BC_STR_ARG(event->value[BC_STAGE_CHANGED_TO].text));
}

/* Whether the chain of retractions that names an event leaves it there. */
static bool stands(const bool *retracted, const uint64_t *target, uint64_t size, uint64_t seq)
{
    for (uint64_t i = seq + 1; i <= size; i++)
        if (target[i] == seq && retracted[i] && stands(retracted, target, size, i))
            return false;
    return true;
}

static void print_standing(struct world *world)
{
    bool retracted[ARGS] = { false };
    uint64_t target[ARGS] = { 0 }, root, size = bc_log_head(world->log)->size;
    const struct bc_event *event;
    bc_cursor *cursor = NULL;

    assert_true(size < ARGS);
    for (uint64_t i = 1; i <= size; i++) {
        bc_status rc = bc_log_retraction(world->log, i, &target[i], &root, &world->err);

        check_ok(rc, &world->err);
        retracted[i] = rc == BC_OK;
    }
    check_ok(bc_cursor_open(&cursor, world->log, 1, size, &world->err), &world->err);
    for (uint64_t i = 1; i <= size; i++) {
        check_ok(bc_cursor_next(cursor, &event, NULL, &world->err), &world->err);
        if (!retracted[i] && stands(retracted, target, size, i))
            print_event(&world->got, event);
    }
    bc_cursor_free(cursor);
}

static void check_story(const struct row *row, bool is_by_content)
{
    struct world world = { .source = { .prefix = PREFIX, .by_content = is_by_content } };

    check_ok(bc_log_open(&world.log, bc_store_memory(), true, NULL, &world.err), &world.err);
    for (size_t i = 0; i < ARRAY_LEN(row->imports) && row->imports[i]; i++) {
        if (i)
            bc_buf_add_byte(&world.got, ' ');
        import(&world, row->imports[i]);
    }
    bc_buf_add_byte(&world.got, ';');
    print_standing(&world);
    bc_buf_add_byte(&world.got, '\0');
    if (strcmp(world.got.at, row->want) != 0)
        fail_msg("%s:\n got %s\nwant %s", row->name, world.got.at, row->want);
    bc_buf_release(&world.got);
    bc_log_close(world.log);
}

static void test_by_key(void **state)
{
    (void)state;
    for (size_t r = 0; r < ARRAY_LEN(keyed); r++)
        check_story(&keyed[r], false);
}

static void test_by_content(void **state)
{
    (void)state;
    for (size_t r = 0; r < ARRAY_LEN(keyless); r++)
        check_story(&keyless[r], true);
}

/* What could not be appended counts for nothing. */
static void test_refused(void **state)
{
    struct world world = { .source = { .prefix = PREFIX, .corrects = true } };
    struct bc_event retraction, event = { .id = BC_STR(PREFIX "A/s"),
                                          .body = BC_STAGE_CHANGED,
                                          .deal = BC_STR("A"),
                                          .has_occurred = true };

    (void)state;
    check_ok(bc_log_open(&world.log, bc_store_memory(), true, NULL, &world.err), &world.err);
    import(&world, "A=x");
    check_ok(import_again_read(&world.again, world.log, &world.source, &world.err), &world.err);
    event.value[BC_STAGE_CHANGED_TO].text = BC_STR("");
    assert_int_equal(import_again_tell(world.again, &event, &retraction, (struct bc_str){ 0 },
                                       NOW_US, &world.err),
                     BC_E_INPUT);
    event.value[BC_STAGE_CHANGED_TO].text = BC_STR("y");
    check_ok(import_again_tell(world.again, &event, &retraction, (struct bc_str){ 0 }, NOW_US,
                               &world.err),
             &world.err);
    event.id = BC_STR(PREFIX "A/s"); /* and not appended: the next may differ */
    event.value[BC_STAGE_CHANGED_TO].text = BC_STR("z");
    check_ok(import_again_tell(world.again, &event, &retraction, (struct bc_str){ 0 }, NOW_US,
                               &world.err),
             &world.err);
    assert_int_equal(retraction.body, BC_RETRACTED);
    import_again_told(world.again);
    assert_int_equal(import_again_rest(world.again, &retraction, NOW_US), BC_DONE);
    import_again_free(world.again);
    bc_buf_release(&world.got);
    bc_log_close(world.log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_key),
        cmocka_unit_test(test_by_content),
        cmocka_unit_test(test_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
