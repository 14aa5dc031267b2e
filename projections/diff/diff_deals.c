/* One walk over the deals serves all steps and all figures, of several diffs, too. Each deal is
 * viewed at each point, which gives its stake in each figure there; where the stakes on both sides
 * of a step differ, the step moves the deal.
 *
 *   deal ─> view 0 ─> stakes [metric][slice]  ┐ differ? ─> watch: a part of a row
 *        └> view 1 ─> stakes [metric][slice]  ┘┐ differ? ─> ...
 *        └> view 2 ─> ...                      ┘
 *
 * Whether another deal renews a deal is known only at the end: those that might be are recorded
 * even if nothing differs, and sorted out then. */
#include "projections/diff/diff_deals.h"

#include "projections/metrics/metric.h"

#include <assert.h>
#include <stdlib.h>

enum { NO_STAKE = -1 };

/* The deals as seen at one point. */
struct view {
    const struct bc_rules *rules;
    const struct bc_question *question;
    bool folds_as_before; /* as the previous view does */
    bool only_events;     /* differs from the previous view only by changed events */
    struct bc_dates dates;
    struct bc_view view;
    bc_folder *folder;
    const struct bc_deal *deal; /* the current one */
    int *slots;                 /* of each metric of the rules; -1: not needed */
    struct bc_metric *metrics;  /* by slot */
    struct bc_windows *windows; /* of each metric that has one */
    size_t n;
    struct bc_stake *stakes; /* of the current deal: [slot][slice] */
};

/* A part of a row, in which a step moves deals. */
struct watch {
    struct bc_diff_part *part;
    size_t to;         /* the step's second view */
    int before, after; /* the figure's place among the stakes of the two views, or NO_STAKE */
    bool renewable;    /* a deal may drop out of it because of another */
    struct bc_diff_deal *deals;
    size_t n, cap;
};

struct walking {
    const struct bc_diff_walk *walk;
    bc_arena *arena;
    struct view views[BC_POINTS_MAX];
    struct watch *watches;
    size_t n, cap;
};

/* --- what is needed --- */

/* All views under the same rules compute a metric, and have it at the same place. */
static void ask_for(struct walking *walking, const struct bc_rules *rules, size_t metric)
{
    for (size_t i = 0; i < walking->walk->steps->n; i++) {
        struct view *view = &walking->views[i];

        if (view->rules == rules && view->slots[metric] < 0)
            view->slots[metric] = (int)view->n++;
    }
}

/* The place of a row's figure in a view. */
static int stake_of(struct walking *walking, const struct view *view, const struct bc_diff_row *row)
{
    const struct bc_rules *rules = view->rules;
    assert(rules);
    const struct bc_metric_rule *rule = bc_rules_metric(rules, bc_str_of(row->metric->name));
    int slice = bc_rules_slice(rules, bc_str_of(row->slice));

    if (!rule || slice < 0)
        return NO_STAKE;
    ask_for(walking, rules, (size_t)(rule - rules->metrics));
    return view->slots[rule - rules->metrics] * (int)rules->slice_n + slice;
}

/* The step of a cause; each cause has one. */
static size_t step_of(const struct bc_diff_walk *walk, enum bc_cause cause)
{
    size_t to = 1;

    while (to < walk->steps->n && walk->steps->points[to].cause != cause)
        to++;
    return to;
}

static void add_watches(struct walking *walking, struct bc_diff_row *row)
{
    for (size_t i = 0; row->metric && i < row->part_n; i++) {
        size_t to = step_of(walking->walk, row->parts[i].cause);
        struct watch watch = { .part = &row->parts[i], .to = to };

        if (to == walking->walk->steps->n)
            continue; /* another figure was given out: no deal moved */
        watch.before = stake_of(walking, &walking->views[to - 1], row);
        watch.after = stake_of(walking, &walking->views[to], row);
        BC_GROW(walking->watches, walking->n, walking->cap);
        walking->watches[walking->n++] = watch;
    }
}

