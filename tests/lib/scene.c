/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <cmocka.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "store/assessment.h"
#include "store/intake.h"
#include "store/queue.h"

#include "case_kit.h"
#include "scene.h"

#define MADE "1793782800000" /* 2026-11-04 09:00 UTC */
#define SEEN "AMPARO_NOW=1794823200000" /* 2026-11-16 10:00 UTC */

void
scene_clock(void)
{
	assert_int_equal(setenv("AMPARO_NOW", MADE, 1), 0);
}

static void
must(int rc, const struct err *err, const char *what)
{
	if (rc != 0)
		fail_msg("scene, %s: %s (%d)", what, err->text, err->kind);
}

/* --- configuration -------------------------------------------------------- */

static char *
read_all(const char *path)
{
	FILE *f = fopen(path, "r");
	struct buf b;
	char block[4096];
	size_t n;

	assert_non_null(f);
	buf_init(&b);
	while ((n = fread(block, 1, sizeof(block), f)) > 0)
		buf_add(&b, block, n);
	fclose(f);
	return buf_detach(&b);
}

/* generic.cfg beside its catalogues, with five seconds for an identity card:
 * the shortest there is. */
static void
write_config(struct scene *sc)
{
	static const char was[] = "reveal_seconds = 20;";
	const char *source = getenv("AMPARO_SOURCE");
	char path[1024], to[1024], *text, *at;
	FILE *f;

	if (source == NULL)
		source = ".";
	snprintf(to, sizeof(to), "%s/catalogues", sc->kit.root);
	snprintf(path, sizeof(path), "%s/config/catalogues", source);
	vault_kit_copy(path, to);
	snprintf(to, sizeof(to), "%s/directory", sc->kit.root);
	snprintf(path, sizeof(path), "%s/config/directory", source);
	vault_kit_copy(path, to);
	snprintf(path, sizeof(path), "%s/config/societies/generic.cfg", source);
	text = read_all(path);
	at = strstr(text, was);
	assert_non_null(at);
	snprintf(path, sizeof(path), "%s/societies", sc->kit.root);
	assert_int_equal(mkdir(path, 0700), 0);
	snprintf(sc->config, sizeof(sc->config), "%s/societies/scene.cfg",
	    sc->kit.root);
	f = fopen(sc->config, "w");
	assert_non_null(f);
	fprintf(f, "%.*sreveal_seconds = 5;%s", (int)(at - text), text,
	    at + strlen(was));
	assert_int_equal(fclose(f), 0);
	free(text);
}

/* --- cases ---------------------------------------------------------------- */

struct part {
	const char *risk, *reason, *wants, *name, *phone, *may_contact;
	const char *next, *words;
	int64_t due; /* ms from the moment people sit down */
	bool promised, mine, urgent;
};
static const struct part parts[SCENE_CASES] = {
	[SCENE_URGENT] = { "urgent", "Threats to the family at home.",
	    "Her passport back, and to call her mother.", SCENE_NAME,
	    SCENE_PHONE, "only_if", "follow-up", "ask for the tailor's order",
	    -2 * CLOCK_DAY, false, true, false },
	[SCENE_HIGH] = { "high", "A debt is called in.", "Wages owed.",
	    "Kasun Lanternfield", "+00 000 5550102", "yes", "follow-up", "",
	    4 * CLOCK_HOUR, true, true, false },
	[SCENE_MEDIUM] = { "medium", "No place of their own yet.",
	    "A place to sleep.", "Imara Lanternfield", "", "no", "review", "",
	    3 * CLOCK_DAY, false, true, false },
	[SCENE_LOW] = { "low", "Settled.", "Papers.", "Tariq Lanternfield",
	    "+00 000 5550104", "yes", "follow-up", "", 26 * CLOCK_DAY, false,
	    true, false },
	[SCENE_FREE] = { "high", "Afraid of the agent.", "Somebody to talk to.",
	    "Selvi Lanternfield", "", "only_if", "follow-up", "", 2 * CLOCK_DAY,
	    false, false, false },
	[SCENE_OTHER] = { "medium", "Far from home.", "To call home.",
	    "Ruth Lanternfield", "", "yes", "follow-up", "", 5 * CLOCK_DAY,
	    false, true, false },
};

