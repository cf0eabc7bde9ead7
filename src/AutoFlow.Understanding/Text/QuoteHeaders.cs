using System.Text.RegularExpressions;

namespace AutoFlow.Understanding.Text;

/// <summary>Recognises the lines that mail programs put above an old message, in the languages of the market and some more.</summary>
internal static class QuoteHeaders
{
    private const RegexOptions Plain = RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private static readonly Regex Wrote = new(
        @"\b(wrote|writes|schrieb|geschrieben|schreef|geschreven|a écrit|a ecrit|écrit|escribió|escribio|escribi[oó]|ha scritto|scritto|napisał|napisała|napisał\(a\)|pisze|skrev|skriver|escreveu|kirjoitti|napsal|napsal\(a\)|írta|a scris|написал|написала|написал\(а\)|писал|пише|написав|yazdı)\b|写道|寫道|のメッセージ|작성",
        Plain);

    private static readonly Regex Start = new(
        @"^\s*(on|am|le|el|il|op|w dniu|dnia|den|em|dne|em|il giorno|mi|în data|ons|tor|fre|man|tir|mån|tis|lør|søn|-{2,}\s*on)\b.*\d|^\s*\d{1,4}[./\- ]|^\s*在|^.{0,80}<[^<>]*@", Plain);

    private static readonly Regex DateThenAddress = new(@"^\s*\d{4}[-/]\d{1,2}[-/]\d{1,2}\b.*<[^<>\s]+@[^<>\s]+>\s*:?\s*$", Plain);

    // Gmail's short form: "2016-10-24 15:36 GMT+02:00 Name <a@b.example>:".
    private static readonly Regex DateAndAddress = new(@"^\s*\d{4}-\d{1,2}-\d{1,2} \d{1,2}:\d{2}.*<\s*[^<>\s]+@[^<>\s]+>\s*:\s*$", Plain);

    private static readonly Regex Original = new(
        @"^\W{2,}\s*(original message|original appointment|ursprüngliche nachricht|originalnachricht|message d['’]origine|message original|mensaje original|messaggio originale|oorspronkelijk bericht|wiadomość oryginalna|oryginalna wiadomość|mensagem original|ursprungligt meddelande|opprinnelig melding)\s*\W*$|^\W*(please type your reply above this line|bitte antworten sie oberhalb dieser zeile|répondez au-dessus de cette ligne)\W*$",
        Plain);

    private static readonly Regex Forward = new(
        @"^\W*(-+\s*)?(begin forwarded message|forwarded message|weitergeleitete nachricht|anfang der weitergeleiteten nachricht|message transféré|message transmis|début du message transféré|mensaje reenviado|inicio del mensaje reenviado|messaggio inoltrato|inizio messaggio inoltrato|doorgestuurd bericht|begin doorgestuurd bericht|przekazana wiadomość|wiadomość przekazana|początek przekazanej wiadomości)\b",
        Plain);

    private static readonly Regex ForwardSubject = new(@"^\s*(fwd?|wg|tr|rv|rif|i|doorst|pd|vb)\s*:", Plain);

    private static readonly Regex From = new(@"^[\s*>]*(from|von|de|da|van|od|från|fra|lähettäjä|от|expéditeur|mittente|remitente|afzender|nadawca)\s*\*?\s*:\*?\s*\S", Plain);

    private static readonly Regex Other = new(
        @"^[\s*>]*(sent|date|to|cc|subject|gesendet|datum|an|betreff|envoyé|date|à|objet|enviado|fecha|para|asunto|inviato|data|a|risposta|oggetto|verzonden|aan|onderwerp|wysłano|do|temat|skickat|till|ämne|sendt|til|emne|отправлено|кому|тема)\s*\*?\s*:\*?\s*\S",
        Plain);

    /// <summary>How many lines from <paramref name="at"/> make an attribution ("On … wrote:"); 0 when none starts there.</summary>
    public static int AttributionLines(IReadOnlyList<string> lines, int at)
    {
        var first = lines[at];
        if (first.Length is 0 or > 300 || first[0] == '>') return 0;
        if (DateThenAddress.IsMatch(first) && NextFilled(lines, at + 1) is { } next && lines[next][0] is '>' or '|') return 1;
        if (!Start.IsMatch(first)) return 0;
        var joined = "";
        for (var count = 1; count <= 6 && at + count <= lines.Count; count++)
        {
            joined = joined.Length == 0 ? first : joined + " " + lines[at + count - 1];
            if (joined.Length > 400) return 0;
            var text = joined.TrimEnd();
            var ends = text.EndsWith(':') || text.EndsWith('：') || text.EndsWith("----", StringComparison.Ordinal);
            if (ends && (Wrote.IsMatch(text) || DateAndAddress.IsMatch(text)) && (text.Contains('@') || text.Any(char.IsDigit))) return count;
        }
        return 0;
    }

    public static bool IsOriginalMarker(string line) => line.Length < 200 && Original.IsMatch(line);

    public static bool IsForwardMarker(string line) => Forward.IsMatch(line.Length > 200 ? line[..200] : line);

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
