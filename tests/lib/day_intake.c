/* SPDX-License-Identifier: ISC */
/* Meeting a person, page by page, as somebody at the keyboard does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "day_kit.h"

static void
put(struct vt *vt, const struct day_person *p, const char *label,
    const char *words)
{
	const struct day_answer one[] = { { p->paste ? DAY_PASTE : DAY_TYPE,
					      label, words },
		{ .how = DAY_END } };

	day_expect_focus(vt, label);
	if (words == NULL)
		vt_keys(vt, "Tab");
	else
		day_fill(vt, one);
}

static void
safe_now(struct vt *vt, const struct day_person *p)
{
	const char *danger = p->urgent ? "4" : "2"; /* a clear sign; none */
	const struct day_answer answers[] = {
		{ DAY_TYPE, "How did they come to us", "1" },
		{ DAY_TYPE, "In danger now", danger },
		{ DAY_TYPE, "Somebody controlling", "2" },
		{ DAY_TYPE, "Urgent health", danger },
		{ DAY_TYPE, "Recent sexual", "1" },
		{ DAY_TYPE, "Thoughts of ending", "2" },
		{ DAY_TYPE, "Under 18", "2" },
		{ DAY_TYPE, "Somewhere safe", "3" },
		{ DAY_TYPE, "Any deadline", "5" },
		{ DAY_TYPE, "Can we reach", "3" },
		{ DAY_TYPE, "Do they know what", "6" },
		{ .how = DAY_END },
	};

	vt_expect(vt, "Safe now");
	day_fill(vt, answers);
}

static void
urgent_now(struct vt *vt)
{
	static const struct day_answer answers[] = {
		{ DAY_TYPE, "Danger: what was done",
		    "Moved to the back room, door locked" },
		{ DAY_TYPE, "Health: what was", "Nurse sees her now" },
		{ DAY_TYPE, "Number given or called", "1" },
		{ .how = DAY_END },
	};

	vt_expect(vt, "At once");
	day_fill(vt, answers);
}

static void
wants_first(struct vt *vt, const struct day_person *p)
{
	static const struct day_answer how[] = {
		{ DAY_TYPE, "Language they like", "1" },
		{ DAY_TYPE, "Interpreter", "1" },
		{ DAY_TYPE, "Seen alone?", "1" },
		{ .how = DAY_END },
	};
	/* Passed over here, they are asked for before the consent. */
	static const struct day_answer silent[] = {
		{ DAY_KEYS, "Language they like", "Tab" },
		{ DAY_KEYS, "Interpreter", "Tab" },
		{ DAY_TYPE, "Seen alone?", "1" },
		{ .how = DAY_END },
	};
	static const struct day_answer reach[] = {
		{ DAY_TYPE, "May we contact them?", "2" },
		{ DAY_TYPE, "How", "1" },
		{ .how = DAY_END },
	};
	static const struct day_answer no_way[] = {
		{ DAY_TYPE, "May we contact them?", "3" },
		{ .how = DAY_END },
	};
	static const struct day_answer when[] = {
		{ DAY_TYPE, "Whose phone", "Her own; the husband may look" },
		{ DAY_TYPE, "Safe days and times", "Tue 14 to 16" },
		{ DAY_TYPE, "May we say who", "n" },
		{ .how = DAY_END },
	};

	vt_expect(vt, "What they want");
	put(vt, p, "What do they want first?", p->wants);
	day_fill(vt, p->number == NULL ? silent : how);
	if (p->number == NULL) {
		day_fill(vt, no_way);
		return;
	}
	day_fill(vt, reach);
	put(vt, p, "Number or handle", p->number);
	day_fill(vt, when);
	put(vt, p, "What to say if somebody", p->cover);
}

static void
inform(struct vt *vt, const struct day_person *p)
{
	const struct day_answer answers[] = {
		{ DAY_KEYS, "Information given", "Space Space Down Space Tab" },
		{ DAY_TYPE, "One useful number", "1" },
		{ DAY_TYPE, "What would they like us to", p->name ? "3" : "2" },
		{ .how = DAY_END },
	};

	vt_expect(vt, "Information");
	day_fill(vt, answers);
}

