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
#include "store/person.h"
#include "store/queue.h"
#include "../lib/day_kit.h"

struct story {
	struct day day;
	struct vt *amina, *sunila;
	char sinhala[CODE_SIZE], tamil[CODE_SIZE], arabic[CODE_SIZE],
	    latin[CODE_SIZE];
};

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
		cmocka_unit_test(
		    harm_21_ten_minutes_are_complete_without_a_name),
		cmocka_unit_test(meets_a_person_in_danger_in_sinhala),
		cmocka_unit_test(meets_people_in_tamil_arabic_and_latin),
		cmocka_unit_test(finds_another_spelling_before_a_second_record),
	};

	day_clock();
	return cmocka_run_group_tests(tests, begin, end);
}
