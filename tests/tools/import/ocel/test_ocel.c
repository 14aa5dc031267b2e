/* Object-centric event logs as events: what is a row, what an object was then, what is left out,
 * what is refused and where. */
#include "ledger/base/mem.h"
#include "tests/support/check.h"
#include "tests/support/event_log.h"
#include "tests/support/import.h"

#include <stdio.h>
#include <string.h>

/* Logs are written with ' for ", so that they can be read here. */
#define MAP                                                                                        \
    "name: x\ndeal: \"{case:ocel:id}\"\ntime: ocel:time\n"                                         \
    "ignore_columns: [ocel:id, case:ocel:qualifier, object:deal, object:item]\n"                   \
    "optional_columns: [object:deal, object:item]\n"                                               \
    "events:\n  - stageChanged: { to: \"{ocel:type}\" }\n"
#define SKIP  "skip_rows: [ { case:ocel:id: { empty: true } } ]\n"
#define PRICE "properties: { case:price: { name: amount } }\n"
#define MAP_LINKS                                                                                  \
    "name: x\ndeal: \"{case:ocel:id}\"\ntime: ocel:time\nignore_columns: [ocel:id]\n"              \
    "actor: \"{case:ocel:qualifier}|{object:deal}|{object:item}\"\n"                               \
    "events:\n  - stageChanged: { to: \"{ocel:type}\" }\n"

#define LOG(events, objects) "{'events': [" events "],\n'objects': [" objects "]}"
#define TO(object)           "{'objectId': '" object "', 'qualifier': 'q'}"
#define EVENT(type, time, links)                                                                   \
    "{'id': 'e', 'type': '" type "', 'time': '" time "', 'relationships': [" links "]}"
#define DAY(day)             "2025-03-" day "T10:00:00Z"
#define OBJECT(id, type)     "{'id': '" id "', 'type': '" type "'}"
#define PRICED(id, prices)   "{'id': '" id "', 'type': 'deal', 'attributes': [" prices "]}"
#define WAS(time, value)     "{'name': 'price', 'time': '" time "', 'value': " value "}"
#define MOVED(deal, day, to) deal " 2025-03-" day "T10:00:00Z stageChanged to=" to "\n"
#define COST(deal, day, n)                                                                         \
    deal " 2025-03-" day "T10:00:00Z propertyChanged name=amount value=" n "\n"

