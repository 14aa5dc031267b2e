/* tests/model/cases_contract.c - contracts that run, end, are overdue or renewed. */
#include "tests/model/cases.h"
#include "tests/support/check.h"

static const struct model_case rows[] = {
    { "a running contract is active",
      "d1 created closed_won @2024-01-01; d1 set contract_start 2024-01-01; "
      "d1 set contract_end 2025-12-31",
      "existing_business_active", .want = "value 1 n 1 deals d1" },
    { "its last day is",
      "d1 created closed_won @2024-01-01; d1 set contract_start 2024-01-01; "
      "d1 set contract_end 2025-03-31",
      "existing_business_active", .want = "value 1" },
    { "the day after is not",
      "d1 created closed_won @2024-01-01; d1 set contract_start 2024-01-01; "
      "d1 set contract_end 2025-03-30",
      "existing_business_active", .want = "value 0" },
    { "its first day is",
      "d1 created closed_won @2024-01-01; d1 set contract_start 2025-03-31; "
      "d1 set contract_end 2026-03-30",
      "existing_business_active", .want = "value 1" },
    { "the day before is not",
      "d1 created closed_won @2024-01-01; d1 set contract_start 2025-04-01; "
      "d1 set contract_end 2026-03-31",
      "existing_business_active", .want = "value 0" },
    { "without a start it is not active",
      "d1 created closed_won @2024-01-01; d1 set contract_end 2025-12-31",
      "existing_business_active", .want = "value 0" },
    { "nor without an end",
      "d1 created closed_won @2024-01-01; d1 set contract_start 2024-01-01; "
      "d1 set owner ann",
      "existing_business_active", .want = "value 0" },
    { "nor in another stage",
      "d1 created proposal; d1 set contract_start 2025-01-01; "
      "d1 set contract_end 2025-12-31; d2 created closed_won_complete; "
      "d2 set contract_start 2025-01-01; d2 set contract_end 2025-12-31",
      "existing_business_active", .want = "value 0" },
    { "the headline of a contract metric is all",
      "d1 created closed_won @2024-01-01; d1 set contract_start 2024-01-01; "
      "d1 set contract_end 2025-12-31",
      "existing_business_active", .want = "value 1" },
    { "in its slice it counts where the type says",
      "d1 created closed_won @2024-01-01; d1 set contract_start 2024-01-01; "
      "d1 set contract_end 2025-12-31; d1 set deal_type newbusiness",
      "existing_business_active/existing", .want = "value 0" },
    { "contract dates typed in late are filled back",
      "d1 created closed_won @2024-01-01; d1 set contract_start 2024-01-01 @2025-05-01; "
      "d1 set contract_end 2025-12-31 @2025-05-01",
      "existing_business_active", .want = "value 1" },
    { "a later end does not replace the one known by then",
      "d1 created closed_won @2024-01-01; d1 set contract_start 2024-01-01; "
      "d1 set contract_end 2025-03-01 @2024-01-05; "
      "d1 set contract_end 2026-03-01 @2025-05-01",
      "existing_business_active", .want = "value 0" },
    { "an unset end is unset",
      "d1 created closed_won @2024-01-01; d1 set contract_start 2024-01-01; "
      "d1 set contract_end 2025-12-31; d1 unset contract_end",
      "existing_business_active", .want = "value 0" },
    { "a contract may have begun before 1970",
      "d1 created closed_won @2024-01-01; d1 set contract_start 1969-12-31; "
      "d1 set contract_end 2025-12-31; d2 created closed_won @2024-01-01; "
      "d2 set contract_start 0001-01-01; d2 set contract_end 9999-12-31",
      "existing_business_active", .want = "value 2" },
    { "and have ended then",
      "d1 created closed_won @2024-01-01; d1 set contract_end 1950-06-30; "
      "d2 created closed_won @2024-01-01; d2 set contract_end 0001-01-01",
      "overdue_renewal", .want = "value 2" },
    { "the year 0 has no days",
      "d1 created closed_won @2024-01-01; d1 set contract_start 0000-12-31; "
      "d1 set contract_end 2025-12-31; d2 created closed_won @2024-01-01; "
      "d2 set contract_start 0000-00-00; d2 set contract_end 2025-12-31",
      "existing_business_active", .want = "value 0" },
    { "a day that does not exist counts as unset",
      "d1 created closed_won @2024-01-01; d1 set contract_start 2024-01-01; "
      "d1 set contract_end 2025-12-31; d1 set contract_end 2026-02-30",
      "existing_business_active", .want = "value 0" },
    { "no other value takes the place of a bad one",
      "d1 created closed_won @2024-01-01; d1 set contract_start 2024-01-01; "
      "d1 set contract_end someday; d1 set contract_end 2025-12-31 @2025-06-01",
      "existing_business_active", .want = "value 0" },
    { "a date needs two digits for the month",
      "d1 created closed_won @2024-01-01; d1 set contract_start 2024-01-01; "
      "d1 set contract_end 2025-4-30",
      "existing_business_active", .want = "value 0" },
    { "a date with a time after it is none",
      "d1 created closed_won @2024-01-01; d1 set contract_start 2024-01-01; "
      "d1 set contract_end 2025-12-31T00:00:00Z",
      "existing_business_active", .want = "value 0" },
    { "29 February exists in a leap year",
      "d1 created closed_won @2024-01-01; d1 set contract_end 2024-02-29", "renewal_0_30",
      .want = "value 1", .as_of = "2024-02-28" },
    { "and not in another", "d1 created closed_won @2024-01-01; d1 set contract_end 2025-02-29",
      "renewal_0_30", .want = "value 0", .as_of = "2025-02-20" },
    { "a contract that ended and was not renewed is overdue",
      "d1 created closed_won @2024-01-01; d1 set contract_end 2025-03-30; d1 touched",
      "overdue_renewal", .want = "value 1 n 1 deals d1" },
    { "on its last day it is not overdue",
      "d1 created closed_won @2024-01-01; d1 set contract_end 2025-03-31", "overdue_renewal",
      .want = "value 0" },
    { "it needs no start to be overdue, but an end",
      "d1 created closed_won @2024-01-01; d1 set contract_start 2024-01-01", "overdue_renewal",
      .want = "value 0" },
    { "a service that ended is not overdue",
      "d1 created closed_won @2024-01-01; d1 set contract_end 2025-03-30; "
      "d1 service_ended",
      "overdue_renewal", .want = "value 0" },
    { "a service that ends later is still",
      "d1 created closed_won @2024-01-01; d1 set contract_end 2025-03-30; "
      "d1 service_ended @2025-04-01",
      "overdue_renewal", .want = "value 1" },
    { "a service started again does not undo its end",
      "d1 created closed_won @2024-01-01; d1 set contract_end 2025-03-30; "
      "d1 service_ended; d1 service_started",
      "overdue_renewal", .want = "value 0" },
    { "retracting its end does",
      "d1 created closed_won @2024-01-01; d1 set contract_end 2025-03-30; "
      "x: d1 service_ended; retract x",
      "overdue_renewal", .want = "value 1" },
    { "a won deal that renews it takes it out",
      "d1 created closed_won @2024-01-01; d1 set contract_end 2025-03-30; "
      "d2 created closed_won; d2 set renews d1",
      "overdue_renewal", .want = "value 0" },
    { "so does one that is complete",
      "d1 created closed_won @2024-01-01; d1 set contract_end 2025-03-30; "
      "d2 created closed_won_complete; d2 set renews d1",
      "overdue_renewal", .want = "value 0" },
    { "one that is still open does not",
      "d1 created closed_won @2024-01-01; d1 set contract_end 2025-03-30; "
      "d2 created proposal; d2 set renews d1",
      "overdue_renewal", .want = "value 1" },
    { "nor one won after the date",
      "d1 created closed_won @2024-01-01; d1 set contract_end 2025-03-30; "
      "d2 created proposal; d2 set renews d1; d2 moved closed_won @2025-04-01",
      "overdue_renewal", .want = "value 1" },
    { "nor one that is gone",
      "d1 created closed_won @2024-01-01; d1 set contract_end 2025-03-30; "
      "d2 created closed_won; d2 set renews d1; d2 deleted",
      "overdue_renewal", .want = "value 1" },
    { "nor one that was won and then lost",
      "d1 created closed_won @2024-01-01; d1 set contract_end 2025-03-30; "
      "d2 created closed_won; d2 set renews d1; d2 moved closed_lost",
      "overdue_renewal", .want = "value 1" },
    { "a deal cannot renew itself",
      "d1 created closed_won @2024-01-01; d1 set contract_end 2025-03-30; "
      "d1 set renews d1",
      "overdue_renewal", .want = "value 1" },
    { "of several that renew it one won is enough",
      "d1 created closed_won @2024-01-01; d1 set contract_end 2025-03-30; "
      "d2 created closed_lost; d2 set renews d1; d3 created closed_won; d3 set renews d1",
      "overdue_renewal", .want = "value 0" },
    { "of two that renew it at once one is enough",
      "d1 created closed_won @2024-01-01; d1 set contract_end 2025-02-28 @2024-01-02; "
      "d2 created closed_won @2025-03-05; d2 set renews d1 @2025-03-05; "
      "d2 moved closed_lost @2025-03-15; "
      "d3 created closed_won @2025-03-10; d3 set renews d1 @2025-03-10; "
      "d3 moved closed_lost @2025-03-25",
      "overdue_renewal", .want = "value 0", .as_of = "2025-03-12" },
    { "as long as the last of them does",
      "d1 created closed_won @2024-01-01; d1 set contract_end 2025-02-28 @2024-01-02; "
      "d2 created closed_won @2025-03-05; d2 set renews d1 @2025-03-05; "
      "d2 moved closed_lost @2025-03-15; "
      "d3 created closed_won @2025-03-10; d3 set renews d1 @2025-03-10; "
      "d3 moved closed_lost @2025-03-25",
      "overdue_renewal", .want = "value 0", .as_of = "2025-03-20" },
    { "and no longer",
      "d1 created closed_won @2024-01-01; d1 set contract_end 2025-02-28 @2024-01-02; "
      "d2 created closed_won @2025-03-05; d2 set renews d1 @2025-03-05; "
      "d2 moved closed_lost @2025-03-25; "
      "d3 created closed_won @2025-03-10; d3 set renews d1 @2025-03-10; "
      "d3 moved closed_lost @2025-03-15",
      "overdue_renewal", .want = "value 1 deals d1", .as_of = "2025-03-25" },
    { "one that begins as the other ends takes over",
      "d1 created closed_won @2024-01-01; d1 set contract_end 2025-02-28 @2024-01-02; "
      "d2 created closed_won @2025-03-05; d2 set renews d1 @2025-03-05; "
      "d2 moved closed_lost @2025-03-15; "
      "d3 created closed_won @2025-03-15; d3 set renews d1 @2025-03-15; "
      "d3 moved closed_lost @2025-03-25",
      "overdue_renewal", .want = "value 0", .as_of = "2025-03-15" },
    { "a link taken back no longer renews",
      "d1 created closed_won @2024-01-01; d1 set contract_end 2025-03-30; "
      "d2 created closed_won; d2 set renews d1; d2 unset renews",
      "overdue_renewal", .want = "value 1" },
    { "a link typed in late is filled back",
      "d1 created closed_won @2024-01-01; d1 set contract_end 2025-03-30; "
      "d2 created closed_won @2025-01-01; d2 set renews d1 @2025-06-01",
      "overdue_renewal", .want = "value 0" },
    { "the renewing deal may be of another slice",
      "d1 created closed_won @2024-01-01; d1 set contract_end 2025-03-30; "
      "d1 set deal_type newbusiness; d2 created closed_won type existingbusiness; "
      "d2 set renews d1",
      "overdue_renewal/new", .want = "value 0" },
    { "a renewing deal may itself be overdue",
      "d1 created closed_won @2024-01-01; d1 set contract_end 2025-03-30; "
      "d2 created closed_won; d2 set renews d1; d2 set contract_end 2025-03-30",
      "overdue_renewal", .want = "value 1 deals d2" },
    { "complete is not overdue", "d1 created closed_won_complete; d1 set contract_end 2025-03-30",
      "overdue_renewal", .want = "value 0" },
    { "a contract that ended yesterday is in no bucket",
      "d1 created closed_won @2024-01-01; d1 set contract_end 2025-03-30", "renewal_0_30",
      .want = "value 0 n 0" },
    { "one that ends today is in the first",
      "d1 created closed_won @2024-01-01; d1 set contract_end 2025-03-31", "renewal_0_30",
      .want = "value 1 n 1" },
    { "30 days ahead is in the first",
      "d1 created closed_won @2024-01-01; d1 set contract_end 2025-04-30", "renewal_0_30",
      .want = "value 1 n 1" },
    { "31 days ahead is not in the first",
      "d1 created closed_won @2024-01-01; d1 set contract_end 2025-05-01", "renewal_0_30",
      .want = "value 0 n 0" },
    { "30 days ahead is not in the second",
      "d1 created closed_won @2024-01-01; d1 set contract_end 2025-04-30", "renewal_31_90",
      .want = "value 0 n 0" },
    { "31 days ahead is in the second",
      "d1 created closed_won @2024-01-01; d1 set contract_end 2025-05-01", "renewal_31_90",
      .want = "value 1 n 1" },
    { "90 days ahead is in the second",
      "d1 created closed_won @2024-01-01; d1 set contract_end 2025-06-29", "renewal_31_90",
      .want = "value 1 n 1" },
    { "91 days ahead is not in the second",
      "d1 created closed_won @2024-01-01; d1 set contract_end 2025-06-30", "renewal_31_90",
      .want = "value 0 n 0" },
    { "90 days ahead is not in the third",
      "d1 created closed_won @2024-01-01; d1 set contract_end 2025-06-29", "renewal_91_180",
      .want = "value 0 n 0" },
    { "91 days ahead is in the third",
      "d1 created closed_won @2024-01-01; d1 set contract_end 2025-06-30", "renewal_91_180",
      .want = "value 1 n 1" },
    { "180 days ahead is in the third",
      "d1 created closed_won @2024-01-01; d1 set contract_end 2025-09-27", "renewal_91_180",
      .want = "value 1 n 1" },
    { "181 days ahead is in none",
      "d1 created closed_won @2024-01-01; d1 set contract_end 2025-09-28", "renewal_91_180",
      .want = "value 0 n 0" },
    { "a bucket is for won deals only", "d1 created renewals; d1 set contract_end 2025-04-10",
      "renewal_0_30", .want = "value 0" },
    { "renewed already does not take a deal out of its bucket",
      "d1 created closed_won @2024-01-01; d1 set contract_end 2025-04-10; "
      "d2 created closed_won; d2 set renews d1",
      "renewal_0_30", .want = "value 1" },
};

const struct model_group model_contract_cases = { "contracts", rows, ARRAY_LEN(rows) };
