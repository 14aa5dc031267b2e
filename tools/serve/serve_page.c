#include "tools/serve/serve_page.h"

#include "tools/serve/serve_target.h"

#include <stdlib.h>

void serve_answer_release(struct serve_answer *answer)
{
    bc_buf_release(&answer->body);
    free(answer->location);
    free(answer->filename);
    *answer = (struct serve_answer){ 0 };
}

static void begin(struct serve_answer *answer, unsigned status, const char *heading,
                  const char *sentence)
{
    serve_answer_release(answer);
    answer->status = status;
    answer->type = "text/html; charset=utf-8";
    bc_buf_printf(&answer->body,
                  "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                  "<meta name=\"color-scheme\" content=\"light dark\">\n"
                  "<title>backcast: %s</title>\n</head>\n<body>\n<main>\n<h1>%s</h1>\n<p>%s</p>\n",
                  heading, heading, sentence);
}

static void end(struct serve_answer *answer)
{
    bc_buf_add_str(&answer->body, BC_STR("</main>\n</body>\n</html>\n"));
}

void serve_page(struct serve_answer *answer, unsigned status, const char *heading,
                const char *sentence)
{
    begin(answer, status, heading, sentence);
    end(answer);
}

void serve_page_link(struct serve_answer *answer, unsigned status, const char *heading,
                     const char *sentence, struct bc_str target)
{
    begin(answer, status, heading, sentence);
    bc_buf_add_str(&answer->body, BC_STR("<p><a href=\""));
    serve_target_quoted(&answer->body, target);
    bc_buf_add_str(&answer->body, BC_STR("\">Open the page</a></p>\n"));
    end(answer);
}
