using System.Buffers;
using System.Text.RegularExpressions;

namespace AutoFlow.Understanding.Text;

/// <summary>Takes signatures off: the "-- " block, "Sent from my phone", legal notices and the contact lines below a closing. Name and closing stay.</summary>
internal static class SignatureCutter
{
    private const RegexOptions Plain = RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    // One expression per language: an automaton of all would grow past the engine's limit.
    private static readonly Regex[] Devices =
    [
        Line(@"sent (from|via|with|by|using|on) (my|a|an|the|mobile|phone|yahoo|outlook|gmail|mail|mailbox|windows|airmail|iphone|ipad|android|galaxy|samsung|huawei|xiaomi|blackberry|proton|spark|aol|gmx|web\.de|\[?mail)\b.*"),
        Line(@"from my (iphone|ipad|phone|mobile|android|samsung|galaxy)\b.*|\w+ from mobile|get outlook for\b.*|get \[outlook for\b.*"),
        Line(@"(von|mit) (meine[mr]|mobile|iphone).*gesendet|gesendet (von|mit|über|mithilfe)\b.*|diese nachricht wurde (von|mit) .*gesendet|holen sie sich outlook\b.*|outlook für (ios|android) (beziehen|abrufen).*|von outlook für.*gesendet"),
        Line(@"envoyé (de|depuis|à partir de|avec|via)\b.*|télécharge[rz] outlook pour\b.*|obtenez outlook pour\b.*"),
        Line(@"enviado (desde|con|a través)\b.*|obtener outlook para\b.*|obtén outlook para\b.*"),
        Line(@"inviato (da|dal|dalla|con|tramite)\b.*|ottieni outlook per\b.*|scarica outlook per\b.*"),
        Line(@"verzonden (vanaf|met|via|van|vanuit)\b.*|verstuurd (vanaf|met|via|van)\b.*|outlook voor (ios|android) downloaden.*|download outlook voor\b.*"),
        Line(@"wysłane? (z|za|ze|przy)\b.*|wysłano (z|za|ze|przy)\b.*|pobierz (aplikację )?outlook\b.*|sendt fra\b.*|skickat från\b.*"),
        Line(@".{0,30}から(の)?送信(しています|されました)?|outlook for (ios|android) を入手.*|.{0,30}で送信されたメールです|yahoo!メール.{0,30}から送信"),
        Line(@"(发自|發自|发送自|來自|来自|从|從).{0,30}(iphone|ipad|手机|手機|android|galaxy|huawei|华为|小米|outlook|qq邮箱|网易邮箱|邮箱).{0,30}|(发自我的|發自我的|從我的|从我的).{0,40}|(获取|取得|下載|下载).{0,12}outlook.{0,20}"),
    ];

    private static readonly SearchValues<char> RuleSigns = SearchValues.Create("━─ー―—–-=_＝＿*＊~～・◆■□◇☆★┏┓┗┛┃|+:;.");

    private static readonly Regex Secret = new(@"confidential|privileged|vertraulich|confidentiel|confidencial|riservat|vertrouwelijk|poufn|機密|机密|保密", Plain);

    private static readonly Regex Notice = new(@"e-?mail|message|nachricht|courriel|mensaje|correo|messaggio|bericht|wiadomoś|メール|邮件|郵件", Plain);

    private static readonly Regex Closing = new(
        @"^\W*((best|kind|warm|many)? ?regards|best wishes|sincerely|yours (sincerely|faithfully|truly)|cheers|many thanks|thanks|thank you|mit freundlichen grüßen|mit freundlichem gruß|mfg|(viele|liebe|beste|freundliche|herzliche|schöne) grüße|freundlichen grüssen|lg|vg|gruß|cordialement|bien cordialement|bien à vous|salutations|(meilleures|sincères) salutations|saludos|un saludo|(atentamente|cordialmente)|saludos cordiales|cordiali saluti|distinti saluti|saluti|un saluto|grazie|met vriendelijke groet(en)?|vriendelijke groet(en)?|groet(jes|en)?|mvg|z poważaniem|pozdrawiam|pozdrowienia|serdecznie pozdrawiam|(どうぞ)?(よろしく|宜しく)(お願い|御願い)?(いた|致)?し?ます|よろしくお願い(いた|致)?します|宜しくお願い(いた|致)?します|敬具|以上|谢谢|謝謝|此致|敬礼|敬禮|祝好|顺颂商祺)\W*$",
        Plain);

