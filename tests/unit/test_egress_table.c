/* SPDX-License-Identifier: ISC */
/*
 * The gate against one table of what may leave, written down from the field
 * guide and not from the gate: every kind of recipient x kind of data x what
 * the person said x age and guardian x second person or override x state of
 * the organisation, and every way of referring.
 */
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/clock.h"
#include "store/referral_inside.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))
#define NOW INT64_C(1795478400000)

static const struct duty duties[] = {
	{ .id = "child-law",
	    .to = RECIPIENT_PROTECTION,
	    .ages = AGES_CHILD,
	    .applies = "yes" },
	{ .id = "police-law",
	    .to = RECIPIENT_POLICE,
	    .ages = AGES_ANY,
	    .applies = "yes" },
	{ .id = "no-law-yet",
	    .to = RECIPIENT_POLICE,
	    .ages = AGES_ANY,
	    .applies = "unknown" },
};
static const struct release_rule rules[] = {
	{ .id = "no-employer",
	    .to = RECIPIENT_EMPLOYER,
	    .ages = AGES_ANY,
	    .limit = LIMIT_NEVER },
	{ .id = "nrm-second",
	    .to = RECIPIENT_NRM,
	    .ages = AGES_CHILD,
	    .limit = LIMIT_SECOND },
};
static const struct society society = { .duties = duties,
	.n_duties = N(duties),
	.release_rules = rules,
	.n_release_rules = N(rules) };

/* --- what may leave: the tables ------------------------------------------------- */
/*
 * What a whole yes does there: y it goes, 2 with a second person, c the same
 * for a child, n a rule of the country lets no yes through, x never anything.
 * over: who is reached without a yes, for a Life, a Child, by Law, by a Court;
 * l: by the law about children alone.
 */
static const struct {
	enum recipient_kind kind;
	char yes;
	const char *over;
} to_rows[] = {
	{ RECIPIENT_MOVEMENT, 'y', "LCO" },
	{ RECIPIENT_HEALTH, 'y', "LCO" },
	{ RECIPIENT_LEGAL, 'y', "LCO" },
	{ RECIPIENT_SHELTER, 'y', "LCO" },
	{ RECIPIENT_PROTECTION, 'y', "LClO" },
	{ RECIPIENT_LABOUR, 'y', "LCO" },
	{ RECIPIENT_NRM, 'c', "LCO" },
	{ RECIPIENT_POLICE, '2', "LCWO" },
	{ RECIPIENT_IMMIGRATION, '2', "LO" },
	{ RECIPIENT_EMBASSY, '2', "LCO" },
	{ RECIPIENT_EMPLOYER, 'n', "O" },
	{ RECIPIENT_FAMILY, '2', "LO" },
	{ RECIPIENT_MEDIA, '2', "" },
	{ RECIPIENT_STATISTICS, 'x', "" },
};

#define ONLY (1u << DATA_NAME | 1u << DATA_ACCOUNT)

/* What the person said: one of them is a yes, one a yes to some of it. */
static const struct {
	const char *what;
	bool yes;
	unsigned only; /* 0: to everything */
} said_rows[] = {
	{ "nothing", false, 0 },
	{ "yes", true, 0 },
	{ "yes to some", true, ONLY },
	{ "no", false, 0 },
	{ "not now", false, 0 },
	{ "taken back", false, 0 },
	{ "ended", false, 0 },
	{ "met", false, 0 },
	{ "used", false, 0 },
	{ "later", false, 0 },
	{ "to others", false, 0 },
	{ "for else", false, 0 },
};

