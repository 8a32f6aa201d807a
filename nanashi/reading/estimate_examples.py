"""The ten examples of the help page, in both languages. Each is evaluated in a test."""

from typing import NamedTuple


class Example(NamedTuple):
    """A block, what it shows, and what is to be known of it."""

    title: str
    text: str
    remark: str


ENGLISH = (
    Example(
        "Two uncertain numbers and what follows",
        "people = 3 million to 5 million\nvisits = 2 to 6            # a year, each\ntotal = people * visits",
        "`a to b` is an interval that you are 90% sure of. Above zero it is lognormal, between two percentages a "
        "share; `normal(a to b)` and `uniform(a to b)` say otherwise. What stands behind # is a note.",
    ),
    Example(
        "Growth, and the year in which a line is passed",
        "title: When does a training run pass 1e29 FLOP?\nyears: 2023 to 2040\nbase   = 2e25 to 3e25 FLOP\n"
        "growth = 0.4 to 0.7 OOM/yr     # assumption: money does not run out\n"
        "run    = base growing growth from 2023\npasses = first year when run >= 1e29 FLOP\n"
        "show run, passes\nchart run log",
        "`years` is the axis. OOM is an order of magnitude, a power of ten. A rate is per some time: `30%/yr`, "
        "`4 x/yr`, `doubling every 6 months`. `show` says what the table lists, `chart` what is drawn.",
    ),
    Example(
        "Orders of magnitude that add up, and a probability",
        "compute = 2 to 3 OOM       # source: https://situational-awareness.ai/\nalgorithms = 1 to 3 OOM\n"
        "total = compute + algorithms\nodds = P(total >= 5 OOM)\nshow total, odds",
        "`P(…)` is the share of the draws in which something holds. `source:` in a note becomes a link.",
    ),
    Example(
        "Two possible worlds, and a yes or no",
        "ready = yes with 40%\ndelay = 30%: 1 to 2 month or 70%: 6 to 18 month\n"
        "wait = if ready then 0 month else delay\nlong = P(wait > 1 year given not ready)\nshow wait, long",
        "A mixture gives each arm its chance. `given` looks only at the draws in which that holds.",
    ),
    Example(
        "Units",
        "text = [100, 1000, 1e4, 1e5, 1e6] tokens\ntime = text / (100 tokens/min)\nminutes = time in min\n"
        "weeks = time / (40 hour)\nshow minutes, weeks",
        "A unit is the word after a number. Times convert; adding 円 to days is an error that names both.",
    ),
    Example(
        "Assumptions that move together",
        "price = 90 to 120 USD\ndemand = 1000 to 3000\nincome = price * demand\ncorrelate price, demand = -0.6",
        "Without `correlate` all assumptions are independent.",
    ),
    Example(
        "A decline, and what part of it is due to what",
        "marriage = -0.38 to -0.34\nwithin = 0.15 to 0.19\nchange = marriage + within\n"
        "share of marriage = marriage / change",
        "This one is wrong on purpose: an interval below zero has no lognormal. The message offers "
        "`normal(-0.38 to -0.34)`.",
    ),
    Example(
        "The same, mended",
        "marriage = normal(-0.38 to -0.34)\nwithin = normal(0.15 to 0.19)\nchange = marriage + within\n"
        "share of marriage = marriage / change\nshow change, share of marriage",
        "A name may have spaces and any letters.",
    ),
    Example(
        "What came true",
        "growth = 10% to 40%\npasses = yes with 70%\noutcome growth = 25% on 2027-03-01\n"
        "outcome passes = yes on 2027-03-01",
        "Edit your entry and add the outcome: the estimate is scored and moves to the settled ones.",
    ),
    Example(
        "An answer with other numbers",
        "based on >>1\nvisits = 1 to 3",
        "Below the reference to an entry (`>>20260611-k7m2xq`, or `>>1` for the first estimate of the same entry) "
        "stand only the lines that differ. “Change the numbers” under an estimate writes this for you.",
    ),
)