static struct row {
    const char *name, *map, *log, *want;
} rows[] = {
    { "an event is one of its object", MAP,
      LOG(EVENT("s", DAY("01"), TO("a")), OBJECT("a", "deal")), MOVED("a", "01", "s") },
    { "the objects may come first", MAP,
      "{'objects': [" OBJECT("a", "deal") "], 'events': [" EVENT("s", DAY("01"), TO("a")) "]}",
      MOVED("a", "01", "s") },
    { "of two objects there are two", MAP,
      LOG(EVENT("s", DAY("01"), TO("b") "," TO("a")), OBJECT("a", "deal") "," OBJECT("b", "deal")),
      MOVED("b", "01", "s") MOVED("a", "01", "s") },
    { "of none there is a row without a deal, which a map may skip", MAP SKIP,
      LOG(EVENT("s", DAY("01"), TO("i")) "," EVENT("t", DAY("02"), TO("a")),
          OBJECT("a", "deal") "," OBJECT("i", "item")),
      MOVED("a", "02", "t") "skipped 1\n" },
    { "or not", MAP, LOG(EVENT("s", DAY("01"), ""), OBJECT("a", "deal")),
      "!:1:13: stageChanged has no deal, expected one\n" },
    { "another type is the deals, as the map says", MAP "objects: item\n",
      LOG(EVENT("s", DAY("01"), TO("i") "," TO("a")), OBJECT("a", "deal") "," OBJECT("i", "item")),
      MOVED("i", "01", "s") },
    { "one that the log does not have", MAP "objects: order\n",
      LOG(EVENT("s", DAY("01"), ""), OBJECT("a", "deal") "," OBJECT("i", "item")),
      "!:1:1: no object of the type \"order\"; `objects` in the map says which type is the deals: "
      "the "
      "log has \"deal\", \"item\"\n" },
    { "other objects are lists, the own one is none of them", MAP_LINKS,
      LOG(EVENT("s", DAY("01"), TO("a") "," TO("i") "," TO("b") "," TO("j")),
          OBJECT("a", "deal") "," OBJECT("b", "deal") "," OBJECT("i", "item") "," OBJECT("j",
                                                                                         "item")),
      "a 2025-03-01T10:00:00Z stageChanged to=s by q|b|i;j\n"
      "b 2025-03-01T10:00:00Z stageChanged to=s by q|a|i;j\n" },
    { "an object that is there twice is one, and has both qualifiers", MAP_LINKS,
      LOG(EVENT("s", DAY("01"),
                TO("a") ", {'objectId': 'a', 'qualifier': 'r'}," TO("i") "," TO("i")),
          OBJECT("a", "deal") "," OBJECT("i", "item")),
      "a 2025-03-01T10:00:00Z stageChanged to=s by q;r||i\n" },
    { "so it is between others, and in each of its events", MAP_LINKS,
      LOG(EVENT("s", DAY("01"),
                TO("a") "," TO("i") "," TO("b") "," TO("a") "," TO("j") "," TO("b") "," TO(
                    "gone") "," TO("a")) "," EVENT("t", DAY("02"), TO("b") "," TO("j")),
          OBJECT("a", "deal") "," OBJECT("b", "deal") "," OBJECT("i", "item") "," OBJECT("j",
                                                                                         "item")),
      "a 2025-03-01T10:00:00Z stageChanged to=s by q;q;q|b|i;j\n"
      "b 2025-03-01T10:00:00Z stageChanged to=s by q;q|a|i;j\n"
      "b 2025-03-02T10:00:00Z stageChanged to=t by q||j\n"
      "no_object: 1 relationship to an object that the log does not have was left out (line 1)\n" },
    { "an id with a semicolon is said", MAP_LINKS,
      LOG(EVENT("s", DAY("01"), TO("a") "," TO("i;j")),
          OBJECT("a", "deal") "," OBJECT("i;j", "item")),
      "a 2025-03-01T10:00:00Z stageChanged to=s by q||i;j\n"
      "id_with_semicolon: 1 id has a `;` in it, and cannot be told apart in a list of ids (line "
      "1)\n" },
    { "what an object was then is told, the last word of a time", MAP PRICE,
      LOG(EVENT("s", DAY("01"), TO("a")) "," EVENT("t", DAY("02"),
                                                   TO("a")) "," EVENT("u", DAY("03"), TO("a")),
          PRICED("a", WAS(DAY("02"), "'2'") "," WAS("1970-01-01T00:00:00Z",
                                                    "1.5") "," WAS(DAY("02"), "3"))),
      MOVED("a", "01", "s") COST("a", "01", "1.5") MOVED("a", "02", "t") COST("a", "02", "3")
          MOVED("a", "03", "u") COST("a", "03", "3") },
    { "before, it was nothing", MAP PRICE,
      LOG(EVENT("s", DAY("01"), TO("a")), PRICED("a", WAS(DAY("02"), "'2'"))),
      MOVED("a", "01", "s") },
    { "values of any type are texts",
      MAP "properties: { k: k, l: l, m: m, n: { name: n, empty: unset } }\n",
      LOG("{'id': 'e', 'type': 's', 'time': '" DAY("01") "', 'relationships': [" TO(
              "a") "], "
                   "'attributes': [{'name': 'k', 'value': true}, {'name': 'l', 'value': -1e2}, "
                   "{'name': 'm', 'value': 'a\\u00e9\\n\\\\'}, {'name': 'n', 'value': null}]}",
          OBJECT("a", "deal")),
      MOVED("a", "01", "s") "a 2025-03-01T10:00:00Z propertyChanged name=k value=true\n"
                            "a 2025-03-01T10:00:00Z propertyChanged name=l value=-1e2\n"
                            "a 2025-03-01T10:00:00Z propertyChanged name=m value=a\xc3\xa9\n\\\n"
                            "a 2025-03-01T10:00:00Z propertyChanged name=n\n" },
    { "times without a zone are counted where an attribute is looked up", MAP PRICE,
      LOG("\n" EVENT("s", DAY("02"), TO("a")), PRICED("a", WAS("2025-03-02 09:00:00", "2"))),
      MOVED("a", "02", "s")
          COST("a", "02", "2") "no_zone: 1 time without a zone was taken as UTC, to "
                               "find what an object was then (line 3)\n" },
    { "one that is none is refused where it is", MAP PRICE,
      LOG(EVENT("s", DAY("02"), TO("a")), PRICED("a", "\n" WAS("yesterday", "2"))),
      "!:3:27: the time of an attribute is none of ISO 8601, such as 2025-03-31T09:30:00Z\n" },
    { "one of an event is its row's fault", MAP,
      LOG(EVENT("s", "yesterday", TO("a")) ",\n" EVENT("t", DAY("02"), TO("a")),
          OBJECT("a", "deal")),
      "!:1:13: \"yesterday\" is no time from 1970 to 9999, expected it written "
      "\"rfc3339\"\n" MOVED("a", "02", "t") },
    { "what is between objects, or to none, or unknown, is counted", MAP,
      LOG("\n" EVENT("s", DAY("01"), TO("a") "," TO("gone")),
          "{'id': 'a', 'type': 'deal', 'color': ['red'], 'relationships': [" TO("b") "]}"),
      MOVED("a", "01", "s") "between_objects: 1 relationship between objects was passed over (line "
                            "3)\nno_object: 1 relationship to an object that the log does not "
                            "have was left out (line 2)\n"
                            "unknown_key: 1 key that OCEL does not have was passed over (line "
                            "3)\n" },
    { "no event", MAP, LOG("", OBJECT("a", "deal")),
      "no_rows: nothing but the names of the columns is there\n" },
    { "a column that the map does not know", MAP,
      LOG("\n{'id': 'e', 'type': 's', 'time': 't', 'attributes': [{'name': 'k', 'value': 1}]}",
          OBJECT("a", "deal")),
      "!:2:77: /map does not say what 1 column means: \"k\" (those to leave out belong in "
      "`ignore_columns`); `backcast help maps` says what a map has\n" },
    { "an attribute twice", MAP "properties: { k: k }\n",
      LOG("\n{'id': 'e', 'type': 's', 'time': 't', 'attributes': [{'name': 'k', 'value': 1}, "
          "{'name': 'k', 'value': 2}]}",
          OBJECT("a", "deal")),
      "!:2:104: the attribute \"k\" twice\n" },
    { "an attribute called as what every row has", MAP,
      LOG("\n{'id': 'e', 'type': 's', 'time': 't', 'attributes': [{'name': 'ocel:id', 'value': "
          "1}]}",
          OBJECT("a", "deal")),
      "!:2:83: the attribute \"ocel:id\" twice\n" },
    { "two objects of one id", MAP, LOG("", OBJECT("a", "deal") ",\n" OBJECT("a", "item")),
      "!:3:1: a second object of this id\n" },
    { "one of an older standard", MAP, "{'ocel:events': {}}",
      "!:1:2: a log of OCEL 1.0, expected OCEL 2.0\n" },
    { "no log", MAP, "{'a': [1, {'b': []}]}",
      "!:1:17: no OCEL log, expected an object with \"events\"\n" },
    { "half a log", MAP, "{'events': []}",
      "!:1:12: no OCEL log, expected an object with \"objects\"\n" },
    { "two lists of events", MAP, "{'events': [], 'events': []}", "!:1:16: \"events\" twice\n" },
    { "an empty file", MAP, "", "!:1:1: the file ends here, expected a value\n" },
    { "a list", MAP, "[]", "!:1:1: the log is a list, expected an object\n" },
    { "cut", MAP, "{'events': [\n{'id': 'e",
      "!:2:10: the file ends here, expected the end of a string\n" },
    { "more after it", MAP, LOG("", OBJECT("a", "deal")) "\nx",
      "!:3:1: no JSON here, expected nothing more\n" },
    { "a comma too many", MAP, "{'events': [],}",
      "!:1:15: no JSON here, expected a key in quotes\n" },
    { "no comma", MAP, "{'events': [] 'objects': []}",
      "!:1:15: no JSON here, expected `,` or `}`\n" },
    { "no colon", MAP, "{'events' []}", "!:1:11: no JSON here, expected `:`\n" },
    { "a word that is none", MAP, "{'x': nil}", "!:1:7: no JSON here, expected a value\n" },
    { "an event without a type", MAP, LOG("\n{'id': 'e'}", ""),
      "!:2:1: an event without a type\n" },
    { "without a time", MAP, LOG("\n{'id': 'e', 'type': 's'}", ""),
      "!:2:1: an event without a time\n" },
    { "an object without an id", MAP, LOG("", "\n{}"), "!:3:1: an object without an id\n" },
    { "an id that is a number", MAP, LOG("\n{'id': 7}", ""),
      "!:2:8: id is a number, expected a string\n" },
    { "an attribute without a value", MAP, LOG("\n{'attributes': [{'name': 'k'}]}", ""),
      "!:2:17: an attribute without a value\n" },
    { "a relationship to nothing", MAP, LOG("\n{'relationships': [{}]}", ""),
      "!:2:20: a relationship without an objectId\n" },
    { "a value that is a list", MAP, LOG("\n{'attributes': [{'value': []}]}", ""),
      "!:2:27: a value is a list, expected a text, a number or a boolean\n" },
    { "no UTF-8", MAP, "{'\xff': 1}", "!:1:2: a string that is not UTF-8\n" },
    { "a NUL", MAP, "{'\\u0000': 1}", "!:1:2: U+0000 in a string\n" },
    { "a raw line end in a string", MAP, "{'a\nb': 1}",
      "!:1:2: a string with a control character that is not escaped\n" },
};

