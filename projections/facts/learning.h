/* projections/facts/learning.h - the facts that no metric reads: what experiments, leads,
 * hand-offs, revenue and the meetings are asked of.
 *
 * They have the form of all facts (projections/facts/facts.h) and hold texts, mostly, since few of
 * these are shared: as many words as the value says, filled with texts one after the other, each
 * with its length before it, and zeros to the end. Trailing empty texts are left out. By kind:
 *
 *     PROPERTY           name, value; a creation makes one of each of name, type, owner
 *     LEAD               campaign, channel
 *     QUALIFICATION      need, budget, icp_fit ("1" or ""), icp_version
 *     ATTEMPT            channel
 *     EXPERIMENT         experiment, hypothesis, kind, metric, target, campaign, cost, currency
 *     CONCLUSION         experiment, outcome, learning, the deal it carries, actor
 *     ENROLMENT          experiment, arm
 *     ICP, PLAYBOOK      version, changelog, actor
 *     LOST_BECAUSE       reason, re-engage after
 *     LESSON             text, topic, actor
 *     ARTIFACT           kind
 *     HEALTH             status, source, score
 *     INTENT             intent
 *     REVIEW             actor
 *     ROLE               person, role, ended ("1" or "")
 *     ACTION_DECIDED     action, text, owner, due
 *     ACTION_CLOSED      action, outcome
 *
 * Those of an event about no deal are under "". */
#ifndef BC_PROJECTIONS_FACTS_LEARNING_H
#define BC_PROJECTIONS_FACTS_LEARNING_H

#include "projections/facts/facts.h"

/* Places of texts by name. */
enum {
    BC_TEXT_PROPERTY_NAME = 0,
    BC_TEXT_PROPERTY_VALUE,
    BC_TEXT_LEAD_CAMPAIGN = 0,
    BC_TEXT_LEAD_CHANNEL,
    BC_TEXT_QUALIFICATION_NEED = 0,
    BC_TEXT_QUALIFICATION_BUDGET,
    BC_TEXT_QUALIFICATION_ICP_FIT,
    BC_TEXT_QUALIFICATION_ICP_VERSION,
    BC_TEXT_EXPERIMENT_ID = 0,
    BC_TEXT_EXPERIMENT_HYPOTHESIS,
    BC_TEXT_EXPERIMENT_KIND,
    BC_TEXT_EXPERIMENT_METRIC,
    BC_TEXT_EXPERIMENT_TARGET,
    BC_TEXT_EXPERIMENT_CAMPAIGN,
    BC_TEXT_EXPERIMENT_COST,
    BC_TEXT_EXPERIMENT_CURRENCY,
    BC_TEXT_CONCLUSION_EXPERIMENT = 0,
    BC_TEXT_CONCLUSION_OUTCOME,
    BC_TEXT_CONCLUSION_LEARNING,
    BC_TEXT_CONCLUSION_DEAL,
    BC_TEXT_CONCLUSION_ACTOR,
    BC_TEXT_ENROLMENT_EXPERIMENT = 0,
    BC_TEXT_ENROLMENT_ARM,
    BC_TEXT_PUBLISHED_VERSION = 0,
    BC_TEXT_HEALTH_STATUS = 0,
    BC_TEXT_INTENT_INTENT = 0,
    BC_TEXT_PUBLISHED_CHANGELOG,
    BC_TEXT_PUBLISHED_ACTOR,
    BC_TEXT_LOSS_REASON = 0,
    BC_TEXT_LOSS_REENGAGE_AFTER,
    BC_TEXT_LESSON_TEXT = 0,
    BC_TEXT_LESSON_TOPIC,
    BC_TEXT_LESSON_ACTOR,
    BC_TEXT_ARTIFACT_KIND = 0,
    BC_TEXT_ROLE_PERSON = 0,
    BC_TEXT_ROLE_ROLE,
    BC_TEXT_ROLE_ENDED,
    BC_TEXT_ACTION_ID = 0,
    BC_TEXT_ACTION_TEXT,
    BC_TEXT_ACTION_OWNER,
    BC_TEXT_ACTION_DUE,
};

/* Adds the facts of an event that has this seq. Those of a retraction are in the timelines. */
void bc_learning_add(struct bc_buf *out, const struct bc_event *event, uint64_t seq);

/* The i-th text of a fact; empty past the last one. Lives as long as the fact's bytes. */
struct bc_str bc_learning_text(const struct bc_fact_at *fact, size_t i);

#endif