/* Who gave it at which age, with what guardian: is it whole? */
static const struct {
	const char *what;
	int least;
	bool grown, child, whole;
	const char *by, *why;
	enum guardian_state guardian, now; /* when it was given, and since */
} age_rows[] = {
	{ "adult", 30, false, false, true, "person", "", 0, 0 },
	{ "adult by guardian", 30, false, false, false, "guardian", "",
	    GUARDIAN_SAFE, 0 },
	{ "adult by another", 30, false, false, false, "other", "court", 0, 0 },
	{ "adult by best interests", 30, false, false, false, "best_interests",
	    "too afraid to say", 0, 0 },
	{ "16, best interests past a safe guardian", 16, false, true, false,
	    "best_interests", "quicker", GUARDIAN_SAFE, 0 },
	{ "4, guardian", 4, false, true, true, "guardian", "", GUARDIAN_SAFE,
	    0 },
	{ "4, guardian of concern", 4, false, true, false, "guardian", "",
	    GUARDIAN_CONCERN, 0 },
	{ "9, guardian alone", 9, false, true, false, "guardian", "",
	    GUARDIAN_SAFE, 0 },
	{ "13, both", 13, false, true, true, "assent", "", GUARDIAN_SAFE, 0 },
	{ "13, guardian refuses", 13, false, true, false, "person", "",
	    GUARDIAN_SAFE, 0 },
	{ "13, nobody asked of the guardian", 13, false, true, false, "assent",
	    "", GUARDIAN_UNKNOWN, 0 },
	{ "13, guardian turned out unsafe", 13, false, true, false, "assent",
	    "", GUARDIAN_SAFE, GUARDIAN_CONCERN },
	{ "13, best interests", 13, false, true, true, "best_interests",
	    "the aunt, who is with her", GUARDIAN_CONCERN, 0 },
	{ "13, best interests without a word", 13, false, true, false,
	    "best_interests", " ", GUARDIAN_CONCERN, 0 },
	{ "16, both", 16, false, true, true, "both", "", GUARDIAN_SAFE, 0 },
	{ "16, alone", 16, false, true, false, "person", "", GUARDIAN_SAFE, 0 },
	{ "unknown, alone", -1, false, true, false, "person", "", 0, 0 },
	/* May be of age: theirs to say, and what protects a child stays. */
	{ "of age since, guardian", 17, true, true, false, "assent", "",
	    GUARDIAN_SAFE, 0 },
	{ "of age since, own", 17, true, true, true, "person", "", 0, 0 },
};

/* The second person or override as it stands: good for a yes, for overriding? */
static const struct {
	const char *what;
	bool yes, over;
	unsigned only; /* 0: for everything */
} act_rows[] = {
	{ "none", false, false, 0 },
	{ "agreed", true, true, 0 },
	{ "no reference", true, false, 0 },
	{ "a law not in force", true, true, 0 }, /* but none by that law */
	{ "undecided", false, false, 0 },
	{ "by nobody", false, false, 0 },
	{ "declined", false, false, 0 },
	{ "by who asked", false, false, 0 },
	{ "a day old", false, false, 0 },
	{ "used", false, false, 0 },
	{ "no words", false, false, 0 },
	{ "person not told, no why", true, false, 0 },
	{ "for others", false, false, 0 },
	{ "for something else", false, false, 0 },
	{ "agreed later than now", false, false, 0 },
	{ "for an earlier yes", false, true, 0 },
	{ "for some of it", true, true, ONLY },
};
enum { GOOD = 1, NO_REFERENCE, NO_LAW };

/* The organisation, and whose the case is. */
static const struct {
	const char *what;
	bool suspended, conflict, away, joined;
	bool shut; /* nobody is sent there */
	enum freshness listing;
} place_rows[] = {
	{ "as it should be", false, false, false, false, false, FRESH },
	{ "due for a call", false, false, false, false, false, RECHECK },
	{ "stale", false, false, false, false, true, STALE },
	{ "suspended", true, false, false, false, true, FRESH },
	{ "an interest", false, true, false, false, true, FRESH },
	{ "case elsewhere", false, false, true, false, false, FRESH },
	{ "joined to another", false, false, false, true, true, FRESH },
};

