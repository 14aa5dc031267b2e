/* tests/model/cases_made.c - metrics that a team makes for itself, in its rules file alone. */
#include "tests/model/cases.h"
#include "tests/support/check.h"

static const struct model_case rows[] = {
    { "a count of other stages", "d1 created proposal; d2 created discovery; d3 created outreach",
      "made/all", .metric = "kind: count, stages: [proposal, discovery]",
      .want = "value 2 n 2 deals d1,d2" },
    { "a count of deals of one type, in every slice",
      "d1 created proposal type newbusiness; d2 created proposal type existingbusiness; "
      "d3 created proposal",
      "made/all", .metric = "kind: count, stages: [proposal], deal_types: [existingbusiness]",
      .want = "value 1 n 1 deals d2" },
    { "of several types",
      "d1 created proposal type newbusiness; d2 created proposal type partner; "
      "d3 created proposal type existingbusiness",
      "made/all", .metric = "kind: count, stages: [proposal], deal_types: [partner, newbusiness]",
      .want = "value 2 n 2 deals d1,d2" },
    { "a type and a slice that contradict each other count nothing",
      "d1 created proposal type newbusiness; d2 created proposal type existingbusiness", "made/new",
      .metric = "kind: count, stages: [proposal], deal_types: [existingbusiness]",
      .want = "value 0 n 0" },
    { "the type is read by its time mode",
      "d1 created proposal; d1 set deal_type partner @2025-06-01", "made/all",
      .metric = "kind: count, stages: [proposal], deal_types: [partner]",
      .want = "value 1 n 1 deals d1" },
    { "and by another mode it is not there yet",
      "d1 created proposal; d1 set deal_type partner @2025-06-01", "made/all",
      .metric = "kind: count, stages: [proposal], deal_types: [partner]",
      .mode = "deal_type as_recorded", .want = "value 0 n 0" },
    { "a deal that changes its type is counted while it has it",
      "d1 created proposal type partner; d1 set deal_type newbusiness @2025-03-01", "made/all",
      .metric = "kind: count, stages: [proposal], deal_types: [partner]", .want = "value 0 n 0" },
    { "won deals that have no price",
      "d1 created closed_won; d1 set mrr 100; d2 created closed_won; d3 created closed_won; "
      "d3 set mrr 100; d3 unset mrr; d4 created proposal",
      "made/all", .metric = "kind: count, stages: [closed_won], lacking: [mrr]",
      .want = "value 2 n 2 deals d2,d3" },
    { "won deals that have one", "d1 created closed_won; d1 set mrr 100; d2 created closed_won",
      "made/all", .metric = "kind: count, stages: [closed_won], having: [mrr]",
      .want = "value 1 n 1 deals d1" },
    { "several conditions hold together",
      "d1 created closed_won; d1 set mrr 100; d1 set contract_end 2025-12-31; "
      "d2 created closed_won; d2 set mrr 100; "
      "d3 created closed_won; d3 set contract_end 2025-12-31",
      "made/all",
      .metric = "kind: count, stages: [closed_won], having: [mrr, contract_end], "
                "lacking: [contract_start]",
      .want = "value 1 n 1 deals d1" },
    { "a date that is none is no value",
      "d1 created closed_won; d1 set contract_end soon; d2 created closed_won; "
      "d2 set contract_end 2025-12-31",
      "made/all", .metric = "kind: count, stages: [closed_won], lacking: [contract_end]",
      .want = "value 1 n 1 deals d1" },
    { "a deal without a type lacks one", "d1 created proposal; d2 created proposal type partner",
      "made/all", .metric = "kind: count, stages: [proposal], lacking: [deal_type]",
      .want = "value 1 n 1 deals d1" },
    { "a parked deal has a date until which it is",
      "d1 created outreach; d1 set parked_until 2025-12-31; d2 created outreach", "made/all",
      .metric = "kind: count, stages: [outreach], having: [parked_until]",
      .want = "value 1 n 1 deals d1" },
    { "contracts that ended in the last 30 days",
      "d1 created closed_won; d1 set contract_end 2025-03-01; d2 created closed_won; "
      "d2 set contract_end 2025-02-28; d3 created closed_won; d3 set contract_end 2025-03-31",
      "made/all", .metric = "kind: count, stages: [closed_won], contract: ends_in, days: [-30, -1]",
      .want = "value 1 n 1 deals d1" },
    { "contracts of one type that end this year",
      "d1 created closed_won type partner; d1 set contract_end 2025-12-31; "
      "d2 created closed_won; d2 set contract_end 2025-12-31",
      "made/all",
      .metric = "kind: count, stages: [closed_won], contract: ends_in, days: [0, 275], "
                "deal_types: [partner]",
      .want = "value 1 n 1 deals d1" },
    { "an overdue contract, taken out by a renewal of another type",
      "d1 created closed_won type partner; d1 set contract_end 2025-01-31; "
      "d2 created closed_won type existingbusiness; d2 set renews d1; "
      "d3 created closed_won type partner; d3 set contract_end 2025-01-31",
      "made/all",
      .metric = "kind: count, stages: [closed_won], contract: overdue, renewed_by: [closed_won], "
                "deal_types: [partner]",
      .want = "value 1 n 1 deals d3" },
    { "entries in another window",
      "d1 created outreach @2025-01-10; d1 moved proposal @2025-02-10; "
      "d2 created outreach @2025-01-10; d2 moved proposal @2025-01-20",
      "made/all", .metric = "kind: entries, stages: [proposal], window_days: 60",
      .want = "value 1 n 1 deals d1" },
    { "entries of deals that have a contract's start",
      "d1 created outreach @2025-01-10; d1 moved closed_won; d1 set contract_start 2025-02-01; "
      "d2 created outreach @2025-01-10; d2 moved closed_won",
      "made/all", .metric = "kind: entries, stages: [closed_won], having: [contract_start]",
      .want = "value 1 n 1 deals d1" },
    { "meetings of a type of one's own, and what counts as held",
      "d1 created outreach @2025-03-01; d1 meeting m1 starts 2025-03-20 no_show demo; "
      "d1 meeting m2 starts 2025-03-21 completed demo; d1 meeting m3 starts 2025-03-22 completed",
      "made/all",
      .metric = "kind: meetings, stages: [proposal], types: [demo], outcomes: [no_show], "
                "window_days: 30",
      .want = "value 1 n 1 deals d1" },
    { "mails to deals of one type",
      "d1 created outreach type partner @2025-03-01; d1 sent a; d1 opened a; "
      "d2 created outreach @2025-03-01; d2 sent b",
      "made/all", .metric = "kind: email_rate, stages: [outreach], deal_types: [partner]",
      .want = "value 1 n 1 opened 1" },
    { "a conversion between other stages, since the beginning",
      "d1 created discovery @2020-01-01; d1 moved proposal; d1 moved closed_won; "
      "d2 created proposal @2024-01-01; d2 moved closed_lost",
      "made/all", .metric = "kind: conversion, from: [proposal], to: [closed_won]",
      .want = "value 0.5 n 2 converted 1" },
    { "a conversion from either of two stages, by cohort",
      "d1 created outreach @2025-01-02; d1 moved proposal; d2 created discovery @2025-01-03; "
      "d2 moved closed_lost",
      "made/all",
      .metric = "kind: conversion, from: [outreach, discovery], to: [proposal], basis: cohort",
      .want = "value 0.5 n 2 converted 1" },
    { "a conversion of deals that have no price",
      "d1 created proposal @2025-01-02; d1 moved closed_won; d1 set mrr 10; "
      "d2 created proposal @2025-01-03; d2 moved closed_lost",
      "made/all", .metric = "kind: conversion, from: [proposal], to: [closed_won], lacking: [mrr]",
      .want = "value 0 n 1 converted 0" },
    { "a lead time between other stages",
      "d1 created outreach @2025-01-01; d1 moved proposal @2025-01-11", "made/all",
      .metric = "kind: lead_time, from: [outreach], to: [proposal]",
      .want = "value 10 n 1 excluded 0" },
    { "a deal that no condition wants is not excluded either",
      "d1 created proposal type partner @2025-01-01; d2 created proposal @2025-01-01", "made/all",
      .metric = "kind: lead_time, from: [outreach], to: [proposal], deal_types: [partner]",
      .want = "value null n 0 excluded 1" },
    { "time in two stages together, stalled after another time",
      "d1 created outreach @2025-03-01; d1 moved discovery @2025-03-11; "
      "d2 created outreach @2025-03-21",
      "made/all", .metric = "kind: time_in_stage, stages: [outreach, discovery], stalled_after: 15",
      .want = "n 2 stalled d1" },
    { "only deals of a type stall",
      "d1 created outreach type partner @2025-01-01; d2 created outreach @2025-01-01", "made/all",
      .metric = "kind: time_in_stage, stages: [outreach], deal_types: [partner]",
      .want = "n 1 stalled d1" },
};

const struct model_group model_made_cases = { "metrics made in the rules", rows, ARRAY_LEN(rows) };