static void
who(struct vt *vt, const struct day_person *p)
{
	vt_expect(vt, "Search before create");
	put(vt, p, "Name, as they say it", p->name);
	put(vt, p, "Other names", p->other_names);
	put(vt, p, "Date of birth", p->birth);
	/* The number typed before stands here already. */
	day_expect_focus(vt, "Phone, only to find");
	if (p->number != NULL)
		vt_expect(vt, p->number);
	if (p->phone != NULL)
		vt_keys(vt, "C-u");
	put(vt, p, "Phone, only to find", p->phone);
}

static void
agree(struct vt *vt, const struct day_person *p)
{
	char decision[2] = { p->decision == 0 ? '1' : p->decision, '\0' };
	static const struct day_answer said_now[] = {
		{ DAY_TYPE, "Language this is asked in", "1" },
		{ DAY_TYPE, "Interpreter", "1" },
		{ .how = DAY_END },
	};
	const struct day_answer asked[] = {
		{ DAY_TYPE, "Read and explained?", "y" },
		{ DAY_TYPE, "Adult or child?", "1" },
		{ DAY_KEYS, "Read aloud: working", "Tab" },
		{ DAY_TYPE, "Do they want us to do this", decision },
		{ .how = DAY_END },
	};
	static const struct day_answer given[] = {
		{ DAY_TYPE, "Told back in their own", "y" },
		{ DAY_TYPE, "Who gave it", "1" },
		{ DAY_TYPE, "How it was given", "1" },
		{ .how = DAY_END },
	};
	static const struct day_answer refused[] = {
		{ DAY_TYPE, "May we ask again", "y" },
		{ .how = DAY_END },
	};

	if (p->number == NULL)
		day_fill(vt, said_now);
	day_fill(vt, asked);
	day_fill(vt, decision[0] <= '2' ? given : refused);
}

static void
next_step(struct vt *vt, const struct day_person *p)
{
	static const struct day_answer about[] = {
		{ DAY_TYPE, "Sex or gender", "1" },
		{ DAY_TYPE, "Age, roughly", "6" },
		{ DAY_TYPE, "Risk: harm if nothing", "1" },
		{ DAY_TYPE, "Why this level", "Threats were made today" },
		{ DAY_TYPE, "Next: which day?", "tomorrow" },
		{ DAY_TYPE, "At what time?", "14:30" },
		{ DAY_TYPE, "Did we promise it?", "y" },
		{ .how = DAY_END },
	};

	vt_expect(vt, "What is next");
	day_fill(vt, about);
	put(vt, p, "What is agreed", p->agreed);
	put(vt, p, "Note: facts needed", p->note);
}

void
day_page(struct vt *vt, enum day_page page, const struct day_person *p)
{
	switch (page) {
	case DAY_SAFE:
		safe_now(vt, p);
		break;
	case DAY_URGENT:
		if (!p->urgent)
			return;
		urgent_now(vt);
		break;
	case DAY_WANTS:
		wants_first(vt, p);
		break;
	case DAY_INFORM:
		inform(vt, p);
		break;
	case DAY_PERSON:
		if (p->name == NULL)
			return;
		who(vt, p);
		break;
	case DAY_CONSENT:
		agree(vt, p);
		break;
	case DAY_NEXT:
	case DAY_PAGES:
		next_step(vt, p);
		return;
	}
	vt_keys(vt, "C-n");
}

void
day_intake(struct vt *vt, const struct day_person *p, char code[CODE_SIZE])
{
	vt_expect(vt, "new contact");
	vt_send(vt, "n");
	for (int page = 0; page < DAY_PAGES; page++)
		day_page(vt, page, p);
	vt_keys(vt, "C-s");
	vt_expect(vt, "Saved.");
	vt_expect(vt, "Wants first");
	day_read_code(vt, code);
}
