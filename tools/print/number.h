/* tools/print/number.h - numbers for programs, with as few of 15 to 17 digits as are needed to read
 * the same number back. */
#ifndef BC_TOOLS_PRINT_NUMBER_H
#define BC_TOOLS_PRINT_NUMBER_H

enum { NUMBER_LEN = 32 };

/* Prints a finite number as "%.15g" would, or with more digits. */
void number_print(char out[NUMBER_LEN], double value);

#endif
