/* SPDX-License-Identifier: ISC */
/* Between vt.c and vt_look.c only. */
#ifndef AMPARO_TESTS_VT_IMPL_H
#define AMPARO_TESTS_VT_IMPL_H

#include "vt.h"

struct vt {
	pid_t pid;
	int master, pidfd;
	VTerm *vterm;
	VTermScreen *screen;
	struct buf stream, text, reply;
	bool cursor_visible, alt_screen, reaped;
	int status, rows, cols;
};

#endif
