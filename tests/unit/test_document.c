/* SPDX-License-Identifier: ISC */
/* Documents: in, read, out through the gate, removed; and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/file.h"
#include "rules/disclosure.h"
#include "rules/document.h"
#include "store/document_inside.h"
#include "../lib/case_kit.h"
#include "../lib/zip_kit.h"

#define MARK "Zebrafinch agreement of the twelfth"

static struct office o;
static struct arena arena;
static struct err err;
static char dir[64];

static int
setup(void **state)
{
	(void)state;
	office_open(&o);
	o.kit.society->device.document_paths = true;
	(void)snprintf(dir, sizeof(dir), "/tmp/amparo-document-XXXXXX");
	return mkdtemp(dir) == NULL ? -1 : 0;
}

static int
teardown(void **state)
{
	(void)state;
	office_close(&o);
	vault_kit_remove(dir);
	return 0;
}

static int
each(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static int
each_done(void **state)
{
	(void)state;
	assert_true(session_idle(o.amina));
	arena_done(&arena);
	return 0;
}

static const char *
file_with(const char *name, const void *p, size_t n)
{
	const char *path = arena_printf(&arena, "%s/%s", dir, name);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	assert_true(fd >= 0);
	OK(file_write_all(fd, p, n, &err));
	assert_int_equal(close(fd), 0);
	return path;
}

static struct document
a_document(struct uid case_uid, const char *title)
{
	return (struct document){ .uid = uid_new(),
		.case_uid = case_uid,
		.kind = "contract",
		.title = title };
}

static struct documents
list(struct uid case_uid)
{
	struct documents d = { .n = 0 };

	OK(document_list(
	    o.amina, case_uid, "to look for the contract", &arena, &d, &err));
	return d;
}

static const char *
words(struct uid case_uid, struct uid document, bool *more)
{
	const char *text = NULL;

	OK(document_text(o.amina, case_uid, document, "to read it", &arena,
	    &text, more, &err));
	return text;
}

/* --- what it is -------------------------------------------------------------------- */

