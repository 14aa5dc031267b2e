/* XES logs as events: what is an attribute, what is left out, what is refused and where. */
#include "ledger/base/mem.h"
#include "tests/support/check.h"
#include "tests/support/event_log.h"
#include "tests/support/import.h"

#include <stdio.h>
#include <string.h>

#define MAP                                                                                        \
    "name: x\ndeal: \"{case:concept:name}\"\ntime: time:timestamp\n"                               \
    "events:\n  - stageChanged: { to: \"{concept:name}\" }\n"
#define KEY(type, key, value) "<" type " key=\"" key "\" value=\"" value "\"/>"
#define NAME(text)            KEY("string", "concept:name", text)
#define AT(day)               KEY("date", "time:timestamp", "2025-03-" day "T10:00:00Z")
#define EVENT(name, day)      "<event>" NAME(name) AT(day) "</event>"
#define STEP(word)            KEY("string", "lifecycle:transition", word)
#define STEPS                 "    when: { lifecycle:transition: [start, complete] }\n"
#define SIXTY                 "123456789012345678901234567890123456789012345678901234567890"
#define LACKS                 "no event with a case, a concept:name and a time:timestamp; of "

/* A log, its elements a line each where the line matters. */
static struct row {
    const char *name, *map, *log, *want;
} rows[] = {
    { "an event is one of its case", MAP,
      "<log><trace>" NAME("a") EVENT("s", "01") EVENT("t", "02") "</trace></log>",
      "a 2025-03-01T10:00:00Z stageChanged to=s\na 2025-03-02T10:00:00Z stageChanged to=t\n" },
    { "prefixes of elements mean nothing, declarations are passed over", MAP,
      "<?xml version=\"1.0\"?>\n<x:log xmlns:x=\"u\"><x:extension name=\"n\"/><x:global "
      "scope=\"event\">"
      "<x:string key=\"k\" value=\"v\"/></x:global><x:classifier keys=\"k\"/><x:string key=\"k\" "
      "value=\"v\"/>"
      "<x:trace><x:string key=\"concept:name\" value=\"a\"/><x:event>"
      "<x:string key=\"concept:name\" value=\"s\"/>"
      "<x:date key=\"time:timestamp\" "
      "value=\"2025-03-01T12:00:00+02:00\"/></x:event></x:trace></x:log>",
      "a 2025-03-01T10:00:00Z stageChanged to=s\n" },
    { "attributes of any type are columns, those of the case too",
      MAP "properties: { case:n: n, k: k }\nactor: \"{who}\"\n",
      "<log><trace>" NAME("a") KEY("int", "n", "7") "<event>" NAME("s") AT("01")
          KEY("boolean", "k", "true")
              KEY("id", "who", "u1") "</event>" EVENT("t", "02") "</trace></log>",
      "a 2025-03-01T10:00:00Z stageChanged to=s by u1\n"
      "a 2025-03-01T10:00:00Z propertyChanged name=n value=7 by u1\n"
      "a 2025-03-01T10:00:00Z propertyChanged name=k value=true by u1\n"
      "a 2025-03-02T10:00:00Z stageChanged to=t\n"
      "a 2025-03-02T10:00:00Z propertyChanged name=n value=7\n" },
    { "lists, containers and what is within are passed over, of the log without a word",
      MAP "ignore_columns: [cost]\n",
      "<log xes.version=\"1849.2016\" xes.features=\"nested-attributes\">"
      "<extension name=\"C\" prefix=\"concept\" uri=\"u\"/><global scope=\"trace\">" NAME(
          "__INVALID__") "</global><classifier name=\"n\" scope=\"event\" keys=\"concept:name\"/>"
                         "<float key=\"l\" value=\"1\">" KEY(
                             "int", "m",
                             "2") "</float>"
                                  "<list key=\"l\"><values>" KEY(
                                      "string", "i",
                                      "1") "</values></list>"
                                           "<trace>" NAME("a") "<list key=\"l\">" KEY(
                                               "id", "j", "u") "<values>" KEY("string", "i", "1")
                                               KEY("string", "i",
                                                   "2") "</values></list><event>" NAME("s")
                                                   AT("01") "<float key=\"cost\" "
                                                            "value=\"1E2\">" KEY(
                                                                "string", "currency",
                                                                "EUR") "</float>"
                                                                       "<container key=\"c\">" KEY(
                                                                           "boolean", "b",
                                                                           "true") "</container></"
                                                                                   "event></"
                                                                                   "trace></log>",
      "a 2025-03-01T10:00:00Z stageChanged to=s\n"
      "nested: 3 attributes within others, or lists of some, were passed over (the first on line "
      "1)\n" },
    { "values keep their quotes, commas and line ends", MAP,
      "<log><trace>" NAME("a&quot;,&#10;b&#39; &amp;") EVENT("s", "01") "</trace></log>",
      "a\",\nb' & 2025-03-01T10:00:00Z stageChanged to=s\n" },
    { "steps are in small letters, and none is empty",
      MAP STEPS "skip_rows: [ { lifecycle:transition: [\"\", suspend] } ]\n",
      "<log><trace>" NAME("a") "<event>" NAME("s") AT("01") STEP("START") "</event><event>" NAME(
          "s") AT("02") STEP("Complete") "</event><event>" NAME("s") AT("03")
          STEP("suspend") "</event>" EVENT("s", "04") "</trace></log>",
      "a 2025-03-01T10:00:00Z stageChanged to=s\na 2025-03-02T10:00:00Z stageChanged to=s\nskipped "
      "2\n" },
    { "what lacks something is left out, and counted",
      MAP STEPS "skip_rows: [ { lifecycle:transition: [\"\", done, over] } ]\n",
      "<log>\n<trace>" NAME("a") "\n<event>" AT("01") "</event>\n<event>" NAME(
          "s") "</event>\n<event>" NAME("s") AT("02") STEP("done") "</event>\n<event>" NAME("s")
          AT("03") STEP("over") "</event>\n"
                                "<event>" NAME("t") AT("04")
                                    STEP("start") "</event></trace>\n<trace>" EVENT(
                                        "s", "01") "</trace>\n" EVENT("s", "01") "</log>",
      "a 2025-03-04T10:00:00Z stageChanged to=t\n"
      "skipped 2\n"
      "no_trace: 1 event outside of a trace was left out (line 9)\n"
      "no_case: 1 event of a case without concept:name was left out (line 8)\n"
      "no_name: 1 event without concept:name was left out (line 3)\n"
      "no_time: 1 event without time:timestamp was left out (line 4)\n"
      "own_step: 2 events have a lifecycle:transition that XES does not name, and are taken with "
      "it (the first on line 5), \"done\"\n" },
    { "steps of a lifecycle of its own are as they stand",
      MAP "    when: { lifecycle:transition: In Progress }\n",
      "<log><trace>" NAME("a") "<event>" NAME("s") AT("01")
          STEP("In Progress") "</event></trace></log>",
      "a 2025-03-01T10:00:00Z stageChanged to=s\n"
      "own_step: 1 event has a lifecycle:transition that XES does not name, and is taken with it "
      "(line 1), \"In Progress\"\n" },
    { "one that the map does not name is no event", MAP STEPS,
      "<log><trace>" NAME("a") "\n <event>" NAME("s") AT("01")
          STEP("done") "</event></trace></log>",
      "!:2:2: the map makes no event of this row, and does not skip it\n"
      "own_step: 1 event has a lifecycle:transition that XES does not name, and is taken with it "
      "(line 2), \"done\"\n" },
    { "a long step that nobody knows is shown up to a whole character",
      MAP "ignore_columns: [lifecycle:transition]\n",
      "<log><trace>" NAME("a") EVENT("s", "01") "\n<event>" NAME("s") AT("02")
          STEP(SIXTY "12\xe5\xa4\xa7") "</event></trace></log>",
      "a 2025-03-01T10:00:00Z stageChanged to=s\na 2025-03-02T10:00:00Z stageChanged to=s\n"
      "own_step: 1 event has a lifecycle:transition that XES does not name, and is taken with it "
      "(line 2), \"" SIXTY "12\"\n" },
    { "so is a long key of an attribute that stands twice", MAP,
      "<log><trace>" NAME("a") "\n<event>" NAME("s") AT("01")
          KEY("string", SIXTY SIXTY SIXTY "123456789012345678\xe5\xa4\xa7", "1")
              KEY("string", SIXTY SIXTY SIXTY "123456789012345678\xe5\xa4\xa7",
                  "2") "</event></trace></log>",
      "!:2:328: the attribute \"" SIXTY SIXTY SIXTY "123456789012345678\" twice\n" },
    { "attributes within others are passed over, and counted", MAP "ignore_columns: [k]\n",
      "<log><trace>" NAME("a") "<list key=\"l\"><string key=\"i\" value=\"1\"/></list><event>" NAME(
          "s") AT("01") "<string key=\"k\" value=\"v\">" KEY("string", "in",
                                                             "v") "</string></event></trace></log>",
      "a 2025-03-01T10:00:00Z stageChanged to=s\n"
      "nested: 2 attributes within others, or lists of some, were passed over (the first on line "
      "1)\n" },
    { "a value that is none has its line", MAP,
      "<log><trace>" NAME("a")
          EVENT("s", "01") "\n" EVENT("s", "xx") "\n" EVENT("t", "03") "</trace></log>",
      "a 2025-03-01T10:00:00Z stageChanged to=s\n"
      "!:2:1: \"2025-03-xxT10:00:00Z\" is no time from 1970 to 9999, expected it written "
      "\"rfc3339\"\n"
      "a 2025-03-03T10:00:00Z stageChanged to=t\n" },
    { "a column that the map does not know", MAP,
      "<log><trace>" NAME("a") "<event>" NAME("s") AT("01")
          KEY("string", "k", "v") "</event></trace></log>",
      "!:1:153: /map does not say what 1 column means: \"k\" (those to leave out belong in "
      "`ignore_columns`); `backcast help maps` says what a map has\n" },
    { "nothing at all", MAP, "", "!:1:1: no element found\n" },
    { "no log", MAP, "<html/>", "!:1:1: no XES log, expected the element <log>\n" },
    { "no event", MAP, "<log/>", "!:1:1: no event in a trace\n" },
    { "no event of use is said with what lacks first, and where", MAP,
      "<log><trace>" NAME("a") "\n  <event>" NAME("s") "</event><event>" AT(
          "01") "</event></trace></log>",
      "!:2:3: " LACKS "2 events the first has no time:timestamp\n" },
    { "of one in a case without a name, too", MAP,
      "<log>\n<trace>" EVENT("s", "01") "</trace></log>",
      "!:2:8: " LACKS "1 event the first is of a case without a concept:name\n" },
    { "cut", MAP, "<log>\n<trace>", "!:2:8: no element found\n" },
    { "not closed", MAP, "<log>\n<trace></log>", "!:2:10: mismatched tag\n" },
    { "more after it", MAP, "<log/>\n<log/>", "!:2:1: junk after document element\n" },
    { "an entity", MAP, "<!DOCTYPE log [<!ENTITY e \"x\">]>\n<log>&e;</log>",
      "!:1:15: a document type declaration, which a log has not\n" },
    { "one of elsewhere", MAP, "<!DOCTYPE log SYSTEM \"file:///etc/passwd\">\n<log/>",
      "!:1:42: a document type declaration, which a log has not\n" },
    { "one that is not declared", MAP, "<log>&e;</log>", "!:1:6: undefined entity\n" },
    { "no UTF-8", MAP, "<log>\n\xff</log>", "!:2:1: not well-formed (invalid token)\n" },
    { "an encoding that nobody knows", MAP, "<?xml version=\"1.0\" encoding=\"x-own\"?><log/>",
      "!:1:31: unknown encoding\n" },
    { "an attribute without a key", MAP, "<log><trace>\n<string value=\"a\"/></trace></log>",
      "!:2:1: an attribute without a key\n" },
    { "one twice", MAP,
      "<log><trace>" NAME("a") "\n<event>" NAME("s") NAME("t") AT("01") "</event></trace></log>",
      "!:2:46: the attribute \"concept:name\" twice\n" },
    { "one of the case after its events", MAP,
      "<log><trace>" EVENT("s", "01") "\n" NAME("a") "</trace></log>",
      "!:2:1: an attribute of the trace after an event, expected before all of them\n" },
    { "a delimiter in the map", MAP "delimiter: comma\n",
      "<log><trace>" NAME("a") EVENT("s", "01") "</trace></log>",
      "! `delimiter` is for CSV alone\n" },
    { "what is left out is not gone, and no snapshot may take it so", MAP "table: snapshot\n",
      "<log><trace>" NAME("a") EVENT("s", "01") "\n<event>" NAME("s") "</event></trace></log>",
      "!:2:1: an event that is left out, with a map of `table: snapshot`, which would take it for "
      "one "
      "that is gone\n" },
};