static bool same_known(const struct bc_question *a, const struct bc_question *b)
{
    return a->rules == b->rules && a->known_asked == b->known_asked && a->known_us == b->known_us &&
           a->by_source == b->by_source && a->last_seq == b->last_seq && a->override == b->override;
}

static bc_status begin_view(struct view *view, const struct bc_diff_walk *walk, struct bc_err *err)
{
    const bc_string_table *strings = bc_timelines_strings(walk->timelines);
    const struct bc_rules *rules = view->rules;
    struct bc_visible visible;
    bc_status rc =
        bc_question_known(view->question, bc_timelines_log(walk->timelines), &visible, err);

    if (rc < 0)
        return rc;
    bc_dates_init(&view->dates, rules->zone, view->question->as_of_us, 1);
    bc_view_init(&view->view, rules, strings, &view->dates);
    view->folder = bc_folder_new(strings, rules, visible);
    view->metrics = bc_calloc(view->n, sizeof(*view->metrics));
    view->windows = bc_calloc(view->n, sizeof(*view->windows));
    view->stakes = bc_calloc(view->n * rules->slice_n, sizeof(*view->stakes));
    for (size_t i = 0; i < rules->metric_n; i++) {
        const struct bc_metric_rule *rule = &rules->metrics[i];
        int slot = view->slots[i];

        if (slot < 0)
            continue;
        if (rule->window_days != BC_NO_WINDOW)
            bc_windows_init(&view->windows[slot], &view->dates, rule->window_days);
        bc_metric_init(&view->metrics[slot], rule, &view->dates,
                       view->windows[slot].begin_us ? &view->windows[slot] : NULL, rules->slice_n,
                       strings);
        view->metrics[slot].tally.keep_slices = UINT32_MAX;
    }
    return BC_OK;
}

static void end_view(struct view *view)
{
    for (size_t i = 0; view->metrics && i < view->n; i++) {
        bc_metric_release(&view->metrics[i]);
        bc_windows_release(&view->windows[i]);
    }
    free(view->metrics);
    free(view->windows);
    free(view->stakes);
    free(view->slots);
    bc_folder_free(view->folder);
    bc_view_release(&view->view);
    bc_dates_release(&view->dates);
}

static const struct bc_metric *metric_of(const struct view *view, int stake)
{
    return stake == NO_STAKE ? NULL : &view->metrics[(size_t)stake / view->rules->slice_n];
}

static bool is_renewable(const struct view *view, int stake)
{
    const struct bc_metric *metric = metric_of(view, stake);

    return metric && metric->tally.mode == BC_TALLY_RENEWABLE;
}

static bc_status begin(struct walking *walking, const struct bc_diff_walk *walk, struct bc_err *err)
{
    bc_status rc = BC_OK;

    walking->walk = walk;
    walking->arena = walk->diff->arena;

    for (size_t i = 0; i < walk->steps->n; i++) {
        struct view *view = &walking->views[i];

        view->question = &walk->steps->points[i].question;
        view->rules = view->question->rules;
        view->slots = bc_reallocarray(NULL, view->rules->metric_n, sizeof(*view->slots));
        for (size_t m = 0; m < view->rules->metric_n; m++)
            view->slots[m] = -1;
        view->folds_as_before = i && same_known(view->question, view[-1].question);
        view->only_events = i && walk->steps->points[i].cause >= BC_CAUSE_LATE;
    }
    for (size_t i = 0; i < walk->diff->n; i++)
        add_watches(walking, &walk->diff->rows[i]);
    for (size_t i = 0; rc == BC_OK && i < walk->steps->n; i++)
        rc = begin_view(&walking->views[i], walk, err);
    for (size_t i = 0; rc == BC_OK && i < walking->n; i++) {
        struct watch *watch = &walking->watches[i];

        watch->renewable = is_renewable(&walking->views[watch->to - 1], watch->before) ||
                           is_renewable(&walking->views[watch->to], watch->after);
    }
    return rc;
}

