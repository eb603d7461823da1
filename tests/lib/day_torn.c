/* SPDX-License-Identifier: ISC */
/* The day, torn: a session is killed while somebody types and while it saves. */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/file.h"
#include "store/draft.h"
#include "vault/lock.h"

#include "day_story.h"

/* In again at the terminal that asks for it, and on with what was typed. */
static void
go_on(struct vt *vt)
{
	day_come_back(vt);
	vt_expect(vt, "You were writing");
	vt_expect(vt, "New contact");
	vt_keys(vt, "Enter");
}

/* What was typed up to five seconds before is all there; nothing of it is a
 * case before it is saved. */
void
harm_14_killed_in_the_middle_of_intake(void **state)
{
	struct story *s = *state;

	vt_send(s->amina, "n");
	day_page(s->amina, DAY_SAFE, &day_torn);
	day_page(s->amina, DAY_WANTS, &day_torn);
	day_page(s->amina, DAY_INFORM, &day_torn);
	vt_expect(s->amina, "Search before create");
	vt_paste(s->amina, day_torn.name);
	day_wait_draft_of(&s->day, s->amina, "amina", day_torn.name);
	day_kill_session(s->amina);
	vt_expect_gone(s->amina, day_torn.name);
	go_on(s->amina);
	vt_expect(s->amina, day_torn.name);
	vt_keys(s->amina, "C-p C-p");
	vt_expect(s->amina, day_torn.wants);
	vt_expect(s->amina, day_torn.cover);
	vt_keys(s->amina, "C-n C-n");
	day_expect_focus(s->amina, "Name, as they say it");
	vt_keys(s->amina, "C-u");
	day_page(s->amina, DAY_PERSON, &day_torn);
	day_page(s->amina, DAY_CONSENT, &day_torn);
	day_page(s->amina, DAY_NEXT, &day_torn);
	vt_keys(s->amina, "C-s");
	vt_expect(s->amina, "Wants first");
	day_read_code(s->amina, s->torn);
	vt_keys(s->amina, "Esc");
	vt_expect(s->amina, "Mine 5");
	assert_int_equal(day_drafts(&s->day, "amina"), 0);
	day_expect_kept(&s->day, "amina", s->torn, &day_torn);
	day_verify(&s->day);
}

/* --- in the middle of a save ------------------------------------------------- */

/* How many wait for the vault's writers' lock: arrows in /proc/locks. */
static int
waiting(ino_t inode)
{
	char line[256], want[32];
	FILE *f = fopen("/proc/locks", "r");
	int n = 0;

	assert_non_null(f);
	(void)snprintf(want, sizeof(want), ":%ju ", (uintmax_t)inode);
	while (fgets(line, sizeof(line), f) != NULL)
		n += strstr(line, "->") != NULL && strstr(line, want) != NULL;
	(void)fclose(f);
	return n;
}

static void
wait_for(struct vt *vt, ino_t inode, int n)
{
	int64_t end = clock_boot() + VT_WAIT_MS;

	while (waiting(inode) != n) {
		if (clock_boot() > end)
			fail_msg("%d wait to save, not %d; the screen is:\n%s",
			    waiting(inode), n, vt_screen_text(vt));
		/* Nothing shows yet; look again soon. */
		(void)vt_wait_text(vt, "Saved.", 20);
	}
}

/* A child that stands in the queue for the lock, says when it has it, and
 * holds it for as long as it lives. */
struct gate {
	pid_t pid;
	int has; /* a byte comes when it does */
};

static void
gate_make(struct gate *g, int dir)
{
	struct vault_lock lock;
	int has[2];
	struct err err;
	char c = 'x';

	assert_int_equal(pipe2(has, O_CLOEXEC), 0);
	g->pid = fork();
	assert_true(g->pid >= 0);
	if (g->pid == 0) {
		if (lock_open(dir, LOCK_WRITERS, &lock, &err) == -1 ||
		    lock_acquire(&lock, 4L * VT_WAIT_MS, &err) == -1 ||
		    write(has[1], &c, 1) != 1)
			_exit(1);
		for (;;)
			(void)pause();
	}
	(void)close(has[1]);
	g->has = has[0];
}

static void
gate_wait(const struct gate *g)
{
	char c;

	assert_int_equal(read(g->has, &c, 1), 1);
}

static void
gate_open(struct gate *g)
{
	(void)close(g->has);
	assert_int_equal(kill(g->pid, SIGKILL), 0);
	assert_int_equal(waitpid(g->pid, NULL, 0), g->pid);
}

/*
 * Save, let through that many commits, and kill the session while it waits to
 * make the next one.  The lock passes on in the order of asking; the next gate
 * stands behind the session before the one in front of it opens, so that just
 * one commit of theirs comes between, however slow this machine is.
 */
static void
kill_after(struct day *d, struct vt *vt, int commits)
{
	struct gate gate, next;
	struct vault_lock lock;
	struct err err;
	struct stat st;
	int dir = open(d->kit.dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	assert_true(dir >= 0);
	assert_int_equal(lock_open(dir, LOCK_WRITERS, &lock, &err), 0);
	assert_int_equal(fstat(lock.fd, &st), 0);
	lock_close(&lock);
	gate_make(&gate, dir);
	gate_wait(&gate);
	vt_keys(vt, "C-s");
	wait_for(vt, st.st_ino, 1);
	while (commits-- > 0) {
		gate_make(&next, dir);
		wait_for(vt, st.st_ino, 2);
		gate_open(&gate);
		gate = next;
		gate_wait(&gate);
		wait_for(vt, st.st_ino, 1);
	}
	day_kill_session(vt);
	gate_open(&gate);
	(void)close(dir);
}

/* Their name is in one database already, and was written wrong. */
static void
put_name_right(struct day *d, struct vt *vt)
{
	vt_keys(vt, "C-p C-p S-Tab S-Tab S-Tab");
	day_expect_focus(vt, "Name, as they say it");
	vt_keys(vt, "C-u");
	vt_send(vt, day_halved.name);
	vt_keys(vt, "C-n");
	vt_expect(vt, "of 6: Consent");
	vt_keys(vt, "C-n");
	vt_expect(vt, day_halved.note);
	day_wait_draft_of(d, vt, "amina", day_halved.name);
}

/*
 * Killed before anything was written, between the two databases, and when all
 * was written but the draft still stood: each time the form is there again,
 * what was wrong can be put right, and in the end there is one case and one
 * person.
 */
void
harm_14_killed_in_the_middle_of_a_save(void **state)
{
	struct story *s = *state;
	struct day_person misheard = day_halved;

	misheard.name = "Sefirina Lanternfield";
	vt_send(s->amina, "n");
	for (int page = 0; page < DAY_PAGES; page++)
		day_page(s->amina, page, &misheard);
	day_wait_draft_of(&s->day, s->amina, "amina", day_halved.note);
	for (int commits = 0; commits <= 2; commits++) {
		kill_after(&s->day, s->amina, commits);
		vt_expect_gone(s->amina, day_halved.note);
		go_on(s->amina);
		vt_expect(s->amina, day_halved.note);
		if (commits == 1)
			put_name_right(&s->day, s->amina);
	}
	vt_keys(s->amina, "C-s");
	vt_expect(s->amina, "Wants first");
	day_read_code(s->amina, s->halved);
	vt_keys(s->amina, "Esc");
	vt_expect(s->amina, "Mine 6");
	assert_int_equal(day_drafts(&s->day, "amina"), 0);
	day_expect_kept(&s->day, "amina", s->halved, &day_halved);
	day_verify(&s->day);
}
