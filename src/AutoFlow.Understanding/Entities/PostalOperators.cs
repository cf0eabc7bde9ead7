namespace AutoFlow.Understanding.Entities;

/// <summary>The posts behind the country letters of UPU S10 numbers.</summary>
internal static class PostalOperators
{
    private static readonly Dictionary<string, string> Known = new()
    {
        ["AT"] = "austrian-post",
        ["AU"] = "australia-post",
        ["BE"] = "bpost",
        ["BR"] = "correios-br",
        ["CA"] = "canada-post",
        ["CH"] = "swiss-post",
        ["CN"] = "china-post",
        ["CZ"] = "ceska-posta",
        ["DE"] = "deutsche-post",
        ["DK"] = "postnord",
        ["ES"] = "correos",
        ["FI"] = "posti",
        ["FR"] = "la-poste",
        ["GB"] = "royal-mail",
        ["HK"] = "hongkong-post",
        ["HU"] = "magyar-posta",
        ["IE"] = "an-post",
        ["IT"] = "poste-italiane",
        ["JP"] = "japan-post",
        ["KR"] = "korea-post",
        ["LT"] = "lithuania-post",
        ["LV"] = "latvia-post",
        ["EE"] = "omniva",
        ["MY"] = "pos-malaysia",
        ["NL"] = "postnl",
        ["NO"] = "posten-norge",
        ["PL"] = "poczta-polska",
        ["PT"] = "ctt",
        ["RO"] = "posta-romana",
        ["SE"] = "postnord",
        ["SG"] = "singapore-post",
        ["SI"] = "posta-slovenije",
        ["SK"] = "slovenska-posta",
        ["TR"] = "ptt",
        ["TW"] = "chunghwa-post",
        ["UA"] = "ukrposhta",
        ["US"] = "usps",
    };

    // ISO 3166-1 codes in use by posts; the two letters at the end of an S10 number are one of them.
    private static readonly HashSet<string> Countries = [..
        ("AD AE AF AG AI AL AM AO AR AT AU AW AZ BA BB BD BE BF BG BH BI BJ BM BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CK CL CM CN CO CR CU CV CW CY CZ "
        + "DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FK FM FO FR GA GB GD GE GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IN IQ IR IS IT JM JO JP "
        + "KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MK ML MM MN MO MQ MR MS MT MU MV MW MX MY MZ NA NC NE NG NI NL NO NP "
        + "NR NZ OM PA PE PF PG PH PK PL PT PY QA RE RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SY SZ TC TD TG TH TJ TL TM TN TO TR TT TV TW TZ "
        + "UA UG US UY UZ VA VC VE VG VN VU WS XK YE ZA ZM ZW").Split(' ')];

    public static bool IsCountry(string code) => Countries.Contains(code);

    /// <summary>The post's code; <c>post-xx</c> for a country without an own name here.</summary>
    public static string Of(string country) => Known.GetValueOrDefault(country) ?? $"post-{country.ToLowerInvariant()}";
}
