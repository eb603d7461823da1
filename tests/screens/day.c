/* SPDX-License-Identifier: ISC */
/*
 * A caseworker's first hour and a supervisor's morning, in the real program on
 * real terminals.  The tests are one story: each goes on where the one before
 * ended.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/alloc.h"
#include "store/consent.h"
#include "store/person.h"
#include "store/queue.h"
#include "store/record.h"
#include "store/tx.h"
#include "../lib/day_kit.h"

struct story {
	struct day day;
	struct vt *amina, *sunila;
	char sinhala[CODE_SIZE], tamil[CODE_SIZE], arabic[CODE_SIZE],
	    latin[CODE_SIZE];
	bool broken;
};

/* A story that broke off is not told on: what follows would only say so many
 * times over. */
#define STEP(name)                            \
	static void name##_step(void **state) \
	{                                     \
		struct story *s = *state;     \
                                              \
		if (s->broken)                \
			skip();               \
		s->broken = true;             \
		name(state);                  \
		s->broken = false;            \
	}
#define TOLD(name)                                   \
	{                                            \
#name, name##_step, NULL, NULL, NULL \
	}

/* --- meeting people --------------------------------------------------------- */

static const struct day_person sinhala = {
	.wants = "බලන්න වෛද්‍යවරයෙක්",
	.number = "+00 000 5550177",
	.cover = "the tailor",
	.name = "නිලානි ගංගාවත්ත",
	.birth = "1999",
	.phone = "+00 000 5550178",
	.agreed = "call at half past two",
	.note = "Said: wants a doctor first.",
	.urgent = true,
};
static const struct day_person tamil = {
	.wants = "என் கடவுச்சீட்டு",
	.number = "+00 000 5550179",
	.cover = "தையல் கடை",
	.name = "செல்வி நிலாமுற்றம்",
	.agreed = "உணவு, உடை",
	.note = "சொன்னார்: கடவுச்சீட்டு இல்லை.",
	.paste = true,
};
static const struct day_person arabic = {
	.wants = "أريد أن أتصل بأمي",
	.number = "+00 000 5550180",
	.cover = "الخياط",
	.name = "ليلى بستان القمر",
	.birth = "2001-05",
	.agreed = "مكالمة غدا",
	.note = "قالت: تريد الاتصال بأمها.",
	.paste = true,
};
static const struct day_person latin = {
	.wants = "Wages owed",
	.number = "+00 000 5550181",
	.cover = "the library",
	.name = "Nimali Pereira",
	.other_names = "Kumari",
	.birth = "1997-03-14",
	.phone = "+00 000 5550182",
	.agreed = "call about the wages",
	.note = "Said: three months not paid.",
};

/* What a second program reads of a case and its person. */
static void
expect_kept(struct day *d, const char *code, const struct day_person *p)
{
	struct err err = { .kind = ERR_NONE };
	struct session *s = vault_kit_sign_in(&d->kit, "amina", &err);
	struct safe_contact contact;
	struct case_file file;
	struct person person;
	struct arena arena;
	struct uid uid;

	assert_non_null(s);
	arena_init(&arena);
	if (queue_jump(s, code, &uid, &err) == -1 ||
	    case_open(s, uid, "", &arena, &file, &err) == -1)
		fail_msg("%s: %s", code, err.text);
	assert_string_equal(file.wants, p->wants);
	assert_string_equal(file.may_contact, "only_if");
	assert_string_equal(file.work_together, "yes");
	assert_int_equal(file.urgent, p->urgent);
	if (person_open(
		s, uid, "to compare", &arena, &person, &contact, &err) == -1)
		fail_msg("%s: %s", code, err.text);
	assert_string_equal(person.name, p->name);
	assert_string_equal(contact.cover_phrase, p->cover);
	arena_done(&arena);
	session_end(s, SESSION_SIGNED_OUT);
}

/* Ten minutes, somebody waits outside: nothing but the contact is kept, and
 * that is complete. */
