/* tests/sample/stories.h - what becomes of deals, and what the team does beside them. */
#ifndef BC_TESTS_SAMPLE_STORIES_H
#define BC_TESTS_SAMPLE_STORIES_H

#include "tests/sample/world.h"

/* Meetings (meetings.c). How one went in the end; the clock is then after it. */
bool sample_meet(struct sample_deal *deal, const char *type);

/* Outreach (outreach.c): a sequence of e-mails. True: there was interest. */
bool sample_reach_out(struct sample_deal *deal);

/* Enrols a deal whose outreach begins in what is tried then with two arms, within the hour before;
 * `interest` is what will come of it (trials.c). */
void sample_try(struct sample_deal *deal, bool interest);
/* Whether it is a lead of the fair's, whose visitors are tried, too. */
void sample_lead(struct sample_deal *deal, const char *channel);

/* A university that never was a member, from its first day (prospect.c). */
void sample_prospect(struct sample_world *world, unsigned name, int32_t day);
/* Ends a deal: a reason, mostly, then the stage. `late`: after there was talk of an offer. */
void sample_lose(struct sample_deal *deal, bool late);

/* Signature, order, hand-off and what follows while the contract runs from `start_day`, with all
 * renewals (contract.c). */
void sample_win(struct sample_deal *deal, int32_t start_day, int64_t mrr);
/* A member since before the ledger began: found so, with a contract that ends on a day. */
void sample_member(struct sample_world *world, unsigned name, int32_t end_day);

/* Reviews, experiments, versions of ICP and playbook, pivots (team.c). */
void sample_team(struct sample_world *world);
/* What the team promises itself about a deal that waits (week.c). */
void sample_promise(struct sample_deal *deal);
/* Actions, roles, leads that never became a deal (week.c). */
void sample_week(struct sample_world *world);
/* Slips and rarities that real data has (odd.c); names from `name` on. */
void sample_odd(struct sample_world *world, unsigned name);

#endif