/* What an override may carry: never what they told, never their papers. */
static bool
least(enum data_scope s)
{
	return s != DATA_ACCOUNT && s != DATA_DOCUMENTS;
}

/* --- the world of one line ---------------------------------------------------------- */
struct at {
	int to, said, age, act, place;
	enum act_reason reason;
};
struct world {
	struct recipient to;
	struct release rows[2];
	struct egress_act act;
	struct egress e;
};

static struct uid
uid(int n)
{
	struct uid u = { { 0 } };

	u.b[15] = (uint8_t)n;
	return u;
}

static unsigned
in_it(unsigned only)
{
	return only == 0 ? DATA_ALL : only;
}

static void
set_said(struct world *w, const struct at *at)
{
	const char *what = said_rows[at->said].what;
	struct release *r = &w->rows[0];
	bool other = strcmp(what, "to others") == 0;

	*r = (struct release){ .uid = uid(1),
		.kind = "release",
		.recipient = other ? "others" : "them",
		.purpose = strcmp(what, "for else") == 0 ? "more" : "help",
		.scope = in_it(said_rows[at->said].only),
		.decision = strcmp(what, "no") == 0	   ? CONSENT_NO
			    : strcmp(what, "not now") == 0 ? CONSENT_NOT_NOW
							   : CONSENT_YES,
		.given_at =
		    strcmp(what, "later") == 0 ? NOW + 1 : NOW - CLOCK_DAY,
		.until = strcmp(what, "ended") == 0 ? NOW - 1 : 0,
		.met_at = strcmp(what, "met") == 0 ? NOW : 0,
		.single_use = strcmp(what, "used") == 0,
		.used_at = strcmp(what, "used") == 0 ? NOW - 1 : 0,
		.given_by = age_rows[at->age].by,
		.given_by_why = age_rows[at->age].why,
		.guardian = age_rows[at->age].guardian };
	w->rows[1] = *r;
	w->rows[1].uid = uid(2);
	w->rows[1].supersedes = uid(1);
	w->rows[1].decision = CONSENT_WITHDRAWN;
	w->e.rows = w->rows;
	w->e.n_rows = strcmp(what, "nothing") == 0	? 0
		      : strcmp(what, "taken back") == 0 ? 2
							: 1;
}

static const char *
reference(const struct world *w, const struct at *at)
{
	if (at->act == NO_REFERENCE)
		return "";
	if (at->reason != ACT_FOR_LAW)
		return "policy 4";
	if (at->act == NO_LAW)
		return "no-law-yet";
	return w->to.kind == RECIPIENT_PROTECTION ? "child-law" : "police-law";
}

static void
set_act(struct world *w, const struct at *at)
{
	const char *what = act_rows[at->act].what;
	struct egress_act *a = &w->act;
	bool undecided = strcmp(what, "undecided") == 0;

	*a = (struct egress_act){ .uid = uid(9),
		.reason = at->reason,
		.consent = uid(strcmp(what, "for an earlier yes") == 0 ? 7 : 1),
		.recipient =
		    strcmp(what, "for others") == 0 ? "others" : "them",
		.purpose =
		    strcmp(what, "for something else") == 0 ? "more" : "help",
		.scope = in_it(act_rows[at->act].only),
		.words = strcmp(what, "no words") == 0 ? " " : "what was seen",
		.legal_ref = reference(w, at),
		.told = strncmp(what, "person", 6) == 0 ? TOLD_NO : TOLD_YES,
		.told_why = "",
		.asked_by = uid(50),
		.agreed_by = uid(undecided || strcmp(what, "by nobody") == 0 ? 0
				 : strcmp(what, "by who asked") == 0 ? 50
								     : 51),
		.declined = strcmp(what, "declined") == 0,
		.agreed_at = undecided ? 0
			     : strcmp(what, "agreed later than now") == 0
				 ? NOW + 1
			     : strcmp(what, "a day old") == 0
				 ? NOW - ACT_HOURS * CLOCK_HOUR
				 : NOW - CLOCK_HOUR,
		.used_at = strcmp(what, "used") == 0 ? NOW - 1 : 0 };
	w->e.acts = a;
	w->e.n_acts = at->act != 0;
}