static void
harm_21_ten_minutes_are_complete_without_a_name(void **state)
{
	struct story *s = *state;
	static const struct day_person nobody = { .wants = "To sleep",
		.urgent = true };
	static const struct day_answer keep[] = {
		{ DAY_KEYS, "Information given", "Space Space Tab" },
		{ DAY_TYPE, "One useful number", "1" },
		{ DAY_TYPE, "What would they like us to", "1" },
		{ .how = DAY_END },
	};

	s->amina = day_terminal(&s->day, day_sanitized(), "amina");
	vt_expect(s->amina, "Mine 0");
	vt_send(s->amina, "n");
	day_page(s->amina, DAY_SAFE, &nobody);
	day_page(s->amina, DAY_URGENT, &nobody);
	day_page(s->amina, DAY_WANTS, &nobody);
	vt_expect(s->amina, "of 4: Information");
	day_fill(s->amina, keep);
	vt_keys(s->amina, "C-s");
	vt_expect(s->amina, "Saved.");
	vt_expect(s->amina, "Mine 0");
	assert_int_equal(day_drafts(&s->day, "amina"), 0);
	day_verify(&s->day);
}
STEP(harm_21_ten_minutes_are_complete_without_a_name)

/* A clear sign of danger opens what to do at once, before anything else; the
 * case then says so. */
static void
meets_a_person_in_danger_in_sinhala(void **state)
{
	struct story *s = *state;

	day_intake(s->amina, &sinhala, s->sinhala);
	vt_expect(s->amina, "Safety and health come before everything");
	vt_expect(s->amina, "Only as agreed: read how first");
	vt_expect(s->amina, sinhala.wants);
	day_absent(s->amina, sinhala.name);
	vt_keys(s->amina, "Esc");
	vt_expect(s->amina, "Mine 1");
	expect_kept(&s->day, s->sinhala, &sinhala);
}
STEP(meets_a_person_in_danger_in_sinhala)

static void
meets_people_in_tamil_arabic_and_latin(void **state)
{
	struct story *s = *state;

	day_intake(s->amina, &tamil, s->tamil);
	vt_keys(s->amina, "Esc");
	vt_expect(s->amina, "Mine 2");
	day_intake(s->amina, &arabic, s->arabic);
	vt_keys(s->amina, "Esc");
	vt_expect(s->amina, "Mine 3");
	day_intake(s->amina, &latin, s->latin);
	vt_keys(s->amina, "Esc");
	vt_expect(s->amina, "Mine 4");
	expect_kept(&s->day, s->tamil, &tamil);
	expect_kept(&s->day, s->arabic, &arabic);
	expect_kept(&s->day, s->latin, &latin);
}
STEP(meets_people_in_tamil_arabic_and_latin)

/* Another spelling of a known name: only the code shows, and no second record
 * is made. */
static void
finds_another_spelling_before_a_second_record(void **state)
{
	struct story *s = *state;
	struct day_person again = latin;

	again.name = "Nimalee Perera";
	again.other_names = again.birth = again.phone = NULL;
	vt_send(s->amina, "n");
	for (int page = DAY_SAFE; page <= DAY_PERSON; page++)
		day_page(s->amina, page, &again);
	vt_expect(s->amina, "Perhaps known here already");
	vt_expect(s->amina, s->latin);
	day_absent(s->amina, "Pereira");
	/* Its code, narrowed to by typing. */
	vt_send(s->amina, s->latin);
	vt_keys(s->amina, "Enter");
	vt_expect(s->amina, "Wants first");
	vt_expect(s->amina, "Wages owed");
	vt_keys(s->amina, "Esc");
	vt_expect(s->amina, "New contact");
	vt_keys(s->amina, "Esc");
	vt_expect(s->amina, "Not saved yet");
	vt_send(s->amina, "Discard");
	vt_keys(s->amina, "Enter");
	vt_expect(s->amina, "Mine 4");
	assert_int_equal(day_drafts(&s->day, "amina"), 0);
}
STEP(finds_another_spelling_before_a_second_record)

/* --- indicators, consent, follow-up ------------------------------------------ */