static void
tells_a_type_by_the_bytes(void **state)
{
	static const struct {
		const char *bytes;
		size_t n;
		bool whole;
		enum document_type type;
	} all[] = {
		{ "words", 5, true, DOCUMENT_TEXT },
		{ "line\r\n\tnext\f", 12, true, DOCUMENT_TEXT },
		{ "\xe0\xb6\x85", 3, true, DOCUMENT_TEXT },
		{ "a\xe0\xb6", 3, false, DOCUMENT_TEXT },
		{ "a\xe0\xb6", 3, true, DOCUMENT_UNKNOWN },
		{ "a\0b", 3, true, DOCUMENT_UNKNOWN },
		{ "a\033[2J", 5, true, DOCUMENT_UNKNOWN },
		{ "\x7f"
		  "ELF\x02\x01\x01",
		    7, true, DOCUMENT_UNKNOWN },
		{ "%PDF-1.7", 8, true, DOCUMENT_PDF },
		{ "\xff\xd8\xff\xe0", 4, true, DOCUMENT_JPEG },
		{ "\xff\xd8", 2, true, DOCUMENT_UNKNOWN },
		{ "\x89PNG\r\n\x1a\n....", 12, true, DOCUMENT_PNG },
		{ "II*\0....", 8, true, DOCUMENT_TIFF },
		{ "MM\0*....", 8, true, DOCUMENT_TIFF },
		/* What it is, its list of parts says: test_document_zip. */
		{ "PK\x03\x04....", 8, true, DOCUMENT_OFFICE },
		{ "", 0, true, DOCUMENT_UNKNOWN },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		assert_int_equal(
		    document_type(all[i].bytes, all[i].n, all[i].whole),
		    all[i].type);
	for (int i = 0; i < DOCUMENT_UNKNOWN; i++)
		assert_int_equal(document_type_from_name(
				     document_type_name((enum document_type)i)),
		    i);
	assert_int_equal(document_type_from_name("elf"), -1);
}

/* --- in and read ---------------------------------------------------------------------- */

static void
keeps_what_is_pasted(void **state)
{
	struct uid c = case_of(o.amina, "Asha Example");
	struct document d = a_document(c, "Contract with the agency");
	struct documents all;
	bool more = true;

	(void)state;
	OK(document_add_text(o.amina, &d, "first line\nsecond line\n", &err));
	/* Saved again, as after a lost line. */
	OK(document_add_text(o.amina, &d, "first line\nsecond line\n", &err));
	all = list(c);
	assert_int_equal(all.n, 1);
	assert_string_equal(all.list[0].title, "Contract with the agency");
	assert_string_equal(all.list[0].type, "text");
	assert_string_equal(all.list[0].by, "amina");
	assert_int_equal(all.list[0].size, 23);
	assert_int_equal(strlen(all.list[0].hash), 64);
	assert_string_equal(
	    words(c, d.uid, &more), "first line\nsecond line\n");
	assert_false(more);
	/* The same key with other words is not swallowed. */
	REFUSED(ERR_CONFLICT, document_add_text(o.amina, &d, "other", &err));
}

static void
keeps_a_file_whole_in_pieces(void **state)
{
	struct uid c = case_of(o.amina, "Ines Example");
	struct document d = a_document(c, "A long paper");
	size_t n = 300 * (size_t)1024 + 7;
	char *big = malloc(n);
	const char *path, *text;
	struct documents all;
	bool more = false;

	(void)state;
	assert_non_null(big);
	for (size_t i = 0; i < n; i++)
		big[i] = i % 61 == 60 ? '\n' : (char)('a' + i % 26);
	path = file_with("long", big, n);
	OK(document_add_path(o.amina, &d, path, &err));
	all = list(c);
	assert_int_equal(all.list[0].size, n);
	assert_int_equal(
	    ask_identity(o.amina, "SELECT count(*) FROM document_chunk c JOIN"
				  " document d ON d.uid = c.document"
				  " WHERE d.title = 'A long paper'"),
	    (300 + 31) / 32);
	text = words(c, d.uid, &more);
	assert_true(more);
	assert_int_equal(strlen(text), DOCUMENT_SHOWN_MAX);
	assert_memory_equal(text, big, DOCUMENT_SHOWN_MAX);
	/* The file stays where it is: that is its owner's to delete. */
	assert_int_equal(access(path, F_OK), 0);
	free(big);
}

static void
is_one_persons_alone(void **state)
{
	struct uid mine = case_of(o.amina, "Mai Example");
	struct uid other = case_of(o.amina, "Thu Example");
	struct document d = a_document(mine, "Only hers");
	struct documents all = { .n = 0 };
	const char *text;
	bool more;

	(void)state;
	OK(document_add_text(o.amina, &d, "words", &err));
	assert_int_equal(list(other).n, 0);
	REFUSED(ERR_NOT_FOUND, document_text(o.amina, other, d.uid, "why",
				   &arena, &text, &more, &err));
	/* Without words nothing opens; nor for who may not see identity. */
	REFUSED(
	    ERR_REASON, document_list(o.amina, mine, " ", &arena, &all, &err));
	REFUSED(ERR_DENIED,
	    document_list(o.bilal, mine, "curious", &arena, &all, &err));
	REFUSED(ERR_DENIED,
	    document_list(o.cora, mine, "to count", &arena, &all, &err));
	REFUSED(ERR_DENIED, document_add_text(o.zoya, &d, "words", &err));
	assert_int_equal(all.n, 0);
}

/* Longer than what is read of its end. */
static void
keeps_an_office_document(void **state)
{
	static const char *const parts[] = { "[Content_Types].xml",
		"_rels/.rels", "word/document.xml", NULL };
	size_t n = DOCUMENT_TAIL + 4 * 1024;
	struct uid c = case_of(o.amina, "Devi Example");
	struct document d = a_document(c, "Her contract");
	char *long_one = malloc(n);
	struct buf zip;

	(void)state;
	assert_non_null(long_one);
	memset(long_one, 'x', n);
	long_one[n - 1] = '\0';
	zip = zip_of(parts, long_one, "");
	OK(document_add_path(
	    o.amina, &d, file_with("contract", zip.data, zip.len), &err));
	assert_string_equal(list(c).list[0].type, "office");
	d.uid = uid_new();
	REFUSED(ERR_INPUT, document_add_path(o.amina, &d,
			       file_with("cut", zip.data, zip.len - 30), &err));
	assert_non_null(strstr(err.text, "cut short"));
	buf_done(&zip);
	free(long_one);
}

/* --- refused ---------------------------------------------------------------------------- */

static void
refuses_what_is_no_document(void **state)
{
	struct uid c = case_of(o.amina, "Rani Example");
	struct document d = a_document(c, "Paper");
	const char *path;
	char big[4096];

	(void)state;
	REFUSED(ERR_NOT_FOUND,
	    document_add_path(o.amina, &d, "/nonexistent/paper", &err));
	REFUSED(ERR_INPUT, document_add_path(o.amina, &d, "paper.txt", &err));
	REFUSED(ERR_INPUT, document_add_path(o.amina, &d, dir, &err));
	assert_non_null(strstr(err.text, "directory"));
	REFUSED(ERR_INPUT, document_add_path(o.amina, &d, "/dev/null", &err));
	path = file_with("empty", "", 0);
	REFUSED(ERR_INPUT, document_add_path(o.amina, &d, path, &err));
	assert_non_null(strstr(err.text, "empty"));
	path = file_with("target", "words", 5);
	assert_int_equal(
	    symlink(path, arena_printf(&arena, "%s/link", dir)), 0);
	REFUSED(ERR_UNSAFE, document_add_path(o.amina, &d,
				arena_printf(&arena, "%s/link", dir), &err));
	assert_int_equal(mkfifo(arena_printf(&arena, "%s/fifo", dir), 0600), 0);
	REFUSED(ERR_INPUT, document_add_path(o.amina, &d,
			       arena_printf(&arena, "%s/fifo", dir), &err));
	REFUSED(ERR_INPUT, document_add_path(o.amina, &d,
			       file_with("program",
				   "\x7f"
				   "ELF....",
				   8),
			       &err));
	assert_non_null(strstr(err.text, "but a program."));
	REFUSED(ERR_INPUT,
	    document_add_path(o.amina, &d,
		file_with("archive", "PK\x03\x04 and no more", 16), &err));
	assert_non_null(strstr(err.text, "cut short"));
	REFUSED(ERR_UNSAFE,
	    document_add_path(o.amina, &d,
		arena_printf(&arena, "%s/keyring", o.kit.dir), &err));
	memset(big, 'a', sizeof(big));
	path = file_with("big", big, sizeof(big));
	assert_int_equal(truncate(path, 21 * 1024 * 1024), 0);
	REFUSED(ERR_INPUT, document_add_path(o.amina, &d, path, &err));
	assert_non_null(strstr(err.text, "20480 kB"));
	d.title = " ";
	REFUSED(ERR_INPUT, document_add_text(o.amina, &d, "words", &err));
	d.title = "Paper";
	d.kind = "secret";
	REFUSED(ERR_INPUT, document_add_text(o.amina, &d, "words", &err));
	d.kind = "letter";
	REFUSED(ERR_INPUT, document_add_text(o.amina, &d, "", &err));
	assert_int_equal(list(c).n, 0);
}

static void
a_configuration_can_forbid_paths(void **state)
{
	struct uid c = case_of(o.amina, "Sana Example");
	struct document d = a_document(c, "Paper");
	const char *path = file_with("forbidden", "words", 5);

	(void)state;
	o.kit.society->device.document_paths = false;
	REFUSED(ERR_DENIED, document_add_path(o.amina, &d, path, &err));
	REFUSED(ERR_DENIED,
	    document_extract(o.amina, c, d.uid, uid_new(), "/tmp/x", &err));
	OK(document_add_text(o.amina, &d, "words", &err));
	o.kit.society->device.document_paths = true;
	o.kit.society->device.document_max_mb = 1;
	assert_int_equal(document_max(o.kit.society), 1024 * 1024);
	o.kit.society->device.document_max_mb = 0;
	assert_int_equal(document_max(o.kit.society), 20 * 1024 * 1024);
}

static void
a_failed_commit_keeps_nothing(void **state)
{
	static const struct {
		int code;
		enum err_kind kind;
	} faults[] = { { SQLITE_BUSY, ERR_BUSY }, { SQLITE_FULL, ERR_FULL },
		{ SQLITE_IOERR, ERR_IO } };
	struct uid c = case_of(o.amina, "Leila Example");
	struct document d = a_document(c, "Paper");

	(void)state;
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		o.amina->fault = faults[i].code;
		REFUSED(faults[i].kind,
		    document_add_text(o.amina, &d, "words", &err));
		assert_int_equal(list(c).n, 0);
	}
	OK(document_add_text(o.amina, &d, "words", &err));
	o.amina->fault = SQLITE_FULL;
	REFUSED(
	    ERR_FULL, document_remove(o.amina, c, d.uid, "a mistake", &err));
	assert_false(list(c).list[0].removed);
}