/* --- a deal --- */

/* Adds up what a metric has kept of the current deal, and drops it. */
static void add_stakes(struct view *view, size_t slot)
{
    struct bc_tally *tally = &view->metrics[slot].tally;

    for (size_t i = 0; i < tally->kept_n; i++) {
        const struct bc_kept *kept = &tally->kept[i];
        struct bc_stake *stake = &view->stakes[slot * view->rules->slice_n + kept->slice];

        stake->n++;
        stake->hit += kept->contribution.hit;
        stake->value_us += kept->contribution.value_us;
        if (kept->contribution.growing)
            stake->value_us += view->question->as_of_us[0];
    }
    tally->kept_n = 0;
    bc_arena_reset(tally->arena);
}

static size_t stakes_size(const struct view *view)
{
    return view->n * view->rules->slice_n * sizeof(*view->stakes);
}

static bc_status see(struct view *view, struct bc_str deal, struct bc_str facts, struct bc_err *err)
{
    bc_status rc = BC_OK;

    if (view->folds_as_before)
        view->deal = view[-1].deal;
    else
        rc = bc_fold(view->folder, deal, facts, &view->deal, err);
    if (rc < 0)
        return rc;
    memset(view->stakes, 0, stakes_size(view));
    bc_view_at(&view->view, view->deal);
    for (size_t slot = 0; view->view.present_n && slot < view->n; slot++) {
        view->metrics[slot].add(&view->metrics[slot], &view->view);
        add_stakes(view, slot);
    }
    return BC_OK;
}

static bool any_changed(const struct bc_changed_events *changed, struct bc_str facts)
{
    const struct bc_override override = bc_changed_events_apart(changed, 0);
    struct bc_fact fact;

    while (bc_fact_take(&fact, &facts))
        if (bc_override_group(&override, fact.seq))
            return true;
    return false;
}

static bool same_stake(const struct bc_stake *a, const struct bc_stake *b)
{
    return a->n == b->n && a->hit == b->hit && a->value_us == b->value_us;
}

static struct bc_stake stake_at(const struct view *view, int stake)
{
    return stake == NO_STAKE ? (struct bc_stake){ 0 } : view->stakes[stake];
}

static void take_down(struct walking *walking, struct watch *watch, struct bc_str deal)
{
    struct bc_diff_deal moved = { .before = stake_at(&walking->views[watch->to - 1], watch->before),
                                  .after = stake_at(&walking->views[watch->to], watch->after) };

    if (watch->renewable ? !moved.before.n && !moved.after.n
                         : same_stake(&moved.before, &moved.after))
        return;
    moved.is.deal = bc_arena_copy(walking->arena, deal);
    BC_GROW(watch->deals, watch->n, watch->cap);
    watch->deals[watch->n++] = moved;
}

/* Few deals have changed events: to a view that differs only by those, all others look as to the
 * previous view. But each view must see for itself which deals renew others. */
static bc_status see_one(struct walking *walking, struct bc_str deal, struct bc_str facts,
                         struct bc_err *err)
{
    bool changed = any_changed(&walking->walk->steps->changed, facts);
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < walking->walk->steps->n; i++) {
        struct view *view = &walking->views[i];

        if (!view->only_events || changed || view[-1].deal->settings[BC_P_RENEWS].n) {
            rc = see(view, deal, facts, err);
        } else {
            view->deal = view[-1].deal;
            memcpy(view->stakes, view[-1].stakes, stakes_size(view));
        }
    }
    for (size_t i = 0; rc == BC_OK && i < walking->n; i++)
        take_down(walking, &walking->watches[i], deal);
    return rc;
}

struct all {
    struct walking *at;
    size_t n;
};