static void
add_case(struct scene *sc, enum scene_case i, struct session *who)
{
	static const char *const prompts[10] = { "tri.01", "tri.02", "tri.03",
		"tri.04", "tri.05", "tri.06", "tri.07", "tri.08", "tri.09",
		"tri.10" };
	const struct part *p = &parts[i];
	struct triage_answer triage[10];
	const struct person person = { .uid = uid_new(),
		.name = p->name,
		.other_names = "",
		.birth = { 1999, 0, 0, DATE_YEAR },
		.birth_basis = "stated",
		.sex = "f",
		.languages = "en",
		.country = "",
		.phone = p->phone,
		.address = "",
		.document = "" };
	const struct safe_contact contact = { .uid = uid_new(),
		.person = person.uid,
		.may_contact = p->may_contact,
		.channel = "phone",
		.number = p->phone,
		.whose = "a cousin's",
		.who_else = "",
		.safe_times = "Tue and Thu, 14 to 16",
		.unsafe_times = "evenings",
		.cover_phrase = "the tailor",
		.their_word = "blue",
		.our_word = "",
		.language = "en",
		.caller = "",
		.if_other_answers = "ask for the tailor's order",
		.verified_at = clock_now(),
		.stop_reason = "" };
	const struct consent together = { .uid = uid_new(),
		.kind = "work_together",
		.recipient = "",
		.purpose = "",
		.withheld = "",
		.withheld_why = "",
		.decision = "yes",
		.ask_again = "",
		.given_by = "person",
		.given_by_why = "",
		.form = "verbal_witnessed",
		.evidence = "",
		.language = "en",
		.script = "work-together-en:1",
		.interpreter = "none",
		.interpreter_code = "",
		.witness_code = "",
		.seen_alone = "yes",
		.understood = true,
		.given_at = clock_now(),
		.withdrawn_how = "" };
	const struct followup_plan plan = { .uid = uid_new(),
		.what = p->next,
		.words = p->words,
		.due = SCENE_NOW_MS + p->due,
		.promised = p->promised };
	struct intake in = { .contact_uid = uid_new(),
		.case_uid = uid_new(),
		.person_uid = person.uid,
		.consent_uid = together.uid,
		.limits_uid = uid_new(),
		.followup_uid = plan.uid,
		.safe_contact_uid = contact.uid,
		.note_uid = uid_new(),
		.channel = "walk_in",
		.place = "",
		.at = clock_now(),
		.triage = triage,
		.n_triage = 10,
		.wants = p->wants,
		.information_given = "options,come_back",
		.number_given = "",
		.language = "en",
		.interpreter = "none",
		.seen_alone = "yes",
		.limits_script = "limits-en:1",
		.open_case = true,
		.person = &person,
		.safe_contact = &contact,
		.work_together = &together,
		.sex = "f",
		.age_band = "25-39",
		.may_be_child = "no",
		.risk = society_risk(sc->kit.society, p->risk),
		.risk_reason = p->reason,
		.next = &plan,
		.next_none = "",
		.note = "",
		.assign_to_me = p->mine };
	struct err err = { .kind = ERR_NONE };

	for (int t = 0; t < 10; t++)
		triage[t] =
		    (struct triage_answer){ prompts[t], "not_seen", "" };
	must(intake_save(who, &in, sc->codes[i], &err), &err, p->name);
	sc->uids[i] = in.case_uid;
}

/* What each has and needs was talked about, so that what waits is what the
 * scene is about. */
static void
add_assessment(struct scene *sc, int i, struct session *who)
{
	struct assessment_item items[] = {
		{ "strength", "own", "", "Reads and writes in two languages" },
		{ "need", "safety", "some", "" },
	};
	const struct assessment one = { .uid = uid_new(),
		.wants = parts[i].wants,
		.language = "en",
		.interpreter = "none",
		.seen_alone = "yes",
		.items = items,
		.n_items = 2 };
	struct err err = { .kind = ERR_NONE };

	must(assessment_put(who, sc->uids[i], &one, &err), &err, "assessment");
}

static void
add_flag(struct scene *sc)
{
	const struct fdate until = { 2026, 12, 12, DATE_DAY };
	struct err err = { .kind = ERR_NONE };

	must(flag_set(sc->amina, sc->uids[SCENE_URGENT], uid_new(),
		 "A driver waits outside on Fridays", &until, &err),
	    &err, "flag");
}