/* Somebody else in the room: no catalogue opens, and that is on the record. */
static void
no_catalogue_opens_while_not_alone(void **state)
{
	struct story *s = *state;
	static const struct day_answer gate[] = {
		{ DAY_TYPE, "Is the person alone", "n" },
		{ DAY_TYPE, "Interpreter", "1" },
		{ DAY_TYPE, "Safe to talk here", "y" },
		{ DAY_TYPE, "Is there time", "y" },
		{ DAY_TYPE, "Limits of confidential", "y" },
		{ DAY_TYPE, "What does the person", "To come back alone" },
		{ .how = DAY_END },
	};

	day_jump(s->amina, s->sinhala);
	vt_send(s->amina, "i");
	vt_expect(s->amina, "No snapshot yet");
	vt_send(s->amina, "a");
	vt_expect(s->amina, "Before indicators");
	day_fill(s->amina, gate);
	vt_expect(s->amina, "Safety and needs only");
	day_absent(s->amina, "Catalogue");
	vt_keys(s->amina, "C-s");
	vt_expect(s->amina, "Not able to assess");
	vt_expect(s->amina, "To come back alone");
}
STEP(no_catalogue_opens_while_not_alone)

static void
notices_without_a_verdict(void **state)
{
	struct story *s = *state;
	static const struct day_answer gate[] = {
		{ DAY_TYPE, "Is the person alone", "y" },
		{ DAY_TYPE, "Interpreter", "1" },
		{ DAY_TYPE, "Safe to talk here", "y" },
		{ DAY_TYPE, "Is there time", "y" },
		{ DAY_TYPE, "Limits of confidential", "y" },
		{ DAY_TYPE, "Language spoken", "1" },
		{ DAY_TYPE, "Catalogue", "1" },
		{ .how = DAY_END },
	};

	vt_send(s->amina, "a");
	vt_expect(s->amina, "Before indicators");
	day_fill(s->amina, gate);
	vt_keys(s->amina, "C-s");
	vt_expect(s->amina, "looked at");
	vt_expect(s->amina, "The absence of indicators does not mean");
	vt_send(s->amina, "3241");
	vt_expect(s->amina, "4 of ");
	vt_keys(s->amina, "Up o");
	vt_expect(s->amina, "Where it comes from");
	vt_send(s->amina, "2");
	vt_expect(s->amina, "seen");
	vt_keys(s->amina, "Enter");
	day_answer_line(
	    s->amina, "A few factual words", "Papers in his pocket");
	vt_expect(s->amina, "Papers in his pocket");
	vt_send(s->amina, "F");
	vt_expect(s->amina, "How the conversation ended");
	vt_send(s->amina, "3");
	day_answer_line(s->amina, "What does the person want?", "Her passport");
	vt_expect(s->amina, "Saved.");
	vt_expect(s->amina, "Concern: offer a link");
	vt_expect(s->amina, "The absence of indicators does not mean");
	/* Six states, never a sum of them. */
	day_absent(s->amina, "otal");
	day_absent(s->amina, "core");
	vt_keys(s->amina, "Esc");
	vt_expect(s->amina, "Wants first");
}
STEP(notices_without_a_verdict)

static const struct day_answer release[] = {
	{ DAY_TYPE, "Consent to", "2" },
	{ DAY_TYPE, "To whom", "4" },
	{ DAY_KEYS, "What for", "w a g e Enter" },
	{ DAY_TYPE, "Which data", "14" },
	{ DAY_TYPE, "Language it was", "1" },
	{ DAY_TYPE, "What did they say?", "1" },
	{ DAY_TYPE, "What must not be told", "village and family names" },
	{ DAY_TYPE, "Why it is held back", "1" },
	{ DAY_TYPE, "Told back in their own", "y" },
	{ DAY_TYPE, "Who gave it", "1" },
	{ DAY_TYPE, "How it was given", "1" },
	{ DAY_TYPE, "Paper file number", "A-17" },
	{ DAY_TYPE, "Interpreter", "1" },
	{ DAY_TYPE, "Witness's code", "w4" },
	{ DAY_TYPE, "Seen alone?", "1" },
	{ .how = DAY_END },
};

