/* tests/model/cases_red_line.c - red lines: guards, thresholds, pivots, and the worst case. */
#include "tests/model/cases.h"
#include "tests/support/check.h"

static const struct model_case rows[] = {
    { "19 attempts are not enough, whatever the rate",
      "d1..d19 created outreach type newbusiness @2025-01-01; "
      "d1..d19 moved closed_lost @2025-01-10",
      "red outreach_conversion",
      .want = "state not_enough_data guard 19 needs 20 value 0 worst 0 threshold 0.15" },
    { "20 attempts at the threshold are fine",
      "d1..d20 created outreach type newbusiness @2025-01-01; "
      "d1..d3 moved discovery @2025-01-10; d4..d20 moved closed_lost @2025-01-10",
      "red outreach_conversion", .want = "state ok guard 20 needs 20 value 0.15 worst 0.15" },
    { "20 attempts below it are a breach",
      "d1..d20 created outreach type newbusiness @2025-01-01; "
      "d1..d2 moved discovery @2025-01-10; d3..d20 moved closed_lost @2025-01-10",
      "red outreach_conversion", .want = "state breached guard 20 value 0.1 worst 0.1" },
    { "without an attempt there is no rate", "d1 created outreach type newbusiness @2025-03-20",
      "red outreach_conversion", .want = "state not_enough_data guard 0 value null worst null" },
    { "a red line is about new business",
      "d1..d20 created outreach type newbusiness @2025-01-01; "
      "d1..d20 moved closed_lost @2025-01-10; d1 set deal_type existingbusiness",
      "red outreach_conversion", .want = "state not_enough_data guard 19" },
    { "a deal that is gone is left out",
      "d1..d20 created outreach type newbusiness @2025-01-01; "
      "d1..d20 moved closed_lost @2025-01-10; d1 deleted",
      "red outreach_conversion", .want = "state not_enough_data guard 19" },
    { "it looks back to the beginning, not a year",
      "d1..d20 created outreach type newbusiness @2025-01-01; "
      "d1..d20 moved closed_lost @2025-01-10",
      "red outreach_conversion", .want = "state breached guard 20", .as_of = "2029-01-01" },
    { "a pivot that names it begins anew",
      "d1..d20 created outreach type newbusiness @2025-01-01; "
      "d1..d20 moved closed_lost @2025-01-10; pivot outreach_conversion",
      "red outreach_conversion", .want = "state not_enough_data guard 0 value null worst null" },
    { "a pivot that names none begins all anew",
      "d1..d20 created outreach type newbusiness @2025-01-01; "
      "d1..d20 moved closed_lost @2025-01-10; pivot",
      "red outreach_conversion", .want = "guard 0 value null" },
    { "a decision to stay does not",
      "d1..d20 created outreach type newbusiness @2025-01-01; "
      "d1..d20 moved closed_lost @2025-01-10; stay; stay outreach_conversion",
      "red outreach_conversion", .want = "state breached guard 20" },
    { "a pivot about another line does not",
      "d1..d20 created outreach type newbusiness @2025-01-01; "
      "d1..d20 moved closed_lost @2025-01-10; pivot no_wins",
      "red outreach_conversion", .want = "state breached guard 20" },
    { "nor one about a line that the rules do not have",
      "d1..d20 created outreach type newbusiness @2025-01-01; "
      "d1..d20 moved closed_lost @2025-01-10; pivot gut_feeling",
      "red outreach_conversion", .want = "state breached guard 20" },
    { "a pivot counts whatever deal it carries",
      "d1..d20 created outreach type newbusiness @2025-01-01; "
      "d1..d20 moved closed_lost @2025-01-10; d7 pivot outreach_conversion",
      "red outreach_conversion", .want = "guard 0" },
    { "even a deal that is gone",
      "d1..d20 created outreach type newbusiness @2025-01-01; "
      "d1..d20 moved closed_lost @2025-01-10; d7 deleted; d7 pivot",
      "red outreach_conversion", .want = "guard 0" },
    { "an exit at the pivot's instant is before it",
      "d1..d20 created outreach type newbusiness @2025-01-01; "
      "d1..d20 moved closed_lost @2025-01-10; pivot @2025-01-10",
      "red outreach_conversion", .want = "guard 0" },
    { "an exit a microsecond later is after it",
      "d1..d20 created outreach type newbusiness @2025-01-01; "
      "d1..d20 moved closed_lost @2025-01-10T12:00:00.000001; pivot @2025-01-10",
      "red outreach_conversion", .want = "state breached guard 20" },
    { "a pivot after the date has not been yet",
      "d1..d20 created outreach type newbusiness @2025-01-01; "
      "d1..d20 moved closed_lost @2025-01-10; pivot @2025-04-01",
      "red outreach_conversion", .want = "guard 20" },
    { "the latest pivot is the one that occurred last",
      "d1..d20 created outreach type newbusiness @2025-01-01; "
      "d1..d20 moved closed_lost @2025-01-10; pivot @2025-02-01; pivot @2024-06-01",
      "red outreach_conversion", .want = "guard 0" },
    { "a retracted pivot never was",
      "d1..d20 created outreach type newbusiness @2025-01-01; "
      "d1..d20 moved closed_lost @2025-01-10; x: pivot; retract x",
      "red outreach_conversion", .want = "guard 20" },
    { "a visit open for over 60 days would breach it",
      "d1..d20 created outreach type newbusiness @2025-01-01; "
      "d1..d3 moved discovery @2025-01-10; d4..d20 moved closed_lost @2025-01-10; "
      "d50 created outreach type newbusiness @2025-01-20",
      "red outreach_conversion",
      .want = "state would_breach guard 20 value 0.15 worst 0.142857143" },
    { "60 days and no more does not",
      "d1..d20 created outreach type newbusiness @2025-01-01; "
      "d1..d3 moved discovery @2025-01-10; d4..d20 moved closed_lost @2025-01-10; "
      "d50 created outreach type newbusiness @2025-01-30T23:59:59.999999",
      "red outreach_conversion", .want = "state ok worst 0.15" },
    { "a microsecond more does",
      "d1..d20 created outreach type newbusiness @2025-01-01; "
      "d1..d3 moved discovery @2025-01-10; d4..d20 moved closed_lost @2025-01-10; "
      "d50 created outreach type newbusiness @2025-01-30T23:59:59.999998",
      "red outreach_conversion", .want = "state would_breach worst 0.142857143" },
    { "with open visits the guard may be met",
      "d1..d15 created outreach type newbusiness @2025-01-01; "
      "d1..d2 moved discovery @2025-01-10; d3..d15 moved closed_lost @2025-01-10; "
      "d50..d54 created outreach type newbusiness @2025-01-20",
      "red outreach_conversion",
      .want = "state would_breach guard 15 value 0.133333333 worst 0.1" },
    { "and without that it is not enough data",
      "d1..d15 created outreach type newbusiness @2025-01-01; "
      "d1..d2 moved discovery @2025-01-10; d3..d15 moved closed_lost @2025-01-10; "
      "d50..d53 created outreach type newbusiness @2025-01-20",
      "red outreach_conversion", .want = "state not_enough_data guard 15 worst 0.105263158" },
    { "a breach stays a breach",
      "d1..d20 created outreach type newbusiness @2025-01-01; "
      "d1..d2 moved discovery @2025-01-10; d3..d20 moved closed_lost @2025-01-10; "
      "d50 created outreach type newbusiness @2025-01-20",
      "red outreach_conversion", .want = "state breached value 0.1 worst 0.095238095" },
    { "a visit that stays open above the threshold is fine",
      "d1..d20 created outreach type newbusiness @2025-01-01; "
      "d1..d4 moved discovery @2025-01-10; d5..d20 moved closed_lost @2025-01-10; "
      "d50 created outreach type newbusiness @2025-01-20",
      "red outreach_conversion", .want = "state ok value 0.2 worst 0.190476190" },
    { "an open visit counts though it began before the pivot",
      "d1..d20 created outreach type newbusiness @2025-01-01; pivot @2025-03-01",
      "red outreach_conversion", .want = "state would_breach guard 0 value null worst 0" },
    { "they count at the very instant of the pivot too",
      "d1..d20 created outreach type newbusiness @2025-01-01; pivot @2025-03-31T10:00",
      "red outreach_conversion", .want = "state would_breach guard 0 value null worst 0",
      .as_of = "2025-03-31T10:00" },
    { "an observed visit counts from its observation",
      "d1..d20 created outreach type newbusiness @2025-01-01; "
      "d1..d3 moved discovery @2025-01-10; d4..d20 moved closed_lost @2025-01-10; "
      "d50 found outreach type newbusiness @2025-01-20",
      "red outreach_conversion", .want = "state would_breach worst 0.142857143" },
    { "open visits of another slice do not count",
      "d1..d20 created outreach type newbusiness @2025-01-01; "
      "d1..d3 moved discovery @2025-01-10; d4..d20 moved closed_lost @2025-01-10; "
      "d50 created outreach @2025-01-20",
      "red outreach_conversion", .want = "state ok worst 0.15" },
    { "10 discovery meetings make the second line speak",
      "d1..d10 created outreach type newbusiness @2025-01-01; "
      "d1..d10 meeting m% starts 2025-01-05 completed discovery @2025-01-06; "
      "x1..x4 created discovery type newbusiness @2025-01-01; "
      "x1..x1 moved proposal @2025-01-10; x2..x4 moved closed_lost @2025-01-10",
      "red discovery_conversion",
      .want = "state ok guard 10 needs 10 value 0.25 threshold 0.25 worst 0.25" },
    { "below a quarter it is breached",
      "d1..d10 created outreach type newbusiness @2025-01-01; "
      "d1..d10 meeting m% starts 2025-01-05 completed discovery @2025-01-06; "
      "x1..x5 created discovery type newbusiness @2025-01-01; "
      "x1..x1 moved proposal @2025-01-10; x2..x5 moved closed_lost @2025-01-10",
      "red discovery_conversion", .want = "state breached guard 10 value 0.2" },
    { "9 meetings are not enough",
      "d1..d9 created outreach type newbusiness @2025-01-01; "
      "d1..d9 meeting m% starts 2025-01-05 completed discovery @2025-01-06; "
      "x1..x5 created discovery type newbusiness @2025-01-01; "
      "x1..x5 moved closed_lost @2025-01-10",
      "red discovery_conversion", .want = "state not_enough_data guard 9 value 0" },
    { "meetings without an attempt are not enough",
      "d1..d10 created outreach type newbusiness @2025-01-01; "
      "d1..d10 meeting m% starts 2025-01-05 completed discovery @2025-01-06",
      "red discovery_conversion", .want = "state not_enough_data guard 10 value null worst null" },
    { "unless visits stay open too long",
      "d1..d10 created outreach type newbusiness @2025-01-01; "
      "d1..d10 meeting m% starts 2025-01-05 completed discovery @2025-01-06; "
      "x1 created discovery type newbusiness @2025-01-01",
      "red discovery_conversion", .want = "state would_breach guard 10 value null worst 0" },
    { "renewal meetings do not count for it",
      "d1..d10 created outreach type newbusiness @2025-01-01; "
      "d1..d10 meeting m% starts 2025-01-05 completed renewal @2025-01-06; "
      "x1..x5 created discovery type newbusiness @2025-01-01; "
      "x1..x5 moved closed_lost @2025-01-10",
      "red discovery_conversion", .want = "state not_enough_data guard 0" },
    { "a meeting without a type counts in the stage discovery",
      "d1..d10 created discovery type newbusiness @2025-01-01; "
      "d1..d10 meeting m% starts 2025-01-05 completed @2025-01-06; "
      "d1..d10 moved closed_lost @2025-01-10",
      "red discovery_conversion", .want = "state breached guard 10 value 0" },
    { "and not in the stage proposal",
      "d1..d10 created proposal type newbusiness @2025-01-01; "
      "d1..d10 meeting m% starts 2025-01-05 completed @2025-01-06",
      "red discovery_conversion", .want = "guard 0" },
    { "one meeting of ten deals is one",
      "d1..d10 created discovery type newbusiness @2025-01-01; "
      "d1..d10 meeting m1 starts 2025-01-05 completed @2025-01-06",
      "red discovery_conversion", .want = "guard 1" },
    { "a meeting that started by the pivot is before it",
      "d1..d10 created outreach type newbusiness @2025-01-01; "
      "d1..d10 meeting m% starts 2025-01-05 completed discovery @2025-01-06; "
      "x1..x5 created discovery type newbusiness @2025-01-01; "
      "x1..x5 moved closed_lost @2025-01-10; pivot @2025-01-05",
      "red discovery_conversion", .want = "state not_enough_data guard 0 value 0" },
    { "a meeting logged before the pivot may start after it",
      "d1..d10 created outreach type newbusiness @2025-01-01; "
      "d1..d10 meeting m% starts 2025-01-05 completed discovery @2025-01-02; "
      "x1..x5 created discovery type newbusiness @2025-01-01; "
      "x1..x5 moved closed_lost @2025-01-10; pivot @2025-01-03",
      "red discovery_conversion", .want = "state breached guard 10 value 0" },
    { "10 proposals and no win is a breach", "d1..d10 created proposal type newbusiness",
      "red no_wins", .want = "state breached guard 10 needs 10 value 0 threshold 1 worst null" },
    { "one win is enough", "d1..d10 created proposal type newbusiness; d1 moved closed_won",
      "red no_wins", .want = "state ok guard 10 value 1" },
    { "9 proposals are not enough", "d1..d9 created proposal type newbusiness", "red no_wins",
      .want = "state not_enough_data guard 9 value 0" },
    { "a deal that proposes twice is one",
      "d1..d9 created proposal type newbusiness; d1 moved discovery; d1 moved proposal",
      "red no_wins", .want = "guard 9" },
    { "found in proposal has not entered it",
      "d1..d9 created proposal type newbusiness; d10 found proposal type newbusiness",
      "red no_wins", .want = "guard 9" },
    { "found won has not entered it",
      "d1..d10 created proposal type newbusiness; d1 observed closed_won", "red no_wins",
      .want = "state breached value 0" },
    { "the win of a deal that is gone does not count",
      "d1..d11 created proposal type newbusiness; d1 moved closed_won; d1 deleted", "red no_wins",
      .want = "state breached guard 10 value 0" },
    { "a win before the pivot does not count",
      "x created proposal type newbusiness @2025-01-01; x moved closed_won; pivot; "
      "d1..d10 created proposal type newbusiness",
      "red no_wins", .want = "state breached guard 10 value 0" },
    { "a win counts where its proposal was before the pivot",
      "x created proposal type newbusiness @2025-01-01; pivot; x moved closed_won; "
      "d1..d10 created proposal type newbusiness",
      "red no_wins", .want = "state ok guard 10 value 1" },
};

const struct model_group model_red_line_cases = { "red lines", rows, ARRAY_LEN(rows) };
