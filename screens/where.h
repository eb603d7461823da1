/* SPDX-License-Identifier: ISC */
/* Where what waits in a case is done. */
#ifndef AMPARO_SCREENS_WHERE_H
#define AMPARO_SCREENS_WHERE_H

#include <stdbool.h>

#include "app/action.h"

/* The way of case_ways.def to it, by the code of a task (rules/tasks.h) or of a
 * next action (rules/workflow.h); ACT_NONE: a free task, which says itself what
 * is to be done, or an unknown code.  record: it stands for one, not for the
 * case itself; such a review is that of a child. */
enum action where_done(const char *code, bool record);

#endif
