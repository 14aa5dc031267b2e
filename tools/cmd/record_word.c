#include "tools/cmd/record_word.h"

static const struct record_word words[] = {
    { "action", BC_ACTION_DECIDED, "close", BC_ACTION_CLOSED,
      "that action is closed instead; --outcome says how it ended" },
    { "experiment", BC_EXPERIMENT_STARTED, "conclude", BC_EXPERIMENT_CONCLUDED,
      "that experiment is concluded instead, with --outcome and --learning" },
    { "review", BC_REVIEW_HELD, NULL, BC_NO_BODY, NULL },
    { "role", BC_ROLE_ASSIGNED, NULL, BC_NO_BODY, NULL },
};

const struct record_word *record_word_at(size_t i)
{
    return i < sizeof(words) / sizeof(words[0]) ? &words[i] : NULL;
}

const struct record_word *record_word_of(const char *word)
{
    const struct record_word *found;

    for (size_t i = 0; (found = record_word_at(i)); i++)
        if (strcmp(found->word, word) == 0)
            return found;
    return NULL;
}

bool record_word_closes(const struct record_word *word, int argc, char **argv)
{
    const size_t len = word->close ? strlen(word->close) : 0;

    for (int i = 1; word->close && i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strncmp(argv[i], "--", 2) == 0 && strncmp(argv[i] + 2, word->close, len) == 0 &&
            (argv[i][len + 2] == '\0' || argv[i][len + 2] == '='))
            return true;
    return false;
}
