"""The sentence as people read it, in both languages."""

import re

import pytest

from effect_samples import compared
from toban.domain.effect.nouns import Interval, Verdict
from toban.domain.effect.sentence import effect_sentence
from toban.locale import language

EN, JA = language("en"), language("ja")
NO_MEDIANS = {"before": (90, None, 0.2), "after": (80, None, 0.45), "median_change_s": None}
WITHOUT_VERDICT = {"median_change_s": None, "soon_change": None}
CASES = [
    (
        compared(),
        (
            "the median further wait fell from 9 min to 2 min since 2026-07-01 "
            "(95% interval −11 min to −4 min; n 214 and 187)"
        ),
        (
            "その後の確認までの時間（中央値）が2026-07-01以降、9分から2分に短縮しました"
            "（変化の95%信頼区間 −11分～−4分、214件と187件）"
        ),
    ),
    (
        compared(
            Verdict.SLOWER,
            (40, 60.0, 0.9),
            (1200, 200.0, 0.7),
            median_change_s=Interval(30.0, 7_500.0),
        ),
        (
            "the median further wait rose from 1 min to 3 min 20 s since 2026-07-01 "
            "(95% interval +30 s to +2 h 5 min; n 40 and 1,200)"
        ),
        (
            "その後の確認までの時間（中央値）が2026-07-01以降、1分から3分20秒に延びました"
            "（変化の95%信頼区間 +30秒～+2時間5分、40件と1,200件）"
        ),
    ),
    (
        compared(Verdict.UNCLEAR, after=(187, 510.0, 0.3), median_change_s=Interval(-90.0, 0.0)),
        (
            "the median further wait did not clearly change: 9 min before 2026-07-01, 8 min 30 s since "
            "(95% interval −1 min 30 s to ±0 s; n 214 and 187)"
        ),
        (
            "その後の確認までの時間（中央値）は2026-07-01より前が9分、以降が8分30秒で、明らかな変化はありません"
            "（変化の95%信頼区間 −1分30秒～±0秒、214件と187件）"
        ),
    ),
    (
        compared(**NO_MEDIANS, soon_change=Interval(0.1, 0.4)),
        (
            "the share acknowledged within 5 more minutes went from 20% to 45% since 2026-07-01 "
            "(95% interval +10 to +40 points; n 90 and 80)"
        ),
        (
            "さらに5分以内に確認された割合が2026-07-01以降、20%から45%に変わりました"
            "（変化の95%信頼区間 +10～+40ポイント、90件と80件）"
        ),
    ),
    (
        compared(Verdict.UNCLEAR, **NO_MEDIANS, soon_change=Interval(-0.1, 0.6)),
        (
            "the share acknowledged within 5 more minutes did not clearly change: "
            "20% before 2026-07-01, 45% since (95% interval −10 to +60 points; n 90 and 80)"
        ),
        (
            "さらに5分以内に確認された割合は2026-07-01より前が20%、以降が45%で、明らかな変化はありません"
            "（変化の95%信頼区間 −10～+60ポイント、90件と80件）"
        ),
    ),
    (
        compared(Verdict.TOO_FEW, before=(12, 60.0, 1.0), **WITHOUT_VERDICT),
        "there are too few comparable ones before and since 2026-07-01 (n 12 and 187, 30 needed)",
        "比較できる件数が足りず、2026-07-01の前後の判断はできません（12件と187件、各30件以上必要）",
    ),
    (
        compared(Verdict.TOO_ALIKE, **WITHOUT_VERDICT),
        "those before and since 2026-07-01 rest on too few separate occasions (n 214 and 187)",
        "発生が少数の時刻に集中しており、2026-07-01の前後の判断はできません（214件と187件）",
    ),
]


@pytest.mark.parametrize(("effect", "english", "japanese"), CASES)
def test_the_sentence_says_what_changed_how_sure_it_is_and_what_it_rests_on(effect, english, japanese):
    assert effect_sentence(effect, EN) == f"Among incidents still unacknowledged after 3 min, {english}"
    assert effect_sentence(effect, JA) == f"3分後に未確認だったインシデントでは、{japanese}"


@pytest.mark.parametrize("weak", [Verdict.TOO_FEW, Verdict.TOO_ALIKE])
def test_without_a_verdict_no_figure_of_a_change_is_said(weak):
    sentence = effect_sentence(compared(weak, **WITHOUT_VERDICT), EN)
    assert not re.search(r"median|share|interval|[−+]", sentence)
