/* tests/tools/import/csv/test_csv_lists.c - cells in which several texts stand: of deals, or of
 * what an event is about. */
#include "tests/support/check.h"
#include "tests/support/csv_case.h"

static struct csv_case rows[] = {
    { "several deals in a cell are an event each, with blanks around them or not",
      "name: x\ndeal: { list: d, split: \";\" }\n" TIME MOVE
      "  - meetingLogged: { meeting: \"{s}\", startsAt: t }\n    deal: { list: d }\n",
      "d,t,s\n1;2 ; ;3," AT ",a\n4," AT ",b\n",
      "1 " AT " stageChanged to=a\n2 " AT " stageChanged to=a\n3 " AT " stageChanged to=a\n1 " AT
      " meetingLogged meeting=a startsAt=" AT "\n2 " AT " meetingLogged meeting=a startsAt=" AT
      "\n3 " AT " meetingLogged meeting=a startsAt=" AT "\n4 " AT " stageChanged to=b\n4 " AT
      " meetingLogged meeting=b startsAt=" AT "\n" },
    { "a deal twice in a cell has what is taken once, or where it changes, once",
      "name: x\ndeal: { list: d }\n" TIME MOVE "    changes_only: true\n"
      "properties: { p: { name: tier, once: true } }\n",
      "d,t,s,p\n1;1," AT ",a,A\n",
      "1 " AT " stageChanged to=a\n1 " AT " propertyChanged name=tier value=A\n" },
    { "and a stage before its first change, once",
      "name: x\ndeal: { list: d }\n" TIME
      "events:\n  - stageChanged: { to: \"{s}\", from: \"{f}\" }\n"
      "    changes_only: true\ninitial: {}\n",
      "d,t,f,s\n1;1," AT ",a,b\n",
      "1 " AT " stageChanged to=a observed\n1 " AT " stageChanged to=b from=a\n" },
    { "no deal in a list of them, where one is needed and where not",
      DEAL "events:\n  - meetingLogged: { meeting: m, startsAt: t }\n    deal: { list: s }\n"
           "  - dealDeleted: {}\n    deal: { list: s }\n    when: { d: \"2\" }\n",
      "d,t,s\n1," AT ",\n2," AT ",;\n",
      " " AT " meetingLogged meeting=m startsAt=" AT
      "\n!:3:24: dealDeleted has no deal, expected one\n" },
    { "a number that a spreadsheet has shortened among several deals",
      "name: x\ndeal: { list: d }\n" TIME MOVE, "d,t,s\n1;1.2E+12," AT ",a\n",
      "!:2:1: " SHORT("1.2E+12") },
    { "each deal of a list has a stage before its own first change",
      "name: x\ndeal: { list: d }\n" TIME LOG "initial: {}\n",
      "d,t,f,s,c\n1," AT ",A,b,\n1;2,2025-03-02 10:00,b,c,\n",
      "1 " AT " stageChanged to=a observed\n1 " AT " stageChanged to=b from=a\n"
      "2 2025-03-02T10:00:00Z stageChanged to=b observed\n1 2025-03-02T10:00:00Z stageChanged to=c "
      "from=b\n2 2025-03-02T10:00:00Z stageChanged to=c from=b\n" },
    { "several texts where a field has one are an event each, for each deal",
      "name: x\ndeal: { list: d, split: \",\" }\n" TIME
      "crosswalks: { ex: { values: { E: e, F: f } } }\n"
      "events:\n  - dealEnrolled: { experiment: { list: s, split: \"|\", crosswalk: ex } }\n",
      "d,t,s\n\"1,2\"," AT ",E | F\n3," AT ",\n4," AT ",E|G\n",
      "1 " AT " dealEnrolled experiment=e\n1 " AT " dealEnrolled experiment=f\n2 " AT
      " dealEnrolled experiment=e\n2 " AT " dealEnrolled experiment=f\n"
      "!:3:24: dealEnrolled has no experiment, expected one\n"
      "!:4:24: crosswalk ex has no entry for \"G\"\n" },
    { "a list is put into our words, too",
      DEAL "crosswalks: { ex: { values: { E: e, F: f } } }\n"
           "events:\n  - reviewHeld: { experiments: { list: s, crosswalk: ex } }\n",
      "d,t,s\n1," AT ",E; F\n", "1 " AT " reviewHeld experiments[]=e experiments[]=f\n" },
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
    return cmocka_run_group_tests_name("tools/import/csv/csv_lists", tests, csv_case_begin,
                                       csv_case_end);
}
