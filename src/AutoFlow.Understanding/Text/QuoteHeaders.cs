using System.Text.RegularExpressions;

namespace AutoFlow.Understanding.Text;

/// <summary>Recognises the lines that mail programs put above an old message, in the languages of the market and some more.</summary>
internal static class QuoteHeaders
{
    private const RegexOptions Plain = RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private static readonly Regex Wrote = new(
        @"\b(wrote|writes|schrieb|geschrieben|schreef|geschreven|a écrit|a ecrit|écrit|escribió|escribio|escribi[oó]|ha scritto|scritto|napisał|napisała|napisał\(a\)|pisze|skrev|skriver|escreveu|kirjoitti|napsal|napsal\(a\)|írta|a scris|написал|написала|написал\(а\)|писал|пише|написав|yazdı)\b|写道|寫道|のメール|のメッセージ|(が|は|から)?書きました|からのメール|작성",
        Plain);

    private static readonly Regex Start = new(
        @"^\s*(on|am|le|el|il|op|w dniu|dnia|den|em|dne|em|il giorno|mi|în data|ons|tor|fre|man|tir|mån|tis|lør|søn|-{2,}\s*on)\b.*\d|^\s*\d{1,4}[./\- 年]|^\s*(在|于|於)", Plain);

    private static readonly Regex AddressStart = new(@"^.{0,80}<[^<>]*@", Plain);

    private static readonly Regex DateThenAddress = new(@"^\s*\d{4}[-/]\d{1,2}[-/]\d{1,2}\b.*<[^<>\s]+@[^<>\s]+>\s*:?\s*$", Plain);

    // Gmail's short form: "2016-10-24 15:36 GMT+02:00 Name <a@b.example>:".
    private static readonly Regex DateAndAddress = new(@"^\s*\d{4}-\d{1,2}-\d{1,2} \d{1,2}:\d{2}.*<\s*[^<>\s]+@[^<>\s]+>\s*:\s*$", Plain);

    // Gmail's Japanese form: "2025年11月3日(月) 10:00 Name <a@b.example>:".
    private static readonly Regex JapaneseDateAndAddress = new(@"^\s*\d{4}年\d{1,2}月\d{1,2}日.*<\s*[^<>\s]+@[^<>\s]+>\s*[:：]\s*$", Plain);

    private static readonly Regex Original = new(
        @"^\W{2,}\s*(original message|元のメッセージ|オリジナルメッセージ|原始邮件|原始郵件|原始信件|原邮件|original appointment|ursprüngliche nachricht|originalnachricht|message d['’]origine|message original|mensaje original|messaggio originale|oorspronkelijk bericht|wiadomość oryginalna|oryginalna wiadomość|mensagem original|ursprungligt meddelande|opprinnelig melding)\s*\W*$|^\W*(please type your reply above this line|bitte antworten sie oberhalb dieser zeile|répondez au-dessus de cette ligne|escriba su respuesta por encima de esta línea|この線より上に返信してください)\W*$",
        Plain);

    private static readonly Regex Forward = new(
        @"^\W*(-+\s*)?(begin forwarded message|forwarded message|weitergeleitete nachricht|anfang der weitergeleiteten nachricht|message transféré|message transmis|début du message transféré|mensaje reenviado|inicio del mensaje reenviado|messaggio inoltrato|inizio messaggio inoltrato|doorgestuurd bericht|begin doorgestuurd bericht|przekazana wiadomość|wiadomość przekazana|początek przekazanej wiadomości)\b",
        Plain);

    private static readonly Regex AsianForward = new(@"^\W*(転送メッセージ|転送されたメッセージ|転送されたメール|转发的邮件|转发邮件信息|轉寄的郵件|转发信息|轉寄郵件)", Plain);

    private static readonly Regex ForwardSubject = new(@"^\s*(fwd?|wg|tr|rv|rif|i|doorst|pd|vb|転送|转发|轉寄|轉發)\s*[:：]", Plain);

    private static readonly Regex From = new(@"^[\s*>]*(from|von|de|da|van|od|från|fra|lähettäjä|от|expéditeur|mittente|remitente|afzender|nadawca|差出人|送信者|送信元|发件人|發件人|寄件者|寄件人)\s*\*?\s*[:：]\*?\s*\S", Plain);

    private static readonly Regex Other = new(
        @"^[\s*>]*(sent|date|to|cc|subject|gesendet|datum|an|betreff|envoyé|date|à|objet|enviado|fecha|para|asunto|inviato|data|a|risposta|oggetto|verzonden|aan|onderwerp|wysłano|do|temat|skickat|till|ämne|sendt|til|emne|отправлено|кому|тема|送信日時|日時|日付|宛先|件名|发送时间|發送時間|发送日期|日期|时间|收件人|收件者|主题|主題|主旨|抄送|副本|傳送時間|寄件日期)\s*\*?\s*[:：]\*?\s*\S",
        Plain);

    /// <summary>How many lines from <paramref name="at"/> make an attribution ("On … wrote:"); 0 when none starts there.</summary>
    public static int AttributionLines(IReadOnlyList<string> lines, int at)
    {
        var first = lines[at];
        if (first.Length is 0 or > 300 || first[0] == '>') return 0;
        if (DateThenAddress.IsMatch(first) && NextFilled(lines, at + 1) is { } next && lines[next][0] is '>' or '|') return 1;
        if (!Start.IsMatch(first) && !AddressStart.IsMatch(first)) return 0;
        var joined = first;
        for (var count = 1; ; joined += " " + lines[at + count++])
        {
            if (joined.Length > 400) return 0;
            // "1042 is missing" above an attribution is no part of it.
            if (IsAttribution(joined.TrimEnd())) return Enumerable.Range(1, count - 1).Any(later => Start.IsMatch(lines[at + later]) && AttributionLines(lines, at + later) == count - later) ? 0 : count;
            if (count == 6 || at + count >= lines.Count) return 0;
        }
    }

    private static bool IsAttribution(string text) =>
        (text.EndsWith(':') || text.EndsWith('：') || text.EndsWith("----", StringComparison.Ordinal))
        && (text.Contains('@') || text.Any(char.IsDigit))
        && (Wrote.IsMatch(text) || DateAndAddress.IsMatch(text) || JapaneseDateAndAddress.IsMatch(text));

    public static bool IsOriginalMarker(string line) => line.Length < 200 && Original.IsMatch(line);

    public static bool IsForwardMarker(string line)
    {
        var start = line.Length > 200 ? line[..200] : line;
        return Forward.IsMatch(start) || AsianForward.IsMatch(start);
    }

    /// <summary>True when a subject says that the mail was forwarded.</summary>
    public static bool IsForwardSubject(string? subject) => subject is not null && ForwardSubject.IsMatch(subject);

    /// <summary>True when an Outlook-like block (From, Sent, To, Subject) starts here.</summary>
    public static bool IsHeaderBlock(IReadOnlyList<string> lines, int at)
    {
        if (lines[at].Length > 300 || !From.IsMatch(lines[at])) return false;
        var found = 0;
        for (var i = at + 1; i < lines.Count && i <= at + 6; i++)
            if (lines[i].Length < 600 && Other.IsMatch(lines[i])) found++;
        return found >= 2;
    }

    private static int? NextFilled(IReadOnlyList<string> lines, int from)
    {
        for (var i = from; i < lines.Count; i++)
            if (lines[i].Length > 0) return i;
        return null;
    }
}
