/* SPDX-License-Identifier: ISC */
/* The day: meeting people, in every script. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "store/person.h"

#include "day_story.h"

/* Ten minutes, somebody waits outside: nothing but the contact is kept, and
 * that is complete. */
void
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
	vt_expect(s->amina, "Saved: the contact alone, no name and no case.");
	vt_expect(s->amina, "Mine 0");
	assert_int_equal(day_drafts(&s->day, "amina"), 0);
	day_verify(&s->day);
}
/* A clear sign of danger opens what to do at once, before anything else; the
 * case then says so. */
void
meets_a_person_in_danger_in_sinhala(void **state)
{
	struct story *s = *state;

	day_intake(s->amina, &day_sinhala, s->sinhala);
	vt_expect(s->amina, "Safety and health come before everything");
	vt_expect(s->amina, "Moved to the back room, door locked");
	vt_expect(s->amina, "Nurse sees her now");
	vt_expect(s->amina, "Only as agreed: read how first");
	vt_expect(s->amina, day_sinhala.wants);
	day_absent(s->amina, day_sinhala.name);
	vt_keys(s->amina, "Esc");
	vt_expect(s->amina, "Mine 1");
	day_expect_kept(&s->day, "amina", s->sinhala, &day_sinhala);
}
void
meets_people_in_tamil_arabic_and_latin(void **state)
{
	struct story *s = *state;

	day_intake(s->amina, &day_tamil, s->tamil);
	vt_keys(s->amina, "Esc");
	vt_expect(s->amina, "Mine 2");
	day_intake(s->amina, &day_arabic, s->arabic);
	vt_keys(s->amina, "Esc");
	vt_expect(s->amina, "Mine 3");
	day_intake(s->amina, &day_latin, s->latin);
	vt_keys(s->amina, "Esc");
	vt_expect(s->amina, "Mine 4");
	day_expect_kept(&s->day, "amina", s->tamil, &day_tamil);
	day_expect_kept(&s->day, "amina", s->arabic, &day_arabic);
	day_expect_kept(&s->day, "amina", s->latin, &day_latin);
}
/* A no costs nothing and keeps nothing of who they are: the contact is saved,
 * the name that was looked for is in neither database. */
void
harm_04_a_no_keeps_the_contact_alone(void **state)
{
	struct story *s = *state;
	static const struct day_person unwilling = {
		.wants = "To know the way",
		.name = "Wilhelmina Marshlantern",
		.decision = '4',
	};
	struct person_query q = { .name = unwilling.name };
	struct err err = { .kind = ERR_NONE };
	struct session *reader;
	struct person_cards cards;
	struct arena arena;

	vt_send(s->amina, "n");
	for (int page = DAY_SAFE; page <= DAY_PERSON; page++)
		day_page(s->amina, page, &unwilling);
	vt_expect(s->amina, "of 5: Consent");
	day_page(s->amina, DAY_CONSENT, &unwilling);
	vt_keys(s->amina, "C-s");
	vt_expect(s->amina, "Saved: the contact alone, no name and no case.");
	vt_expect(s->amina, "Mine 4");
	assert_int_equal(day_drafts(&s->day, "amina"), 0);
	reader = vault_kit_sign_in(&s->day.kit, "amina", &err);
	assert_non_null(reader);
	arena_init(&arena);
	if (person_search(reader, &q, 8, &arena, &cards, &err) == -1)
		fail_msg("%s", err.text);
	assert_int_equal(cards.n, 0);
	arena_done(&arena);
	session_end(reader, SESSION_SIGNED_OUT);
}

/* Another spelling of a known name: only the code shows, and no second record
 * is made. */
void
finds_another_spelling_before_a_second_record(void **state)
{
	struct story *s = *state;
	struct day_person again = day_latin;

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
	vt_expect(s->amina, "Add this contact to that case");
	vt_send(s->amina, "Open that");
	vt_keys(s->amina, "Enter");
	vt_expect(s->amina, "Wants first");
	vt_expect(s->amina, "Wages owed");
	vt_keys(s->amina, "Esc");
	vt_expect_gone(s->amina, "Wants first");
	vt_keys(s->amina, "Esc");
	vt_expect(s->amina, "Not saved yet");
	vt_keys(s->amina, "2 Enter");
	vt_expect(s->amina, "Mine 4");
	assert_int_equal(day_drafts(&s->day, "amina"), 0);
}
