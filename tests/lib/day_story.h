/* SPDX-License-Identifier: ISC */
/*
 * The story that tests/screens/day.c tells: each step goes on where the one
 * before ended.  Steps are cmocka tests; *state is a struct story.
 */
#ifndef AMPARO_TESTS_DAY_STORY_H
#define AMPARO_TESTS_DAY_STORY_H

#include "day_kit.h"
#include "day_ssh.h"

struct story {
	struct day day; /* first: DAY_STEP() */
	struct day_ssh ssh;
	struct vt *amina, *ruwan, *sunila;
	char sinhala[CODE_SIZE], tamil[CODE_SIZE], arabic[CODE_SIZE],
	    latin[CODE_SIZE], torn[CODE_SIZE], halved[CODE_SIZE],
	    remote[CODE_SIZE];
};

/* Who is met: in danger (sinhala), by paste (tamil, arabic, remote), with
 * a name that sounds like others (latin), in a storm (torn, halved). */
extern const struct day_person day_sinhala, day_tamil, day_arabic, day_latin,
    day_torn, day_halved, day_remote;

/* A case and its person as a second program reads them, signed in as login. */
void day_expect_kept(struct day *, const char *login, const char *code,
    const struct day_person *);

/* day_meet.c: amina meets people; from nothing to the queue with four cases. */
void harm_21_ten_minutes_are_complete_without_a_name(void **state);
void meets_a_person_in_danger_in_sinhala(void **state);
void meets_people_in_tamil_arabic_and_latin(void **state);
void harm_04_a_no_keeps_the_contact_alone(void **state);
void finds_another_spelling_before_a_second_record(void **state);

/* day_case.c: amina, with the case in Sinhala; from and to the queue. */
void no_catalogue_opens_while_not_alone(void **state);
void notices_without_a_verdict(void **state);
void may_tell_one_recipient(void **state);
void harm_03_withdrawal_blocks_at_once(void **state);
void harm_02_the_number_comes_after_the_instruction(void **state);
void follows_up_and_promises(void **state);

/* day_torn.c: sessions are killed; amina, from and to the queue. */
void harm_14_killed_in_the_middle_of_intake(void **state);
void harm_14_killed_in_the_middle_of_a_save(void **state);

/* day_two.c: amina and others at once. */
void sees_a_colleagues_save_without_losing_the_place(void **state);
void two_people_change_one_field(void **state);
void harm_01_locks_and_another_takes_the_terminal(void **state);
/* The next morning, everybody signed out before it. */
void the_next_mornings_queue(void **state);

/* day_far.c: ruwan, over ssh; the line drops. */
void works_over_ssh_and_the_line_drops(void **state);

#endif