/* --- changed and removed ------------------------------------------------------------------- */

static void
a_correction_stands_beside_the_old(void **state)
{
	struct uid c = case_of(o.amina, "Nadia Example");
	struct document d = a_document(c, "Badly copied"), right;
	struct documents all;

	(void)state;
	OK(document_add_text(o.amina, &d, "900 a month", &err));
	right = a_document(c, "As it is on paper");
	right.corrects = d.uid;
	OK(document_add_text(o.amina, &right, "600 a month", &err));
	all = list(c);
	assert_int_equal(all.n, 2);
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(
		    all.list[i].corrected, uid_eq(&all.list[i].uid, &d.uid));
	right = a_document(c, "Nowhere");
	right.corrects = uid_new();
	REFUSED(ERR_INPUT, document_add_text(o.amina, &right, "x", &err));
}

static void
a_removed_one_leaves_who_and_why(void **state)
{
	struct uid c = case_of(o.amina, "Samira Example");
	struct document d = a_document(c, "Somebody else's paper");
	struct documents all;
	const char *text;
	bool more;
	struct findings found;

	(void)state;
	OK(document_add_text(o.amina, &d, MARK, &err));
	REFUSED(ERR_INPUT, document_remove(o.amina, c, d.uid, "  ", &err));
	OK(document_remove(o.amina, c, d.uid, "is not about her", &err));
	all = list(c);
	assert_int_equal(all.n, 1);
	assert_true(all.list[0].removed);
	assert_string_equal(all.list[0].title, "");
	assert_string_equal(all.list[0].removed_by, "amina");
	assert_string_equal(all.list[0].removed_why, "is not about her");
	assert_int_equal(strlen(all.list[0].hash), 64);
	REFUSED(ERR_NOT_FOUND, document_text(o.amina, c, d.uid, "why", &arena,
				   &text, &more, &err));
	REFUSED(
	    ERR_NOT_FOUND, document_remove(o.amina, c, d.uid, "again", &err));
	assert_int_equal(
	    ask_identity(o.amina, "SELECT count(*) FROM document_chunk c JOIN"
				  " document d ON d.uid = c.document"
				  " WHERE d.removed_at <> 0"),
	    0);
	/* Who checks the vault finds nothing amiss: it was said. */
	OK(vault_verify(o.sunil, &arena, &found, &err));
	assert_int_equal(found.bad, 0);
	/* Titles are in no history either. */
	assert_int_equal(
	    ask_identity(o.amina, "SELECT count(*) FROM op WHERE old LIKE"
				  " '%Somebody else%'"),
	    0);
}

