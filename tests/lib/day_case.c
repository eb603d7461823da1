/* SPDX-License-Identifier: ISC */
/* The day, with a case: indicators, a release and its end, following up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "store/consent.h"
#include "store/queue.h"
#include "store/record.h"
#include "store/tx.h"

#include "day_story.h"

/* Somebody else in the room: no catalogue opens, and that is on the record. */
void
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

void
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

static const struct day_answer release[] = {
	{ DAY_TYPE, "Consent to", "2" },
	{ DAY_KEYS, "To whom", "l e g a l Enter" },
	{ DAY_KEYS, "What for", "w a g e Enter" },
	{ DAY_TYPE, "Which data", "14" },
	{ DAY_TYPE, "Language it was", "1" },
	{ DAY_KEYS, "Read aloud", "Tab" },
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

void
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
	vt_keys(s->amina, "Up");
	vt_expect(s->amina, "village and family names");
	vt_expect(s->amina, "given");
	vt_send(s->amina, "p");
	vt_expect(s->amina, "They would see exactly this");
	vt_expect(s->amina, day_sinhala.name);
	vt_expect(s->amina, day_sinhala.wants);
	vt_expect(s->amina, "They would not see");
	day_absent(s->amina, day_sinhala.number);
	day_absent(s->amina, "village and family");
	vt_keys(s->amina, "Esc");
	vt_expect(s->amina, "Releases");
}

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

void
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
	day_absent(s->amina, day_sinhala.name);
	vt_keys(s->amina, "Esc");
	vt_expect(s->amina, "Releases");
	vt_keys(s->amina, "Esc");
	vt_expect(s->amina, "1 was told before and is to be asked back");
}

/* The card says who somebody is but not the number; the number comes after how
 * to use it, and nobody gets around that. */
void
harm_02_the_number_comes_after_the_instruction(void **state)
{
	struct story *s = *state;

	vt_send(s->amina, "p");
	day_answer_line(s->amina, "Who the person is", "to call as agreed");
	vt_expect(s->amina, day_sinhala.name);
	day_absent(s->amina, day_sinhala.number);
	vt_keys(s->amina, "x");
	vt_expect(s->amina, "Hidden.");
	vt_expect_gone(s->amina, day_sinhala.name);
	vt_keys(s->amina, "Esc");
	vt_expect(s->amina, "Wants first");
	vt_send(s->amina, "f");
	vt_expect(s->amina, "Reaching the person safely");
	day_absent(s->amina, day_sinhala.number);
	vt_send(s->amina, "v");
	vt_expect(s->amina, "Only as agreed: read how first");
	vt_expect(s->amina, "Tue 14 to 16");
	day_absent(s->amina, day_sinhala.number);
	vt_keys(s->amina, "PgDn PgDn v");
	vt_expect(s->amina, day_sinhala.number);
	vt_keys(s->amina, "x");
	vt_expect_gone(s->amina, day_sinhala.number);
}

void
follows_up_and_promises(void **state)
{
	struct story *s = *state;
	static const struct day_answer attempt[] = {
		{ DAY_TYPE, "How", "1" },
		{ DAY_TYPE, "What happened", "1" },
		{ DAY_KEYS, "Risk level, if it", "Tab" },
		{ DAY_TYPE, "Safe at the moment?", "1" },
		{ DAY_TYPE, "What was said or seen",
		    "Said: slept, feels safer" },
		{ DAY_TYPE, "What was agreed", "clinic together" },
		{ DAY_KEYS, "New risks", "Tab" },
		{ DAY_TYPE, "Has contact been lost?", "n" },
		{ DAY_TYPE, "Next: which day?", "+2" },
		{ DAY_TYPE, "At what time?", "9:05" },
		{ DAY_TYPE, "Did we promise it?", "y" },
		{ DAY_TYPE, "What will be done", "go along to the clinic" },
		{ .how = DAY_END },
	};

	vt_keys(s->amina, "Down a");
	vt_expect(s->amina, "What happened");
	day_fill(s->amina, attempt);
	vt_keys(s->amina, "C-s");
	vt_expect(s->amina, "Saved.");
	vt_expect(s->amina, "Reached, safe");
	vt_expect(s->amina, "go along to the clinic");
	vt_keys(s->amina, "Esc");
	vt_expect(s->amina, "Wants first");
	vt_keys(s->amina, "Esc");
	vt_expect(s->amina, "Mine 4");
}
