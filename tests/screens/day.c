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

DAY_STEP(harm_21_ten_minutes_are_complete_without_a_name)
DAY_STEP(meets_a_person_in_danger_in_sinhala)
DAY_STEP(meets_people_in_tamil_arabic_and_latin)
DAY_STEP(harm_04_a_no_keeps_the_contact_alone)
DAY_STEP(finds_another_spelling_before_a_second_record)
DAY_STEP(no_catalogue_opens_while_not_alone)
DAY_STEP(notices_without_a_verdict)
DAY_STEP(may_tell_one_recipient)
DAY_STEP(harm_03_withdrawal_blocks_at_once)
DAY_STEP(harm_02_the_number_comes_after_the_instruction)
DAY_STEP(follows_up_and_promises)
DAY_STEP(harm_14_killed_in_the_middle_of_intake)
DAY_STEP(harm_14_killed_in_the_middle_of_a_save)
DAY_STEP(sees_a_colleagues_save_without_losing_the_place)
DAY_STEP(two_people_change_one_field)
DAY_STEP(harm_01_locks_and_another_takes_the_terminal)
DAY_STEP(works_over_ssh_and_the_line_drops)
DAY_STEP(the_next_mornings_queue)

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
		DAY_TOLD(harm_21_ten_minutes_are_complete_without_a_name),
		DAY_TOLD(meets_a_person_in_danger_in_sinhala),
		DAY_TOLD(meets_people_in_tamil_arabic_and_latin),
		DAY_TOLD(harm_04_a_no_keeps_the_contact_alone),
		DAY_TOLD(finds_another_spelling_before_a_second_record),
		DAY_TOLD(no_catalogue_opens_while_not_alone),
		DAY_TOLD(notices_without_a_verdict),
		DAY_TOLD(may_tell_one_recipient),
		DAY_TOLD(harm_03_withdrawal_blocks_at_once),
		DAY_TOLD(harm_02_the_number_comes_after_the_instruction),
		DAY_TOLD(follows_up_and_promises),
		DAY_TOLD(harm_14_killed_in_the_middle_of_intake),
		DAY_TOLD(harm_14_killed_in_the_middle_of_a_save),
		DAY_TOLD(sees_a_colleagues_save_without_losing_the_place),
		DAY_TOLD(two_people_change_one_field),
		DAY_TOLD(harm_01_locks_and_another_takes_the_terminal),
		DAY_TOLD(works_over_ssh_and_the_line_drops),
		DAY_TOLD(the_next_mornings_queue),
	};

	day_clock();
	return cmocka_run_group_tests(tests, begin, end);
}
