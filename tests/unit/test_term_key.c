/* SPDX-License-Identifier: ISC */
/* Bytes of many terminals into keys, and the names of keys. */
#include "ui_kit.h"
#include "ui/input.h"

/* Names of all keys the bytes give, separated by spaces; typed text shows as
 * itself in quotes when it is more than one byte. */
static void
names_of(struct input *in, bool timed_out, struct buf *out)
{
	struct key k;
	char name[32];

	while (input_next(in, timed_out, &k)) {
		if (k.code == K_LOST)
			continue; /* lost_is_said() */
		if (out->len > 0)
			buf_add_char(out, ' ');
		if (k.code == K_PASTE) {
			buf_add_str(out, "<");
			buf_add(out, k.text, k.len);
			buf_add_str(out, ">");
		} else if (k.code == K_PASTE_BIG)
			buf_add_str(out, "TOO-BIG");
		else if (key_is_text(&k) && k.len > 1) {
			buf_add_char(out, '"');
			buf_add(out, k.text, k.len);
			buf_add_char(out, '"');
		} else
			buf_add_str(
			    out, key_to_name(k.code, name, sizeof(name)));
	}
}

static const struct {
	const char *bytes, *keys;
} sequences[] = {
	/* xterm, screen, tmux */
	{ "\033[A\033[B\033[C\033[D", "Up Down Right Left" },
	{ "\033OA\033OB\033OC\033OD", "Up Down Right Left" },
	{ "\033[H\033[F\033OH\033OF", "Home End Home End" },
	{ "\033[1~\033[4~\033[7~\033[8~", "Home End Home End" },
	{ "\033[2~\033[3~\033[5~\033[6~", "Ins Del PgUp PgDn" },
	{ "\033OP\033OQ\033OR\033OS", "F1 F2 F3 F4" },
	{ "\033[11~\033[15~\033[17~\033[24~", "F1 F5 F6 F12" },
	{ "\033[Z", "S-Tab" },
	{ "\033[1;5C\033[1;5D", "C-Right C-Left" },
	{ "\033[1;2A\033[3;5~", "Up Del" },
	{ "\033OM", "Enter" },
	/* the Linux console and rxvt */
	{ "\033[[A\033[[E", "F1 F5" },
	{ "\033Od\033Oc", "C-Left C-Right" },
	/* control bytes */
	{ "\r\n\t\b\177", "Enter Enter Tab Backspace Backspace" },
	{ "\001\003\034\037", "C-a C-c C-\\ C-_" },
	/* text */
	{ "ab :?", "a b Space : ?" },
	{ "\xc3\xa9", "\"\xc3\xa9\"" },
	{ "e\xcc\x81", "e \"\xcc\x81\"" },
	{ "\xe0\xb6\x9a\xe0\xb7\x92", "\"\xe0\xb6\x9a\xe0\xb7\x92\"" },
	{ "\xd8\xb9\xd9\x84", "\"\xd8\xb9\" \"\xd9\x84\"" },
	/* bytes that are no UTF-8 are dropped, also the rest of them */
	{ "a\xff\xfe"
	  "b",
	    "a b" },
	{ "a\xc3(b", "a ( b" },
	{ "\xed\xa0\x80x", "x" },
	{ "\xc2\x9b"
	  "A",
	    "A" },
	/* sequences nobody knows never become letters: focus, mouse, answers */
	{ "\033[I\033[O", "" },
	{ "\033[<0;10;20M\033[?1;2c\033[>41;330;0c", "" },
	{ "\033[999~\033[3$~\033[200;5;7u", "" },
	{ "x\033[38;5;1mq", "x q" },
	/* an interrupted one loses itself only */
	{ "\033[1;\033[A", "Up" },
	/* Esc and a key in one read */
	{ "\033w", "Esc w" },
	{ "\033\033[A", "Esc Up" },
	/* paste */
	{ "\033[200~one\rtwo\r\n3\033[201~x", "<one\ntwo\n3> x" },
	{ "\033[200~\033[201~", "<>" },
	{ "\033[200~q\033[Aw\033[201~", "<q[Aw>" },
	{ "\033[200~a\033[200~b\033[201~", "<a[200~b>" },
	{ "\033[200~a\xff\xe2\x80\xae"
	  "b\033[201~",
	    "<ab>" },
};

static void
reads_every_terminal(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(sequences); i++) {
		struct input in;
		struct buf out;

		input_init(&in);
		buf_init(&out);
		input_feed(&in, sequences[i].bytes, strlen(sequences[i].bytes));
		names_of(&in, false, &out);
		assert_string_equal(out.data, sequences[i].keys);
		buf_done(&out);
		input_done(&in);
	}
}

/* The same bytes one by one: a slow line splits where it likes. */
static void
split_anywhere(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(sequences); i++) {
		struct input in;
		struct buf out;

		/* Two characters that join come as two keys when they come
		 * apart; Esc alone is for another test. */
		if (strstr(sequences[i].bytes, "\xe0\xb7\x92") != NULL)
			continue;
		input_init(&in);
		buf_init(&out);
		for (const char *p = sequences[i].bytes; *p != '\0'; p++) {
			input_feed(&in, p, 1);
			names_of(&in, false, &out);
		}
		assert_string_equal(out.data, sequences[i].keys);
		buf_done(&out);
		input_done(&in);
	}
}

