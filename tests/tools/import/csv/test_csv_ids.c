/* tests/tools/import/csv/test_csv_ids.c - the ids that events of a table get. */
#include "tests/support/check.h"
#include "tests/support/csv_case.h"

#define LOG                                                                                        \
    "crosswalks: { st: { values: { A: a, b: b } } }\nignore_columns: []\n"                         \
    "events:\n  - stageChanged: { to: \"{s}\", from: { column: f, crosswalk: st } }\n"             \
    "skip_rows: { c: never }\n"

static struct csv_case ids[] = {
    { "an id is the same with blanks around a key's cell and without", DEAL "key: [k]\n" MOVE,
      "d,t,s,k\n1," AT ",a, k \n2," AT ",a,k\n",
      "csv:x/1/k/stageChanged\ncsv:x/2/k/stageChanged\n"
      "blanks: 1 row had blanks around an id, which were cut (line 2)\n" },
    { "events of several deals or texts in a cell have ids with these in them",
      "name: x\nkey: [t]\ndeal: { list: d }\n" TIME
      "events:\n  - dealEnrolled: { experiment: { list: s } }\n    deal: \"{k}\"\n"
      "  - stageChanged: { to: a }\n",
      "d,k,t,s\n1;2,7,2025-03-01 10:00,a;b/c\n",
      "csv:x/7/2025-03-01%2010:00/a/dealEnrolled\n"
      "csv:x/7/2025-03-01%2010:00/b%2Fc/dealEnrolled\n"
      "csv:x/1/2025-03-01%2010:00/stageChanged\ncsv:x/2/2025-03-01%2010:00/stageChanged\n" },
    { "the stage before has an id of its own", DEAL LOG "key: [d, t]\ninitial: {}\n",
      "d,t,f,s,c\n1,2025-03-01 10:00,A,b,\n",
      "csv:x/1/1,2025-03-01%2010:00/initial\ncsv:x/1/1,2025-03-01%2010:00/stageChanged\n" },
    { "an id holds deal, key and event, so that none is like another",
      DEAL "key: [k, l]\nevents:\n"
           "  - dealCreated: {}\n  - propertyChanged: { name: tier, value: \"{k}\" }\n"
           "  - stageChanged: { to: a }\n    id: begun\n",
      "d,t,k,l\na/b%," AT ",\"1,\",2\n",
      "csv:x/a%2Fb%25/1%2C,2/dealCreated\ncsv:x/a%2Fb%25/1%2C,2/propertyChanged:tier\n"
      "csv:x/a%2Fb%25/1%2C,2/begun\n" },
    { "events without a key are known by what they say, equal ones by their count", DEAL MOVE,
      "d,t,s\n1," AT ",a\n1," AT ",b\n1," AT ",a\n",
      "csv:x/1/stageChanged/7fa9892b1392a84fa658f145985e9072\n"
      "csv:x/1/stageChanged/773c4b9793915026364c81a5c62434f4\n"
      "csv:x/1/stageChanged/7fa9892b1392a84fa658f145985e9072.2\n" AT_ONCE_ALL("2", "3") },
    { "an id stays when rows and ignored columns are added, and columns change places",
      DEAL "ignore_columns: [x]\n" MOVE,
      "s,x,t,d\nb,1," AT ",1\na,2," AT ",1\na,3," AT ",1\nc,4," AT ",1\n",
      "csv:x/1/stageChanged/773c4b9793915026364c81a5c62434f4\n"
      "csv:x/1/stageChanged/7fa9892b1392a84fa658f145985e9072\n"
      "csv:x/1/stageChanged/7fa9892b1392a84fa658f145985e9072.2\n"
      "csv:x/1/stageChanged/097946eb394a5fd7a633d642e268154e\n" AT_ONCE_ALL("2", "3") },
    { "and when an instant is written with another offset, and who did it is known",
      DEAL "actor: \"{by}\"\n" MOVE,
      "d,t,s,by\n1,2025-03-01T10:00:00+00:00,a,eve\n1,2025-03-01T11:00:00+01:00,b,bob\n",
      "csv:x/1/stageChanged/7fa9892b1392a84fa658f145985e9072\n"
      "csv:x/1/stageChanged/773c4b9793915026364c81a5c62434f4\n" AT_ONCE("3") },
    { "what is not made, or is in a row that is refused, is not counted",
      DEAL "events:\n  - stageChanged: { to: \"{s}\" }\n  - reviewHeld: {}\n    time: u\n"
           "    when: { u: { empty: false } }\n",
      "d,t,s,u\n1," AT ",a,no\n1," AT ",a,\n",
      "!:2:26: \"no\" is no time from 1970 to 9999, expected it written \"rfc3339\" or \"%Y-%m-%d "
      "%H:%M\"\n"
      "csv:x/1/stageChanged/7fa9892b1392a84fa658f145985e9072\n" },
};

static void check(void **state)
{
    csv_case_check(*state, true);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(ids)];

    for (size_t i = 0; i < ARRAY_LEN(ids); i++)
        tests[i] = (struct CMUnitTest){ ids[i].name, check, NULL, NULL, &ids[i] };
    return cmocka_run_group_tests_name("tools/import/csv/csv_ids", tests, csv_case_begin,
                                       csv_case_end);
}
