/* tests/tools/import/csv/test_csv_map.c - a map is read, or refused at the line and column of its
 * fault. */
#include "tests/support/check.h"
#include "tools/cmd/pages.h"
#include "tools/import/csv/csv_map.h"

#define HEAD "name: x\ndeal: \"{d}\"\ntime: { column: t }\n"
#define MOVE "events:\n  - stageChanged: { to: \"{s}\" }\n"

#define TWO "crosswalks: { st: { values: { A: { B: b } } } }\n"

static struct bad {
    const char *name, *yaml, *place, *message;
} bads[] = {
    { "an empty map", "", "m.yaml:1:1", NULL },
    { "no YAML", "name: [x\n", NULL, NULL },
    { "a map without a name", "deal: x\n" MOVE, "m.yaml:1:1", NULL },
    { "a name that would break ids", "name: a/b\n" MOVE, "m.yaml:1:7",
      "expected letters, digits, `_`, `.` and `-` only" },
    { "a map that makes nothing", HEAD, "m.yaml:1:1", "a map needs `events` or `properties`" },
    { "a word that no map has", HEAD "colums: a\n" MOVE, "m.yaml:4:1", NULL },
    { "an encoding that is none", HEAD "encoding: latin-9\n" MOVE, "m.yaml:4:11", NULL },
    { "a way with conflicts that is none", HEAD "on_conflict: skip\n" MOVE, "m.yaml:4:14", NULL },
    { "a kind of table that is none", HEAD "table: whole\n" MOVE, "m.yaml:4:8", NULL },
    { "a snapshot that does not correct", HEAD "on_conflict: error\ntable: snapshot\n" MOVE,
      "m.yaml:4:14", "a snapshot corrects; leave `on_conflict` out" },
    { "an event that is none", HEAD "events:\n  - stageChange: { to: a }\n", "m.yaml:5:5", NULL },
    { "an entry without an event", HEAD "events:\n  - when: { s: a }\n", "m.yaml:5:5",
      "expected an event, as `stageChanged: { to: … }`" },
    { "two events in one entry", HEAD "events:\n  - dealCreated: {}\n    dealDeleted: {}\n",
      "m.yaml:6:5", "one entry makes one event" },
    { "a field that the event lacks", HEAD "events:\n  - stageChanged: { into: a }\n",
      "m.yaml:5:21", NULL },
    { "a needed field that is not given", HEAD "events:\n  - stageChanged: { from: a }\n",
      "m.yaml:5:5", "stageChanged needs its field `to`" },
    { "an event that needs a deal", "name: x\ntime: { column: t }\n" MOVE, "m.yaml:4:5",
      "stageChanged needs a `deal`" },
    { "an event without a time", "name: x\ndeal: \"{d}\"\n" MOVE, "m.yaml:4:5",
      "a time without a column" },
    { "two events of one name", HEAD MOVE "  - stageChanged: { to: a }\n", "m.yaml:6:5",
      "a second event of the map is \"stageChanged\"; give it an `id` of its own" },
    { "a time without a zone",
      "name: x\ndeal: d\ntime: { column: t, formats: [\"%Y-%m-%d %H:%M\"] }\n" MOVE, "m.yaml:5:5",
      "times written \"%Y-%m-%d %H:%M\" need a `zone`" },
    { "a date without a time of day",
      "name: x\ndeal: d\ntime: { column: t, zone: UTC, formats: [\"%Y-%m-%d\"] }\n" MOVE,
      "m.yaml:5:5", "dates written \"%Y-%m-%d\" need a time of day: `at`" },
    { "a zone that is none", "name: x\ndeal: d\ntime: { column: t, zone: Europe/Rom }\n" MOVE,
      "m.yaml:3:26", NULL },
    { "no time of day", "name: x\ndeal: d\ntime: { column: t, at: \"25:00\" }\n" MOVE,
      "m.yaml:3:24", "no time of day, expected one as \"09:30\"" },
    { "a format that tells no day",
      "name: x\ndeal: d\ntime: { column: t, formats: [\"%H:%M\"] }\n" MOVE, "m.yaml:3:30", NULL },
    { "a part of a time that is none",
      "name: x\ndeal: d\ntime: { column: t, formats: [rfc3339, \"%Y-%m-%D\"] }\n" MOVE,
      "m.yaml:3:39", NULL },
    { "a way with times shown twice that is none",
      "name: x\ndeal: d\ntime: { column: t, twice: last }\n" MOVE, "m.yaml:3:27", NULL },
    { "a way with times that do not exist that is none",
      "name: x\ndeal: d\ntime: { column: t, missing: back }\n" MOVE, "m.yaml:3:29", NULL },
    { "a date in seconds since 1970, of which no zone makes a day",
      "name: x\ndeal: d\ntime: { column: t }\nproperties: { p: { name: a, formats: [epoch_s] } }\n",
      "m.yaml:4:18", "times written \"epoch_s\" need a `zone`" },
    { "a date of another column than the property's",
      HEAD "properties: { p: { name: a, day: q, formats: [rfc3339] } }\n", "m.yaml:4:34",
      "expected the property's own column, \"p\"" },
    { "a date with a crosswalk",
      HEAD "properties: { p: { name: a, crosswalk: b, formats: [rfc3339] } }\n", "m.yaml:4:29",
      "a date has no crosswalk" },
    { "an event that has no value to be empty", HEAD MOVE "    empty: unset\n", "m.yaml:6:5",
      "only propertyChanged has a value that may be so" },
    { "a way with a value that is no date that is none",
      HEAD "properties: { p: { name: a, no_day: drop } }\n", "m.yaml:4:37", NULL },
    { "a list of words without one", HEAD "properties: { p: { name: a, empty_as: [] } }\n",
      "m.yaml:4:39", "expected one at least" },
    { "a way with ids in exponent form that is none", HEAD "exponents: cut\n" MOVE, "m.yaml:4:12",
      NULL },
    { "a column that may be lacking and that nothing reads", HEAD MOVE "optional_columns: [s, q]\n",
      "m.yaml:6:23", "nothing else in the map names this column" },
    { "a column that may be lacking and that orders the rows",
      HEAD MOVE "order_by: s\noptional_columns: [s]\n", "m.yaml:7:20",
      "the rows are ordered by this column" },
    { "an order that is none", HEAD "order: newest\n" MOVE, "m.yaml:4:8", NULL },
    { "two orders", HEAD "order: auto\norder_by: s\n" MOVE, "m.yaml:5:1",
      "a table has an `order` or is ordered by a column" },
    { "a stage before the first change, and no change",
      HEAD "events:\n  - dealCreated: {}\ninitial: { from: \"{f}\" }\n", "m.yaml:6:1",
      "`initial` needs one `stageChanged` in `events`" },
    { "a stage before the first of several changes",
      HEAD MOVE "  - stageChanged: { to: a }\n    id: b\ninitial: { from: \"{f}\" }\n",
      "m.yaml:8:1", "`initial` needs one `stageChanged` in `events`" },
    { "a stage before that nothing says", HEAD MOVE "initial: {}\n", "m.yaml:6:10",
      "expected the stage before a change: `from: \"{column}\"`, or { column, crosswalk }" },
    { "a stage before that is the same for all", HEAD MOVE "initial: { from: f }\n", "m.yaml:6:18",
      "expected the stage before a change: `from: \"{column}\"`, or { column, crosswalk }" },
    { "a stage before with the id of another event",
      HEAD MOVE "    id: initial\ninitial: { from: \"{f}\" }\n", "m.yaml:7:1",
      "another event of the map has the id `initial`" },
    { "a list of deals without the column", "name: x\ndeal: { split: \",\" }\n" MOVE, "m.yaml:2:1",
      NULL },
    { "two lists in one event",
      HEAD "events:\n  - lossRecorded: { reason: { list: a }, note: { list: b } }\n", "m.yaml:5:42",
      "a second list: of which is an event each?" },
    { "two columns without a crosswalk",
      HEAD "events:\n  - stageChanged: { to: { columns: [a, b] } }\n", "m.yaml:5:21", NULL },
    { "three columns for a crosswalk",
      HEAD TWO "events:\n  - stageChanged: { to: { columns: [a, b, c], crosswalk: st } }\n",
      "m.yaml:6:36", "expected two columns" },
    { "one column for a crosswalk of two",
      HEAD TWO "events:\n  - stageChanged: { to: { column: s, crosswalk: st } }\n", "m.yaml:6:49",
      "this crosswalk is of two columns: `columns: [a, b]`" },
    { "two columns for a crosswalk of one",
      HEAD "crosswalks: { st: { values: { A: a } } }\n"
           "events:\n  - stageChanged: { to: { columns: [a, b], crosswalk: st } }\n",
      "m.yaml:6:55", "this crosswalk is of one column: its `values` are not nested" },
    { "a crosswalk that is of two columns here, and of one there",
      HEAD "crosswalks: { st: { values: { A: { B: b }, C: c } } }\n" MOVE, "m.yaml:4:47",
      "expected { the second column's word: ours }, as the others have" },
    { "a crosswalk of two columns that keeps other words",
      HEAD "crosswalks: { st: { values: { A: { B: b } }, unmapped: keep } }\n" MOVE, "m.yaml:4:56",
      "of two columns there is no one word to keep" },
    { "a decimal sign that is none", HEAD "properties: { p: { name: a, decimal: dot } }\n",
      "m.yaml:4:38", NULL },
    { "a number with a crosswalk",
      HEAD "properties: { p: { name: a, crosswalk: b, decimal: comma } }\n", "m.yaml:4:29",
      "a number has no crosswalk" },
    { "a date with a decimal sign",
      HEAD "properties: { p: { name: a, decimal: comma, formats: [rfc3339] } }\n", "m.yaml:4:29",
      "a date is no number" },
    { "a time that is fixed and has a column",
      "name: x\ndeal: d\ntime: { column: t, fixed: \"2025-01-01T00:00:00Z\" }\n" MOVE,
      "m.yaml:3:20", "a time has a column or is fixed" },
    { "a crosswalk that is not there",
      HEAD "events:\n  - stageChanged: { to: { column: s, crosswalk: st } }\n", "m.yaml:5:49",
      "no crosswalk of that name in `crosswalks`" },
    { "a way with other words that is none",
      HEAD "crosswalks: { a: { values: { x: y }, unmapped: drop } }\n" MOVE, "m.yaml:4:48", NULL },
    { "a brace that is no column's", "name: x\ndeal: \"{d\"\n" MOVE, "m.yaml:2:7",
      "a brace that belongs to no column, expected {column} or {{" },
    { "a column that is used and ignored", HEAD "ignore_columns: [a, s]\n" MOVE, "m.yaml:4:21",
      "this column is used on line 6" },
    { "a condition that asks nothing", HEAD "skip_rows: [{ s: {} }]\n" MOVE, "m.yaml:4:18",
      "expected `not`, `empty` or `matches`" },
    { "a condition that is no map", HEAD "skip_rows: s\n" MOVE, "m.yaml:4:12", NULL },
    { "a delimiter of two characters", HEAD "delimiter: \"::\"\n" MOVE, "m.yaml:4:12",
      "expected comma, semicolon, tab, pipe or one ASCII character" },
    { "a list where yes or no belongs",
      HEAD "events:\n  - dealCreated: { observed: { list: a } }\n", "m.yaml:5:30",
      "this field is no list" },
    { "parts of a date beside a column",
      HEAD "events:\n  - stageChanged: { to: { column: s, zone: UTC } }\n", "m.yaml:5:38", NULL },
    { "a property without a name", HEAD "properties: { a: { empty: skip } }\n", "m.yaml:4:15",
      NULL },
    { "a property's name out of a cell", HEAD "properties: { a: \"{b}\" }\n", "m.yaml:4:18",
      "expected the name of a property" },
};

