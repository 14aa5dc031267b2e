/* tests/model/cases_audit.c - what the audit finds. */
#include "tests/model/cases.h"
#include "tests/support/check.h"

/* Nobody wins, and no other line has enough to be judged. */
#define TEN_PROPOSE                                                                                \
    "d1..d10 created enrichment type newbusiness @2025-01-15; d1..d10 moved outreach "             \
    "@2025-01-15; d1..d10 moved discovery @2025-01-15; d1..d10 moved proposal @2025-01-15"

static const struct model_case rows[] = {
    { "a clean history has no findings",
      "d1 created enrichment; d1 moved outreach; d1 moved discovery; d1 moved proposal; "
      "d1 moved closed_won; d1 set contract_start 2025-01-01; "
      "d1 set contract_end 2025-12-31; d1 set mrr 100; d1 moved closed_won_complete",
      "audit", .want = "" },
    { "a deal may start in renewals", "d1 created renewals; d1 moved proposal", "audit",
      .want = "" },
    { "and nowhere else but enrichment", "s: d1 created outreach @2025-01-05", "audit",
      .want = "start_not_allowed deal d1 to outreach at 2025-01-05T12:00:00Z event s" },
    { "found in a stage is no start", "d1 found proposal", "audit", .want = "" },
    { "a move that the playbook does not allow",
      "d1 created enrichment; s: d1 moved proposal @2025-01-05", "audit",
      .want = "move_not_allowed deal d1 from enrichment to proposal at 2025-01-05T12:00:00Z "
              "event s" },
    { "a move back is not allowed either",
      "d1 created enrichment; d1 moved outreach; d1 moved enrichment", "audit",
      .want = "move_not_allowed from outreach to enrichment" },
    { "the same stage again is no move",
      "d1 created enrichment; d1 moved enrichment; d1 found enrichment", "audit", .want = "" },
    { "a move into an observed visit is no finding", "d1 created enrichment; d1 observed proposal",
      "audit", .want = "" },
    { "a move out of one may be", "d1 found outreach; d1 moved closed_won_complete", "audit",
      .want = "move_not_allowed from outreach to closed_won_complete" },
    { "an unknown stage is a finding, its moves are none",
      "d1 created enrichment; s: d1 moved limbo @2025-01-05; d1 moved proposal", "audit",
      .want = "unknown_stage deal d1 stage limbo at 2025-01-05T12:00:00Z event s" },
    { "an unknown first stage is only that", "d1 created limbo; d1 moved closed_won_complete",
      "audit", .want = "unknown_stage stage limbo" },
    { "each visit to an unknown stage is one",
      "d1 created enrichment; d1 moved limbo; d1 moved limbo; d1 moved outreach; "
      "d1 moved limbo",
      "audit", .want = "unknown_stage | unknown_stage" },
    { "an unknown stage that was observed is one too", "d1 found limbo", "audit",
      .want = "unknown_stage deal d1 stage limbo" },
    { "from one unknown stage to another: both", "d1 found limbo; d1 moved nowhere", "audit",
      .want = "unknown_stage stage limbo | unknown_stage stage nowhere" },
    { "at one instant each visit is looked at",
      "d1 created enrichment @2025-01-05; d1 moved discovery @2025-01-05; "
      "d1 moved proposal @2025-01-05",
      "audit", .want = "move_not_allowed from enrichment to discovery" },
    { "lost without a reason", "d1 created enrichment; d1 moved closed_lost", "audit",
      .want = "lost_without_reason deal d1" },
    { "a reason given at any time before will do",
      "d1 created enrichment; d1 lost price; d1 moved outreach; d1 moved closed_lost", "audit",
      .want = "" },
    { "a reason given after the date is not there yet",
      "d1 created enrichment; d1 moved closed_lost; d1 lost timing @2025-04-01", "audit",
      .want = "lost_without_reason deal d1" },
    { "lost and reopened needs no reason", "d1 found closed_lost; d1 observed outreach", "audit",
      .want = "" },
    { "won without a contract", "d1 found closed_won", "audit",
      .want = "won_without_contract deal d1 missing contract_start missing contract_end "
              "missing mrr" },
    { "only what is missing is named",
      "d1 found closed_won; d1 set contract_start 2025-01-01; "
      "d1 set contract_end 2025-12-31",
      "audit", .want = "won_without_contract deal d1 missing mrr" },
    { "what is filled back is not missing",
      "d1 found closed_won; d1 set contract_start 2025-01-01 @2025-06-01; "
      "d1 set contract_end 2025-12-31 @2025-06-01; d1 set mrr 100 @2025-06-01",
      "audit", .want = "" },
    { "complete needs no contract", "d1 found closed_won_complete", "audit", .want = "" },
    { "a bad date is a finding in any stage",
      "d1 created enrichment; d1 set contract_end 2025-02-30", "audit",
      .want = "bad_date deal d1 property contract_end value 2025-02-30" },
    { "a date before 1970 is a date, one of the year 0 is none",
      "d1 found closed_won; d1 set contract_start 1969-12-31; d1 set contract_end 0000-12-31; "
      "d1 set mrr 100",
      "audit",
      .want = "bad_date property contract_end value 0000-12-31 | won_without_contract missing "
              "contract_end" },
    { "and then counts as missing",
      "d1 found closed_won; d1 set contract_start soon; d1 set contract_end 2025-12-31; "
      "d1 set mrr 100",
      "audit",
      .want = "bad_date property contract_start value soon | won_without_contract missing "
              "contract_start" },
    { "a bad date that was put right is none",
      "d1 created enrichment; d1 set contract_end soon; d1 set contract_end 2025-12-31", "audit",
      .want = "" },
    { "an amount that is none is a finding in any stage, at the date",
      "d1 created enrichment; d1 set mrr 5USD; d1 set amount 7; d2 created enrichment; "
      "d2 set amount 1,000; d2 set mrr 5; d2 set mrr ten @2025-05-01; d3 created enrichment; "
      "d3 set mrr 1e3; d3 unset mrr",
      "audit",
      .want = "bad_amount deal d1 property mrr value 5USD | "
              "bad_amount deal d2 property amount value 1,000" },
    { "13 digits are no amount, and neither is a point without digits; a minus may stand before",
      "d1 created enrichment; d1 set mrr 1234567890123; d1 set amount -5; d2 created enrichment; "
      "d2 set mrr 5.; d2 set amount .5",
      "audit",
      .want = "bad_amount deal d1 property mrr value 1234567890123 | "
              "bad_amount deal d2 property amount value .5 | "
              "bad_amount deal d2 property mrr value 5." },
    { "what an experiment costs is one, too: that of its last beginning",
      "- begun x2 hypothesis=so cost=about; - begun x3 hypothesis=so cost=about; "
      "- begun x3 hypothesis=so cost=5",
      "audit", .want = "bad_amount experiment x2 value about" },
    { "none by the date, or none at all, is no finding",
      "- begun x4 hypothesis=so; - begun x5 hypothesis=so cost=5 @2025-01-20; "
      "- begun x5 hypothesis=so cost=cheap @2025-05-20",
      "audit", .want = "" },
    { "an end before its start is a finding, of contracts and targets",
      "d1 created enrichment; d1 set contract_start 2025-02-01; d1 set contract_end 2025-01-31; "
      "d2 created enrichment; d2 set target_start 2025-02-01; d2 set target_end 2025-02-01; "
      "d3 created enrichment; d3 set target_start 2025-02-01; d3 set target_end 2024-02-01",
      "audit",
      .want = "bad_interval deal d1 property contract_end start 2025-02-01 end 2025-01-31 | "
              "bad_interval deal d3 property target_end start 2025-02-01 end 2024-02-01" },
    { "a deal that does not exist yet has none",
      "d1 created enrichment @2025-08-01; d1 set amount none @2025-08-02; "
      "d1 set contract_start 2025-02-01; d1 set contract_end 2025-01-31",
      "audit", .want = "" },
    { "a bad parking date is none", "d1 created enrichment; d1 set parked_until soon", "audit",
      .want = "" },
    { "a deal that is gone has no findings",
      "d1 created proposal; d1 moved closed_lost; d1 deleted", "audit", .want = "" },
    { "a pivot about a red line that the rules do not have", "s: pivot gut_feeling @2025-01-05",
      "audit",
      .want = "unknown_red_line deal - redLine gut_feeling at 2025-01-05T12:00:00Z event s" },
    { "a pivot about one of them, or all, is none", "pivot no_wins; pivot", "audit", .want = "" },
    { "dated after it was recorded, even after the date",
      "d1 created enrichment; s: d1 moved outreach @2205-01-05 known 2025-01-06", "audit",
      .want = "dated_after_recorded deal d1 at 2205-01-05T12:00:00Z event s" },
    { "dated when it was recorded",
      "d1 created enrichment; d1 moved outreach @2025-01-05 known "
      "2025-01-05",
      "audit", .want = "" },
    { "a change that comes from another stage than it was told to",
      "d1 created enrichment; d1 moved outreach from enrichment; "
      "s: d1 moved discovery from proposal @2025-01-05",
      "audit",
      .want = "from_differs deal d1 told proposal found outreach at 2025-01-05T12:00:00Z event s" },
    { "the same stage again, told to come from elsewhere",
      "d1 created enrichment; d1 moved outreach; d1 moved outreach from proposal", "audit",
      .want = "from_differs told proposal found outreach" },
    { "a deal's first stage, told to come from one", "d1 observed outreach from enrichment",
      "audit", .want = "from_differs deal d1 told enrichment found -" },
    { "at one instant each goes on from the one before",
      "d1 created enrichment @2025-01-05; d1 moved outreach from enrichment @2025-01-05; "
      "d1 moved discovery from outreach @2025-01-05",
      "audit", .want = "" },
    { "what was retracted was no stage before",
      "d1 created enrichment; x: d1 moved outreach; d1 observed discovery from outreach; retract x",
      "audit", .want = "from_differs told outreach found enrichment" },
    { "given by the CRM's own id, and by one that no rule knows",
      "d1 created outreach; d1 observed limbo from 4711; d1 observed proposal from limbo", "audit",
      .want = "start_not_allowed to outreach | unknown_stage stage limbo",
      .crm = "outreach ['4711']" },
    { "an enrolment in another arm than the first one",
      "- begun x1 hypothesis=so; d1 created enrichment; d1 enrolled x1 a; d1 enrolled x1 a; "
      "s: d1 enrolled x1 b @2025-01-05; d2 created enrichment; d2 enrolled x1 b",
      "audit",
      .want = "arm_changed deal d1 experiment x1 from a to b at 2025-01-05T12:00:00Z event s" },
    { "an enrolment after a conclusion, also if it is concluded again",
      "- begun x1 hypothesis=so; d1 created enrichment; - concluded x1 refuted no @2025-01-03; "
      "s: d1 enrolled x1 a @2025-01-03; - concluded x1 refuted no @2025-01-09; "
      "d2 created enrichment; d2 enrolled x1 a @2025-01-02",
      "audit",
      .want = "enrolled_after_conclusion deal d1 experiment x1 at 2025-01-03T12:00:00Z event s" },
    { "two experiments may run at once, three are too many, whoever names them",
      "- begun x1 hypothesis=so; - begun x2 hypothesis=so; d1 created enrichment; d1 enrolled x3 "
      "a; "
      "d1 deleted; - begun x4 hypothesis=so; - concluded x4 validated yes",
      "audit", .want = "no_hypothesis experiment x3 | too_many_running experiment x1 x2 x3" },
    { "what runs at the date counts",
      "- begun x1 hypothesis=so; - begun x2 hypothesis=so; - begun x3 hypothesis=so @2025-04-01",
      "audit", .want = "" },
    { "an experiment without a hypothesis, a learning, or a metric that is known",
      "- begun x1 hypothesis=so @2025-01-01; - begun x1 metric=speed @2025-01-02; "
      "- concluded x1 validated yes @2025-01-03; - concluded x1 refuted @2025-01-04; "
      "- begun x2 hypothesis=so metric=sqd; - concluded x3 refuted",
      "audit",
      .want = "concluded_without_learning experiment x1 | no_hypothesis experiment x1 | "
              "unknown_metric experiment x1 metric speed" },
    { "a breach that no pivot answered in time, found weekly back from the date",
      TEN_PROPOSE "; - stay no_wins @2025-01-20; - pivot no_wins @2025-02-04", "audit",
      .want = "breach_unanswered deal - redLine no_wins date 2025-01-20" },
    { "one that was answered in time, and one that still may be, are none",
      TEN_PROPOSE "; - pivot @2025-02-03; d11..d20 created enrichment type newbusiness "
                  "@2025-03-20; d11..d20 moved outreach @2025-03-20; d11..d20 moved discovery "
                  "@2025-03-20; d11..d20 moved proposal @2025-03-20",
      "audit", .want = "" },
    { "after the date nothing is found",
      "d1 created enrichment; d1 moved proposal from outreach @2025-04-01; "
      "pivot gut_feeling @2025-04-01",
      "audit", .want = "" },
    { "a retracted move is not found", "d1 created enrichment; x: d1 moved proposal; retract x",
      "audit", .want = "" },
    { "a mapped id of the CRM is named by the stage", "d1 created 4711", "audit",
      .want = "start_not_allowed to outreach", .crm = "outreach ['4711']" },
};

const struct model_group model_audit_cases = { "audit", rows, ARRAY_LEN(rows) };