static void check_log(const char *map, struct bc_str log, const char *want)
{
    event_log_check(import_ocel_print, map, log, want);
}

static void row_test(void **state)
{
    const struct row *row = *state;
    struct bc_buf log = { 0 };

    for (const char *p = row->log; *p; p++)
        bc_buf_add_byte(&log, *p == '\'' ? '"' : *p);
    check_log(row->map, bc_buf_str(&log), row->want);
    bc_buf_release(&log);
}

static void values_within_values(void **state)
{
    struct bc_buf log = event_log_repeated("{\"x\":\n", "[", 101, "");

    (void)state;
    check_log(MAP, bc_buf_str(&log), "!:2:101: values within values, more than 100 deep\n");
    bc_buf_release(&log);
}

static void a_string_that_does_not_end(void **state)
{
    struct bc_buf log = event_log_repeated("{\n\"", "0123456789abcdef", 1100000, "");

    (void)state;
    check_log(MAP, bc_buf_str(&log), "!:2:1: a string of more than 16 MiB\n");
    bc_buf_release(&log);
}

#define TOO_LARGE "an object or event that takes more than 64 MiB\n"

static void check_endless(const char *begin, const char *part, const char *want)
{
    struct bc_buf log = event_log_repeated(begin, part, 1100000, "");

    check_log(MAP, bc_buf_str(&log), want);
    bc_buf_release(&log);
}

