/* tools/connect/github.h - the parts of GitHub's connector: its account file, its issues, and those
 * that were transferred or are gone. */
#ifndef BC_TOOLS_CONNECT_GITHUB_H
#define BC_TOOLS_CONNECT_GITHUB_H

#include "ledger/base/instant.h"
#include "tools/connect/connector.h"
#include "tools/connect/run.h"

struct github_account {
    const struct bc_str *repositories, *labels, *titles, *accepted, *started;
    size_t repository_n, label_n, title_n, accepted_n, started_n;
    bool assigned, closed;
};

#define GITHUB_KEY_N 7
extern const struct bc_field_key github_keys[GITHUB_KEY_N];
bc_status github_take_account(const void **out, const struct bc_fields *in,
                              const struct bc_yaml *const *values, const struct bc_yaml *file);
/* "owner/name", by the characters that GitHub has in them. */
bool github_is_repository(struct bc_str name);
/* Of "https://github.com/o/r/issues/57": "o/r" and "57". False: it is no such address. */
bool github_parts_of(struct bc_str *repository, struct bc_str *number, struct bc_str address);

/* A repository of the account file. */
struct github_repository {
    struct bc_str name; /* as it is written there */
    struct bc_str now;  /* as it is called now */
    json_t *state;      /* of it, as the run will leave it */
    bool there;         /* it can be read, and is the one that it was */
    int64_t since_us;   /* where the last run ended; 0: it is read whole */
    int64_t begun_us;   /* by GitHub's clock */
};

/* A reading of the service. */
struct github_reading {
    struct connect_run *run;
    const struct github_account *account;
    struct github_repository *repositories; /* as many as the account file has */
    bool swept; /* all issues were listed, and those that are missing were asked for */
};

/* ---- asking (github_list.c) ---- */

extern const int github_gone[]; /* 404, 410 */

/* BC_DONE: the rest is not wanted. */
typedef bc_status github_take_fn(void *payload, const json_t *entry, struct bc_err *err);
/* All pages of a listing, entry by entry. *status, unless NULL, is what its last page answers: 404
 * and 410 are answers then, and end it, also after pages that were taken. `path` is released. */
bc_status github_list(struct connect_run *run, struct bc_buf *path, int *status,
                      github_take_fn *take, void *payload, struct bc_err *err);
/* The same once all of it is there, by `created_at` and `id`, in whichever order it came. */
bc_status github_list_by_time(struct connect_run *run, struct bc_buf *path, int *status,
                              github_take_fn *take, void *payload, struct bc_err *err);

/* A label is an object with its name, or the name alone. */
struct bc_str github_label(struct connect_run *run, const json_t *label);

bc_status github_discover(struct connect_run *run, struct bc_buf *file, struct bc_buf *found,
                          struct bc_err *err);

/* ---- issues (github_name.c, github_issue.c) ---- */

/* The name of an issue in the ledger, "issue/3001", which a transfer does not change. */
struct github_named {
    struct bc_str ref;
    struct bc_str address; /* that the ledger, or what is kept beside it, has; or empty */
    bool known;            /* one of both has it */
    bool moved;            /* it was transferred: its id here is another one */
};
struct github_named github_name(struct connect_run *run, const json_t *issue);
/* As a name or an id begins: "", or of a server of one's own, whose numbers are its own,
 * "github.example.edu/". */
struct bc_str github_place(struct connect_run *run);
/* "issue/3001", of an issue that was not transferred; with an empty id what all begin with. */
struct bc_str github_ref(struct connect_run *run, struct bc_str id);

/* Of the state, for good: the transferred issues by their new ids, and that of an id. NULL: none.
 */
#define GITHUB_MOVED "moved"
json_t *github_all_moved(const struct connect_run *run);
json_t *github_moved(const struct connect_run *run, struct bc_str id);

bool github_is_handoff(struct github_reading *reading, const struct github_named *named,
                       const json_t *issue);
/* What says of which deal it is: its names and addresses, its title, its text. `repository` is a
 * further name of the one that it is in, or empty. */
void github_gather_clues(struct connect_clues *clues, const struct github_reading *reading,
                         const struct github_named *named, const json_t *issue,
                         struct bc_str repository);
/* Does links.yaml leave it out? */
bool github_is_left_out(const struct github_reading *reading, const struct github_named *named,
                        const json_t *issue, struct bc_str repository);
/* Tells the hand-off. Its timeline is at `path`, "/repos/o/r/issues/57"; `repository` is a further
 * name of the one that it is in, or empty. */
bc_status github_tell(struct github_reading *reading, const struct github_named *named,
                      const json_t *issue, struct bc_str path, struct bc_str repository,
                      struct bc_err *err);

/* ---- transferred and gone (github_moved.c) ---- */

/* Lists all issues of all repositories, once in a run, and asks for each that the ledger has and
 * the lists have not. */
bc_status github_sweep(struct github_reading *reading, struct bc_err *err);
/* The same where the last time is more than a day ago. */
bc_status github_sweep_if_due(struct github_reading *reading, struct bc_err *err);
/* The run has come to its end: when it swept is kept. */
void github_swept(struct github_reading *reading);
/* The issue's events are up to date with it. */
void github_moved_told(struct connect_run *run, const json_t *issue);
/* Tells those that were transferred and have changed since, wherever they are. */
bc_status github_read_moved(struct github_reading *reading, struct bc_err *err);

#endif