static void
another_content_is_not_shown(void **state)
{
	struct uid c = case_of(o.amina, "Fatou Example");
	struct document d = a_document(c, "Paper");
	const char *text = NULL;
	bool more;

	(void)state;
	OK(document_add_text(o.amina, &d, "the true words", &err));
	db_unfence(&o.amina->identity);
	assert_int_equal(sqlite3_exec(o.amina->identity.h,
			     "DROP TRIGGER document_chunk_no_update;"
			     "UPDATE document_chunk SET data = CAST('the fake "
			     "words' AS BLOB)"
			     " WHERE CAST(data AS TEXT) = 'the true words'",
			     NULL, NULL, NULL),
	    SQLITE_OK);
	REFUSED(ERR_TAMPERED, document_text(o.amina, c, d.uid, "why", &arena,
				  &text, &more, &err));
	assert_null(text);
}

/* --- out ------------------------------------------------------------------------------------- */

static struct uid
agree(struct uid c, unsigned scope)
{
	struct consent yes = release_of(c);

	yes.scope = scope;
	OK(consent_add(o.amina, &yes, &err));
	return yes.uid;
}

static int64_t
told(struct uid c)
{
	return ask_of(o.amina,
	    "SELECT count(*) FROM disclosure WHERE case_uid = ?1"
	    " AND how = 'document'",
	    c);
}

