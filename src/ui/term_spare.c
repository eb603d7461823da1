/* SPDX-License-Identifier: ISC */
#include "ui/term_spare.h"

#include <curses.h>
#include <fcntl.h>
#include <string.h>
#include <term.h>
#include <unistd.h>

void
term_spare_strings(void)
{
	static const char head[] = "%?%p9%t\033(0%e\033(B%;";
	const size_t n = sizeof(head) - 1;
	char *off = tigetstr("sgr0"), *set = tigetstr("sgr");
	char *palette = tigetstr("oc");

	if (palette != NULL && palette != (char *)-1)
		palette[0] = '\0';
	if (off == NULL || set == NULL || set == (char *)-1 ||
	    strcmp(off, "\033(B\033[m") != 0 || strncmp(set, head, n) != 0)
		return;
	memmove(off, off + 3, strlen(off + 3) + 1);
	memmove(set, set + n, strlen(set + n) + 1);
}

void
term_spare_writes(FILE *out)
{
	int fd = fileno(out);
	int tty = dup(fd), nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);

	if (tty != -1 && nowhere != -1) {
		/* Where this fails it is said twice: no harm. */
		(void)dup2(nowhere, fd);
		(void)endwin();
		(void)dup2(tty, fd);
	}
	if (tty != -1)
		(void)close(tty);
	if (nowhere != -1)
		(void)close(nowhere);
}