void
scene_open(struct scene *sc)
{
	memset(sc, 0, sizeof(*sc));
	vault_kit_open(&sc->kit);
	write_config(sc);
	sc->amina =
	    vault_kit_user(&sc->kit, "amina", ROLE_CASEWORKER, "branch-1");
	sc->ruwan =
	    vault_kit_user(&sc->kit, "ruwan", ROLE_CASEWORKER, "branch-1");
	for (int i = 0; i < SCENE_CASES; i++) {
		struct session *who = i == SCENE_OTHER ? sc->ruwan : sc->amina;

		add_case(sc, i, who);
		/* What is nobody's yet is the supervisor's to begin. */
		add_assessment(
		    sc, i, i == SCENE_FREE ? sc->kit.supervisor : who);
	}
	add_flag(sc);
	vault_kit_begin_with_cases(&sc->kit);
}

void
scene_close(struct scene *sc)
{
	vault_kit_close(&sc->kit);
}

struct scene scene;

int
scene_set_up(void **state)
{
	(void)state;
	scene_open(&scene);
	return 0;
}

int
scene_tear_down(void **state)
{
	(void)state;
	scene_close(&scene);
	return 0;
}

/* --- people at terminals -------------------------------------------------- */

struct vt *
scene_terminal(struct scene *sc, const char *login, int rows, int cols,
    const char *const *env)
{
	const char *const argv[] = { getenv("AMPARO_BIN"), "--config",
		sc->config, "--vault", sc->kit.dir, "--user", login, NULL };
	const char *all[16] = { SEEN };
	struct vt_options options = {
		.rows = rows, .cols = cols, .argv = argv, .env = all
	};
	struct vt *vt;

	for (size_t i = 0; env != NULL && env[i] != NULL && i < 14; i++)
		all[i + 1] = env[i];
	assert_non_null(argv[0]);
	vt = vt_open(&options);
	assert_non_null(vt);
	vt_expect(vt, "Passphrase");
	vt_send(vt, VAULT_KIT_PASSPHRASE);
	vt_keys(vt, "Enter");
	vt_expect(vt, "session"); /* the greeting */
	/* The greeting names an event: the next key takes it away. */
	vt_keys(vt, "F5");
	return vt;
}

void
scene_jump(struct scene *sc, struct vt *vt, enum scene_case i)
{
	vt_send(vt, "g");
	vt_expect(vt, "Open a case");
	vt_send(vt, sc->codes[i]);
	vt_keys(vt, "Enter");
	vt_expect(vt, "Contact");
	vt_expect_gone(vt, "Open a case");
}

struct vt *
scene_at(struct scene *sc, enum scene_case i)
{
	struct vt *vt = scene_terminal(sc, "amina", 24, 80, NULL);

	scene_jump(sc, vt, i);
	return vt;
}

/* --- goldens -------------------------------------------------------------- */

/* "7KQ-M4X-T" at s? */
static bool
is_code(const char *s)
{
	static const char shape[] = "xxx-xxx-x";
	static const char letters[] = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

	for (size_t i = 0; shape[i] != '\0'; i++)
		if (shape[i] == '-' ? s[i] != '-'
				    : s[i] == '\0' || !strchr(letters, s[i]))
			return false;
	return true;
}

void
scene_golden(struct vt *vt, const char *name)
{
	const char *source = getenv("AMPARO_SOURCE");
	char path[1024], *now, *want;
	FILE *f;

	snprintf(path, sizeof(path), "%s/tests/fixtures/golden/%s.screen",
	    source == NULL ? "." : source, name);
	/* A whole picture, not the first half of it. */
	assert_true(vt_wait_quiet(vt, 150, VT_WAIT_MS));
	now = strdup(vt_screen_text(vt));
	assert_non_null(now);
	for (char *p = now; *p != '\0'; p++)
		if (is_code(p))
			memcpy(p, "CCC-CCC-C", CODE_SIZE - 1);
	if (getenv("GENERATE") != NULL) {
		f = fopen(path, "w");
		assert_non_null(f);
		fputs(now, f);
		assert_int_equal(fclose(f), 0);
		free(now);
		return;
	}
	want = read_all(path);
	if (strcmp(want, now) != 0) {
		print_error("wanted\n%s\ngot\n%s\n", want, now);
		fail_msg("the screen is not as in %s", path);
	}
	free(want);
	free(now);
}
