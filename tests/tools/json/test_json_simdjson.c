/* tools/json/json_simdjson: what a C++ library throws ends the process in words, and not by a
 * signal. */
#include "tests/support/check.h"
#include "tools/json/json_index.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* std::terminate(), where a throw ends that passes through C. */
extern void terminate_of_cxx(void) __asm__("_ZSt9terminatev");

static void giving_up_ends_with_exit_code_4(void **state)
{
    static const char want[] = "backcast: a library gave up: nothing unfinished was appended\n";
    char said[sizeof(want) + 16] = "";
    int status, ends[2];
    pid_t child;

    (void)state;
    json_index_free(json_index_new()); /* the file is linked where something of it is asked for */
    assert_int_equal(pipe(ends), 0);
    child = fork();
    if (child == 0) {
        (void)dup2(ends[1], STDERR_FILENO);
        terminate_of_cxx();
        _exit(0);
    }
    (void)close(ends[1]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(read(ends[0], said, sizeof(said) - 1), sizeof(want) - 1);
    assert_string_equal(said, want);
    (void)close(ends[0]);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(giving_up_ends_with_exit_code_4),
    };

    return cmocka_run_group_tests_name("tools/json/json_simdjson", tests, NULL, NULL);
}