static void
set_world(struct world *w, const struct at *at)
{
	memset(w, 0, sizeof(*w));
	w->to =
	    (struct recipient){ .id = "them", .kind = to_rows[at->to].kind };
	w->e = (struct egress){ .society = &society,
		.recipient = &w->to,
		.purpose = "help",
		.wanted = DATA_ALL,
		.suspended = place_rows[at->place].suspended,
		.conflict = place_rows[at->place].conflict,
		.away = place_rows[at->place].away,
		.joined_away = place_rows[at->place].joined,
		.listing = place_rows[at->place].listing,
		.age = { .least = age_rows[at->age].least,
		    .most = age_rows[at->age].least,
		    .grown = age_rows[at->age].grown,
		    .guardian = age_rows[at->age].now },
		.now = NOW };
	set_said(w, at);
	set_act(w, at);
}

/* --- what the tables say of it -------------------------------------------------------- */
static bool
reached(const struct at *at)
{
	const char *over = to_rows[at->to].over;

	switch (at->reason) {
	case ACT_FOR_LIFE:
		return strchr(over, 'L') != NULL;
	case ACT_FOR_CHILD:
		return strchr(over, 'C') != NULL;
	case ACT_FOR_LAW:
		return strchr(over, 'W') != NULL ||
		       (strchr(over, 'l') != NULL && age_rows[at->age].child);
	default:
		return strchr(over, 'O') != NULL;
	}
}

static bool
second(const struct at *at)
{
	char yes = to_rows[at->to].yes;

	return yes == '2' || (yes == 'c' && age_rows[at->age].child);
}

static bool
may_go(const struct at *at, enum data_scope s)
{
	char how = to_rows[at->to].yes;
	bool yes = said_rows[at->said].yes &&
		   (in_it(said_rows[at->said].only) >> s & 1) != 0 &&
		   age_rows[at->age].whole && how != 'n';

	if (how == 'x' || place_rows[at->place].shut ||
	    place_rows[at->place].away)
		return false;
	if (yes && !second(at))
		return true;
	if ((in_it(act_rows[at->act].only) >> s & 1) == 0)
		return false;
	if (at->reason == ACT_FOR_CONSENT)
		return yes && act_rows[at->act].yes;
	if (!act_rows[at->act].over || !reached(at) ||
	    (at->act == NO_LAW && at->reason == ACT_FOR_LAW))
		return false;
	return at->reason == ACT_FOR_LAW || at->reason == ACT_FOR_COURT ||
	       least(s);
}

static const char *
line_of(const struct at *at)
{
	static char text[256];

	(void)snprintf(text, sizeof(text),
	    "to %d, said %s, %s, %s: %s, organisation %s",
	    (int)to_rows[at->to].kind, said_rows[at->said].what,
	    age_rows[at->age].what, act_reason_name(at->reason),
	    act_rows[at->act].what, place_rows[at->place].what);
	return text;
}

/* The next line of the tables. */
static bool
next_line(struct at *at)
{
	const int sizes[] = { (int)N(to_rows), (int)N(said_rows),
		(int)N(age_rows), (int)N(act_rows), (int)N(place_rows) };
	int *const digits[] = { &at->to, &at->said, &at->age, &at->act,
		&at->place };

	if ((int)++at->reason < ACT_REASON_COUNT)
		return true;
	at->reason = 0;
	for (size_t i = 0; i < N(digits); i++) {
		if (++*digits[i] < sizes[i])
			return true;
		*digits[i] = 0;
	}
	return false;
}

