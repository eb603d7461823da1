/* SPDX-License-Identifier: ISC */
/*
 * From a key to an action, for one screen: its own table first, then what
 * works everywhere.  Keys are the names of ui/key.h in actions.def.
 */
#ifndef AMPARO_APP_KEYMAP_H
#define AMPARO_APP_KEYMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/action.h"
#include "ui/key.h"

/*
 * The action of a key where these actions are offered (ended by ACT_NONE;
 * NULL: none of its own).  While typing, a key that puts something into a
 * field (a letter, Enter, an arrow, Backspace, Tab unless the table has it)
 * is an action only if that is marked ACTF_TYPING.  ACT_NONE: no action.
 */
enum action keymap_find(const enum action *, const struct key *, bool typing);

/* The i-th default key of an action; K_NONE past the last. */
uint32_t keymap_key(enum action, size_t i);

/* Is it one of the keys of this action? */
bool keymap_uses(enum action, uint32_t code);

/*
 * The name of the first key that does this now: while typing the first that
 * types nothing ("F1" rather than "?").  "" when there is none.  size >= 16;
 * returns out.
 */
char *keymap_show(enum action, bool typing, char *out, size_t size);

/* Does this list hold the action? */
bool keymap_has(const enum action *, enum action);

#endif
