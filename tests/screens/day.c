/* SPDX-License-Identifier: ISC */
/*
 * A caseworker's first hour and a supervisor's morning, in the real program on
 * real terminals.  The tests are one story: each goes on where the one before
 * ended.  What they do is in tests/lib/day_*.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <cmocka.h>

#include "base/alloc.h"
#include "../lib/day_story.h"

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
STEP(harm_21_ten_minutes_are_complete_without_a_name)
STEP(meets_a_person_in_danger_in_sinhala)
STEP(meets_people_in_tamil_arabic_and_latin)
STEP(harm_04_a_no_keeps_the_contact_alone)
STEP(finds_another_spelling_before_a_second_record)
STEP(no_catalogue_opens_while_not_alone)
STEP(notices_without_a_verdict)
STEP(may_tell_one_recipient)
STEP(harm_03_withdrawal_blocks_at_once)
STEP(harm_02_the_number_comes_after_the_instruction)
STEP(follows_up_and_promises)
STEP(harm_14_killed_in_the_middle_of_intake)
STEP(harm_14_killed_in_the_middle_of_a_save)
STEP(sees_a_colleagues_save_without_losing_the_place)
STEP(two_people_change_one_field)
STEP(harm_01_locks_and_another_takes_the_terminal)
STEP(works_over_ssh_and_the_line_drops)
STEP(the_next_mornings_queue)

#define TOLD(name)                                   \
	{                                            \
#name, name##_step, NULL, NULL, NULL \
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
	vt_close(s->ruwan);
	vt_close(s->sunila);
	day_ssh_stop(&s->ssh);
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
		TOLD(harm_04_a_no_keeps_the_contact_alone),
		TOLD(finds_another_spelling_before_a_second_record),
		TOLD(no_catalogue_opens_while_not_alone),
		TOLD(notices_without_a_verdict),
		TOLD(may_tell_one_recipient),
		TOLD(harm_03_withdrawal_blocks_at_once),
		TOLD(harm_02_the_number_comes_after_the_instruction),
		TOLD(follows_up_and_promises),
		TOLD(harm_14_killed_in_the_middle_of_intake),
		TOLD(harm_14_killed_in_the_middle_of_a_save),
		TOLD(sees_a_colleagues_save_without_losing_the_place),
		TOLD(two_people_change_one_field),
		TOLD(harm_01_locks_and_another_takes_the_terminal),
		TOLD(works_over_ssh_and_the_line_drops),
		TOLD(the_next_mornings_queue),
	};

	day_clock();
	return cmocka_run_group_tests(tests, begin, end);
}