static void refuse(void **state)
{
    const struct bad *bad = *state;
    struct bc_err err = { 0 };
    csv_map *map = NULL;

    assert_int_equal(csv_map_parse(&map, bc_str_of(bad->yaml), "m.yaml", &err), BC_E_INPUT);
    assert_null(map);
    if (bad->place)
        assert_string_equal(err.context, bad->place);
    if (bad->message)
        assert_string_equal(err.message, bad->message);
    assert_true(err.message[0] != '\0');
    assert_true(bad->yaml[0] == '\0' || strchr(err.excerpt, '^'));
}

static void all_parts_are_read(void **state)
{
    static const char yaml[] =
        "name: x\ndelimiter: tab\nkey: [d, s]\ndeal: \"{{{d}}}\"\n"
        "time: { column: t, formats: [\"%Y-%m-%d\", epoch_ms], zone: Europe/Rome, at: \"09:30\" }\n"
        "crosswalks: { st: { values: { b: two, a: one, c: ~ }, unmapped: keep } }\n"
        "skip_rows: [{ s: [x, y], t: { empty: true } }, { s: { not: z } }]\n"
        "events:\n  - stageChanged: { to: { column: s, crosswalk: st } }\n    time: u\n"
        "properties: { p: tier }\n";
    struct bc_err err = { 0 };
    csv_map *map = NULL;
    const struct bc_str *to;

    (void)state;
    check_ok(csv_map_parse(&map, bc_str_of(yaml), "m.yaml", &err), &err);
    assert_string_equal(map->name, "x");
    assert_int_equal(map->delimiter, '\t');
    assert_int_equal(map->key_n, 2);
    assert_int_equal(map->rule_n, 2);
    assert_string_equal(map->rules[1].label, "propertyChanged:tier");
    assert_int_equal(map->rules[0].about.deal.n, 3); /* a brace, the cell, a brace */
    assert_int_equal(map->rules[0].about.time.format_n, 2);
    assert_int_equal(map->rules[0].about.time.at_us, INT64_C(34200) * BC_SECOND_US /* 9:30 */);
    assert_string_equal(bc_zone_name(map->rules[0].about.time.zone), "Europe/Rome");
    assert_int_equal(map->zone_n, 1);
    assert_int_equal(map->skip.n, 2);
    assert_int_equal(map->skip.any[0].n, 2);
    assert_int_equal(map->crosswalks[0].unmapped, CSV_UNMAPPED_KEEP);
    to = csv_crosswalk_find(&map->crosswalks[0], BC_STR("a"));
    assert_non_null(to);
    assert_true(bc_str_eq(*to, BC_STR("one")));
    to = csv_crosswalk_find(&map->crosswalks[0], BC_STR("c"));
    assert_true(to && to->len == 0);
    assert_null(csv_crosswalk_find(&map->crosswalks[0], BC_STR("d")));
    csv_map_free(map);
}

