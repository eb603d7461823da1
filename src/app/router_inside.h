/* SPDX-License-Identifier: ISC */
/* What router.c, overlay.c, frame.c and draft.c share; for them alone. */
#ifndef AMPARO_APP_ROUTER_INSIDE_H
#define AMPARO_APP_ROUTER_INSIDE_H

#include "app/app.h"
#include "app/formview.h"
#include "app/keymap.h"
#include "ui/cmdline.h"
#include "ui/dialog.h"

enum overlay_kind {
	OVER_NONE,
	OVER_ASK, /* app_ask() */
	OVER_CONFLICT, /* app_conflicts() */
	OVER_COMMAND, /* the ":" line */
	OVER_JUMP, /* a case code */
	OVER_LEAVE, /* keep, discard, stay */
	OVER_DRAFT, /* go on with what waits, or begin anew */
	OVER_QUIT, /* something is open: sign out all the same? */
	OVER_TOLD /* words that nothing follows from */
};

/* What is typed as an answer, on its way into a draft. */
struct line_draft {
	struct uid uid; /* null until there is one */
	bool drafted; /* it is in the database */
	bool refused; /* the last try to keep it failed */
	struct uid key; /* of what the words of keyed make; null: of none yet */
	struct buf keyed;
	struct buf base; /* what stood there before anybody typed */
	struct buf kept; /* what the draft holds */
};

struct overlay {
	enum overlay_kind kind;
	struct ask ask; /* of all but CONFLICT and COMMAND */
	struct arena words; /* of the ask: a view is read again below it */
	struct dialog dialog; /* the same */
	struct line_draft line; /* of ASK */
	struct conflict_ask conflict_ask;
	struct conflict_view conflict;
	struct conflict_field *fields; /* heap */
	struct cmdline command;
	struct cmdline_name *names; /* heap */
};

/* A view with what the router knows about it; the view is first, so that a
 * view's slot is the view's address. */
struct slot {
	struct view view;
	struct overlay over;
	struct uid draft; /* null until there is one */
	bool drafted; /* there is a draft in the database */
	bool touched; /* typed in since the last draft */
	bool refused; /* the last try to keep its words failed */
	struct uid waiting; /* a draft of this form, asked about; or null */
	struct buf kept; /* what that draft holds */
};

#define DEPTH_MAX 32

struct router {
	struct app *app;
	struct slot *slots[DEPTH_MAX + 1]; /* the last is the lock's */
	size_t n;
	char message[320];
	enum action pending; /* to run once the top view has closed */
	size_t back_to; /* views to keep, once the top one is left; 0: none */
	bool astray, strayed; /* this key, the one before did nothing here */
};

static inline struct slot *
slot_of(struct view *v)
{
	return (struct slot *)v;
}

/* --- router.c -------------------------------------------------------------- */
void router_apply(
    struct router *, struct slot *, enum next, const struct err *);
/* Close the top view; the one below is read again. */
void router_pop(struct router *);
/* Close every view above that many, as far as the first with typed words in
 * it; the one that shows then is read again. */
void router_close_to(struct router *, size_t keep);
/* How many views there are up to the one that is this case already; 0: none,
 * or the route goes on from it to a part. */
size_t router_case_at(const struct router *, const struct route *);
/* The view below comes on top of this one, and is read again. */
void router_swap(struct router *);
bool view_typing(const struct view *);
bool view_offers(const struct view *, enum action);
size_t view_actions(const struct view *, enum action *, size_t max);
/* The locked screen hides a session whose draft is not safe yet. */
bool router_held(const struct router *);
bool view_held(const struct view *);
/* Where one is: "Cases", then the code once, then where in the case; a view
 * that is the case itself is its code.  Each place once. */
#define CRUMBS_MAX (2 * (DEPTH_MAX + 1))
size_t router_crumbs(const struct router *, const char *out[CRUMBS_MAX]);
void router_show_err(struct router *, const struct err *);
/* The vault is only read: one line that stays on top of every screen, for that
 * many columns (40 hold it).  false: nothing of the kind, or hidden. */
#define ALARM_SIZE 160
bool router_alarm(const struct router *, int cols, char out[ALARM_SIZE]);

/* --- everywhere.c: the actions that work on every screen ------------------- */
void everywhere_act(struct router *, struct slot *, enum action);
/* A key that does nothing on this screen: what it is for, and where. */
void everywhere_not_here(struct router *, struct slot *, const struct key *);
/* Sign out and leave, once every draft is safe. */
void everywhere_quit(struct router *);
/* Back to a view: what is above closes as Esc closes it, and words that were
 * typed there are asked about first. */
void everywhere_back_to(struct router *, size_t keep);
/* ":jump CODE" and the answer to the question for a code: the case comes on
 * top, or where it is open already, one goes back to it. */
int everywhere_jump(struct router *, const char *code, struct err *) MUST_USE;

/* --- overlay.c ------------------------------------------------------------- */
void overlay_ask(struct slot *, enum overlay_kind, const struct ask *);
void overlay_command(struct router *, struct slot *);
void overlay_done(struct overlay *);
void overlay_key(struct router *, struct slot *, const struct key *);
void overlay_answer(struct router *, struct slot *, const char *value);
/* Does the view cover what its conflict would show?  With a key: for that. */
bool overlay_covered(struct slot *, const struct key *);
void overlay_draw(struct overlay *, struct canvas *body, struct canvas *all);

/* --- hints.c --- */
/* What can be pressed now, on the last row. */
void hints_draw(const struct router *, struct canvas *all);

/* --- draft.c --------------------------------------------------------------- */
/* -1: its words are not kept; err says why, and that they are not. */
int draft_keep(struct router *, struct slot *, struct err *) MUST_USE;
/* Typed words that could not be kept when it was last tried? */
bool draft_refused(const struct router *);
/* Show an error of a view.  When the disk is full its words are kept now, and
 * it is said whether they are. */
void draft_said(struct router *, struct slot *, const struct err *);
/* What goes on with a draft is about what it was about. */
void draft_about(struct router *, struct view *);
/* A form that was just opened empty while a draft of it waits: ask. */
void draft_offer(struct router *, struct slot *);
/* Forget the draft of a view; what was typed is saved or not wanted. */
int draft_forget(struct router *, struct slot *, struct err *) MUST_USE;

/* --- draft_line.c ---------------------------------------------------------- */
/* Is this what was typed as an answer, and not what a screen holds? */
bool draft_is_line(const struct buf *draft);
/* The same; then the route goes to where it was asked. */
bool draft_line_about(const struct buf *draft, struct route *);
bool draft_line_waits(const struct slot *);
int draft_line_keep(struct router *, struct slot *, struct err *) MUST_USE;
/* The question is left without an answer; -1: not now, its words are not kept
 * and it says so. */
int draft_line_left(struct router *, struct slot *) MUST_USE;
/* It was answered: the draft is done with, or where err says that the words
 * were not taken they stay, and it says so. */
void draft_line_answered(struct router *, struct slot *, const struct ask *,
    struct line_draft *, const char *words, struct err *err);
/* The key of what this answer makes: as long as the words are the same, the
 * same each time they are given, also after they came back from a draft. */
struct uid draft_line_key(struct line_draft *, const char *words);
/* Words that wait for the question that was just put are in it again. */
void draft_line_offer(struct router *, struct slot *);

#endif