JAPANESE = (
    Example(
        "ふたつの不確かな数と、そこから出るもの",
        "人数 = 300万〜500万人\n回数 = 2〜6            # 一人が一年に\n合計 = 人数 × 回数",
        "`a〜b` は「90%の確かさでこの間」という区間です。0より上なら対数正規、両端が%なら割合の形になります。"
        "`正規(a〜b)` `一様(a〜b)` と書けば別の形に。# のうしろは注記です。",
    ),
    Example(
        "伸びと、線を越える年",
        "題: 学習が1e29 FLOPを越えるのはいつか\n期間: 2023〜2040年\n計算量 = 2e25〜3e25 FLOP\n"
        "伸び = 年0.4〜0.7 桁     # 前提: お金は尽きない\n学習 = 2023年の計算量から年伸び\n"
        "到達 = 学習 ≧ 1e29 FLOP になる最初の年\n表示 学習, 到達\n図 学習 対数",
        "`期間` が横軸です。桁（OOM）は10の何乗かを数えます。伸びは「年30%」「年4倍」「6か月で2倍」のように書きます。"
        "`表示` は表に出すもの、`図` は描くものです。",
    ),
    Example(
        "足し合わせる桁と、確率",
        "計算量 = 2〜3 OOM       # 出典: https://situational-awareness.ai/\nアルゴリズム = 1〜3 OOM\n"
        "合計 = 計算量 + アルゴリズム\n大きく伸びる確率 = 確率(合計 >= 5 OOM)\n表示 合計, 大きく伸びる確率",
        "`確率(…)` は、くり返した計算のうちそれが成り立った割合です。注記の `出典:` はリンクになります。",
    ),
    Example(
        "場合分けと、はい・いいえ",
        "準備 = 40%で はい\n遅れ = 30%: 1〜2か月 または 70%: 6〜18か月\n"
        "待ち = もし 準備 なら 0か月 でなければ 遅れ\n長い = 準備 でない のときの 確率(待ち > 1年)\n表示 待ち, 長い",
        "`または` で並べた枝は、書いた割合で選ばれます。`のときの` は、それが成り立つ場合だけを見ます。",
    ),
    Example(
        "単位",
        "文章 = [100, 1000, 1e4, 1e5, 1e6] 字\n時間 = 文章 / (100 字/分)\n分数 = 時間 を 分 で\n"
        "週数 = 時間 / (40時間)\n表示 分数, 週数",
        "数のうしろの言葉が単位です。時間どうしは換算できます。円に日を足すと、両方を名指しする誤りになります。",
    ),
    Example(
        "いっしょに動く前提",
        "価格 = 90〜120円\n需要 = 1000〜3000\n売上 = 価格 × 需要\n相関 価格, 需要 = -0.6",
        "`相関` を書かなければ、前提はみな独立です。",
    ),
    Example(
        "減った分と、その内訳",
        "結婚の分 = -0.38〜-0.34\n夫婦の分 = 0.15〜0.19\n変化 = 結婚の分 + 夫婦の分\n"
        "結婚の割り当て = 結婚の分 / 変化",
        "これはわざと間違えた例です。0より下の区間に対数正規はありません。誤りの文が `正規(-0.38〜-0.34)` を勧めます。",
    ),
    Example(
        "直したもの",
        "結婚の分 = 正規(-0.38〜-0.34)\n夫婦の分 = 正規(0.15〜0.19)\n変化 = 結婚の分 + 夫婦の分\n"
        "結婚の割り当て = 結婚の分 / 変化\n表示 変化, 結婚の割り当て",
        "名前はどんな文字でも書けます。言葉のあいだに空白は要りません。",
    ),
    Example(
        "実際にどうなったか",
        "伸び = 10〜40%\n達成 = 70%で はい\n実績 伸び = 25%（2027-03-01）\n実績 達成 = はい（2027-03-01）",
        "日記を編集して実績を書き足すと、推定に点がつき、決着した推定に移ります。",
    ),
    Example(
        "別の数字で答える",
        "元 >>1\n回数 = 1〜3",
        "元の日記（`>>20260611-k7m2xq`。同じ日記の一つ目なら `>>1`）を書き、その下には変える行だけを書きます。"
        "推定の下の「数字を変えてみる」から、これを書いた返信を始められます。",
    ),
)

WRONG = 6
"""The example, counted from 0, that is in error on purpose; the one behind it is mended."""
EXAMPLES = {"en": ENGLISH, "ja": JAPANESE}
