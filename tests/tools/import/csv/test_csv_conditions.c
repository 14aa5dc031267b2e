/* tests/tools/import/csv/test_csv_conditions.c - which rows a condition of a map holds for, and how
 * the words of a table are compared with those of its map. */
#include "tests/support/check.h"
#include "tests/support/csv_case.h"

static struct csv_case rows[] = {
    { "conditions of several parts, and of other conditions",
      DEAL "events:\n"
           "  - stageChanged: { to: a }\n    id: a\n    when: { s: { matches: [\"W*n\", \"?x\"], "
           "not: Won "
           "} }\n"
           "  - stageChanged: { to: b }\n    id: b\n    when: { not: { s: Won }, any: [{ p: \"1\" "
           "}, { p: "
           "{ empty: true } }] }\n"
           "  - stageChanged: { to: c }\n    id: c\n    when: { all: [{ s: { empty: false } }, { "
           "p: \"2\" "
           "}] }\n"
           "skip_rows: { s: none }\n",
      "d,t,s,p\n1," AT ",Won,2\n2," AT ",Wooon,1\n3," AT ",yx,\n4," AT ",xy,\n5," AT ",,2\n6," AT
      ",W,2\n",
      "1 " AT " stageChanged to=c\n2 " AT " stageChanged to=a\n2 " AT " stageChanged to=b\n3 " AT
      " stageChanged to=a\n3 " AT " stageChanged to=b\n4 " AT " stageChanged to=b\n"
      "!:6:1: the map makes no event of this row, and does not skip it\n6 " AT
      " stageChanged to=c\n" },
    { "a column may be called any, all or not",
      DEAL MOVE "    when: { any: x, all: [y, z], not: \"1\" }\n",
      "d,t,s,any,all,not\n1," AT ",a,x,y,1\n1," AT ",b,x,z,\n",
      "1 " AT
      " stageChanged to=a\n!:3:1: the map makes no event of this row, and does not skip it\n" },
    { "a word with a line end or a control character is compared as one line",
      DEAL "crosswalks: { st: { values: { Closed won: closed_won } } }\n"
           "skip_rows: { s: { matches: \"No *\" } }\n"
           "events:\n  - stageChanged: { to: { column: s, crosswalk: st } }\n    id: a\n"
           "    when: { s: [Closed won] }\n  - stageChanged: { to: \"{s}\" }\n    id: b\n"
           "    when: { s: { not: Closed won } }\n",
      "d,t,s\n1," AT ",\"Closed\nwon\"\n2," AT ",\"No\tdeal\"\n3," AT ",\"Closed\r\nlost\"\n",
      "1 " AT " stageChanged to=closed_won\n3 " AT " stageChanged to=Closed\r\nlost\nskipped 1\n" },
    { "a name of a column, too, and of two that are then alike each has its number",
      DEAL "events:\n  - stageChanged: { to: \"{To stage#2}\" }\nignore_columns: [To stage#1]\n",
      "d,t,To stage,\"To\nstage\"\n1," AT ",a,b\n", "1 " AT " stageChanged to=b\n" },
    { "a word that is missing is shown so, once",
      DEAL "crosswalks: { st: { values: { A: a, B: b } } }\n"
           "events:\n  - stageChanged: { to: { column: s, crosswalk: st } }\n",
      "d,t,s\n1," AT ",\"Closed\nwon\"\n2," AT ",\"Closed\twon\"\n3," AT ",C\n",
      "!:2:24: the crosswalks lack 2 words: st \"Closed won\" (line 2), st \"C\" (line 5)\n"
      "!:4:24: crosswalk st has no entry for \"Closed won\"\n"
      "!:5:24: crosswalk st has no entry for \"C\"\n" },
    { "of what is as good as empty", DEAL "properties: { p: { name: tier, empty_as: [n a] } }\n",
      "d,t,p\n1," AT ",\"n\na\"\n2," AT ",\"b\nc\"\n",
      "2 " AT " propertyChanged name=tier value=b\nc\nskipped 1\n" },
};

static void check(void **state)
{
    csv_case_check(*state, false);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows)];

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[i] = (struct CMUnitTest){ rows[i].name, check, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("tools/import/csv/csv_conditions", tests, csv_case_begin,
                                       csv_case_end);
}