    private static readonly Regex Contact = new(
        @"^\W*(電話|携帯|住所|郵便番号|电话|手机|地址|電話番号|mail|メール|邮箱)\s*[:：].*$|^\W*〒.*$|^\W*(tel|telefon|telephone|phone|fon|fax|mobile|mobil|handy|cell|gsm|tél|téléphone|móvil|movil|cellulare|telefono|mob|telefoon|komórka|web|www|e-?mail|http)\b.*$|^\W*\+?[\d\s()/.\-]{7,}$|^\W*(https?://|www\.)\S+\W*$|^\W*<?[^\s@<>]+@[^\s@<>]+\.[a-z]{2,}>?\W*$",
        Plain);

    public static List<string> Cut(List<string> lines)
    {
        var end = EndBeforeRule(lines);
        end = EndBeforeNotice(lines, end);
        end = EndBeforeCard(lines, end);
        var kept = lines[..end];
        DropContactLines(kept);
        while (kept.Count > 1 && (kept[^1].Length == 0 || IsDevice(kept[^1]))) kept.RemoveAt(kept.Count - 1);
        return kept;
    }

    private static bool IsDevice(string line) => line.Length is > 0 and < 300 && Array.Exists(Devices, d => d.IsMatch(line));

    private static Regex Line(string words) => new($@"^\W*({words})\W*$", Plain);

    // RFC 3676 section 4.3: "-- " starts the signature; many programs drop the space. A dash alone counts only with words above it.
    private static int EndBeforeRule(List<string> lines)
    {
        for (var i = 1; i < lines.Count; i++)
            if (lines[i] is "--" or "—" or "___" or "--­" && lines.Count - i <= 25 && lines[..i].Exists(l => l.Length > 0)) return i;
        return lines.Count;
    }

    private static int EndBeforeNotice(List<string> lines, int end)
    {
        for (var i = Math.Max(1, Math.Min(2, end)); i < end; i++)
            if (lines[i].Length is > 60 and < 5000 && Secret.IsMatch(lines[i]) && Notice.IsMatch(lines[i]) && lines[i - 1].Length == 0) return i;
        return end;
    }

    // The card of Japanese and Chinese business mail: a long rule, name and ways to reach, often a rule below. Rules around an order's number or a list are the customer's own.
    private static int EndBeforeCard(List<string> lines, int end)
    {
        var last = end > 0 ? lines.FindLastIndex(end - 1, HasWords) : -1;
        // A card has at most fifteen lines; what stands after its last word is rules and blank lines.
        for (var rule = last - 1; rule > 0 && rule >= last - 15; rule--)
        {
            if (!IsLongRule(lines[rule])) continue;
            if (lines.FindIndex(0, rule, HasWords) < 0) return end;
            var card = lines[(rule + 1)..(last + 1)];
            var closed = last + 1 < end && lines.FindIndex(last + 1, end - last - 1, IsLongRule) >= 0 && !card.Exists(HasNumber);
            return card.TrueForAll(line => line.Length < 80) && (closed || card.Exists(Contact.IsMatch)) ? rule : end;
        }
        return end;
    }

    private static bool IsLongRule(string line) => line.Length is >= 6 and < 200 && line.AsSpan().Trim().IndexOfAnyExcept(RuleSigns) < 0;

    private static bool HasWords(string line) => line.Any(char.IsLetterOrDigit);

    private static bool HasNumber(string line) => line.Count(char.IsDigit) >= 4;

    private static void DropContactLines(List<string> lines)
    {
        var closing = lines.FindLastIndex(l => l.Length < 60 && Closing.IsMatch(l));
        if (closing < 0 || lines.Count - closing > 15) return;
        for (var i = lines.Count - 1; i > closing; i--)
            if (lines[i].Length is > 0 and < 200 && Contact.IsMatch(lines[i])) lines.RemoveAt(i);
    }
}
