/* SPDX-License-Identifier: ISC */
/*
 * Everything the program can be told to do: one row of actions.def is the
 * enum, the default keys, the ":" command, the permission, the flags, the
 * hint and the help sentence.  Nothing about an action stands anywhere else.
 */
#ifndef AMPARO_APP_ACTION_H
#define AMPARO_APP_ACTION_H

#include <stddef.h>

#include "base/i18n.h"
#include "config/permission.h"

enum action_flag {
	ACTF_EVERYWHERE = 1, /* works on every screen */
	ACTF_TYPING = 2, /* its key works while typing, too */
	ACTF_CASE = 4, /* needs a case: on a list, the one under the cursor */
	ACTF_HIDDEN = 8 /* not in the hint bar, only in help and ":" */
};

enum action {
	ACT_NONE,
#define ACT(id, name, keys, perm, flags, hint, help) ACT_##id,
#include "app/actions.def"
#undef ACT
	ACT_COUNT
};

struct action_info {
	const char *name; /* ":name" */
	const char *also; /* another word that people type for it; or NULL */
	const char *keys; /* default keys, separated by spaces */
	enum permission needs;
	unsigned flags;
	const char *hint, *help; /* N_() */
};
/* ACT_NONE gives NULL. */
const struct action_info *action_info(enum action);
/* By its name or the other word for it; ACT_NONE when there is none. */
enum action action_from_name(const char *);
/*
 * What is meant by a word typed where these n actions are listed by their
 * hints (as they are translated): the listed hint first, then the name of one
 * of them, then any name.  Small or large letters, accents or none.  ":" before
 * it: a name before a hint, as on the ":" line.  ACT_NONE: nothing.
 */
enum action action_meant(const enum action *list, size_t n, const char *word);

#endif