static bc_status see_deal(void *payload, struct bc_str deal, struct bc_str facts,
                          struct bc_err *err)
{
    const struct all *all = payload;
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < all->n; i++)
        if (all->at[i].n) /* else none of its figures moved deals */
            rc = see_one(&all->at[i], deal, facts, err);
    return rc;
}

/* --- the whole --- */

static void drop_if_renewed(const struct view *view, int stake, struct bc_str deal,
                            struct bc_stake *out)
{
    if (out->n && is_renewable(view, stake) &&
        bc_tally_renewed(&metric_of(view, stake)->tally, bc_id128_of(deal), 0))
        *out = (struct bc_stake){ 0 };
}

static void sort_out_renewed(const struct walking *walking, struct watch *watch)
{
    size_t kept = 0;

    for (size_t i = 0; i < watch->n; i++) {
        struct bc_diff_deal *moved = &watch->deals[i];

        drop_if_renewed(&walking->views[watch->to - 1], watch->before, moved->is.deal,
                        &moved->before);
        drop_if_renewed(&walking->views[watch->to], watch->after, moved->is.deal, &moved->after);
        if (!same_stake(&moved->before, &moved->after))
            watch->deals[kept++] = *moved;
    }
    watch->n = kept;
}

static void hand_out(struct walking *walking, struct watch *watch)
{
    if (watch->renewable)
        sort_out_renewed(walking, watch);
    if (watch->n == 0)
        return;
    watch->part->deals = bc_arena_alloc(walking->arena, watch->n * sizeof(*watch->deals));
    memcpy(watch->part->deals, watch->deals, watch->n * sizeof(*watch->deals));
    watch->part->deal_n = watch->n;
}

static bc_status name_events(const struct walking *walking, struct bc_err *err)
{
    struct bc_step_moved *moved = NULL;
    size_t n = 0, cap = 0;
    bc_status rc;

    for (size_t i = 0; i < walking->n; i++) {
        const struct watch *watch = &walking->watches[i];

        for (size_t j = 0; j < watch->n; j++) {
            BC_GROW(moved, n, cap);
            moved[n++] = (struct bc_step_moved){ &watch->part->deals[j].is, watch->to };
        }
    }
    rc = bc_step_events(moved, n, walking->walk->timelines, walking->walk->steps, walking->arena,
                        err);
    free(moved);
    return rc;
}

static bc_status finish(struct walking *walking, struct bc_err *err)
{
    const struct bc_diff_walk *walk = walking->walk;

    for (size_t i = 0; i < walk->steps->n; i++)
        for (size_t slot = 0; slot < walking->views[i].n; slot++)
            bc_tally_finish(&walking->views[i].metrics[slot].tally);
    for (size_t i = 0; i < walking->n; i++)
        hand_out(walking, &walking->watches[i]);
    return walk->events ? name_events(walking, err) : BC_OK;
}

static void end(struct walking *walking)
{
    for (size_t i = 0; i < walking->walk->steps->n; i++)
        end_view(&walking->views[i]);
    for (size_t i = 0; i < walking->n; i++)
        free(walking->watches[i].deals);
    free(walking->watches);
}

bc_status bc_diff_deals(const struct bc_diff_walk *walks, size_t n, struct bc_err *err)
{
    struct all all = { bc_calloc(n, sizeof(*all.at)), 0 };
    bc_status rc = BC_OK;
    bool any = false;

    for (size_t i = 0; rc == BC_OK && i < n; i++) {
        rc = begin(&all.at[all.n++], &walks[i], err);
        any |= all.at[i].n > 0;
    }
    if (rc == BC_OK && any)
        rc = bc_timelines_walk(walks->timelines, see_deal, &all, err);
    for (size_t i = 0; rc == BC_OK && i < n; i++)
        rc = finish(&all.at[i], err);
    for (size_t i = 0; i < all.n; i++)
        end(&all.at[i]);
    free(all.at);
    return rc;
}