/* Nothing leaves but what the person agreed to, at the moment it leaves. */
static void
harm_03_a_document_leaves_only_with_consent(void **state)
{
	struct uid c = case_of(o.amina, "Grace Example"), yes;
	struct document d = a_document(c, "Contract");
	const char *out = arena_printf(&arena, "%s/out", dir);
	struct disclosures who;
	char bytes[64];
	size_t n;
	int fd;

	(void)state;
	OK(document_add_text(o.amina, &d, MARK, &err));
	REFUSED(ERR_DENIED,
	    document_extract(o.amina, c, d.uid, uid_new(), out, &err));
	/* Agreed to this recipient, not to documents. */
	yes = agree(c, data_scope_bit(DATA_NAME));
	REFUSED(
	    ERR_DENIED, document_extract(o.amina, c, d.uid, yes, out, &err));
	assert_string_equal(err.text,
	    arena_printf(&arena, "%s %s", egress_why_words(EGRESS_NOT_IN_IT),
		egress_instead_words(EGRESS_NOT_IN_IT)));
	assert_int_equal(access(out, F_OK), -1);
	assert_int_equal(told(c), 0);
	yes = agree(
	    c, data_scope_bit(DATA_NAME) | data_scope_bit(DATA_DOCUMENTS));
	OK(document_extract(o.amina, c, d.uid, yes, out, &err));
	fd = open(out, O_RDONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	OK(file_read_some(fd, bytes, sizeof(bytes), &n, &err));
	(void)close(fd);
	assert_int_equal(n, strlen(MARK));
	assert_memory_equal(bytes, MARK, n);
	assert_int_equal(told(c), 1);
	/* What is there is not written over. */
	REFUSED(ERR_INPUT, document_extract(o.amina, c, d.uid, yes, out, &err));
	assert_int_equal(told(c), 1);
	/* Withdrawn is no, from that moment. */
	OK(consent_withdraw(
	    o.amina, c, yes, uid_new(), "by phone", &arena, &who, &err));
	assert_int_equal(unlink(out), 0);
	REFUSED(
	    ERR_DENIED, document_extract(o.amina, c, d.uid, yes, out, &err));
	assert_int_equal(access(out, F_OK), -1);
	assert_int_equal(told(c), 1);
}

/* No title, no word of a document is in any file but encrypted. */
static void
harm_13_no_file_holds_a_documents_words(void **state)
{
	static const char *const files[] = { "cases.db", "cases.db-wal",
		"identity.db", "identity.db-wal" };
	struct uid c = case_of(o.amina, "Yara Example");
	struct document d = a_document(c, "Zebrafinch title");

	(void)state;
	OK(document_add_text(o.amina, &d, MARK, &err));
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		const char *path =
		    arena_printf(&arena, "%s/%s", o.kit.dir, files[i]);
		char bytes[65536];
		size_t n;
		int fd = open(path, O_RDONLY | O_CLOEXEC);

		if (fd < 0)
			continue;
		do {
			OK(file_read_some(fd, bytes, sizeof(bytes), &n, &err));
			assert_null(memmem(bytes, n, "Zebrafinch", 10));
		} while (n == sizeof(bytes));
		(void)close(fd);
	}
	/* Nor does cases.db know, encrypted, that there is one. */
	assert_int_equal(ask_of(o.amina,
			     "SELECT count(*) FROM audit WHERE case_uid = ?1"
			     " AND action LIKE 'document.%'",
			     c),
	    0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, each, each_done)
		TEST(tells_a_type_by_the_bytes),
		TEST(keeps_what_is_pasted),
		TEST(keeps_a_file_whole_in_pieces),
		TEST(is_one_persons_alone),
		TEST(keeps_an_office_document),
		TEST(refuses_what_is_no_document),
		TEST(a_configuration_can_forbid_paths),
		TEST(a_failed_commit_keeps_nothing),
		TEST(a_correction_stands_beside_the_old),
		TEST(a_removed_one_leaves_who_and_why),
		TEST(another_content_is_not_shown),
		TEST(harm_03_a_document_leaves_only_with_consent),
		TEST(harm_13_no_file_holds_a_documents_words),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