static void
esc_alone(void **state)
{
	struct input in;
	struct key k;

	(void)state;
	input_init(&in);
	input_feed(&in, "\033", 1);
	assert_false(input_next(&in, false, &k));
	assert_true(input_waiting(&in));
	assert_true(input_next(&in, true, &k));
	assert_int_equal(k.code, K_ESC);
	assert_false(input_waiting(&in));
	/* The rest of an arrow that a bad line held back does not act:
	 * "A" is an action somewhere. */
	input_feed(&in, "[A", 2);
	assert_false(input_next(&in, false, &k));
	/* After that, brackets are typed text again. */
	input_feed(&in, "[A", 2);
	assert_true(input_next(&in, false, &k));
	assert_int_equal(k.code, '[');
	input_done(&in);
}

/* Bytes that are no character are counted, and said between the keys. */
static void
lost_is_said(void **state)
{
	static const char in[] = "a\xff\xfe"
				 "b\xe9"
				 "c\xc2\x85";
	static const char paste[] = "\033[200~x\xff\033[2Jy\a\033[201~";
	static const struct {
		uint32_t code;
		size_t lost;
	} want[] = { { 'a', 0 }, { K_LOST, 2 }, { 'b', 0 }, { K_LOST, 1 },
		{ 'c', 0 }, { K_LOST, 1 } };
	struct input i;
	struct key k;

	(void)state;
	input_init(&i);
	input_feed(&i, in, sizeof(in) - 1);
	for (size_t n = 0; n < COUNT(want); n++) {
		assert_true(input_next(&i, false, &k));
		assert_int_equal(k.code, want[n].code);
		assert_int_equal(k.lost, want[n].lost);
	}
	assert_false(input_next(&i, false, &k));
	/* A beginning may wait for long: what was lost before it is said. */
	input_feed(&i, "\xb2\xb6\xe2", 3);
	assert_true(input_next(&i, false, &k));
	assert_int_equal(k.code, K_LOST);
	assert_int_equal(k.lost, 2);
	assert_false(input_next(&i, false, &k));
	input_feed(&i, "\x82\xac", 2);
	assert_true(input_next(&i, false, &k));
	assert_int_equal(k.code, 0x20ac);
	input_feed(&i, paste, sizeof(paste) - 1);
	assert_true(input_next(&i, false, &k));
	assert_int_equal(k.code, K_PASTE);
	assert_int_equal(k.lost, 3);
	assert_memory_equal(k.text, "x[2Jy", k.len);
	assert_false(input_next(&i, false, &k));
	input_done(&i);
}

static void
paste_is_limited(void **state)
{
	static const size_t sizes[] = { KEY_PASTE_MAX, KEY_PASTE_MAX + 1,
		KEY_PASTE_MAX * 10 };

	(void)state;
	for (size_t i = 0; i < COUNT(sizes); i++) {
		char *text = malloc(sizes[i]);
		struct input in;
		struct key k;

		assert_non_null(text);
		memset(text, 'x', sizes[i]);
		input_init(&in);
		input_feed(&in, "\033[200~", 6);
		input_feed(&in, text, sizes[i]);
		assert_false(input_next(&in, true, &k));
		input_feed(&in, "\033[201~q", 7);
		assert_true(input_next(&in, false, &k));
		assert_int_equal(
		    k.code, i == 0 ? (int)K_PASTE : (int)K_PASTE_BIG);
		if (i == 0)
			assert_int_equal(k.len, KEY_PASTE_MAX);
		assert_true(input_next(&in, false, &k));
		assert_int_equal(k.code, 'q');
		input_done(&in);
		free(text);
	}
}

/* Anything at all: no key is ever a control byte as text, and it ends. */
static void
noise(void **state)
{
	uint32_t seed = 12345;

	(void)state;
	for (int round = 0; round < 300; round++) {
		struct input in;
		struct key k;

		input_init(&in);
		for (int i = 0; i < 200; i++) {
			unsigned char c;

			seed = seed * 1103515245U + 12345U;
			c = (unsigned char)(seed >> 16);
			if (c < 64)
				c = (unsigned char)"\033[O~;0A\xe0"[c % 8];
			input_feed(&in, &c, 1);
			while (input_next(&in, i % 5 == 0, &k)) {
				if (k.text == NULL || k.code == K_PASTE)
					continue;
				assert_true(k.code >= ' ' && k.code != 0x7f);
				assert_false(k.code >= 0x80 && k.code < 0xa0);
			}
		}
		input_done(&in);
	}
}

static void
names_round(void **state)
{
	static const char *const names[] = { "Up", "PgDn", "Enter", "Esc",
		"Tab", "S-Tab", "Space", "F1", "F12", "C-c", "C-\\", "w", "?",
		"=", "\xc3\xa9", "Del", "Backspace", "C-Left" };
	static const char *const wrong[] = { "", "Nope", "C-", "C-C", "ab",
		"\xff", "F13", "\001" };
	char name[32];

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++)
		assert_string_equal(
		    key_to_name(key_from_name(names[i]), name, sizeof(name)),
		    names[i]);
	for (size_t i = 0; i < COUNT(wrong); i++)
		assert_int_equal(key_from_name(wrong[i]), K_NONE);
	assert_int_equal(key_from_name("C-i"), K_TAB);
	assert_int_equal(key_from_name("C-m"), K_ENTER);
	assert_int_equal(key_from_name("C-["), K_ESC);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_every_terminal),
		cmocka_unit_test(split_anywhere),
		cmocka_unit_test(esc_alone),
		cmocka_unit_test(lost_is_said),
		cmocka_unit_test(paste_is_limited),
		cmocka_unit_test(noise),
		cmocka_unit_test(names_round),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
