/* tools/cli/version.h - a program's version, and the libraries in it. */
#ifndef BC_TOOLS_CLI_VERSION_H
#define BC_TOOLS_CLI_VERSION_H

#include "tools/cli/cmd.h"

#define VERSION_TEXT_OF(x) #x
#define VERSION_TEXT(x)    VERSION_TEXT_OF(x) /* of a macro, what it stands for */

/* A library in the program. */
struct version_part {
    const char *name;
    const char *built; /* the version that it was built with */
    const char
        *runs; /* the version that it runs with, as the library says; NULL: it does not say */
    const char *note; /* printed after that, or NULL */
};

/* Fills `out` with what is in this program beside version_base(), and returns how many. */
typedef size_t version_parts_fn(struct version_part *out);
enum { VERSION_PARTS_MAX = 16 };

/* `PROGRAM --version [--verbose]`: one line, and with --verbose the compiler and the libraries.
 * argv[1] is --version. `parts` may be NULL. Returns the exit code. */
int version_answer(const struct cmd_env *env, const char *program, version_parts_fn *parts,
                   int argc, char **argv);

version_parts_fn version_inside; /* of backcast */

#endif
