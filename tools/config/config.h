/* tools/config/config.h - settings from `backcast.yaml`, and where each is from.
 *
 *     ledger: ~/sales          # in the user's own file alone
 *     pager: less -S           # in the user's own file alone
 *     rules: latest            # where a command has --rules, and none are given
 *     slice: new               # the same of --slice
 *     columns: 100             # the most that a table takes of a terminal; or all, as --wide
 *     zone: Europe/Berlin      # by whose clocks people read times; days stay the rules'
 *     shared: yes              # --shared, where a command has it; in the user's own file alone
 *     people:                  # who is shown in the place of an actor or owner
 *       user:12: Ada Lovelace
 *
 * An option wins over the environment, that over the file in the ledger's folder, that over the
 * user's own. */
#ifndef BC_TOOLS_CONFIG_CONFIG_H
#define BC_TOOLS_CONFIG_CONFIG_H

#include "ledger/base/instant.h"
#include "ledger/base/mem.h"
#include "tools/cli/names.h"

#define CONFIG_FILE "backcast.yaml"

enum config_key {
    CONFIG_LEDGER,
    CONFIG_PAGER,
    CONFIG_RULES,
    CONFIG_SLICE,
    CONFIG_COLUMNS,
    CONFIG_ZONE,
    CONFIG_SHARED,
    CONFIG_PEOPLE,
    CONFIG_N,
};
extern const char *const config_keys[CONFIG_N]; /* "ledger", ... */

/* One that holds. */
struct config_setting {
    const char *value; /* NULL: nobody says; of people, how many there are */
    const char *from;  /* `--ledger`, `$BACKCAST_LEDGER`, or a file with its line */
    bool of_ledger;    /* that is the file in the ledger's folder, which may be anybody's */
};

struct config_file {
    const char *path; /* NULL: there can be none */
    bool there;
    const struct bc_err *fault; /* the first in it, or NULL */
};

/* `{ 0 }` is empty. */
struct config {
    struct config_file user, ledger;
    struct config_setting settings[CONFIG_N];
    int columns;                 /* of a terminal at most; 0: all that it has; -1: without end */
    bool shared;                 /* append through the shared log */
    bc_zone *zone;               /* of display, or NULL: the rules' */
    struct names_person *people; /* by their ids, in byte order */
    size_t people_n, people_cap;
    bc_arena *arena; /* holds all texts */
};

/* What the options and the environment say; NULL: nothing. */
struct config_given {
    const char *ledger_option, *ledger_env, *pager_env, *shared_env;
    const char *xdg_config_home, *home;
    bool no_files; /* none is looked for */
};

/* BC_E_INPUT: a file says what it cannot, with line and column. BC_E_IO: it cannot be read.
 * BC_E_USAGE: a variable says what it cannot. What
 * was read until then holds, and the other file is read, too: of two faults the user's is told, and
 * each is with its file. */
bc_status config_read(struct config *out, const struct config_given *given, struct bc_err *err);
void config_release(struct config *config);

#endif
