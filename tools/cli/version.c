#include "tools/cli/version.h"

#include "ledger/base/str.h"

#include <string.h>

#include <openssl/crypto.h>
#include <openssl/opensslv.h>
#include <protobuf-c/protobuf-c.h>
#ifdef __GLIBC__
#include <gnu/libc-version.h>
#endif

#ifdef __clang__
#define COMPILER __VERSION__ /* has the name in it */
#else
#define COMPILER "gcc " __VERSION__
#endif

/* What every program of ours has in it. */
static size_t version_base(struct version_part *out)
{
    size_t n = 0;

#ifdef __GLIBC__
    out[n++] = (struct version_part){ "C library",
                                      VERSION_TEXT(__GLIBC__) "." VERSION_TEXT(__GLIBC_MINOR__),
                                      gnu_get_libc_version(), NULL };
#endif
    out[n++] =
        (struct version_part){ "protobuf-c", PROTOBUF_C_VERSION, protobuf_c_version(), NULL };
    out[n++] = (struct version_part){ "OpenSSL", OPENSSL_VERSION_STR,
                                      OpenSSL_version(OPENSSL_VERSION_STRING), NULL };
    return n;
}

static void print_parts(FILE *out, const struct version_part *parts, size_t n)
{
    fprintf(out, "\n%-13s  %-10s  %s\n", "LIBRARY", "BUILT WITH", "RUNS WITH");
    for (size_t i = 0; i < n; i++) {
        const char *runs = parts[i].runs, *note = parts[i].note;

        fprintf(out, "%-13s  %-10s  %s%s%s\n", parts[i].name, parts[i].built, runs ? runs : "",
                runs && note ? ", " : "",
                note   ? note
                : runs ? ""
                       : "does not say");
    }
}

int version_answer(const struct cmd_env *env, const char *program, version_parts_fn *parts,
                   int argc, char **argv)
{
    struct version_part all[VERSION_PARTS_MAX];
    bool verbose = argc == 3 && strcmp(argv[2], "--verbose") == 0;
    struct bc_err err = { 0 };
    size_t n;

    if (argc > 2 && !verbose) {
        bc_status rc =
            bc_err_set(&err, BC_E_USAGE, "--version stands alone, or with only --verbose after it");
        return cmd_exit(env, rc, &err);
    }
    fprintf(env->out, "%s %s\n", program, cmd_version);
    if (verbose) {
        n = version_base(all);
        if (parts)
            n += parts(all + n);
        fprintf(env->out, "built by %s\n", COMPILER);
        print_parts(env->out, all, n);
    }
    return cmd_exit(env, BC_OK, NULL);
}
