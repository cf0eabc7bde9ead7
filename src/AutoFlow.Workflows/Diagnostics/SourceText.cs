using System.Security.Cryptography;
using System.Text;

namespace AutoFlow.Workflows.Diagnostics;

/// <summary>A definition's text with its line endings made equal, and its name.</summary>
internal sealed class SourceText
{
    public SourceText(string fileName, string text)
    {
        FileName = fileName;
        Text = text.TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        Lines = Text.Split('\n');
    }

    public string FileName { get; }

    public string Text { get; }

    public string[] Lines { get; }

    /// <summary>SHA-256 over the UTF-8 text with line feeds only, in lower-case hexadecimal.</summary>
    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    public string? Line(int number) => number >= 1 && number <= Lines.Length ? Lines[number - 1] : null;
}