/* --- tests --------------------------------------------------------------------------------- */
static void
harm_03_every_line_of_the_table(void **state)
{
	long lines = 0, went = 0;
	struct egress_verdict v;
	struct at at = { 0 };
	struct world w;

	(void)state;
	do {
		set_world(&w, &at);
		egress_check(&w.e, &v);
		for (int s = 0; s < DATA_COUNT; s++) {
			bool may = (v.allowed >> s & 1) != 0;

			if (may != may_go(&at, (enum data_scope)s) ||
			    may != (v.why[s] == EGRESS_ALLOWED))
				fail_msg("%s, data %d: %s", line_of(&at), s,
				    egress_why_name(v.why[s]));
			went += may;
		}
		/* What went, went under something that is named. */
		if (v.allowed != 0 && uid_null(&v.consent) && uid_null(&v.act))
			fail_msg("%s: under nothing", line_of(&at));
		lines++;
	} while (next_line(&at));
	assert_true(lines > 500000 && went > 1000 && went < lines);
}

/* A referral of each way, with nothing, one thing or everything ticked. */
static const struct {
	const char *mode;
	char how; /* i nothing leaves, a asked about nobody, w with the person,
		     f needs something ticked */
} mode_rows[] = { { "info", 'i' }, { "warm", 'w' }, { "along", 'w' },
	{ "full", 'f' }, { "transfer", 'f' }, { "advice", 'a' } };

static bool
may_send(const struct at *at, char how, unsigned ticked)
{
	char yes = to_rows[at->to].yes;

	if (yes == 'x' || place_rows[at->place].shut)
		return false;
	if (how == 'i')
		return true;
	if (how == 'a')
		return yes != '2' &&
		       to_rows[at->to].kind != RECIPIENT_EMPLOYER &&
		       !place_rows[at->place].away;
	if (ticked == 0 && how == 'f')
		return false;
	/* There a call alone says that somebody is here who needs help. */
	if (yes == 'n' || second(at))
		ticked |= data_scope_bit(DATA_NEEDS);
	for (int s = 0; s < DATA_COUNT; s++)
		if ((ticked >> s & 1) != 0 && !may_go(at, (enum data_scope)s))
			return false;
	return true;
}

/* All fields of these kinds of data. */
static unsigned
fields_of(unsigned scopes)
{
	struct referral_field f;
	unsigned set = 0;

	for (int i = 0; referral_field(i, &f); i++)
		if ((scopes & data_scope_bit(f.scope)) != 0)
			set |= 1u << i;
	return set;
}

static void
harm_03_every_way_of_referring(void **state)
{
	const unsigned ticks[] = { 0, data_scope_bit(DATA_NAME),
		data_scope_bit(DATA_ACCOUNT), DATA_ALL };
	unsigned fields[N(ticks)];
	struct egress_verdict v;
	struct at at = { 0 };
	struct world w;

	(void)state;
	for (size_t t = 0; t < N(ticks); t++)
		fields[t] = fields_of(ticks[t]);
	do {
		/* How an act can fail is above: here, whether there is one. */
		if (at.act > NO_REFERENCE)
			continue;
		set_world(&w, &at);
		for (size_t i = 0; i < N(mode_rows) * N(ticks); i++) {
			size_t m = i / N(ticks), t = i % N(ticks);
			const struct referral r = { .mode = mode_rows[m].mode,
				.fields = fields[t] };
			enum egress_why why;

			if (t > 0 && strchr("ia", mode_rows[m].how) != NULL)
				continue; /* cannot be prepared */
			why = referral_gate(&r, &w.e, &v);
			if ((why == EGRESS_ALLOWED) !=
			    may_send(&at, mode_rows[m].how, ticks[t]))
				fail_msg("%s, %s, ticked %x: %s", line_of(&at),
				    r.mode, ticks[t], egress_why_name(why));
		}
	} while (next_line(&at));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(harm_03_every_line_of_the_table),
		cmocka_unit_test(harm_03_every_way_of_referring),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