static void check_log(const char *map, struct bc_str log, const char *want)
{
    event_log_check(import_xes_print, map, log, want);
}

static void row_test(void **state)
{
    const struct row *row = *state;

    check_log(row->map, bc_str_of(row->log), row->want);
}

static void elements_within_elements(void **state)
{
    struct bc_buf log = event_log_repeated("<log><trace>\n", "<list>", 100, "");

    (void)state;
    check_log(MAP, bc_buf_str(&log), "!:2:589: elements within elements, more than 100 deep\n");
    bc_buf_release(&log);
}

static void a_tag_that_does_not_end(void **state)
{
    struct bc_buf log =
        event_log_repeated("<log>\n<string key=\"", "0123456789abcdef", 200000, "\"/></log>");

    (void)state;
    check_log(MAP, bc_buf_str(&log), "!:2:1: a tag of more than 1 MiB\n");
    bc_buf_release(&log);
}

static void nothing_between_tags_that_does_not_end(void **state)
{
    struct bc_buf log = event_log_repeated("<log>\n", "0123456789abcde\n", 1100000, "</log>");

    (void)state;
    check_log(MAP, bc_buf_str(&log), "!:1052673:11: 16 MiB without a tag\n");
    bc_buf_release(&log);
}

static void many_attributes(void **state)
{
    struct bc_buf log = event_log_repeated(
        "<log><trace>\n", KEY("string", "k", "a value of some length"), 60000, "</trace></log>");

    (void)state;
    check_log(MAP, bc_buf_str(&log), "!:2:2188321: more than 1 MiB of attributes\n");
    bc_buf_release(&log);
}

