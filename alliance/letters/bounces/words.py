"""By which words mail servers and absent people are known, where no header says it."""

import re

DAEMONS = re.compile(r"^(mailer-?daemon|mail-?daemon|postmaster|mailerdaemon|mdaemon)$", re.IGNORECASE)

ABSENCE_SUBJECT = re.compile(
    r"""
    ^\s*(
        (re|aw|antwort|回复)\s*[:：]\s*)?(
        automatische\ (antwort|r(ü|ue)ckantwort) | abwesenheit | abwesend | nicht\ im\ (b(ü|ue)ro|haus)
        | au(ß|ss)er\ haus | ich\ bin\ .*(urlaub|abwesend)
        | eingangsbest(ä|ae)tigung | empfangsbest(ä|ae)tigung
        | automatic\ reply | auto(matic)?[\ -]?(reply|response|responder) | out\ of\ (the\ )?office
        | i\ am\ out\ of | away\ from | on\ (vacation|leave|holiday) | vacation
        | please\ (confirm|verify)\ your
        | r(é|e)ponse\ automatique | absence
        | \[?自动(回复|答复)\]? | 自動(回覆|回复) | 外出(自动)? | 休假 | 不在办公室
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)

DELAYED = re.compile(
    r"""
    delivery\ (is\ |has\ been\ )?delayed | delayed\ mail | warning:\ (message|could\ not\ send)
    | will\ (continue|keep)\ (to\ be\ )?(retr|try) | still\ (trying|being\ retried)
    | do(\ |es\ )not\ need\ to\ resend | no\ action\ is\ required | will\ be\ retried
    | not\ yet\ been\ delivered | has\ not\ been\ delivered\ .{0,80}\ but
    | zustellung\ .{0,40}verz(ö|oe)gert | verz(ö|oe)gerte\ zustellung | weitere\ zustellversuche
    | 延迟 | 暂时(无法|未能|不能) | 将(会)?继续(尝试|重试|投递) | 稍后(将)?(再次|重试)
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)

FAILED = re.compile(
    r"""
    undeliver(able|ed) | could\ not\ be\ delivered | cannot\ be\ delivered | couldn.t\ be\ delivered
    | was\ not\ delivered | wasn.t\ able\ to\ deliver | delivery\ (\w+\ )?(to\ .{0,120}\ )?fail(ed|ure)
    | returned\ (mail|to\ sender) | user\ unknown | unknown\ user | no\ such\ user
    | mailbox\ (unavailable|full)
    | address\ (rejected|not\ found) | permanent\ (error|failure) | given\ up | does(n.t|\ not)\ exist
    | unzustellbar | nicht\ zugestellt | konnte\ nicht\ .{0,60}zugestellt | existiert\ nicht
    | empf(ä|ae)nger\ unbekannt
    | 退信 | 退回 | 无法(送达|投递|发送) | 投递失败 | 发送失败 | 不存在 | 拒收 | 邮箱(已满|空间不足)
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)

PERMANENT_CODE = re.compile(r"(?<![\d.])(5\.\d{1,3}\.\d{1,3})(?![\d.])|(?<![\d.:])5[0-7]\d[ -](?=\D)")
TEMPORARY_CODE = re.compile(r"(?<![\d.])(4\.\d{1,3}\.\d{1,3})(?![\d.])|(?<![\d.:])4[2-7]\d[ -](?=\D)")

ORIGINAL_BEGINS = re.compile(
    r"""
    ^[^\w\n]{0,20}(
        (?=-{2}).{0,80}(copy\ of|original|returned\ message|message\ headers|原(邮件|信)|kopie).* |
        (below\ this\ line|this\ is\ a\ copy\ of|original\ message).* |
        (received|return-path|message-id|mime-version):\ .*
    )$
    """,
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)
"""From here on a bounce holds our own letter, whose words say nothing about it."""
