using System.Security.Cryptography;
using System.Text;

namespace AutoFlow.Support.Events;

/// <summary>Names an event by what makes it unique.</summary>
public static class EventKey
{
    /// <summary>A short text of one length, whatever the source and the id look like; lower-case hex.</summary>
    public static string Of(string source, string id) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{source}\n{id}")).AsSpan(0, 16));
}
