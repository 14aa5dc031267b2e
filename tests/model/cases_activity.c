/* tests/model/cases_activity.c - meetings held, e-mails sent and opened. */
#include "tests/model/cases.h"
#include "tests/support/check.h"

static const struct model_case rows[] = {
    { "a discovery meeting that was held counts",
      "d1 created enrichment @2025-01-01; "
      "d1 meeting m1 starts 2025-03-28T10:00 completed discovery @2025-03-20",
      "meetings_per_week/all", .want = "value 1 n 1 deals d1" },
    { "so do renewal and proposal meetings",
      "d1 created enrichment @2025-01-01; "
      "d1 meeting m1 starts 2025-03-28T10:00 completed renewal; "
      "d1 meeting m2 starts 2025-03-28T10:00 completed proposal",
      "meetings_per_week/all", .want = "value 2 n 2 deals d1" },
    { "of very many each counts once, whoever else was there",
      "d1..d480 created discovery @2025-01-01; e1..e480 created discovery @2025-01-01; "
      "d1..d480 meeting m% starts 2025-03-28T10:00 completed discovery @2025-03-20; "
      "e1..e480 meeting m% starts 2025-03-28T10:00 completed discovery @2025-03-21",
      "meetings_per_week/all", .want = "value 480 n 480" },
    { "of each of a deal's many the last wording holds",
      "d1 created discovery @2025-01-01; "
      "d1 meeting m1..m40 starts 2025-03-28T10:00 completed discovery @2025-03-20; "
      "d1 meeting m11..m35 starts 2025-03-28T10:00 canceled discovery @2025-03-21; "
      "d1 meeting m21..m25 starts 2025-03-28T10:00 completed discovery @2025-03-22",
      "meetings_per_week/all", .want = "value 20 n 20 deals d1" },
    { "a meeting of another type does not",
      "d1 created discovery @2025-01-01; "
      "d1 meeting m1 starts 2025-03-28T10:00 completed kickoff",
      "meetings_per_week/all", .want = "value 0" },
    { "type other does not",
      "d1 created discovery @2025-01-01; "
      "d1 meeting m1 starts 2025-03-28T10:00 completed other",
      "meetings_per_week/all", .want = "value 0" },
    { "only completed is held",
      "d1 created enrichment @2025-01-01; "
      "d1 meeting m1 starts 2025-03-28T10:00 scheduled discovery; "
      "d1 meeting m2 starts 2025-03-28T10:00 no_show discovery; "
      "d1 meeting m3 starts 2025-03-28T10:00 canceled discovery; "
      "d1 meeting m4 starts 2025-03-28T10:00 rescheduled discovery; "
      "d1 meeting m5 starts 2025-03-28T10:00",
      "meetings_per_week/all", .want = "value 0" },
    { "an outcome that is not listed is not held",
      "d1 created enrichment @2025-01-01; "
      "d1 meeting m1 starts 2025-03-28T10:00 done discovery",
      "meetings_per_week/all", .want = "value 0" },
    { "without a type the stage at the start decides",
      "d1 created discovery @2025-01-01; d1 meeting m1 starts 2025-03-28T10:00 completed",
      "meetings_per_week/all", .want = "value 1" },
    { "renewals and proposal count so too",
      "d1 created renewals @2025-01-01; d1 meeting m1 starts 2025-03-28T10:00 completed; "
      "d2 created proposal @2025-01-01; d2 meeting m2 starts 2025-03-28T10:00 completed",
      "meetings_per_week/all", .want = "value 2" },
    { "outreach does not",
      "d1 created outreach @2025-01-01; d1 meeting m1 starts 2025-03-28T10:00 completed",
      "meetings_per_week/all", .want = "value 0" },
    { "it is the stage at the start, not when it was logged",
      "d1 created outreach @2025-01-01; "
      "d1 meeting m1 starts 2025-03-28T10:00 completed @2025-03-10; "
      "d1 moved discovery @2025-03-20",
      "meetings_per_week/all", .want = "value 1" },
    { "a move at the very start counts",
      "d1 created outreach @2025-01-01; "
      "d1 meeting m1 starts 2025-03-28T10:00 completed @2025-03-10; "
      "d1 moved discovery @2025-03-28T10:00",
      "meetings_per_week/all", .want = "value 1" },
    { "a move a microsecond later does not",
      "d1 created outreach @2025-01-01; "
      "d1 meeting m1 starts 2025-03-28T10:00 completed @2025-03-10; "
      "d1 moved discovery @2025-03-28T10:00:00.000001",
      "meetings_per_week/all", .want = "value 0" },
    { "a visit that ends at the start no longer holds",
      "d1 created discovery @2025-01-01; "
      "d1 meeting m1 starts 2025-03-28T10:00 completed @2025-03-10; "
      "d1 moved closed_lost @2025-03-28T10:00",
      "meetings_per_week/all", .want = "value 0" },
    { "a visit of length zero at the start holds nothing",
      "d1 created outreach @2025-01-01; "
      "d1 meeting m1 starts 2025-03-28T10:00 completed @2025-03-10; "
      "d1 moved discovery @2025-03-28T10:00; d1 moved closed_lost @2025-03-28T10:00",
      "meetings_per_week/all", .want = "value 0" },
    { "an observed visit holds from its observation",
      "d1 found discovery @2025-03-28T10:00; "
      "d1 meeting m1 starts 2025-03-28T10:00 completed",
      "meetings_per_week/all", .want = "value 1" },
    { "before the first stage there is none",
      "d1 created discovery @2025-03-29; d1 meeting m1 starts 2025-03-28T10:00 completed",
      "meetings_per_week/all", .want = "value 0" },
    { "a typed meeting needs no stage", "d1 meeting m1 starts 2025-03-28T10:00 completed discovery",
      "meetings_per_week/all", .want = "value 1" },
    { "completed but not started yet is not held",
      "d1 meeting m1 starts 2025-03-31T10:00:00.000001 completed discovery @2025-03-20",
      "meetings_per_week/all", .want = "value 0", .as_of = "2025-03-31T10:00" },
    { "one that starts at the asked instant is",
      "d1 meeting m1 starts 2025-03-31T10:00 completed discovery @2025-03-20",
      "meetings_per_week/all", .want = "value 1", .as_of = "2025-03-31T10:00" },
    { "a start at the window's beginning is out",
      "d1 meeting m1 starts 2025-03-24T23:59:59.999999 completed discovery",
      "meetings_per_week/all", .want = "value 0" },
    { "a start a microsecond later is in",
      "d1 meeting m1 starts 2025-03-25T00:00 completed discovery", "meetings_per_week/all",
      .want = "value 1" },
    { "one logged after the date is not known of",
      "d1 meeting m1 starts 2025-03-28T10:00 completed discovery @2025-04-02",
      "meetings_per_week/all", .want = "value 0" },
    { "the last word on a meeting holds",
      "d1 meeting m1 starts 2025-03-28T10:00 completed discovery @2025-03-20; "
      "d1 meeting m1 starts 2025-03-28T10:00 canceled discovery @2025-03-29",
      "meetings_per_week/all", .want = "value 0" },
    { "at one instant the later in the log is the last",
      "d1 meeting m1 starts 2025-03-28T10:00 canceled discovery @2025-03-29; "
      "d1 meeting m1 starts 2025-03-28T10:00 completed discovery @2025-03-29",
      "meetings_per_week/all", .want = "value 1" },
    { "a word after the date does not",
      "d1 meeting m1 starts 2025-03-28T10:00 completed discovery @2025-03-29; "
      "d1 meeting m1 starts 2025-03-28T10:00 canceled discovery @2025-04-02",
      "meetings_per_week/all", .want = "value 1" },
    { "the last word tells all: a type that it leaves out is none",
      "d1 meeting m1 starts 2025-03-28T10:00 scheduled discovery @2025-03-20; "
      "d1 meeting m1 starts 2025-03-28T10:00 completed @2025-03-29",
      "meetings_per_week/all", .want = "value 0" },
    { "a meeting moved out of the week is not in it",
      "d1 meeting m1 starts 2025-03-28T10:00 completed discovery @2025-03-20; "
      "d1 meeting m1 starts 2025-03-10 completed discovery @2025-03-29",
      "meetings_per_week/all", .want = "value 0" },
    { "a meeting of two deals counts once",
      "d1 meeting m1 starts 2025-03-28T10:00 completed discovery; "
      "d2 meeting m1 starts 2025-03-28T10:00 completed discovery",
      "meetings_per_week/all", .want = "value 1 n 1 deals d1,d2" },
    { "and once in each slice that holds a deal of it",
      "d1 created type newbusiness; d2 created type existingbusiness; "
      "d1 meeting m1 starts 2025-03-28T10:00 completed discovery; "
      "d2 meeting m1 starts 2025-03-28T10:00 completed discovery",
      "meetings_per_week/existing", .want = "value 1 deals d2" },
    { "it counts only through a deal for which it qualifies",
      "d1 meeting m1 starts 2025-03-28T10:00 completed discovery; "
      "d2 meeting m1 starts 2025-03-28T10:00 no_show discovery",
      "meetings_per_week/all", .want = "value 1 deals d1" },
    { "each deal has its own start, outcome and type",
      "d1 meeting m1 starts 2025-03-10 completed discovery; "
      "d2 meeting m1 starts 2025-03-28T10:00 completed other; "
      "d3 meeting m1 starts 2025-03-28T10:00 canceled renewal",
      "meetings_per_week/all", .want = "value 0" },
    { "a deal that is gone holds no meeting",
      "d1 meeting m1 starts 2025-03-28T10:00 completed discovery; "
      "d1 deleted @2025-03-30; d2 meeting m1 starts 2025-03-28T10:00 completed discovery",
      "meetings_per_week/all", .want = "value 1 deals d2" },
    { "a meeting about no deal counts for nothing",
      "- meeting m1 starts 2025-03-28T10:00 completed discovery", "meetings_per_week/all",
      .want = "value 0" },
    { "an e-mail sent in outreach and opened",
      "d1 created outreach @2025-01-01; d1 sent e1 @2025-03-20; d1 opened e1",
      "outreach_email_open_rate/all",
      .want = "value 1 n 1 opened 1 low 0.206549 high 1 campaign - deals d1" },
    { "one that was not opened", "d1 created outreach @2025-01-01; d1 sent e1 @2025-03-20",
      "outreach_email_open_rate/all", .want = "value 0 n 1 opened 0" },
    { "nothing sent is null", "d1 created outreach @2025-01-01; d1 opened e1",
      "outreach_email_open_rate/all", .want = "value null n 0 opened 0 low null high null" },
    { "two opens are one",
      "d1 created outreach @2025-01-01; d1 sent e1 @2025-03-20; d1 opened e1; "
      "d1 opened e1",
      "outreach_email_open_rate/all", .want = "value 1 n 1 opened 1" },
    { "a reply is no open",
      "d1 created outreach @2025-01-01; d1 sent e1 @2025-03-20; d1 replied e1",
      "outreach_email_open_rate/all", .want = "value 0 n 1" },
    { "an open dated before the send counts",
      "d1 created outreach @2025-01-01; d1 opened e1 @2025-03-19; d1 sent e1 @2025-03-20",
      "outreach_email_open_rate/all", .want = "value 1 n 1" },
    { "an open after the date does not",
      "d1 created outreach @2025-01-01; d1 sent e1 @2025-03-20; d1 opened e1 @2025-04-01",
      "outreach_email_open_rate/all", .want = "value 0 n 1" },
    { "an open on another deal does not",
      "d1 created outreach @2025-01-01; d1 sent e1 @2025-03-20; d2 opened e1",
      "outreach_email_open_rate/all", .want = "value 0 n 1" },
    { "one id on two deals is two e-mails",
      "d1 created outreach @2025-01-01; d2 created outreach @2025-01-01; "
      "d1 sent e1 @2025-03-20; d2 sent e1 @2025-03-20; d2 opened e1",
      "outreach_email_open_rate/all", .want = "value 0.5 n 2 opened 1 deals d1,d2" },
    { "sent in another stage does not count",
      "d1 created outreach @2025-01-01; d1 moved discovery @2025-03-10; "
      "d1 sent e1 @2025-03-20",
      "outreach_email_open_rate/all", .want = "n 0" },
    { "sent at the instant of entering outreach counts",
      "d1 created enrichment @2025-01-01; d1 sent e1 @2025-03-20; "
      "d1 moved outreach @2025-03-20",
      "outreach_email_open_rate/all", .want = "n 1" },
    { "sent at the instant of leaving it does not",
      "d1 created outreach @2025-01-01; d1 sent e1 @2025-03-20; "
      "d1 moved discovery @2025-03-20",
      "outreach_email_open_rate/all", .want = "n 0" },
    { "what happened to the deal later does not matter",
      "d1 created outreach @2025-01-01; d1 sent e1 @2025-03-20; "
      "d1 moved closed_lost @2025-03-21",
      "outreach_email_open_rate/all", .want = "n 1" },
    { "an e-mail of a deal without a stage does not count",
      "d1 sent e1 @2025-03-20; d1 moved outreach @2025-03-21", "outreach_email_open_rate/all",
      .want = "n 0" },
    { "sent at the window's beginning is out",
      "d1 created outreach @2025-01-01; d1 sent e1 @2025-03-01T23:59:59.999999",
      "outreach_email_open_rate/all", .want = "n 0" },
    { "sent a microsecond later is in",
      "d1 created outreach @2025-01-01; d1 sent e1 @2025-03-02T00:00",
      "outreach_email_open_rate/all", .want = "n 1" },
    { "the last sending tells when and for which campaign",
      "d1 created outreach @2025-01-01; d1 sent e1 intro @2025-02-01; "
      "d1 sent e1 second @2025-03-20",
      "outreach_email_open_rate/all", .want = "n 1 campaign second:0/1" },
    { "sent again after the date it is as it was",
      "d1 created outreach @2025-01-01; d1 sent e1 intro @2025-03-20; "
      "d1 sent e1 second @2025-04-20",
      "outreach_email_open_rate/all", .want = "n 1 campaign intro:0/1" },
    { "sent again in another stage it no longer counts",
      "d1 created outreach @2025-01-01; d1 sent e1 @2025-03-20; "
      "d1 moved discovery @2025-03-21; d1 sent e1 @2025-03-22",
      "outreach_email_open_rate/all", .want = "n 0" },
    { "each campaign has its own rate",
      "d1 created outreach @2025-01-01; d1 sent e1 b @2025-03-20; d1 sent e2 a; "
      "d1 sent e3 b; d1 opened e3",
      "outreach_email_open_rate/all", .want = "n 3 opened 1 campaign a:0/1 campaign b:1/2" },
    { "an e-mail without a campaign is in the total only",
      "d1 created outreach @2025-01-01; d1 sent e1 @2025-03-20; d1 sent e2 a; "
      "d1 opened e1",
      "outreach_email_open_rate/all", .want = "value 0.5 n 2 campaign a:0/1" },
    { "the interval of 2 in 5",
      "d1 created outreach @2025-01-01; d1 sent e1 @2025-03-20; d1 sent e2; d1 sent e3; "
      "d1 sent e4; d1 sent e5; d1 opened e1; d1 opened e2",
      "outreach_email_open_rate/all", .want = "value 0.4 n 5 opened 2 low 0.117621 high 0.769276" },
    { "e-mails go to the slice of their deal",
      "d1 created outreach @2025-01-01; d1 set deal_type newbusiness; "
      "d2 created outreach @2025-01-01; d1 sent e1 @2025-03-20; d2 sent e2 @2025-03-20",
      "outreach_email_open_rate", .want = "n 1 deals d1" },
    { "an e-mail about no deal counts for nothing", "- sent e1 @2025-03-20",
      "outreach_email_open_rate/all", .want = "n 0" },
    { "a retracted open is none",
      "d1 created outreach @2025-01-01; d1 sent e1 @2025-03-20; x: d1 opened e1; "
      "retract x",
      "outreach_email_open_rate/all", .want = "value 0 n 1" },
    { "each of a deal's many mails is opened by its own id",
      "d1 created outreach @2025-01-01; d1 sent m1..m40 @2025-03-20; "
      "d1 opened m31..m50 @2025-03-21; d1 opened m31..m35 @2025-03-22",
      "outreach_email_open_rate/all", .want = "value 0.25 n 40 opened 10 deals d1" },
};

const struct model_group model_activity_cases = { "meetings and e-mails", rows, ARRAY_LEN(rows) };
