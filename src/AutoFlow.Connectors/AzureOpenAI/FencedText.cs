using System.Security.Cryptography;
using System.Text;
using AutoFlow.Support.Messages;

namespace AutoFlow.Connectors.AzureOpenAI;

/// <summary>
/// A customer's message between two lines with a marker, so that a model sees where data begins and ends. The marker is the
/// same for every call about the message, and nobody can write it into the message: it is a hash of the message itself.
/// </summary>
/// <param name="Marker">Stands alone on the first and on the last line of <paramref name="Text"/>, and nowhere else in it.</param>
internal sealed record FencedText(string Marker, string Text)
{
    /// <summary>More of a subject says nothing more.</summary>
    private const int LongestSubject = 300;

    /// <param name="message">The marker is made of it.</param>
    /// <param name="subject">Null when there is none.</param>
    /// <param name="text">Cut after <paramref name="longest"/> UTF-16 characters.</param>
    public static FencedText Of(InboundMessage message, string? subject, string text, int longest)
    {
        var marker = MarkerOf(message);
        var fenced = new StringBuilder().Append(marker).Append('\n');
        if (!string.IsNullOrWhiteSpace(subject)) fenced.Append("Subject: ").Append(Without(marker, Cut(subject, LongestSubject)).ReplaceLineEndings(" ")).Append("\n\n");
        return new FencedText(marker, fenced.Append(Without(marker, Cut(text, longest))).Append('\n').Append(marker).ToString());
    }

    private static string MarkerOf(InboundMessage message) => "message-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\0', message.Channel, message.Id, message.From, message.Subject, message.Text, message.Html))).AsSpan(0, 16));

    // Taking one out can put another together.
    private static string Without(string marker, string text)
    {
        while (text.Contains(marker, StringComparison.OrdinalIgnoreCase)) text = text.Replace(marker, "", StringComparison.OrdinalIgnoreCase);
        return text;
    }

    private static string Cut(string text, int longest) =>
        text.Length <= longest ? text : text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];
}
