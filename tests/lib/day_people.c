/* SPDX-License-Identifier: ISC */
/* Everybody who is met in the day's story; nobody of them exists. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "store/person.h"
#include "store/queue.h"

#include "day_story.h"

const struct day_person day_sinhala = {
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
const struct day_person day_tamil = {
	.wants = "என் கடவுச்சீட்டு",
	.number = "+00 000 5550179",
	.cover = "தையல் கடை",
	.name = "செல்வி நிலாமுற்றம்",
	.agreed = "உணவு, உடை",
	.note = "சொன்னார்: கடவுச்சீட்டு இல்லை.",
	.paste = true,
};
const struct day_person day_arabic = {
	.wants = "أريد أن أتصل بأمي",
	.number = "+00 000 5550180",
	.cover = "الخياط",
	.name = "ليلى بستان القمر",
	.birth = "2001-05",
	.agreed = "مكالمة غدا",
	.note = "قالت: تريد الاتصال بأمها.",
	.paste = true,
};
const struct day_person day_latin = {
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

/* Met while sessions are killed. */
const struct day_person day_torn = {
	.wants = "தங்க இடம்",
	.number = "+00 000 5550183",
	.cover = "பள்ளிக்கூடம்",
	.name = "கயல் மழைத்தோட்டம்",
	.birth = "2000",
	.agreed = "மருத்துவமனைக்கு உடன் செல்வது",
	.note = "சொன்னார்: இன்றிரவு தங்க இடம் வேண்டும்.",
	.paste = true,
};
const struct day_person day_halved = {
	.wants = "A lawyer, not the police",
	.number = "+00 000 5550184",
	.cover = "the dentist",
	.name = "Zéphyrine Lanternfield",
	.other_names = "Zeph",
	.agreed = "call after the shift",
	.note = "Said: the contract was changed on arrival.",
};
/* Met by somebody who sits far away; four scripts in one record. */
const struct day_person day_remote = {
	.wants = "Wages / වැටුප / சம்பளம் / أجور",
	.number = "+00 000 5550185",
	.cover = "කඩේ / கடை / دكان",
	.name = "Nūr ශ්‍රී ஒளி نور",
	.agreed = "call / කතා / அழைப்பு / مكالمة",
	.note = "Said: \"වැටුප\", \"சம்பளம்\", \"أجور\".",
	.paste = true,
};

void
day_expect_kept(struct day *d, const char *login, const char *code,
    const struct day_person *p)
{
	struct err err = { .kind = ERR_NONE };
	struct session *s = vault_kit_sign_in(&d->kit, login, &err);
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