static void a_map_is_read_from_a_file(void **state)
{
    struct bc_err err = { 0 };
    csv_map *map = NULL;

    (void)state;
    assert_int_equal(csv_map_open(&map, "/tmp/none/such.yaml", &err), BC_E_IO);
    assert_int_equal(csv_map_open(&map, "/tmp", &err), BC_E_IO);
    check_ok(csv_map_open(&map, BC_SOURCE_DIR "/tools/maps/maven-opportunities.yaml", &err), &err);
    csv_map_free(map);
}

/* The page's own example, as whoever begins copies it. */
static void the_example_of_the_page_is_a_map(void **state)
{
    static const char heading[] = "# A WHOLE MAP\n\n```\n";
    const char *begin = strstr(cmd_page("backcast maps")->text, heading);
    const char *end;
    struct bc_err err = { 0 };
    csv_map *map = NULL;

    (void)state;
    assert_non_null(begin);
    begin += sizeof(heading) - 1;
    end = strstr(begin, "\n```\n");
    assert_non_null(end);
    check_ok(csv_map_parse(&map, (struct bc_str){ begin, (size_t)(end - begin) }, "page", &err),
             &err);
    assert_int_equal(map->rule_n, 3);
    csv_map_free(map);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(bads) + 3] = {
        { "each part of a map is read", all_parts_are_read, NULL, NULL, NULL },
        { "the example of the page is a map", the_example_of_the_page_is_a_map, NULL, NULL, NULL },
        { "a map is read from a file, or cannot be", a_map_is_read_from_a_file, NULL, NULL, NULL },
    };

    for (size_t i = 0; i < ARRAY_LEN(bads); i++)
        tests[3 + i] = (struct CMUnitTest){ bads[i].name, refuse, NULL, NULL, &bads[i] };
    return cmocka_run_group_tests_name("tools/import/csv/csv_map", tests, NULL, NULL);
}