/* Of nothing, too, there cannot be any number. */
static void an_entry_that_does_not_end(void **state)
{
    (void)state;
    check_endless("{\"events\":[\n{\"relationships\":[", "{\"objectId\":\"0123456789abcdef\"},",
                  "!:2:26843551: " TOO_LARGE);
    check_endless("{\"events\":[\n{\"relationships\":[", "{\"objectId\":\"\"},",
                  "!:2:16777247: " TOO_LARGE);
    check_endless("{\"events\":[],\n\"objects\":[{\"attributes\":[", "{\"name\":\"\",\"value\":0},",
                  "!:2:13065472: " TOO_LARGE);
}

/* Read in blocks: a text, an escape and a number lie across an end of one. */
static void blocks_make_no_difference(void **state)
{
    struct bc_buf log =
        event_log_repeated("{\"x\":[", "\"\\u00e9\\\\\",-12.5e3,true,{\"\\n\":null},", 30000,
                           "0],\"events\":[],\n\"objects\":[{\"id\":\"a\",\"type\":\"deal\"}]}");

    (void)state;
    check_log(MAP, bc_buf_str(&log),
              "no_rows: nothing but the names of the columns is there\n"
              "unknown_key: 1 key that OCEL does not have was passed over (line 1)\n");
    bc_buf_release(&log);
}

int main(void)
{
    enum { MADE = 4 };
    struct CMUnitTest tests[ARRAY_LEN(rows) + MADE] = {
        cmocka_unit_test(values_within_values),
        cmocka_unit_test(a_string_that_does_not_end),
        cmocka_unit_test(an_entry_that_does_not_end),
        cmocka_unit_test(blocks_make_no_difference),
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[MADE + i] = (struct CMUnitTest){ rows[i].name, row_test, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("tools/import/ocel", tests, event_log_begin, event_log_end);
}