/* A case of one MiB, told again with each of many short events. */
static void a_table_far_larger_than_its_log(void **state)
{
    struct bc_buf got = { 0 };
    struct bc_buf log = event_log_repeated("<log><trace>" NAME("a") "<string key=\"k\" value=\"",
                                           "0123456789abcdef", 60000, "\"/>\n");

    (void)state;
    for (int i = 0; i < 300; i++)
        bc_buf_add_str(&log, BC_STR(EVENT("s", "01") "\n"));
    bc_buf_add_str(&log, BC_STR("</trace></log>"));
    /* In which line that is noticed is up to the version of expat, which may read ahead. */
    event_log_read(&got, import_xes_print, MAP, bc_buf_str(&log));
    assert_memory_equal(got.at, "!:10", 4);
    assert_string_equal(strchr(got.at, ' '),
                        " the attributes of the cases, repeated with each event, make a table 100 "
                        "times as large as the log\n");
    bc_buf_release(&got);
    bc_buf_release(&log);
}

int main(void)
{
    enum { MADE = 5 };
    struct CMUnitTest tests[ARRAY_LEN(rows) + MADE] = {
        cmocka_unit_test(elements_within_elements),
        cmocka_unit_test(a_tag_that_does_not_end),
        cmocka_unit_test(nothing_between_tags_that_does_not_end),
        cmocka_unit_test(many_attributes),
        cmocka_unit_test(a_table_far_larger_than_its_log),
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[MADE + i] = (struct CMUnitTest){ rows[i].name, row_test, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("tools/import/xes", tests, event_log_begin, event_log_end);
}
