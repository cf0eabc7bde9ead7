namespace AutoFlow.Workflows.Schemas.Formats;

/// <summary>A format that texts can be checked for.</summary>
/// <param name="Name">The word under <c>format</c>.</param>
/// <param name="Description">What the text must be, with an example.</param>
/// <param name="Fits">Whether a text is of the format.</param>
internal sealed record SchemaFormat(string Name, string Description, Func<string, bool> Fits);

/// <summary>The formats of JSON Schema (validation, section 7.3) that are checked; others ask for nothing.</summary>
internal static class SchemaFormats
{
    private static readonly Dictionary<string, SchemaFormat> All = new SchemaFormat[]
    {
        new("date-time", "a date and time as 2026-01-31T09:30:00Z (RFC 3339)", TimeFormats.IsDateTime),
        new("date", "a date as 2026-01-31", TimeFormats.IsDate),
        new("time", "a time with its zone as 09:30:00Z", TimeFormats.IsTime),
        new("duration", "a duration as P3DT4H (ISO 8601)", TimeFormats.IsDuration),
        new("email", "an e-mail address", AddressFormats.IsEmail),
        new("hostname", "a host name as www.example.com", AddressFormats.IsHostName),
        new("ipv4", "an IPv4 address as 192.0.2.1", AddressFormats.IsIPv4),
        new("ipv6", "an IPv6 address as 2001:db8::1", AddressFormats.IsIPv6),
        new("uri", "a URI as https://example.com/path", UriFormats.IsUri),
        new("uri-reference", "a URI or a reference to one", UriFormats.IsReference),
        new("uuid", "a UUID as 123e4567-e89b-42d3-a456-426614174000", UriFormats.IsUuid),
        new("json-pointer", "a JSON pointer as /order/items/0", UriFormats.IsJsonPointer),
        new("regex", "a regular expression (ECMA-262)", static text => EcmaPattern.Read(text, TimeSpan.FromSeconds(1)).Error is null),
    }.ToDictionary(static format => format.Name);

    /// <summary>Every format's name, those that are known but not checked too.</summary>
    public static IEnumerable<string> Names =>
        [.. All.Keys, "idn-email", "idn-hostname", "iri", "iri-reference", "uri-template", "relative-json-pointer"];

    public static SchemaFormat? Find(string name) => All.GetValueOrDefault(name);
}
