using AutoFlow.Support.Messages;

namespace AutoFlow.Understanding.Tests;

/// <summary>A mail of <c>Mails/</c>: header fields as its system sends them, a blank line, the text. Only what these files need: no encoded words, no MIME parts.</summary>
internal static class MailFile
{
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "Mails");

    public static InboundMessage Read(string path)
    {
        var parts = File.ReadAllText(path).ReplaceLineEndings("\n").Split("\n\n", 2);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var last = "";
        foreach (var line in parts[0].Split('\n'))
        {
            if (char.IsWhiteSpace(line[0]))
            {
                headers[last] += " " + line.Trim();
                continue;
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers.TryAdd(last = line[..colon], line[(colon + 1)..].Trim());
        }

        return new InboundMessage
        {
            Id = headers.GetValueOrDefault("Message-ID") ?? path,
            Channel = "mail",
            From = headers["From"],
            To = headers.GetValueOrDefault("To"),
            Subject = headers["Subject"],
            Text = parts[1],
            InReplyTo = headers.GetValueOrDefault("In-Reply-To"),
            Headers = headers,
            ReceivedAt = DateTimeOffset.UnixEpoch,
        };
    }
}
