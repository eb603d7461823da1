/* SPDX-License-Identifier: ISC */
/*
 * What the screens of the door (sign-in, locked, blank), help, drafts and
 * numbers ask of the program.  Casework screens do not need it.
 */
#ifndef AMPARO_APP_DOOR_H
#define AMPARO_APP_DOOR_H

#include "app/keeper.h"
#include "app/screen.h"
#include "base/buf.h"
#include "vault/secret.h"

/* What the session before this one left; NULL for the first. */
const struct handover *app_before(const struct view *);
/* The login to offer (from --user); "" none. */
const char *app_offered_login(const struct view *);
/* The people of a demo vault with their passphrases, as its file
 * VAULT_DEMO_FILE has them (store/vaultcare.h); "" for every other vault. */
void app_demo_people(const struct view *, struct buf *out);
/* Somebody is signed in and only hidden (a draft could not be kept); the
 * locked screen then has APP_HELD as its route's arg. */
bool app_held(const struct view *);
#define APP_HELD 1

/* Show the view as it is now, before something that takes time. */
void app_show(struct view *);

/*
 * Sign in (session_start() with this terminal and source).  While app_held()
 * the passphrase of whoever is signed in only uncovers their screen.
 */
int app_sign_in(struct view *, const char *login, const struct secret *,
    const struct secret *new_passphrase, struct err *) MUST_USE;
/* The same of whom the screen is locked by: nobody typed a login. */
int app_unlock(struct view *, const char *login, const struct secret *,
    struct err *) MUST_USE;
/* The next view after signing in, as the result of act(), key() or answer():
 * drafts first, then where the person was, else the queue. */
enum next app_enter(struct view *);
/* End this session for that reason (lock, change of person, leave). */
void app_leave(struct view *, enum ended);

/* The person chose another language or theme: from now on. */
void app_chose(struct view *);

/* The view this one was opened over; NULL none. */
const struct view *app_below(const struct view *);
/* What can be done on the view below: see router_actions(). */
size_t app_actions(const struct view *, enum action *, size_t max);
/* Run an action on the view below once this one has closed: return NEXT_BACK
 * next. */
void app_run_below(struct view *, enum action);

#endif