static void
may_tell_one_recipient(void **state)
{
	struct story *s = *state;

	vt_send(s->amina, "c");
	vt_expect(s->amina, "Work together");
	vt_send(s->amina, "a");
	vt_expect(s->amina, "Ask, and record");
	day_fill(s->amina, release);
	vt_keys(s->amina, "C-s");
	vt_expect(s->amina, "Legal aid service");
	vt_expect(s->amina, "village and family names");
	vt_expect(s->amina, "given");
	vt_send(s->amina, "p");
	vt_expect(s->amina, "They would see exactly this");
	vt_expect(s->amina, sinhala.name);
	vt_expect(s->amina, sinhala.wants);
	vt_expect(s->amina, "They would not see");
	day_absent(s->amina, sinhala.number);
	day_absent(s->amina, "village and family");
	vt_keys(s->amina, "Esc");
	vt_expect(s->amina, "Releases");
}
STEP(may_tell_one_recipient)

/* What a program that sends would do: what it told stands on the record. */
static void
tell(struct day *d, const char *code)
{
	struct err err = { .kind = ERR_NONE };
	struct session *s = vault_kit_sign_in(&d->kit, "amina", &err);
	struct uid uid = uid_new(), case_uid;
	struct consents all;
	struct arena arena;
	struct tx tx;

	assert_non_null(s);
	arena_init(&arena);
	assert_int_equal(queue_jump(s, code, &case_uid, &err), 0);
	assert_int_equal(
	    consent_list(s, case_uid, false, &arena, &all, &err), 0);
	assert_true(all.n > 0);
	assert_string_equal(all.list[0].recipient, "legal-partner");
	assert_int_equal(tx_begin(&tx, s,
			     &(const struct tx_what){ .perm = PERM_CONSENT,
				 .case_uid = &case_uid,
				 .object = &uid,
				 .action = "disclosure.add",
				 .wrote = true },
			     &err),
	    0);
	assert_int_equal(record_insert(&tx, REC_DISCLOSURE, &case_uid, &uid,
			     COLS({ "consent", v_uid(&all.list[0].uid) },
				 { "at", v_int(tx.now) },
				 { "recipient", v_str("legal-partner") },
				 { "purpose", v_str("wage_claim") },
				 { "scope", v_int(all.list[0].scope) })),
	    0);
	assert_int_equal(tx_commit(&tx), 0);
	tx_abort(&tx);
	arena_done(&arena);
	session_end(s, SESSION_SIGNED_OUT);
}

static void
harm_03_withdrawal_blocks_at_once(void **state)
{
	struct story *s = *state;

	tell(&s->day, s->sinhala);
	vt_send(s->amina, "w");
	day_answer_line(s->amina, "withdraw this consent now", "by phone");
	vt_expect(s->amina, "blocked from now on");
	vt_expect(s->amina, "Told before, and to be told about");
	vt_expect(s->amina, "Legal aid service");
	vt_keys(s->amina, "Enter");
	vt_expect(s->amina, "WITHDRAWN");
	vt_send(s->amina, "p");
	vt_expect(
	    s->amina, "Nothing would be sent. The person took the consent");
	day_absent(s->amina, sinhala.name);
	vt_keys(s->amina, "Esc");
	vt_expect(s->amina, "Releases");
	vt_keys(s->amina, "Esc");
	vt_expect(s->amina, "Tell recipients");
}
STEP(harm_03_withdrawal_blocks_at_once)

static int
begin(void **state)
{
	struct story *s = xcalloc(1, sizeof(*s));

	day_open(&s->day);
	*state = s;
	return 0;
}

static int
end(void **state)
{
	struct story *s = *state;

	vt_close(s->amina);
	vt_close(s->sunila);
	day_close(&s->day);
	free(s);
	return 0;
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		TOLD(harm_21_ten_minutes_are_complete_without_a_name),
		TOLD(meets_a_person_in_danger_in_sinhala),
		TOLD(meets_people_in_tamil_arabic_and_latin),
		TOLD(finds_another_spelling_before_a_second_record),
		TOLD(no_catalogue_opens_while_not_alone),
		TOLD(notices_without_a_verdict),
		TOLD(may_tell_one_recipient),
		TOLD(harm_03_withdrawal_blocks_at_once),
	};

	day_clock();
	return cmocka_run_group_tests(tests, begin, end);
}
